// Signing in and the sessions of officers. Between requests an officer's secret keys exist only sealed under a key that
// stands in the officer's cookie; the server keeps a hash of the session's id.
#pragma once

#include "crypto/officer/keyring.h"
#include "service/ports/officer_store.h"
#include "service/usecases/officer/sessions.h"
#include "service/usecases/reporter/context.h"

#include <expected>

namespace usecases {

class CurrentProfile; // agency_settings.h
class CheckedFiles;   // files.h
class MailDesk;       // mail_desk.h
class CaseIndexes;    // case_index.h

struct OfficerContext {
    const crypto::InstanceKeys &keys;
    const base::Clock &clock;
    const Policy &policy;
    Agency &agency;
    ports::OfficerReads &reads; // this lane's own
    ports::OfficerWrites &writes;
    Sessions &sessions;
    const crypto::PasswordCost &password_cost; // of new passphrases
    CurrentProfile &profile;
    const FileTools &files;
    CheckedFiles &checked_files;
    MailDesk &mail;
    CaseIndexes &indexes;

    base::Result<std::shared_ptr<const AgencySnapshot>> snapshot() { return agency.current(reads, clock.today()); }
};

// One request of a signed-in officer.
struct OfficerSession {
    domain::Actor actor;
    crypto::OfficerKeys keys;
    std::string csrf;
    base::Seconds proven = 0; // when passphrase and second factor were last given
    SessionId id{};           // of this session, in Sessions
    // The agency demands a second factor and this officer has none yet: nothing is allowed but to enrol one, and to sign out.
    bool needs_second_factor = false;
    bool readers_to_note = false; // of roster_notice.h, where a page is to say so
};
// Whoever finds an unlocked screen must not give away access or change an account: grants, handing over, exports, destruction
// and changes of accounts demand that the passphrase was given a short while ago.
inline constexpr base::Seconds recent_sign_in = 10 * 60;
class RecentlySignedIn {
public:
    static base::Result<RecentlySignedIn> check(const OfficerSession &session, base::Seconds now) {
        if (now - session.proven > recent_sign_in)
            return base::fail(base::Code::expired, "a sign-in that is recent enough");
        return RecentlySignedIn();
    }

private:
    RecentlySignedIn() = default;
};

// Values of cookies; HttpOnly, Secure, SameSite=Strict, Path=/.
struct SignedIn {
    std::string cookie;        // of __Host-sucharit
    std::string known_browser; // of __Host-sucharit-known: a place in the password lane, nothing else
};
enum class SignInRefused { wrong, busy };
// Takes the same time for an unknown login, a wrong passphrase, a disabled account, and a code that is wrong, used or missing:
// Argon2id runs at every cost that any officer's row has, and a code is computed, whoever asks. An attempt that fails leaves no
// trace: people type passphrases for logins. `code`: of the second factor; not looked at for an officer who has none.
// Password lane only. The first act of each officer on a day countersigns the audit head.
std::expected<SignedIn, SignInRefused> sign_in(OfficerContext &context, std::string_view login, std::string_view passphrase,
                                               std::string_view code = {});

// Passphrase and code once more in a session that goes on as it is: its id, key and CSRF token stay, so that what stands in
// other tabs can still be sent. Afterwards RecentlySignedIn::check() holds for a while. Password lane only.
std::expected<void, SignInRefused> sign_in_again(OfficerContext &context, const OfficerSession &session,
                                                 std::string_view passphrase, std::string_view code);

base::Result<OfficerSession> resume(OfficerContext &context, std::string_view cookie);
bool csrf_is_right(const OfficerContext &context, std::string_view cookie, std::string_view field);
void sign_out(OfficerContext &context, std::string_view cookie);

} // namespace usecases
