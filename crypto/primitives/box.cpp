#include "crypto/primitives/box.h"

#include <sodium.h>

#include <algorithm>

namespace crypto {
namespace {

static_assert(crypto_box_SEALBYTES == box_overhead && crypto_box_SEEDBYTES == 32);
static_assert(crypto_box_NONCEBYTES + crypto_box_MACBYTES == box_from_overhead);

// Below 2^255 - 19 and without the ignored top bit: otherwise one key has two spellings and two fingerprints.
bool is_canonical(const Array<32> &key) {
    if (key[31] > 0x7f)
        return false;
    const bool all_ones = key[31] == 0x7f && std::all_of(key.begin() + 1, key.begin() + 31, [](Byte b) { return b == 0xff; });
    return !all_ones || key[0] < 0xed;
}

} // namespace

BoxPair random_box_pair() {
    BoxPair out;
    crypto_box_keypair(out.public_key.bytes.data(), out.secret_key.fill(raw_secret).data());
    return out;
}

BoxPair box_pair_from(const BoxSeed &seed) {
    BoxPair out;
    crypto_box_seed_keypair(out.public_key.bytes.data(), out.secret_key.fill(raw_secret).data(),
                            seed.reveal(raw_secret).data());
    return out;
}

BoxPublicKey public_half(const BoxSecretKey &key) {
    BoxPublicKey out;
    crypto_scalarmult_base(out.bytes.data(), key.reveal(raw_secret).data());
    return out;
}

bool is_safe(const BoxPublicKey &key) {
    // Every clamped scalar is a multiple of 8: a point of small order gives the all-zero product, which libsodium refuses.
    constexpr Array<32> scalar{1};
    Array<32> product;
    return is_canonical(key.bytes) && crypto_scalarmult(product.data(), scalar.data(), key.bytes.data()) == 0;
}

Result<Bytes> box_seal(const BoxPublicKey &to, View message) {
    Bytes out(message.size() + box_overhead);
    if (!is_canonical(to.bytes) || crypto_box_seal(out.data(), message.data(), message.size(), to.bytes.data()) != 0)
        return base::fail(base::Code::refused, "seal: to a degenerate key");
    return out;
}

Result<> box_seal_open_into(const BoxPair &pair, View sealed, std::span<Byte> out) {
    if (sealed.size() != out.size() + box_overhead ||
        crypto_box_seal_open(out.data(), sealed.data(), sealed.size(), pair.public_key.bytes.data(),
                             pair.secret_key.reveal(raw_secret).data()) != 0)
        return base::fail(base::Code::refused, "open: a box for somebody else, or altered");
    return {};
}

Result<Bytes> box_seal_open(const BoxPair &pair, View sealed) {
    if (sealed.size() < box_overhead)
        return base::fail(base::Code::refused, "open: shorter than an empty box");
    Bytes out(sealed.size() - box_overhead);
    RETURN_IF_FAILED(box_seal_open_into(pair, sealed, out));
    return out;
}

Result<Bytes> box_to(const BoxPublicKey &to, const BoxPair &from, View message) {
    Bytes out(message.size() + box_from_overhead);
    randombytes_buf(out.data(), crypto_box_NONCEBYTES);
    if (!is_canonical(to.bytes) ||
        crypto_box_easy(out.data() + crypto_box_NONCEBYTES, message.data(), message.size(), out.data(), to.bytes.data(),
                        from.secret_key.reveal(raw_secret).data()) != 0)
        return base::fail(base::Code::refused, "box: to a degenerate key");
    return out;
}

Result<> box_from_into(const BoxPublicKey &from, const BoxPair &to, View boxed, std::span<Byte> out) {
    if (boxed.size() != out.size() + box_from_overhead || !is_canonical(from.bytes) ||
        crypto_box_open_easy(out.data(), boxed.data() + crypto_box_NONCEBYTES, boxed.size() - crypto_box_NONCEBYTES,
                             boxed.data(), from.bytes.data(), to.secret_key.reveal(raw_secret).data()) != 0)
        return base::fail(base::Code::refused, "open: a box by or for somebody else, or altered");
    return {};
}

} // namespace crypto
