// A case as one of its papers: cover sheet, head, wording, signature.
#pragma once

#include "service/domain/print_text.h"
#include "service/usecases/officer/printing.h"
#include "web/pages/officer/frame.h"
#include "web/print/document.h"

namespace pages {

// The agency's wording of one of domain::worded_kinds, else the program's. Lines that begin with "# " are headings.
std::string wording_of(const Site &site, const Frame &frame, domain::PrintKind kind);
// To whom a letter of this case goes at first, and what another agency would be told: to be edited. Nothing of either names the reporter.
domain::PrintForm first_form(const Site &site, const Frame &frame, const usecases::CaseView &shown, domain::PrintKind kind);

print::Document case_document(const Site &site, const Frame &frame, const usecases::CasePrint &printed, const domain::PrintForm &form);

} // namespace pages
