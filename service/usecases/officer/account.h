// What officers do with their own account: another passphrase, a recovery code, a second factor, sessions, new keys. Open to
// everybody who is signed in, also to somebody for whom nobody has vouched yet.
#pragma once

#include "crypto/officer/recovery.h"
#include "crypto/officer/second_factor.h"
#include "service/domain/fault.h"
#include "service/usecases/officer/session.h"

namespace usecases {

enum class AccountRefused {
    wrong,    // the passphrase or the code that was given to prove it
    weak,     // the new passphrase is one that domain::passphrase_fault() refuses
    changed,  // the account is another one meanwhile: look again
    not_now,  // new keys: nobody has vouched yet, the keys stand in the credential file, or the last ones are not done with
    busy,
};
template <class T>
using AccountResult = std::expected<T, AccountRefused>;

// The caller has checked the new one (domain::passphrase_fault) beside its field; a weak one is refused here as well.
// All other sessions of the officer end. Password lane only.
AccountResult<void> change_passphrase(OfficerContext &context, const OfficerSession &session, std::string_view present,
                                      std::string_view fresh);

// A new recovery code, to be shown once; an older one is void.
AccountResult<std::string> new_recovery_code(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &);
base::Result<bool> has_recovery_code(OfficerContext &context, const OfficerSession &session);

// With login and code, without a session: a new passphrase, the second factor goes (it is enrolled again at the next sign-in), all
// sessions end, the code is void and a new one is returned. The same answer for an unknown login, a disabled account and
// a wrong, used or missing code. Password lane only.
AccountResult<std::string> recover(OfficerContext &context, std::string_view login, std::string_view code, std::string_view fresh);

// Puts the secret in the place of the present second factor when `code` is one of it. The passphrase, because the secret is kept
// under it. Password lane only.
AccountResult<void> set_second_factor(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &,
                                      std::string_view passphrase, const crypto::TotpSecret &secret, std::string_view code);

bool end_session(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &, const SessionId &which);
std::size_t end_other_sessions(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &);

} // namespace usecases
