// Filing: the form is checked, sealed and made durable; the receipt is shown once. A repeat of the same form files nothing
// twice and shows the same receipt.
#pragma once

#include "service/domain/complaint.h"
#include "service/usecases/reporter/context.h"

namespace usecases {

// The `once` field for a form that is shown for the first time.
std::string new_once(const ReporterContext &context);

// Who would handle a complaint, for the question about involvement: in the order of the line.
base::Result<std::vector<domain::Holder>> handling_line(ReporterContext &context);

// The check-your-answers step.
struct CheckedForm {
    domain::CheckedFiling filing;
    std::vector<domain::Holder> line;          // to show ticked names
    std::vector<base::OfficerId> name_matches; // ask: is this the same person? (not ticked by the reporter)
};

struct FilingRefused {
    enum class Why {
        faults,         // see `faults`; also too few readers left and no custodian left, as faults of field "excluded"
        form_expired,   // nothing was filed; `fresh_once` is for the same form again
        busy,           // nothing was filed; try again in a moment
        storage_failed, // nothing was filed
    };
    Why why;
    std::vector<domain::Fault> faults;
    std::string fresh_once;
};

std::expected<CheckedForm, FilingRefused> check_form(ReporterContext &context, const domain::FilingForm &form);

struct Filed {
    enum class How {
        filed,               // a new complaint
        filed_before,        // this same form was filed already: the same receipt, nothing added
        added_as_follow_up,  // the same form with other text: added to the complaint, and the page says so
        exclusions_differ,   // the same form with other exclusions or another name: nothing was added; a fresh form is offered
    };
    How how;
    std::string receipt; // 28 digits, groups of four, blanks between
    std::string fresh_once;
    domain::FileLimits file_limits{};
};

std::expected<Filed, FilingRefused> file_complaint(ReporterContext &context, const domain::FilingForm &form,
                                                   std::string_view once_field);

} // namespace usecases
