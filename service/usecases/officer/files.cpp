#include "service/usecases/officer/files.h"

#include "service/domain/file_name.h"
#include "service/domain/media_type.h"
#include "service/usecases/officer/opened_case.h"

#include <algorithm>

namespace usecases {
namespace {

using base::Code;

// Where it lies, when that is as long as it was described.
base::Result<std::unique_ptr<ports::StoredFile>> find_stored(OfficerContext &context, const OpenedCaseFile &file) {
    if (!file.row || file.row->stored != file.opened.shape().stored)
        return base::fail(Code::refused, "a file whose row is not that of its description");
    auto stored = context.files.shelf.open(file.row->name);
    if (!stored && stored.error().code == Code::not_found)
        return base::fail(Code::refused, "a file that is gone from the disk");
    if (stored && (*stored)->size() != file.opened.shape().stored)
        return base::fail(Code::refused, "a file of another length on the disk");
    return stored;
}

base::Result<std::unique_ptr<ports::StoredFile>> find_whole(OfficerContext &context, const OpenedCaseFile &file) {
    ASSIGN_OR_RETURN(auto stored, find_stored(context, file));
    const CheckedFiles::File known{file.row->name, file.opened.facts().digest};
    if (context.checked_files.has(known))
        return stored;
    crypto::FileDigest digest;
    base::Bytes buffer(crypto::sealed_file_chunk);
    for (std::uint64_t at = 0; at < stored->size();) {
        const auto part = std::span(buffer).first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), stored->size() - at)));
        RETURN_IF_FAILED(stored->read(at, part));
        digest.add(part);
        at += part.size();
    }
    if (digest.finish() != known.second)
        return base::fail(Code::refused, "a file with another digest");
    context.checked_files.add(known);
    return stored;
}

} // namespace

bool CheckedFiles::has(const File &file) {
    const std::lock_guard lock(mutex_);
    return files_.contains(file);
}

void CheckedFiles::add(const File &file) {
    const std::lock_guard lock(mutex_);
    if (files_.size() >= most)
        files_.clear();
    files_.insert(file);
}

class AttachFiles::Owner final : public FileOwner {
public:
    Owner(OfficerContext &context, const OfficerSession &session, base::OfficerId author, const OpenedCase &opened)
        : context(context), session_(session), author_(author), case_id_(opened.row.record.case_id),
          epoch_(opened.row.record.epoch), upload_key_(crypto::upload_key(opened.keys.newest())) {}

    base::CaseId case_id() const override { return case_id_; }
    base::OfficerId author() const override { return author_; }
    crypto::Epoch epoch() const override { return epoch_; }
    const crypto::UploadKey &upload_key() const override { return upload_key_; }
    base::Day today() const override { return context.clock.today(); }
    base::Result<ports::NewFile> describe(base::ObjectId file, const crypto::FileKey &key, const crypto::FileFacts &facts,
                                          const domain::FileRecord &record) override {
        // Opened anew: an upload takes its time, and meanwhile an epoch may have begun, or a post or a right have ended.
        ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session_, case_id_.text()));
        domain::FileRecord mine = record;
        mine.as = opened.as(author_);
        mine.time = context.clock.now();
        if (mine.as.empty())
            return base::fail(Code::not_found, "a post in which to attach a file");
        const base::Day day = opened.agency->day;
        if (context.clock.today() != day)
            return base::fail(Code::unavailable, "signing while the day changes");
        const std::string json = to_json(mine);
        ports::NewFile out;
        ASSIGN_OR_RETURN(out.object, crypto::seal_officer_file(
                                         opened.keys.newest(), session_.keys,
                                         {crypto::Kind::file, case_id_, file, opened.row.record.epoch, author_}, key, facts,
                                         base::view(json)));
        out.day = out.visible_from = day;
        out.audit = case_entry(context, crypto::AuditEvent::file_attached, author_, case_id_);
        out.audit.day = day;
        out.audit.object = file;
        out.audit.digest = crypto::digest(out.object.sealed);
        return out;
    }
    ports::FileReads &reads() override { return context.reads.files(); }
    ports::FileWrites &writes() override { return context.writes.files(); }

    OfficerContext &context;

private:
    const OfficerSession &session_;
    base::OfficerId author_;
    base::CaseId case_id_;
    crypto::Epoch epoch_;
    crypto::UploadKey upload_key_;
};

AttachFiles::AttachFiles(std::unique_ptr<Owner> owner) : owner_(std::move(owner)) {}
AttachFiles::AttachFiles(AttachFiles &&) noexcept = default;
AttachFiles::~AttachFiles() = default;

base::Result<AttachFiles> AttachFiles::to(const MayAttachFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                          std::string_view case_id) {
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    const base::OfficerId author = permitted.actor().officer;
    if (opened.as(author).empty())
        return base::fail(Code::not_found, "a post in which to attach a file");
    return AttachFiles(std::make_unique<Owner>(context, session, author, opened));
}

std::unique_ptr<FileIntake> AttachFiles::begin(std::string_view name, domain::Purpose purpose, bool keep_metadata) {
    return std::make_unique<FileIntake>(owner_->context.files, *owner_, owner_->context.policy.files,
                                        FileIntake::Wish{domain::file_name(name), keep_metadata, purpose});
}

CaseFile as_shown(OfficerContext &context, const OpenedCaseFile &file) {
    CaseFile out = file.shown;
    out.whole = find_stored(context, file).has_value();
    return out;
}

base::Result<FileOfCase> file_of_case(const MayReadFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                      std::string_view case_id, std::string_view file_id) {
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    const OpenedCaseFile *file = opened.file(file_id);
    if (!file)
        return base::fail(Code::not_found, "a file of a case");
    const base::OfficerId viewer = permitted.actor().officer;
    RETURN_IF_FAILED(context.writes.append_audit(
        {case_entry(context, crypto::AuditEvent::case_opened, viewer, opened.row.record.case_id)}));
    FileOfCase out{opened.queue_row(viewer), opened.secrecy, file->shown};
    const auto whole = find_whole(context, *file);
    if (!whole && whole.error().code != Code::refused)
        return std::unexpected(whole.error());
    out.file.whole = whole.has_value();
    return out;
}

base::Result<std::size_t> FileReading::read(std::uint64_t begin, std::span<base::Byte> out) {
    const std::uint64_t number = begin / crypto::file_chunk;
    if (!chunk_ || number != number_) {
        chunk_.reset();
        const std::uint64_t at = number * crypto::sealed_file_chunk;
        sealed_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(crypto::sealed_file_chunk, stored_->size() - at)));
        RETURN_IF_FAILED(stored_->read(at, sealed_));
        ASSIGN_OR_RETURN(auto plain, opened_.chunk(number, sealed_));
        chunk_ = std::make_unique<crypto::Scratch>(std::move(plain));
        number_ = number;
    }
    const base::View rest = chunk_->view().subspan(static_cast<std::size_t>(begin % crypto::file_chunk));
    const base::View given = rest.first(std::min(rest.size(), out.size()));
    std::ranges::copy(given, out.begin());
    return given.size();
}

base::Result<FileReading> open_file(const MayReadFiles &permitted, OfficerContext &context, const OfficerSession &session,
                                    std::string_view case_id, std::string_view file_id, FileUse use) {
    ASSIGN_OR_RETURN(auto opened, open_by_id(context, session, case_id));
    const OpenedCaseFile *file = opened.file(file_id);
    if (!file || (use == FileUse::view && domain::media_type(file->shown.record.type).shown == domain::Shown::not_shown))
        return base::fail(Code::not_found, "a file of a case");
    auto entry = case_entry(context, crypto::AuditEvent::file_opened, permitted.actor().officer, opened.row.record.case_id);
    entry.object = file->shown.id;
    entry.digest = file->digest;
    RETURN_IF_FAILED(context.writes.append_audit({std::move(entry)}));
    ASSIGN_OR_RETURN(auto stored, find_whole(context, *file));
    const auto at = static_cast<std::size_t>(file - opened.files.data());
    return FileReading(std::move(opened.files[at].opened), file->shown.record, std::move(stored));
}

} // namespace usecases
