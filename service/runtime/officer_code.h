// `sucharit officer code`: what a telephone would show, for a demo whose officers' secrets stand in a file.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace runtime {

// The code of this moment, or the next one when this one was used already; one sentence when both were, when it is no demo or when
// the officer has no second factor. The server may be running.
std::expected<std::string, std::string> officer_code(const std::filesystem::path &folder, const std::string &credential,
                                                     const std::string &login);

} // namespace runtime
