#include "tests/unit/storage/fixtures.h"

namespace storage_test {
namespace {

using storage::Database;
using storage::Migration;
using storage::Sql;

constexpr Sql first_step = "CREATE TABLE one (a INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID";
constexpr Sql second_step = "CREATE TABLE two (a INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID";
constexpr Sql broken_step =
    "CREATE TABLE three (a INTEGER NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID; INSERT INTO nowhere VALUES (1)";

class MigrationsTest : public ::testing::Test {
protected:
    MigrationsTest() : database(std::move(*Database::open(folder.database(), key, Database::Access::create))) {}
    bool has_table(std::string_view name) {
        auto rows = database.query("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", {name});
        return rows && rows->next().value_or(false);
    }
    TemporaryFolder folder;
    crypto::DatabaseKey key = crypto::DatabaseKey::random();
    Database database;
};

TEST_F(MigrationsTest, TakesOnlyTheStepsThatAreMissing) {
    const Migration one[] = {{1, first_step}};
    const Migration both[] = {{1, first_step}, {2, second_step}};
    ASSERT_TRUE(succeeded(storage::migrate(database, one)));
    ASSERT_TRUE(succeeded(storage::migrate(database, one)));
    EXPECT_FALSE(has_table("two"));
    ASSERT_TRUE(succeeded(storage::migrate(database, both)));
    EXPECT_TRUE(has_table("two"));
}

TEST_F(MigrationsTest, KeepsNothingOfAStepThatFails) {
    const Migration steps[] = {{1, first_step}, {2, broken_step}};
    EXPECT_FALSE(storage::migrate(database, steps));
    EXPECT_TRUE(has_table("one"));
    EXPECT_FALSE(has_table("three"));
    const Migration repaired[] = {{1, first_step}, {2, second_step}};
    EXPECT_TRUE(succeeded(storage::migrate(database, repaired)));
}

TEST_F(MigrationsTest, RefusesANewerSchema) {
    const Migration both[] = {{1, first_step}, {2, second_step}};
    const Migration one[] = {{1, first_step}};
    ASSERT_TRUE(succeeded(storage::migrate(database, both)));
    const auto refused = storage::migrate(database, one);
    ASSERT_TRUE(failed_with(refused, Code::refused));
    EXPECT_NE(refused.error().what.find("newer"), std::string_view::npos);
}

TEST_F(MigrationsTest, RefusesAStepThatWasChangedAfterItWasTaken) {
    const Migration before[] = {{1, first_step}};
    const Migration after[] = {{1, second_step}};
    ASSERT_TRUE(succeeded(storage::migrate(database, before)));
    EXPECT_TRUE(failed_with(storage::migrate(database, after), Code::refused));
}

TEST_F(MigrationsTest, RefusesAnAlteredChecksum) {
    ASSERT_TRUE(succeeded(storage::migrate(database)));
    ASSERT_TRUE(succeeded(database.run("UPDATE migration SET checksum = ?", {random_array<32>()})));
    EXPECT_TRUE(failed_with(storage::migrate(database), Code::refused));
}

TEST_F(MigrationsTest, NoTableKeepsTheOrderOfArrivalInARowid) {
    ASSERT_TRUE(succeeded(storage::migrate(database)));
    auto rows = database.query("PRAGMA table_list"); // schema, name, type, columns, WITHOUT ROWID, STRICT
    ASSERT_TRUE(rows);
    int tables = 0;
    while (rows->next().value_or(false)) {
        rows->skip();
        const std::string name = rows->text();
        if (name.starts_with("sqlite_")) continue;
        EXPECT_EQ(rows->text(), "table");
        rows->skip();
        EXPECT_EQ(rows->integer(), 1) << name << " has rowids";
        EXPECT_EQ(rows->integer(), 1) << name << " is not STRICT";
        ++tables;
    }
    EXPECT_GE(tables, 13);
}

} // namespace
} // namespace storage_test
