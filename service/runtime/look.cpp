#include "service/runtime/look.h"

#include "service/runtime/instance.h"

#include <fmt/format.h>

namespace runtime {

std::expected<InstanceLook, std::string> look_at_instance(const std::filesystem::path &folder, const std::string &credential_path) {
    auto credential = read_credential(credential_path);
    if (!credential)
        return std::unexpected(credential.error());
    const auto wrapped = storage::DataFolder::read_database_key_in(folder);
    if (!wrapped)
        return std::unexpected(sentence("the database key in " + folder.string() + " cannot be read", wrapped.error()));
    const auto keys = crypto::InstanceKeys::derive(credential->instance, credential->key);
    const auto database_key = crypto::unwrap_database_key(keys, *wrapped);
    if (!database_key)
        return std::unexpected(
            fmt::format("the credential file {} does not belong to the data folder {}", credential_path, folder.string()));
    auto look = storage::Look::open(storage::DataFolder::database_in(folder), *database_key);
    if (!look)
        return std::unexpected(sentence("the database in " + folder.string() + " cannot be read", look.error()));
    InstanceLook out{{}, std::move(credential->roots), std::move(*look)};
    out.audit.instance = keys.instance;
    out.audit.audit = keys.audit.clone();
    return out;
}

} // namespace runtime
