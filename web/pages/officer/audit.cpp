#include "web/pages/officer/audit.h"

#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using crypto::AuditEvent;
using MayRead = domain::Permitted<domain::Action::read_audit>;

struct Event {
    AuditEvent event;
    std::string_view id; // catalogue key "audit.event.<id>", and the value of the form
};
constexpr auto events = std::to_array<Event>({
    {AuditEvent::instance_created, "instance_created"},
    {AuditEvent::certificate_added, "certificate_added"},
    {AuditEvent::certificate_revoked, "certificate_revoked"},
    {AuditEvent::appointment_added, "appointment_added"},
    {AuditEvent::appointment_ended, "appointment_ended"},
    {AuditEvent::account_proposed, "account_proposed"},
    {AuditEvent::account_disabled, "account_disabled"},
    {AuditEvent::account_enabled, "account_enabled"},
    {AuditEvent::settings_changed, "settings_changed"},
    {AuditEvent::officer_signed_in, "officer_signed_in"},
    {AuditEvent::officer_signed_out, "officer_signed_out"},
    {AuditEvent::head_countersigned, "head_countersigned"},
    {AuditEvent::keys_made, "keys_made"},
    {AuditEvent::passphrase_changed, "passphrase_changed"},
    {AuditEvent::second_factor_changed, "second_factor_changed"},
    {AuditEvent::recovery_used, "recovery_used"},
    {AuditEvent::session_ended, "session_ended"},
    {AuditEvent::recovery_made, "recovery_made"},
    {AuditEvent::settings_proposed, "settings_proposed"},
    {AuditEvent::settings_withdrawn, "settings_withdrawn"},
    {AuditEvent::register_imported, "register_imported"},
    {AuditEvent::mail_settings_changed, "mail_settings_changed"},
    {AuditEvent::mail_address_changed, "mail_address_changed"},
    {AuditEvent::case_filed, "case_filed"},
    {AuditEvent::case_entered, "case_entered"},
    {AuditEvent::follow_up, "follow_up"},
    {AuditEvent::file_added, "file_added"},
    {AuditEvent::case_opened, "case_opened"},
    {AuditEvent::case_moved, "case_moved"},
    {AuditEvent::reply_sent, "reply_sent"},
    {AuditEvent::slot_granted, "slot_granted"},
    {AuditEvent::epoch_begun, "epoch_begun"},
    {AuditEvent::access_recorded, "access_recorded"},
    {AuditEvent::identity_requested, "identity_requested"},
    {AuditEvent::identity_granted, "identity_granted"},
    {AuditEvent::identity_refused, "identity_refused"},
    {AuditEvent::identity_shown, "identity_shown"},
    {AuditEvent::cases_handed_over, "cases_handed_over"},
    {AuditEvent::file_attached, "file_attached"},
    {AuditEvent::file_opened, "file_opened"},
    {AuditEvent::case_printed, "case_printed"},
    {AuditEvent::title_given, "title_given"},
});

std::string event_name(const Site &site, const Frame &frame, std::string_view id) {
    return site.text(frame, "audit.event." + std::string(id));
}

std::string event_name(const Site &site, const Frame &frame, AuditEvent event) {
    const auto found = std::ranges::find(events, event, &Event::event);
    return found == events.end() ? site.text(frame, "audit.malformed") : event_name(site, frame, found->id);
}

void show_line(View &view, const Site &site, const Frame &frame, const usecases::AuditLine &line) {
    const auto &catalogue = site.catalogue();
    const std::string pseudonym = line.entry.subject == base::Array<32>{} ? "" : base::hex(line.entry.subject);
    View &row = view.row("LINE");
    row.set("SEQUENCE", std::to_string(line.sequence))
        .set("WHEN", line.entry.time != 0 ? long_time(catalogue, frame.language, line.entry.time)
                                          : long_date(catalogue, frame.language, line.entry.day))
        .set("WHO", line.officer.empty() ? site.text(frame, "audit.nobody") : line.officer)
        .set("WHAT", line.malformed ? site.text(frame, "audit.malformed") : event_name(site, frame, line.entry.event))
        .show("NO_CASE", pseudonym.empty());
    row.list("CASE");
    if (!pseudonym.empty()) row.row("CASE").set("CASE_SHORT", pseudonym.substr(0, 8)).set("CASE_FULL", pseudonym);
}

void show_choices(View &view, const Site &site, const Frame &frame, const usecases::AuditPage &shown, const AuditForm &form) {
    view.list("OFFICER_CHOICE").list("EVENT_CHOICE");
    for (const auto &[id, name] : shown.officers)
        view.row("OFFICER_CHOICE").set("ID", id.text()).set("NAME", name).show("CHOSEN", form.officer == id.text());
    for (const Event &event : events)
        view.row("EVENT_CHOICE")
            .set("ID", std::string(event.id))
            .set("NAME", event_name(site, frame, event.id))
            .show("CHOSEN", form.event == event.id);
    view.set("FROM", form.from).set("UNTIL", form.until).set("PSEUDONYM", form.pseudonym);
}

AuditForm typed(const http::Form &form) {
    const auto text = [&](std::string_view name) { return std::string(form.get(name)); };
    return {text("officer"), text("event"), text("from"), text("until"), text("pseudonym"), {}};
}

usecases::AuditFilter filter_of(AuditForm &form) {
    usecases::AuditFilter out;
    if (!form.officer.empty()) out.officer = base::OfficerId::from_text(form.officer);
    if (const auto found = std::ranges::find(events, form.event, &Event::id); found != events.end()) out.event = found->event;
    const auto day = [&](std::string_view field, const std::string &value) -> std::optional<base::Day> {
        if (value.empty()) return std::nullopt;
        const auto parsed = domain::typed_day(value);
        if (!parsed) form.faults.push_back({std::string(field), "fault.audit.day"});
        return parsed;
    };
    out.from = day("from", form.from);
    out.until = day("until", form.until);
    for (const char c : form.pseudonym)
        if (c != ' ') out.pseudonym.push_back(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    if (out.pseudonym.size() > 64 || out.pseudonym.find_first_not_of("0123456789abcdef") != std::string::npos) {
        form.faults.push_back({"pseudonym", "fault.audit.pseudonym"});
        out.pseudonym.clear();
    }
    return out;
}

std::uint64_t number_from(std::string_view text) {
    std::uint64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

// "older.5121": where the page begins that the button asks for.
std::pair<usecases::AuditTurn, std::uint64_t> turn_from(std::string_view value) {
    if (value.starts_with("older.")) return {usecases::AuditTurn::older, number_from(value.substr(6))};
    if (value.starts_with("newer.")) return {usecases::AuditTurn::newer, number_from(value.substr(6))};
    return {usecases::AuditTurn::newest, 0};
}

} // namespace

http::Response render_audit(const Site &site, Frame frame, const Viewer &viewer, const usecases::AuditPage &shown,
                            const AuditForm &form, unsigned status) {
    frame.faulty = !form.faults.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"audit", "turn", "newest", "newest"};
    const auto &catalogue = site.catalogue();
    View view;
    constexpr std::string_view fields[] = {"from", "until", "pseudonym"};
    show_faults(view, site, frame, form.faults, fields);
    show_choices(view, site, frame, shown, form);
    view.set("CSRF", viewer.csrf)
        .set("COUNT_TEXT", catalogue.text(frame.language, "audit.count",
                                          {{"COUNT", std::to_string(shown.entries)}, {"WAITING", std::to_string(shown.waiting)}}));
    view.show("NOTHING", shown.lines.empty());
    view.list("LINES").list("OLDER").list("NEWER").list("SIGNATURES");
    if (!shown.lines.empty()) {
        View &table = view.row("LINES").list("LINE");
        for (const usecases::AuditLine &line : shown.lines)
            show_line(table, site, frame, line);
    }
    if (shown.older) view.row("OLDER").set("OLDER_AT", std::to_string(shown.below));
    if (shown.newer) view.row("NEWER").set("NEWER_AT", std::to_string(shown.above));
    if (!shown.signatures.empty()) {
        View &table = view.row("SIGNATURES").list("SIGNED");
        for (const usecases::AuditSigned &one : shown.signatures)
            table.row("SIGNED")
                .set("SIGNED_ON", long_date(catalogue, frame.language, one.day))
                .set("SIGNED_BY", one.officer)
                .set("SIGNED_UP_TO", std::to_string(one.sequence))
                .set("SIGNED_HEAD", base::hex(one.head));
    }
    return officer_page(site, "audit", frame, std::move(view), &viewer, status);
}

http::Response audit_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::audit_page(*permitted, page.use, {}, usecases::AuditTurn::newest, 0);
    if (!shown) return officer_error_page(page.site, 503, &request, &viewer);
    return render_audit(page.site, frame_of(request, "page.audit.title"), viewer, *shown, {});
}

http::Response audit_search(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayRead::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto sent = http::parse_form(request);
    if (!sent) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *sent)) return officer_error_page(page.site, 403, &request, &viewer);
    AuditForm form = typed(*sent);
    const auto filter = filter_of(form);
    const auto [turn, at] = turn_from(sent->get("turn"));
    const auto shown = usecases::audit_page(*permitted, page.use, filter, turn, at);
    if (!shown) return officer_error_page(page.site, 503, &request, &viewer);
    const unsigned status = form.faults.empty() ? 200 : 400;
    return render_audit(page.site, frame_of(request, "page.audit.title"), viewer, *shown, form, status);
}

} // namespace pages
