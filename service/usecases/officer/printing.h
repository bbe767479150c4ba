// Prints of a case: each copy has a number and stands in the log before it is made.
#pragma once

#include "service/domain/print_kind.h"
#include "service/usecases/officer/cases.h"

namespace usecases {

struct Copy {
    base::ObjectId id;        // random; its beginning stands on each page of the copy
    std::uint32_t number = 0; // of this case's copies, from 1 on
    std::string who;
    base::Seconds time = 0;
    std::optional<domain::PrintKind> kind{}; // nothing: of none that the case's keys tell
};
std::string reference(const Copy &copy); // eight hex digits, as they are printed

bool can_be_printed(const CaseView &shown, domain::PrintKind kind);

struct CasePrints {
    CaseView shown;
    std::vector<Copy> copies; // newest first
};
// Codes as of open_case().
base::Result<CasePrints> case_prints(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                     const OfficerSession &session, std::string_view case_id);

struct CasePrint {
    CaseView shown;
    Copy copy;
};
// In the log when it returns. Code::not_found also where there is nothing to print yet.
base::Result<CasePrint> print_case(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                   const OfficerSession &session, std::string_view case_id, domain::PrintKind kind);

} // namespace usecases
