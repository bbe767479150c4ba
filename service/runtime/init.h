// `sucharit init`: makes a real agency from what is asked in a terminal or stands in a file of answers. Two people become roots; each
// sees their own secrets once. Interrupted at any point, nothing of it is left.
#pragma once

#include "crypto/officer/passphrase.h"

#include <expected>
#include <filesystem>
#include <string>

namespace runtime {

struct InitOptions {
    std::filesystem::path folder;
    std::string credential, sheet; // files to be made
    std::string answers;           // file; empty: asked in the terminal
    std::string language;          // "th" or "en": of what is asked
    std::string share;
    crypto::PasswordCost cost;
};

// Signals must be blocked. With a file of answers everybody's secrets go to stdout as a table; in a terminal each is shown theirs alone.
std::expected<void, std::string> init_agency(const InitOptions &options);

std::string answers_reference(); // what --help says of the file

} // namespace runtime
