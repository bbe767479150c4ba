// Redeeming an invitation: whoever was invited chooses a passphrase and makes their own keys. Nobody else ever has either.
#pragma once

#include "service/usecases/officer/session.h"

namespace usecases {

struct Invited {
    std::string login, name;
    base::Day until;
};

struct JoinRefused {
    enum class Why {
        unknown, // no such code, or used already
        over,    // its days are over
        weak,    // the passphrase is one that domain::passphrase_fault() refuses
        busy,
    };
    Why why;
};

std::expected<Invited, JoinRefused> invited(OfficerContext &context, std::string_view code);
// Makes the keys, sealed under the passphrase. Once only, also in parallel. Password lane. The keys have no certificate yet. The
// caller has checked the passphrase (domain::passphrase_fault) beside its field.
std::expected<Invited, JoinRefused> join(OfficerContext &context, std::string_view code, std::string_view passphrase);

} // namespace usecases
