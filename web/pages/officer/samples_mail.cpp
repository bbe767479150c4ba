// Pages of the reminders by mail, with invented content.
#include "web/pages/officer/mail.h"
#include "web/pages/officer/samples.h"

namespace pages {

void add_mail_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, Viewer admin) {
    using How = usecases::MailDesk::Test::How;
    admin.settings = true;
    usecases::MailView shown;
    shown.seen = "none";
    shown.officers = 7;
    out.push_back({"mail-none", render_mail(site, at, admin, shown, {domain::form_of({})})});
    const domain::MailSettings settings{
        true, {"mail.example.go.th", 587, domain::MailTls::starttls, "noreply", ""}, "noreply@example.go.th", 8};
    shown.settings = settings;
    shown.reached = 5;
    shown.standing.last_day = base::Day{19000};
    out.push_back({"mail-no-address",
                   render_mail(site, at, admin, shown, {domain::form_of(settings), {}, "mail.test.no_address"}, 409)});
    shown.own_address = true;
    for (const How how : {How::none, How::waiting, How::sent}) {
        shown.test = {how};
        out.push_back({"mail-test-" + std::to_string(static_cast<int>(how)),
                       render_mail(site, at, admin, shown, {domain::form_of(settings)})});
    }
    shown.standing.waiting = 5;
    for (const ports::MailFailure failure : ports::mail_failures) {
        shown.standing.failure = failure;
        shown.test = {How::failed, failure};
        out.push_back({"mail-failed-" + std::string(ports::id(failure)),
                       render_mail(site, at, admin, shown, {domain::form_of(settings)})});
    }
    shown.damaged = true;
    shown.settings.reset();
    MailFormShown wrong{{true, "mail", "0", "", "", "", "", ""}, {}, "settings.notice.stale", ""};
    for (const auto &[field, key] : {std::pair{"mail_host", "fault.mail.host"},
                                     {"mail_port", "fault.mail.port"},
                                     {"mail_tls", "fault.mail.tls"},
                                     {"mail_secret", "fault.mail.secret_again"},
                                     {"mail_sender", "fault.mail.sender"},
                                     {"mail_hour", "fault.mail.hour"}})
        wrong.faults.push_back({field, key});
    wrong.faults.push_back({"mail_user", "fault.too_long", 128, 2});
    out.push_back({"mail-fault", render_mail(site, at, admin, shown, wrong, 400)});
    out.push_back(
        {"mail-saved", render_mail(site, at, admin, shown, {domain::form_of(settings), {}, "", "mail.saved"})});
    out.push_back({"mail-address", render_mail_address(site, at, admin, {"somchai@example.go.th"})});
    out.push_back({"mail-address-fault",
                   render_mail_address(site, at, admin, {"somchai", {{"mail_address", "fault.mail.address"}}}, 400)});
}

} // namespace pages
