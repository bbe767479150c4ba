#include "web/pages/officer/audit.h"
#include "web/pages/officer/samples.h"

namespace pages {

std::vector<OfficerSample> audit_samples(const Site &site, Language language) {
    constexpr base::Day day{19000};
    Frame at;
    at.language = language;
    at.language_chosen = true;
    at.path = "/audit";
    at.title_key = "page.audit.title";
    const Viewer auditor{"ตัวอย่าง เจ้าหน้าที่", {domain::Post::auditor}, "token"};
    std::vector<OfficerSample> out;
    usecases::AuditPage shown;
    out.push_back({"audit-empty", render_audit(site, at, auditor, shown, {})});
    shown.entries = 5121;
    shown.waiting = 3;
    shown.older = shown.newer = true;
    base::Array<32> pseudonym{};
    pseudonym.fill(0x3f);
    const base::OfficerId officer(base::Array<16>{1});
    constexpr base::Seconds time = 1'700'000'000;
    const auto line = [&](std::uint64_t number, crypto::AuditEvent event, bool by_officer, bool of_a_case) {
        crypto::AuditEntry entry{.event = event, .day = day, .actor = {}, .object = {}};
        if (by_officer) {
            entry.time = time;
            entry.actor = officer;
        }
        if (of_a_case) entry.subject = pseudonym;
        shown.lines.push_back({number, entry, by_officer ? "ตัวอย่าง นิติกร" : "", false});
    };
    line(4, crypto::AuditEvent::case_opened, true, true);
    line(3, crypto::AuditEvent::follow_up, false, true);
    line(2, crypto::AuditEvent::certificate_added, true, false);
    shown.lines.push_back({1, {}, "", true});
    shown.signatures.push_back({day, "ตัวอย่าง ปลัด", 5120, pseudonym});
    shown.officers = {{officer, "ตัวอย่าง นิติกร"}};
    out.push_back({"audit", render_audit(site, at, auditor, shown, {})});
    const AuditForm wrong{officer.text(), "case_opened", "วันไหน", "31/2/2569", "x",
                          {{"from", "fault.audit.day"}, {"until", "fault.audit.day"}, {"pseudonym", "fault.audit.pseudonym"}}};
    out.push_back({"audit-fault", render_audit(site, at, auditor, shown, wrong, 400)});
    return out;
}

} // namespace pages
