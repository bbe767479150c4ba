#include "tests/unit/storage/fixtures.h"

#include <thread>

namespace storage_test {
namespace {

class SecondFactors : public StoreTest {
protected:
    SecondFactors() : row(officer("legal")) {
        row.row.second_factor = {random_bytes(60), 7};
        if (!store->officer_writes().add_officer(row, {})) throw std::runtime_error("an officer was not added");
    }
    static crypto::AuditEntry signed_in(base::OfficerId who) {
        return {.event = crypto::AuditEvent::officer_signed_in, .day = day_one, .time = 5, .actor = who, .subject = {},
                .object = {}, .digest = {}};
    }
    Result<> use(std::int64_t step) {
        return store->officer_writes().second_factors().use_code({row.row.id, row.row.second_factor->sealed, step},
                                                                 {signed_in(row.row.id)});
    }
    std::int64_t last_step() { return officers->officer(row.row.id).value()->second_factor->last_step; }
    std::int64_t entries() { return count("SELECT count(*) FROM audit"); }

    ports::NewOfficer row;
};

TEST_F(SecondFactors, StandWithTheirOfficer) {
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(officer("clerk"), {})));
    for (const auto &found : officers->officers().value()) {
        EXPECT_EQ(found.second_factor.has_value(), found.login == "legal");
        if (found.second_factor) EXPECT_EQ(found.second_factor->sealed, row.row.second_factor->sealed);
    }
    EXPECT_EQ(last_step(), 7);
}

TEST_F(SecondFactors, ACodeIsUsedOnceAndNoneBeforeIt) {
    EXPECT_TRUE(failed_with(use(7), Code::conflict));
    EXPECT_TRUE(succeeded(use(9)));
    EXPECT_TRUE(failed_with(use(9), Code::conflict));
    EXPECT_TRUE(failed_with(use(8), Code::conflict));
    EXPECT_EQ(entries(), 1) << "what is refused is not logged as a sign-in";
    EXPECT_TRUE(succeeded(use(10)));
    reopen();
    EXPECT_EQ(last_step(), 10);
    EXPECT_TRUE(failed_with(use(10), Code::conflict)) << "after a restart, too";
}

TEST_F(SecondFactors, OfManyAtOnceWithOneCodeOneIsTaken) {
    std::atomic<int> taken = 0, refused = 0;
    std::vector<std::thread> all;
    for (int i = 0; i < 16; ++i)
        all.emplace_back([&] {
            const auto done = use(9);
            done ? ++taken : done.error().code == Code::conflict ? ++refused : 0;
        });
    for (auto &one : all)
        one.join();
    EXPECT_EQ(taken, 1);
    EXPECT_EQ(refused, 15);
    EXPECT_EQ(entries(), 1);
}

TEST_F(SecondFactors, ACodeOfAReplacedFactorOrOfSomebodyDisabledIsRefused) {
    auto &writes = store->officer_writes().second_factors();
    const ports::SecondFactorRow next{random_bytes(60), 20};
    EXPECT_TRUE(failed_with(writes.set(row.row.id, next, random_bytes(60), {}), Code::conflict));
    EXPECT_TRUE(succeeded(writes.set(row.row.id, next, row.row.second_factor->sealed, {signed_in(row.row.id)})));
    EXPECT_TRUE(failed_with(use(30), Code::conflict)) << "of the old one";
    EXPECT_EQ(last_step(), 20);
    row.row.second_factor = next;
    ASSERT_TRUE(succeeded(store->writer().commit(
        [](storage::Database &database) { return database.run("UPDATE officer SET disabled = 1"); })));
    EXPECT_TRUE(failed_with(use(30), Code::conflict)) << "disabled";
    EXPECT_EQ(entries(), 1);
}

TEST_F(SecondFactors, TheFirstIsSetWhereThereIsNone) {
    const auto other = officer("clerk");
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(other, {})));
    auto &writes = store->officer_writes().second_factors();
    const ports::SecondFactorRow first{random_bytes(60), 3};
    EXPECT_TRUE(failed_with(writes.set(other.row.id, first, random_bytes(60), {}), Code::conflict)) << "nothing to replace";
    EXPECT_TRUE(succeeded(writes.set(other.row.id, first, std::nullopt, {})));
    EXPECT_TRUE(failed_with(writes.set(other.row.id, {random_bytes(60), 4}, std::nullopt, {}), Code::conflict))
        << "somebody was faster";
    EXPECT_EQ(officers->officer(other.row.id).value()->second_factor->last_step, 3);
}

} // namespace
} // namespace storage_test
