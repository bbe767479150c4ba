// Who the reporter is: asked for with a reason, decided by a custodian who is another human, shown once to who asked.
#include "service/usecases/officer/identity.h"

#include "service/usecases/officer/conflict.h"
#include "tests/unit/service/usecases/agency.h"
#include "tests/unit/service/usecases/forwarding.h"

#include <array>
#include <barrier>
#include <set>
#include <thread>

namespace {

using namespace usecases_test;
using Step = IdentityStanding::Step;
using Why = IdentityRefused::Why;
using MayWork = domain::Permitted<Action::work_cases>;
using MayDecide = domain::Permitted<Action::decide_identity>;

class Identities : public AgencyTest {
protected:
    domain::FilingForm named(std::vector<const Person *> excluded = {}) {
        auto out = form("เรียกเงินจากผู้รับเหมา", std::move(excluded));
        out.anonymous = false;
        out.name = "นายสมศักดิ์ กล้าหาญ";
        out.phone = "081-234-5678";
        out.conceal = true;
        return out;
    }
    static MayWork works(const Person &who) { return *MayWork::check(who.actor()); }
    static MayDecide decides(const Person &who) {
        auto actor = who.actor();
        actor.certified.custody = true; // the certificate in the store decides
        return *MayDecide::check(actor);
    }
    RecentlySignedIn recent(const OfficerSession &of) { return *RecentlySignedIn::check(of, clock.now()); }

    std::expected<void, IdentityRefused> ask(const Person &who, const std::string &id, std::string_view reason = "ต้องนัดหมายเพื่อสอบปากคำ",
                                             const std::string &once_field = new_reply_id()) {
        auto context = officer();
        const auto signed_in = session(who);
        return ask_identity(works(who), recent(signed_in), context, signed_in, id, reason, once_field);
    }
    std::vector<WaitingIdentity> waiting(const Person &who) {
        auto context = officer();
        const auto found = waiting_identities(decides(who), context, session(who));
        EXPECT_TRUE(found);
        return found.value_or(std::vector<WaitingIdentity>{});
    }
    std::expected<DecidedIdentity, IdentityRefused> decide(const Person &who, const std::string &request, std::optional<bool> grant,
                                                           std::string reason = "จำเป็นต่อการสืบสวน") {
        auto context = officer();
        const auto signed_in = session(who);
        return decide_identity(decides(who), recent(signed_in), context, signed_in, request, {grant, std::move(reason)});
    }
    std::expected<ShownIdentity, IdentityRefused> show(const Person &who, const std::string &id) {
        auto context = officer();
        const auto signed_in = session(who);
        return show_identity(works(who), recent(signed_in), context, signed_in, id);
    }
    IdentityStanding standing(const Person &who, const std::string &id) {
        auto context = officer();
        return identity_of_case(works(who), context, session(who), id)->standing;
    }
    std::string asked_by(const Person &who, const std::string &id, const Person &custodian) {
        EXPECT_TRUE(ask(who, id));
        const auto found = waiting(custodian);
        EXPECT_EQ(found.size(), 1U);
        return found.empty() ? std::string() : found.front().request.text();
    }
    std::int64_t one(storage::Sql sql) {
        auto db = database();
        auto rows = *db.query(sql);
        EXPECT_TRUE(*rows.next());
        return rows.integer();
    }
    std::vector<crypto::AuditEntry> logged() { // about identities
        auto db = database();
        auto rows = *db.query("SELECT entry FROM audit ORDER BY sequence");
        std::vector<crypto::AuditEntry> out;
        while (*rows.next())
            if (const auto entry = *crypto::AuditEntry::decode(rows.bytes()); entry.event >= crypto::AuditEvent::identity_requested)
                out.push_back(entry);
        return out;
    }
    std::set<std::size_t> sizes(storage::Sql sql) {
        auto db = database();
        auto rows = *db.query(sql);
        std::set<std::size_t> out;
        while (*rows.next())
            out.insert(rows.blob().size());
        return out;
    }
    void disable(const Person &who) {
        behind_the_back("UPDATE officer SET disabled = 1 WHERE officer = ?", {who.id()});
        behind_the_back("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'");
    }
    void behind_the_back(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        ASSERT_TRUE(database().run(sql, values));
    }
};

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
        OfficerContext context{keys, clock, policy, agency(), *reads, store->officer_writes(), sessions, cost, profile, *tools, checked_files, mail_desk};
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

// Something comes between what was read and what is written.
struct Between final : Forwarding, ports::IdentityWrites, ports::AccessWrites {
    using Forwarding::Forwarding;
    ports::IdentityWrites &identities() override { return *this; }
    ports::AccessWrites &access() override { return *this; }
    base::Result<> ask(ports::NewIdentityRequest row) override { return first(), real.identities().ask(std::move(row)); }
    base::Result<> decide(ports::IdentityDecided row) override { return first(), real.identities().decide(std::move(row)); }
    base::Result<> show(ports::IdentityShown row) override { return first(), real.identities().show(std::move(row)); }
    base::Result<> change(std::vector<ports::AccessChange> rows) override { return first(), real.access().change(std::move(rows)); }
    void first() { std::exchange(then, [] {})(); }
    std::function<void()> then = [] {};
};

class Exclusions : public Identities {
protected:
    Exclusions() {
        file(named());
        id = case_of(legal);
    }
    std::expected<bool, ActRefused> exclude(const Person &whom, OfficerContext context) {
        const auto own = session(legal);
        return declare_conflict(works(legal), recent(own), context, own, id, {whom.id().text(), "เป็นพี่น้องกัน", true});
    }
    std::expected<bool, ActRefused> exclude(const Person &whom) { return exclude(whom, officer()); }
    OfficerContext through(Between &writes) {
        return {keys, clock, policy, agency(), *officer_reads, writes, sessions, cost, profile, *tools, checked_files};
    }
    // With a copy of the database and every key that they have.
    bool opens_any(const Person &who) {
        auto db = database();
        auto rows = *db.query("SELECT sealed FROM identity_letter UNION ALL SELECT copy FROM identity_request WHERE copy IS NOT NULL");
        bool out = false;
        while (*rows.next())
            out = crypto::box_seal_open(who.keys.box, base::copy(rows.blob())).has_value() || out;
        return out;
    }
    std::string id;
};

TEST_F(Exclusions, VoidTheRequestOfWhoIsExcluded) {
    const auto request = asked_by(head, id, clerk);
    ASSERT_TRUE(opens_any(clerk));
    ASSERT_TRUE(exclude(head));
    for (const Person *custodian : {&clerk, &outside}) {
        EXPECT_TRUE(waiting(*custodian).empty());
        EXPECT_TRUE(refused(decide(*custodian, request, true), Why::not_found));
        EXPECT_FALSE(opens_any(*custodian));
    }
    EXPECT_EQ(one("SELECT count(*) FROM identity_request WHERE decided IS NULL"), 1) << "no row shows whose it was";
    EXPECT_EQ(one("SELECT count(*) FROM identity_letter"), 2);
    EXPECT_EQ(sizes("SELECT sealed FROM identity_letter"), std::set<std::size_t>{8240});
    EXPECT_TRUE(ask(legal, id)) << "others go on";
    EXPECT_EQ(waiting(clerk).size(), 1U);
}

TEST_F(Exclusions, VoidACopyThatWaitsForThem) {
    ASSERT_TRUE(decide(clerk, asked_by(head, id, clerk), true));
    ASSERT_TRUE(opens_any(head));
    ASSERT_TRUE(exclude(head));
    EXPECT_FALSE(opens_any(head));
    EXPECT_TRUE(refused(show(head, id), Why::not_found));
    EXPECT_EQ(sizes("SELECT copy FROM identity_request"), std::set<std::size_t>{8240});
}

TEST_F(Exclusions, TakeTheRequestsOfOthersFromACustodian) {
    const auto request = asked_by(head, id, clerk);
    ASSERT_TRUE(exclude(clerk));
    EXPECT_TRUE(waiting(clerk).empty());
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::not_found));
    EXPECT_FALSE(opens_any(clerk));
    EXPECT_EQ(waiting(outside).size(), 1U);
    ASSERT_TRUE(decide(outside, request, true));
    EXPECT_TRUE(show(head, id));
}

TEST_F(Exclusions, ThatComeWhileSomebodyAsksOrDecidesAreNotOvertaken) {
    Between writes(store->officer_writes());
    writes.then = [&] { EXPECT_TRUE(exclude(clerk)); };
    auto context = through(writes);
    const auto own = session(head);
    EXPECT_TRUE(refused(ask_identity(works(head), recent(own), context, own, id, "เหตุผล", new_reply_id()), Why::busy));
    EXPECT_EQ(one("SELECT count(*) FROM identity_letter"), 0) << "nothing is sealed to the clerk";
}

TEST_F(Exclusions, OfWhoAskedAreNotOvertakenByTheDecision) {
    const auto request = asked_by(head, id, clerk);
    Between writes(store->officer_writes());
    writes.then = [&] { EXPECT_TRUE(exclude(head)); };
    auto context = through(writes);
    const auto own = session(clerk);
    EXPECT_TRUE(refused(decide_identity(decides(clerk), recent(own), context, own, request, {true, "จำเป็น"}), Why::busy));
    EXPECT_EQ(one("SELECT count(*) FROM identity_request WHERE copy IS NOT NULL"), 0);
}

TEST_F(Exclusions, OfWhoIsJustBeingShownItLeaveNothingToShow) {
    ASSERT_TRUE(decide(clerk, asked_by(head, id, clerk), true));
    Between writes(store->officer_writes());
    writes.then = [&] { EXPECT_TRUE(exclude(head)); };
    auto context = through(writes);
    const auto own = session(head);
    EXPECT_TRUE(refused(show_identity(works(head), recent(own), context, own, id), Why::gone));
}

TEST_F(Exclusions, ArePreparedAnewWhenARequestCameBetween) {
    Between writes(store->officer_writes());
    writes.then = [&] { EXPECT_TRUE(ask(head, id)); };
    const auto done = exclude(head, through(writes));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().why, ActRefused::Why::stale);
    ASSERT_TRUE(exclude(head));
    EXPECT_TRUE(waiting(clerk).empty());
}

TEST_F(Exclusions, AreSeenByACustodianWhoReadsTheCaseWhateverStandsInTheStore) {
    walk_to(State::pending_order, id, legal, clerk);
    const auto request = asked_by(head, id, clerk);
    auto db = database();
    auto rows = *db.query("SELECT sealed FROM identity_letter WHERE officer = ?", {clerk.id()});
    ASSERT_TRUE(*rows.next());
    const base::Bytes before = rows.bytes();
    while (*rows.next()) {
    }
    const auto own = session(executive);
    auto context = officer();
    ASSERT_TRUE(declare_conflict(works(executive), recent(own), context, own, id, {head.id().text(), "เป็นพี่น้องกัน", true}));
    behind_the_back("UPDATE identity_letter SET sealed = ? WHERE officer = ?", {before, clerk.id()});
    EXPECT_TRUE(refused(decide(clerk, request, true), Why::requester_gone));
}

} // namespace
