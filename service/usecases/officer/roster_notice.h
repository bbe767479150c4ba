// What every officer is told at the first page after signing in: who can read, keep identities or vouch since they last took note.
// It is held against the certificates themselves, and what was noted is signed by the officer: a reader whom somebody writes
// into the database, or whom another voucher lets in, is seen by all colleagues.
#pragma once

#include "service/usecases/officer/accounts.h"

namespace usecases {

struct NewReader {
    enum class What { person, keys, certificate }; // never seen; with other keys than before; the same with another certificate
    What what = What::person;
    std::string name;
    std::vector<domain::Post> posts;
    domain::Certified rights;
    std::string vouched_by;
    bool root = false, by_itself = false; // of the agency's first keys; issued with the officer's own keys before
    base::Day since;
};

struct RosterNotice {
    bool first = false;             // this officer has never taken note before: the list is of everybody
    std::vector<NewReader> readers; // in the order of their names; not the officer
    std::size_t to_sign = 0;        // for whoever may vouch: accounts at which something waits
    bool settings_wait = false;     // for whoever may confirm settings: somebody else has proposed some
    std::uint64_t roster_version = 0;
    bool empty() const { return readers.empty() && to_sign == 0 && !settings_wait; }
};
// Whether there is anybody to take note of: every page says so until it is done.
base::Result<bool> readers_to_note(OfficerContext &context, const OfficerSession &session);
// Empty for an account that nobody has vouched for.
base::Result<RosterNotice> roster_notice(OfficerContext &context, const OfficerSession &session);
// Notes what was shown: Code::conflict when the roster has changed since.
base::Result<> take_note(OfficerContext &context, const OfficerSession &session, std::uint64_t shown_version);

} // namespace usecases
