// What the doctor finds of files, libraries and the machine.
#include "service/runtime/doctor.h"

#include "storage/room.h"
#include "web/net/inspect.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view least_sodium = "1.0.18-1+deb12u1"; // CVE-2025-69277; Dependencies.cmake demands the same

bool check_mode(const fs::path &path, unsigned most, const std::string &what, Findings &out) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        out.wrong(what, fmt::format("{} is missing", path.string()), "restore it from the backup, or make the agency with sucharit init");
        return false;
    }
    if (found.st_uid != ::geteuid()) {
        out.wrong(what, fmt::format("{} belongs to another user", path.string()),
                  "run the doctor as the user that runs the server, or give that user the file (chown)");
        return false;
    }
    if ((found.st_mode & 0777 & ~most) != 0) {
        out.wrong(what, fmt::format("others may use {} (mode {:04o})", path.string(), found.st_mode & 07777),
                  fmt::format("chmod {:04o} {}", most, path.string()));
        return false;
    }
    return true;
}

bool lies_inside(const fs::path &folder, const fs::path &file) {
    std::error_code unknown;
    const auto inside = fs::canonical(file, unknown).lexically_relative(fs::canonical(folder, unknown));
    return !unknown && !inside.empty() && *inside.begin() != "..";
}

// What a command prints; its arguments are literals of this program.
std::string output_of(const char *command) {
    const std::unique_ptr<FILE, int (*)(FILE *)> pipe(::popen(command, "re"), ::pclose);
    std::string out;
    for (std::array<char, 256> line{}; pipe && std::fgets(line.data(), line.size(), pipe.get());)
        out += line.data();
    return out;
}

bool swaps_in_the_clear() {
    std::ifstream list("/proc/swaps");
    std::string line;
    std::getline(list, line); // the heading
    while (std::getline(list, line))
        if (!line.starts_with("/dev/zram") && !line.starts_with("/dev/dm-") && !line.starts_with("/dev/mapper"))
            return true;
    return false;
}

} // namespace

bool is_served(const fs::path &folder) {
    struct stat lock {};
    if (::stat((folder / "lock").c_str(), &lock) != 0)
        return false;
    const auto wanted = fmt::format("{:02x}:{:02x}:{}", major(lock.st_dev), minor(lock.st_dev), lock.st_ino);
    std::ifstream list("/proc/locks"); // asking for the lock itself could keep a server from starting
    for (std::string line; std::getline(list, line);)
        if (line.find("FLOCK") != std::string::npos && line.find(" " + wanted + " ") != std::string::npos)
            return true;
    return false;
}

void check_files(const DoctorOptions &options, Findings &out) {
    bool good = check_mode(options.folder, 0700, "data_folder", out);
    for (const char *file : {"sucharit.db", "database.key", "sucharit.toml"})
        good = good && check_mode(options.folder / file, 0600, "data_folder", out);
    if (good)
        out.good("data_folder", fmt::format("{} is private and complete", options.folder.string()));
    if (!check_mode(options.credential, 0400, "credential", out))
        return;
    struct stat data {}, key {};
    if (lies_inside(options.folder, options.credential))
        out.wrong("credential", "the credential file stands inside the data folder: a copy of the folder would carry what opens it",
                  "move it out, and give its place with --credential");
    else if (::stat(options.folder.c_str(), &data) == 0 && ::stat(options.credential.c_str(), &key) == 0 && data.st_dev == key.st_dev)
        out.warn("credential", "the credential file lies on the same disk as the data: whoever takes the disk has both",
                 "keep it as a systemd credential bound to the TPM, or on another medium (deploy/systemd)");
    else
        out.good("credential", "the credential file is private and apart from the data");
}

void check_libraries(Findings &out) {
    out.good("openssl", net::tls_library());
    const std::string package = output_of("dpkg-query -W -f '${Version}' libsodium23 2>/dev/null");
    if (package.empty())
        return out.warn("libsodium", "this system does not say which libsodium it has",
                        fmt::format("make sure that it is {} or later", least_sodium));
    const auto newer = output_of("dpkg --compare-versions \"$(dpkg-query -W -f '${Version}' libsodium23)\" ge '1.0.18-1+deb12u1' && echo yes");
    if (newer.starts_with("yes"))
        out.good("libsodium", "package " + package);
    else
        out.wrong("libsodium", fmt::format("package {} accepts points outside the main group (CVE-2025-69277)", package),
                  fmt::format("apt-get install libsodium23 ({} or later), and start the server again", least_sodium));
}

void check_machine(const DoctorOptions &options, Findings &out) {
    rlimit locked{};
    const bool locks = ::geteuid() == 0 || (::getrlimit(RLIMIT_MEMLOCK, &locked) == 0 && locked.rlim_cur == RLIM_INFINITY);
    if (locks)
        out.good("memory", "the program may lock its memory");
    else if (swaps_in_the_clear())
        out.wrong("memory", "memory cannot be locked and swap is not encrypted: what officers read may stay on the disk",
                  "swapoff -a (and remove it from /etc/fstab), or LimitMEMLOCK=infinity in the service unit");
    else
        out.warn("memory", "memory cannot be locked", "LimitMEMLOCK=infinity in the service unit (deploy/systemd)");
    if (locks && swaps_in_the_clear())
        out.warn("swap", "swap that is not encrypted is on; the server's own memory is locked", "swapoff -a, or encrypt it");
    else if (!swaps_in_the_clear())
        out.good("swap", "no swap in the clear");
    const auto room = storage::room_of(options.folder);
    if (!room)
        out.warn("disk", "the system does not say how much room the disk has", "look with df");
    else if (!room->keeps_reserve())
        out.wrong("disk", fmt::format("{} MiB of {} MiB are free, less than a fifth", room->free >> 20, room->whole >> 20),
                  "make room: complaints cannot be saved on a full disk");
    else
        out.good("disk", fmt::format("{} MiB free", room->free >> 20));
    std::error_code unknown;
    if (fs::exists("/usr/share/fonts/truetype/tlwg/Laksaman.ttf", unknown))
        out.good("fonts", "the Thai typeface for documents is there");
    else
        out.wrong("fonts", "the Thai typeface Laksaman is missing: documents would be set in boxes", "apt-get install fonts-thai-tlwg");
}

} // namespace runtime
