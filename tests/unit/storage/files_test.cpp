#include "storage/files.h"

#include "tests/unit/storage/fixtures.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <map>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace storage_test {
namespace {

using ports::FileName;
namespace fs = std::filesystem;

constexpr std::uint64_t least = 65'576; // what a file of no bytes takes on the disk

ports::UploadRow upload_to(base::CaseId id, base::OfficerId author = {}, Day day = day_one) {
    return {.file = base::ObjectId::random(),
            .case_id = id,
            .author = author,
            .epoch = 1,
            .name = FileName::random(),
            .day = day,
            .sealed = random_bytes(crypto::upload_sealed)};
}

ports::NewFile described(const ports::UploadRow &upload, std::uint64_t stored = least, Day visible_from = day_one) {
    auto object = sealed_object(crypto::Kind::file, upload.case_id, upload.author);
    object.header.object_id = upload.file;
    const bool reporters = upload.author.is_zero();
    const auto audit = entry_for(reporters ? crypto::AuditEvent::file_added : crypto::AuditEvent::file_attached, object,
                                 upload.day, reporters ? 0 : 1000, upload.author);
    return {std::move(object), upload.name, stored, upload.day, visible_from, audit};
}

class FilesTest : public StoreTest {
protected:
    ports::FileWrites &reporters() { return store->reporter_writes().files(); }
    ports::FileWrites &of_officers() { return store->officer_writes().files(); }
    void write(FileName name, base::View bytes) {
        const auto coming = store->files().receive(name, bytes.size());
        ASSERT_TRUE(succeeded(coming));
        ASSERT_TRUE(succeeded((*coming)->append(bytes)));
        ASSERT_TRUE(succeeded((*coming)->finish()));
    }
    ports::UploadRow begun(base::CaseId of, base::OfficerId author = {}, Day day = day_one) {
        const auto upload = upload_to(of, author, day);
        EXPECT_TRUE(succeeded((author.is_zero() ? reporters() : of_officers()).begin(upload)));
        return upload;
    }
    ports::UploadRow added(base::CaseId of, Day day = day_one) {
        const auto upload = begun(of, {}, day);
        write(upload.name, random_bytes(least));
        EXPECT_TRUE(succeeded(reporters().complete(described(upload, least, day))));
        return upload;
    }
    fs::path part(FileName name) const { return folder.path() / "files" / "parts" / name.text(); }
    fs::path place(FileName name) const { return folder.path() / "files" / name.text().substr(0, 2) / name.text(); }

    const base::CaseId id = file_one();
};

TEST_F(FilesTest, AnUploadBecomesAFileInOneCommit) {
    const auto upload = begun(id);
    const auto waiting = reporter->files().uploads(id).value();
    ASSERT_EQ(waiting.size(), 1u);
    EXPECT_EQ(waiting[0].file, upload.file);
    EXPECT_EQ(waiting[0].name, upload.name);
    EXPECT_EQ(waiting[0].sealed, upload.sealed);
    EXPECT_EQ(waiting[0].day, day_one);
    EXPECT_TRUE(reporter->files().files(id).value().empty());

    write(upload.name, random_bytes(least));
    const auto file = described(upload, least, day_two);
    ASSERT_TRUE(succeeded(reporters().complete(file)));
    EXPECT_TRUE(reporter->files().uploads(id).value().empty());
    for (ports::FileReads *reads : {&reporter->files(), &officers->files()}) {
        const auto found = reads->files(id).value();
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found[0].file, upload.file);
        EXPECT_EQ(found[0].case_id, id);
        EXPECT_TRUE(found[0].author.is_zero());
        EXPECT_EQ(found[0].name, upload.name);
        EXPECT_EQ(found[0].stored, least);
        EXPECT_EQ(found[0].day, day_one);
        EXPECT_EQ(found[0].visible_from, day_two);
        EXPECT_TRUE(reads->file(id, upload.file).value());
        EXPECT_FALSE(reads->file(base::CaseId::random(), upload.file).value()) << "a file of another case";
    }
    EXPECT_EQ(officers->objects(id, day_one).value().size(), 2u) << "not to be seen yet";
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 3u);
    const auto digests = officers->digests(subject_of(id), id, day_two).value();
    EXPECT_EQ(std::ranges::count(digests, crypto::digest(file.object.sealed), &ports::ObjectDigest::digest), 1);
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 3);
    EXPECT_EQ(count("SELECT count(*) FROM audit"), 0);
}

TEST_F(FilesTest, AnOfficersIsChainedAtOnceAndEachSideKeepsToItsOwn) {
    const auto author = base::OfficerId::random();
    const auto mine = begun(id, author);
    write(mine.name, random_bytes(least));
    EXPECT_TRUE(failed_with(reporters().complete(described(mine)), Code::invalid));
    EXPECT_TRUE(failed_with(reporters().begin(upload_to(id, author)), Code::invalid));
    EXPECT_TRUE(failed_with(of_officers().begin(upload_to(id)), Code::invalid));
    EXPECT_TRUE(failed_with(of_officers().discard(id, mine.file, {}), Code::invalid));
    EXPECT_TRUE(failed_with(of_officers().discard(id, mine.file, base::OfficerId::random()), Code::not_found));
    ASSERT_TRUE(succeeded(of_officers().complete(described(mine))));
    EXPECT_EQ(count("SELECT count(*) FROM audit"), 1);
    EXPECT_EQ(officers->files().files(id).value().at(0).author, author);
}

TEST_F(FilesTest, RefusesWhatDoesNotBelongTogether) {
    EXPECT_TRUE(failed_with(reporters().begin(upload_to(base::CaseId::random())), Code::not_found));
    auto small = upload_to(id);
    small.sealed.pop_back();
    EXPECT_TRUE(failed_with(reporters().begin(small), Code::invalid));
    const auto upload = begun(id);
    EXPECT_TRUE(failed_with(reporters().begin(upload), Code::conflict));
    write(upload.name, random_bytes(least));

    auto file = described(upload);
    file.audit.event = crypto::AuditEvent::follow_up;
    EXPECT_TRUE(failed_with(reporters().complete(file), Code::invalid));
    file = described(upload);
    file.audit.object = base::ObjectId::random();
    EXPECT_TRUE(failed_with(reporters().complete(file), Code::invalid));
    file = described(upload);
    file.object.header.kind = crypto::Kind::follow_up;
    EXPECT_TRUE(failed_with(reporters().complete(file), Code::invalid));
    file = described(upload);
    file.object.header.case_id = file_one();
    EXPECT_TRUE(failed_with(reporters().complete(file), Code::conflict)) << "another case's upload";
    EXPECT_TRUE(succeeded(reporters().complete(described(upload))));
    EXPECT_TRUE(failed_with(reporters().complete(described(upload)), Code::conflict)) << "a second time";
    EXPECT_TRUE(fs::exists(place(upload.name)));
}

TEST_F(FilesTest, NoRowWithoutAFileOfItsLength) {
    const auto upload = begun(id);
    EXPECT_TRUE(failed_with(reporters().complete(described(upload)), Code::storage_failed));
    write(upload.name, random_bytes(least));
    EXPECT_TRUE(failed_with(reporters().complete(described(upload, least + 1)), Code::storage_failed));
    EXPECT_EQ(count("SELECT count(*) FROM file"), 0);
    EXPECT_TRUE(succeeded(reporters().complete(described(upload))));
}

TEST_F(FilesTest, ANewerKeyAsksForAnotherDescriptionAndNothingIsLost) {
    const auto upload = begun(id);
    write(upload.name, random_bytes(least));
    ASSERT_TRUE(succeeded(store->writer().commit([&](storage::Database &database) {
        return database.run("INSERT INTO case_epoch (case_id, epoch, certificate, older_key) VALUES (?, 2, ?, ?)",
                            {id, random_bytes(197), random_bytes(72)});
    })));
    EXPECT_TRUE(failed_with(reporters().complete(described(upload)), Code::unavailable));
    auto anew = described(upload);
    anew.object.header.epoch = 2;
    EXPECT_TRUE(succeeded(reporters().complete(anew)));
}

TEST_F(FilesTest, ACommitThatFailsLeavesAnUploadToGoOnWith) {
    const auto upload = begun(id);
    write(upload.name, random_bytes(least));
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(failed_with(reporters().complete(described(upload)), Code::storage_failed));
    }
    EXPECT_EQ(reporter->files().uploads(id).value().size(), 1u);
    EXPECT_TRUE(reporter->files().files(id).value().empty());
    {
        const auto again = store->files().receive(upload.name, 0);
        ASSERT_TRUE(succeeded(again));
        EXPECT_EQ((*again)->size(), least);
        ASSERT_TRUE(succeeded((*again)->finish()));
    }
    EXPECT_TRUE(succeeded(reporters().complete(described(upload))));
}

TEST_F(FilesTest, AReportersFileIsNewsAndAnOfficersIsNot) {
    const auto reader = base::OfficerId::random();
    const base::CaseId mine = file_one({reader});
    const auto last = [&](Day today) { return officers->slot(mine, reader, today).value()->row.last_from_reporter; };
    const auto attached = begun(mine, base::OfficerId::random(), day_two);
    write(attached.name, random_bytes(least));
    ASSERT_TRUE(succeeded(of_officers().complete(described(attached, least, day_two))));
    EXPECT_EQ(last(day_three), day_one);
    const auto sent = begun(mine, {}, day_two);
    write(sent.name, random_bytes(least));
    ASSERT_TRUE(succeeded(reporters().complete(described(sent, least, day_three))));
    EXPECT_EQ(last(day_two), day_one) << "not to be seen yet";
    EXPECT_EQ(last(day_three), day_two);
}

TEST_F(FilesTest, DiscardingTakesRowAndPart) {
    const auto upload = begun(id);
    { ASSERT_TRUE(succeeded((*store->files().receive(upload.name, 0))->append(random_bytes(10)))); }
    EXPECT_TRUE(failed_with(reporters().discard(base::CaseId::random(), upload.file, {}), Code::not_found));
    ASSERT_TRUE(succeeded(reporters().discard(id, upload.file, {})));
    EXPECT_FALSE(fs::exists(part(upload.name)));
    EXPECT_EQ(count("SELECT count(*) FROM upload"), 0);
    EXPECT_TRUE(failed_with(reporters().discard(id, upload.file, {}), Code::not_found));
}

TEST_F(FilesTest, AStartSweepsWhatNoRowKnows) {
    const auto kept = added(id), waiting = begun(id), cut_off = begun(id);
    { ASSERT_TRUE(succeeded((*store->files().receive(waiting.name, 0))->append(random_bytes(10)))); }
    write(cut_off.name, random_bytes(least)); // finished, and then the end came
    const auto orphan = FileName::random();
    write(orphan, random_bytes(least));
    reopen();
    EXPECT_TRUE(fs::exists(place(kept.name)));
    EXPECT_TRUE(fs::exists(part(waiting.name)));
    EXPECT_TRUE(fs::exists(part(cut_off.name)));
    EXPECT_FALSE(fs::exists(place(orphan)));
}

// ---- pictures of the agency, which rows of its settings name

class EmblemFiles : public FilesTest {
protected:
    static constexpr base::Seconds in_day_one = base::Seconds{day_one.number} * 86400 + 3600;
    const base::OfficerId author = base::OfficerId::random(), second = base::OfficerId::random();
    ports::SettingsWrites &settings() { return store->officer_writes().settings(); }
    static crypto::AuditEntry logged(crypto::AuditEvent event, base::OfficerId actor) {
        return {.event = event, .day = day_one, .time = in_day_one, .actor = actor, .subject = {}, .object = {}, .digest = {}};
    }
    FileName picture() {
        const auto name = FileName::random();
        write(name, random_bytes(least));
        return name;
    }
    Result<> propose(base::ProposalId id, FileName emblem) {
        return settings().propose({.id = id, .document = "{}", .time = in_day_one, .author = author}, emblem,
                                  logged(crypto::AuditEvent::settings_proposed, author));
    }
    Result<> confirm(std::uint64_t version, base::ProposalId id) {
        return settings().change({.version = version, .document = "{}", .time = in_day_one, .author = author, .second = second}, id,
                                 logged(crypto::AuditEvent::settings_changed, second));
    }
    Result<> withdraw(base::ProposalId id) {
        return settings().withdraw(id, logged(crypto::AuditEvent::settings_withdrawn, author));
    }
};

TEST_F(EmblemFiles, OfEveryVersionAndOfTheProposalStayAtAStart) {
    std::vector<FileName> named;
    for (const std::uint64_t version : {1, 2}) {
        const auto id = base::ProposalId::random();
        named.push_back(picture());
        ASSERT_TRUE(succeeded(propose(id, named.back())));
        ASSERT_TRUE(succeeded(confirm(version, id)));
    }
    named.push_back(picture());
    ASSERT_TRUE(succeeded(propose(base::ProposalId::random(), named.back())));
    const auto orphan = picture();
    reopen();
    for (const FileName name : named)
        EXPECT_TRUE(fs::exists(place(name)));
    EXPECT_FALSE(fs::exists(place(orphan)));
}

TEST_F(EmblemFiles, GoWithTheirProposalUnlessAVersionNamesThem) {
    const auto refused = picture(), first = picture();
    const auto id = base::ProposalId::random(), again = base::ProposalId::random();
    ASSERT_TRUE(succeeded(propose(id, first)));
    EXPECT_TRUE(failed_with(propose(base::ProposalId::random(), refused), Code::conflict));
    EXPECT_FALSE(fs::exists(place(refused)));
    ASSERT_TRUE(succeeded(confirm(1, id)));
    ASSERT_TRUE(succeeded(propose(again, first))) << "another change, with the emblem as it is";
    ASSERT_TRUE(succeeded(withdraw(again)));
    EXPECT_TRUE(fs::exists(place(first)));
    const auto other = picture();
    ASSERT_TRUE(succeeded(propose(id, other)));
    EXPECT_TRUE(failed_with(withdraw(again), Code::conflict));
    EXPECT_TRUE(fs::exists(place(other)));
    ASSERT_TRUE(succeeded(withdraw(id)));
    EXPECT_FALSE(fs::exists(place(other)));
}

TEST_F(EmblemFiles, AreLaidAnewInTheNightOfTheirDayAsAllFilesAre) {
    const auto shown = picture(), waiting = picture();
    const auto id = base::ProposalId::random();
    ASSERT_TRUE(succeeded(propose(id, shown)));
    ASSERT_TRUE(succeeded(confirm(1, id)));
    ASSERT_TRUE(succeeded(propose(base::ProposalId::random(), waiting)));
    for (const bool same_day : {true, false}) {
        for (const FileName name : {shown, waiting})
            fs::create_hard_link(place(name), folder.path() / name.text());
        ASSERT_TRUE(succeeded(store->maintenance().nightly(same_day ? day_one : day_three)));
        if (same_day) ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two))); // from now on it is of a day before
        for (const FileName name : {shown, waiting}) {
            EXPECT_EQ(fs::equivalent(place(name), folder.path() / name.text()), !same_day);
            fs::remove(folder.path() / name.text());
        }
    }
}

TEST_F(FilesTest, TheNightLaysTheDaysFilesAnewAndEndsOldUploads) {
    const auto earlier = added(id, day_one);
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    const auto later = added(id, day_two);
    const auto fresh = begun(id, {}, Day{day_one.number + 1}), stale = begun(id, {}, day_one);
    for (const auto &upload : {fresh, stale})
        ASSERT_TRUE(succeeded((*store->files().receive(upload.name, 0))->append(random_bytes(10))));
    // A second name for each: one that was laid anew is another file than its old one.
    for (const auto &upload : {earlier, later})
        fs::create_hard_link(place(upload.name), folder.path() / upload.name.text());
    ASSERT_TRUE(succeeded(store->maintenance().nightly(Day{day_one.number + ports::upload_days + 1})));
    EXPECT_TRUE(fs::equivalent(place(earlier.name), folder.path() / earlier.name.text()))
        << "of a day before the last batch";
    EXPECT_FALSE(fs::equivalent(place(later.name), folder.path() / later.name.text()));
    EXPECT_TRUE(store->files().open(later.name));
    EXPECT_TRUE(fs::exists(part(fresh.name)));
    EXPECT_FALSE(fs::exists(part(stale.name)));
    EXPECT_EQ(reporter->files().uploads(id).value().size(), 1u);
}

// Uploads from two threads until it is killed, and says which were acknowledged. Some are left in the middle.
[[noreturn]] void upload_until_killed(const fs::path &database, const crypto::DatabaseKey &key, base::CaseId id,
                                      int tell) {
    auto store = storage::Store::open({.database = database}, key.clone(), test_hash);
    if (!store) ::_exit(1);
    const auto work = [&] {
        auto &files = (*store)->reporter_writes().files();
        for (unsigned turn = 0;; ++turn) {
            const auto upload = upload_to(id);
            const Bytes bytes = random_bytes(least);
            if (!files.begin(upload)) ::_exit(1);
            const auto coming = (*store)->files().receive(upload.name, least);
            if (!coming || !(*coming)->append(base::View(bytes).first(30'000))) ::_exit(1);
            if (turn % 4 == 3) continue; // a connection that breaks
            if (!(*coming)->append(base::View(bytes).subspan(30'000)) || !(*coming)->finish() ||
                !files.complete(described(upload)))
                ::_exit(1);
            std::array<base::Byte, 48> said{};
            std::ranges::copy(upload.name.bytes(), said.begin());
            std::ranges::copy(crypto::digest(bytes), said.begin() + 16);
            if (::write(tell, said.data(), said.size()) != std::ssize(said)) ::_exit(1);
        }
    };
    const std::thread other(work);
    work();
    ::_exit(1);
}

TEST_F(FilesTest, AKillLeavesNothingByHalvesAndLosesNothingThatWasAcknowledged) {
    const base::CaseId target = id;
    reporter.reset();
    officers.reset();
    store.reset();
    std::map<FileName, Array<32>> acknowledged;
    for (int round = 0; round < 3; ++round) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            upload_until_killed(folder.database(), key, target, pipe[1]);
        }
        ::close(pipe[1]);
        std::array<base::Byte, 48> said{};
        for (std::size_t heard = 0; ::read(pipe[0], said.data(), said.size()) == std::ssize(said);) {
            Array<32> digest{};
            std::copy(said.begin() + 16, said.end(), digest.begin());
            acknowledged[*FileName::from(base::View(said).first(16))] = digest;
            if (++heard == 20) ::kill(child, SIGKILL);
        }
        ::close(pipe[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);

        auto opened = storage::Store::open({.database = folder.database()}, key.clone(), test_hash);
        ASSERT_TRUE(succeeded(opened));
        const auto reads = (*opened)->reporter_reads();
        std::set<FileName> complete, coming;
        for (const auto &row : reads->files().files(target).value()) {
            const auto file = (*opened)->files().open(row.name);
            ASSERT_TRUE(succeeded(file));
            ASSERT_EQ((*file)->size(), row.stored);
            complete.insert(row.name);
            if (!acknowledged.contains(row.name)) continue; // it was there, and the answer did not go out
            Bytes bytes((*file)->size());
            ASSERT_TRUE(succeeded((*file)->read(0, bytes)));
            EXPECT_EQ(crypto::digest(bytes), acknowledged[row.name]);
        }
        for (const auto &row : reads->files().uploads(target).value())
            coming.insert(row.name);
        EXPECT_FALSE(coming.empty()) << "no upload was in the middle";
        for (const auto &[name, digest] : acknowledged)
            EXPECT_TRUE(complete.contains(name)) << "acknowledged and lost";
        for (const auto &found : fs::recursive_directory_iterator(folder.path() / "files"))
            if (found.is_regular_file()) {
                const auto name = FileName::from_text(found.path().filename().string());
                ASSERT_TRUE(name);
                EXPECT_TRUE(found.path().parent_path().filename() == "parts" ? coming.contains(*name)
                                                                             : complete.contains(*name));
            }
    }
}

} // namespace
} // namespace storage_test
