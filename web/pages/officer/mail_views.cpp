#include "web/pages/common/dates.h"
#include "web/pages/officer/mail.h"

namespace pages {

namespace {

using How = usecases::MailDesk::Test::How;

std::string failure_text(const Site &site, const Frame &frame, ports::MailFailure failure) {
    return site.text(frame, "mail.failure." + std::string(ports::id(failure)));
}

void add_fact(View &view, const Site &site, const Frame &frame, std::string_view key, std::string text) {
    view.row("FACT").set("FACT_NAME", site.text(frame, key)).set("FACT_TEXT", std::move(text));
}

void show_standing(View &view, const Site &site, const Frame &frame, const usecases::MailView &shown) {
    const auto &catalogue = site.catalogue();
    const auto filled = [&](std::string_view key, std::initializer_list<Catalogue::Filling> fillings) {
        return catalogue.text(frame.language, key, fillings);
    };
    const bool on = shown.settings && shown.settings->on;
    add_fact(view, site, frame, "mail.fact.state",
             on ? filled("mail.on", {{"HOUR", std::to_string(shown.settings->hour)}}) : site.text(frame, "mail.off"));
    add_fact(view, site, frame, "mail.fact.reached",
             filled("mail.reached",
                    {{"REACHED", std::to_string(shown.reached)}, {"OFFICERS", std::to_string(shown.officers)}}));
    std::string last = site.text(frame, "mail.never");
    if (shown.standing.last_day) {
        const std::string day = long_date(catalogue, frame.language, *shown.standing.last_day);
        last = shown.standing.waiting == 0
                   ? filled("mail.all_sent", {{"DAY", day}})
                   : filled("mail.some_wait", {{"DAY", day}, {"COUNT", std::to_string(shown.standing.waiting)}});
    }
    add_fact(view, site, frame, "mail.fact.last", std::move(last));
    if (shown.standing.failure)
        add_fact(view, site, frame, "mail.fact.failure",
                 failure_text(site, frame, *shown.standing.failure) + "\n" + site.text(frame, "mail.retry"));
    view.show("DAMAGED", shown.damaged);
}

void show_choices(View &view, const std::string &section,
                  std::initializer_list<std::pair<std::string, std::string>> choices, std::string_view chosen) {
    view.list(section);
    for (const auto &[id, name] : choices)
        view.row(section).set("CHOICE_ID", id).set("CHOICE_NAME", name).show("CHOSEN", id == chosen);
}

void show_form(View &view, const Site &site, const Frame &frame, const MailFormShown &form) {
    const domain::MailForm &typed = form.typed;
    constexpr std::string_view fields[] = {"mail_host",   "mail_port",   "mail_tls", "mail_user",
                                           "mail_secret", "mail_sender", "mail_hour"};
    show_faults(view, site, frame, form.faults, fields);
    show_notice(view, site, frame, form.notice);
    view.list("DONE");
    if (!form.done.empty()) view.row("DONE").set("DONE_TEXT", site.text(frame, form.done));
    view.show("MAIL_ON", typed.on)
        .set("MAIL_HOST", typed.host)
        .set("MAIL_PORT", typed.port)
        .set("MAIL_USER", typed.user);
    view.set("MAIL_SENDER", typed.sender);
    show_choices(
        view, "MAIL_TLS_CHOICE",
        {{"implicit", site.text(frame, "mail.tls.implicit")}, {"starttls", site.text(frame, "mail.tls.starttls")}},
        typed.tls);
    view.list("MAIL_HOUR_CHOICE");
    for (int hour = domain::first_mail_hour; hour <= domain::last_mail_hour; ++hour) {
        const std::string id = std::to_string(hour);
        view.row("MAIL_HOUR_CHOICE")
            .set("CHOICE_ID", id)
            .set("CHOICE_NAME", site.catalogue().text(frame.language, "mail.hour", {{"HOUR", id}}))
            .show("CHOSEN", id == typed.hour);
    }
}

void show_test(View &view, const Site &site, const Frame &frame, const usecases::MailView &shown) {
    const auto &test = shown.test;
    view.show("TEST_NOT_SET_UP", !shown.settings).show("TEST_NO_ADDRESS", shown.settings && !shown.own_address);
    view.show("TEST_BUTTON", shown.settings && shown.own_address && test.how != How::waiting);
    view.show("TEST_WAITING", test.how == How::waiting).list("TEST_RESULT");
    if (test.how == How::sent)
        view.row("TEST_RESULT")
            .set("RESULT_TEXT", site.text(frame, "mail.test.sent"))
            .show("RESULT_GOOD")
            .show("RESULT_BAD", false);
    if (test.how == How::failed && test.failure)
        view.row("TEST_RESULT")
            .set("RESULT_TEXT", site.catalogue().text(frame.language, "mail.test.failed",
                                                      {{"FAILURE", failure_text(site, frame, *test.failure)}}))
            .show("RESULT_GOOD", false)
            .show("RESULT_BAD");
}

} // namespace

http::Response render_mail(const Site &site, Frame frame, const Viewer &viewer, const usecases::MailView &shown,
                           const MailFormShown &form, unsigned status) {
    frame.path = "/settings/mail";
    frame.title_key = "page.mail.title";
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"settings-mail", "step", "edit", "save"};
    View view;
    view.set("FORM_CSRF", viewer.csrf).set("SEEN", shown.seen).list("FACT");
    show_standing(view, site, frame, shown);
    show_form(view, site, frame, form);
    show_test(view, site, frame, shown);
    return officer_page(site, "settings-mail", frame, std::move(view), &viewer, status);
}

http::Response render_mail_address(const Site &site, Frame frame, const Viewer &viewer, const MailAddressForm &form,
                                   unsigned status) {
    frame.path = "/account/mail";
    frame.title_key = "account.mail";
    frame.faulty = !form.faults.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"mail-address", "step", "edit", "save"};
    View view;
    view.set("FORM_CSRF", viewer.csrf).set("MAIL_ADDRESS", form.typed);
    constexpr std::string_view fields[] = {"mail_address"};
    show_faults(view, site, frame, form.faults, fields);
    return officer_page(site, "account-mail", frame, std::move(view), &viewer, status);
}

domain::ReminderText reminder_text(const Site &site, std::string_view address) {
    domain::ReminderText out;
    for (const Language language : languages) {
        Frame frame;
        frame.language = language;
        out.subject += (out.subject.empty() ? "" : " / ") + site.text(frame, "mail.reminder.subject");
        out.body += (out.body.empty() ? "" : "\n") +
                    site.catalogue().text(language, "mail.reminder.body",
                                          {{"AGENCY", in(site.profile().name, language)},
                                           {"PAGE", site.text(frame, "layout.officer.queue")},
                                           {"ADDRESS", address}}) +
                    "\n";
    }
    return out;
}

} // namespace pages
