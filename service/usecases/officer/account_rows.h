// Steps that changes of an account share.
#pragma once

#include "service/usecases/officer/account.h"

namespace usecases {

// The account as it stands, and what its passphrase opens.
struct Unlocked {
    ports::OfficerRow row;
    crypto::PassphraseKeys keys;
};
AccountResult<Unlocked> unlock(OfficerContext &context, const OfficerSession &session, std::string_view passphrase);

struct NewlySealed {
    ports::NewPassphrase change; // without the second factor
    crypto::PassphraseKeys keys;
};
base::Result<NewlySealed> seal_under(OfficerContext &context, const ports::OfficerRow &row, const crypto::OfficerKeys &keys,
                                     std::string_view fresh);

struct MadeRecovery {
    ports::RecoveryRow row;
    std::string code; // to be shown once
};
MadeRecovery make_recovery(const OfficerContext &context, const crypto::OfficerKeys &keys, std::uint32_t generation);

AccountRefused refused(const base::Error &error);
crypto::AuditEntry account_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId officer);

} // namespace usecases
