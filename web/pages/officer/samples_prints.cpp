#include "web/pages/officer/case_print.h"
#include "web/pages/officer/prints.h"
#include "web/pages/officer/samples.h"

namespace pages {

// Each paper as a document, too: a text that one of them lacks stops the start, and not an officer's print.
void add_print_samples(std::vector<OfficerSample> &out, const Site &site, const Frame &frame, const Viewer &legal, usecases::CasePrints shown) {
    out.push_back({"prints-empty", render_prints(site, frame, legal, shown)});
    shown.copies = {{base::ObjectId::random(), 2, "ตัวอย่าง นิติกร", 1'700'000'000, {}},
                    {base::ObjectId::random(), 1, "ตัวอย่าง นิติกร", 1'700'000'000, domain::PrintKind::proposal}};
    out.push_back({"prints", render_prints(site, frame, legal, shown)});
    for (const domain::PrintKind kind : domain::print_kinds) {
        const std::string id(domain::id(kind));
        const TypedPrint typed{first_form(site, frame, shown.shown, kind)};
        out.push_back({"print-" + id, render_print(site, frame, legal, shown.shown, kind, typed)});
        const auto paper = case_document(site, frame, {shown.shown, {base::ObjectId::random(), 3, "ตัวอย่าง", 1'700'000'000, kind}}, typed.form);
        out.push_back({"paper-" + id, {.content_type = "text/plain; charset=utf-8", .body = paper.title}});
    }
    const TypedPrint faulty{{"", "", "", "ข้อความ"}, true,
                            {{"print_number", "fault.too_long", domain::max_print_number, 1}, {"letter_date", "fault.date.invalid"},
                             {"addressee", "fault.too_long", domain::max_addressee, 1}, {"letter_text", "fault.field.missing"}},
                            "print.notice.failed"};
    out.push_back({"print-fault", render_print(site, frame, legal, shown.shown, domain::PrintKind::referral, faulty, 400)});
}

} // namespace pages
