// In place of a receipt's lookup tag, for a complaint that nobody has a receipt of: by its place in an old register, so that it is
// taken in once.
#pragma once

#include "crypto/reporter/instance.h"

namespace crypto {

// HASH(pepper, "sucharit/old-register/v1" ‖ channel (text16) ‖ year (u32) ‖ number (text16)). No key of the case comes from it: those are random, and
// whoever knows place and pepper opens nothing.
Array<32> register_tag(const InstanceKeys &instance, std::string_view channel, int year, std::string_view number);

} // namespace crypto
