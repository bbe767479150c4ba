#include "service/runtime/instance.h"

#include <fmt/format.h>

namespace runtime {
namespace {

storage::ChainHash chain_hash(const crypto::InstanceKeys &keys) {
    // The store outlives no Instance, but the keys move with it: a copy of the audit key stays where it is.
    auto audit = std::make_shared<crypto::InstanceKeys>();
    audit->audit = keys.audit.clone();
    return [audit](std::uint64_t sequence, const base::Array<32> &previous, base::View entry) {
        return crypto::chain_hash(*audit, sequence, previous, entry);
    };
}

} // namespace

std::string sentence(std::string_view doing, const base::Error &error) {
    return fmt::format("{}: {} ({})", doing, error.what, base::name(error.code));
}

std::expected<Instance, std::string> open_instance(const std::filesystem::path &path, const std::string &credential_path) {
    const std::string shown = path.string();
    auto folder = storage::DataFolder::open(path);
    if (!folder)
        return std::unexpected(sentence("the data folder " + shown + " cannot be used", folder.error()));
    auto settings = read_settings((path / "sucharit.toml").string());
    if (!settings)
        return std::unexpected(settings.error());
    // A copy of the folder must not carry what opens it.
    std::error_code unknown;
    const auto inside = std::filesystem::canonical(credential_path, unknown).lexically_relative(std::filesystem::canonical(path));
    if (!unknown && !inside.empty() && *inside.begin() != "..")
        return std::unexpected(fmt::format("the credential file {} stands inside the data folder {}: move it out",
                                           credential_path, shown));
    auto credential = read_credential(credential_path);
    if (!credential)
        return std::unexpected(credential.error());
    auto keys = crypto::InstanceKeys::derive(credential->instance, credential->key);
    const auto wrapped = folder->read_database_key();
    if (!wrapped)
        return std::unexpected(sentence("the database key in " + shown + " cannot be read", wrapped.error()));
    auto database_key = crypto::unwrap_database_key(keys, *wrapped);
    if (!database_key)
        return std::unexpected(fmt::format("the credential file {} does not belong to the data folder {}", credential_path, shown));
    auto store = storage::Store::open({.database = folder->database()}, std::move(*database_key), chain_hash(keys));
    if (!store)
        return std::unexpected(sentence("the database in " + shown + " cannot be used", store.error()));
    return Instance{std::move(*folder), std::move(*settings), std::move(keys), std::move(credential->roots), std::move(*store)};
}

std::expected<FreshStore, std::string> create_store(const std::filesystem::path &path, const crypto::InstanceKeys &keys) {
    auto folder = storage::DataFolder::create(path);
    if (!folder)
        return std::unexpected(sentence("the data folder " + path.string() + " cannot be made", folder.error()));
    auto database_key = crypto::DatabaseKey::random();
    if (const auto kept = folder->write_database_key(crypto::wrap_database_key(keys, database_key)); !kept)
        return std::unexpected(sentence("the database key cannot be written", kept.error()));
    auto store = storage::Store::create({.database = folder->database()}, std::move(database_key), chain_hash(keys));
    if (!store)
        return std::unexpected(sentence("the database cannot be made", store.error()));
    return FreshStore{std::move(*folder), std::move(*store)};
}

} // namespace runtime
