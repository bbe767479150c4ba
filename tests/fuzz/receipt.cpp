// What a person types as a receipt: what is accepted prints as a receipt that is accepted as the same one.
#include "crypto/reporter/receipt.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto receipt = crypto::Receipt::parse({reinterpret_cast<const char *>(data), size});
    if (!receipt)
        return 0;
    const std::string grouped = receipt->grouped();
    const auto again = crypto::Receipt::parse(grouped);
    if (grouped.size() != 34 || !again || !std::ranges::equal(again->digits(), receipt->digits()))
        std::abort();
    return 0;
}
