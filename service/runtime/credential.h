// The credential file: the instance key and the roots' public keys, outside the data folder, readable by its owner only.
// In production a systemd credential. Who has the data folder without it has nothing.
#pragma once

#include "crypto/reporter/certificate.h"
#include "crypto/reporter/instance.h"

#include <optional>
#include <string>

namespace runtime {

struct Credential {
    base::InstanceId instance;
    crypto::InstanceKey key;
    std::vector<crypto::RootKeys> roots;
};

// The text of the file. Nothing unless it holds one instance, one key, two different roots at least, and not a word more.
std::optional<Credential> parse_credential(const std::string &text);
// Mode 0400, made durable; refuses to overwrite.
std::expected<void, std::string> write_credential(const std::string &path, const Credential &credential);
// Refuses a file that others may read, except one in systemd's credentials folder.
std::expected<Credential, std::string> read_credential(const std::string &path);

} // namespace runtime
