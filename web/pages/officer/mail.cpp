#include "web/pages/officer/mail.h"

#include "web/pages/officer/sign_in.h"

namespace pages {

namespace {

using Why = usecases::MailRefused::Why;

domain::MailForm typed_form(const http::Form &form) {
    return {form.get("mail_on") == "yes",         std::string(form.get("mail_host")),
            std::string(form.get("mail_port")),   std::string(form.get("mail_tls")),
            std::string(form.get("mail_user")),   std::string(form.get("mail_secret")),
            std::string(form.get("mail_sender")), std::string(form.get("mail_hour"))};
}

domain::MailForm stored_form(const usecases::MailView &shown) {
    return domain::form_of(shown.settings.value_or(domain::MailSettings{}));
}

// `form`: nothing typed: as it is stored.
http::Response show(OfficerRequest &page, const http::Request &request, std::optional<MailFormShown> form,
                    unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::mail_settings(*permitted, page.use);
    if (!shown) return officer_error_page(page.site, 503, &request, &viewer);
    if (!form) form = MailFormShown{stored_form(*shown)};
    return render_mail(page.site, frame_of(request, ""), viewer, *shown, *form, status);
}

http::Response show_says(OfficerRequest &page, const http::Request &request, std::string_view notice,
                         std::string_view done, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    const auto shown =
        permitted ? usecases::mail_settings(*permitted, page.use) : base::fail(base::Code::not_found, "no right");
    if (!shown) return officer_error_page(page.site, permitted ? 503 : 404, &request, &viewer);
    return render_mail(page.site, frame_of(request, ""), viewer, *shown, {stored_form(*shown), {}, notice, done},
                       status);
}

std::string_view notice_of(Why why) {
    switch (why) {
    case Why::faults:
        return "";
    case Why::stale:
        return "settings.notice.stale";
    case Why::not_set_up:
        return "mail.test.not_set_up";
    case Why::no_address:
        return "mail.test.no_address";
    case Why::under_way:
        return "mail.test.under_way";
    case Why::busy:
        return "settings.notice.busy";
    }
    return "";
}

unsigned status_of(Why why) { return why == Why::faults ? 400 : why == Why::busy ? 503 : 409; }

} // namespace

http::Response mail_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show(page, request, std::nullopt);
}

http::Response mail_change(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return render_typed(page.site, frame_of(request, ""), *form, 403);
    MailFormShown typed{typed_form(*form)};
    if (form->get("step") == "edit") return show(page, request, std::move(typed));
    const auto permitted = usecases::MayChange::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto recently = usecases::RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recently) return ask_to_sign_in_again(page, request);
    const auto changed = usecases::change_mail(*permitted, *recently, page.use, typed.typed, form->get("seen"));
    if (changed) return see_other("/settings/mail/saved", frame_of(request, ""));
    typed.faults = changed.error().faults;
    typed.notice = notice_of(changed.error().why);
    return show(page, request, std::move(typed), status_of(changed.error().why));
}

http::Response mail_test(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form || !is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto asked = usecases::test_mail(*permitted, page.use);
    if (!asked) return show_says(page, request, notice_of(asked.error().why), "", status_of(asked.error().why));
    return see_other("/settings/mail/test", frame_of(request, ""));
}

http::Response mail_done(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    if (captures[0] == "saved") return show_says(page, request, "", "mail.saved");
    if (captures[0] == "test") return show(page, request, std::nullopt); // what became of it stands there anyway
    return officer_error_page(page.site, 404, &request, &viewer);
}

http::Response mail_address_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto address = usecases::own_mail_address(page.use, *page.session);
    if (!address) return officer_error_page(page.site, 503, &request, &viewer);
    return render_mail_address(page.site, frame_of(request, ""), viewer, {*address});
}

http::Response mail_address_change(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form || !is_ours(page, request, *form)) return officer_error_page(page.site, 400, &request, &viewer);
    MailAddressForm typed{std::string(form->get("mail_address"))};
    if (form->get("step") == "edit") return render_mail_address(page.site, frame_of(request, ""), viewer, typed);
    const auto done = usecases::set_own_mail_address(page.use, *page.session, typed.typed);
    if (done) return see_other("/account/mail/saved", frame_of(request, ""));
    const bool wrong = done.error() == usecases::AddressRefused::not_one;
    typed.faults.push_back({"mail_address", wrong ? "fault.mail.address" : "fault.mail.busy"});
    return render_mail_address(page.site, frame_of(request, ""), viewer, typed, wrong ? 400 : 503);
}

} // namespace pages
