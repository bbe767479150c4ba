// Secret bytes: kept in one locked, guarded arena, wiped when released, and shaped so that misuse does not compile:
// move-only, no stream or log form, compared in constant time, raw bytes only through the token `raw_secret`.
#pragma once

#include "crypto/base/bytes.h"
#include "crypto/base/result.h"

#include <span>

namespace crypto {

using base::Array;
using base::Byte;
using base::Bytes;
using base::Result;
using base::View;

// Initialises libsodium and the arena; call once at start, before threads. Safe to repeat. Aborts when it cannot.
void start();

// False when RLIMIT_MEMLOCK or the sandbox forbade locking a part of the arena: secrets could then reach swap. To be
// said in the log and by `doctor`.
bool memory_is_locked();

// Overwrites in a way that the compiler keeps. For buffers that held plaintext.
void wipe(std::span<Byte> memory);

namespace detail {
Byte *arena_take(std::size_t size); // locked memory; aborts when the arena is exhausted even after growing
void arena_release(Byte *memory, std::size_t size); // wipes
bool equal(const Byte *a, const Byte *b, std::size_t size);
void fill_random(Byte *memory, std::size_t size);
} // namespace detail

// Written wherever raw secret bytes are touched, so that one search finds every such place.
struct RawSecret {};
inline constexpr RawSecret raw_secret{};

template <std::size_t N, class Tag>
class Secret {
public:
    static constexpr std::size_t size = N;

    Secret() : memory_(detail::arena_take(N)) {} // zeros
    static Secret random() {
        Secret out;
        detail::fill_random(out.memory_, N);
        return out;
    }
    // Copies; the caller wipes its own copy.
    static Secret from(RawSecret, std::span<const Byte, N> bytes) {
        Secret out;
        std::memcpy(out.memory_, bytes.data(), N);
        return out;
    }
    ~Secret() {
        if (memory_)
            detail::arena_release(memory_, N);
    }
    Secret(Secret &&other) noexcept : memory_(std::exchange(other.memory_, nullptr)) {}
    Secret &operator=(Secret &&other) noexcept {
        std::swap(memory_, other.memory_);
        return *this;
    }
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;

    Secret clone() const { return from(raw_secret, std::span<const Byte, N>(memory_, N)); }
    std::span<const Byte, N> reveal(RawSecret) const { return std::span<const Byte, N>(memory_, N); }
    std::span<Byte, N> fill(RawSecret) { return std::span<Byte, N>(memory_, N); }
    bool operator==(const Secret &other) const { return detail::equal(memory_, other.memory_, N); }

private:
    Byte *memory_;
};

template <class Tag>
using SecretKey = Secret<32, Tag>;

// A buffer of fixed size on the heap for plaintext between two steps, wiped when it goes.
class Scratch {
public:
    explicit Scratch(std::size_t size) : bytes_(size) {}
    Scratch(Bytes &&bytes) : bytes_(std::move(bytes)) {} // takes it over
    ~Scratch() { wipe(bytes_); }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    std::span<Byte> span() { return bytes_; }
    View view() const { return bytes_; }

private:
    Bytes bytes_;
};

} // namespace crypto
