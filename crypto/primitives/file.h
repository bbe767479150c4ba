// Files: a key of their own, chunks that open at their own place and nowhere else, and a stored length that says
// little.
#pragma once

#include "crypto/primitives/aead.h"
#include "crypto/primitives/hash.h"
#include "crypto/primitives/kdf.h"
#include "crypto/primitives/object.h"

namespace crypto {

using FileKey = SecretKey<struct FileKeyTag>; // 32 random bytes for every file
using ChunkKey = SecretKey<struct ChunkKeyTag>;
using FileTextKey = SecretKey<struct FileTextKeyTag>;
using UploadKey = SecretKey<struct UploadKeyTag>; // wraps the keys of files that are not complete yet

inline ChunkKey chunk_key(const FileKey &key) { return subkey<ChunkKey>(key, kdf_file, 1); }
inline FileTextKey file_text_key(const FileKey &key) { return subkey<FileTextKey>(key, kdf_file, 2); }

// Where a file belongs. Its id is that of the object that describes it.
struct FilePlace {
    base::CaseId case_id;
    base::ObjectId object_id;
};

inline constexpr std::size_t file_chunk = 64 * 1024, sealed_file_chunk = file_chunk + aead_overhead;
inline constexpr std::uint64_t max_file_length = std::uint64_t{1} << 40;
inline constexpr std::size_t max_file_json = max_json - FileKey::size - 8 - 32; // in either side's description

// What follows from a file's true length, at most max_file_length: after its end stand zeros, up to the next length
// that has few significant bits (Padmé), at least one whole chunk.
struct FileShape {
    std::uint64_t padded = 0, chunks = 0, stored = 0; // bytes of plaintext, chunks, bytes on the disk
    static FileShape of(std::uint64_t length);
    bool is_last(std::uint64_t chunk) const { return chunk + 1 == chunks; }
    std::size_t plain_size(std::uint64_t chunk) const; // all but the last are whole
};

// Associated data of a chunk.
Bytes chunk_place(const FilePlace &place, std::uint64_t number, bool last);

// What the description of a file says besides its key.
struct FileFacts {
    std::uint64_t length = 0; // the true one
    Array<32> digest{};       // FileDigest of all stored bytes
    bool operator==(const FileFacts &) const = default;
};

} // namespace crypto
