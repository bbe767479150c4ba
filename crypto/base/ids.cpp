#include "crypto/base/ids.h"

#include <sodium.h>

namespace base {

Array<16> random_id_bytes() {
    Array<16> out;
    randombytes_buf(out.data(), out.size());
    return out;
}

} // namespace base
