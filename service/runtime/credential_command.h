// `sucharit credential --from-sheet`: writes the credential file again from what stands on the recovery sheet.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace runtime {

struct SheetOptions {
    std::filesystem::path folder; // whose database holds the roots' certificates
    std::string credential;       // the file to be written; must not be there
    std::string language, share;  // of what is asked: "th" or "en"
};

// Asks for the twelve groups, each until its check digits fit, and for the fingerprints of both roots. Nothing is written before
// the key opens the database and two roots of these fingerprints were found in it. Signals must be blocked.
std::expected<void, std::string> credential_from_sheet(const SheetOptions &options);

} // namespace runtime
