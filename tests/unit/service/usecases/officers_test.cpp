// People come and are vouched for: what each step gives, and what it does not.
#include "crypto/officer/paper_code.h"
#include "tests/unit/service/usecases/officers.h"

#include <atomic>
#include <thread>

namespace {

using namespace usecases_test;

using Officers = OfficersTest;

TEST_F(Officers, JoinAndReadOnceSomebodyVouched) {
    const auto invitation = open(form());
    EXPECT_EQ(view(invitation.officer).state, AccountState::invited);
    auto context = officer();
    EXPECT_EQ(invited(context, invitation.code)->name, "นางสมศรี ใจงาม");
    ASSERT_TRUE(redeem(invitation.code));
    const auto joined = view(invitation.officer);
    EXPECT_EQ(joined.state, AccountState::keys_made);
    EXPECT_TRUE(joined.to_vouch && joined.to_sign());

    const Person fresh = person("somsri", Post::legal_officer);
    EXPECT_TRUE(session(fresh).actor.seats.empty()) << "keys alone give no post";
    EXPECT_TRUE(snapshot()->unvouched.contains(fresh.id()));
    file("ก่อนรับรอง");

    ASSERT_TRUE(vouch_for(executive, invitation.officer));
    EXPECT_EQ(view(invitation.officer).state, AccountState::vouched);
    EXPECT_FALSE(view(invitation.officer).to_sign());
    file("หลังรับรอง");
    EXPECT_EQ(session(fresh).actor.posts(), std::vector{Post::legal_officer});
    EXPECT_EQ(queue_of(fresh).rows.size(), 1u) << "the one filed after the certificate";
    EXPECT_EQ(queue_of(legal).rows.size(), 2u);
    EXPECT_EQ(snapshot()->roster.live(fresh.id())->not_after.number, clock.today().number + longest_certificate_days);
}

TEST_F(Officers, RedeemAnInvitationOnceAlsoInParallel) {
    const auto invitation = open(form());
    std::vector<std::thread> threads;
    std::atomic<int> joined = 0;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            const auto reads = store->officer_reads();
            OfficerContext context{keys, clock, policy, agency(), *reads, store->officer_writes(), sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
            joined += join(context, invitation.code, own_passphrase).has_value();
        });
    for (auto &thread : threads)
        thread.join();
    EXPECT_EQ(joined, 1);
    EXPECT_TRUE(refused(redeem(invitation.code), JoinWhy::unknown));
}

TEST_F(Officers, RedeemNothingThatIsOverUnknownOrWithdrawn) {
    const auto invitation = open(form());
    EXPECT_TRUE(refused(redeem("AAAA-BBBB"), JoinWhy::unknown));
    EXPECT_TRUE(refused(redeem(crypto::PaperCode::random().text()), JoinWhy::unknown));
    for (int day = 0; day < invitation_days; ++day)
        clock.next_day();
    auto context = officer();
    EXPECT_TRUE(invited(context, invitation.code)) << "through its last day";
    clock.next_day();
    EXPECT_TRUE(refused(redeem(invitation.code), JoinWhy::over));
    EXPECT_EQ(view(invitation.officer).state, AccountState::invitation_over);
    const auto again = reset_account(as_admin(), context, recent(), invitation.officer);
    ASSERT_TRUE(again);
    EXPECT_TRUE(refused(redeem(invitation.code), JoinWhy::unknown)) << "a new one replaces the old";
    ASSERT_TRUE(withdraw(as_admin(), context, invitation.officer, std::nullopt));
    EXPECT_TRUE(refused(redeem(again->code), JoinWhy::unknown));
    EXPECT_TRUE(refused(withdraw(as_admin(), context, invitation.officer, std::nullopt), Why::not_found));
}

// What the page asked may be old by the time it is written.
TEST_F(Officers, AreRefusedByTheStoreWithAnInvitationThatRanOut) {
    const auto invitation = open(form());
    const auto redeemed_on = [&](base::Day day) {
        ports::OfficerRow row{.id = invitation.officer, .login = "somsri", .display_name = "นางสมศรี ใจงาม"};
        row.box = legal.keys.box.public_key, row.sign = legal.keys.sign.public_key, row.sealed_keys = base::Bytes(72);
        row.password_operations = 1, row.password_memory = 8192;
        const auto code = crypto::PaperCode::parse(invitation.code);
        return store->officer_writes().roster().redeem({crypto::invitation_hash(keys, *code), day, row}, {});
    };
    EXPECT_TRUE(fails_with(redeemed_on({invitation.until.number + 1}), Code::not_found));
    EXPECT_TRUE(redeemed_on(invitation.until));
}

TEST_F(Officers, ChooseAPassphraseThatIsNotWeak) {
    const auto invitation = open(form());
    auto context = officer();
    for (const char *weak : {"short", "นางสมศรี ใจงาม", "aaaaaaaaaaaaaaaaaaaa"})
        EXPECT_TRUE(refused(join(context, invitation.code, weak), JoinWhy::weak)) << weak;
    EXPECT_TRUE(redeem(invitation.code)) << "a fault uses up nothing";
}

TEST_F(Officers, HaveALoginOfTheirOwn) {
    auto context = officer();
    for (const char *taken : {"legal", "Legal"}) {
        const auto again = open_account(as_admin(), context, recent(), form(taken));
        ASSERT_TRUE(refused(again, Why::faults));
        EXPECT_EQ(again.error().faults.at(0).key, "fault.officers.login_taken");
    }
    open(form());
    EXPECT_TRUE(refused(open_account(as_admin(), context, recent(), form()), Why::faults)) << "an invited one's either";
}

TEST_F(Officers, AreNotVouchedForWithAnotherFingerprintOrUnseenProposals) {
    const auto invitation = open(form());
    ASSERT_TRUE(redeem(invitation.code));
    const auto shown = shown_proposals(view(invitation.officer));
    std::string aloud = read_aloud(invitation.officer);
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer, "", shown), Why::fingerprint));
    std::string wrong = aloud;
    wrong[0] = wrong[0] == '0' ? '1' : '0';
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer, wrong, shown), Why::fingerprint));
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer, aloud, std::string(64, '0')), Why::stale));
    // The admin raises the rights between page and signature.
    auto context = officer();
    ASSERT_TRUE(propose_certificate(as_admin(), context, recent(), invitation.officer, {.reading = true, .vouching = true}));
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer, aloud, shown), Why::stale));
    for (char &c : aloud)
        c = c == ' ' ? '-' : static_cast<char>(std::toupper(c));
    EXPECT_TRUE(vouch_for(executive, invitation.officer, aloud, shown_proposals(view(invitation.officer))));
}

TEST_F(Officers, AreVouchedForByNobodyWithoutTheRight) {
    const auto invitation = open(form());
    ASSERT_TRUE(redeem(invitation.code));
    for (const Person *who : {&clerk, &legal, &admin, &auditor})
        EXPECT_FALSE(Voucher::check(session_of(*who).actor)) << who->login;
    // Whoever gets past the check by a forged actor signs a certificate that the roster does not take.
    auto context = officer();
    auto forged = session_of(clerk);
    forged.actor.certified.vouching = true;
    const auto done = vouch(Voucher::check(forged.actor).value(), {context, forged}, recent(), invitation.officer,
                            read_aloud(invitation.officer), shown_proposals(view(invitation.officer)));
    EXPECT_FALSE(done);
    EXPECT_TRUE(session_of(person("somsri", Post::legal_officer)).actor.seats.empty());
}

TEST_F(Officers, AreNotVouchedForByThemselvesOrByWhoeverProposedThem) {
    auto context = officer();
    ASSERT_TRUE(propose_certificate(as_admin(), context, recent(), executive.id(), {.reading = true, .vouching = true}));
    EXPECT_TRUE(refused(vouch_for(executive, executive.id()), Why::own));
    EXPECT_TRUE(vouch_for(outside, executive.id()));
    // A proposal in a voucher's own name, as only the database can hold it: admins stay apart from vouching.
    const auto invitation = open(form());
    ASSERT_TRUE(redeem(invitation.code));
    ASSERT_TRUE(database().run("UPDATE account_proposal SET proposed_by = ?1", {executive.id()}));
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer), Why::own));
    EXPECT_TRUE(vouch_for(outside, invitation.officer));
}

TEST_F(Officers, AreNeverAdminAndReaderInOne) {
    auto context = officer();
    auto typed = form();
    typed.post.post = "admin";
    EXPECT_TRUE(refused(open_account(as_admin(), context, recent(), typed), Why::faults));
    EXPECT_TRUE(refused(propose_post(as_admin(), context, recent(), legal.id(), typed.post), Why::apart));
    EXPECT_TRUE(refused(propose_certificate(as_admin(), context, recent(), admin.id(), {.reading = true}), Why::apart));
    EXPECT_TRUE(refused(propose_post(as_admin(), context, recent(), admin.id(), form().post), Why::apart));
    // Written into the database, it is refused at the signature.
    const auto invitation = open(form());
    ASSERT_TRUE(redeem(invitation.code));
    ASSERT_TRUE(database().run("UPDATE post_proposal SET post = ?1 WHERE officer = ?2", {Post::admin, invitation.officer}));
    EXPECT_TRUE(refused(vouch_for(executive, invitation.officer), Why::apart));
}

TEST_F(Officers, AreSeenByAdminsAndVouchersOnly) {
    auto context = officer();
    for (const Person *who : {&admin, &executive, &outside})
        EXPECT_TRUE(accounts(context, session_of(*who).actor)) << who->login;
    for (const Person *who : {&clerk, &head, &legal, &auditor})
        EXPECT_TRUE(fails_with(accounts(context, session_of(*who).actor), Code::not_found)) << who->login;
}

} // namespace
