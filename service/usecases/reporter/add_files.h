// Files by the holder of a receipt. What was sent before opens to nobody here; of an upload that broke off, so much that it
// can be gone on with.
#pragma once

#include "service/usecases/reporter/found_case.h"

namespace usecases {

class AddFiles {
public:
    // Why::not_28_digits, wrong_check, unknown, damaged, busy or storage_failed.
    static std::expected<AddFiles, TrackRefused> to(ReporterContext &context, std::string_view typed_receipt);
    AddFiles(AddFiles &&) noexcept;
    ~AddFiles();

    // `name` as it was sent. This object outlives what it gives.
    std::unique_ptr<FileIntake> begin(std::string_view name, bool keep_metadata);
    // One that is announced, and may be one that broke off before.
    std::unique_ptr<FileIntake> begin(std::string_view name, bool keep_metadata, FileIntake::Wish::Announced announced);

    std::expected<TrackView, TrackRefused> view(); // as it stands now

private:
    class Owner;
    explicit AddFiles(std::unique_ptr<Owner> owner);
    std::unique_ptr<Owner> owner_;
};

} // namespace usecases
