// The rows that storage keeps, as use cases see them. Sealed bytes stay sealed here.
#pragma once

#include "crypto/reporter/appointment.h"
#include "crypto/reporter/audit_entry.h"
#include "crypto/reporter/filing.h"
#include "service/domain/workflow.h"

#include <optional>

namespace ports {

using base::Array;
using base::Bytes;
using base::Day;

struct RegisterNumber {
    // Cases with exclusions stand in their own series, in which numbers are random: one that counted would show an excluded
    // officer, by the next restricted case they may read, that another is hidden from them.
    enum class Series : std::uint8_t { open = 1, restricted = 2 };
    Series series = Series::open;
    std::int32_t year = 0; // พ.ศ.
    std::uint32_t number = 0;
};

// What an epoch after the first adds to the record of the case.
struct EpochRow {
    Bytes certificate, older_key;
};

// What of a case is readable to the server: see storage/SCHEMA.md.
struct CaseRow {
    crypto::CaseRecord record; // of epoch 1, as it was filed
    crypto::Epoch epoch = 1;   // the newest
    std::vector<EpochRow> later; // of epochs 2, 3 … in their order
    domain::State state = domain::State::submitted;
    std::uint32_t version = 1; // grows with every move: a stale form is told so
    Day received;
    Day visible_from;          // queue_delay: officers see it from this day on
    Day state_since;
    std::string channel;       // "web"
    std::string category;      // as entered by officers; empty before
    std::optional<RegisterNumber> number;
    std::optional<Day> closed_on;
    Day last_from_reporter;    // the newest visible day of what the reporter sent
};

// The largest that `cases.queue_delay` may be, in days: what a reporter sent is visible by then, whatever it was set to on that day.
inline constexpr std::int32_t longest_queue_delay = 7;

struct ObjectRow {
    crypto::ObjectHeader header;
    Bytes sealed;
    Day day;
    Day visible_from;
    base::Seconds time = 0; // officers' acts only
};

struct SecondFactorRow {
    Bytes sealed;               // under the passphrase: crypto::seal_second_factor()
    std::int64_t last_step = 0; // of the last code that was taken: no other of this step or an earlier one is
};

struct OfficerRow {
    base::OfficerId id;
    std::string login;
    std::string display_name;
    Array<16> salt{};
    std::uint32_t password_operations = 0;
    std::uint64_t password_memory = 0;
    Array<32> authentication_hash{};
    std::uint32_t key_generation = 1;
    crypto::BoxPublicKey box;
    crypto::SignPublicKey sign;
    Bytes sealed_keys;
    bool disabled = false;
    std::optional<SecondFactorRow> second_factor{}; // nothing: not enrolled yet
};

// What the roster is verified from, and who holds which post: all of it signed, none of it believed unsigned.
struct AgencyRows {
    std::uint64_t roster_version = 0;
    std::vector<Bytes> certificates;
    std::vector<crypto::SignedRevocation> revocations;
    std::vector<Bytes> appointments;
    std::vector<crypto::SignedEnding> endings;
    std::vector<base::OfficerId> disabled; // may not sign in; hold no post meanwhile
    struct Keys {
        base::OfficerId officer;
        crypto::BoxPublicKey box;
        crypto::SignPublicKey sign;
    };
    std::vector<Keys> keys; // which officers sign in with today: those that nobody vouched for give no post and no right
};

// What an audit entry says of one object of a case.
struct ObjectDigest {
    base::ObjectId object;
    Array<32> digest{};
    Day day{};
    base::Seconds time = 0; // officers' acts only
};

} // namespace ports
