// Clears memory that held what a person sent, so that it is not found in a core dump or in memory that is used again.
#pragma once

#include <cstddef>
#include <string>

namespace http {

void wipe(void *bytes, std::size_t size);
// Clears all of the capacity, short-string buffer included; the text is empty afterwards.
void wipe(std::string &text);
// Makes room for `size` bytes in all without leaving the old bytes behind in a freed block.
void grow(std::string &text, std::size_t size);
// For the loop of a thread, after each piece of work: clears the stack below the caller, where frames that have
// returned leave what they held (the dynamic linker even stores whole vector registers there), and the registers that
// copying uses.
void wipe_stack();

} // namespace http
