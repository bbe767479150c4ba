// `sucharit init --demo`: an agency to try the program with. Seven officers with generated passphrases and second
// factors, a self-signed certificate, no queue delay. What they sign in with stands in a file, so it is never for real complaints.
#pragma once

#include "crypto/officer/passphrase.h"

#include <expected>
#include <filesystem>
#include <string>

namespace runtime {

struct DemoOptions {
    std::filesystem::path folder;
    std::string credential;
    crypto::PasswordCost cost;
    bool second_factors = true; // else none has one, and none is asked for
};

// Made beside the folder's place and moved there when whole: an interrupted init leaves no half agency.
std::expected<void, std::string> init_demo(const DemoOptions &options);

} // namespace runtime
