#include "web/pages/officer/officers.h"

#include "service/domain/text.h"
#include "web/pages/officer/sign_in.h"

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using usecases::RosterRefused;
using usecases::RecentlySignedIn;
using Why = RosterRefused::Why;

http::Response missing(const OfficerRequest &page, const http::Request &request) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, 404, &request, &viewer);
}

domain::PostForm post_form(const OfficerForm &form) {
    return {form.get("post"), form.get("capacity"), form.get("order"), form.get("from"), form.get("until")};
}

domain::Certified rights_form(const OfficerForm &form) {
    return {.reading = form.get("reading") == "yes",
            .custody = form.get("custody") == "yes",
            .vouching = form.get("vouching") == "yes"};
}

OfficerForm typed(const http::Form &form) {
    OfficerForm out;
    for (const auto &field : form.fields())
        if (!is_machinery(field.name)) out.typed.emplace(field.name, field.value);
    return out;
}

unsigned status_of(Why why) {
    switch (why) {
    case Why::faults:
    case Why::fingerprint:
        return 400;
    case Why::not_found:
        return 404;
    case Why::busy:
        return 503;
    default:
        return 409;
    }
}

std::string_view words(Why why) {
    switch (why) {
    case Why::apart:
        return "officers.refused.apart";
    case Why::root:
        return "officers.refused.root";
    case Why::last_voucher:
        return "officers.refused.last_voucher";
    case Why::last_reader:
        return "officers.refused.last_reader";
    case Why::hangs:
        return "officers.refused.hangs";
    case Why::own:
        return "officers.refused.own";
    case Why::stale:
        return "officers.refused.stale";
    case Why::busy:
        return "case.notice.busy";
    case Why::faults:
    case Why::fingerprint:
    case Why::not_found:
        return "";
    }
    return "";
}

void tell(OfficerForm &form, const RosterRefused &refused) {
    form.faults = refused.faults;
    if (refused.why == Why::fingerprint) form.faults = {{"fingerprint", "fault.officers.fingerprint"}};
    form.notice = words(refused.why);
}

struct Asked {
    OfficerRequest &page;
    const http::Request &request;
    base::OfficerId officer;
    OfficerForm form;
    const RecentlySignedIn &recent;
};

// What an act led to: an invitation to show once, or that it is done.
struct Outcome {
    std::optional<usecases::Invitation> invitation{};
};
using Acted = std::expected<Outcome, RosterRefused>;

template <class T> Acted acted(const usecases::RosterResult<T> &done) {
    if (!done) return std::unexpected(done.error());
    if constexpr (std::is_same_v<T, usecases::Invitation>) return Outcome{*done};
    return Outcome{};
}

// Ends somebody's sign-in at once: not by one press. An invitation of somebody without keys takes nothing from them.
std::optional<RosterRefused> unconfirmed(const Asked &asked, const std::string &act) {
    const auto list = usecases::accounts(asked.page.use, asked.page.session->actor);
    if (!list) return RosterRefused{list.error().code == base::Code::not_found ? Why::not_found : Why::busy};
    const auto *account = list->find(asked.officer);
    if (!account) return RosterRefused{Why::not_found};
    const std::string box = "understood_" + act;
    if (!has_joined(*account) || asked.form.get(box) == "yes") return std::nullopt;
    return RosterRefused{Why::faults, {{box, "fault.officers.understood"}}};
}

Acted propose(const usecases::Admin &admin, const Asked &asked, std::string_view act) {
    auto &use = asked.page.use;
    const auto &form = asked.form;
    if (act == "post") return acted(propose_post(admin, use, asked.recent, asked.officer, post_form(form)));
    if (act == "end") {
        const auto appointment = base::AppointmentId::from_text(form.get("appointment"));
        if (!appointment)
            return std::unexpected(RosterRefused{Why::faults, {{"appointment", "fault.officers.appointment"}}});
        return acted(propose_ending(admin, use, asked.recent, asked.officer, *appointment, form.get("last_day")));
    }
    if (act == "certificate")
        return acted(propose_certificate(admin, use, asked.recent, asked.officer, rights_form(form)));
    if (act == "withdraw") {
        const auto post = base::AppointmentId::from_text(form.get("which"));
        return acted(withdraw(admin, use, asked.officer, post));
    }
    if (act != "disable" && act != "reset") return std::unexpected(RosterRefused{Why::not_found});
    if (auto refused = unconfirmed(asked, std::string(act))) return std::unexpected(std::move(*refused));
    return act == "disable" ? acted(disable_account(admin, use, asked.recent, asked.officer))
                            : acted(reset_account(admin, use, asked.recent, asked.officer));
}

Acted sign(const usecases::Voucher &voucher, const Asked &asked, std::string_view act) {
    const usecases::Vouching by{asked.page.use, *asked.page.session};
    const auto shown = asked.form.get("shown");
    if (act == "vouch")
        return acted(vouch(voucher, by, asked.recent, asked.officer, asked.form.get("fingerprint"), shown));
    if (act == "sign") return acted(sign_posts(voucher, by, asked.recent, asked.officer, shown));
    if (act == "revoke") return acted(revoke_account(voucher, by, asked.recent, asked.officer));
    if (act == "take_over") return acted(take_over(voucher, by, asked.recent, asked.officer));
    return std::unexpected(RosterRefused{Why::not_found});
}

constexpr std::string_view signing_acts[] = {"vouch", "sign", "revoke", "take_over"};
constexpr std::string_view proposing_acts[] = {"post", "end", "certificate", "withdraw", "disable", "reset"};

bool is_one_of(std::span<const std::string_view> acts, std::string_view act) {
    return std::ranges::find(acts, act) != acts.end();
}

Acted act_by_right(const Asked &asked, std::string_view act) {
    const auto &actor = asked.page.session->actor;
    if (is_one_of(signing_acts, act)) {
        if (const auto voucher = usecases::Voucher::check(actor)) return sign(*voucher, asked, act);
    } else if (const auto admin = usecases::Admin::check(actor)) {
        return propose(*admin, asked, act);
    }
    return std::unexpected(RosterRefused{Why::not_found});
}

// The answer with the invitation was loaded again: the account that this form opened is there, by the same admin.
bool opened_before(const OfficerRequest &page, const OfficerForm &form, const RosterRefused &refused) {
    if (refused.faults.size() != 1 || refused.faults.front().key != "fault.officers.login_taken") return false;
    const auto list = usecases::accounts(page.use, page.session->actor);
    return list && std::ranges::any_of(list->accounts, [&](const usecases::AccountView &account) {
        return account.login == domain::canonical_login(form.get("login")) && !has_joined(account) &&
               account.name == domain::clean_line(form.get("name")) && account.proposed &&
               account.proposed->proposed_by == page.session->actor.officer;
    });
}

http::Response show_one(OfficerRequest &page, const http::Request &request, base::OfficerId officer,
                        const OfficerForm &form, unsigned status) {
    const auto list = usecases::accounts(page.use, page.session->actor);
    const Viewer viewer = viewer_of(*page.session);
    if (!list && list.error().code != base::Code::not_found)
        return officer_error_page(page.site, 503, &request, &viewer);
    const auto *account = list ? list->find(officer) : nullptr;
    if (!account) return missing(page, request);
    return render_officer(page.site, frame_of(request, "page.officer.title"), officers_viewer(*page.session), *account,
                          form, status);
}

} // namespace

std::string OfficerForm::get(std::string_view name) const {
    const auto found = typed.find(name);
    return found == typed.end() ? std::string() : found->second;
}

OfficersViewer officers_viewer(const usecases::OfficerSession &session) {
    return {viewer_of(session), session.actor.officer,
            domain::allows(session.actor, domain::Action::manage_accounts),
            domain::allows(session.actor, domain::Action::vouch)};
}

http::Response officers_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto list = usecases::accounts(page.use, page.session->actor);
    const Viewer viewer = viewer_of(*page.session);
    if (!list) return officer_error_page(page.site, 503, &request, &viewer);
    return render_officers(page.site, frame_of(request, "page.officers.title"), officers_viewer(*page.session), *list);
}

http::Response officer_new_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    if (!usecases::Admin::check(page.session->actor)) return missing(page, request);
    return render_officer_new(page.site, frame_of(request, "page.officer_new.title"), viewer_of(*page.session), {});
}

http::Response officer_new(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto admin = usecases::Admin::check(page.session->actor);
    const auto form = http::parse_form(request);
    const Viewer viewer = viewer_of(*page.session);
    if (!admin) return missing(page, request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    const Frame frame = frame_of(request, "page.officer_new.title");
    OfficerForm again = typed(*form);
    if (form->get("step") == "show") return render_officer_new(page.site, frame, viewer, again);
    if (!is_ours(page, request, *form)) return render_officer_new(page.site, frame, viewer, again, 403);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto done = open_account(*admin, page.use, *recent,
                                   {again.get("login"), again.get("name"), rights_form(again), post_form(again)});
    if (!done) {
        if (opened_before(page, again, done.error())) {
            again.notice = "officers.new.opened";
            return render_officer_new(page.site, frame, viewer, again, 409);
        }
        tell(again, done.error());
        return render_officer_new(page.site, frame, viewer, again, status_of(done.error().why));
    }
    return render_invitation(page.site, frame_of(request, "page.invitation.title"), viewer,
                             domain::clean_line(again.get("name")), *done,
                             request.host);
}

http::Response officer_one_page(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto officer = base::OfficerId::from_text(captures[0]);
    return officer ? show_one(page, request, *officer, {}, 200) : missing(page, request);
}

http::Response officer_act(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto officer = base::OfficerId::from_text(captures[0]);
    const std::string act(captures[1]);
    const auto form = http::parse_form(request);
    if (!officer || (!is_one_of(signing_acts, act) && !is_one_of(proposing_acts, act))) return missing(page, request);
    const Viewer viewer = viewer_of(*page.session);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    OfficerForm again = typed(*form);
    if (!is_ours(page, request, *form)) return show_one(page, request, *officer, again, 403);
    if (form->get("step") == "show") return show_one(page, request, *officer, again, 200);
    const auto recent = RecentlySignedIn::check(*page.session, page.use.clock.now());
    if (!recent) return ask_to_sign_in_again(page, request);
    const auto done = act_by_right({page, request, *officer, again, *recent}, act);
    if (!done && done.error().why == Why::not_found) return missing(page, request);
    if (!done) {
        tell(again, done.error());
        return show_one(page, request, *officer, again, status_of(done.error().why));
    }
    if (!done->invitation) {
        // An account that never joined is gone when it was withdrawn.
        const auto list = usecases::accounts(page.use, page.session->actor);
        const bool there = list && list->find(*officer);
        return see_other(there ? "/officers/" + officer->text() + "/" + act : "/officers", frame_of(request, ""));
    }
    const auto list = usecases::accounts(page.use, page.session->actor);
    const auto *account = list ? list->find(*officer) : nullptr;
    return render_invitation(page.site, frame_of(request, "page.invitation.title"), viewer,
                             account ? account->name : std::string(), *done->invitation, request.host);
}

http::Response officer_done(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto officer = base::OfficerId::from_text(captures[0]);
    const std::string act(captures[1]);
    if (!officer || (!is_one_of(signing_acts, act) && !is_one_of(proposing_acts, act))) return missing(page, request);
    OfficerForm form;
    form.done = "officers.done." + act;
    return show_one(page, request, *officer, form, 200);
}

http::Response officers_seen(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const auto form = http::parse_form(request);
    const Viewer viewer = viewer_of(*page.session);
    if (!form || !is_ours(page, request, *form)) return officer_error_page(page.site, 400, &request, &viewer);
    const std::string version(form->get("version"));
    std::uint64_t shown = 0;
    const auto read = std::from_chars(version.data(), version.data() + version.size(), shown);
    // Stale or not, the queue shows what is still to be noted.
    if (read.ec == std::errc{} && read.ptr == version.data() + version.size()) {
        const auto noted = usecases::take_note(page.use, *page.session, shown);
        if (!noted && noted.error().code != base::Code::conflict)
            return officer_error_page(page.site, 503, &request, &viewer);
    }
    return see_other("/queue", frame_of(request, ""));
}

} // namespace pages
