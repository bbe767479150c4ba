#include "web/pages/officer/register.h"

#include "service/domain/text.h"
#include "service/usecases/officer/register_import.h"
#include "web/http/multipart.h"
#include "web/http/wipe.h"
#include "web/pages/common/dates.h"

#include <charconv>

namespace pages {

namespace {

using MayWork = domain::Permitted<domain::Action::work_cases>;
using Why = usecases::IntakeRefused::Why;

constexpr std::size_t faults_shown = 200, facts_shown = 80;

// The file in memory, as far as it can be one and one byte more; the rest is read and thrown away. Cleared when it goes.
class TableSink final : public http::FileSink {
public:
    ~TableSink() override { http::wipe(bytes_); }
    bool chosen() const { return chosen_; }
    std::string_view bytes() const { return bytes_; }

private:
    bool begin(const http::FilePart &) override { return !std::exchange(chosen_, true); } // there is one file in the form
    bool data(std::string_view bytes) override {
        if (bytes_.capacity() == 0) bytes_.reserve(domain::max_register_bytes + 1); // never moved, never left behind
        bytes_.append(bytes.substr(0, domain::max_register_bytes + 1 - bytes_.size()));
        return true;
    }
    bool end() override { return true; }

    std::string bytes_;
    bool chosen_ = false;
};

domain::RegisterNames names_of(const Site &site) {
    std::vector<usecases::WordingOf> wordings;
    for (const Language language : languages)
        wordings.push_back([&site, language](std::string_view key) { return site.catalogue().text(language, key); });
    return usecases::register_names(site.profile(), wordings);
}

http::Response missing(const OfficerRequest &page, const http::Request &request) {
    const Viewer viewer = viewer_of(*page.session);
    return officer_error_page(page.site, 404, &request, &viewer);
}

http::Response show(const OfficerRequest &page, const http::Request &request, const RegisterPage &shown, unsigned status = 200) {
    return render_register(page.site, frame_of(request, "page.register.title"), viewer_of(*page.session), shown, status);
}

http::Response look(OfficerRequest &page, const http::Request &request, std::string_view bytes) {
    const auto permitted = MayWork::check(page.session->actor);
    if (!permitted) return missing(page, request);
    auto found = usecases::look_at_register(*permitted, page.use, bytes, names_of(page.site));
    if (!found && found.error().code == base::Code::not_found) return missing(page, request);
    if (!found) return show(page, request, {.notice = "case.notice.busy"}, 503);
    RegisterPage shown{.faults = std::move(found->faults), .rows = std::move(found->rows)};
    if (shown.faults.empty() && shown.rows.empty()) return show(page, request, {.notice = "register.empty"}, 400);
    if (!shown.faults.empty()) return show(page, request, shown, 400);
    shown.file = base::base64url(base::view(bytes));
    return show(page, request, shown);
}

bool may_enter(OfficerRequest &page) {
    const auto permitted = MayWork::check(page.session->actor);
    return permitted && usecases::entry_page(*permitted, page.use);
}

std::size_t number_in(std::string_view text) {
    std::size_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

} // namespace

http::Response register_form(OfficerRequest &page, http::Request &request, const http::Captures &) {
    if (!may_enter(page)) return missing(page, request);
    return show(page, request, {});
}

http::Response register_template(OfficerRequest &page, http::Request &request, const http::Captures &) {
    if (!may_enter(page)) return missing(page, request);
    http::Response out;
    out.content_type = "text/csv; charset=utf-8";
    out.download_name = "register.csv";
    out.body = "\xef\xbb\xbf"; // by which office programs know UTF-8
    for (const std::string_view column : domain::text_columns())
        out.body += std::string(out.body.size() > 3 ? "," : "") + std::string(column);
    out.body += "\r\n";
    return out;
}

http::Response register_look(OfficerRequest &page, http::Request &request, const http::Captures &) {
    if (!may_enter(page)) return missing(page, request);
    const Viewer viewer = viewer_of(*page.session);
    const auto boundary = http::multipart_boundary(request.content_type);
    if (!request.stream || !boundary) return officer_error_page(page.site, 400, &request, &viewer);
    TableSink sink;
    http::MultipartParser parser(*boundary, sink);
    if (!http::read_multipart(*request.stream, parser)) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, parser.fields())) return officer_error_page(page.site, 403, &request, &viewer);
    if (!sink.chosen()) return show(page, request, {.notice = "register.chosen"}, 400);
    if (sink.bytes().size() > domain::max_register_bytes) return show(page, request, {.notice = "register.too_large"}, 400);
    return look(page, request, sink.bytes());
}

http::Response register_take(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, *form)) return officer_error_page(page.site, 403, &request, &viewer);
    const auto bytes = base::from_base64url(form->get("register_file"));
    const auto permitted = MayWork::check(page.session->actor);
    if (!bytes || bytes->size() > domain::max_register_bytes || !permitted) return missing(page, request);
    const auto taken = usecases::take_in_register(*permitted, page.use, *page.session, base::text(*bytes), names_of(page.site),
                                                  number_in(form->get("from")));
    if (!taken && taken.error().why == Why::not_found) return missing(page, request);
    if (!taken && taken.error().why == Why::faults) return look(page, request, base::text(*bytes)); // something has changed since it was looked at
    RegisterPage shown{.done = taken ? *taken : taken.error().done};
    if (!taken) shown.notice = taken.error().why == Why::busy ? "register.busy" : "register.storage";
    if (shown.done->next < shown.done->rows || !taken) shown.file = form->get("register_file");
    return show(page, request, shown, taken ? 200 : 503);
}

http::Response render_register(const Site &site, Frame frame, const Viewer &viewer, const RegisterPage &shown, unsigned status) {
    frame.path = "/entry/register";
    frame.faulty = !shown.faults.empty() || !shown.notice.empty();
    if (!shown.file.empty() || !shown.rows.empty()) frame.languages = Frame::Languages::none; // the file would be lost
    const auto say = [&](std::string_view key, std::initializer_list<Catalogue::Filling> with) { return site.catalogue().text(frame.language, key, with); };
    View view;
    show_notice(view, site, frame, shown.notice);
    view.set("FORM_CSRF", viewer.csrf).list("FAULTS").list("ROWS").list("TAKE").list("DONE").show("SEND", shown.file.empty() && !shown.done);
    if (!shown.faults.empty()) {
        View &faults = view.row("FAULTS").set("FAULTS_TEXT", say("register.faults", {{"COUNT", std::to_string(shown.faults.size())}})).list("FAULT").list("MORE");
        for (const usecases::IntakeFault &one : std::span(shown.faults).first(std::min(shown.faults.size(), faults_shown)))
            faults.row("FAULT")
                .set("LINE", std::to_string(one.line))
                .set("COLUMN", one.fault.field)
                .set("FAULT_TEXT", fault_text(site, frame, one.fault));
        if (shown.faults.size() > faults_shown)
            faults.row("MORE").set("MORE_TEXT", say("import.more", {{"COUNT", std::to_string(shown.faults.size() - faults_shown)}}));
    }
    if (!shown.rows.empty() && !shown.file.empty()) {
        View &rows = view.row("ROWS").set("ROWS_TEXT", say("register.rows", {{"COUNT", std::to_string(shown.rows.size())}})).list("ROW");
        for (const usecases::IntakeRow &one : shown.rows)
            rows.row("ROW")
                .set("LINE", std::to_string(one.line))
                .set("NUMBER", one.number)
                .set("RECEIVED", long_date(site.catalogue(), frame.language, one.received))
                .set("CHANNEL", code_label(site, frame, "channel", one.channel))
                .set("CATEGORY", code_label(site, frame, "category", one.category))
                .set("FACTS", domain::beginning(one.facts, facts_shown));
    }
    if (shown.done)
        view.row("DONE").set("DONE_TEXT", say("register.done", {{"TAKEN", std::to_string(shown.done->taken)},
                                                                {"THERE", std::to_string(shown.done->there)},
                                                                {"NEXT", std::to_string(shown.done->next)},
                                                                {"ROWS", std::to_string(shown.done->rows)}}))
            .show("ALL", shown.done->next == shown.done->rows);
    if (!shown.file.empty())
        view.row("TAKE")
            .set("FORM_CSRF", viewer.csrf)
            .set("FILE", shown.file)
            .set("FROM", std::to_string(shown.done ? shown.done->next : 0))
            .set("TAKE_BUTTON", shown.done ? site.text(frame, "register.go_on") : say("register.take", {{"COUNT", std::to_string(shown.rows.size())}}));
    return officer_page(site, "register", frame, std::move(view), &viewer, status);
}

} // namespace pages
