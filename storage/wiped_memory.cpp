#include "storage/wiped_memory.h"

#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <string.h> // explicit_bzero, which the compiler may not drop

namespace storage::wiped_memory {

void *take(std::size_t size) { return std::malloc(size); }

std::size_t size_of(void *memory) { return ::malloc_usable_size(memory); }

void give_back(void *memory) {
    if (!memory) return;
    ::explicit_bzero(memory, size_of(memory));
    std::free(memory);
}

// realloc() would leave what it moves where it was.
void *resize(void *memory, std::size_t size) {
    if (!memory) return take(size);
    const std::size_t now = size_of(memory);
    if (size <= now && size >= now / 2) return memory;
    void *const other = take(size);
    if (!other) return nullptr;
    std::memcpy(other, memory, size < now ? size : now);
    give_back(memory);
    return other;
}

} // namespace storage::wiped_memory
