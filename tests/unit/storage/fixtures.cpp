#include "tests/unit/storage/fixtures.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {
std::atomic<std::uint64_t> sync_count{0};
std::atomic<bool> syncs_fail{false};

int sync_through(long call, int file) {
    ++sync_count;
    if (syncs_fail) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(call, file));
}
} // namespace

// SQLCipher is a shared library, so its calls are bound to these.
extern "C" int fsync(int file) { return sync_through(SYS_fsync, file); }
extern "C" int fdatasync(int file) { return sync_through(SYS_fdatasync, file); }

namespace storage_test {

TemporaryFolder::TemporaryFolder() {
    crypto::start();
    std::string pattern = "/dev/shm/sucharit-test-XXXXXX";
    if (!::mkdtemp(pattern.data())) {
        pattern = (std::filesystem::temp_directory_path() / "sucharit-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    }
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

// Unlike any other bytes, and quick: the speed of the system's generator is not what is tested.
Bytes random_bytes(std::size_t size) {
    std::uint64_t state = 0;
    std::memcpy(&state, base::random_id_bytes().data(), sizeof state);
    std::mt19937_64 generator(state);
    Bytes out(size + 8);
    for (std::size_t at = 0; at < size; at += 8) {
        const std::uint64_t part = generator();
        std::memcpy(out.data() + at, &part, 8);
    }
    out.resize(size);
    return out;
}

Array<32> test_hash(std::uint64_t sequence, const Array<32> &previous, base::View entry) {
    base::Writer out;
    out.u64(sequence).raw(previous).raw(entry);
    return crypto::digest(out.seen());
}

Array<32> subject_of(base::CaseId id) {
    Array<32> out{};
    std::memcpy(out.data(), id.bytes().data(), 16);
    return out;
}

crypto::AuditEntry entry_for(crypto::AuditEvent event, const crypto::SealedObject &object, Day day, base::Seconds time,
                             base::OfficerId actor) {
    return {.event = event,
            .day = day,
            .time = time,
            .actor = actor,
            .subject = subject_of(object.header.case_id),
            .object = object.header.object_id,
            .digest = crypto::digest(object.sealed)};
}

crypto::SealedObject sealed_object(crypto::Kind kind, base::CaseId id, base::OfficerId author, std::size_t size) {
    return {{.kind = kind, .case_id = id, .object_id = base::ObjectId::random(), .epoch = 1, .author = author},
            random_bytes(size)};
}

ports::NewFiling filing(std::vector<base::OfficerId> readers, Day received, Day visible_from) {
    ports::NewFiling out{.sealed = {.record = {},
                                    .complaint = sealed_object(crypto::Kind::complaint, {}, {}, 16 * 1024 + 40),
                                    .identity = sealed_object(crypto::Kind::identity, {}, {}, 4 * 1024 + 40),
                                    .slots = {}},
                         .lookup_tag = random_array<32>(),
                         .text_tag = random_array<32>(),
                         .exclusion_tag = random_array<32>(),
                         .received = received,
                         .visible_from = visible_from,
                         .audit = {}};
    const auto id = base::CaseId::random();
    out.sealed.record = {.case_id = id,
                         .epoch = 1,
                         .commitment = random_array<32>(),
                         .identity_commitment = random_array<32>(),
                         .case_key = {random_array<32>()},
                         .reporter_key = {random_array<32>()},
                         .record_mac = random_array<32>()};
    out.sealed.complaint.header.case_id = id;
    out.sealed.identity.header.case_id = id;
    for (const auto &reader : readers)
        for (const auto purpose : {crypto::SlotPurpose::case_key, crypto::SlotPurpose::identity_key})
            out.sealed.slots.push_back({reader, purpose, random_bytes(176)});
    out.audit = {entry_for(crypto::AuditEvent::case_filed, out.sealed.complaint, received),
                 entry_for(crypto::AuditEvent::case_filed, out.sealed.identity, received)};
    return out;
}

ports::NewFollowUp follow_up(base::CaseId id, Day day, Day visible_from) {
    auto object = sealed_object(crypto::Kind::follow_up, id);
    const auto audit = entry_for(crypto::AuditEvent::follow_up, object, day);
    return {std::move(object), day, visible_from, audit};
}

ports::Move move_of(base::CaseId id, std::uint32_t expected_version, Day today, base::Seconds time) {
    const auto author = base::OfficerId::random();
    ports::Move out{.case_id = id,
                    .expected_version = expected_version,
                    .to = domain::State::registered,
                    .today = today,
                    .time = time,
                    .object = sealed_object(crypto::Kind::move, id, author),
                    .reply = {},
                    .granted = {},
                    .take_number = {},
                    .category = {},
                    .closes = false,
                    .outcomes = {},
                    .audit = {}};
    out.audit = {entry_for(crypto::AuditEvent::case_moved, out.object, today, time, author)};
    return out;
}

ports::Reply reply_of(base::CaseId id, Day today, base::Seconds time) {
    const auto author = base::OfficerId::random();
    auto object = sealed_object(crypto::Kind::reply, id, author);
    const auto audit = entry_for(crypto::AuditEvent::reply_sent, object, today, time, author);
    return {id, today, time, std::move(object), {audit}};
}

ports::NewOfficer officer(std::string login, domain::Post post) {
    ports::OfficerRow row;
    row.id = base::OfficerId::random();
    row.login = std::move(login);
    row.display_name = "นางสาวสมใจ ใจดี";
    row.salt = random_array<16>();
    row.password_operations = 3;
    row.password_memory = std::uint64_t{256} << 20;
    row.authentication_hash = random_array<32>();
    row.key_generation = 2;
    row.box.bytes = random_array<32>();
    row.sign.bytes = random_array<32>();
    row.sealed_keys = random_bytes(150);
    crypto::AppointmentFields appointment{.instance = {},
                                          .id = base::AppointmentId::random(),
                                          .officer = row.id,
                                          .post = static_cast<std::uint8_t>(post),
                                          .capacity = 1,
                                          .from = day_one,
                                          .until = day_one,
                                          .issuer = row.id,
                                          .order = "1/2569"};
    return {std::move(row), random_bytes(300), {crypto::stored_appointment(appointment, {})}};
}

StoreTest::StoreTest() {
    auto made = storage::Store::create({.database = folder.database()}, key.clone(), test_hash);
    if (!made) throw std::runtime_error(std::string(made.error().what));
    store = std::move(*made);
    reporter = store->reporter_reads();
    officers = store->officer_reads();
}

void StoreTest::reopen() {
    reporter.reset();
    officers.reset();
    store.reset();
    auto opened = storage::Store::open({.database = folder.database()}, key.clone(), test_hash);
    ASSERT_TRUE(succeeded(opened));
    store = std::move(*opened);
    reporter = store->reporter_reads();
    officers = store->officer_reads();
}

storage::Database StoreTest::look() {
    auto opened = storage::Database::open(folder.database(), key, storage::Database::Access::read);
    if (!opened) throw std::runtime_error(std::string(opened.error().what));
    return std::move(*opened);
}

std::int64_t StoreTest::count(storage::Sql sql) {
    storage::Database database = look();
    auto rows = database.query(sql);
    return rows && rows->next().value_or(false) ? rows->integer() : -1;
}

base::CaseId StoreTest::file_one(std::vector<base::OfficerId> readers, Day received, Day visible_from) {
    auto one = filing(std::move(readers), received, visible_from);
    const auto id = one.sealed.record.case_id;
    EXPECT_TRUE(succeeded(store->reporter_writes().file(std::move(one))));
    return id;
}

namespace disk {

std::uint64_t syncs() { return sync_count; }
SyncsFail::SyncsFail() { syncs_fail = true; }
SyncsFail::~SyncsFail() { syncs_fail = false; }

NoRoom::NoRoom(std::uintmax_t bytes) : before_(0) {
    std::signal(SIGXFSZ, SIG_IGN); // the write answers EFBIG instead
    struct rlimit limit {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    before_ = limit.rlim_cur;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

NoRoom::~NoRoom() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = before_;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace disk

} // namespace storage_test
