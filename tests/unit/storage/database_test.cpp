#include "tests/unit/storage/fixtures.h"

#include <fstream>

namespace storage_test {
namespace {

using storage::Database;
using storage::Sql;
using Access = Database::Access;

static_assert(!std::is_convertible_v<std::string, Sql> && !std::is_constructible_v<Sql, const char *>,
              "SQL put together at run time must not compile");

class DatabaseTest : public ::testing::Test {
protected:
    Database create() {
        auto made = Database::open(folder.database(), key, Access::create);
        if (!made) throw std::runtime_error(std::string(made.error().what));
        return std::move(*made);
    }
    static std::string text_of(Database &database, Sql sql) {
        auto rows = database.query(sql);
        return rows && rows->next().value_or(false) ? rows->text() : "";
    }
    static std::int64_t number_of(Database &database, Sql sql) {
        auto rows = database.query(sql);
        return rows && rows->next().value_or(false) ? rows->integer() : -1;
    }
    TemporaryFolder folder;
    crypto::DatabaseKey key = crypto::DatabaseKey::random();
};

TEST_F(DatabaseTest, HoldsEverySetting) {
    Database database = create();
    EXPECT_EQ(text_of(database, "PRAGMA journal_mode"), "wal");
    EXPECT_EQ(number_of(database, "PRAGMA synchronous"), 2);
    EXPECT_EQ(number_of(database, "PRAGMA secure_delete"), 1);
    EXPECT_EQ(number_of(database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number_of(database, "PRAGMA temp_store"), 2);
    EXPECT_EQ(number_of(database, "PRAGMA trusted_schema"), 0);
    EXPECT_EQ(number_of(database, "PRAGMA cell_size_check"), 1);
    EXPECT_EQ(text_of(database, "PRAGMA cipher_memory_security"), "0"); // see wiped_memory_test.cpp
    EXPECT_EQ(text_of(database, "PRAGMA cipher_page_size"), "4096");
    EXPECT_TRUE(text_of(database, "PRAGMA cipher_version").starts_with("4."));
}

TEST_F(DatabaseTest, KeepsWhatItWasGivenUnderTheSameKey) {
    {
        Database database = create();
        ASSERT_TRUE(
            succeeded(database.script("CREATE TABLE t (a BLOB PRIMARY KEY, b TEXT, c INTEGER) STRICT, WITHOUT ROWID")));
        ASSERT_TRUE(succeeded(database.run("INSERT INTO t VALUES (?, ?, ?)", {base::Bytes{1, 2}, "สุจริต", nullptr})));
        ASSERT_TRUE(succeeded(database.run("INSERT INTO t VALUES (?, ?, ?)", {base::Bytes{}, "", -5})));
    }
    auto database = Database::open(folder.database(), key, Access::write);
    ASSERT_TRUE(succeeded(database));
    auto rows = database->query("SELECT a, b, c FROM t ORDER BY a");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_TRUE(rows->blob().empty());
    EXPECT_EQ(rows->text(), "");
    EXPECT_EQ(rows->integer(), -5);
    ASSERT_TRUE(rows->next().value_or(false));
    EXPECT_EQ(rows->bytes(), (base::Bytes{1, 2}));
    EXPECT_EQ(rows->text(), "สุจริต");
    EXPECT_TRUE(rows->null());
}

TEST_F(DatabaseTest, RefusesAnotherKey) {
    (void)create();
    const auto other = crypto::DatabaseKey::random();
    EXPECT_TRUE(failed_with(Database::open(folder.database(), other, Access::write), Code::refused));
    EXPECT_TRUE(succeeded(Database::open(folder.database(), key, Access::write)));
}

TEST_F(DatabaseTest, RefusesAPlaintextFile) {
    std::ofstream(folder.database(), std::ios::binary)
        << std::string("SQLite format 3\0", 16) << std::string(4080, '\0');
    const auto opened = Database::open(folder.database(), key, Access::write);
    ASSERT_TRUE(failed_with(opened, Code::refused));
    EXPECT_NE(opened.error().what.find("not encrypted"), std::string_view::npos);
}

TEST_F(DatabaseTest, NeverMakesANewDatabaseInPlaceOfAMissingOne) {
    EXPECT_TRUE(failed_with(Database::open(folder.database(), key, Access::write), Code::not_found));
    std::ofstream(folder.database(), std::ios::binary).flush();
    EXPECT_TRUE(failed_with(Database::open(folder.database(), key, Access::write), Code::not_found));
}

TEST_F(DatabaseTest, NeverMakesANewDatabaseOverAnOldOne) {
    (void)create();
    EXPECT_TRUE(failed_with(Database::open(folder.database(), key, Access::create), Code::conflict));
}

TEST_F(DatabaseTest, ReportsAnAlteredPage) {
    {
        Database database = create();
        ASSERT_TRUE(succeeded(database.script("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB) STRICT, WITHOUT ROWID")));
        for (int i = 0; i < 20; ++i)
            ASSERT_TRUE(succeeded(database.run("INSERT INTO t VALUES (?, ?)", {i, random_bytes(3000)})));
    }
    std::fstream file(folder.database(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(5 * 4096 + 100);
    file.put('x');
    file.close();
    auto database = Database::open(folder.database(), key, Access::write);
    ASSERT_TRUE(succeeded(database));
    auto rows = database->query("SELECT b FROM t");
    ASSERT_TRUE(rows);
    Result<bool> more = true;
    while (more && *more)
        more = rows->next();
    EXPECT_TRUE(failed_with(more, Code::storage_failed));
    EXPECT_TRUE(database->broken());
}

TEST_F(DatabaseTest, DeniesAttachAndVirtualTablesAlsoWhileTheSchemaIsBuilt) {
    Database database = create();
    EXPECT_TRUE(failed_with(database.run("ATTACH 'other.db' AS other"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("ATTACH '' AS other"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("CREATE VIRTUAL TABLE f USING fts5(a)"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("CREATE VIRTUAL TABLE r USING rtree(a, b, c)"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("SELECT load_extension('x')"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("SELECT name FROM pragma_table_list"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("CREATE TRIGGER t AFTER INSERT ON x BEGIN SELECT 1; END"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("SELECT sqlcipher_export('main')"), Code::internal));
    EXPECT_FALSE(std::filesystem::exists("other.db"));
}

TEST_F(DatabaseTest, ChangesNoStructureAndNoSettingOnceItServes) {
    Database database = create();
    database.serve();
    EXPECT_TRUE(
        failed_with(database.run("CREATE TABLE late (a INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("PRAGMA synchronous = OFF"), Code::internal));
    EXPECT_TRUE(failed_with(database.run("PRAGMA rekey = 'x'"), Code::internal));
    EXPECT_EQ(number_of(database, "PRAGMA synchronous"), 2);
}

TEST_F(DatabaseTest, ReadersCannotWrite) {
    Database writer = create();
    ASSERT_TRUE(succeeded(writer.script("CREATE TABLE t (a INTEGER PRIMARY KEY) STRICT, WITHOUT ROWID")));
    auto reader = Database::open(folder.database(), key, Access::read);
    ASSERT_TRUE(succeeded(reader));
    EXPECT_FALSE(reader->run("INSERT INTO t VALUES (1)"));
    EXPECT_EQ(number_of(*reader, "SELECT count(*) FROM t"), 0);
}

TEST_F(DatabaseTest, TellsATakenKeyFromABrokenConstraint) {
    Database database = create();
    ASSERT_TRUE(succeeded(
        database.script("CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER CHECK (b > 0)) STRICT, WITHOUT ROWID")));
    ASSERT_TRUE(succeeded(database.run("INSERT INTO t VALUES (1, 1)")));
    EXPECT_TRUE(failed_with(database.run("INSERT INTO t VALUES (1, 2)"), Code::conflict));
    EXPECT_TRUE(failed_with(database.run("INSERT INTO t VALUES (2, 0)"), Code::invalid));
    EXPECT_FALSE(database.broken());
}

TEST_F(DatabaseTest, ReportsAColumnOfAnotherShapeInsteadOfInventingAValue) {
    Database database = create();
    auto rows = database.query("SELECT 1, 'text', x'0102'");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_EQ(rows->integer(), 1);
    EXPECT_EQ(rows->text(), "text");
    EXPECT_TRUE(rows->sound());
    EXPECT_EQ(rows->array<4>(), Array<4>{});
    EXPECT_TRUE(failed_with(rows->sound(), Code::storage_failed));
    EXPECT_TRUE(failed_with(rows->next(), Code::storage_failed));
}

TEST_F(DatabaseTest, VacuumsWithoutAFileBesideIt) {
    Database database = create();
    ASSERT_TRUE(succeeded(database.script("CREATE TABLE t (a BLOB PRIMARY KEY) STRICT, WITHOUT ROWID")));
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(succeeded(database.run("INSERT INTO t VALUES (?)", {random_bytes(3000)})));
    database.serve();
    ASSERT_TRUE(succeeded(database.run("DELETE FROM t")));
    ASSERT_TRUE(succeeded(database.vacuum()));
    ASSERT_TRUE(succeeded(database.truncate_log()));
    EXPECT_LT(std::filesystem::file_size(folder.database()), 20000u);
    for (const auto &found : std::filesystem::directory_iterator(folder.path()))
        EXPECT_TRUE(found.path().filename().string().starts_with("sucharit.db")) << found.path();
    EXPECT_TRUE(failed_with(database.run("ATTACH '' AS other"), Code::internal)); // the door is shut again
}

} // namespace
} // namespace storage_test
