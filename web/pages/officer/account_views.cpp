#include "web/pages/common/dates.h"
#include "web/pages/officer/account.h"
#include "web/pages/officer/new_passphrase.h"
#include "web/pages/officer/qr.h"

namespace pages {

namespace {

constexpr std::array fault_targets = {FaultTarget{"passphrase_choice", "offer-1"}};

void show_form(View &view, const Site &site, const Frame &frame, const AccountForm &form,
               std::span<const std::string_view> fields) {
    show_faults(view, site, frame, form.faults, fields, fault_targets, false);
}

std::vector<std::string_view> with_new_passphrase(std::initializer_list<std::string_view> fields) {
    std::vector<std::string_view> out(fields);
    out.insert(out.end(), new_passphrase_fields.begin(), new_passphrase_fields.end());
    return out;
}

} // namespace

http::Response render_account(const Site &site, Frame frame, const Viewer &viewer, const AccountView &account) {
    frame.path = "/account";
    frame.title_key = "page.account.title";
    View view;
    show_notice(view, site, frame, account.notice);
    show_fingerprint(view, account.fingerprint);
    view.set("FORM_CSRF", viewer.csrf);
    view.set("FACTOR_TEXT", site.text(frame, account.second_factor ? "account.second_factor.there" : "account.second_factor.none"));
    view.set("RECOVERY_TEXT", site.text(frame, account.recovery ? "account.recovery.there" : "account.recovery.none"));
    view.set("MAIL_TEXT", account.mail_address.empty()
                              ? site.text(frame, "account.mail.none")
                              : site.catalogue().text(frame.language, "account.mail.there", {{"ADDRESS", account.mail_address}}));
    view.list("OPEN").show("OTHERS", account.sessions.size() > 1);
    for (const auto &open : account.sessions) {
        const auto time = [&](base::Seconds at) { return long_time(site.catalogue(), frame.language, at); };
        View &row = view.row("OPEN").list("OPEN_END");
        row.set("OPEN_TEXT", site.catalogue().text(frame.language, open.mine ? "account.sessions.mine" : "account.sessions.other",
                                                   {{"STARTED", time(open.started)}, {"USED", time(open.last_used)}}));
        if (!open.mine) row.row("OPEN_END").set("OPEN_ID", open.id);
    }
    return officer_page(site, "account", frame, std::move(view), &viewer);
}

http::Response render_passphrase(const Site &site, Frame frame, const Viewer &viewer, const AccountForm &form, unsigned status) {
    frame.path = "/account/passphrase";
    frame.title_key = "account.passphrase";
    frame.faulty = !form.faults.empty();
    View view;
    view.set("FORM_CSRF", viewer.csrf);
    show_form(view, site, frame, form, with_new_passphrase({"passphrase"}));
    show_new_passphrase(view, site, frame, form.own);
    return officer_page(site, "account-passphrase", frame, std::move(view), &viewer, status);
}

http::Response render_recovery(const Site &site, Frame frame, const Viewer &viewer, const AccountForm &form, unsigned status) {
    frame.path = "/account/recovery";
    frame.title_key = "account.recovery";
    frame.faulty = !form.faults.empty();
    View view;
    view.set("FORM_CSRF", viewer.csrf);
    show_form(view, site, frame, form, {});
    return officer_page(site, "account-recovery", frame, std::move(view), &viewer, status);
}

http::Response render_second_factor(const Site &site, Frame frame, const Viewer &viewer, const crypto::TotpSecret &secret,
                                    std::string_view login, const AccountForm &form, unsigned status) {
    frame.path = "/account/second-factor";
    frame.title_key = "account.second_factor";
    frame.faulty = !form.faults.empty();
    View view;
    view.set("FORM_CSRF", viewer.csrf);
    constexpr std::string_view fields[] = {"code", "passphrase"};
    show_form(view, site, frame, form, fields);
    show_notice(view, site, frame, form.notice);
    const std::string text = crypto::totp_text(secret);
    const QrCode code = qr_code(crypto::otpauth_uri(secret, in(site.profile().name, frame.language), login));
    view.set("SECRET", text).set("SECRET_TEXT", in_groups(text)).show("REPLACES", form.replaces);
    view.set("QR_SIZE", std::to_string(code.size)).set("QR_PATH", code.path);
    return officer_page(site, "account-second-factor", frame, std::move(view), &viewer, status);
}

http::Response render_keys_new(const Site &site, Frame frame, const Viewer &viewer, bool can, const AccountForm &form,
                               unsigned status) {
    frame.path = "/account/keys";
    frame.title_key = "account.keys";
    frame.faulty = !form.faults.empty();
    View view;
    constexpr std::string_view fields[] = {"passphrase"};
    show_form(view, site, frame, form, fields);
    view.set("FORM_CSRF", viewer.csrf).show("CAN", can).show("CANNOT", !can);
    return officer_page(site, "account-keys", frame, std::move(view), &viewer, status);
}

http::Response render_recovery_code(const Site &site, Frame frame, const Viewer *viewer, std::string_view code,
                                    std::string_view done_key) {
    frame.path = viewer ? "/account" : "/login"; // switching language must not repeat what was done
    frame.languages = Frame::Languages::none;    // and would lose the code
    frame.title_key = "code.title";
    View view;
    view.set("DONE_TEXT", site.text(frame, done_key)).list("GROUP");
    for (std::size_t at = 0; at < code.size();) {
        const std::size_t end = std::min(code.find('-', at), code.size());
        view.row("GROUP").set("GROUP_TEXT", std::string(code.substr(at, end - at)));
        at = end + 1;
    }
    view.set("NEXT_URL", frame.path + language_query(frame));
    view.set("NEXT_TEXT", site.text(frame, viewer ? "account.back" : "recover.back"));
    return officer_page(site, "account-code", frame, std::move(view), viewer);
}

http::Response render_recover(const Site &site, Frame frame, const AccountForm &form, unsigned status) {
    frame.path = "/recover";
    frame.title_key = "recover.title";
    frame.faulty = !form.faults.empty();
    View view;
    view.set("DOOR", form.door).set("LOGIN", form.login);
    show_form(view, site, frame, form, with_new_passphrase({"login", "recovery_code"}));
    show_notice(view, site, frame, form.notice);
    show_new_passphrase(view, site, frame, form.own);
    return officer_page(site, "recover", frame, std::move(view), nullptr, status);
}

} // namespace pages
