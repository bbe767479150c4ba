// Files on their way in, of either side: sealed chunk by chunk as they come, described when they are complete. Nothing
// here opens a file, but for the chunks of one that is not complete, which are looked at again before it goes on; what an interrupted upload needs to go on opens with the receipt (or, for an officer's, with the
// case key).
#pragma once

#include "crypto/primitives/file.h"
#include "crypto/primitives/file_digest.h"
#include "crypto/reporter/filing.h"

#include <functional>
#include <optional>

namespace crypto {

// Keeps at most one chunk of plaintext, in memory that is wiped. Every chunk gets its own random nonce, so a chunk
// whose place on the disk was lost may be sealed again from other bytes.
class FileSealer {
public:
    using Sink = std::function<Result<>(View sealed)>; // takes the chunks in their order

    // `length`: as it was announced; nothing when it is not known. What was announced must come, no more and no less.
    FileSealer(const FileKey &key, const FilePlace &place, std::optional<std::uint64_t> length, Sink sink);

    // An upload that goes on: how many of the chunks that stand there may stay. Never the last, so that something is to
    // come.
    static std::uint64_t chunks_to_keep(std::uint64_t length, std::uint64_t standing);
    // Each of them, in order, before anything is added. Code::refused: not what this upload sealed there, and not kept: a disk may have
    // lost it. The file goes on before it.
    Result<> keep(View sealed_chunk);

    // Code::invalid: more than was announced, or than the format knows. After an error of this or of the sink: nothing
    // more.
    Result<> add(View plain);
    std::uint64_t taken() const { return taken_; } // bytes of the file, kept ones included
    Result<FileFacts> finish();                    // once. Code::invalid: less than was announced

private:
    Result<> put(View plain, bool last);

    ChunkKey key_;
    FilePlace place_;
    std::uint64_t most_;
    std::optional<std::uint64_t> length_;
    Sink sink_;
    Scratch held_; // the newest chunk: whether it is the last, is known when more comes
    std::size_t held_size_ = 0;
    Bytes sealed_; // the chunk that goes to the sink: memory that is used again and again stays in the processor's cache
    std::uint64_t number_ = 0, taken_ = 0;
    FileDigest digest_;
};

// The description of a reporter's file, sealed as a follow-up is, under the file's own key. Verify the record first.
// Code::refused for a degenerate case key, Code::invalid when the JSON is too long.
Result<SealedObject> seal_file(const ReceiptKeys &keys, const CaseRecord &record, base::ObjectId object_id,
                               const FileKey &key, const FileFacts &facts, View json);

// length ‖ digest ‖ JSON, as it stands in every description. The caller wipes it.
Bytes file_text(const FileFacts &facts, View json);

// What the next request needs to go on: of one size, whatever stands in it. `length` as for FileSealer.
struct Upload {
    FileKey key;
    std::optional<std::uint64_t> length;
    Bytes json;
};
inline constexpr std::size_t upload_plain = 2048, upload_sealed = upload_plain + aead_overhead;
inline constexpr std::size_t max_upload_json = upload_plain - 32 - 8 - 4;
Result<Bytes> seal_upload(const UploadKey &key, const FilePlace &place,
                          const Upload &upload);                                         // Code::invalid: JSON too long
Result<Upload> resume_upload(const UploadKey &key, const FilePlace &place, View sealed); // Code::refused

} // namespace crypto
