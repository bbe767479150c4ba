// Moves a case along the ways of the manual and says what did not go as the table has it.
#pragma once

#include "tests/unit/service/usecases/agency.h"

#include "service/domain/typed_day.h"

#include <set>

namespace usecases_test {

using domain::Outcome;

class States : public AgencyTest {
protected:
    std::string begun(std::vector<const Person *> excluded = {}) {
        receipt = file("เรื่อง", std::move(excluded));
        return case_of(legal);
    }
    std::string waiting_for_order(std::vector<const Person *> excluded = {}) {
        const auto id = begun(std::move(excluded));
        walk_to(State::pending_order, id, legal, clerk);
        return id;
    }
    void does(const Person &who, const std::string &id, const std::string &event, State to,
              std::map<std::string, std::string> changed = {}) {
        SCOPED_TRACE(event);
        const auto done = move(who, id, event, std::move(changed));
        if (!done && !done.error().faults.empty())
            ADD_FAILURE() << done.error().faults.front().field << " " << done.error().faults.front().key;
        ASSERT_TRUE(done) << static_cast<int>(done.error().why);
        EXPECT_EQ(done->state, to);
        const auto view = open(who, id);
        ASSERT_TRUE(view) << "who moves a case goes on reading it";
        EXPECT_EQ(view->row.state, to);
    }
    testing::AssertionResult faulty(const Person &who, const std::string &id, const std::string &event,
                                    std::map<std::string, std::string> changed, const char *field, std::string_view key) {
        const auto done = move(who, id, event, std::move(changed));
        if (done || done.error().why != ActRefused::Why::faults || done.error().faults.size() != 1)
            return testing::AssertionFailure() << "not one fault";
        const auto &fault = done.error().faults.front();
        return fault.field == field && fault.key == key ? testing::AssertionSuccess()
                                                        : testing::AssertionFailure() << fault.field << " " << fault.key;
    }
    std::set<std::string> offered(const Person &who, const std::string &id) {
        std::set<std::string> out;
        if (const auto view = open(who, id))
            for (const OfferedMove &offer : view->moves)
                out.emplace(offer.transition->event);
        return out;
    }
    std::vector<Outcome> outcomes() {
        auto behind = database();
        auto rows = behind.query("SELECT outcome FROM case_outcome ORDER BY allegation");
        std::vector<Outcome> out;
        while (rows && rows->next().value_or(false))
            out.push_back(static_cast<Outcome>(rows->integer()));
        return out;
    }
    void write(std::string_view text) {
        auto context = reporter();
        ASSERT_TRUE(write_more(context, receipt, text, tracked(receipt).once));
    }
    std::string day(std::int32_t from_now) { return domain::day_to_type({clock.today().number + from_now}); }
    void pass_days(int days) { clock.time += days * 86400; }
    Person finder() {
        auto out = enrol(Post::fact_finder, "finder", "นายวิชัย สืบความ", 1, &executive);
        reload_agency();
        return out;
    }
    std::string receipt;
};

} // namespace usecases_test
