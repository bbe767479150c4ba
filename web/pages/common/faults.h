// Faults of a form: a summary at the head of the page with links to the fields, and a sentence beside each field.
#pragma once

#include "service/domain/fault.h"
#include "web/pages/common/site.h"

#include <span>

namespace pages {

// Fills the section ERRORS (parts/errors.html) and, for each of `fields`, <FIELD>_FAULTY and <FIELD>_FAULT. `target` of
// a field is the id the summary links to, where it is not the field's own name.
// `typed`: the summary says that what was typed is still there.
struct FaultTarget {
    std::string_view field, id;
};
void show_faults(View &view, const Site &site, const Frame &frame, std::span<const domain::Fault> faults,
                 std::span<const std::string_view> fields, std::span<const FaultTarget> targets = {},
                 bool typed = true);

std::string fault_text(const Site &site, const Frame &frame, const domain::Fault &fault);

// Sections NOTICE{NOTICE_TEXT}: one sentence above the form; none for an empty key.
void show_notice(View &view, const Site &site, const Frame &frame, std::string_view key);

std::string upper(std::string_view name); // subject_name → SUBJECT_NAME

} // namespace pages
