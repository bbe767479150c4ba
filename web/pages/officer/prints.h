// Prints of a case: which papers there are, which copies were made, and one made now.
#pragma once

#include "service/domain/print_text.h"
#include "service/usecases/officer/printing.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response case_prints(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_print(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response case_print_make(OfficerRequest &page, http::Request &request, const http::Captures &captures); // the paper itself

struct TypedPrint {
    domain::PrintForm form;
    bool editable = false; // OpenDocument instead of PDF
    std::vector<domain::Fault> faults{};
    std::string_view notice{}; // catalogue key, or empty
};
http::Response render_prints(const Site &site, Frame frame, const Viewer &viewer, const usecases::CasePrints &shown);
http::Response render_print(const Site &site, Frame frame, const Viewer &viewer, const usecases::CaseView &shown, domain::PrintKind kind,
                            const TypedPrint &typed, unsigned status = 200);

} // namespace pages
