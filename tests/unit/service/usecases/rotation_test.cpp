// New keys: everything that was readable stays readable, with the new ones only, whenever the job was stopped.
#include "service/usecases/officer/rotation.h"

#include "crypto/officer/casework.h"
#include "crypto/officer/rotation.h"

#include "tests/unit/service/usecases/agency.h"

using namespace usecases_test;

namespace {

class RotatingKeys : public AgencyTest {
protected:
    AccountResult<Rotated> rotate(const Person &who) {
        auto context = officer();
        const auto mine = session(who);
        return rotate_keys(context, mine, *RecentlySignedIn::check(mine, clock.now()), who.passphrase);
    }
    std::size_t readable(const Person &who) { return static_cast<std::size_t>(std::ranges::count(queue_rows(who), false)); }
    std::vector<bool> queue_rows(const Person &who) {
        std::vector<bool> out;
        for (const auto &row : queue_of(who).rows)
            out.push_back(row.damaged);
        return out;
    }
    bool has_former(const Person &who) { return officer_reads->accounts().former_keys(who.id())->has_value(); }
};

TEST_F(RotatingKeys, LeavesEveryCaseReadableAndSealsTheNextToTheNewKeys) {
    const std::string first = file(), second = file("เรื่องที่สอง");
    const auto before = *officer_reads->officer(legal.id());
    const auto rotated = rotate(legal);
    ASSERT_TRUE(rotated);
    const auto after = *officer_reads->officer(legal.id());
    EXPECT_EQ(after->key_generation, before->key_generation + 1);
    EXPECT_NE(after->box, before->box);
    EXPECT_EQ(readable(legal), 2u);
    file("เรื่องที่สาม");
    EXPECT_EQ(readable(legal), 3u);
    auto context = officer();
    EXPECT_EQ((*context.snapshot())->roster.live(legal.id())->box, after->box);
}

TEST_F(RotatingKeys, TheOldKeysOpenNoSlotAnyMore) {
    file();
    ASSERT_TRUE(rotate(legal));
    const auto slots = *officer_reads->slots_of(legal.id(), clock.today());
    ASSERT_EQ(slots.size(), 1u);
    EXPECT_FALSE(crypto::open_slot(legal.keys, slots[0].row.record, slots[0].sealed));
}

TEST_F(RotatingKeys, EndsOtherSessionsAndGoesOnInItsOwn) {
    auto context = officer();
    const auto other = sign_in(context, legal.login, legal.passphrase);
    const auto rotated = rotate(legal);
    ASSERT_TRUE(rotated);
    EXPECT_FALSE(resume(context, other->cookie));
    EXPECT_TRUE(resume(context, rotated->cookie));
}

TEST_F(RotatingKeys, WhatWasSignedBeforeStaysSigned) {
    file();
    const std::string id = case_of(legal);
    walk_to(State::registered, id, legal, executive);
    ASSERT_TRUE(rotate(legal));
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    EXPECT_FALSE(view->row.damaged);
    EXPECT_GE(view->history.size(), 2u);
}

// The kill: the keys were written, and of the slots none, or some.
TEST_F(RotatingKeys, AStoppedJobGoesOnAtTheNextSignIn) {
    for (int i = 0; i < 3; ++i)
        file("เรื่อง " + std::to_string(i));
    const auto before = *officer_reads->accounts().own_slots(legal.id(), {}, 10);
    ASSERT_TRUE(rotate(legal));
    // As if the program had ended after the first of them.
    for (std::size_t i = 1; i < before.size(); ++i)
        ASSERT_TRUE(database().run("UPDATE slot SET sealed = ?4 WHERE officer = ?1 AND purpose = ?2 AND case_id = ?3",
                                   {legal.id(), before[i].purpose, before[i].case_id, before[i].sealed}));
    EXPECT_TRUE(has_former(legal));
    EXPECT_EQ(readable(legal), 3u) << "signing in seals the rest";
}

TEST_F(RotatingKeys, ASlotThatWasSealedToTheOldKeyMeanwhileIsFound) {
    file();
    const auto old = *officer_reads->accounts().own_slots(legal.id(), {}, 10);
    ASSERT_TRUE(rotate(legal));
    EXPECT_TRUE(has_former(legal)) << "kept for a day";
    ASSERT_TRUE(database().run("UPDATE slot SET sealed = ?2 WHERE officer = ?1", {legal.id(), old[0].sealed}));
    clock.next_day();
    EXPECT_EQ(readable(legal), 1u);
    EXPECT_TRUE(has_former(legal)) << "there was something to do";
    session(legal);
    EXPECT_FALSE(has_former(legal)) << "and now there is not";
}

TEST_F(RotatingKeys, IdentitySlotsGoAlong) {
    file();
    ASSERT_TRUE(rotate(clerk));
    auto context = officer();
    const auto keys = session(clerk).keys.box.public_key;
    for (const auto &slot : *officer_reads->accounts().own_slots(clerk.id(), {}, 10))
        EXPECT_FALSE(crypto::reseal_slot(clerk.keys, keys, slot.purpose, slot.case_id, slot.epoch, slot.sealed));
}

TEST_F(RotatingKeys, ThePassphraseMayChangeAndBeRecoveredMeanwhile) {
    file();
    const auto old = *officer_reads->accounts().own_slots(legal.id(), {}, 10);
    const auto rotated = rotate(legal);
    ASSERT_TRUE(rotated);
    ASSERT_TRUE(database().run("UPDATE slot SET sealed = ?2 WHERE officer = ?1", {legal.id(), old[0].sealed}));
    auto context = officer();
    ASSERT_TRUE(recover(context, legal.login, rotated->recovery_code, "rain falls on tin roofs"));
    Person changed{{}, legal.post, legal.login, "rain falls on tin roofs", legal.name};
    changed.keys.officer = legal.id();
    EXPECT_EQ(readable(changed), 1u) << "whoever has the new keys has the former ones";
}

TEST_F(RotatingKeys, IsNotForRootsNorForTheUncertifiedNorTwiceAtOnce) {
    const auto refused = [&](const Person &who) {
        const auto result = rotate(who);
        return !result && result.error() == AccountRefused::not_now;
    };
    EXPECT_TRUE(refused(executive)) << "a root's keys stand in the credential file";
    EXPECT_FALSE(refused(legal));
    EXPECT_TRUE(refused(legal)) << "the last ones are not done with";
    ASSERT_TRUE(database().run("DELETE FROM certificate WHERE officer = ?1", {head.id()}));
    reload_agency();
    EXPECT_TRUE(refused(head));
}

TEST_F(RotatingKeys, TheirPostsGoOn) {
    ASSERT_TRUE(rotate(clerk));
    auto context = officer();
    EXPECT_TRUE((*context.snapshot())->actor(clerk.id(), "").holds(Post::clerk));
}

} // namespace
