#include "tests/unit/storage/fixtures.h"

#include <csignal>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace storage_test {
namespace {

// Files from four threads for as long as it lives, and says the id of each filing that was acknowledged.
[[noreturn]] void file_until_killed(const std::filesystem::path &database, const crypto::DatabaseKey &key, int tell) {
    auto store = storage::Store::open({.database = database}, key.clone(), test_hash);
    if (!store) ::_exit(1);
    const auto file = [&] {
        for (;;) {
            auto one = filing();
            const auto id = one.sealed.record.case_id;
            if (!(*store)->reporter_writes().file(std::move(one)) || ::write(tell, id.bytes().data(), 16) != 16)
                ::_exit(1);
        }
    };
    std::thread crowd[3] = {std::thread(file), std::thread(file), std::thread(file)};
    file();
    ::_exit(1);
}

std::set<base::CaseId> read_ids(int from, std::size_t enough, pid_t writer) {
    std::set<base::CaseId> out;
    Array<16> id{};
    while (::read(from, id.data(), id.size()) == 16) { // writes of 16 bytes to a pipe are whole
        out.insert(base::CaseId(id));
        if (out.size() == enough) ::kill(writer, SIGKILL); // and what was said until then is still in the pipe
    }
    return out;
}

TEST(Durability, EveryAcknowledgedFilingSurvivesAKill) {
    const TemporaryFolder folder;
    const auto key = crypto::DatabaseKey::random();
    ASSERT_TRUE(succeeded(storage::Store::create({.database = folder.database()}, key.clone(), test_hash)));
    std::set<base::CaseId> acknowledged;
    for (int round = 0; round < 3; ++round) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            file_until_killed(folder.database(), key, pipe[1]);
        }
        ::close(pipe[1]);
        acknowledged.merge(read_ids(pipe[0], 60 + 25 * static_cast<std::size_t>(round), child));
        ::close(pipe[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        const auto store = storage::Store::open({.database = folder.database()}, key.clone(), test_hash);
        ASSERT_TRUE(succeeded(store));
        const auto officers = (*store)->officer_reads();
        for (const auto &id : acknowledged)
            EXPECT_EQ(officers->objects(id, day_one).value().size(), 2u) << "acknowledged and lost";
        auto database = storage::Database::open(folder.database(), key, storage::Database::Access::read);
        ASSERT_TRUE(succeeded(database));
        auto check = database->query("PRAGMA integrity_check");
        ASSERT_TRUE(check && check->next().value_or(false));
        EXPECT_EQ(check->text(), "ok");
        auto halves =
            database->query("SELECT count(*) FROM complaint_case AS c WHERE (SELECT count(*) FROM object AS o "
                            "WHERE o.case_id = c.case_id) <> 2");
        ASSERT_TRUE(halves && halves->next().value_or(false));
        EXPECT_EQ(halves->integer(), 0) << "a filing in halves";
    }
}

TEST(Durability, AnotherKeyAndAMissingFileAreToldApart) {
    const TemporaryFolder folder;
    const auto key = crypto::DatabaseKey::random();
    EXPECT_TRUE(
        failed_with(storage::Store::open({.database = folder.database()}, key.clone(), test_hash), Code::not_found));
    ASSERT_TRUE(succeeded(storage::Store::create({.database = folder.database()}, key.clone(), test_hash)));
    EXPECT_TRUE(
        failed_with(storage::Store::open({.database = folder.database()}, crypto::DatabaseKey::random(), test_hash),
                    Code::refused));
    EXPECT_TRUE(
        failed_with(storage::Store::create({.database = folder.database()}, key.clone(), test_hash), Code::conflict));
}

} // namespace
} // namespace storage_test
