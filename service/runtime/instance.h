// An instance on disk: data folder, settings, credential and store, opened together or refused with one sentence.
#pragma once

#include "service/runtime/credential.h"
#include "service/runtime/settings.h"
#include "storage/data_folder.h"
#include "storage/store.h"

#include <filesystem>

namespace runtime {

// One sentence for the operator; never a key and never a person's text.
std::string sentence(std::string_view doing, const base::Error &error);

struct Instance {
    storage::DataFolder folder; // locked while the instance lives
    Settings settings;
    crypto::InstanceKeys keys;
    std::vector<crypto::RootKeys> roots;
    std::unique_ptr<storage::Store> store;
};

std::expected<Instance, std::string> open_instance(const std::filesystem::path &folder, const std::string &credential);

// A data folder with a fresh database key and an empty store, for `init`.
struct FreshStore {
    storage::DataFolder folder;
    std::unique_ptr<storage::Store> store;
};
std::expected<FreshStore, std::string> create_store(const std::filesystem::path &folder, const crypto::InstanceKeys &keys);

} // namespace runtime
