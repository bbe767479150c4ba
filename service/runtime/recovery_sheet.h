// The recovery sheet: one page, Thai and English, with what brings the credential file back when machine and backup of it are
// gone. Whoever has the sheet and a copy of the data folder has what the server has: it is printed, stored apart and deleted.
#pragma once

#include "crypto/reporter/paper_key.h"
#include "web/pages/common/catalogue.h"

#include <expected>
#include <string>
#include <vector>

namespace runtime {

struct SheetRoot {
    std::string name;
    std::string fingerprint;
};

struct RecoverySheet {
    std::string name_th, name_en; // of the agency
    std::string made;             // day, in Thai
    const crypto::PaperKey &key;
    std::vector<SheetRoot> roots;
};

// The PDF's bytes: the caller wipes them. One sentence when the Thai typeface is missing.
std::expected<std::string, std::string> sheet_pdf(const RecoverySheet &sheet, const pages::Catalogue &catalogue);

} // namespace runtime
