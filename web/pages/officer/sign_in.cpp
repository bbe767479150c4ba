#include "web/pages/officer/sign_in.h"

#include "crypto/officer/known_browser.h"
#include "web/http/cookie.h"
#include "web/http/multipart.h"
#include "web/pages/officer/door.h"

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

std::string_view key_of(LoginSays says) {
    switch (says) {
    case LoginSays::busy: return "login.busy";
    case LoginSays::ended: return "login.ended";
    case LoginSays::expired: return "login.expired";
    case LoginSays::kept: return "expired.text";
    case LoginSays::files: return "login.files";
    case LoginSays::stale: return "login.stale";
    case LoginSays::nothing:
    case LoginSays::wrong: break;
    }
    return "";
}

void show_says(View &view, const Site &site, const Frame &frame, LoginSays says, std::string_view wrong_key) {
    view.list("FAULT").list("NOTICE");
    if (says == LoginSays::wrong)
        view.row("FAULT")
            .set("FAULT_TITLE", site.text(frame, "errors.title"))
            .set("FAULT_TEXT", site.text(frame, wrong_key));
    else if (says != LoginSays::nothing)
        view.row("NOTICE").set("NOTICE_TEXT", site.text(frame, key_of(says)));
}

// What came along must not be lost with a change of language.
void switch_with_form(Frame &frame, std::string form) {
    frame.languages = Frame::Languages::form;
    frame.again = {std::move(form), "step", "show", "do"};
}

LoginSays says_of(usecases::SignInRefused refused) {
    return refused == usecases::SignInRefused::busy ? LoginSays::busy : LoginSays::wrong;
}
unsigned status_of(usecases::SignInRefused refused) { return refused == usecases::SignInRefused::busy ? 503 : 403; }

// Signed in as somebody: the text that was being written, in this session.
http::Response give_back_in(OfficerRequest &page, http::Request &request, const usecases::SignedIn &done, const Kept &kept) {
    auto session = usecases::resume(page.use, done.cookie);
    if (!session) return render_typed(page.site, frame_of(request, ""), kept.form, 503);
    page.session = std::move(*session);
    page.cookie = done.cookie;
    return give_back(page, request, kept);
}

} // namespace

std::string session_cookie_field(std::string_view value) { return cookie_field(session_cookie, value, Lasts::window); }

http::Response render_login(const Site &site, Frame frame, const LoginForm &form, unsigned status) {
    frame.path = "/login";
    frame.title_key = form.says == LoginSays::kept || form.says == LoginSays::files ? "page.expired.title" : "page.login.title";
    frame.faulty = form.says == LoginSays::wrong;
    if (form.kept) switch_with_form(frame, "sign-in");
    View view;
    view.set("LOGIN", form.login).set("DOOR", form.door);
    show_says(view, site, frame, form.says, "login.wrong");
    show_kept(view, site, frame, form.kept);
    return officer_page(site, "login", frame, std::move(view), nullptr, status);
}

http::Response render_again(const Site &site, Frame frame, const Viewer &viewer, LoginSays says,
                            const std::optional<Kept> &kept, unsigned status) {
    frame.path = "/login/again";
    frame.title_key = "page.again.title";
    frame.faulty = says == LoginSays::wrong;
    switch_with_form(frame, "sign-in-again");
    View view;
    view.set("FORM_CSRF", viewer.csrf);
    show_says(view, site, frame, says, "again.wrong");
    show_kept(view, site, frame, kept);
    return officer_page(site, "again", frame, std::move(view), &viewer, status);
}

http::Response render_typed(const Site &site, Frame frame, const http::Form &typed, unsigned status) {
    frame.path = "/login";
    frame.title_key = status == 503 ? "page.error.503" : "page.error.500";
    View view;
    view.set("KEPT_TITLE", site.text(frame, frame.title_key));
    show_typed(view, site, frame, typed);
    return officer_page(site, "kept", frame, std::move(view), nullptr, status);
}

std::optional<http::Response> case_kept(const Site &site, const http::Request &request, unsigned status) {
    std::optional<Kept> kept;
    if (request.path.starts_with("/cases/"))
        kept = kept_from(request);
    else if (request.method == http::Method::post && request.path == "/login/again")
        if (const auto form = http::parse_form(request)) kept = kept_with(request, *form);
    if (!kept || kept->form.fields().empty()) return std::nullopt;
    return render_typed(site, frame_of(request, ""), kept->form, status);
}

std::optional<http::Response> login_kept(const Site &site, const http::Request &request, unsigned status) {
    if (request.method != http::Method::post || request.path != "/login") return std::nullopt;
    const auto form = http::parse_form(request);
    if (!form) return std::nullopt;
    const LoginForm typed{LoginSays::busy, std::string(form->get("login")), std::string(form->get("door")), kept_with(request, *form)};
    return render_login(site, frame_of(request, ""), typed, status);
}

std::optional<base::OfficerId> known_officer(const crypto::InstanceKeys &keys, base::Day today, const http::Request &request) {
    const auto token = http::cookie(request.cookie, known_cookie);
    if (!token) return std::nullopt;
    const auto officer = crypto::known_officer(keys, *token, today);
    return officer ? std::optional(*officer) : std::nullopt;
}

http::Response not_signed_in(OfficerRequest &page, const http::Request &request) {
    const Frame frame = frame_of(request, "");
    auto kept = kept_from(request);
    if (kept && http::multipart_boundary(request.content_type))
        return render_login(page.site, frame, {LoginSays::files, "", door_field(page, request), std::move(kept)}, 403);
    if (kept && !kept->form.fields().empty())
        return render_login(page.site, frame, {LoginSays::kept, "", door_field(page, request), std::move(kept)}, 403);
    // Without a cookie, every address that needs one leads to the login: it does not say which of them exist.
    const bool had_session = !page.cookie.empty();
    if (!had_session && request.method != http::Method::post) return see_other("/login", frame);
    const auto says = had_session ? LoginSays::expired : LoginSays::nothing;
    return render_login(page.site, frame, {says, "", door_field(page, request), std::nullopt}, 403);
}

http::Response ask_to_sign_in_again(OfficerRequest &page, const http::Request &request) {
    return render_again(page.site, frame_of(request, ""), viewer_of(*page.session), LoginSays::nothing, kept_from(request));
}

http::Response login_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_login(page.site, frame_of(request, ""), {LoginSays::nothing, "", door_field(page, request), std::nullopt});
}

http::Response login(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "");
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, nullptr);
    LoginForm typed{LoginSays::nothing, std::string(form->get("login")), door_field(page, request), kept_with(request, *form)};
    const auto refused = [&](LoginSays says, unsigned status) {
        typed.says = says;
        return render_login(page.site, frame, typed, status);
    };
    // There is no session yet whose token could be asked for; a foreign page must not sign somebody in.
    if (!door_is_right(page, request, *form)) return refused(LoginSays::stale, 403);
    if (form->get("step") == "show") return refused(typed.kept ? LoginSays::kept : LoginSays::nothing, 200);
    const auto done = usecases::sign_in(page.use, typed.login, form->get("passphrase"), form->get("code"));
    if (!done) return refused(says_of(done.error()), status_of(done.error()));
    if (!page.cookie.empty()) usecases::sign_out(page.use, page.cookie);
    auto response = typed.kept ? give_back_in(page, request, *done, *typed.kept) : see_other("/queue", frame);
    response.set_cookies.push_back(session_cookie_field(done->cookie));
    response.set_cookies.push_back(cookie_field(known_cookie, done->known_browser, Lasts::known_browser));
    return response;
}

http::Response login_again(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "");
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    const auto kept = kept_with(request, *form);
    if (!is_ours(page, request, *form)) return render_again(page.site, frame, viewer, LoginSays::stale, kept, 403);
    if (form->get("step") == "show") return render_again(page.site, frame, viewer, LoginSays::nothing, kept, 200);
    const auto done = usecases::sign_in_again(page.use, *page.session, form->get("passphrase"), form->get("code"));
    if (!done) return render_again(page.site, frame, viewer, says_of(done.error()), kept, status_of(done.error()));
    page.session->proven = page.use.clock.now();
    return kept ? give_back(page, request, *kept) : see_other("/queue", frame);
}

http::Response logout(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = http::parse_form(request);
    const Viewer viewer = viewer_of(*page.session);
    if (!form || !request.same_origin || !usecases::csrf_is_right(page.use, page.cookie, form->get("csrf")))
        return officer_error_page(page.site, 400, &request, &viewer);
    usecases::sign_out(page.use, page.cookie);
    auto response =
        render_login(page.site, frame_of(request, ""), {LoginSays::ended, "", door_field(page, request), std::nullopt});
    response.set_cookies.push_back(cookie_field(session_cookie, "", Lasts::ended)); // the browser stays known
    return response;
}

} // namespace pages
