#include "web/pages/officer/sign_in.h"

#include "crypto/officer/known_browser.h"
#include "web/http/cookie.h"

namespace pages {

namespace {

enum class Lasts { window, known_browser, ended };

std::string cookie_field(std::string_view name, std::string_view value, Lasts lasts) {
    std::string out = std::string(name) + "=" + std::string(value) + "; Path=/; Secure; HttpOnly; SameSite=Strict";
    if (lasts == Lasts::known_browser)
        out += "; Max-Age=" + std::to_string(crypto::known_browser_days * 24 * 3600);
    else if (lasts == Lasts::ended)
        out += "; Max-Age=0";
    return out;
}

} // namespace

http::Response render_login(const Site &site, Frame frame, std::string_view login, LoginSays says, unsigned status) {
    frame.path = "/login";
    frame.title_key = "page.login.title";
    frame.faulty = says == LoginSays::wrong;
    View view;
    view.set("LOGIN", std::string(login));
    view.list("FAULT").list("NOTICE");
    if (says == LoginSays::wrong)
        view.row("FAULT")
            .set("FAULT_TITLE", site.text(frame, "errors.title"))
            .set("FAULT_TEXT", site.text(frame, "login.wrong"));
    else if (says != LoginSays::nothing)
        view.row("NOTICE").set("NOTICE_TEXT", site.text(frame, says == LoginSays::busy    ? "login.busy"
                                                               : says == LoginSays::ended ? "login.ended"
                                                                                          : "login.expired"));
    return officer_page(site, "login", frame, std::move(view), nullptr, status);
}

http::Response render_typed(const Site &site, Frame frame, const http::Form &typed, unsigned status) {
    const bool expired = status == 403;
    frame.path = "/login";
    frame.title_key = expired ? "page.expired.title" : status == 503 ? "page.error.503" : "page.error.500";
    View view;
    view.set("KEPT_TITLE", site.text(frame, frame.title_key));
    view.set("KEPT_SENTENCE", site.text(frame, expired ? "expired.text" : "kept.text"));
    view.show("EXPIRED", expired).list("TYPED");
    for (const auto &field : typed.fields())
        if (!is_machinery(field.name) && !field.value.empty())
            view.row("TYPED").set("TYPED_TEXT", field.value);
    return officer_page(site, "kept", frame, std::move(view), nullptr, status);
}

std::optional<http::Response> case_kept(const Site &site, const http::Request &request, unsigned status) {
    if (request.method != http::Method::post || !request.path.starts_with("/cases/")) return std::nullopt;
    const auto form = http::parse_form(request);
    if (!form || form->fields().empty()) return std::nullopt;
    return render_typed(site, frame_of(request, ""), *form, status);
}

std::optional<http::Response> login_kept(const Site &site, const http::Request &request, unsigned status) {
    if (request.method != http::Method::post || request.path != "/login") return std::nullopt;
    const auto form = http::parse_form(request);
    if (!form) return std::nullopt;
    return render_login(site, frame_of(request, ""), form->get("login"), LoginSays::busy, status);
}

std::optional<base::OfficerId> known_officer(const crypto::InstanceKeys &keys, base::Day today, const http::Request &request) {
    const auto token = http::cookie(request.cookie, known_cookie);
    if (!token) return std::nullopt;
    const auto officer = crypto::known_officer(keys, *token, today);
    return officer ? std::optional(*officer) : std::nullopt;
}

http::Response not_signed_in(const Site &site, const http::Request &request, bool had_session) {
    const Frame frame = frame_of(request, "");
    if (auto kept = case_kept(site, request, 403)) return std::move(*kept);
    // Without a cookie, every address that needs one leads to the login: it does not say which of them exist.
    if (!had_session && request.method != http::Method::post) return see_other("/login", frame);
    return render_login(site, frame, "", had_session ? LoginSays::expired : LoginSays::nothing, 403);
}

http::Response ask_to_sign_in_again(OfficerRequest &page, const http::Request &request) {
    return not_signed_in(page.site, request, true);
}

http::Response login_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_login(page.site, frame_of(request, ""), "", LoginSays::nothing);
}

http::Response login(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "");
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, nullptr);
    const auto name = form->get("login");
    // There is no session yet whose token could be asked for; a foreign page must not sign somebody in.
    if (!request.same_origin) return render_login(page.site, frame, name, LoginSays::nothing, 403);
    const auto done = usecases::sign_in(page.use, name, form->get("passphrase"));
    if (!done) {
        const bool busy = done.error() == usecases::SignInRefused::busy;
        return render_login(page.site, frame, name, busy ? LoginSays::busy : LoginSays::wrong, busy ? 503 : 403);
    }
    if (!page.cookie.empty()) usecases::sign_out(page.use, page.cookie);
    auto response = see_other("/queue", frame);
    response.set_cookies.push_back(cookie_field(session_cookie, done->cookie, Lasts::window));
    response.set_cookies.push_back(cookie_field(known_cookie, done->known_browser, Lasts::known_browser));
    return response;
}

http::Response logout(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = http::parse_form(request);
    const Viewer viewer = viewer_of(*page.session);
    if (!form || !request.same_origin || !usecases::csrf_is_right(page.use, page.cookie, form->get("csrf")))
        return officer_error_page(page.site, 400, &request, &viewer);
    usecases::sign_out(page.use, page.cookie);
    auto response = render_login(page.site, frame_of(request, ""), "", LoginSays::ended);
    response.set_cookies.push_back(cookie_field(session_cookie, "", Lasts::ended)); // the browser stays known
    return response;
}

} // namespace pages
