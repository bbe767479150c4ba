// Files of a case on the officers' side: attached to it, and opened from it, whole or not at all.
#pragma once

#include "crypto/officer/file_open.h"
#include "service/usecases/officer/cases.h"

#include <set>

namespace usecases {

struct OpenedCaseFile;
using MayReadFiles = domain::Permitted<domain::Action::read_cases>;
using MayAttachFiles = domain::Permitted<domain::Action::work_cases>;

// Which files were compared with their digest since the program began: that costs reading all of one. What changes on the disk
// afterwards is found chunk by chunk.
class CheckedFiles {
public:
    using File = std::pair<ports::FileName, base::Array<32>>; // with the digest that it was found to have
    bool has(const File &file);
    void add(const File &file);

private:
    static constexpr std::size_t most = 10'000; // then it begins anew
    std::mutex mutex_;
    std::set<File> files_;
};

// In an officer's name, in the posts held on the day.
class AttachFiles {
public:
    // Codes as of open_case(). Context and session outlive it.
    static base::Result<AttachFiles> to(const MayAttachFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                        std::string_view case_id);
    AttachFiles(AttachFiles &&) noexcept;
    ~AttachFiles();

    // `name` as it was sent. This object outlives what it gives.
    std::unique_ptr<FileIntake> begin(std::string_view name, domain::Purpose purpose, bool keep_metadata);

private:
    class Owner;
    explicit AttachFiles(std::unique_ptr<Owner> owner);
    std::unique_ptr<Owner> owner_;
};

CaseFile as_shown(OfficerContext &context, const OpenedCaseFile &file); // whole: by its length

// One file, for its page. `file.whole`: all its bytes are those that were described. Codes as of open_case(); Code::not_found
// also for a file that is not of this case, or not visible yet.
struct FileOfCase {
    QueueRow row;
    std::string secrecy;
    CaseFile file;
};
base::Result<FileOfCase> file_of_case(const MayReadFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                      std::string_view case_id, std::string_view file_id);

// An open file: at most one chunk of it is in memory.
class FileReading {
public:
    FileReading(crypto::OpenedFile opened, domain::FileRecord record, std::unique_ptr<ports::StoredFile> stored)
        : opened_(std::move(opened)), record_(std::move(record)), stored_(std::move(stored)) {}

    std::uint64_t length() const { return opened_.facts().length; }
    const domain::FileRecord &record() const { return record_; }
    // Bytes from `begin` on, which is before the end: at least one, at most `out`, how many. Code::refused: they are not those
    // that were sealed.
    base::Result<std::size_t> read(std::uint64_t begin, std::span<base::Byte> out);

private:
    crypto::OpenedFile opened_;
    domain::FileRecord record_;
    std::unique_ptr<ports::StoredFile> stored_;
    base::Bytes sealed_;       // the newest chunk, its memory used again
    std::uint64_t number_ = 0; // of the chunk in
    std::unique_ptr<crypto::Scratch> chunk_;
};

enum class FileUse {
    view, // in a page: only what a browser shows without running anything of it
    download,
};
// In the audit log before a byte is given. Codes as of file_of_case(); Code::refused also for a file that is cut, exchanged or
// altered.
base::Result<FileReading> open_file(const MayReadFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                    std::string_view case_id, std::string_view file_id, FileUse use);

} // namespace usecases
