// Looking into a stranger's file, away from every key. What it is given and gives back lies in memory only.
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ports {

inline constexpr std::size_t most_cleaned = 25u << 20; // bytes of a file; a larger one is kept as it was sent

class FileInspector {
public:
    virtual ~FileInspector() = default;

    // By content, never by name: "image/jpeg"; "application/octet-stream" where nothing is known of it.
    virtual base::Result<std::string> media_type(base::View first_bytes) = 0;

    // Whether files of this type are sent whole, and up to most_cleaned cleaned unless the reporter says otherwise.
    virtual bool can_clean(std::string_view media_type) const = 0;
    // The file without metadata; nothing when it could not be cleaned, however that came about: it is kept as it was sent. `file` is
    // asked once there is a place, so that no more files are in memory than are cleaned; what it gives is wiped. Unavailable: too many
    // at once; or what `file` says.
    using Whole = std::function<base::Result<base::Bytes>()>;
    virtual base::Result<std::optional<base::Bytes>> without_metadata(const Whole &file, std::string_view media_type) = 0;
};

} // namespace ports
