#include "storage/room.h"

#include <sys/statvfs.h>

namespace storage {

base::Result<Room> room_of(const std::filesystem::path &folder) {
    struct statvfs found {};
    if (::statvfs(folder.c_str(), &found) != 0)
        return base::fail(base::Code::storage_failed, "the system does not say how much room the disk has");
    return Room{std::uint64_t{found.f_bavail} * found.f_frsize, std::uint64_t{found.f_blocks} * found.f_frsize};
}

} // namespace storage
