// Making an agency on disk: its first officers, and the folder that stands there whole or not at all.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/officer/paper_code.h"
#include "crypto/officer/second_factor.h"
#include "service/domain/posts.h"
#include "service/runtime/credential.h"
#include "storage/store.h"

#include <filesystem>
#include <functional>
#include <optional>

namespace runtime {

inline constexpr int first_posts_days = 5 * 365; // certificates and posts that are signed when an agency is made

struct FirstOfficer {
    std::string login, name, order;
    domain::Post post;
    domain::Capacity capacity = domain::Capacity::holder;
    crypto::Rights rights;
    bool root = false;
    crypto::OfficerKeys keys;
    std::string passphrase; // folded
    std::optional<crypto::TotpSecret> second_factor;
    std::int64_t last_step = 0; // of the code that confirmed it
    std::optional<crypto::PaperCode> recovery{};
};

struct Enrolling {
    storage::Store &store;
    const crypto::InstanceKeys &keys;
    const base::Clock &clock;
    crypto::PasswordCost cost;
};
// Roots sign for themselves, the first root for everybody else; none is told of the others as of new readers. Code::unavailable when SIGTERM or SIGINT came.
base::Result<> add_first_officers(const Enrolling &into, std::span<const FirstOfficer> everyone);

std::vector<crypto::RootKeys> root_keys(std::span<const FirstOfficer> everyone);

// Calls `make` with a folder beside the place and moves it there when it has succeeded. `files`: what `make` writes elsewhere, the
// credential last. An attempt that fails leaves neither folder nor files behind. Refused when one of them stands there already; after
// a power cut, with the names of what is to be deleted.
std::expected<void, std::string> make_whole(const std::filesystem::path &folder, const std::vector<std::filesystem::path> &files,
                                            const std::function<std::expected<void, std::string>(const std::filesystem::path &)> &make);

// New, mode 0600 (or 0400). Durable with sync_folder() of where it stands.
std::expected<void, std::string> write_file(const std::filesystem::path &path, std::string_view text, unsigned mode = 0600);
// The names in a folder as they are now, on the disk.
std::expected<void, std::string> sync_folder(const std::filesystem::path &folder);

} // namespace runtime
