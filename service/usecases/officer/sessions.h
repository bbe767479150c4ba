// The sessions of officers, in memory only: a restart signs everybody out. What is kept of each opens nothing without the
// cookie, and says neither from which machine nor with which browser it is used.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

#include <map>
#include <mutex>
#include <vector>

namespace usecases {

inline constexpr base::Seconds session_idle = 30 * 60, session_absolute = 10 * 3600;
inline constexpr int wrong_each = 5; // passphrases typed wrong in one session, after which it ends: a stolen cookie guesses no further
inline constexpr std::size_t sessions_each = 20; // of one officer: they are kept in memory

using SessionId = base::Array<32>; // crypto::session_id_hash(): finds the session, gives nothing away

class Sessions {
public:
    struct Kept {
        base::OfficerId officer;
        base::Bytes sealed_keys;
        base::Seconds started = 0, last_used = 0;
        base::Seconds proven = 0; // when passphrase and second factor were last given
        int wrong = 0;            // passphrases since the last right one
    };
    // Ends the session of that officer which was not used for longest, when there are sessions_each of them.
    void add(const SessionId &id, Kept kept);
    // Code::expired past a limit (and forgotten), Code::not_found when unknown. Renews the idle limit; the id, the key in the
    // cookie and the CSRF token stay as they are, so that other tabs go on.
    base::Result<Kept> use(const SessionId &id, base::Seconds now);
    // Passphrase and second factor were given again in this session.
    void prove(const SessionId &id, base::Seconds now);
    // A passphrase was asked for in this session: a right one forgets the wrong ones before, the last of wrong_each ends it.
    void tried(const SessionId &id, bool right);
    void end(const SessionId &id);

    // For the officer's own page: the newest use first, without those past a limit.
    struct Listed {
        SessionId id;
        base::Seconds started, last_used;
    };
    std::vector<Listed> of(base::OfficerId officer, base::Seconds now);
    bool end_one_of(base::OfficerId officer, const SessionId &id);             // false: this officer has no such session
    std::size_t end_others(base::OfficerId officer, const SessionId &mine);    // how many ended
    std::size_t end_all(base::OfficerId officer) { return end_others(officer, {}); }

private:
    void forget_expired(base::Seconds now); // under the lock

    std::mutex mutex_;
    std::map<SessionId, Kept> kept_;
};

} // namespace usecases
