#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/officers.h"

#include <algorithm>

namespace pages {

namespace {

using usecases::AccountState;
using usecases::AccountView;

constexpr std::array<std::string_view, 13> fields = {"login", "name",  "rights",      "post",     "capacity",   "order",
                                                     "from",  "until", "appointment", "last_day", "fingerprint",
                                                     "understood_reset", "understood_disable"};
constexpr auto new_fields = std::span(fields).first<8>();
constexpr auto one_fields = std::span(fields).last<11>();

std::string day(const Site &site, const Frame &frame, base::Day when) {
    return long_date(site.catalogue(), frame.language, when);
}

std::string state_words(const Site &site, const Frame &frame, const AccountView &account) {
    constexpr std::string_view names[] = {"invited", "invitation_over", "keys_made", "vouched", "lapsed", "disabled"};
    return site.text(frame, "account.state." + std::string(names[static_cast<std::size_t>(account.state)]));
}

std::string post_words(const Site &site, const Frame &frame, domain::Post post, domain::Capacity capacity,
                       const std::string &order, base::Day from, base::Day until) {
    return site.catalogue().text(frame.language, "officers.post",
                                 {{"POST", post_name(site, frame, post)},
                                  {"CAPACITY", site.text(frame, "capacity." + std::string(domain::id(capacity)))},
                                  {"FROM", day(site, frame, from)},
                                  {"UNTIL", day(site, frame, until)},
                                  {"ORDER", order}});
}

std::string seat_words(const Site &site, const Frame &frame, const domain::Seat &seat) {
    return post_words(site, frame, seat.post, seat.capacity, seat.order, seat.from, seat.until);
}

std::string proposed_words(const Site &site, const Frame &frame, const ports::ProposedPost &post) {
    return post_words(site, frame, domain::post_numbered(post.post).value_or(domain::Post::legal_officer),
                      domain::capacity_numbered(post.capacity).value_or(domain::Capacity::holder), post.order, post.from,
                      post.until);
}

domain::Certified certified(crypto::Rights rights) {
    return {rights.has(crypto::Right::reading), rights.has(crypto::Right::custody), rights.has(crypto::Right::vouching)};
}

std::string waiting_words(const Site &site, const Frame &frame, const AccountView &account) {
    return site.text(frame, account.to_vouch    ? "officers.waits.vouch"
                            : account.to_revoke ? "officers.waits.revoke"
                                                : "officers.waits.posts");
}

void show_choices(View &view, std::string_view section, const std::vector<std::pair<std::string, std::string>> &choices,
                  std::string_view chosen) {
    view.list(section);
    for (const auto &[id, name] : choices)
        view.row(section).set("CHOICE_ID", id).set("CHOICE_NAME", name).show("CHOSEN", id == chosen);
}

void show_post_fields(View &view, const Site &site, const Frame &frame, const OfficerForm &form) {
    std::vector<std::pair<std::string, std::string>> posts, capacities;
    for (std::uint8_t number = 1; const auto post = domain::post_numbered(number); ++number)
        posts.emplace_back(domain::id(*post), post_name(site, frame, *post));
    for (const domain::Capacity capacity : domain::capacities)
        capacities.emplace_back(domain::id(capacity),
                                site.text(frame, "capacity." + std::string(domain::id(capacity))));
    show_choices(view, "POST_CHOICE", posts, form.get("post"));
    show_choices(view, "CAPACITY_CHOICE", capacities, form.get("capacity"));
    for (const char *name : {"order", "from", "until"})
        view.set(upper(name), form.get(name));
}

void show_rights(View &view, const domain::Certified &rights) {
    view.show("READING", rights.reading).show("CUSTODY", rights.custody).show("VOUCHING", rights.vouching);
}

void fact(View &view, const Site &site, const Frame &frame, std::string_view key, std::string text) {
    view.row("FACT").set("FACT_NAME", site.text(frame, key)).set("FACT_TEXT", std::move(text));
}

// Whoever signed it; of keys that were changed, their owner did.
std::string by_words(const Site &site, const Frame &frame, bool root, bool by_itself, const std::string &name) {
    if (by_itself) return site.text(frame, root ? "officers.by.root" : "officers.by.self");
    return site.catalogue().text(frame.language, "officers.by.other", {{"NAME", name}});
}

void show_facts(View &view, const Site &site, const Frame &frame, const AccountView &account) {
    view.list("FACT");
    fact(view, site, frame, "login.login", account.login);
    fact(view, site, frame, "officers.col.state", state_words(site, frame, account));
    std::string posts;
    for (const auto &post : account.posts)
        posts += (posts.empty() ? "" : "\n") + seat_words(site, frame, post.seat);
    fact(view, site, frame, "officers.col.posts", posts.empty() ? site.text(frame, "officers.none") : posts);
    if (!account.certificate) return;
    fact(view, site, frame, "officers.col.rights", rights_names(site, frame, certified(account.certificate->rights)));
    fact(view, site, frame, "officers.vouched_by",
         site.catalogue().text(frame.language, "officers.vouched",
                               {{"BY", by_words(site, frame, account.root,
                                                account.certificate->issuer == account.certificate->officer,
                                                account.vouched_by)},
                                {"FROM", day(site, frame, account.certificate->not_before)},
                                {"UNTIL", day(site, frame, account.certificate->not_after)}}));
}

void show_proposal(View &list, const OfficersViewer &who, std::string text, std::string which) {
    View &row = list.row("PROPOSAL");
    row.set("PROPOSAL_TEXT", std::move(text)).list("WITHDRAW");
    if (who.proposes) row.row("WITHDRAW").set("WHICH", std::move(which));
}

void show_proposals(View &view, const Site &site, const Frame &frame, const OfficersViewer &who,
                    const AccountView &account) {
    view.list("PROPOSED");
    const bool ending =
        std::ranges::any_of(account.posts, [](const auto &post) { return post.ending.has_value(); });
    if (!account.proposed && account.proposed_posts.empty() && !ending) return;
    View &list = view.row("PROPOSED").list("PROPOSAL");
    if (account.proposed)
        show_proposal(list, who,
                      site.catalogue().text(frame.language,
                                            account.proposed->invited_until ? "officers.proposal.invited"
                                                                            : "officers.proposal.account",
                                            {{"RIGHTS", rights_names(site, frame, certified(account.proposed->rights))},
                                             {"NAME", account.proposed_by.empty() ? site.text(frame, "officers.proposal.operator")
                                                                            : account.proposed_by},
                                             {"DAY", day(site, frame, account.proposed->invited_until.value_or(
                                                                          account.proposed->proposed_on))}}),
                      "account");
    for (const auto &post : account.proposed_posts)
        show_proposal(list, who, proposed_words(site, frame, post), post.id.text());
    for (const auto &post : account.posts)
        if (post.ending)
            show_proposal(list, who,
                          site.catalogue().text(frame.language, "officers.proposal.ending",
                                                {{"POST", seat_words(site, frame, post.seat)},
                                                 {"DAY", day(site, frame, *post.ending)}}),
                          post.seat.appointment.text());
}

void show_button(View &view, const Site &site, const Frame &frame, const std::string &act) {
    view.row("ACT")
        .set("ACT_ID", act)
        .set("ACT_TITLE", site.text(frame, "officers.act.title." + act))
        .set("ACT_HOW", site.text(frame, "officers.act.how." + act))
        .set("ACT_BUTTON", site.text(frame, "officers.act.button." + act));
}

void show_signing(View &view, const Site &site, const Frame &frame, const OfficersViewer &who,
                  const AccountView &account, const OfficerForm &form) {
    const bool signs = who.vouches && account.officer != who.officer;
    const std::string shown = usecases::shown_proposals(account);
    view.list("MAY_VOUCH").list("MAY_SIGN");
    if (signs && account.to_vouch)
        view.row("MAY_VOUCH").set("SHOWN", shown).set("FINGERPRINT", form.get("fingerprint"));
    else if (signs && account.to_sign() && account.state == AccountState::vouched)
        view.row("MAY_SIGN").set("SHOWN", shown);
    if (signs && !account.hanging.empty()) show_button(view, site, frame, "take_over");
    if (signs && account.certificate && !account.to_vouch) show_button(view, site, frame, "revoke");
}

void show_proposing(View &view, const Site &site, const Frame &frame, const OfficersViewer &who,
                    const AccountView &account, const OfficerForm &form) {
    const bool other = account.officer != who.officer;
    const bool joined = has_joined(account);
    if (who.proposes && other && !joined) show_button(view, site, frame, "reset");
    view.show("MAY_DISABLE", who.proposes && other && joined && account.state != AccountState::disabled)
        .show("MAY_RESET", who.proposes && other && joined && !account.root);
    view.list("MAY_PROPOSE").list("MAY_END").list("MAY_CERTIFY");
    if (!who.proposes) return;
    show_post_fields(view.row("MAY_PROPOSE"), site, frame, form);
    if (!account.posts.empty()) {
        View &end = view.row("MAY_END");
        std::vector<std::pair<std::string, std::string>> posts;
        for (const auto &post : account.posts)
            posts.emplace_back(post.seat.appointment.text(), seat_words(site, frame, post.seat));
        show_choices(end, "APPOINTMENT_CHOICE", posts, form.get("appointment"));
        end.set("LAST_DAY", form.get("last_day"));
    }
    const auto rights = account.proposed      ? account.proposed->rights
                        : account.certificate ? account.certificate->rights
                                              : crypto::Rights{};
    if (joined) show_rights(view.row("MAY_CERTIFY"), certified(rights));
}

} // namespace

bool has_joined(const AccountView &account) {
    return account.state != AccountState::invited && account.state != AccountState::invitation_over;
}

std::string rights_names(const Site &site, const Frame &frame, const domain::Certified &rights) {
    std::string out;
    for (const auto &[given, key] : {std::pair{rights.reading, "right.reading"},
                                     {rights.custody, "right.custody"},
                                     {rights.vouching, "right.vouching"}})
        if (given) out += (out.empty() ? "" : ", ") + site.text(frame, key);
    return out.empty() ? site.text(frame, "right.none") : out;
}

http::Response render_officers(const Site &site, const Frame &frame, const OfficersViewer &who,
                               const usecases::AccountsView &accounts) {
    View view;
    show_notice(view, site, frame, "");
    view.show("MAY_OPEN", who.proposes).list("TO_SIGN").list("PERSON");
    View *waiting = accounts.waiting > 0 ? &view.row("TO_SIGN").list("SIGN_ITEM") : nullptr;
    for (const AccountView &account : accounts.accounts) {
        std::string posts;
        for (const auto &post : account.posts)
            posts += (posts.empty() ? "" : "\n") + seat_words(site, frame, post.seat);
        view.row("PERSON")
            .set("PERSON_ID", account.officer.text())
            .set("PERSON_NAME", account.name)
            .set("PERSON_LOGIN", account.login)
            .set("PERSON_POSTS", posts.empty() ? site.text(frame, "officers.none") : posts)
            .set("PERSON_STATE", state_words(site, frame, account))
            .show("PERSON_WAITS", account.to_sign())
            .set("PERSON_RIGHTS", account.certificate
                                      ? rights_names(site, frame, certified(account.certificate->rights))
                                      : site.text(frame, "officers.none"));
        if (waiting && account.to_sign())
            waiting->row("SIGN_ITEM")
                .set("ITEM_ID", account.officer.text())
                .set("ITEM_NAME", account.name)
                .set("ITEM_WHAT", waiting_words(site, frame, account));
    }
    return officer_page(site, "officers", frame, std::move(view), &who.viewer);
}

http::Response render_officer(const Site &site, Frame frame, const OfficersViewer &who, const AccountView &account,
                              const OfficerForm &form, unsigned status) {
    frame.path = "/officers/" + account.officer.text();
    frame.faulty = !form.faults.empty();
    View view;
    view.set("PERSON_NAME", account.name).set("PERSON_ID", account.officer.text()).set("FORM_CSRF", who.viewer.csrf);
    show_faults(view, site, frame, form.faults, one_fields);
    show_notice(view, site, frame, form.notice);
    view.list("DONE").list("HANGING").list("ACT");
    if (!form.done.empty()) view.row("DONE").set("DONE_TEXT", site.text(frame, form.done));
    show_facts(view, site, frame, account);
    if (!account.hanging.empty()) {
        View &hanging = view.row("HANGING").list("HANGS");
        for (const auto &name : account.hanging)
            hanging.row("HANGS").set("HANGS_NAME", name);
    }
    show_proposals(view, site, frame, who, account);
    show_signing(view, site, frame, who, account, form);
    show_proposing(view, site, frame, who, account, form);
    return officer_page(site, "officer", frame, std::move(view), &who.viewer, status);
}

http::Response render_officer_new(const Site &site, Frame frame, const Viewer &viewer, const OfficerForm &form,
                                  unsigned status) {
    frame.path = "/officers/new";
    frame.faulty = !form.faults.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"account", "step", "show", "send"};
    View view;
    show_faults(view, site, frame, form.faults, new_fields);
    show_notice(view, site, frame, form.notice);
    view.set("FORM_CSRF", viewer.csrf).set("LOGIN", form.get("login")).set("NAME", form.get("name"));
    show_rights(view, {.reading = form.get("reading") == "yes",
                       .custody = form.get("custody") == "yes",
                       .vouching = form.get("vouching") == "yes"});
    show_post_fields(view, site, frame, form);
    return officer_page(site, "officer-new", frame, std::move(view), &viewer, status);
}

http::Response render_invitation(const Site &site, Frame frame, const Viewer &viewer, std::string_view name,
                                 const usecases::Invitation &invitation, std::string_view host) {
    frame.path = "/officers/" + invitation.officer.text(); // switching language does not show it again
    View view;
    const auto text = [&](std::string_view key, std::string_view placeholder, std::string value) {
        return site.catalogue().text(frame.language, key, {{std::string(placeholder), std::move(value)}});
    };
    view.set("CODE", invitation.code)
        .set("INVITATION_FOR", text("invitation.for", "NAME", std::string(name)))
        .set("INVITATION_UNTIL", text("invitation.until", "DAY", day(site, frame, invitation.until)))
        .set("INVITATION_ADDRESS", text("invitation.address", "ADDRESS", "https://" + std::string(host) + "/join"));
    return officer_page(site, "invitation", frame, std::move(view), &viewer);
}

void show_roster_notice(View &view, const Site &site, const Frame &frame, const Viewer &viewer,
                        const usecases::RosterNotice &notice) {
    view.list("ROSTER_NOTICE");
    if (notice.empty()) return;
    View &shown = view.row("ROSTER_NOTICE").list("NEW_READERS").list("SIGN_WAITS").show("SETTINGS_WAIT", notice.settings_wait);
    const auto renewed = [](const usecases::NewReader &reader) {
        return reader.what == usecases::NewReader::What::keys && reader.by_itself;
    };
    if (!notice.readers.empty()) {
        View &readers = shown.row("NEW_READERS");
        readers.set("ROSTER_TITLE", site.text(frame, notice.first                                   ? "roster.first"
                                             : std::ranges::all_of(notice.readers, renewed) ? "roster.renewed"
                                                                                            : "roster.title"))
            .set("FORM_CSRF", viewer.csrf)
            .set("ROSTER_VERSION", std::to_string(notice.roster_version))
            .list("NEW_READER");
        constexpr std::string_view what[] = {"roster.person", "roster.keys", "roster.certificate"};
        for (const auto &reader : notice.readers)
            readers.row("NEW_READER")
                .set("READER_TEXT",
                     site.catalogue().text(
                         frame.language, what[static_cast<std::size_t>(reader.what)],
                         {{"NAME", reader.name},
                          {"POSTS", reader.posts.empty() ? "–" : post_names(site, frame, reader.posts)},
                          {"RIGHTS", rights_names(site, frame, reader.rights)},
                          {"BY", by_words(site, frame, reader.root, reader.by_itself, reader.vouched_by)},
                          {"DAY", day(site, frame, reader.since)}}));
    }
    if (notice.to_sign > 0)
        shown.row("SIGN_WAITS")
            .set("SIGN_WAITS_TEXT",
                 site.catalogue().text(frame.language, "roster.to_sign", {{"COUNT", std::to_string(notice.to_sign)}}));
}

} // namespace pages
