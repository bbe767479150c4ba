// What the doctor finds of the program that looks into strangers' files.
#include "service/inspector/outcome.h"
#include "service/runtime/doctor.h"
#include "storage/descriptor.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "mark";
// One red point, with that in a comment.
constexpr auto picture = std::to_array<base::Byte>({
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53,
    0xde, 0x00, 0x00, 0x00, 0x0c, 0x74, 0x45, 0x58, 0x74, 0x43, 0x6f, 0x6d, 0x6d, 0x65, 0x6e, 0x74,
    0x00, 0x6d, 0x61, 0x72, 0x6b, 0xe9, 0x6a, 0xa7, 0x94, 0x00, 0x00, 0x00, 0x0c, 0x49, 0x44, 0x41,
    0x54, 0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0xc9, 0xfe, 0x92,
    0xef, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
});

bool shuts_itself_in(const FileInspector::Paths &paths) {
    const storage::Descriptor nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
    return run_watched({paths.program, "type"}, nothing.get(), nothing.get(), paths.memory, paths.bounds) != inspector::no_sandbox;
}

} // namespace

bool knows_types(FileInspector &inspector) { return inspector.media_type(picture).value_or("") == "image/png"; }

void check_inspector(const FileInspector::Paths &paths, Findings &out) {
    constexpr std::string_view meaning = "no file's type is known, and all are kept as they were sent, with what they say of their maker";
    const auto untouched = [](const std::string &found, std::string_view what) { return found + ": " + std::string(what); };
    if (::access(paths.program.c_str(), X_OK) != 0)
        return out.wrong("inspector", untouched(paths.program.string() + " is missing", meaning),
                         "install sucharit-inspector beside sucharit (deploy/systemd/README.md)");
    if (!shuts_itself_in(paths))
        return out.warn("inspector", untouched("this kernel shuts no program in (Landlock is off)", meaning),
                        "start a kernel of Debian 12 or later with landlock among lsm=, and let a container's own filter allow it");
    FileInspector inspector(paths);
    if (!knows_types(inspector))
        return out.wrong("inspector", untouched("the inspector does not know a picture", meaning), "apt-get install libmagic1, and look whether /dev/shm is there");
    constexpr std::string_view uncleaned = "files are kept as they were sent, with what they say of their maker";
    if (::access(paths.script.c_str(), R_OK) != 0)
        return out.wrong("inspector", untouched(paths.script.string() + " is missing", uncleaned), "copy the whole share folder (deploy/systemd/README.md)");
    const auto clean = inspector.without_metadata([] { return base::Result<base::Bytes>(base::copy(picture)); }, "image/png");
    if (!clean || !*clean || base::text(**clean).find(mark) != std::string_view::npos)
        return out.wrong("inspector", untouched("metadata cannot be taken out of a picture", uncleaned), "apt-get install mat2 ffmpeg");
    out.good("inspector", "files are looked into in a program of their own, and metadata is taken out");
}

} // namespace runtime
