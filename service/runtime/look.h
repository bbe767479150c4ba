// An instance looked at from beside a running server, or without one: read only, no lock, as few keys as possible.
#pragma once

#include "service/runtime/credential.h"
#include "storage/look.h"

#include <filesystem>

namespace runtime {

struct InstanceLook {
    crypto::InstanceKeys audit; // the instance's id and the audit key; the others stay zero
    std::vector<crypto::RootKeys> roots;
    std::unique_ptr<storage::Look> look;
};

std::expected<InstanceLook, std::string> look_at_instance(const std::filesystem::path &folder, const std::string &credential);

} // namespace runtime
