// What the sealed description of a file says of it, for officers only.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "service/domain/acted_as.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// What became of what a file says of its maker: camera, place, author, program.
enum class Metadata {
    removed,
    kept,      // as its sender asked
    not_known, // of a kind that is not cleaned
    failed,    // of a kind that is, but this one could not be
    too_large, // to be cleaned
};
std::string_view id(Metadata metadata);
std::optional<Metadata> metadata_from(std::string_view id);
bool tells(Metadata metadata); // it may still be there although its sender did not ask for that

// What an officer attaches; what a reporter sends is evidence.
enum class Purpose { evidence, signed_paper, letter, other };
std::string_view id(Purpose purpose);
std::optional<Purpose> purpose_from(std::string_view id);
inline constexpr Purpose purposes[] = {Purpose::signed_paper, Purpose::letter, Purpose::evidence, Purpose::other};

// Bytes of one file, and of all files that one side has in one case; how many those may be.
struct FileLimits {
    std::uint64_t file = std::uint64_t{100} << 20, in_case = std::uint64_t{500} << 20;
    std::size_t count = 200;
};

// Why a file was not taken; nothing of it is kept, but of one that may be gone on with.
enum class FileFault {
    empty,     // no byte in it: what a telephone gives for a picture that lies in the cloud
    too_large, // the file
    case_full, // all files of this side in this case, or their number
    no_room,   // the disk keeps its rest for complaints
    busy,      // too many files are being cleaned: again in a moment
    conflict,  // another request writes the same file
    changed,   // what came is not what was announced
    failed,    // not stored
};
std::string_view id(FileFault fault);

struct FileRecord {
    std::string name; // file_name(); empty: it had none
    std::string type; // media type, by content
    Metadata metadata = Metadata::not_known;
    Purpose purpose = Purpose::evidence;
    std::vector<ActedAs> as{}; // an officer's: the posts in which it was attached
    base::Seconds time = 0;    // an officer's: when
    std::optional<std::uint32_t> answers{}; // a reporter's: as in Message
};

std::string to_json(const FileRecord &record);
base::Result<FileRecord> file_record_from_json(std::string_view json);

// What an upload that is not complete is gone on with: the mark by which its sender finds it again.
struct UploadRecord {
    std::string mark;
    FileRecord file;
};
std::string to_json(const UploadRecord &record);
base::Result<UploadRecord> upload_record_from_json(std::string_view json);

} // namespace domain
