#include "web/http/wipe.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string.h> // explicit_bzero, which the compiler may not drop

namespace http {

void wipe(void *bytes, std::size_t size) {
    if (size != 0) explicit_bzero(bytes, size);
}

void wipe(std::string &text) {
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

void grow(std::string &text, std::size_t size) {
    if (size <= text.capacity()) return;
    std::string bigger;
    bigger.reserve(std::max(size, 2 * text.capacity()));
    bigger.append(text);
    text.swap(bigger);
    wipe(bigger);
}

[[gnu::noinline]] void wipe_stack() {
    constexpr std::size_t depth = 64 * 1024;
    std::array<char, depth> below;
    wipe(below.data(), below.size());
    // The C library picks its vector registers by size: zeros of each size go through all of them.
    void *(*volatile copy)(void *, const void *, std::size_t) = std::memmove;
    for (std::size_t size = 16; size <= depth / 8; size *= 2)
        copy(below.data(), below.data() + depth / 2, size);
}

} // namespace http
