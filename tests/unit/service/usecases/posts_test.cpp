// Who holds which post is what signed appointments say, and nothing else.
#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;

class SignedPosts : public AgencyTest {
protected:
    std::shared_ptr<const AgencySnapshot> snapshot() { return officer().snapshot().value(); }
};

TEST_F(SignedPosts, OnePersonMayHoldSeveralInTheirCapacities) {
    appoint(head, Post::clerk, domain::Capacity::acting_vacancy, executive);
    const auto actor = snapshot()->actor(head.id(), "");
    EXPECT_EQ(actor.posts(), (std::vector{Post::head_office, Post::clerk}));
    EXPECT_EQ(actor.seats[1].capacity, domain::Capacity::acting_vacancy);
    EXPECT_EQ(actor.seats[1].order, "7/2569");
    const auto holders = snapshot()->holders;
    EXPECT_EQ(std::ranges::count(holders, head.id(), &domain::Holder::officer), 2);
    EXPECT_TRUE(std::ranges::is_sorted(holders, {}, [](const auto &holder) { return domain::place_in_line(holder.post); }));
}

TEST_F(SignedPosts, ARowWithoutAVouchersSignatureGivesNone) {
    appoint(clerk, Post::legal_officer, domain::Capacity::holder, clerk);
    EXPECT_EQ(snapshot()->actor(clerk.id(), "").posts(), std::vector{Post::clerk});
    file();
    EXPECT_EQ(queue_of(clerk).rows.size(), 0u) << "nothing is sealed to a post that only a row gives";
    EXPECT_EQ(queue_of(legal).rows.size(), 1u);
}

TEST_F(SignedPosts, WhoeverHoldsAPostApartReadsNothing) {
    appoint(legal, Post::admin, domain::Capacity::holder, executive);
    const auto agency = snapshot();
    EXPECT_FALSE(domain::allows(agency->actor(legal.id(), ""), Action::read_cases));
    EXPECT_EQ(std::ranges::count(agency->holders, legal.id(), &domain::Holder::officer), 0);
    file();
    EXPECT_EQ(queue_of(head).rows.size(), 1u);
    auto context = officer();
    EXPECT_TRUE(queue(domain::Permitted<Action::read_cases>::check(legal.actor()).value(), context, session(legal))->rows.empty())
        << "no slot is sealed to them either";
}

// By it the door forgets a disabled officer's kept place, without asking the database.
TEST_F(SignedPosts, OfTheLastLookAreSeenWithoutTheDatabase) {
    EXPECT_EQ(agency().seen(), nullptr);
    const auto looked = snapshot();
    EXPECT_EQ(agency().seen(), looked);
    EXPECT_TRUE(looked->disabled.empty());
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {head.id()}));
    ASSERT_TRUE(database().run("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'"));
    (void)snapshot();
    EXPECT_EQ(agency().seen()->disabled, std::vector{head.id()});
}

TEST_F(SignedPosts, EndWithTheirLastDayAndWhileTheirHolderIsDisabled) {
    ASSERT_TRUE(database().run("UPDATE officer SET disabled = 1 WHERE officer = ?", {head.id()}));
    reload_agency();
    EXPECT_TRUE(snapshot()->actor(head.id(), "").seats.empty());
    clock.time += 1001 * base::Seconds{86400};
    EXPECT_TRUE(snapshot()->everyone.empty());
}

} // namespace
