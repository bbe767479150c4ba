// Pages of the officer's own account, with invented content.
#include "web/pages/officer/account.h"
#include "web/pages/officer/samples.h"

namespace pages {

void add_account_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, const Viewer &viewer) {
    const base::Seconds then = 1'700'000'000;
    AccountView account{true, false, "", {{"00", then, then + 60, true}}, ""};
    out.push_back({"account", render_account(site, at, viewer, account)});
    account = {false, true, "somchai@example.go.th", {{"00", then, then + 60, true}, {"01", then, then, false}, {"02", then, then, false}}, "factor.done", "abcd efgh"};
    out.push_back({"account-sessions", render_account(site, at, viewer, account)});
    const AccountForm wrong{{{"passphrase", "fault.account.wrong"}}, false, "", "", ""};
    const AccountForm weak{{{"passphrase_own", "fault.passphrase.short", 15, 3}}, true, "nitikorn", "token", "door.stale"};
    const AccountForm again{{{"passphrase_again", "fault.passphrase.again"}, {"passphrase_choice", "fault.passphrase.choice"}}, false, "", "", ""};
    const AccountForm unknown{{{"recovery_code", "fault.recover.wrong"}}, false, "nitikorn", "token", ""};
    const AccountForm code{{{"code", "fault.account.code"}}, false, "", "", "factor.demanded", true};
    out.push_back({"account-passphrase", render_passphrase(site, at, viewer, {})});
    for (const AccountForm *form : {&wrong, &weak, &again})
        out.push_back({"account-passphrase-" + form->faults.front().field, render_passphrase(site, at, viewer, *form, 400)});
    out.push_back({"account-recovery", render_recovery(site, at, viewer, {})});
    for (const Viewer *who : {&viewer, static_cast<const Viewer *>(nullptr)})
        out.push_back({who ? "account-code" : "account-code-recovered",
                       render_recovery_code(site, at, who, "0123-4567-89AB-CDEF-GHJK-MNPQ-RS", "recover.done")});
    const auto secret = *crypto::totp_from_text("AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT");
    out.push_back({"account-factor", render_second_factor(site, at, viewer, secret, "nitikorn", {})});
    out.push_back({"account-factor-code", render_second_factor(site, at, viewer, secret, "nitikorn", code, 400)});
    for (const bool can : {true, false})
        out.push_back({can ? "account-keys" : "account-keys-not", render_keys_new(site, at, viewer, can, {})});
    out.push_back({"account-keys-wrong", render_keys_new(site, at, viewer, true, wrong, 403)});
    out.push_back({"recover", render_recover(site, at, {{}, false, "", "token", ""})});
    out.push_back({"recover-wrong", render_recover(site, at, unknown, 403)});
    out.push_back({"recover-weak", render_recover(site, at, weak, 400)});
}

} // namespace pages
