// Rows of files and of uploads, beside what lies on the disk.
#pragma once

#include "service/ports/files.h"
#include "storage/audit_chain.h"
#include "storage/file_store.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class FileReader final : public ports::FileReads {
public:
    explicit FileReader(Reader &reader) : reader_(reader) {}
    Result<std::vector<ports::UploadRow>> uploads(base::CaseId id) override;
    Result<std::vector<ports::FileRow>> files(base::CaseId id) override;
    Result<std::optional<ports::FileRow>> file(base::CaseId id, base::ObjectId file) override;

private:
    Reader &reader_;
};

// Of one side: a reporter's entries wait for the night, an officer's are chained at once; nobody writes in the other's
// name.
class FileWriter final : public ports::FileWrites {
public:
    FileWriter(Writer &writer, FileStore &store) : writer_(writer), store_(store), hash_(nullptr) {} // reporters
    FileWriter(Writer &writer, FileStore &store, const ChainHash &hash)
        : writer_(writer), store_(store), hash_(&hash) {}
    Result<> begin(ports::UploadRow upload) override; // Code::invalid: of the other side, or not of its size
    Result<> complete(ports::NewFile file) override;  // Code::invalid: parts that do not belong together
    Result<> discard(base::CaseId id, base::ObjectId file, base::OfficerId author) override;

private:
    bool is_own(base::OfficerId author) const { return author.is_zero() == (hash_ == nullptr); }
    Writer &writer_;
    FileStore &store_;
    const ChainHash *hash_;
};

Result<FileStore::Known> known_files(Database &database);

// For the night. Ends uploads that nobody went on with; gives every file of `since` or later (without it, all) another
// place on the disk, in random order. Code::unavailable: `give_up` became true.
Result<> end_stale_uploads(Writer &writer, Database &reader, FileStore &store, Day today);
Result<> renew_files(Database &reader, FileStore &store, std::optional<Day> since, const std::atomic<bool> &give_up);

} // namespace storage
