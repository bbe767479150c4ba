#include "web/pages/officer/kept.h"

#include <algorithm>

namespace pages {

namespace {

constexpr std::string_view path_field = "kept_path", prefix = "k.";
constexpr std::size_t longest_name = http::FormLimits{}.name_bytes - prefix.size();

// Passphrases and codes never come back in a page: where a form has some, they are typed again.
bool is_secret(std::string_view name) {
    constexpr std::string_view secrets[] = {"passphrase", "code", "recovery", "invitation", "secret"};
    return std::ranges::any_of(secrets, [&](std::string_view secret) { return name.find(secret) != name.npos; });
}

bool is_kept(std::string_view name) {
    return name.size() <= longest_name && !is_secret(name) && name != "csrf" && name != "door" && name != "step";
}

const OfficerRoute *officer_route(std::string_view path) {
    const auto found = http::find_route(officer_routes(), http::Method::post, path);
    const bool theirs = found && found->route->audience == http::Audience::officer;
    return theirs && path != "/logout" && path != "/login/again" ? found->route : nullptr;
}

// Addresses whose handlers show a form again, as typed, for "step" = "show".
bool shows_again(std::string_view path) { return path.starts_with("/cases/") || path.starts_with("/triage/"); }

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
http::Response show_again(OfficerRequest &page, const http::Request &request, const Kept &kept, const OfficerRoute &route) {
    http::Request again;
    again.method = http::Method::post;
    again.path = kept.path;
    again.lang_query = request.lang_query;
    again.accept_language = request.accept_language;
    again.content_type = "application/x-www-form-urlencoded";
    again.host = request.host;
    add_field(again.body, "csrf", page.session->csrf);
    add_field(again.body, "step", "show");
    for (const auto &field : kept.form.fields())
        add_field(again.body, field.name, field.value);
    http::Captures captures;
    http::matches(route.pattern, again.path, captures);
    return route.handler(page, again, captures);
}

} // namespace

bool is_text(const http::Form::Field &field) {
    return !is_machinery(field.name) && !field.name.starts_with("case_") && !field.value.empty();
}

std::optional<Kept> kept_from(const http::Request &request) {
    if (request.method != http::Method::post || !request.same_origin || !officer_route(request.path)) return std::nullopt;
    const auto form = http::parse_form(request);
    if (!form) return std::nullopt;
    Kept out{request.path, {}};
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

void show_kept(View &view, const std::optional<Kept> &kept) {
    view.list("KEPT");
    if (!kept) return;
    View &shown = view.row("KEPT").set("KEPT_PATH", kept->path).list("KEPT_FIELD").list("TYPED");
    for (const auto &field : kept->form.fields()) {
        shown.row("KEPT_FIELD").set("KEPT_NAME", std::string(prefix) + field.name).set("KEPT_VALUE", field.value);
        if (is_text(field)) shown.row("TYPED").set("TYPED_TEXT", field.value);
    }
}

http::Response render_given_back(const Site &site, Frame frame, const Viewer &viewer, const Kept &kept, bool sendable) {
    frame.path = "/queue";
    frame.title_key = "page.given_back.title";
    frame.languages = Frame::Languages::none; // a link would lose the text
    View view;
    view.set("GIVEN_TEXT", site.text(frame, sendable ? "given_back.text" : "given_back.copy"));
    view.list("SEND").list("TYPED");
    View *send = sendable ? &view.row("SEND").set("FORM_CSRF", viewer.csrf).set("SEND_TO", kept.path).list("SEND_FIELD") : nullptr;
    for (const auto &field : kept.form.fields()) {
        if (send) send->row("SEND_FIELD").set("SEND_NAME", field.name).set("SEND_VALUE", field.value);
        if (is_text(field)) view.row("TYPED").set("TYPED_TEXT", field.value);
    }
    return officer_page(site, "given-back", frame, std::move(view), &viewer);
}

http::Response give_back(OfficerRequest &page, http::Request &request, const Kept &kept) {
    const OfficerRoute *route = officer_route(kept.path);
    const auto texts = [&](bool sendable) {
        return render_given_back(page.site, frame_of(request, ""), viewer_of(*page.session), kept, sendable);
    };
    if (!route || !may_use(*page.session, *route)) return texts(false);
    if (!shows_again(kept.path)) return texts(true);
    auto shown = show_again(page, request, kept, *route);
    return shown.status == 200 ? std::move(shown) : texts(false);
}

} // namespace pages
