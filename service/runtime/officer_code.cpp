#include "service/runtime/officer_code.h"

#include "crypto/officer/second_factor.h"
#include "service/runtime/credential.h"
#include "storage/officer_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

namespace runtime {
namespace {

namespace fs = std::filesystem;

// The third column of the demo's list; empty when the officer is not in it.
std::string listed_secret(const fs::path &folder, const std::string &login) {
    std::ifstream list(folder / "demo-officers.tsv");
    for (std::string line; std::getline(list, line);) {
        std::istringstream columns(line);
        std::string name, passphrase, secret;
        if (std::getline(columns, name, '\t') && std::getline(columns, passphrase, '\t') &&
            std::getline(columns, secret, '\t') && name == login)
            return secret;
    }
    return {};
}

// Beside a server that holds the folder: reading needs no lock of it.
base::Result<std::int64_t> last_step(const fs::path &folder, const Credential &credential, const std::string &login) {
    const auto keys = crypto::InstanceKeys::derive(credential.instance, credential.key);
    std::ifstream file(folder / "database.key", std::ios::binary);
    const base::Bytes wrapped{std::istreambuf_iterator<char>(file), {}};
    ASSIGN_OR_RETURN(const auto key, crypto::unwrap_database_key(keys, wrapped));
    storage::OfficerReader reader(
        [&] { return storage::Database::open(folder / "sucharit.db", key, storage::Database::Access::read); });
    ASSIGN_OR_RETURN(const auto officers, reader.officers());
    for (const auto &officer : officers)
        if (officer.login == login && officer.second_factor)
            return officer.second_factor->last_step;
    return base::fail(base::Code::not_found, "the officer has no second factor");
}

} // namespace

std::expected<std::string, std::string> officer_code(const fs::path &folder, const std::string &credential_path,
                                                     const std::string &login) {
    const auto secret = crypto::totp_from_text(listed_secret(folder, login));
    if (!secret)
        return std::unexpected(fmt::format("{} lists no second factor of {}: codes are given for a demo's officers only",
                                           (folder / "demo-officers.tsv").string(), login));
    const auto credential = read_credential(credential_path);
    if (!credential)
        return std::unexpected(credential.error());
    const auto used = last_step(folder, *credential, login);
    if (!used)
        return std::unexpected(fmt::format("the last used code is not known: {}", used.error().what));
    const std::int64_t now = base::SystemClock().now(), step = std::max(crypto::totp_step_at(now), *used + 1);
    if (step > crypto::totp_step_at(now) + 1)
        return std::unexpected(fmt::format("every code of this moment is used: the next one is good in {} seconds",
                                           (step - 1) * crypto::totp_step_seconds - now));
    return crypto::totp_code(*secret, step);
}

} // namespace runtime
