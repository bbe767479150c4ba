#include "web/pages/officer/frame.h"

#include "service/domain/entry.h"
#include "service/usecases/officer/accounts.h"
#include "web/pages/common/dates.h"

#include <algorithm>

namespace pages {

namespace {

// "outcome_2" → ("outcome", 2); a name without a number → (name, 0).
std::pair<std::string, std::size_t> numbered(std::string_view name) {
    const auto dash = name.rfind('_');
    if (dash == std::string_view::npos || dash + 1 == name.size() || name.size() - dash > 4 ||
        name.find_first_not_of("0123456789", dash + 1) != std::string_view::npos)
        return {std::string(name), 0};
    return {std::string(name.substr(0, dash)),
            static_cast<std::size_t>(std::stoul(std::string(name.substr(dash + 1))))};
}

// Whose work it is; who stands for them when nobody is left knows the address by the manual.
bool may_enter(const Viewer &viewer) {
    const auto by = domain::entry_transition().by;
    return std::ranges::any_of(viewer.posts, [&](domain::Post post) { return std::ranges::find(by, post) != by.end(); });
}

} // namespace

Viewer viewer_of(const usecases::OfficerSession &session) {
    return {session.actor.name, session.actor.posts(), session.csrf,
            domain::allows(session.actor, domain::Action::decide_identity),
            domain::allows(session.actor, domain::Action::confirm_settings), usecases::sees_accounts(session.actor),
            session.readers_to_note};
}

bool may_read_audit(const Viewer &viewer) {
    return std::ranges::any_of(viewer.posts,
                               [](domain::Post post) { return domain::allows(post, domain::Action::read_audit); });
}

std::string fingerprint_to_read(const OfficerRequest &page) {
    const auto &keys = page.session->keys;
    const auto agency = page.use.snapshot();
    const bool fresh = agency && (*agency)->unvouched.contains(keys.officer);
    return fresh ? crypto::fingerprint(keys.box.public_key, keys.sign.public_key) : std::string();
}

void show_fingerprint(View &view, const std::string &fingerprint) {
    view.list("FINGERPRINT");
    if (!fingerprint.empty()) view.row("FINGERPRINT").set("FINGERPRINT_TEXT", fingerprint);
}

http::Response officer_page(const Site &site, std::string_view page, const Frame &frame, View view,
                            const Viewer *viewer, unsigned status) {
    view.list("SIGNED_IN").list("GIVEN_BACK");
    if (!frame.given_back.empty()) view.row("GIVEN_BACK").set("GIVEN_FORM", frame.given_back);
    if (viewer)
        view.row("SIGNED_IN")
            .set("OFFICER", viewer->name)
            .set("OFFICER_POST", post_names(site, frame, viewer->posts))
            .show("HOLDS_POST", !viewer->posts.empty())
            .set("CSRF", viewer->csrf)
            .show("CUSTODIAN", viewer->custodian)
            .show("MAY_READ_AUDIT", may_read_audit(*viewer))
            .show("NAV_SETTINGS", viewer->settings)
            .show("NAV_ENTRY", may_enter(*viewer))
            .show("NAV_ACCOUNTS", viewer->accounts)
            .show("READERS_TO_NOTE", viewer->readers && page != "queue" && page != "role"); // these have the list itself
    return site.page(page, frame, std::move(view), status);
}

http::Response officer_error_page(const Site &site, unsigned status, const http::Request *request,
                                  const Viewer *viewer, std::string_view said) {
    unsigned worded = status >= 500 ? 500 : 400;
    for (const unsigned known : {404u, 405u, 413u, 503u})
        if (status == known) worded = known;
    const std::string words = said.empty() ? std::to_string(worded) : std::string(said);
    Frame frame;
    if (request) frame = frame_of(*request, "");
    frame.path = "/queue"; // switching language must not repeat what failed
    frame.title_key = "page.error." + words;
    View view;
    view.set("ERROR_TITLE", site.text(frame, frame.title_key));
    view.set("ERROR_SENTENCE", site.text(frame, "error.text." + words));
    return officer_page(site, "officer-error", frame, std::move(view), viewer, status);
}

bool is_ours(const OfficerRequest &page, const http::Request &request, const http::Form &form) {
    return request.same_origin && usecases::csrf_is_right(page.use, page.cookie, form.get("csrf"));
}

bool is_machinery(std::string_view field) {
    constexpr std::string_view ours[] = {"csrf", "door", "version", "seen", "named", "once", "step"};
    return std::ranges::find(ours, field) != std::end(ours);
}

http::Response see_other(std::string location, const Frame &frame) {
    http::Response response;
    response.status = 303;
    response.location = std::move(location) + language_query(frame);
    response.content_type.clear();
    return response;
}

std::string post_name(const Site &site, const Frame &frame, domain::Post post) {
    return site.text(frame, "post." + std::string(domain::id(post)));
}

std::string acted_name(const Site &site, const Frame &frame, const domain::ActedAs &as) {
    const std::string post = post_name(site, frame, as.post);
    if (as.capacity == domain::Capacity::holder) return post;
    const std::string capacity = site.text(frame, "capacity." + std::string(domain::id(as.capacity)));
    if (!as.own)
        return site.catalogue().text(frame.language, "acted.for",
                                     {{"CAPACITY", capacity}, {"POST", post}, {"ORDER", as.order}});
    return site.catalogue().text(
        frame.language, "acted.for_with_own",
        {{"OWN", post_name(site, frame, *as.own)}, {"CAPACITY", capacity}, {"POST", post}, {"ORDER", as.order}});
}

std::string acted_names(const Site &site, const Frame &frame, std::span<const domain::ActedAs> list) {
    std::string out;
    for (const domain::ActedAs &as : list)
        out += (out.empty() ? "" : " · ") + acted_name(site, frame, as);
    return out;
}

std::string signer_name(const Site &site, const Frame &frame, const usecases::Signer &signer) {
    const auto date = [&](base::Day day) { return long_date(site.catalogue(), frame.language, day); };
    return site.catalogue().text(frame.language, "paper.signer",
                                 {{"NAME", signer.name},
                                  {"POST", acted_name(site, frame, signer.as)},
                                  {"FROM", date(signer.from)},
                                  {"LAST", date(signer.last)}});
}

std::string state_name(const Site &site, const Frame &frame, domain::State state) {
    return site.text(frame, "state." + std::string(domain::id(state)));
}

std::string category_name(const Site &site, const Frame &frame, std::string_view id) {
    return id.empty() ? site.text(frame, "queue.category_none") : code_label(site, frame, "category", id);
}

std::string register_number(const Site &site, const Frame &frame, const ports::RegisterNumber &number) {
    const bool open = number.series == ports::RegisterNumber::Series::open;
    return site.catalogue().text(frame.language, open ? "register.open" : "register.restricted",
                                 {{"NUMBER", std::to_string(number.number)}, {"YEAR", std::to_string(number.year)}});
}

std::string turn_of(const Site &site, const Frame &frame, std::span<const domain::Post> posts) {
    std::string out;
    for (const domain::Post post : posts)
        out += (out.empty() ? "" : ", ") + post_name(site, frame, post);
    return out.empty() ? site.text(frame, "queue.nobody") : out;
}

std::string field_label(const Site &site, const Frame &frame, std::string_view name,
                        std::span<const std::string> allegations) {
    const auto [base, number] = numbered(name);
    const std::string label = site.text(frame, "field." + base + ".label");
    if (number == 0 || number > allegations.size()) return label;
    const std::string of_allegation =
        site.catalogue().text(frame.language, "case.allegation_label",
                              {{"NUMBER", std::to_string(number)}, {"TEXT", allegations[number - 1]}});
    if (base == "outcome") return of_allegation;
    return site.catalogue().text(frame.language, "label.with_text", {{"LABEL", label}, {"TEXT", of_allegation}});
}

std::string in_both(const Site &site, std::string_view key) {
    return site.catalogue().text(Language::th, key) + "\n\n" + site.catalogue().text(Language::en, key);
}

std::string standard_notice(const Site &site, std::string_view event) {
    for (const domain::Transition &transition : domain::transitions())
        if (transition.event == event && !transition.standard_notice.empty())
            return in_both(site, transition.standard_notice);
    return {};
}

std::string choice_name(const Site &site, const Frame &frame, std::string_view field, std::string_view choice) {
    const std::string base = numbered(field).first, id(choice);
    if (base == "category") return code_label(site, frame, "category", id);
    if (base == "channel") return code_label(site, frame, "channel", id);
    if (base == "outcome") return site.text(frame, "outcome." + id);
    if (base == "void_reason") return site.text(frame, "choice.void_reason." + id);
    if (base == "opinion") return site.text(frame, "choice.opinion." + id);
    if (base == "referred_to") return site.text(frame, "choice.referred_to." + id);
    if (base == "reopened_for") return site.text(frame, "choice.reopened_for." + id);
    if (base == "secrecy") return site.text(frame, "choice.secrecy." + id);
    if (base.starts_with("sufficient_")) return site.text(frame, "choice.sufficient." + id);
    return site.text(frame, "choice.fact." + id);
}

} // namespace pages
