// Officers who leave, are disabled, lose their keys or were written into the database: what stays, and what nobody gets.
#include "service/domain/typed_day.h"
#include "service/usecases/officer/access.h"
#include "service/usecases/officer/audit_verify.h"
#include "tests/unit/service/usecases/officers.h"

namespace {

using namespace usecases_test;

class Leaving : public OfficersTest {
protected:
    // With a third voucher, one of the roots may go.
    Person third_voucher(const Person &by) {
        auto typed = form("palad", "clerk");
        typed.rights.vouching = true;
        return member(typed, by);
    }
};

TEST_F(Leaving, DisablingEndsSessionsAndPostsAtOnceAndWaitsForARevocation) {
    auto context = officer();
    const auto signed_in = sign_in(context, head.login, head.passphrase);
    ASSERT_TRUE(resume(context, signed_in->cookie));
    member(form("somsri"), executive); // else fewer than two readers of new complaints would be left further down
    ASSERT_TRUE(disabled(head.id()));
    EXPECT_FALSE(resume(context, signed_in->cookie));
    EXPECT_FALSE(sign_in(context, head.login, head.passphrase));
    const auto shown = view(head.id());
    EXPECT_EQ(shown.state, AccountState::disabled);
    EXPECT_TRUE(shown.to_revoke && shown.to_sign());
    EXPECT_TRUE(snapshot()->roster.live(head.id())) << "only a voucher takes it away";
    ASSERT_TRUE(revoked_by(outside, head.id()));
    EXPECT_FALSE(snapshot()->roster.live(head.id()));
    EXPECT_FALSE(view(head.id()).to_sign());
    EXPECT_TRUE(refused(disabled(head.id()), Why::not_found)) << "twice";
}

TEST_F(Leaving, EnablingAgainNeedsAVouchersNewCertificate) {
    member(form("somsri"), executive);
    ASSERT_TRUE(disabled(head.id()));
    auto context = officer();
    ASSERT_TRUE(propose_certificate(as_admin(), context, recent(), head.id(), {.reading = true}));
    EXPECT_FALSE(sign_in(context, head.login, head.passphrase)) << "a proposal enables nobody";
    ASSERT_TRUE(vouch_for(outside, head.id()));
    EXPECT_EQ(session(head).actor.posts(), std::vector{Post::head_office});
}

TEST_F(Leaving, AResetGivesFreshKeysNoPostAndNoCase) {
    const auto readable = file("เรื่องเดิม");
    member(form("somsri"), executive);
    auto context = officer();
    const auto invitation = reset_account(as_admin(), context, recent(), legal.id());
    ASSERT_TRUE(invitation);
    EXPECT_FALSE(sign_in(context, legal.login, legal.passphrase)) << "the old passphrase is worth nothing";
    ASSERT_TRUE(redeem(invitation->code)); // by whoever holds it: say, the admin
    const Person fresh = person("legal", Post::legal_officer);
    EXPECT_EQ(fresh.id(), legal.id());
    const auto actor = session(fresh).actor;
    EXPECT_TRUE(actor.seats.empty() && !actor.certified.reading) << "although the old certificate still stands";
    EXPECT_FALSE(domain::Permitted<Action::read_cases>::check(actor));
    file("หลังตั้งใหม่");
    ASSERT_TRUE(vouch_for(outside, legal.id()));
    EXPECT_TRUE(snapshot()->roster.live(legal.id())->box == fresh.keys.box.public_key) << "the old certificate is revoked";
    file("หลังรับรอง");
    EXPECT_EQ(queue_of(fresh).rows.size(), 1u) << "only what was filed after the certificate";
    EXPECT_FALSE(view(legal.id()).to_sign());
}

// A browser that stays idle from before the reset until after the vouching.
TEST_F(Leaving, NoSessionOutlivesAReset) {
    auto context = officer();
    const auto before = sign_in(context, legal.login, legal.passphrase).value();
    const auto invitation = reset_account(as_admin(), context, recent(), legal.id());
    ASSERT_TRUE(invitation);
    const auto revived = [&] { // as if the end of all sessions had missed one
        const auto cookie = crypto::SessionCookie::parse(before.cookie).value();
        const base::Seconds now = clock.now();
        sessions.add(crypto::session_id_hash(cookie.id), {legal.id(), crypto::seal_session_keys(legal.keys, cookie), now, now, now});
        return resume(context, before.cookie);
    };
    ASSERT_TRUE(redeem(invitation->code));
    EXPECT_TRUE(fails_with(resume(context, before.cookie), Code::not_found)) << "ended with the reset";
    ASSERT_TRUE(vouch_for(outside, legal.id()));
    EXPECT_TRUE(fails_with(resume(context, before.cookie), Code::not_found));
    EXPECT_TRUE(fails_with(revived(), Code::not_found)) << "opens nothing with the keys before";
    const Person fresh = person("legal", Post::legal_officer);
    EXPECT_TRUE(domain::Permitted<Action::read_cases>::check(session(fresh).actor));
}

TEST_F(Leaving, RootsAndOneselfAreNotReset) {
    auto context = officer();
    third_voucher(outside);
    EXPECT_TRUE(refused(reset_account(as_admin(), context, recent(), executive.id()), Why::root));
    EXPECT_TRUE(refused(reset_account(as_admin(), context, recent(), admin.id()), Why::own));
    EXPECT_TRUE(refused(disabled(admin.id()), Why::own));
}

TEST_F(Leaving, TwoVouchersAndTwoReadersStay) {
    EXPECT_TRUE(refused(disabled(executive.id()), Why::last_voucher));
    EXPECT_TRUE(refused(revoked_by(executive, outside.id()), Why::last_voucher));
    for (const Person *who : {&clerk, &head})
        ASSERT_TRUE(disabled(who->id())) << "the line goes on up to the executive and the outside officer";
    ASSERT_TRUE(disabled(legal.id()));
    EXPECT_TRUE(refused(disabled(executive.id()), Why::last_voucher));
    third_voucher(outside);
    EXPECT_TRUE(disabled(executive.id())) << "three could vouch, and two still read";
    EXPECT_TRUE(refused(disabled(outside.id()), Why::last_voucher));
}

TEST_F(Leaving, TwoWhoDisableAtOnceDoNotGoBelowTwo) {
    third_voucher(outside);
    auto context = officer();
    const auto version = snapshot()->roster_version;
    ASSERT_TRUE(disabled(executive.id()));
    const auto late = store->officer_writes().roster().propose({.roster_version = version, .disable = outside.id()}, {});
    EXPECT_TRUE(fails_with(late, Code::conflict));
}

TEST_F(Leaving, NothingIsRevokedThatOthersHangOn) {
    const Person palad = third_voucher(outside);
    const auto shown = view(executive.id());
    EXPECT_EQ(shown.hanging, (std::vector<std::string>{auditor.name, clerk.name, head.name, admin.name})) << "in the order of names";
    EXPECT_TRUE(refused(revoked_by(palad, executive.id()), Why::hangs));
    EXPECT_TRUE(snapshot()->roster.live(executive.id()));
    EXPECT_EQ(session(executive).actor.posts(), std::vector{Post::executive}) << "nothing was done";
    const auto again = taken_over(palad, executive.id());
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, 8u) << "four certificates and four appointments";
    EXPECT_TRUE(view(executive.id()).hanging.empty());
    ASSERT_TRUE(revoked_by(palad, executive.id()));
    for (const Person *who : {&clerk, &head, &admin, &auditor})
        EXPECT_EQ(session(*who).actor.posts(), std::vector{who->post}) << who->login;
    EXPECT_FALSE(snapshot()->roster.live(executive.id()));
    file();
    EXPECT_EQ(queue_of(head).rows.size(), 1u);
}

TEST_F(Leaving, WhoeverHangsOnTheLeaverTakesNothingOver) {
    const Person palad = third_voucher(executive);
    EXPECT_TRUE(refused(taken_over(palad, executive.id()), Why::hangs));
    EXPECT_TRUE(taken_over(outside, executive.id()));
    // Through two steps: palad's certificate is now the outside officer's, and whatever palad signed holds.
    const Person somsri = member(form("somsri"), palad);
    ASSERT_TRUE(revoked_by(palad, executive.id()));
    EXPECT_EQ(session(somsri).actor.posts(), std::vector{Post::legal_officer});
}

TEST_F(Leaving, PostsAreSignedAndEndByAVouchersSignature) {
    auto context = officer();
    const auto typed = domain::PostForm{"clerk", "acting_vacancy", "77/2569", "2/3/2569", "30/9/2569"};
    ASSERT_TRUE(propose_post(as_admin(), context, recent(), head.id(), typed));
    EXPECT_EQ(session(head).actor.posts(), std::vector{Post::head_office}) << "proposed";
    EXPECT_TRUE(view(head.id()).to_sign());
    EXPECT_TRUE(refused(signed_posts(executive, head.id(), std::string(64, '0')), Why::stale));
    ASSERT_TRUE(signed_posts(executive, head.id()));
    const auto posts = session(head).actor.posts();
    EXPECT_EQ(posts, (std::vector{Post::head_office, Post::clerk}));
    const auto held = view(head.id()).posts.at(1).seat;
    EXPECT_EQ(held.order, "77/2569");
    EXPECT_TRUE(refused(propose_ending(as_admin(), context, recent(), head.id(), held.appointment, "1/10/2569"), Why::faults));
    EXPECT_TRUE(refused(propose_ending(as_admin(), context, recent(), legal.id(), held.appointment, "2/3/2569"), Why::not_found));
    ASSERT_TRUE(propose_ending(as_admin(), context, recent(), head.id(), held.appointment, "2/3/2569"));
    EXPECT_EQ(session(head).actor.posts().size(), 2u);
    ASSERT_TRUE(database().run("UPDATE ending_proposal SET proposed_by = ?1", {executive.id()}));
    EXPECT_TRUE(refused(signed_posts(executive, head.id()), Why::own)) << "proposed as an admin of earlier days";
    ASSERT_TRUE(signed_posts(outside, head.id()));
    EXPECT_EQ(session(head).actor.posts().size(), 2u) << "through its last day";
    EXPECT_EQ(view(head.id()).posts.at(1).seat.until, clock.today());
    const auto again = propose_ending(as_admin(), context, recent(), head.id(), held.appointment, "2/3/2569");
    EXPECT_TRUE(refused(again, Why::faults)) << "an end is signed once";
    clock.next_day();
    EXPECT_EQ(session(head).actor.posts(), std::vector{Post::head_office});
    EXPECT_TRUE(refused(signed_posts(outside, head.id()), Why::not_found)) << "nothing waits";
}

// Straight into the database: keys, certificates and posts of somebody's own making.
TEST_F(Leaving, RowsOfAnAdminsOwnMakingConferNothing) {
    auto ghost = crypto::OfficerKeys::random(base::OfficerId::random());
    const auto issue = [&](const crypto::OfficerKeys &issuer, const crypto::OfficerKeys &whose, base::Day from, base::Day until) {
        return crypto::issue_certificate(issuer, {.instance = instance, .serial = base::CertificateSerial::random(),
                                                  .officer = whose.officer, .display_name = "ผี", .box = whose.box.public_key,
                                                  .sign = whose.sign.public_key, .rights = {7}, .not_before = from,
                                                  .not_after = until, .issuer = {}}).value();
    };
    const base::Day today = clock.today(), yesterday{today.number - 1}, later{today.number + 100};
    ASSERT_TRUE(database().run("INSERT INTO officer SELECT ?1, 'ghost', 'ผี', salt, password_operations, password_memory, "
                               "authentication_hash, key_generation, ?2, ?3, sealed_keys, 0 FROM officer WHERE login = 'admin'",
                               {ghost.officer, ghost.box.public_key.bytes, ghost.sign.public_key.bytes}));
    std::vector<base::Bytes> forged{
        issue(ghost, ghost, today, later),                 // signed by itself: a ghost root
        issue(clerk.keys, ghost, today, later),            // by somebody without the right
        issue(executive.keys, ghost, {today.number - 9}, yesterday), // expired
    };
    auto unsigned_one = issue(executive.keys, ghost, today, later);
    unsigned_one.back() ^= 1;
    forged.push_back(unsigned_one);
    for (const auto &stored : forged)
        ASSERT_TRUE(database().run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
                                   {crypto::digest(stored), ghost.officer, stored}));
    // And the legal officer's row gets the ghost's keys.
    ASSERT_TRUE(database().run("UPDATE officer SET box = ?1, sign = ?2 WHERE officer = ?3",
                               {ghost.box.public_key.bytes, ghost.sign.public_key.bytes, legal.id()}));
    reload_agency();
    EXPECT_FALSE(snapshot()->roster.live(ghost.officer));
    EXPECT_TRUE(snapshot()->unvouched.contains(legal.id()));
    const auto is_holder = [&](base::OfficerId id) {
        return std::ranges::find(snapshot()->everyone, id, &domain::Holder::officer) != snapshot()->everyone.end();
    };
    EXPECT_FALSE(is_holder(ghost.officer));
    EXPECT_FALSE(is_holder(legal.id())) << "keys that nobody vouched for hold no post";
    file();
    const auto slots = officer_reads->slots_of(ghost.officer, clock.today());
    ASSERT_TRUE(slots);
    EXPECT_TRUE(slots->empty());
    EXPECT_EQ(queue_of(head).rows.size(), 1u);
    // Revoked: signed once and taken back.
    const auto revoked = issue(executive.keys, ghost, today, later);
    ASSERT_TRUE(database().run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
                               {crypto::digest(revoked), ghost.officer, revoked}));
    const auto serial = crypto::StoredCertificate::parse(revoked)->fields.serial;
    const auto taken_back = crypto::revoke(outside.keys, instance, serial, today);
    ASSERT_TRUE(database().run("INSERT INTO revocation (serial, day, issuer, signature) VALUES (?, ?, ?, ?)",
                               {serial, today, outside.id(), taken_back.signature}));
    reload_agency();
    EXPECT_FALSE(snapshot()->roster.live(ghost.officer));
}

TEST_F(Leaving, ProposalsWrittenIntoTheDatabaseConferNothing) {
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 0"));
    ASSERT_TRUE(database().run("INSERT INTO post_proposal VALUES (?, ?, 4, 1, 0, 40000, '1', ?, 0)",
                               {base::AppointmentId::random(), admin.id(), admin.id()}));
    reload_agency();
    EXPECT_EQ(session(admin).actor.posts(), std::vector{Post::admin});
    const auto done = signed_posts(executive, admin.id());
    EXPECT_TRUE(refused(done, Why::apart));
}

TEST_F(Leaving, AFileThatIsBeingAttachedIsDescribedUnderTheKeyThatBeginsMeanwhile) {
    const Person palad = third_voucher(outside), leaver = member(form(), outside);
    file();
    const auto id = case_of(head);
    auto context = officer();
    const auto heads = session_of(head), own = session_of(legal);
    auto attaching = AttachFiles::to(*MayAttachFiles::check(heads.actor), context, heads, id);
    ASSERT_TRUE(attaching);
    const auto intake = attaching->begin("a.txt", domain::Purpose::other, true);
    ASSERT_TRUE(intake->add(base::view(std::string(100'000, 'x'))));
    ASSERT_TRUE(revoked_by(palad, leaver.id()));
    auto at_queue = officer();
    const auto passed = maintain_access(*MayAttachFiles::check(own.actor), at_queue, own, {});
    ASSERT_TRUE(passed);
    ASSERT_EQ(passed->changed, 1u) << "an epoch was begun";
    ASSERT_TRUE(intake->finish());
    const auto shown = AgencyTest::open(head, id);
    ASSERT_TRUE(shown && shown->files.size() == 1);
    EXPECT_TRUE(shown->files[0].whole);
    EXPECT_EQ(shown->files[0].record.as, as(head));
}

// Every certificate, post, end, revocation and epoch stands in the log, and nothing that the log names is gone.
TEST_F(Leaving, TheAuditLogAgreesWithWhateverWasSigned) {
    const Person palad = third_voucher(outside), leaver = member(form(), outside);
    file();
    ASSERT_TRUE(revoked_by(palad, leaver.id()));
    const auto own = session_of(legal);
    auto at_queue = officer();
    const auto passed = maintain_access(*domain::Permitted<Action::work_cases>::check(own.actor), at_queue, own, {});
    ASSERT_TRUE(passed);
    EXPECT_EQ(passed->changed, 1u) << "an epoch was begun";
    auto context = officer();
    const auto held = view(head.id()).posts.at(0).seat.appointment;
    ASSERT_TRUE(propose_ending(as_admin(), context, recent(), head.id(), held, "30/9/2569"));
    ASSERT_TRUE(signed_posts(palad, head.id()));
    ASSERT_TRUE(taken_over(palad, executive.id()));
    ASSERT_TRUE(revoked_by(palad, executive.id()));
    EXPECT_EQ(view(head.id()).posts.at(0).seat.until, domain::typed_day("30/9/2569")) << "taken over with its end";
    const auto root = [](const Person &who) {
        return crypto::RootKeys{who.id(), who.keys.box.public_key, who.keys.sign.public_key};
    };
    const auto report = verify_audit(*officer_reads, keys, std::vector{root(executive), root(outside)}, clock.today());
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->findings.empty());
}

class Notice : public OfficersTest {
protected:
    RosterNotice notice(const Person &who) {
        auto context = officer();
        return roster_notice(context, session_of(who)).value();
    }
    void note(const Person &who) {
        auto context = officer();
        ASSERT_TRUE(take_note(context, session_of(who), notice(who).roster_version));
    }
};

TEST_F(Notice, NamesEverybodyAtFirstAndLaterOnlyWhoIsNew) {
    EXPECT_TRUE(notice(legal).first);
    EXPECT_EQ(notice(legal).readers.size(), 4u) << "executive, outside officer, clerk, head; not the admin, not oneself";
    note(legal);
    EXPECT_TRUE(notice(legal).empty());
    const Person somsri = member(form("somsri"), outside);
    const auto shown = notice(legal);
    ASSERT_EQ(shown.readers.size(), 1u);
    EXPECT_FALSE(shown.first);
    EXPECT_EQ(shown.readers[0].name, somsri.name);
    EXPECT_EQ(shown.readers[0].vouched_by, outside.name);
    EXPECT_EQ(shown.readers[0].what, NewReader::What::person);
    EXPECT_TRUE(shown.readers[0].rights.reading);
    note(legal);
    EXPECT_TRUE(notice(legal).empty());
    EXPECT_EQ(notice(admin).readers.size(), 6u) << "each for themselves";
}

TEST_F(Notice, TellsFreshKeysFromAPersonWhoIsNew) {
    note(head);
    auto context = officer();
    member(form("somsri"), outside);
    note(head);
    const auto invitation = reset_account(as_admin(), context, recent(), legal.id());
    ASSERT_TRUE(redeem(invitation->code));
    ASSERT_TRUE(vouch_for(outside, legal.id()));
    ASSERT_EQ(notice(head).readers.size(), 1u);
    EXPECT_EQ(notice(head).readers[0].what, NewReader::What::keys);
    note(head);
    clock.next_day();
    ASSERT_TRUE(propose_certificate(as_admin(), context, recent(), legal.id(), {.reading = true, .custody = true}));
    ASSERT_TRUE(vouch_for(outside, legal.id()));
    ASSERT_EQ(notice(head).readers.size(), 1u);
    EXPECT_EQ(notice(head).readers[0].what, NewReader::What::certificate);
}

TEST_F(Notice, IsNotTakenNoteOfUnseenOrBySomebodyElse) {
    note(legal);
    const auto before = notice(legal).roster_version;
    member(form("somsri"), outside);
    auto context = officer();
    EXPECT_TRUE(fails_with(take_note(context, session_of(legal), before), Code::conflict)) << "the page did not show them";
    // The clerk's list in the legal officer's row, or one with a serial more: not signed by the legal officer.
    note(clerk);
    ASSERT_TRUE(database().run("UPDATE roster_seen SET seen = (SELECT seen FROM roster_seen WHERE officer = ?1) WHERE officer = ?2",
                               {clerk.id(), legal.id()}));
    EXPECT_TRUE(notice(legal).first);
    EXPECT_EQ(notice(legal).readers.size(), 5u);
}

TEST_F(Notice, TellsVouchersWhatWaits) {
    note(executive);
    note(clerk);
    const auto invitation = open(form("somsri"));
    ASSERT_TRUE(redeem(invitation.code));
    EXPECT_EQ(notice(executive).to_sign, 1u);
    EXPECT_TRUE(notice(clerk).empty());
    EXPECT_TRUE(notice(person("somsri", Post::legal_officer)).empty()) << "nobody has vouched for them yet";
}

} // namespace
