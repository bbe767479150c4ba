#include "crypto/primitives/object.h"

#include "crypto/primitives/hash.h"

#include <algorithm>
#include <initializer_list>

namespace crypto {
namespace {

constexpr std::size_t small = 4 * 1024, medium = 16 * 1024, large = 64 * 1024;
constexpr std::size_t length_field = 4;
static_assert(max_text == large - length_field && max_identity == small - length_field);

bool allowed(Kind kind, std::size_t size) {
    switch (kind) {
    case Kind::complaint: return size != small;
    case Kind::identity: return size == small;
    case Kind::follow_up:
    case Kind::reply:
    case Kind::move:
    case Kind::access:
    case Kind::file:
    case Kind::title: return true;
    }
    return false;
}

} // namespace

Bytes ObjectHeader::associated_data() const {
    return base::Writer()
        .u8(format_version)
        .u8(static_cast<std::uint8_t>(kind))
        .raw(case_id.bytes())
        .raw(object_id.bytes())
        .u32(epoch)
        .raw(author.bytes())
        .take();
}

Result<Bytes> pad_text(Kind kind, View plain) {
    for (std::size_t size : {small, medium, large}) {
        if (!allowed(kind, size) || plain.size() > size - length_field)
            continue;
        Bytes out(size);
        for (std::size_t i = 0; i < length_field; ++i)
            out[i] = static_cast<Byte>(plain.size() >> (8 * i));
        std::copy(plain.begin(), plain.end(), out.begin() + length_field);
        return out;
    }
    return base::fail(base::Code::invalid, "pad: longer than the largest class of its kind");
}

Result<Bytes> unpad_text(View padded) {
    if (padded.size() != small && padded.size() != medium && padded.size() != large)
        return base::fail(base::Code::invalid, "unpad: no size class");
    base::Reader reader(padded);
    const std::size_t size = reader.u32();
    const View plain = reader.raw(size);
    if (!reader.ok() || !std::ranges::all_of(reader.rest(), [](Byte b) { return b == 0; }))
        return base::fail(base::Code::invalid, "unpad: length or padding is wrong");
    return base::copy(plain);
}

Array<32> digest(View sealed) { return hash({sealed}); }

} // namespace crypto
