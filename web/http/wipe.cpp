#include "web/http/wipe.h"

#include <algorithm>
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

} // namespace http
