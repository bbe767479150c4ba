// The token of a browser in which an officer has signed in: it opens nothing and proves nothing about who holds it. It
// gives a sign-in a place that strangers cannot fill. Nobody without the instance key makes one, or reads one.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/reporter/instance.h"

namespace crypto {

inline constexpr int known_browser_days = 180;

// AEAD(known-browser key, "sucharit/known-browser/v1" ‖ instance id, officer id ‖ last day), base64url: 80 characters.
std::string known_browser(const InstanceKeys &keys, base::OfficerId officer, base::Day last_day);

// Whose browser it is. Code::invalid for another shape, refused for what this instance did not make, expired after its
// last day. Costs no more than opening 20 bytes, so that it may be asked before a request is let in.
Result<base::OfficerId> known_officer(const InstanceKeys &keys, std::string_view field, base::Day today);

} // namespace crypto
