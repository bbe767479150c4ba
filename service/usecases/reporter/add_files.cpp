#include "service/usecases/reporter/add_files.h"

#include "service/domain/file_name.h"
#include "service/usecases/reporter/case_key.h"

namespace usecases {

class AddFiles::Owner final : public FileOwner {
public:
    Owner(ReporterContext &context, FoundCase found) : context(context), found(std::move(found)) {}

    base::CaseId case_id() const override { return found.record.case_id; }
    base::OfficerId author() const override { return {}; }
    crypto::Epoch epoch() const override { return 1; } // the receipt's, whatever the case key is
    const crypto::UploadKey &upload_key() const override { return found.keys.uploads; }
    base::Day today() const override { return context.clock.today(); }
    base::Result<ports::NewFile> describe(base::ObjectId file, const crypto::FileKey &key, const crypto::FileFacts &facts,
                                          const domain::FileRecord &record) override {
        // Read anew: an upload takes its time, and an epoch may have begun meanwhile.
        ASSIGN_OR_RETURN(const auto now, context.reads.find_by_tag(crypto::lookup_tag(found.keys, context.keys)));
        if (!now)
            return base::fail(base::Code::refused, "a case that is gone");
        ASSIGN_OR_RETURN(const auto newest, case_key_now(context, found.keys, *now));
        domain::FileRecord written = record;
        written.answers = answers(now->row);
        const std::string json = to_json(written);
        ports::NewFile out;
        ASSIGN_OR_RETURN(out.object, crypto::seal_file(found.keys, newest, file, key, facts, base::view(json)));
        out.day = context.clock.today();
        out.visible_from = {out.day.number + context.policy.queue_delay_days};
        out.audit = {.event = crypto::AuditEvent::file_added,
                     .day = out.day,
                     .actor = {},
                     .subject = crypto::case_pseudonym(context.keys, case_id()),
                     .object = file,
                     .digest = crypto::digest(out.object.sealed)};
        return out;
    }
    ports::FileReads &reads() override { return context.reads.files(); }
    ports::FileWrites &writes() override { return context.writes.files(); }

    ReporterContext &context;
    FoundCase found;
};

AddFiles::AddFiles(std::unique_ptr<Owner> owner) : owner_(std::move(owner)) {}
AddFiles::AddFiles(AddFiles &&) noexcept = default;
AddFiles::~AddFiles() = default;

std::expected<AddFiles, TrackRefused> AddFiles::to(ReporterContext &context, std::string_view typed_receipt) {
    auto found = find_case(context, typed_receipt);
    if (!found)
        return std::unexpected(found.error());
    return AddFiles(std::make_unique<Owner>(context, std::move(*found)));
}

std::unique_ptr<FileIntake> AddFiles::begin(std::string_view name, bool keep_metadata) {
    return std::make_unique<FileIntake>(owner_->context.files, *owner_, owner_->context.policy.files,
                                        FileIntake::Wish{domain::file_name(name), keep_metadata});
}

std::unique_ptr<FileIntake> AddFiles::begin(std::string_view name, bool keep_metadata, FileIntake::Wish::Announced announced) {
    return std::make_unique<FileIntake>(
        owner_->context.files, *owner_, owner_->context.policy.files,
        FileIntake::Wish{domain::file_name(name), keep_metadata, domain::Purpose::evidence, std::move(announced)});
}

std::expected<TrackView, TrackRefused> AddFiles::view() { return view_of(owner_->context, owner_->found); }

} // namespace usecases
