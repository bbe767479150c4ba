// The memory that SQLCipher works in: the C library's, overwritten before it is given back. Locking is the process's
// business (mlockall at start): SQLCipher's own cipher_memory_security would lock and unlock each allocation.
#pragma once

#include <cstddef>

namespace storage::wiped_memory {

void *take(std::size_t size);                 // nullptr: there is none
void give_back(void *memory);                 // all of it is overwritten
void *resize(void *memory, std::size_t size); // what moves is overwritten where it was; nullptr: `memory` stands
std::size_t size_of(void *memory);            // that may be used; at least what was asked for

} // namespace storage::wiped_memory
