// An exclusion takes from who is excluded what they could still learn of the reporter: their session, their keys, a copy of the database.
#include "service/usecases/officer/conflict.h"

#include "tests/unit/service/usecases/forwarding.h"
#include "tests/unit/service/usecases/identities.h"

#include <functional>
#include <utility>

namespace {

using namespace usecases_test;
using Why = IdentityRefused::Why;

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
        return {keys, clock, policy, agency(), *officer_reads, writes, sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
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
