#include "web/pages/reporter/content.h"

#include "web/pages/common/channel.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/document_view.h"
#include "web/pages/common/error_page.h"
#include "web/pages/common/manual.h"


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

http::Response manual_pdf(ReporterPage &page, const http::Request &request, const domain::ManualVersion &version) {
    const Frame frame = content_frame(request, "page.manual.title");
    const base::Day today = page.use.clock.today();
    const std::string language(http::code(frame.language));
    // A draft is settled anew with each change of a text.
    const std::string name = "manual " + manual_address(version.number) + " " + std::to_string(version.settings) + " " +
                             std::to_string(manual_year(version, today)) + " " + language;
    const bool in_force = version.standing(today) == domain::ManualVersion::Standing::in_force;
    const auto pdf = page.manuals.prints.get(
        name, [&] { return manual_document(page.site, frame, version, today, on_paper(page.manuals.channel)); },
        in_force ? Prints::Asked::often : Prints::Asked::seldom);
    if (!pdf) return reporter_error(page.site, 503, &request);
    http::Response out;
    out.content_type = "application/pdf";
    out.content_language = language;
    out.download_name = "manual-" + manual_address(version.number) + ".pdf";
    out.body = *pdf;
    return out;
}

http::Response manual_html(ReporterPage &page, const http::Request &request, const domain::ManualVersion &version) {
    const Frame frame = content_frame(request, "page.manual.title");
    return render_manual(page.site, frame, *page.manuals.versions, version, page.use.clock.today());
}

const domain::ManualVersion &in_force(const ReporterPage &page) { return page.manuals.versions->on(page.use.clock.today()); }

} // namespace

http::Response render_home(const Site &site, const Frame &frame, const domain::ManualVersion &manual) {
    View view;
    show_channel(view, site, domain::with_limits(site.profile(), manual.profile), frame, true);
    return site.page("home", frame, std::move(view));
}

http::Response render_manual(const Site &site, const Frame &frame, const domain::ManualVersions &versions,
                             const domain::ManualVersion &version, base::Day today) {
    const auto document = manual_document(site, frame, version, today, on_page("/" + language_query(frame)));
    View view;
    view.set("YEAR", std::to_string(manual_year(version, today))).set("MANUAL_ADDRESS", manual_address(version.number));
    show_manual_versions(view, site, frame, versions, version, today);
    show_document(view, document);
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
    return render_home(page.site, content_frame(request, "page.home.title"), in_force(page));
}

http::Response manual_page(ReporterPage &page, http::Request &request, const http::Captures &) {
    return manual_html(page, request, in_force(page));
}

http::Response manual_print(ReporterPage &page, http::Request &request, const http::Captures &) {
    return manual_pdf(page, request, in_force(page));
}

http::Response manual_version(ReporterPage &page, http::Request &request, const http::Captures &captures) {
    constexpr std::string_view ending = ".pdf";
    std::string_view wanted = captures[0];
    const bool pdf = wanted.ends_with(ending);
    if (pdf) wanted.remove_suffix(ending.size());
    const auto *version = find_manual(*page.manuals.versions, wanted);
    if (!version) return reporter_error(page.site, 404, &request);
    return pdf ? manual_pdf(page, request, *version) : manual_html(page, request, *version);
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
