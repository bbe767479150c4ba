#include "web/pages/reporter/content.h"

#include "service/domain/fiscal_year.h"
#include "web/pages/common/channel.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/error_page.h"
#include "web/pages/common/manual.h"
#include "web/pages/common/picture.h"

#include <algorithm>
#include <set>

namespace pages {

namespace {

void show_onion(View &view, const Site &site) {
    view.list("ONION");
    if (!site.profile().onion.empty()) view.row("ONION").set("ONION_ADDRESS", site.profile().onion);
}

Frame content_frame(const http::Request &request, std::string_view title_key) {
    Frame frame = frame_of(request, title_key);
    frame.indexed = true;
    return frame;
}

std::string who(const Site &site, const Frame &frame, const domain::Transition &step) {
    if (std::ranges::equal(step.by, domain::handling_line)) return site.text(frame, "manual.any_reader");
    if (step.named) return site.text(frame, "post." + std::string(domain::id(domain::Post::fact_finder)));
    std::string out;
    for (const domain::Post post : step.by) {
        const std::string name = site.text(frame, "post." + std::string(domain::id(post)));
        out = out.empty() ? name : site.catalogue().text(frame.language, "manual.or", {{"ONE", out}, {"OTHER", name}});
    }
    if (step.takes_effect && domain::on_paper(step)) return out + " " + site.text(frame, "manual.never_the_recorder");
    return step.never_the_proposer ? out + " " + site.text(frame, "manual.never_the_proposer") : out;
}

} // namespace

http::Response render_home(const Site &site, const Frame &frame) {
    View view;
    show_channel(view, site, site.profile(), frame, true);
    return site.page("home", frame, std::move(view));
}

http::Response render_manual(const Site &site, const Frame &frame, base::Day today) {
    View view;
    view.set("YEAR", std::to_string(domain::fiscal_year(today)));
    view.set("UNIT", in(site.profile().responsible_unit, frame.language));
    view.set("CONTACT", in(site.profile().contact, frame.language));
    view.set("KIND", site.text(frame, "kind." + site.profile().kind));
    view.list("HOURS_LINE");
    if (const auto &hours = in(site.profile().hours, frame.language); !hours.empty())
        view.row("HOURS_LINE").set("HOURS_TEXT", hours);
    show_picture(view, manual_diagram(site, frame).picture);
    const std::string filed = site.text(frame, "manual.filed.step");
    view.row("STEP")
        .set("STEP_NAME", filed)
        .set("STEP_TO", site.text(frame, "state." + std::string(domain::id(domain::State::submitted))))
        .set("STEP_BY", site.text(frame, "case.the_reporter"));
    std::set<std::string_view> told; // a step that leads out of several states: once
    show_limits_from(view, site, frame, site.profile());
    view.row("LIMIT").set("STEP_NAME", filed).set("STEP_LIMIT", site.text(frame, "manual.limit.at_once"));
    for (const domain::Transition &step : domain::transitions()) {
        if (!told.insert(step.event).second) continue;
        const std::string name = step_name(site, frame, step), by = who(site, frame, step);
        if (step.limit > 0) view.row("LIMIT").set("STEP_NAME", name).set("STEP_LIMIT", step_limit(site, frame, site.profile(), step));
        if (domain::on_paper(step) || domain::sets_aside(step)) {
            view.row(domain::on_paper(step) ? "PAPER" : "ASIDE").set("STEP_NAME", name).set("STEP_BY", by);
            continue;
        }
        const std::string to = site.text(frame, step.returns ? "manual.returns" : "state." + std::string(domain::id(step.to)));
        view.row(step.main ? "STEP" : "OTHER").set("STEP_NAME", name).set("STEP_TO", to).set("STEP_BY", by);
    }
    return site.page("manual", frame, std::move(view));
}

http::Response render_privacy(const Site &site, const Frame &frame) {
    View view;
    show_onion(view, site);
    return site.page("privacy", frame, std::move(view));
}

http::Response render_keys(const Site &site, const Frame &frame, std::span<const PublicKeyRow> rows) {
    View view;
    view.list("KEY");
    for (const PublicKeyRow &row : rows)
        view.row("KEY")
            .set("KEY_NAME", row.name)
            .set("KEY_POST", row.post)
            .set("KEY_RIGHTS", row.rights)
            .set("KEY_UNTIL", row.until)
            .set("KEY_FINGERPRINT", row.fingerprint)
            .set("KEY_BOX", row.box)
            .set("KEY_SIGN", row.sign);
    return site.page("keys", frame, std::move(view));
}

http::Response render_statistics(const Site &site, const Frame &frame) {
    return site.page("statistics", frame, View());
}

http::Response home_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_home(page.site, content_frame(request, "page.home.title"));
}

http::Response manual_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_manual(page.site, content_frame(request, "page.manual.title"), page.use.clock.today());
}

http::Response privacy_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_privacy(page.site, content_frame(request, "page.privacy.title"));
}

http::Response statistics_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_statistics(page.site, content_frame(request, "page.statistics.title"));
}

http::Response keys_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    const Frame frame = content_frame(request, "page.keys.title");
    const auto snapshot = page.use.snapshot();
    if (!snapshot) return reporter_error(page.site, 503, &request);
    std::vector<PublicKeyRow> rows;
    for (const domain::Person &person : domain::people((*snapshot)->everyone)) {
        const auto *certificate = (*snapshot)->roster.live(person.officer);
        if (!certificate || certificate->rights == crypto::Rights{}) continue; // nothing is sealed to admin or auditor
        std::string rights;
        for (const auto &[right, key] : {std::pair{crypto::Right::reading, "keys.right.reading"},
                                         {crypto::Right::custody, "keys.right.custody"},
                                         {crypto::Right::vouching, "keys.right.vouching"}})
            if (certificate->rights.has(right)) rights += (rights.empty() ? "" : " · ") + page.site.text(frame, key);
        rows.push_back(
            {certificate->display_name, post_names(page.site, frame, person.posts), rights,
             long_date(page.site.catalogue(), frame.language, certificate->not_after),
             crypto::fingerprint(*certificate), base::hex(certificate->box.bytes), base::hex(certificate->sign.bytes)});
    }
    return render_keys(page.site, frame, rows);
}

http::Response static_file(ReporterPage &page, http::Request &request, const http::Captures &) {
    auto file = page.site.files().answer(request.path);
    return file ? std::move(*file) : error_page(page.site, 404, &request);
}

} // namespace pages
