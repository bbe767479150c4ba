// Seeing who the reporter is: who works the case asks with a reason, a custodian, always another human, decides, and what was
// given is shown to the one who asked, once.
#pragma once

#include "service/domain/identity.h"
#include "service/usecases/officer/cases.h"

namespace usecases {

struct IdentityRefused {
    enum class Why {
        not_found, // the case or the request, for this officer: an ordinary 404
        faults,
        nobody,         // no custodian is left who may decide
        gone,           // a copy waits already; or it was decided, replaced or shown meanwhile
        requester_gone, // who asked may not work cases any more
        tampered,
        busy,
        storage_failed,
    };
    Why why;
    std::vector<domain::Fault> faults{};
};

struct IdentityOfCase {
    base::CaseId id;
    std::optional<ports::RegisterNumber> number;
    std::string secrecy; // as registered; empty before
    bool anonymous = true; // as the complaint says
    IdentityStanding standing;
};
// Codes as of open_case().
base::Result<IdentityOfCase> identity_of_case(const domain::Permitted<domain::Action::work_cases> &permitted,
                                              OfficerContext &context, const OfficerSession &session, std::string_view case_id);

// `once`: 32 hex digits from new_reply_id(): the same form again asks nothing twice. An earlier request about this case is replaced.
std::expected<void, IdentityRefused> ask_identity(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                  const RecentlySignedIn &recent, OfficerContext &context,
                                                  const OfficerSession &session, std::string_view case_id,
                                                  std::string_view reason, std::string_view once);

struct ShownIdentity {
    IdentityOfCase of;
    domain::Identity identity; // empty: nothing was given
    bool conceal = true;       // the reporter's wish
};
// The copy is gone for good when this returns it.
std::expected<ShownIdentity, IdentityRefused> show_identity(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                            const RecentlySignedIn &recent, OfficerContext &context,
                                                            const OfficerSession &session, std::string_view case_id);

struct WaitingIdentity {
    base::ObjectId request;
    std::optional<ports::RegisterNumber> number; // of the case; not registered yet when empty
    std::string by; // who asks
    std::vector<domain::Post> posts;
    base::Seconds time = 0;
    std::string reason;
};
// The requests that open for this custodian, and whose identity key does: no other is there.
base::Result<std::vector<WaitingIdentity>> waiting_identities(const domain::Permitted<domain::Action::decide_identity> &permitted,
                                                              OfficerContext &context, const OfficerSession &session);

struct IdentityAnswer {
    std::optional<bool> grant; // none: nothing was chosen
    std::string reason;
};
struct DecidedIdentity {
    std::string by; // who asked
    bool granted = false;
    bool given = false; // granted: the reporter had given something. It is not shown to the custodian, who need not know it
};
std::expected<DecidedIdentity, IdentityRefused> decide_identity(const domain::Permitted<domain::Action::decide_identity> &permitted,
                                                                const RecentlySignedIn &recent, OfficerContext &context,
                                                                const OfficerSession &session, std::string_view request,
                                                                const IdentityAnswer &answer);

} // namespace usecases
