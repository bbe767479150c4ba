// How much of the disk is left. A fifth is kept for what must always find room: complaints, messages, officers' acts and
// the audit log. They never ask; whatever is large and can be refused asks keeps_reserve() before it takes room.
#pragma once

#include "crypto/base/result.h"

#include <cstdint>
#include <filesystem>

namespace storage {

struct Room {
    std::uint64_t free = 0, whole = 0; // bytes; `free` is what a process without privileges may still take

    // Is a fifth of the disk still free once `taking` more bytes are taken?
    bool keeps_reserve(std::uint64_t taking = 0) const { return free >= taking && free - taking >= whole / 5; }
};

// Of the disk that holds the folder. Code::storage_failed: the system does not say.
base::Result<Room> room_of(const std::filesystem::path &folder);

} // namespace storage
