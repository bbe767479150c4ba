// Entering a complaint by hand, and what the person is given of it, with invented content.
#include "web/pages/officer/entry.h"
#include "web/pages/officer/register.h"
#include "web/pages/officer/samples.h"

namespace pages {

void add_entry_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, const Viewer &legal) {
    at.path = "/entry";
    at.title_key = "page.entry.title";
    const std::vector<domain::Holder> line{
        {base::OfficerId(base::Array<16>{1}), domain::Post::legal_officer, "ตัวอย่าง นิติกร", true, false},
        {base::OfficerId(base::Array<16>{2}), domain::Post::clerk, "ตัวอย่าง ปลัด", true, true}};
    out.push_back({"entry", render_entry(site, at, legal, line, {})});
    TypedEntry typed;
    for (const domain::FieldRule &rule : domain::entry_transition().fields) {
        typed.form.values[std::string(rule.name)] = rule.choices.empty() ? "ข้อความ" : std::string(rule.choices.front());
        typed.faults.push_back({std::string(rule.name), "fault.field.missing"});
    }
    typed.form.complaint.subject_name = "ตัวอย่าง ปลัด";
    typed.form.complaint.facts = "บรรทัดแรก\nบรรทัดที่สอง";
    typed.form.complaint.excluded = {line.front().officer.text()};
    typed.form.complaint.anonymous = false;
    typed.wants_receipt = false;
    for (const std::string_view field : filing_fields)
        typed.faults.push_back({std::string(field), "fault.field.missing"});
    typed.faults.push_back({"others_meant", "fault.entry.matches"});
    typed.matches = {line.back().officer};
    typed.notice = "entry.notice.expired";
    out.push_back({"entry-fault", render_entry(site, at, legal, line, typed, 400)});
    out.push_back({"entry-without-list", render_entry(site, at, legal, {}, typed, 503)});
    Frame done = at;
    done.title_key = "page.entered.title";
    usecases::Entered entered{base::CaseId(base::Array<16>{7}), {ports::RegisterNumber::Series::open, 2569, 12},
                              "1234 5678 9012 3456 7890 1234 5678"};
    out.push_back({"entered", render_entered(site, done, legal, entered, true)});
    entered.before = true;
    out.push_back({"entered-before", render_entered(site, done, legal, entered, false)});
    Frame table = at;
    table.title_key = "page.register.title";
    out.push_back({"register", render_register(site, table, legal, {})});
    RegisterPage shown;
    shown.notice = "register.busy";
    for (std::size_t line = 2; line < 210; ++line)
        shown.faults.push_back({line, {"received", "fault.date.invalid"}});
    shown.faults.push_back({210, {"facts", "fault.too_long", 10, 1}});
    out.push_back({"register-faults", render_register(site, table, legal, shown, 400)});
    shown = {.file = "eA", .rows = {{2, "12/2567", "phone", "bribery", base::Day{19000}, "ข้อความ"}}};
    out.push_back({"register-rows", render_register(site, table, legal, shown)});
    shown = {.file = "eA", .done = usecases::IntakeDone{50, 3, 53, 120}};
    out.push_back({"register-some", render_register(site, table, legal, shown)});
    shown = {.done = usecases::IntakeDone{20, 0, 120, 120}};
    out.push_back({"register-all", render_register(site, table, legal, shown)});
}

} // namespace pages
