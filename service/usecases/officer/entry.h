// Entering a complaint that came by telephone, letter, box or in person: sealed as one from the web, registered in the same commit.
#pragma once

#include "service/domain/entry.h"
#include "service/usecases/officer/session.h"

namespace usecases {

struct EntryPage {
    std::vector<domain::Holder> line; // who may be ticked as involved
    std::string once;                 // for a form that is shown for the first time
};
// Code::not_found for whom the transition table does not name, nobody above them being left out.
base::Result<EntryPage> entry_page(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context);

struct EntryRefused {
    enum class Why {
        not_found,
        faults,
        matches,        // somebody of the line may be who is complained of: is it another person?
        form_expired,   // nothing was entered; `fresh_once` is for the same form again
        other_text,     // this form was entered before, with other text; nothing was added
        busy,
        storage_failed,
    };
    Why why;
    std::vector<domain::Fault> faults{};
    std::vector<base::OfficerId> matches{};
    std::string fresh_once{};
};

struct Entered {
    base::CaseId id;
    ports::RegisterNumber number;
    std::string receipt; // 28 digits in groups; nobody can show it again later
    bool before = false; // the same form was there already
};

// `others`: the officer has said that nobody of the line is meant by a name like theirs.
std::expected<Entered, EntryRefused> enter_case(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                                const OfficerSession &session, const domain::EntryForm &form, bool others,
                                                std::string_view once);

} // namespace usecases
