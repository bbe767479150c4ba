// An officer who goes hands their cases over.
#include "service/usecases/officer/handover.h"

#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;

class HandoverTest : public AgencyTest {
protected:
    int logged(const Person &leaver, const Person &successor) {
        auto behind = database();
        auto rows = behind.query("SELECT entry FROM audit");
        EXPECT_TRUE(rows);
        int out = 0;
        while (rows && rows->next().value_or(false)) {
            const auto entry = crypto::AuditEntry::decode(rows->bytes());
            out += entry && entry->event == crypto::AuditEvent::cases_handed_over && entry->actor == leaver.id() &&
                   entry->subject == base::Array<32>{} && entry->digest == crypto::digest(successor.id().bytes());
        }
        return out;
    }
};

TEST_F(HandoverTest, GivesTheSuccessorEverythingThatTheyMayReadAndStandsInTheLog) {
    file("หนึ่ง");
    const auto closed = case_of(legal);
    walk_to(State::closed, closed, legal, clerk);
    file("สอง");
    file("สาม", {&clerk});
    auto context = officer();
    const auto own = session(legal);
    const auto reads = *domain::Permitted<Action::read_cases>::check(own.actor);
    const auto works = *domain::Permitted<Action::work_cases>::check(own.actor);
    const auto recent = *RecentlySignedIn::check(own, clock.now());
    EXPECT_TRUE(fails_with(handover(reads, context, own, legal.id()), Code::not_found));
    EXPECT_TRUE(fails_with(hand_over(works, recent, context, own, admin.id()), Code::not_found));
    EXPECT_EQ(handover(reads, context, own, clerk.id())->left, 1U) << "the closed one the clerk has closed";
    ASSERT_TRUE(hand_over(works, recent, context, own, clerk.id()));
    EXPECT_EQ(logged(legal, clerk), 1);
    ASSERT_TRUE(hand_over(works, recent, context, own, clerk.id()));
    EXPECT_EQ(logged(legal, clerk), 1) << "nothing was left to hand over";
    const auto list = handover(reads, context, own, clerk.id());
    ASSERT_TRUE(list);
    EXPECT_EQ(list->left, 0U);
    ASSERT_EQ(list->rows.size(), 3U);
    using Stands = HandoverRow::Stands;
    const auto count_of = [&](Stands stands) { return std::ranges::count(list->rows, stands, &HandoverRow::stands); };
    EXPECT_EQ(count_of(Stands::handed_over), 1);
    EXPECT_EQ(count_of(Stands::already), 1) << "the clerk read the closed one before";
    EXPECT_EQ(count_of(Stands::excluded), 1);
    EXPECT_EQ(queue_of(clerk).rows.size(), 2U);
    EXPECT_EQ(handover(reads, context, own, outside.id())->left, 3U);
    ASSERT_TRUE(hand_over(works, recent, context, own, outside.id(), 2));
    EXPECT_EQ(handover(reads, context, own, outside.id())->left, 1U) << "it goes on at the next call";
    ASSERT_TRUE(hand_over(works, recent, context, own, outside.id(), 2));
    EXPECT_EQ(queue_of(outside).rows.size(), 3U);
    EXPECT_EQ(logged(legal, outside), 2) << "one for each call";
}

} // namespace
