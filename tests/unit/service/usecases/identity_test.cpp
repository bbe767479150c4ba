// Who the reporter is: asked for with a reason, decided by a custodian who is another human, shown once to who asked.
#include "tests/unit/service/usecases/identities.h"

#include <array>
#include <barrier>
#include <thread>

namespace {

using namespace usecases_test;
using Step = IdentityStanding::Step;
using Why = IdentityRefused::Why;

TEST_F(Identities, AreShownOnceToWhoAskedAfterACustodianGranted) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(move(legal, id, "register"));
    EXPECT_EQ(standing(legal, id).step, Step::none);
    ASSERT_TRUE(ask(legal, id, "  ต้องนัดหมาย\nเพื่อสอบปากคำ "));
    EXPECT_EQ(standing(legal, id).step, Step::asked);

    const auto found = waiting(clerk);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reason, "ต้องนัดหมาย\nเพื่อสอบปากคำ");
    EXPECT_EQ(found[0].by, legal.name);
    EXPECT_EQ(found[0].number->number, 1U);
    const auto decided = decide(clerk, found[0].request.text(), true);
    ASSERT_TRUE(decided);
    EXPECT_TRUE(decided->granted && decided->given);
    EXPECT_EQ(decided->by, legal.name);
    EXPECT_TRUE(waiting(clerk).empty() && waiting(outside).empty());

    const auto granted = standing(legal, id);
    EXPECT_EQ(granted.step, Step::granted);
    EXPECT_EQ(granted.by, clerk.name);
    EXPECT_EQ(granted.reason, "จำเป็นต่อการสืบสวน");
    EXPECT_EQ(standing(head, id).step, Step::none) << "it is nobody else's business";

    const auto shown = show(legal, id);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->identity.name, "นายสมศักดิ์ กล้าหาญ");
    EXPECT_EQ(shown->identity.phone, "081-234-5678");
    EXPECT_TRUE(shown->conceal);
    EXPECT_EQ(standing(legal, id).step, Step::shown);
    EXPECT_EQ(standing(legal, id).shown, clock.today());
    EXPECT_TRUE(refused(show(legal, id), Why::gone));
    EXPECT_EQ(one("SELECT count(*) FROM identity_request WHERE copy IS NOT NULL"), 0);
    EXPECT_EQ(one("SELECT count(*) FROM identity_letter"), 0);
}

TEST_F(Identities, OfNobodyAreShownAsNothingAndLookTheSameInTheStore) {
    file();
    const auto id = case_of(legal);
    const auto request = asked_by(legal, id, clerk);
    const auto decided = decide(clerk, request, true);
    ASSERT_TRUE(decided);
    EXPECT_FALSE(decided->given);
    EXPECT_EQ(sizes("SELECT copy FROM identity_request"), std::set<std::size_t>{8240});
    const auto shown = show(legal, id);
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->identity.empty());
}

TEST_F(Identities, AreNotSealedForWhoWasRefused) {
    file(named());
    const auto id = case_of(legal);
    const auto decided = decide(outside, asked_by(legal, id, outside), false, "ยังไม่จำเป็น");
    ASSERT_TRUE(decided);
    EXPECT_FALSE(decided->granted);
    EXPECT_EQ(standing(legal, id).step, Step::refused);
    EXPECT_EQ(standing(legal, id).reason, "ยังไม่จำเป็น");
    EXPECT_TRUE(refused(show(legal, id), Why::gone));
    EXPECT_TRUE(ask(legal, id, "มีเหตุผลใหม่")) << "who was refused may ask again";
    EXPECT_EQ(standing(legal, id).step, Step::asked);
}

TEST_F(Identities, AreNeverDecidedByWhoAsks) {
    file(named());
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    const auto request = asked_by(clerk, id, outside);
    EXPECT_TRUE(waiting(clerk).empty());
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::not_found));
    EXPECT_TRUE(decide(outside, request, true));
}

TEST_F(Identities, AreNotDecidedByWhoIsExcludedNorByWhoHasNoCustody) {
    file(named({&clerk}));
    const auto id = case_of(legal);
    const auto request = asked_by(legal, id, outside);
    EXPECT_EQ(one("SELECT count(*) FROM identity_letter"), 2) << "the excluded custodian has a letter too";
    EXPECT_EQ(sizes("SELECT sealed FROM identity_letter"), std::set<std::size_t>{8240});
    const auto to_clerk = officer_reads->identities().letters_to(clerk.id()).value();
    EXPECT_FALSE(crypto::box_seal_open(clerk.keys.box, to_clerk.at(0).sealed)) << "not a word of it";
    for (const Person *other : {&clerk, &head, &executive}) {
        EXPECT_TRUE(waiting(*other).empty()) << other->login;
        EXPECT_TRUE(refused(decide(*other, request, true), Why::not_found)) << other->login;
    }
    for (const Person *apart : {&admin, &auditor, &legal})
        EXPECT_FALSE(MayDecide::check(session(*apart).actor)) << apart->login;
    EXPECT_TRUE(refused(decide(outside, base::ObjectId::random().text(), true), Why::not_found));
}

TEST_F(Identities, AreNotAskedForWhenNoCustodianIsLeft) {
    file(named({&clerk}));
    const auto id = case_of(legal);
    EXPECT_TRUE(refused(ask(outside, id), Why::not_found)) << "no reader";
    disable(outside);
    EXPECT_TRUE(refused(ask(legal, id), Why::nobody));
}

TEST_F(Identities, AreNotAskedForByWhoDoesNotReadTheCase) {
    file(named({&legal}));
    const auto id = case_of(head);
    EXPECT_TRUE(refused(ask(legal, id), Why::not_found));
    EXPECT_TRUE(refused(ask(legal, base::CaseId::random().text()), Why::not_found));
    EXPECT_TRUE(refused(show(legal, id), Why::not_found));
    EXPECT_FALSE(MayWork::check(session(admin).actor));
}

TEST_F(Identities, AreNotGrantedToWhoMayNotWorkCasesAnyMore) {
    file(named());
    const auto request = asked_by(legal, case_of(legal), clerk);
    disable(legal);
    EXPECT_TRUE(waiting(clerk).empty());
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::requester_gone));
}

TEST_F(Identities, AreDecidedOnce) {
    file(named());
    const auto id = case_of(legal);
    const auto request = asked_by(legal, id, clerk);
    ASSERT_TRUE(decide(clerk, request, false));
    EXPECT_TRUE(refused(decide(outside, request, true), Why::not_found)) << "the letters are gone";
    EXPECT_EQ(standing(legal, id).step, Step::refused);
}

TEST_F(Identities, AreAskedAndDecidedWithReasons) {
    file(named());
    const auto id = case_of(legal);
    EXPECT_TRUE(refused(ask(legal, id, " \n "), Why::faults));
    EXPECT_TRUE(refused(ask(legal, id, std::string(1001, 'x')), Why::faults));
    std::string longest;
    for (int i = 0; i < 1000; ++i)
        longest += "𝔸";
    ASSERT_TRUE(ask(legal, id, longest)) << "four bytes each";
    const auto request = waiting(clerk).at(0).request.text();
    EXPECT_TRUE(refused(decide(clerk, request, true, ""), Why::faults));
    EXPECT_TRUE(refused(decide(clerk, request, std::nullopt), Why::faults));
    EXPECT_TRUE(decide(clerk, request, true, longest));
}

TEST_F(Identities, TheSameFormTwiceIsOneRequestAndALaterOneReplacesIt) {
    file(named());
    const auto id = case_of(legal), form_id = new_reply_id();
    ASSERT_TRUE(ask(legal, id, "เหตุผล", form_id));
    ASSERT_TRUE(ask(legal, id, "เหตุผล", form_id));
    EXPECT_EQ(logged().size(), 1U);
    const auto first = waiting(clerk).at(0).request.text();
    ASSERT_TRUE(ask(legal, id, "เหตุผลที่ดีกว่า"));
    const auto found = waiting(clerk);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].reason, "เหตุผลที่ดีกว่า");
    EXPECT_TRUE(refused(decide(clerk, first, true), Why::not_found));
    ASSERT_TRUE(decide(clerk, found[0].request.text(), true));
    EXPECT_TRUE(refused(ask(legal, id), Why::gone)) << "a copy waits";
}

TEST_F(Identities, OfAnotherCaseAreNotTakenForThisOne) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(decide(clerk, asked_by(legal, id, clerk), true));
    auto other_form = named();
    other_form.name = "นางอื่น";
    file(other_form);
    std::string other;
    for (const auto &row : queue_of(legal).rows)
        if (row.id.text() != id)
            other = row.id.text();
    ASSERT_TRUE(decide(clerk, asked_by(legal, other, clerk), true));
    behind_the_back("UPDATE identity_request SET copy = (SELECT o.copy FROM identity_request AS o "
                    "WHERE o.case_id <> identity_request.case_id) WHERE case_id = ?",
                    {*base::CaseId::from_text(id)});
    EXPECT_TRUE(refused(show(legal, id), Why::tampered));
    EXPECT_EQ(one("SELECT count(*) FROM identity_request WHERE copy IS NOT NULL"), 2) << "nothing was shown, nothing deleted";
    EXPECT_TRUE(show(legal, other));
}

TEST_F(Identities, OfAnotherRequesterDoNotOpen) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(decide(clerk, asked_by(legal, id, clerk), true));
    behind_the_back("UPDATE identity_request SET requester = ?", {head.id()});
    EXPECT_EQ(standing(head, id).step, Step::unreadable);
    EXPECT_TRUE(refused(show(head, id), Why::tampered));
}

TEST_F(Identities, OfARequesterNamedByARowAloneAreNotDecided) {
    file(named());
    const auto request = asked_by(legal, case_of(legal), clerk);
    behind_the_back("UPDATE identity_request SET requester = ?", {head.id()});
    EXPECT_TRUE(waiting(clerk).empty());
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::not_found));
}

TEST_F(Identities, ThatWereSwappedAreNotGranted) {
    file(named());
    const auto request = asked_by(legal, case_of(legal), clerk);
    behind_the_back("UPDATE object SET sealed = (SELECT x.sealed FROM object AS x WHERE x.kind = 1) WHERE kind = 2");
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::tampered));
    EXPECT_EQ(waiting(clerk).size(), 1U);
}

TEST_F(Identities, AreShownToOneOfTwoWhoPressAtOnce) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(decide(clerk, asked_by(legal, id, clerk), true));
    std::barrier start(2);
    std::array<bool, 2> won{};
    const auto signed_in = session(legal);
    const auto press = [&](bool &mine) {
        const auto reads = store->officer_reads();
        OfficerContext context{keys, clock, policy, agency(), *reads, store->officer_writes(), sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
        start.arrive_and_wait();
        const auto shown = show_identity(works(legal), recent(signed_in), context, signed_in, id);
        mine = shown.has_value();
        if (!shown)
            EXPECT_TRUE(refused(shown, Why::gone));
    };
    std::thread other([&] { press(won[1]); });
    press(won[0]);
    other.join();
    EXPECT_NE(won[0], won[1]);
    EXPECT_EQ(logged().size(), 3U) << "asked, granted, shown once";
}

TEST_F(Identities, ThatNobodyFetchedAreDeletedAfterSevenDays) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(decide(clerk, asked_by(legal, id, clerk), true));
    for (int day = 0; day < 7; ++day)
        clock.next_day();
    ASSERT_TRUE(store->maintenance().nightly(clock.today()));
    EXPECT_EQ(standing(legal, id).step, Step::granted);
    EXPECT_EQ(standing(legal, id).until, clock.today());
    clock.next_day();
    ASSERT_TRUE(store->maintenance().nightly(clock.today()));
    EXPECT_EQ(standing(legal, id).step, Step::lapsed);
    EXPECT_TRUE(refused(show(legal, id), Why::gone));
    EXPECT_TRUE(ask(legal, id)) << "and may be asked for again";
}

TEST_F(Identities, LeaveNothingOfThemInTheAuditLogButPseudonyms) {
    file(named());
    const auto id = case_of(legal);
    ASSERT_TRUE(decide(clerk, asked_by(legal, id, clerk), true));
    ASSERT_TRUE(show(legal, id));
    const auto pseudonym = crypto::case_pseudonym(keys, *base::CaseId::from_text(id));
    std::vector<crypto::AuditEvent> events;
    for (const auto &entry : logged()) {
        events.push_back(entry.event);
        EXPECT_EQ(entry.subject, pseudonym);
        EXPECT_EQ(entry.actor, entry.event == crypto::AuditEvent::identity_granted ? clerk.id() : legal.id());
    }
    EXPECT_EQ(events, (std::vector{crypto::AuditEvent::identity_requested, crypto::AuditEvent::identity_granted,
                                   crypto::AuditEvent::identity_shown}));
    EXPECT_TRUE(open(legal, id)) << "the case is whole";
}

} // namespace
