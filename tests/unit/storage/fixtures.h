// A store in a folder of its own, rows made up of random bytes, and disks that fail when told to.
#pragma once

#include "storage/migrations.h"
#include "storage/store.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace storage_test {

using base::Array;
using base::Bytes;
using base::Code;
using base::Day;
using base::Result;

inline constexpr Day day_one{20000}, day_two{20001}, day_three{20002};

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;
    const std::filesystem::path &path() const { return path_; }
    std::filesystem::path database() const { return path_ / "sucharit.db"; }

private:
    std::filesystem::path path_;
};

template <class T>::testing::AssertionResult succeeded(const Result<T> &result) {
    if (result) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << base::name(result.error().code) << ": " << result.error().what << " ("
                                         << result.error().where.file_name() << ":" << result.error().where.line()
                                         << ")";
}
template <class T>::testing::AssertionResult failed_with(const Result<T> &result, Code code) {
    if (result) return ::testing::AssertionFailure() << "it succeeded";
    if (result.error().code == code) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << base::name(result.error().code) << ": " << result.error().what;
}

template <std::size_t N> Array<N> random_array() {
    Array<N> out{};
    for (std::size_t at = 0; at < N; at += 16) {
        const auto part = base::random_id_bytes();
        std::memcpy(out.data() + at, part.data(), std::min<std::size_t>(16, N - at));
    }
    return out;
}
Bytes random_bytes(std::size_t size);

// What the tests chain with: any function of all three arguments that collides nowhere in a test.
Array<32> test_hash(std::uint64_t sequence, const Array<32> &previous, base::View entry);

// An entry of the audit log with a random digest; subject_of() stands in for the pseudonym.
Array<32> subject_of(base::CaseId id);
crypto::AuditEntry entry_for(crypto::AuditEvent event, const crypto::SealedObject &object, Day day,
                             base::Seconds time = 0, base::OfficerId actor = {});

crypto::SealedObject sealed_object(crypto::Kind kind, base::CaseId id, base::OfficerId author = {},
                                   std::size_t size = 200);
ports::NewFiling filing(std::vector<base::OfficerId> readers = {base::OfficerId::random()}, Day received = day_one,
                        Day visible_from = day_one);
ports::NewFollowUp follow_up(base::CaseId id, Day day, Day visible_from);
ports::Move move_of(base::CaseId id, std::uint32_t expected_version, Day today, base::Seconds time = 1000);
ports::Reply reply_of(base::CaseId id, Day today, base::Seconds time);
ports::NewOfficer officer(std::string login, domain::Post post = domain::Post::legal_officer);

class StoreTest : public ::testing::Test {
protected:
    StoreTest();
    void reopen();            // closes the store and opens it again
    storage::Database look(); // a connection of the test's own, to see the rows as they stand
    std::int64_t count(storage::Sql sql);
    base::CaseId file_one(std::vector<base::OfficerId> readers = {base::OfficerId::random()}, Day received = day_one,
                          Day visible_from = day_one);

    TemporaryFolder folder;
    crypto::DatabaseKey key = crypto::DatabaseKey::random();
    std::unique_ptr<storage::Store> store;
    std::unique_ptr<ports::ReporterReads> reporter;
    std::unique_ptr<ports::OfficerReads> officers;
};

// fsync() and fdatasync() of this process pass through here.
namespace disk {
std::uint64_t syncs();
class SyncsFail { // while it lives, each sync answers EIO
public:
    SyncsFail();
    ~SyncsFail();
    SyncsFail(const SyncsFail &) = delete;
    SyncsFail &operator=(const SyncsFail &) = delete;
};
class NoRoom { // while it lives, no file grows beyond `bytes`
public:
    explicit NoRoom(std::uintmax_t bytes);
    ~NoRoom();
    NoRoom(const NoRoom &) = delete;
    NoRoom &operator=(const NoRoom &) = delete;

private:
    std::uintmax_t before_;
};
} // namespace disk

} // namespace storage_test
