// The work that a hidden case costs must not differ from that of no case. Measured in processor time of this thread, the
// least of several tries: other load does not count.
#include "tests/unit/service/usecases/agency.h"

#include "crypto/officer/casework.h"

#include <ctime>
#include <functional>
#include <limits>

namespace {

using namespace usecases_test;

double least_seconds(const std::function<void()> &work) {
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
    };
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < 15; ++i) {
        const double before = now();
        work();
        least = std::min(least, now() - before);
    }
    return least;
}

class Hidden : public AgencyTest {
protected:
    Hidden() : reads_(*domain::Permitted<Action::read_cases>::check(legal.actor())), context_(officer()), legal_(session(legal)) {}
    double opening(const std::string &id) {
        return least_seconds([&] { EXPECT_TRUE(fails_with(open_case(reads_, context_, legal_, id), Code::not_found)); });
    }
    double queueing() {
        return least_seconds([&] { EXPECT_TRUE(queue(reads_, context_, legal_)); });
    }
    double one_box() {
        return least_seconds([&] { crypto::open_no_slot(legal.keys); });
    }

private:
    domain::Permitted<Action::read_cases> reads_;
    OfficerContext context_;
    OfficerSession legal_;
};

TEST_F(Hidden, ACaseThatNeverWasCostsABoxLikeOneThatIsHidden) {
    file("เรื่องของนิติกร", {&legal});
    const auto hidden = case_of(head), never = base::CaseId::random().text();
    const double box = one_box();
    EXPECT_GE(opening(hidden), box);
    EXPECT_GE(opening(never), box);
}

TEST_F(Hidden, AQueueTriesBoxesInWholeGroupsWhetherOrNotAHiddenCaseChanged) {
    const double box = one_box();
    EXPECT_GE(queueing(), 40 * box) << "nothing was filed yet"; // of 64: one alone takes longer than one of many
    file("เรื่องของนิติกร", {&legal});
    EXPECT_GE(queueing(), 40 * box);
    EXPECT_LE(queueing(), 500 * box);
}

} // namespace
