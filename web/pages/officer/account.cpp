#include "web/pages/officer/account.h"

#include "service/usecases/officer/rotation.h"
#include "web/pages/officer/door.h"
#include "web/pages/officer/mail.h"
#include "web/pages/officer/new_passphrase.h"
#include "web/pages/officer/sign_in.h"

namespace pages {

namespace {

using usecases::AccountRefused;
using usecases::RecentlySignedIn;

// The form of one of our own pages; nothing: the answer to give instead.
std::optional<http::Form> own_form(OfficerRequest &page, http::Request &request) {
    auto form = http::parse_form(request);
    if (!form || !is_ours(page, request, *form)) return std::nullopt;
    return std::move(*form);
}

http::Response not_ours(OfficerRequest &page, http::Request &request) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, 400, &request, &viewer);
}

http::Response failed(OfficerRequest &page, http::Request &request) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, 503, &request, &viewer);
}

// What a use case refused, beside the field that is to blame.
domain::Fault fault_of(AccountRefused why, std::string field) {
    switch (why) {
    case AccountRefused::wrong: return {std::move(field), "fault.account.wrong"};
    case AccountRefused::weak: return {std::move(field), "fault.passphrase.name"};
    case AccountRefused::changed: return {std::move(field), "fault.account.changed"};
    case AccountRefused::not_now: return {std::move(field), "fault.account.not_now"};
    case AccountRefused::busy: return {std::move(field), "fault.account.busy"};
    }
    return {std::move(field), "fault.account.busy"};
}
unsigned status_of(AccountRefused why) {
    switch (why) {
    case AccountRefused::wrong: return 403;
    case AccountRefused::weak: return 400;
    case AccountRefused::changed:
    case AccountRefused::not_now: return 409;
    case AccountRefused::busy: return 503;
    }
    return 503;
}

http::Response show_account(OfficerRequest &page, http::Request &request, std::string notice) {
    const auto row = page.use.reads.officer(page.session->actor.officer);
    const auto recovery = usecases::has_recovery_code(page.use, *page.session);
    const auto address = usecases::own_mail_address(page.use, *page.session);
    if (!row || !*row || !recovery || !address) return failed(page, request);
    AccountView account{(*row)->second_factor.has_value(), *recovery, *address, {}, std::move(notice), fingerprint_to_read(page)};
    for (const auto &open : page.use.sessions.of(page.session->actor.officer, page.use.clock.now()))
        account.sessions.push_back({base::hex(open.id), open.started, open.last_used, open.id == page.session->id});
    return render_account(page.site, frame_of(request, ""), viewer_of(*page.session), account);
}

http::Response show_second_factor(OfficerRequest &page, http::Request &request, const crypto::TotpSecret &secret,
                                  AccountForm form, unsigned status = 200) {
    const auto row = page.use.reads.officer(page.session->actor.officer);
    if (!row || !*row) return failed(page, request);
    form.replaces = (*row)->second_factor.has_value();
    return render_second_factor(page.site, frame_of(request, ""), viewer_of(*page.session), secret, (*row)->login, form, status);
}

std::optional<usecases::SessionId> session_id(std::string_view hex) {
    const auto bytes = base::from_hex(hex);
    usecases::SessionId out{};
    if (!bytes || bytes->size() != out.size()) return std::nullopt;
    std::ranges::copy(*bytes, out.begin());
    return out;
}

} // namespace

http::Response account_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_account(page, request, "");
}

http::Response mail_address_done(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_account(page, request, "account.mail.done");
}

http::Response passphrase_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_passphrase(page.site, frame_of(request, ""), viewer_of(*page.session), {});
}

// The present passphrase stands in for a recent sign-in.
http::Response passphrase_change(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = own_form(page, request);
    if (!form) return not_ours(page, request);
    auto fresh = new_passphrase(*form, "", page.session->actor.name);
    AccountForm shown{std::move(fresh.faults), fresh.own, "", "", ""};
    const auto refused = [&](unsigned status) {
        return render_passphrase(page.site, frame_of(request, ""), viewer_of(*page.session), shown, status);
    };
    if (!shown.faults.empty()) return refused(400);
    const auto done = usecases::change_passphrase(page.use, *page.session, form->get("passphrase"), fresh.words);
    if (!done) {
        const bool weak = done.error() == AccountRefused::weak;
        shown.faults.push_back(fault_of(done.error(), weak ? "passphrase_own" : "passphrase"));
        return refused(status_of(done.error()));
    }
    return show_account(page, request, "account.passphrase.done");
}

http::Response recovery_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_recovery(page.site, frame_of(request, ""), viewer_of(*page.session), {});
}

http::Response recovery_make(OfficerRequest &page, http::Request &request, const http::Captures &) {
    if (!own_form(page, request)) return not_ours(page, request);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto code = usecases::new_recovery_code(page.use, *page.session, *recent);
    if (!code) return failed(page, request);
    const Viewer viewer = viewer_of(*page.session);
    return render_recovery_code(page.site, frame_of(request, ""), &viewer, *code, "account.recovery.done");
}

http::Response second_factor_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    AccountForm form;
    if (page.session->needs_second_factor) form.notice = "factor.demanded";
    return show_second_factor(page, request, crypto::TotpSecret::random(), std::move(form));
}

http::Response second_factor_set(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = own_form(page, request);
    if (!form) return not_ours(page, request);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto secret = crypto::totp_from_text(std::string(form->get("secret")));
    if (!secret) return second_factor_page(page, request, {});
    const auto done = usecases::set_second_factor(page.use, *page.session, *recent, form->get("passphrase"), *secret, form->get("code"));
    if (!done) {
        // The app has this secret already: it stays until its code was right.
        const bool code = done.error() == AccountRefused::weak;
        AccountForm shown;
        shown.faults.push_back(code ? domain::Fault{"code", "fault.account.code"} : fault_of(done.error(), "passphrase"));
        return show_second_factor(page, request, *secret, std::move(shown), status_of(done.error()));
    }
    return show_account(page, request, "factor.done");
}

http::Response sessions_end(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = own_form(page, request);
    if (!form) return not_ours(page, request);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    if (form->get("which") == "others")
        usecases::end_other_sessions(page.use, *page.session, *recent);
    else if (const auto which = session_id(form->get("which")))
        usecases::end_session(page.use, *page.session, *recent, *which);
    return show_account(page, request, "account.sessions.ended");
}

http::Response keys_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const bool can = usecases::may_rotate(page.use, *page.session).has_value();
    return render_keys_new(page.site, frame_of(request, ""), viewer_of(*page.session), can, {});
}

http::Response keys_rotate(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = own_form(page, request);
    if (!form) return not_ours(page, request);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto done = usecases::rotate_keys(page.use, *page.session, *recent, form->get("passphrase"));
    if (!done) {
        AccountForm shown;
        shown.faults.push_back(fault_of(done.error(), "passphrase"));
        return render_keys_new(page.site, frame_of(request, ""), viewer_of(*page.session), true, shown, status_of(done.error()));
    }
    auto session = usecases::resume(page.use, done->cookie);
    if (!session) return failed(page, request);
    const Viewer viewer = viewer_of(*session);
    auto response = render_recovery_code(page.site, frame_of(request, ""), &viewer, done->recovery_code, "keys_new.done");
    response.set_cookies.push_back(session_cookie_field(done->cookie));
    return response;
}

http::Response recover_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    AccountForm form;
    form.door = door_field(page, request);
    return render_recover(page.site, frame_of(request, ""), form);
}

http::Response recover_send(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "");
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, nullptr);
    AccountForm shown{{}, false, std::string(form->get("login")), door_field(page, request), ""};
    if (!door_is_right(page, request, *form)) {
        shown.notice = "door.stale";
        return render_recover(page.site, frame, shown, 403);
    }
    auto fresh = new_passphrase(*form, shown.login, "");
    shown.faults = std::move(fresh.faults);
    shown.own = fresh.own;
    if (!shown.faults.empty()) return render_recover(page.site, frame, shown, 400);
    const auto next = usecases::recover(page.use, shown.login, form->get("recovery_code"), fresh.words);
    if (!next) {
        if (next.error() == AccountRefused::wrong)
            shown.faults.push_back({"recovery_code", "fault.recover.wrong"});
        else
            shown.faults.push_back(fault_of(next.error(), "passphrase_own"));
        return render_recover(page.site, frame, shown, status_of(next.error()));
    }
    return render_recovery_code(page.site, frame, nullptr, *next, "recover.done");
}

} // namespace pages
