// How the bytes of one file become a stored file, of either side: looked into, cleaned of what they say of their maker where
// nobody declined it, sealed chunk by chunk as they come, and durable before anybody is told so.
#pragma once

#include "crypto/reporter/file_seal.h"
#include "service/domain/file_record.h"
#include "service/ports/file_inspector.h"
#include "service/ports/files.h"
#include "service/usecases/reporter/spooled_file.h"

#include <expected>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace usecases {

// Which announced files requests of this program are taking at this moment: from before their row stands, so that whoever
// comes back at once does not begin the same file a second time.
class ArrivingFiles {
public:
    using Key = base::Array<32>;
    // Nothing: another request takes it.
    std::shared_ptr<void> hold(const Key &key);

private:
    std::mutex mutex_;
    std::set<Key> held_;
};

// What files need, the same for every request.
struct FileTools {
    ports::FileShelf &shelf;
    ports::FileInspector &inspector;
    ArrivingFiles &arriving;
};

// In whose name a file comes and where it goes: what differs between a reporter's and an officer's.
class FileOwner {
public:
    virtual ~FileOwner() = default;
    virtual base::CaseId case_id() const = 0;
    virtual base::OfficerId author() const = 0; // zero: the reporter
    virtual crypto::Epoch epoch() const = 0;    // of the upload key, for an officer's
    virtual const crypto::UploadKey &upload_key() const = 0;
    virtual base::Day today() const = 0;
    // Sealed under the newest key of the case: asked again when that has changed meanwhile. Its name and length on the
    // disk are the caller's to fill in.
    virtual base::Result<ports::NewFile> describe(base::ObjectId file, const crypto::FileKey &key, const crypto::FileFacts &facts,
                                                  const domain::FileRecord &record) = 0;
    virtual ports::FileReads &reads() = 0;
    virtual ports::FileWrites &writes() = 0;
};

using domain::FileFault, domain::FileLimits;

class FileIntake {
public:
    struct Wish {
        std::string name;                         // domain::file_name()
        bool keep_metadata = false;               // it is evidence
        domain::Purpose purpose = domain::Purpose::evidence;
        // Of a file that may be gone on with when its connection breaks: what it says of itself, by which its sender finds it
        // again, and its length.
        struct Announced {
            std::string mark;
            std::uint64_t length = 0;
        };
        std::optional<Announced> announced{};
    };
    static constexpr std::size_t most_mark = 300; // bytes

    // All outlive the intake.
    FileIntake(const FileTools &tools, FileOwner &owner, const FileLimits &limits, Wish wish);
    // What is not complete goes, unless it was announced and can be gone on with.
    ~FileIntake();
    FileIntake(const FileIntake &) = delete;
    FileIntake &operator=(const FileIntake &) = delete;

    // Finds the upload of this owner whose mark and length are the same: how many bytes of it seem to stand. 0: there is none, it
    // begins anew.
    std::expected<std::uint64_t, FileFault> resume();
    // Then, before bytes are added: from where on they are needed. Less than it seemed where the disk has lost something.
    std::expected<std::uint64_t, FileFault> go_on();

    std::expected<void, FileFault> add(base::View bytes); // after a fault nothing more
    // Durable when this returns.
    std::expected<domain::FileRecord, FileFault> finish();

private:
    using Done = std::expected<void, FileFault>;
    struct Sealing;

    Done decide();
    Done spool(base::View bytes);
    Done from_spool_on();
    Done begin(std::optional<std::uint64_t> length);
    Done make_room_for(std::uint64_t bytes);
    Done seal(base::View bytes);
    Done clean();
    Done complete();
    Done count_used();
    Done find_announced();
    std::uint64_t standing_chunks() const;
    void open_sealer(std::optional<std::uint64_t> length);
    base::Bytes kept_of_upload() const;

    FileTools tools_;
    FileOwner &owner_;
    FileLimits limits_;
    Wish wish_;
    domain::FileRecord record_;
    std::shared_ptr<void> arriving_;
    std::optional<std::uint64_t> used_; // of the case, by this side
    crypto::Scratch head_;
    std::size_t head_size_ = 0;
    bool decided_ = false, resumable_ = false;
    std::unique_ptr<SpooledFile> spooled_;
    std::unique_ptr<Sealing> sealing_;
};

} // namespace usecases
