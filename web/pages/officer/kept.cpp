#include "web/pages/officer/kept.h"

#include "web/http/multipart.h"

#include <algorithm>
#include <array>

namespace pages {

namespace {

constexpr std::string_view path_field = "kept_path", prefix = "k.";
constexpr std::size_t longest_name = http::FormLimits{}.name_bytes - prefix.size();

// Passphrases and codes never come back in a page: where a form has some, they are typed again. A register is too large to go along.
bool is_secret(std::string_view name) {
    constexpr std::string_view secrets[] = {"passphrase", "code", "recovery", "invitation", "secret", "register_file"};
    return std::ranges::any_of(secrets, [&](std::string_view secret) { return name.find(secret) != name.npos; });
}

bool is_kept(std::string_view name) {
    return name.size() <= longest_name && !is_secret(name) && name != "csrf" && name != "door" && name != "step";
}

// How a form comes back.
struct Way {
    std::string_view pattern;
    std::string_view title; // catalogue key: what the act is
    std::string_view form;  // its id on the page that its handler shows for `step`; one that ends in "-" goes on with the last
                            // segment of the address. Empty: a form without any text, offered on `page`
    std::string_view page;  // one that ends in "/" goes on with what the address names
    std::string_view step = "show";
};
constexpr auto ways = std::to_array<Way>({
    {"/entry", "page.entry.title", "form-entry", ""},
    {"/entry/register", "page.register.title", "", "/entry/register"},
    {"/entry/register/take", "page.register.title", "", "/entry/register"},
    {"/entry/slip", "page.entered.title", "", "/queue"},
    {"/cases/{id}/identity/show", "page.identity.case", "form-show", ""},
    {"/cases/{id}/conflict", "page.conflict.title", "form-conflict", ""},
    {"/cases/{id}/print/{kind}", "page.print.title", "form-print", ""},
    {"/cases/{id}/files", "files.attach.title", "", "/cases/"}, // chosen files cannot be kept
    {"/cases/{id}/{event}", "page.case.title", "form-", ""},
    {"/triage/{pile}/{page}", "page.triage.title", "triage", ""},
    {"/identity/{request}", "page.identity.waiting", "form-", ""},
    {"/officers/new", "page.officer_new.title", "account", ""},
    {"/officers/seen", "roster.confirm", "", "/queue"},
    {"/officers/{id}/withdraw", "officers.withdraw", "proposed", ""},
    {"/officers/{id}/{act}", "page.officer.title", "form-", ""},
    {"/settings/proposal/confirm", "settings.proposal.confirm", "", "/settings"},
    {"/settings/proposal/withdraw", "settings.proposal.withdraw", "", "/settings"},
    {"/settings/restore", "settings.restore", "", "/settings"},
    {"/settings/mail", "page.mail.title", "settings-mail", "", "edit"},
    {"/settings/mail/test", "mail.test.title", "", "/settings/mail"},
    {"/settings/{part}", "page.settings.title", "settings", "", "edit"},
    {"/account/mail", "account.mail", "", "/account/mail"},
    {"/account/passphrase", "account.passphrase", "", "/account/passphrase"},
    {"/account/recovery", "account.recovery", "", "/account/recovery"},
    {"/account/second-factor", "account.second_factor", "", "/account/second-factor"},
    {"/account/sessions", "account.sessions", "", "/account"},
    {"/account/keys", "account.keys", "", "/account/keys"},
    {"/access/handover", "page.handover.title", "", "/access"},
    {"/access/handover/{officer}", "page.handover.title", "", "/access/handover/"},
    {"/access/{id}", "page.access.title", "", "/access"},
    {"/audit", "page.audit.title", "", "/audit"},
    {"/queue", "page.queue.title", "search", ""},
});

const Way *way_of(std::string_view path, http::Captures &captures) {
    const auto found = std::ranges::find_if(ways, [&](const Way &way) { return http::matches(way.pattern, path, captures); });
    return found == ways.end() ? nullptr : &*found;
}

const OfficerRoute *officer_route(std::string_view path) {
    http::Captures captures;
    const auto found = http::find_route(officer_routes(), http::Method::post, path);
    const bool theirs = found && found->route->audience == http::Audience::officer;
    return theirs && way_of(path, captures) ? found->route : nullptr;
}

// Choices, boxes and what they stand for: everything else that is not a token somebody typed.
bool is_text(const http::Form::Field &field) {
    constexpr std::string_view chosen[] = {"post", "capacity", "reading", "custody", "vouching", "which", "appointment", "shown",
                                           "decision", "officer", "successor", "proposal", "restored", "kind", "event", "turn", "conflict_who",
                                           "mail_on", "mail_tls", "mail_hour", "format", "excluded", "anonymous", "conceal", "subject_unknown",
                                           "wants_receipt", "others_meant"};
    constexpr std::string_view families[] = {"case_", "understood_", "category_place_", "category_shown_", "channel_place_", "channel_shown_"};
    const auto is_choice = [&](const domain::FieldRule &rule) {
        using enum domain::FieldType;
        const bool typed = rule.type == line || rule.type == text || rule.type == lines || rule.type == date ||
                           rule.type == case_number || (rule.type == per_allegation && rule.choices.empty());
        const bool each = rule.type == per_allegation && field.name.starts_with(std::string(rule.name) + "_");
        return !typed && (each || field.name == rule.name);
    };
    return !field.value.empty() && !is_machinery(field.name) && std::ranges::find(chosen, field.name) == std::end(chosen) &&
           std::ranges::none_of(families, [&](std::string_view family) { return field.name.starts_with(family); }) &&
           std::ranges::none_of(domain::transitions(),
                                [&](const auto &move) { return std::ranges::any_of(move.fields, is_choice); });
}

// The label that the field has on its page, "category_th_other" by its family; empty where the page has none.
std::string label_of(const Site &site, const Frame &frame, std::string_view name) {
    if (name == "message") name = "reply_text";
    if (name == "name") name = "officer_name";
    for (;; name = name.substr(0, name.rfind('_'))) {
        for (const std::string_view family : {"field.", "audit."})
            if (const std::string key = std::string(family) + std::string(name) + ".label";
                site.catalogue().has(frame.language, key))
                return site.text(frame, key);
        if (name.find('_') == name.npos) return {};
    }
}

void add_field(std::string &body, std::string_view name, std::string_view value) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto encode = [&](std::string_view text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
                body += c;
            } else {
                body += '%';
                body += hex[byte >> 4];
                body += hex[byte & 15];
            }
        }
    };
    if (!body.empty()) body += '&';
    encode(name);
    body += '=';
    encode(value);
}

// The same request again, in the session that there is now, asking to be shown only.
http::Response show_again(OfficerRequest &page, const http::Request &request, const Kept &kept, const OfficerRoute &route,
                          const Way &way) {
    http::Request again;
    again.method = http::Method::post;
    again.path = kept.path;
    again.lang_query = request.lang_query;
    again.accept_language = request.accept_language;
    again.content_type = "application/x-www-form-urlencoded";
    again.host = request.host;
    again.given_back = way.form;
    if (way.form.ends_with('-')) again.given_back += kept.path.substr(kept.path.rfind('/') + 1);
    add_field(again.body, "csrf", page.session->csrf);
    add_field(again.body, "step", way.step);
    for (const auto &field : kept.form.fields())
        add_field(again.body, field.name, field.value);
    http::Captures captures;
    http::matches(route.pattern, again.path, captures);
    return route.handler(page, again, captures);
}

} // namespace

std::optional<Kept> kept_from(const http::Request &request) {
    if (request.method != http::Method::post || !request.same_origin || !officer_route(request.path)) return std::nullopt;
    Kept out{request.path, {}};
    if (http::multipart_boundary(request.content_type)) return out; // with files, which are not read here
    const auto form = http::parse_form(request);
    if (!form) return std::nullopt;
    for (const auto &field : form->fields())
        if (is_kept(field.name)) out.form.add(field.name, field.value);
    return out;
}

std::optional<Kept> kept_with(const http::Request &request, const http::Form &sign_in) {
    const auto path = sign_in.get(path_field);
    if (path.empty() || !request.same_origin || !officer_route(path)) return std::nullopt;
    Kept out{std::string(path), {}};
    for (const auto &field : sign_in.fields())
        if (field.name.starts_with(prefix) && is_kept(std::string_view(field.name).substr(prefix.size())))
            out.form.add(field.name.substr(prefix.size()), field.value);
    return out;
}

void show_typed(View &view, const Site &site, const Frame &frame, const http::Form &form) {
    view.list("TEXTS");
    if (std::ranges::none_of(form.fields(), is_text)) return;
    View &texts = view.row("TEXTS").list("TYPED");
    for (const auto &field : form.fields()) {
        if (!is_text(field)) continue;
        View &row = texts.row("TYPED").set("TYPED_TEXT", field.value).list("TYPED_LABEL");
        if (const auto label = label_of(site, frame, field.name); !label.empty()) row.row("TYPED_LABEL").set("LABEL", label);
    }
}

void show_kept(View &view, const Site &site, const Frame &frame, const std::optional<Kept> &kept) {
    view.list("KEPT");
    if (!kept) return;
    View &shown = view.row("KEPT").set("KEPT_PATH", kept->path).list("KEPT_FIELD");
    for (const auto &field : kept->form.fields())
        shown.row("KEPT_FIELD").set("KEPT_NAME", std::string(prefix) + field.name).set("KEPT_VALUE", field.value);
    show_typed(shown, site, frame, kept->form);
}

http::Response render_given_back(const Site &site, Frame frame, const Viewer &viewer, const Kept &kept, bool allowed) {
    http::Captures captures;
    const Way &way = *way_of(kept.path, captures);
    frame.path = "/queue";
    frame.title_key = "page.given_back.title";
    frame.languages = Frame::Languages::none; // a link would lose the text
    View view;
    view.set("ACT", site.text(frame, way.title)).set("GIVEN_TEXT", site.text(frame, allowed ? "given_back.text" : "given_back.copy"));
    view.list("OFFERED");
    if (allowed) {
        std::string offered(way.page);
        if (offered.ends_with('/')) offered += captures[0];
        view.row("OFFERED").set("OFFERED_URL", offered);
    }
    show_typed(view, site, frame, kept.form);
    return officer_page(site, "given-back", frame, std::move(view), &viewer);
}

http::Response give_back(OfficerRequest &page, http::Request &request, const Kept &kept) {
    http::Captures captures;
    const OfficerRoute *route = officer_route(kept.path);
    const Way *way = way_of(kept.path, captures);
    const auto named = [&](bool allowed) {
        return render_given_back(page.site, frame_of(request, ""), viewer_of(*page.session), kept, allowed);
    };
    if (!route || !may_use(*page.session, *route)) return named(false);
    if (way->form.empty()) return named(true);
    auto shown = show_again(page, request, kept, *route, *way);
    return shown.status == 200 ? std::move(shown) : named(false);
}

} // namespace pages
