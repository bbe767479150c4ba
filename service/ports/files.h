// Files of a case: their ciphertext on the disk, and the rows that say which belong to what. Rows are the truth: what
// lies on the disk without one is nothing.
#pragma once

#include "crypto/reporter/file_seal.h"
#include "service/ports/rows.h"

#include <memory>
#include <span>

namespace ports {

// Under which a file lies on the disk: random, and known to its row only.
using FileName = base::StrongId<struct FileNameTag>;

// A file that comes in, written by one request at a time. When it goes, what was written stays and can be gone on with.
class IncomingFile {
public:
    virtual ~IncomingFile() = default;
    virtual std::uint64_t size() const = 0;
    // All or nothing. Code::unavailable: the disk's reserve would be touched; Code::storage_failed: the disk took it
    // not.
    virtual base::Result<> append(base::View bytes) = 0;
    virtual base::Result<> cut(std::uint64_t size) = 0; // keeps the front
    virtual base::Result<> read(std::uint64_t begin,
                                std::span<base::Byte> out) const = 0; // Code::refused: not so much there
    // Complete and durable under its name. Code::storage_failed: a sync that failed has lost its bytes, and so the file
    // is gone.
    virtual base::Result<> finish() = 0; // nothing after it
};

class StoredFile {
public:
    virtual ~StoredFile() = default;
    virtual std::uint64_t size() const = 0;
    virtual base::Result<> read(std::uint64_t begin,
                                std::span<base::Byte> out) const = 0; // Code::refused: not so much there
};

class FileShelf {
public:
    virtual ~FileShelf() = default;
    // The incomplete file of that name, as far as it came; an empty one when there is none. Code::conflict: another
    // request writes it at this moment, or it is complete; Code::unavailable: `coming` more bytes would touch the
    // disk's reserve.
    virtual base::Result<std::unique_ptr<IncomingFile>> receive(FileName name, std::uint64_t coming) = 0;
    virtual base::Result<std::unique_ptr<StoredFile>> open(FileName name) = 0; // Code::not_found: it is not there
    // One without a name, that goes with whoever holds it; finish() is not for it. Code::unavailable as above.
    virtual base::Result<std::unique_ptr<IncomingFile>> put_aside() = 0;
};

// A file that is on its way, and what the next request needs to go on with it: crypto::seal_upload().
struct UploadRow {
    base::ObjectId file;
    base::CaseId case_id;
    base::OfficerId author;  // zero: the reporter
    crypto::Epoch epoch = 1; // of the case key that an officer's was sealed under; a reporter's opens with the receipt
    FileName name;
    Day day;
    Bytes sealed;
};

// An upload that nobody went on with for so many days after the one on which it began: the night deletes it.
inline constexpr std::int32_t upload_days = 7;

// A complete file. What it is stands in the object of the same id.
struct FileRow {
    base::ObjectId file;
    base::CaseId case_id;
    base::OfficerId author;
    FileName name;
    std::uint64_t stored = 0; // bytes on the disk
    Day day, visible_from;
};

class FileReads {
public:
    virtual ~FileReads() = default;
    virtual base::Result<std::vector<UploadRow>> uploads(base::CaseId id) = 0; // of either side; the oldest day first
    virtual base::Result<std::vector<FileRow>>
    files(base::CaseId id) = 0; // whether officers see them yet or not; the same order
    virtual base::Result<std::optional<FileRow>> file(base::CaseId id, base::ObjectId file) = 0;
};

struct NewFile {
    crypto::SealedObject object; // kind file; its id is the upload's
    FileName name;
    std::uint64_t stored = 0;
    Day day, visible_from;
    crypto::AuditEntry audit; // file_added (reporter; it waits for the night) or file_attached
};

class FileWrites {
public:
    virtual ~FileWrites() = default;
    // Before a byte of it is written. Code::not_found: no such case; conflict: that id stands already.
    virtual base::Result<> begin(UploadRow upload) = 0;
    // Adds the description and ends the upload, in one commit. The file is finished before: Code::storage_failed when
    // it does not lie there in its length. Code::conflict: no such upload (any more); unavailable: the case has a newer
    // key, describe it anew.
    virtual base::Result<> complete(NewFile file) = 0;
    // Gives up an upload; its part goes. Code::not_found: there is none of that author.
    virtual base::Result<> discard(base::CaseId id, base::ObjectId file, base::OfficerId author) = 0;
};

} // namespace ports
