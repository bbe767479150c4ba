// What officers do to a case: one of the moves that the transition table allows now, or an answer to the reporter. State,
// sealed move, grants for the next state's actors and audit entries are committed together.
#pragma once

#include "service/usecases/officer/cases.h"

namespace usecases {

struct MoveForm {
    std::string event;
    std::uint32_t version = 0;                 // of the case when the form was shown
    std::map<std::string, std::string> values; // by field name, as typed
    std::uint32_t follow_ups = 0;  // that the form's reader was shown: see Transition::needs_latest
    std::string standard_notice{}; // the catalogue's text for Transition::standard_notice
};

struct ActRefused {
    enum class Why {
        not_found,   // the case, or the move for this officer in this state: an ordinary 404
        stale,       // the case has moved on, or the reporter has written: show what changed, keep what was typed
        faults,
        nobody_next, // nobody is left who could act in the next state
        tampered,    // Code::refused of open_case
        busy,
        storage_failed,
    };
    Why why;
    std::vector<domain::Fault> faults;
};
std::unexpected<ActRefused> refuse(ActRefused::Why why, std::vector<domain::Fault> faults = {});
std::unexpected<ActRefused> refuse(const base::Error &error); // of opening a case, or of writing to it

struct Acted {
    domain::State state;
    std::optional<ports::RegisterNumber> number; // when this move gave it
};

std::expected<Acted, ActRefused> move_case(const domain::Permitted<domain::Action::work_cases> &permitted,
                                           OfficerContext &context, const OfficerSession &session,
                                           std::string_view case_id, const MoveForm &form);

// `once`: 32 hex digits from new_reply_id() in the form: the same form again sends nothing twice.
std::string new_reply_id();
std::expected<void, ActRefused> reply(const domain::Permitted<domain::Action::work_cases> &permitted,
                                      OfficerContext &context, const OfficerSession &session, std::string_view case_id,
                                      std::string_view text, std::string_view once);

} // namespace usecases
