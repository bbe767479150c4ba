#include "web/pages/common/dates.h"
#include "web/pages/common/file_form.h"
#include "web/pages/officer/files.h"

#include <algorithm>
#include <array>

namespace pages {

namespace {

// Media types that one word tells better; the first that fits, a whole type or its beginning.
struct Named {
    std::string_view type, kind, ending;
};
constexpr auto kinds = std::to_array<Named>({
    {"image/jpeg", "image", ".jpg"},
    {"image/png", "image", ".png"},
    {"image/gif", "image", ".gif"},
    {"image/webp", "image", ".webp"},
    {"image/heic", "image", ".heic"},
    {"image/tiff", "image", ".tif"},
    {"image/svg", "page", ".svg"},
    {"image/", "image", ""},
    {"audio/mpeg", "audio", ".mp3"},
    {"audio/mp4", "audio", ".m4a"},
    {"audio/x-m4a", "audio", ".m4a"},
    {"audio/ogg", "audio", ".ogg"},
    {"audio/x-wav", "audio", ".wav"},
    {"audio/", "audio", ""},
    {"video/mp4", "video", ".mp4"},
    {"video/quicktime", "video", ".mov"},
    {"video/3gpp", "video", ".3gp"},
    {"video/", "video", ""},
    {"application/pdf", "pdf", ".pdf"},
    {"application/msword", "document", ".doc"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml", "document", ".docx"},
    {"application/vnd.oasis.opendocument.text", "document", ".odt"},
    {"text/rtf", "document", ".rtf"},
    {"application/vnd.ms-excel", "sheet", ".xls"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml", "sheet", ".xlsx"},
    {"application/vnd.oasis.opendocument.spreadsheet", "sheet", ".ods"},
    {"application/vnd.ms-powerpoint", "slides", ".ppt"},
    {"application/vnd.openxmlformats-officedocument.presentationml", "slides", ".pptx"},
    {"application/vnd.oasis.opendocument.presentation", "slides", ".odp"},
    {"message/rfc822", "mail", ".eml"},
    {"text/html", "page", ""},
    {"text/xml", "page", ""},
    {"application/xhtml", "page", ""},
    {"text/x-", "program", ""},
    {"text/", "text", ".txt"},
    {"application/zip", "archive", ".zip"},
    {"application/x-rar", "archive", ".rar"},
    {"application/x-7z", "archive", ".7z"},
    {"application/gzip", "archive", ".gz"},
    {"application/x-tar", "archive", ".tar"},
    {"application/x-dosexec", "program", ""},
    {"application/vnd.microsoft.portable-executable", "program", ""},
    {"application/x-executable", "program", ""},
    {"application/x-sharedlib", "program", ""},
    {"application/java-archive", "program", ""},
    {"application/vnd.android.package-archive", "program", ""},
});

const Named *named(std::string_view type) {
    const auto found = std::ranges::find_if(kinds, [&](const Named &one) { return type.starts_with(one.type); });
    return found == kinds.end() ? nullptr : &*found;
}

std::string kind_text(const Site &site, const Frame &frame, const domain::FileRecord &record) {
    const Named *known = named(record.type);
    return site.catalogue().text(frame.language, "file.kind",
                                 {{"KIND", site.text(frame, "file.kind." + std::string(known ? known->kind : "other"))},
                                  {"TYPE", record.type}});
}

std::string_view danger_id(const domain::FileRecord &record) {
    switch (domain::danger_of(record.type, record.name)) {
    case domain::Danger::none_known: return "none_known";
    case domain::Danger::document: return "document";
    case domain::Danger::dangerous: break;
    }
    return "dangerous";
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
    const Named *known = named(record.type);
    return name.find('.') == name.npos && known ? name + std::string(known->ending) : name;
}

void show_files(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown) {
    view.list("FILE").show("NO_FILES", shown.files.empty());
    for (const usecases::CaseFile &file : shown.files) {
        View &row = view.row("FILE")
                        .set("FILE_ID", file.id.text())
                        .set("FILE_NAME", file_label(site, frame, file.record.name))
                        .set("FILE_WHEN", when(site, frame, file))
                        .set("FILE_WHO", by_whom(site, frame, file))
                        .set("FILE_KIND", kind_text(site, frame, file.record))
                        .set("FILE_SIZE", size_text(site, frame, file.length))
                        .set("FILE_METADATA", metadata_text(site, frame, file.record))
                        .set("FILE_DANGER", site.text(frame, "file.danger." + std::string(danger_id(file.record))))
                        .show("FILE_RISKY", domain::danger_of(file.record.type, file.record.name) != domain::Danger::none_known)
                        .show("FILE_THEIRS", file.who.empty())
                        .show("FILE_WHOLE", file.whole)
                        .show("FILE_DAMAGED", !file.whole)
                        .list("FILE_PURPOSE");
        if (!file.who.empty()) row.row("FILE_PURPOSE").set("PURPOSE", purpose_text(site, frame, file.record.purpose));
    }
}

void show_attach(View &view, const Site &site, const Frame &frame, const Viewer &viewer, const usecases::CaseView &shown,
                 const CaseForm &form) {
    view.list("ATTACH");
    if (!shown.may_reply) return;
    const bool typed = form.event == "files" && !form.values.empty();
    const auto value = [&](const std::string &name) {
        const auto found = form.values.find(name);
        return found == form.values.end() ? std::string() : found->second;
    };
    // A paper order waits for the scan that it is to be compared with.
    const bool paper = shown.row.state == domain::State::paper_recorded;
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
    view.list("SCANS");
    if (!wanted) return;
    View &scans = view.row("SCANS").list("SCAN").show("NO_SCAN", shown.scans.empty());
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
    const auto &catalogue = site.catalogue();
    frame.path = "/cases/" + shown.row.id.text() + "/files/" + file.id.text();
    frame.title_key = "page.case_file.title";
    frame.faulty = !file.whole;
    const auto seen = domain::shown_as(file.record.type);
    View view;
    view.set("SECRECY", site.text(frame, "secrecy." + (shown.secrecy.empty() ? "confidential" : shown.secrecy)))
        .set("CASE_ID", shown.row.id.text())
        .set("CASE_TITLE", shown.row.number ? catalogue.text(frame.language, "case.title",
                                                             {{"NUMBER", register_number(site, frame, *shown.row.number)}})
                                            : site.text(frame, "case.title_unregistered"))
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
    if (file.whole && seen == domain::Shown::not_shown)
        view.row("WARNING").set("WARNING_TEXT", site.text(frame, "file.warning." + std::string(danger_id(file.record))));
    if (file.whole) view.row("OFFERED").set("SAVED_AS", download_name(site, frame, file.record));
    return officer_page(site, "case-file", frame, std::move(view), &viewer, status);
}

} // namespace pages
