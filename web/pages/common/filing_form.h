// The fields of a complaint, as the reporter's form and the officers' have them.
#pragma once

#include "service/domain/complaint.h"
#include "web/http/form.h"
#include "web/pages/common/site.h"

namespace pages {

inline constexpr std::string_view filing_fields[] = {"subject_name", "subject_position", "subject_unit", "facts", "when",
                                                     "where", "witnesses", "elsewhere", "wish", "excluded", "name",
                                                     "address", "phone", "email"};

bool said_no(std::string_view value);
bool said_yes(std::string_view value);
// The form's values as typed. What is not sent means the careful choice: anonymous, name concealed.
domain::FilingForm filing_form(const http::Form &form);

// Everything typed, but the category and who is ticked.
void show_filing(View &view, const domain::FilingForm &typed);
// Who may be ticked as involved: HOLDER rows. Without the list (the store does not answer) the ticks travel hidden: they must not be
// lost with the next press.
void show_involved(View &view, const Site &site, const Frame &frame, std::span<const domain::Holder> line, const domain::FilingForm &typed);
bool is_ticked(const domain::FilingForm &typed, base::OfficerId officer);

} // namespace pages
