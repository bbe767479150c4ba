#include "service/runtime/disk_watch.h"

#include "storage/room.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace runtime {
namespace {

// With less, a small write may succeed where a complaint would not.
constexpr std::uint64_t least_room = std::uint64_t{1} << 20;

bool fills(const std::filesystem::path &folder) {
    const auto room = storage::room_of(folder);
    return room && !room->keeps_reserve();
}

} // namespace

// Complaints are text and need little; what fills a disk is mostly something else, which the operator can move away.
void warn_when_the_disk_fills(const std::filesystem::path &folder) {
    if (fills(folder))
        spdlog::warn("less than a fifth of the disk of the data folder is free: make room, or complaints may find none");
}

DiskWatch::DiskWatch(storage::Store &store, std::filesystem::path folder)
    : store_(store), folder_(std::move(folder)), filling_(fills(folder_)) {}

void DiskWatch::look() {
    const bool filled_before = std::exchange(filling_, fills(folder_));
    if (filling_ && !filled_before)
        warn_when_the_disk_fills(folder_);
    if (!failing_ && store_.writer().failing()) {
        failing_ = true;
        spdlog::error("complaints cannot be saved: the disk of the data folder is full, at its quota or fails; until it is "
                      "mended or has room, what is sent is refused and stays on the sender's page");
    } else if (failing_ && writes_again()) {
        failing_ = false;
        spdlog::info("complaints are saved again");
    }
}

// Found out without waiting for a complaint: the line would tell when somebody sent one.
bool DiskWatch::writes_again() {
    const auto room = storage::room_of(folder_);
    return room && room->free >= least_room && (!store_.writer().failing() || store_.try_to_write());
}

} // namespace runtime
