#include "crypto/primitives/secret.h"

#include <sodium.h>

#include <sys/resource.h>

#include <atomic>
#include <cerrno>
#include <mutex>
#include <new>

namespace crypto {
namespace {

constexpr std::size_t slot_size = 64;
constexpr std::size_t slots_in_block = 1024; // 64 KiB: few blocks need few guard pages and few mlock calls

// Blocks come from sodium_malloc (guard pages, canary, locked, left out of core dumps) and are never given back: the
// arena outlives every secret, also those in statics. It is the one mutable global of the library, because a secret
// must find its memory wherever it is made.
class Arena {
public:
    Arena() {
        if (sodium_init() < 0)
            base::broken("libsodium does not start");
        const std::lock_guard lock(mutex_);
        grow();
    }

    Byte *take() {
        const std::lock_guard lock(mutex_);
        if (free_.empty())
            grow();
        Byte *slot = free_.back();
        free_.pop_back();
        return slot;
    }

    void release(Byte *slot) noexcept {
        sodium_memzero(slot, slot_size);
        const std::lock_guard lock(mutex_);
        free_.push_back(slot); // never allocates: grow() reserved room for every slot
    }

    bool locked() const { return locked_; }

private:
    void grow() {
        blocks_.reserve(blocks_.size() + 1);
        free_.reserve((blocks_.size() + 1) * slots_in_block);
        auto *block = static_cast<Byte *>(sodium_malloc(slot_size * slots_in_block));
        if (!block)
            throw std::bad_alloc(); // a flood's fault, not the program's: that request fails, and nothing else
        // sodium_malloc locks too, but does not say whether it could.
        if (sodium_mlock(block, slot_size * slots_in_block) != 0) {
            rlimit limit{};
            if ((errno != ENOMEM && errno != EPERM && errno != EAGAIN) ||
                (getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY))
                base::broken("memory for secrets cannot be locked, though no limit forbids it");
            locked_ = false;
        }
        sodium_memzero(block, slot_size * slots_in_block);
        blocks_.push_back(block);
        for (std::size_t i = slots_in_block; i > 0; --i)
            free_.push_back(block + (i - 1) * slot_size);
    }

    std::mutex mutex_;
    std::vector<Byte *> free_;
    std::vector<Byte *> blocks_;
    std::atomic<bool> locked_ = true;
};

Arena &arena() {
    static Arena *const the_arena = new Arena;
    return *the_arena;
}

} // namespace

void start() { arena(); }

bool memory_is_locked() { return arena().locked(); }

void wipe(std::span<Byte> memory) { sodium_memzero(memory.data(), memory.size()); }

namespace detail {

Byte *arena_take(std::size_t size) {
    if (size > slot_size)
        base::broken("a secret larger than an arena slot");
    return arena().take();
}

void arena_release(Byte *memory, std::size_t) { arena().release(memory); }

bool equal(const Byte *a, const Byte *b, std::size_t size) { return sodium_memcmp(a, b, size) == 0; }

void fill_random(Byte *memory, std::size_t size) {
    if (size > 0)
        randombytes_buf(memory, size);
}

} // namespace detail
} // namespace crypto
