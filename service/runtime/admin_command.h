// `sucharit officer invite-admin`: an invitation when no admin is there who could make one.
#pragma once

#include "service/usecases/officer/admin_invitation.h"

#include <expected>
#include <filesystem>

namespace runtime {

// The code and its last day, for stdout. The server must not run: it holds the data folder.
std::expected<std::string, std::string> invite_admin_at(const std::filesystem::path &folder, const std::string &credential,
                                                        const usecases::AdminToBe &wanted);

} // namespace runtime
