#include "crypto/reporter/file_seal.h"

#include "crypto/reporter/reporters_object.h"

#include <algorithm>
#include <limits>

namespace crypto {
namespace {

constexpr std::uint64_t not_announced = std::numeric_limits<std::uint64_t>::max();

Bytes upload_place(const FilePlace &place) {
    return base::Writer().u8(format_version).raw(place.case_id.bytes()).raw(place.object_id.bytes()).take();
}

// Sized beforehand by the caller: a buffer that grows would leave copies behind.
Byte *put_number(Byte *out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
        *out++ = static_cast<Byte>(value >> (8 * i));
    return out;
}

} // namespace

FileSealer::FileSealer(const FileKey &key, const FilePlace &place, std::optional<std::uint64_t> length, Sink sink)
    : key_(chunk_key(key)), place_(place), most_(std::min(length.value_or(max_file_length), max_file_length)),
      length_(length), sink_(std::move(sink)), held_(file_chunk), sealed_(sealed_file_chunk) {}

std::uint64_t FileSealer::chunks_to_keep(std::uint64_t length, std::uint64_t standing) {
    return length == 0 ? 0 : std::min(standing, (length - 1) / file_chunk);
}

Result<> FileSealer::keep(View sealed_chunk) {
    if (sealed_chunk.size() != sealed_file_chunk || taken_ != number_ * file_chunk)
        base::broken("an upload goes on behind whole chunks only");
    RETURN_IF_FAILED(aead_open_into(key_, chunk_place(place_, number_, false), sealed_chunk, held_.span()));
    digest_.add(sealed_chunk);
    taken_ = ++number_ * file_chunk;
    return {};
}

Result<> FileSealer::add(View plain) {
    if (plain.size() > most_ - std::min(taken_, most_))
        return base::fail(base::Code::invalid, "file: longer than announced, or than the format knows");
    taken_ += plain.size();
    while (!plain.empty()) {
        if (held_size_ == file_chunk) {
            RETURN_IF_FAILED(put(held_.view(), false));
            held_size_ = 0;
        }
        if (held_size_ == 0 && plain.size() > file_chunk) { // whole, and not the last: no need to copy it
            RETURN_IF_FAILED(put(plain.first(file_chunk), false));
            plain = plain.subspan(file_chunk);
            continue;
        }
        const View part = plain.first(std::min(plain.size(), file_chunk - held_size_));
        std::ranges::copy(part, held_.span().begin() + static_cast<std::ptrdiff_t>(held_size_));
        held_size_ += part.size();
        plain = plain.subspan(part.size());
    }
    return {};
}

Result<FileFacts> FileSealer::finish() {
    if (length_ && taken_ != *length_) return base::fail(base::Code::invalid, "file: shorter than announced");
    const FileShape shape = FileShape::of(taken_);
    wipe(held_.span().subspan(held_size_));
    while (number_ < shape.chunks) {
        RETURN_IF_FAILED(put(held_.view().first(shape.plain_size(number_)), shape.is_last(number_)));
        wipe(held_.span());
    }
    return FileFacts{taken_, digest_.finish()};
}

Result<> FileSealer::put(View plain, bool last) {
    const std::span sealed = std::span(sealed_).first(plain.size() + aead_overhead);
    aead_seal_into(key_, chunk_place(place_, number_, last), plain, sealed);
    RETURN_IF_FAILED(sink_(sealed));
    digest_.add(sealed);
    ++number_;
    return {};
}

Bytes file_text(const FileFacts &facts, View json) {
    Bytes out(8 + facts.digest.size() + json.size());
    Byte *const end = std::ranges::copy(facts.digest, put_number(out.data(), facts.length, 8)).out;
    std::ranges::copy(json, end);
    return out;
}

Result<SealedObject> seal_file(const ReceiptKeys &keys, const CaseRecord &record, base::ObjectId object_id,
                               const FileKey &key, const FileFacts &facts, View json) {
    const ObjectHeader header = by_reporter(Kind::file, record, object_id);
    const Scratch text(file_text(facts, json));
    ASSIGN_OR_RETURN(const Bytes boxed, box_for_case(keys, record, key.reveal(raw_secret)));
    ASSIGN_OR_RETURN(const Bytes body, seal_text(file_text_key(key), header, text.view()));
    return SealedObject{header, base::Writer().raw(boxed).raw(body).take()};
}

Result<Bytes> seal_upload(const UploadKey &key, const FilePlace &place, const Upload &upload) {
    if (upload.json.size() > max_upload_json) return base::fail(base::Code::invalid, "upload: its JSON does not fit");
    Scratch plain(upload_plain);
    Byte *out = std::ranges::copy(upload.key.reveal(raw_secret), plain.span().data()).out;
    out = put_number(out, upload.length.value_or(not_announced), 8);
    out = put_number(out, upload.json.size(), 4);
    std::ranges::copy(upload.json, out);
    return aead_seal(key, upload_place(place), plain.view());
}

Result<Upload> resume_upload(const UploadKey &key, const FilePlace &place, View sealed) {
    ASSIGN_OR_RETURN(const Scratch plain, aead_open(key, upload_place(place), sealed));
    base::Reader reader(plain.view());
    Upload out;
    std::ranges::copy(reader.raw(FileKey::size), out.key.fill(raw_secret).begin());
    const std::uint64_t length = reader.u64();
    const View json = reader.raw(reader.u32());
    if (plain.view().size() != upload_plain || !reader.ok() ||
        !std::ranges::all_of(reader.rest(), [](Byte b) { return b == 0; }) ||
        (length != not_announced && length > max_file_length))
        return base::fail(base::Code::refused, "upload: not of its format");
    if (length != not_announced) out.length = length;
    out.json = base::copy(json);
    return out;
}

} // namespace crypto
