#include "web/pages/officer/face.h"

#include "web/http/cookie.h"
#include "web/pages/officer/account.h"
#include "web/pages/officer/access.h"
#include "web/pages/officer/audit.h"
#include "web/pages/officer/case.h"
#include "web/pages/officer/conflict.h"
#include "web/pages/officer/door.h"
#include "web/pages/officer/entry.h"
#include "web/pages/officer/files.h"
#include "web/pages/officer/identity.h"
#include "web/pages/officer/join.h"
#include "web/pages/officer/mail.h"
#include "web/pages/officer/manual.h"
#include "web/pages/officer/officers.h"
#include "web/pages/officer/prints.h"
#include "web/pages/officer/queue.h"
#include "web/pages/officer/register.h"
#include "web/pages/officer/samples.h"
#include "web/pages/officer/settings.h"
#include "web/pages/officer/sign_in.h"
#include "web/pages/officer/triage.h"

namespace pages {

namespace {

using http::Audience;
using http::Captures;
using http::KiB;
using http::Lane;
using http::Method;

http::Response static_file(OfficerRequest &page, http::Request &request, const Captures &) {
    auto file = page.site.files().answer(request.path);
    return file ? std::move(*file) : officer_error_page(page.site, 404, &request, nullptr);
}

// The longest honest form: some 9,000 characters of Thai, three bytes each and every byte percent-encoded.
constexpr std::size_t form_limit = 128 * KiB;
// The same with what a sign-in has of its own, and each field's name longer by a prefix.
constexpr std::size_t kept_limit = form_limit + 8 * KiB;
// A whole form with files, far beyond what a case may have by default: what counts is FileLimits.
constexpr std::size_t files_limit = std::size_t{8} << 30;
// A register in base64, with the other fields of its form.
constexpr std::size_t register_limit = domain::max_register_bytes / 3 * 4 + 4 * KiB;
// A photograph as telephones take them is told that it is too large, and not cut off while it is sent.
constexpr std::size_t picture_limit = std::size_t{64} << 20;
// A case that one is excluded from must not show in the time: neither at its address nor on pages that try every
// case of the agency.
// The list itself only tries what has changed.
constexpr std::chrono::milliseconds list_step{40}, case_step{50}, queue_step{250};
constexpr auto none = OfficerRight::none;
constexpr auto read = OfficerRight::read_cases;
constexpr auto work = OfficerRight::work_cases;
constexpr auto decide = OfficerRight::decide_identity;
constexpr auto change = OfficerRight::change_settings, confirm = OfficerRight::confirm_settings;
constexpr auto accounts = OfficerRight::see_accounts;

constexpr auto routes = std::to_array<OfficerRoute>({
    {Method::get, "/", Audience::anyone, none, 0, Lane::general, &home},
    {Method::get, "/login", Audience::anyone, none, 0, Lane::general, &login_page},
    {Method::post, "/login", Audience::anyone, none, kept_limit, Lane::password, &login},
    {Method::post, "/login/again", Audience::officer, none, kept_limit, Lane::password, &login_again},
    {Method::post, "/logout", Audience::officer, none, 4 * KiB, Lane::general, &logout},
    {Method::get, "/recover", Audience::anyone, none, 0, Lane::general, &recover_page},
    {Method::post, "/recover", Audience::anyone, none, 8 * KiB, Lane::password, &recover_send},
    {Method::get, "/account", Audience::officer, none, 0, Lane::general, &account_page},
    {Method::get, "/account/passphrase", Audience::officer, none, 0, Lane::general, &passphrase_page},
    {Method::post, "/account/passphrase", Audience::officer, none, 8 * KiB, Lane::password, &passphrase_change},
    {Method::get, "/account/recovery", Audience::officer, none, 0, Lane::general, &recovery_page},
    {Method::post, "/account/recovery", Audience::officer, none, 4 * KiB, Lane::general, &recovery_make},
    {Method::get, "/account/second-factor", Audience::officer, none, 0, Lane::general, &second_factor_page},
    {Method::post, "/account/second-factor", Audience::officer, none, 8 * KiB, Lane::password, &second_factor_set},
    {Method::post, "/account/sessions", Audience::officer, none, 4 * KiB, Lane::general, &sessions_end},
    {Method::get, "/account/keys", Audience::officer, none, 0, Lane::general, &keys_page},
    {Method::post, "/account/keys", Audience::officer, none, 4 * KiB, Lane::password, &keys_rotate},
    {Method::get, "/account/mail", Audience::officer, none, 0, Lane::general, &mail_address_page},
    {Method::post, "/account/mail", Audience::officer, none, 4 * KiB, Lane::general, &mail_address_change},
    {Method::get, "/account/mail/saved", Audience::officer, none, 0, Lane::general, &mail_address_done},
    {Method::get, "/manual", Audience::officer, none, 0, Lane::general, &officer_manual},
    {Method::get, "/manual/{version}", Audience::officer, none, 0, Lane::general, &officer_manual_version},
    {Method::get, "/queue", Audience::officer, none, 0, Lane::general, &queue_page, list_step},
    {Method::post, "/queue", Audience::officer, read, 4 * KiB, Lane::general, &queue_search, list_step},
    {Method::get, "/triage/{pile}", Audience::officer, read, 0, Lane::general, &triage_page, queue_step},
    {Method::get, "/triage/{pile}/{page}", Audience::officer, read, 0, Lane::general, &triage_page, queue_step},
    {Method::post, "/triage/{pile}/{page}", Audience::officer, work, 16 * KiB, Lane::general, &triage_sort, queue_step},
    {Method::get, "/entry", Audience::officer, work, 0, Lane::general, &entry_form},
    {Method::post, "/entry", Audience::officer, work, form_limit, Lane::general, &entry_send},
    {Method::post, "/entry/slip", Audience::officer, work, 4 * KiB, Lane::general, &entry_slip},
    {Method::get, "/entry/register", Audience::officer, work, 0, Lane::general, &register_form},
    {Method::post, "/entry/register", Audience::officer, work, picture_limit, Lane::stream, &register_look},
    {Method::get, "/entry/register/template", Audience::officer, work, 0, Lane::general, &register_template},
    {Method::post, "/entry/register/take", Audience::officer, work, register_limit, Lane::general, &register_take},
    {Method::get, "/cases/{id}", Audience::officer, read, 0, Lane::general, &case_page, case_step},
    {Method::get, "/identity", Audience::officer, decide, 0, Lane::general, &identity_page, queue_step},
    {Method::post, "/identity/{request}", Audience::officer, decide, 16 * KiB, Lane::general, &identity_decide, queue_step},
    {Method::get, "/cases/{id}/identity", Audience::officer, work, 0, Lane::general, &case_identity, case_step},
    {Method::post, "/cases/{id}/identity", Audience::officer, work, 16 * KiB, Lane::general, &case_identity_ask, case_step},
    {Method::post, "/cases/{id}/identity/show", Audience::officer, work, 4 * KiB, Lane::general, &case_identity_show, case_step},
    {Method::get, "/cases/{id}/conflict", Audience::officer, work, 0, Lane::general, &case_conflict, case_step},
    {Method::post, "/cases/{id}/conflict", Audience::officer, work, 16 * KiB, Lane::general, &case_conflict_declare, queue_step},
    {Method::get, "/conflict", Audience::officer, work, 0, Lane::general, &conflict_done},
    {Method::get, "/cases/{id}/print", Audience::officer, work, 0, Lane::general, &case_prints, case_step},
    {Method::get, "/cases/{id}/print/{kind}", Audience::officer, work, 0, Lane::general, &case_print, case_step},
    {Method::post, "/cases/{id}/print/{kind}", Audience::officer, work, form_limit, Lane::general, &case_print_make, case_step},
    {Method::post, "/cases/{id}/files", Audience::officer, work, files_limit, Lane::stream, &case_attach, case_step},
    {Method::get, "/cases/{id}/files/{file}", Audience::officer, read, 0, Lane::general, &case_file, case_step},
    {Method::get, "/cases/{id}/files/{file}/view", Audience::officer, read, 0, Lane::stream, &case_file_view, case_step},
    {Method::get, "/cases/{id}/files/{file}/download", Audience::officer, read, 0, Lane::stream, &case_file_download, case_step},
    {Method::post, "/cases/{id}/title", Audience::officer, work, 4 * KiB, Lane::general, &case_name, case_step},
    {Method::post, "/cases/{id}/reply", Audience::officer, work, form_limit, Lane::general, &case_reply, case_step},
    {Method::post, "/cases/{id}/{event}", Audience::officer, work, form_limit, Lane::general, &case_move, case_step},
    {Method::get, "/cases/{id}/{event}", Audience::officer, read, 0, Lane::general, &case_done, case_step},
    {Method::get, "/access", Audience::officer, read, 0, Lane::general, &access_page, queue_step},
    {Method::post, "/access/handover", Audience::officer, work, 4 * KiB, Lane::general, &handover_choose, queue_step},
    {Method::get, "/access/handover/{officer}", Audience::officer, read, 0, Lane::general, &handover_page, queue_step},
    {Method::post, "/access/handover/{officer}", Audience::officer, work, 4 * KiB, Lane::general, &handover_go_on, queue_step},
    {Method::post, "/access/{id}", Audience::officer, work, 4 * KiB, Lane::general, &access_grant, queue_step},
    {Method::get, "/audit", Audience::officer, OfficerRight::read_audit, 0, Lane::general, &audit_page},
    {Method::post, "/audit", Audience::officer, OfficerRight::read_audit, 4 * KiB, Lane::general, &audit_search},
    {Method::get, "/settings", Audience::officer, confirm, 0, Lane::general, &settings_page},
    {Method::get, "/settings/done/{what}", Audience::officer, confirm, 0, Lane::general, &settings_done},
    {Method::post, "/settings/proposal/{act}", Audience::officer, confirm, 4 * KiB, Lane::general, &settings_proposal},
    {Method::post, "/settings/restore", Audience::officer, change, 4 * KiB, Lane::general, &settings_restore},
    {Method::get, "/settings/emblem", Audience::officer, change, 0, Lane::general, &emblem_page},
    {Method::post, "/settings/emblem", Audience::officer, change, picture_limit, Lane::stream, &emblem_send},
    {Method::get, "/settings/emblem/{id}", Audience::officer, confirm, 0, Lane::general, &emblem_view},
    {Method::get, "/settings/mail", Audience::officer, change, 0, Lane::general, &mail_page},
    {Method::post, "/settings/mail", Audience::officer, change, 16 * KiB, Lane::general, &mail_change},
    {Method::post, "/settings/mail/test", Audience::officer, change, 4 * KiB, Lane::general, &mail_test},
    {Method::get, "/settings/mail/{what}", Audience::officer, change, 0, Lane::general, &mail_done},
    {Method::get, "/settings/{part}", Audience::officer, change, 0, Lane::general, &settings_form},
    {Method::post, "/settings/{part}", Audience::officer, change, form_limit, Lane::general, &settings_step},
    {Method::get, "/join", Audience::anyone, none, 0, Lane::general, &join_page},
    {Method::post, "/join", Audience::anyone, none, 4 * KiB, Lane::password, &join_post},
    {Method::get, "/officers", Audience::officer, accounts, 0, Lane::general, &officers_page},
    {Method::get, "/officers/new", Audience::officer, accounts, 0, Lane::general, &officer_new_page},
    {Method::post, "/officers/new", Audience::officer, accounts, 16 * KiB, Lane::general, &officer_new},
    {Method::post, "/officers/seen", Audience::officer, none, 4 * KiB, Lane::general, &officers_seen},
    {Method::get, "/officers/{id}", Audience::officer, accounts, 0, Lane::general, &officer_one_page},
    {Method::post, "/officers/{id}/{act}", Audience::officer, accounts, 16 * KiB, Lane::general, &officer_act},
    {Method::get, "/officers/{id}/{act}", Audience::officer, accounts, 0, Lane::general, &officer_done},
    {Method::get, "/static/{file}", Audience::anyone, none, 0, Lane::general, &static_file},
});
static_assert(http::well_formed(routes));

constexpr std::string_view layout = "layout-officer";
constexpr auto page_files = std::to_array<PageFile>({
    {"login", layout, Sheets::officer},
    {"again", layout, Sheets::officer},
    {"given-back", layout, Sheets::officer},
    {"kept", layout, Sheets::officer},
    {"account", layout, Sheets::officer},
    {"account-passphrase", layout, Sheets::officer},
    {"account-recovery", layout, Sheets::officer},
    {"account-code", layout, Sheets::officer},
    {"account-second-factor", layout, Sheets::officer},
    {"account-keys", layout, Sheets::officer},
    {"account-mail", layout, Sheets::officer},
    {"recover", layout, Sheets::officer},
    {"queue", layout, Sheets::officer},
    {"role", layout, Sheets::officer},
    {"triage", layout, Sheets::officer},
    {"join", layout, Sheets::officer},
    {"officer-manual", layout, Sheets::officer},
    {"officers", layout, Sheets::officer},
    {"officer", layout, Sheets::officer},
    {"officer-new", layout, Sheets::officer},
    {"invitation", layout, Sheets::officer},
    {"register", layout, Sheets::officer},
    {"entry", layout, Sheets::officer},
    {"entered", layout, Sheets::officer},
    {"case", layout, Sheets::officer},
    {"case-file", layout, Sheets::officer},
    {"case-identity", layout, Sheets::officer},
    {"case-conflict", layout, Sheets::officer},
    {"case-prints", layout, Sheets::officer},
    {"case-print", layout, Sheets::officer},
    {"conflict-done", layout, Sheets::officer},
    {"identity", layout, Sheets::officer},
    {"audit", layout, Sheets::officer},
    {"settings", layout, Sheets::officer},
    {"settings-form", layout, Sheets::officer},
    {"settings-emblem", layout, Sheets::officer},
    {"settings-mail", layout, Sheets::officer},
    {"settings-preview", layout, Sheets::officer},
    {"tampered", layout, Sheets::officer},
    {"access", layout, Sheets::officer},
    {"handover", layout, Sheets::officer},
    {"officer-error", layout, Sheets::officer},
});

bool has_right(const domain::Actor &actor, OfficerRight right) {
    switch (right) {
    case OfficerRight::none:
        return true;
    case OfficerRight::read_cases:
        return domain::allows(actor, domain::Action::read_cases);
    case OfficerRight::work_cases:
        return domain::allows(actor, domain::Action::work_cases);
    case OfficerRight::decide_identity:
        return domain::allows(actor, domain::Action::decide_identity);
    case OfficerRight::read_audit:
        return domain::allows(actor, domain::Action::read_audit);
    case OfficerRight::change_settings:
        return domain::allows(actor, domain::Action::change_settings);
    case OfficerRight::confirm_settings:
        return domain::allows(actor, domain::Action::confirm_settings);
    case OfficerRight::see_accounts:
        return usecases::sees_accounts(actor);
    }
    return false;
}

// What stays open to somebody who must first enrol a second factor.
bool leads_to_second_factor(std::string_view path) {
    return path == "/logout" || path == "/login/again" || path.starts_with("/account/second-factor");
}

http::Response answer_at(OfficerRequest &asked, http::Request &request, const http::Match<OfficerRoute> &found) {
    if (const auto cookie = http::cookie(request.cookie, session_cookie)) asked.cookie = *cookie;
    if (found.route->audience == Audience::officer) {
        auto session = usecases::resume(asked.use, asked.cookie);
        const auto code = session ? base::Code::internal : session.error().code;
        if (code == base::Code::storage_failed || code == base::Code::unavailable) // still signed in
            return officer_error(asked.site, 503, &request);
        if (!session) return not_signed_in(asked, request);
        asked.session = std::move(*session);
        if (asked.session->needs_second_factor && !leads_to_second_factor(request.path))
            return see_other("/account/second-factor", frame_of(request, ""));
        const auto to_note = usecases::readers_to_note(asked.use, *asked.session);
        if (!to_note) return officer_error(asked.site, 503, &request);
        asked.session->readers_to_note = *to_note;
        const Viewer viewer = viewer_of(*asked.session);
        if (!has_right(asked.session->actor, found.route->right))
            return officer_error_page(asked.site, 404, &request, &viewer);
    }
    return found.route->handler(asked, request, found.captures);
}

} // namespace

std::span<const OfficerRoute> officer_routes() { return routes; }
std::span<const PageFile> officer_page_files() { return page_files; }

bool may_use(const usecases::OfficerSession &session, const OfficerRoute &route) {
    return has_right(session.actor, route.right) && !session.needs_second_factor;
}

http::Response answer_officer(OfficerPage &page, http::Request &request) {
    const auto found = http::find_route(routes, request.method, request.path);
    if (!found) {
        auto response = officer_error_page(page.site, found.error().status, &request, nullptr);
        response.allow = found.error().allow;
        return response;
    }
    OfficerRequest asked{page.use, page.site, std::nullopt, {}};
    auto response = answer_at(asked, request, *found);
    if (!asked.new_door.empty())
        response.set_cookies.push_back(std::string(door_cookie) + "=" + asked.new_door +
                                       "; Path=/; Secure; HttpOnly; SameSite=Strict");
    return response;
}

std::chrono::milliseconds officer_answer_step(http::Method method, std::string_view path) {
    return http::answer_step(routes, method, path);
}

bool officer_streamed(http::Method method, std::string_view path) { return http::streamed(routes, method, path); }

std::size_t officer_body_limit(http::Method method, std::string_view path) {
    return http::body_limit(routes, method, path);
}

http::Lane officer_lane(http::Method method, std::string_view path) { return http::lane(routes, method, path); }

http::Response officer_error(const Site &site, unsigned status, const http::Request *request) {
    if (request && status == 503)
        if (auto kept = login_kept(site, *request, status)) return std::move(*kept);
    if (request && status >= 500)
        if (auto kept = case_kept(site, *request, status)) return std::move(*kept);
    return officer_error_page(site, status, request, nullptr);
}

std::string check_officer_pages(const Site &site) {
    try {
        for (const Language language : languages)
            for (const OfficerSample &sample : officer_samples(site, language))
                if (sample.answer.body.empty()) return "The page " + sample.name + " is empty.";
    } catch (const std::logic_error &fault) {
        return std::string("A page does not fit its template: ") + fault.what() + ".";
    }
    return {};
}

} // namespace pages
