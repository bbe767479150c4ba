#include "service/domain/media_type.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/file_form.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/files.h"

#include <algorithm>

namespace pages {

namespace {

constexpr std::size_t most_at_a_glance = 5; // the rest stand behind one line

std::string kind_name(const Site &site, const Frame &frame, const domain::MediaType &type) {
    return site.text(frame, "file.kind." + std::string(domain::id(type.kind)));
}

std::string kind_text(const Site &site, const Frame &frame, const domain::FileRecord &record) {
    return site.catalogue().text(frame.language, "file.kind",
                                 {{"KIND", kind_name(site, frame, domain::media_type(record.type))}, {"TYPE", record.type}});
}

domain::Danger danger_of(const domain::FileRecord &record) { return domain::danger_of(record.type, record.name); }

// Empty: the name promises nothing that the content is not.
std::string disguise_text(const Site &site, const Frame &frame, const domain::FileRecord &record) {
    const domain::MediaType *promised = domain::disguise_of(record.type, record.name);
    if (!promised) return {};
    return site.catalogue().text(frame.language, "file.disguised",
                                 {{"PROMISED", kind_name(site, frame, *promised)},
                                  {"KIND", kind_name(site, frame, domain::media_type(record.type))}});
}

std::string by_whom(const Site &site, const Frame &frame, const usecases::CaseFile &file) {
    if (file.who.empty()) return site.text(frame, "case.the_reporter");
    return site.catalogue().text(frame.language, "case.history_who",
                                 {{"NAME", file.who}, {"POST", acted_names(site, frame, file.record.as)}});
}

std::string when(const Site &site, const Frame &frame, const usecases::CaseFile &file) {
    return file.time ? long_time(site.catalogue(), frame.language, *file.time) : long_date(site.catalogue(), frame.language, file.day);
}

std::string metadata_text(const Site &site, const Frame &frame, const domain::FileRecord &record) {
    return site.text(frame, "file.metadata." + std::string(domain::id(record.metadata)));
}

std::string purpose_text(const Site &site, const Frame &frame, domain::Purpose purpose) {
    return site.text(frame, "file.purpose." + std::string(domain::id(purpose)));
}

// What stands for a name that is empty.
std::string file_label(const Site &site, const Frame &frame, std::string_view name) {
    return name.empty() ? site.text(frame, "file.nameless") : std::string(name);
}

} // namespace

std::string download_name(const Site &site, const Frame &frame, const domain::FileRecord &record) {
    std::string name = file_label(site, frame, record.name);
    if (name.find('.') == name.npos) name += domain::media_type(record.type).ending();
    return danger_of(record) == domain::Danger::dangerous ? name + ".unsafe" : name;
}

namespace {

bool may_confirm(const usecases::CaseView &shown) {
    return std::ranges::any_of(shown.moves, [](const usecases::OfferedMove &move) { return move.transition->takes_effect; });
}

void show_row(View &row, const Site &site, const Frame &frame, const usecases::CaseFile &file) {
    const bool theirs = file.who.empty();
    const auto danger = danger_of(file.record);
    const auto &type = domain::media_type(file.record.type);
    const std::string disguise = disguise_text(site, frame, file.record);
    row.set("FILE_ID", file.id.text())
        .set("FILE_NAME", file_label(site, frame, file.record.name))
        .set("FILE_WHEN", when(site, frame, file))
        .set("FILE_WHO", theirs ? site.text(frame, "case.the_reporter") : file.who)
        .set("FILE_KIND", kind_name(site, frame, type))
        .set("FILE_SIZE", size_text(site, frame, file.length))
        .show("FILE_THEIRS", theirs)
        .show("FILE_DAMAGED", !file.whole)
        .show("FILE_DANGEROUS", danger == domain::Danger::dangerous)
        .show("FILE_RISKY", danger == domain::Danger::document)
        .show("FILE_TELLS", theirs && type.kind != domain::FileKind::text && file.record.metadata != domain::Metadata::removed)
        .list("FILE_DISGUISED")
        .list("FILE_PURPOSE");
    if (!disguise.empty()) row.row("FILE_DISGUISED").set("DISGUISE", disguise);
    if (!theirs) row.row("FILE_PURPOSE").set("PURPOSE", purpose_text(site, frame, file.record.purpose));
}

} // namespace

void show_files(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown) {
    view.list("FILE").list("FILES_REST").show("NO_FILES", shown.files.empty());
    const std::span files(shown.files);
    const auto [first, rest] = std::pair(files.first(std::min(files.size(), most_at_a_glance)),
                                         files.subspan(std::min(files.size(), most_at_a_glance)));
    for (const usecases::CaseFile &file : first)
        show_row(view.row("FILE"), site, frame, file);
    if (rest.empty()) return;
    const auto harm = [](const usecases::CaseFile &file) { return !file.whole || danger_of(file.record) == domain::Danger::dangerous; };
    View &more = view.row("FILES_REST")
                     .set("REST_TEXT", site.catalogue().text(frame.language, "files.rest", {{"COUNT", std::to_string(rest.size())}}))
                     .show("REST_HARMS", std::ranges::any_of(rest, harm))
                     .list("FILE");
    for (const usecases::CaseFile &file : rest)
        show_row(more.row("FILE"), site, frame, file);
}

void show_attach(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                 const CaseForm &form) {
    view.list("ATTACH");
    if (!shown.may_attach) return;
    const bool typed = form.event == "files" && !form.values.empty();
    const auto value = [&](const std::string &name) {
        const auto found = form.values.find(name);
        return found == form.values.end() ? std::string() : found->second;
    };
    // A paper order waits for the scan that it is to be compared with; whose own does not count cannot bring it.
    const bool paper = shown.wants_scan && !(shown.own_scan_only && may_confirm(shown));
    const std::string preset = typed ? value("purpose") : paper ? "signed_paper" : "";
    View &attach = view.row("ATTACH")
                       .set("FORM_CSRF", viewer.csrf)
                       .show("ATTACH_PAPER", paper)
                       .show("KEEP_CHECKED", !typed || value("keep") == "yes")
                       .list("CHOICE");
    for (std::size_t at = 0; at < std::size(domain::purposes); ++at) {
        const std::string id(domain::id(domain::purposes[at]));
        attach.row("CHOICE")
            .set("CHOICE_ID", id)
            .set("CHOICE_SUFFIX", at == 0 ? "" : "-" + std::to_string(at + 1)) // the error summary leads to the first
            .set("CHOICE_NAME", purpose_text(site, frame, domain::purposes[at]))
            .show("CHOSEN", preset == id);
    }
}

void show_scans(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown, bool wanted) {
    view.list("SCANS").show("MOVE_READY", !wanted || !shown.scans.empty());
    if (!wanted) return;
    View &scans = view.row("SCANS")
                      .list("SCAN")
                      .show("NO_SCAN", shown.scans.empty() && !shown.own_scan_only)
                      .show("OWN_SCAN", shown.own_scan_only);
    for (const usecases::CaseFile &file : shown.files)
        if (std::ranges::find(shown.scans, file.id) != shown.scans.end())
            scans.row("SCAN")
                .set("SCAN_ID", file.id.text())
                .set("SCAN_NAME", file_label(site, frame, file.record.name))
                .set("SCAN_BY", by_whom(site, frame, file))
                .set("SCAN_WHEN", when(site, frame, file));
}

http::Response render_file(const Site &site, Frame frame, const Viewer &viewer, const usecases::FileOfCase &shown, unsigned status) {
    const usecases::CaseFile &file = shown.file;
    frame.path = "/cases/" + shown.row.id.text() + "/files/" + file.id.text();
    frame.title_key = "page.case_file.title";
    frame.faulty = !file.whole;
    const auto seen = domain::media_type(file.record.type).shown;
    const auto danger = danger_of(file.record);
    const std::string disguise = disguise_text(site, frame, file.record);
    View view;
    view.set("SECRECY", secrecy_name(site, frame, shown.secrecy))
        .set("CASE_ID", shown.row.id.text())
        .set("CASE_TITLE", case_title(site, frame, shown.row.number))
        .set("FILE_ID", file.id.text())
        .set("FILE_NAME", file_label(site, frame, file.record.name))
        .show("DAMAGED", !file.whole)
        .show("PICTURE", file.whole && seen == domain::Shown::image)
        .show("SOUND", file.whole && seen == domain::Shown::audio)
        .list("WARNING")
        .list("OFFERED")
        .list("FACT");
    const auto fact = [&](std::string_view key, std::string text) {
        view.row("FACT").set("FACT_NAME", site.text(frame, key)).set("FACT_TEXT", std::move(text));
    };
    fact("file.fact.kind", kind_text(site, frame, file.record));
    fact("file.fact.size", size_text(site, frame, file.length));
    fact("file.fact.by", by_whom(site, frame, file));
    fact("file.fact.when", when(site, frame, file));
    if (!file.who.empty()) fact("file.fact.purpose", purpose_text(site, frame, file.record.purpose));
    fact("file.fact.metadata", metadata_text(site, frame, file.record));
    fact("file.fact.whole", site.text(frame, file.whole ? "file.whole.yes" : "file.whole.no"));
    if (file.whole && (seen == domain::Shown::not_shown || danger == domain::Danger::dangerous)) {
        const std::string id(domain::id(danger));
        View &warning = view.row("WARNING")
                            .set("WARNING_TITLE", site.text(frame, danger == domain::Danger::dangerous ? "file.warning.title.dangerous"
                                                                                                      : "file.warning.title"))
                            .set("WARNING_TEXT", site.text(frame, "file.warning." + id))
                            .list("WARNING_DISGUISE");
        if (!disguise.empty()) warning.row("WARNING_DISGUISE").set("DISGUISE", disguise);
    }
    if (file.whole)
        view.row("OFFERED")
            .set("SAVED_AS", download_name(site, frame, file.record))
            .show("OFFERED_DANGEROUS", danger == domain::Danger::dangerous)
            .show("OFFERED_PLAINLY", danger != domain::Danger::dangerous);
    return officer_page(site, "case-file", frame, std::move(view), &viewer, status);
}

} // namespace pages
