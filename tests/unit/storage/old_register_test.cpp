// The counting facts: rows of an old register, and how cases have counted since when.
#include "storage/old_register.h"
#include "tests/unit/storage/fixtures.h"

#include <algorithm>

namespace storage_test {
namespace {

using domain::Outcome;
using domain::RegisterEntry;
using domain::Standing;
using domain::State;

RegisterEntry entry(std::string number, State state = State::screening) {
    RegisterEntry out{2568, std::move(number), day_one, "phone", "bribery", state, {}, {}};
    if (state == State::closed) {
        out.outcome = Outcome::no_merit;
        out.closed = day_two;
    }
    return out;
}

class OldRegister : public StoreTest {
protected:
    Result<ports::ImportCounts> import(std::vector<RegisterEntry> entries) {
        return store->officer_writes().old_register().import(
            entries, random_array<32>(), {crypto::AuditEvent::register_imported, day_one, 1000, {}, {}, {}, {}});
    }
    ports::ImportCounts compare(std::vector<RegisterEntry> entries) { return officers->old_register().compare(entries).value(); }
    // Does the log name exactly what stands?
    bool is_logged() {
        std::vector<Array<32>> in_log, in_rows;
        (void)officers->audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
            const auto read = crypto::AuditEntry::decode(row.entry);
            if (read && read->event == crypto::AuditEvent::register_imported) in_log.push_back(read->digest);
            return true;
        });
        for (const ports::LoggedRow &row : officers->audit().logged_rows().value())
            if (row.event == crypto::AuditEvent::register_imported) in_rows.push_back(row.digest);
        std::ranges::sort(in_log);
        std::ranges::sort(in_rows);
        return in_log == in_rows;
    }
    void behind_the_back(storage::Sql sql) {
        store.reset();
        auto database = storage::Database::open(folder.database(), key, storage::Database::Access::write);
        ASSERT_TRUE(database);
        ASSERT_TRUE(succeeded(database->run(sql)));
    }
};

TEST_F(OldRegister, RowsAreAddedUpdatedOrLeftAsTheyWere) {
    const std::vector<RegisterEntry> first{entry("1"), entry("2"), entry("3", State::closed)};
    EXPECT_EQ(compare(first), (ports::ImportCounts{3, 0, 0}));
    EXPECT_EQ(import(first).value(), (ports::ImportCounts{3, 0, 0}));
    const std::vector<RegisterEntry> second{entry("1"), entry("2", State::closed), entry("4")};
    EXPECT_EQ(compare(second), (ports::ImportCounts{1, 1, 1}));
    EXPECT_EQ(import(second).value(), (ports::ImportCounts{1, 1, 1}));
    EXPECT_EQ(compare(second), (ports::ImportCounts{0, 0, 3}));
    EXPECT_EQ(count("SELECT count(*) FROM register_entry"), 4);
    EXPECT_EQ(count("SELECT count(*) FROM register_entry WHERE number = '2' AND state = 11 AND outcome = 3 AND closed = 20001"), 1);
}

TEST_F(OldRegister, AnImportThatFailsLeavesNothing) {
    auto wrong = entry("2", State::closed);
    wrong.closed = Day{day_one.number - 1}; // the file's check would have refused it
    EXPECT_TRUE(failed_with(import({entry("1"), wrong}), Code::invalid));
    EXPECT_EQ(count("SELECT count(*) FROM register_entry"), 0);
    EXPECT_EQ(count("SELECT count(*) FROM audit"), 0);
}

TEST_F(OldRegister, TheLogKnowsEveryImportAndTheRowsAsTheyStand) {
    EXPECT_TRUE(is_logged());
    ASSERT_TRUE(import({entry("1"), entry("2")}));
    ASSERT_TRUE(import({entry("1", State::closed)}));
    ASSERT_TRUE(import({entry("1", State::closed)})) << "the same once more";
    EXPECT_TRUE(is_logged());
    reopen();
    EXPECT_TRUE(is_logged());
}

TEST_F(OldRegister, ARowChangedPastTheProgramShows) {
    ASSERT_TRUE(import({entry("1"), entry("2")}));
    behind_the_back("UPDATE register_entry SET category = 'other' WHERE number = '2'");
    reopen();
    EXPECT_FALSE(is_logged());
}

TEST_F(OldRegister, ARowAddedBeforeAnyImportShows) {
    behind_the_back("INSERT INTO register_entry (year, number, received, channel, category, state) "
                    "VALUES (2568, '1', 20000, 'phone', 'bribery', 3)");
    reopen();
    EXPECT_FALSE(is_logged());
}

class CaseStanding : public StoreTest {
protected:
    void move(State to, Day today, std::vector<Outcome> outcomes = {}, bool reopens = false) {
        ports::Move move = move_of(id, version++, today);
        move.to = to;
        move.closes = to == State::closed;
        move.reopens = reopens;
        move.outcomes = std::move(outcomes);
        ASSERT_TRUE(succeeded(store->officer_writes().move(std::move(move))));
    }
    // "day standing" of each step.
    std::vector<std::pair<int, int>> steps() {
        auto database = look();
        auto rows = database.query("SELECT since, standing FROM case_standing WHERE case_id = ?1 ORDER BY step", {id});
        std::vector<std::pair<int, int>> out;
        while (rows->next().value_or(false)) {
            const int since = rows->number<int>();
            out.emplace_back(since, rows->number<int>());
        }
        return out;
    }
    base::CaseId id = file_one();
    std::uint32_t version = 1;
};
using Steps = std::vector<std::pair<int, int>>;

TEST_F(CaseStanding, OpenFromItsReceiptOnWithoutARow) {
    move(State::registered, day_one);
    move(State::screening, day_two);
    EXPECT_EQ(steps(), Steps{});
}

TEST_F(CaseStanding, EachFinishingAndReopeningIsKept) {
    move(State::closed, day_one, {Outcome::no_merit});
    move(State::screening, day_two, {}, true);
    move(State::closed, day_three, {Outcome::merit_discipline, Outcome::merit_criminal});
    EXPECT_EQ(steps(), (Steps{{20000, 3}, {20001, 1}, {20002, 3}}));
}

TEST_F(CaseStanding, WhatIsSpamIsNotCounted) {
    move(State::set_aside, day_one);
    move(State::closed, day_two, {Outcome::voided});
    EXPECT_EQ(steps(), (Steps{{20001, 4}}));
    EXPECT_EQ(domain::standing_in(State::closed, std::vector{Outcome::general_grievance}), Standing::uncounted);
}

TEST_F(CaseStanding, WhatWaitsToBeConfirmedCountsAsBefore) {
    move(State::referred, day_one);
    move(State::closing, day_two);
    EXPECT_EQ(steps(), (Steps{{20000, 2}}));
    move(State::referred, day_three);
    EXPECT_EQ(steps(), (Steps{{20000, 2}})) << "taken back";
    move(State::screening, day_three);
    EXPECT_EQ(steps(), (Steps{{20000, 2}, {20002, 1}}));
}

} // namespace
} // namespace storage_test
