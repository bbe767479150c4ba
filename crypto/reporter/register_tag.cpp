#include "crypto/reporter/register_tag.h"

#include "crypto/primitives/hash.h"

namespace crypto {

Array<32> register_tag(const InstanceKeys &instance, std::string_view channel, int year, std::string_view number) {
    const Bytes place = base::Writer().text16(channel).u32(static_cast<std::uint32_t>(year)).text16(number).take();
    return keyed_hash(instance.pepper, {base::view("sucharit/old-register/v1"), place});
}

} // namespace crypto
