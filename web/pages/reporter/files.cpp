#include "web/pages/reporter/files.h"

#include "service/usecases/reporter/add_files.h"
#include "web/pages/common/error_page.h"

#include <boost/json.hpp>

#include <algorithm>
#include <charconv>

namespace pages {

namespace {

using usecases::AddFiles, usecases::TrackRefused, domain::FileFault;
using Adding = std::expected<AddFiles, TrackRefused>;

constexpr std::size_t answer_bytes = 2048; // of JSON, filled up with blanks: an answer's size tells nothing of the receipt

bool keeps(const http::Form &fields) { return !fields.get("keep").empty(); }

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t out = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

http::Response json_answer(std::string_view state, std::uint64_t offset, std::string text = {}, bool care = false) {
    http::Response out;
    out.content_type = "application/json";
    out.body = boost::json::serialize(
        boost::json::object{{"state", state}, {"offset", offset}, {"text", std::move(text)}, {"care", care}});
    out.body.resize(std::max(out.body.size(), answer_bytes), ' ');
    return out;
}

http::Response refused(const Site &site, const Frame &frame, const std::string &key) {
    return json_answer("refused", 0, site.text(frame, "file.not_stored") + " " + site.text(frame, key));
}

http::Response refused(const Site &site, const Frame &frame, FileFault fault) {
    if (fault == FileFault::conflict || fault == FileFault::busy) return json_answer("wait", 0);
    return refused(site, frame, "file.fault." + std::string(domain::id(fault)));
}

// With a wrong receipt as much is read as with a right one, no more, and answered as late.
FileSteps read_for_nothing(const ReporterPage &page) {
    return {[most = page.use.policy.files.file, taken = std::uint64_t{0}](base::View bytes) mutable -> std::expected<void, FileFault> {
                taken += bytes.size();
                if (taken > most) return std::unexpected(FileFault::too_large);
                return {};
            },
            []() -> std::expected<domain::FileRecord, FileFault> { return std::unexpected(FileFault::failed); }};
}

// One file of a script. What it is to be answered is known before its bytes come, or after.
class ScriptUpload {
public:
    explicit ScriptUpload(ReporterPage &page) : page_(page) {}

    std::optional<FileSteps> begin(const http::Form &fields) {
        auto intake = announced(fields);
        if (!*adding_) return read_for_nothing(page_);
        if (!intake) return std::nullopt;
        const auto stands = intake->resume();
        if (!stands) {
            fault_ = stands.error();
            return std::nullopt;
        }
        stands_ = *stands;
        if (number(fields.get("offset")) != stands_) return std::nullopt;
        const auto needed = intake->go_on();
        if (!needed) {
            fault_ = needed.error();
            return std::nullopt;
        }
        if (*needed == *stands) return steps_of(std::move(intake));
        stands_ = *needed;
        return std::nullopt;
    }
    std::shared_ptr<usecases::FileIntake> announced(const http::Form &fields) {
        adding_.emplace(AddFiles::to(page_.use, fields.get("receipt")));
        const auto size = number(fields.get("size"));
        const auto mark = fields.get("mark");
        if (!*adding_ || !size || mark.empty() || mark.size() > usecases::FileIntake::most_mark) return nullptr;
        if (*size > page_.use.policy.files.file) {
            fault_ = FileFault::too_large;
            return nullptr;
        }
        return (*adding_)->begin(fields.get("name"), keeps(fields), {std::string(mark), *size});
    }

    const std::optional<Adding> &adding() const { return adding_; }
    std::optional<FileFault> fault() const { return fault_; }
    std::optional<std::uint64_t> stands() const { return stands_; }

private:
    ReporterPage &page_;
    std::optional<Adding> adding_; // outlives the intake
    std::optional<FileFault> fault_;
    std::optional<std::uint64_t> stands_;
};

} // namespace

http::Response track_files(ReporterPage &page, http::Request &request, const http::Captures &) {
    std::optional<Adding> adding;
    FileForm form([&](const http::Form &fields, std::string_view name) -> std::optional<FileSteps> {
        if (!adding) adding.emplace(AddFiles::to(page.use, fields.get("receipt")));
        if (!*adding) return read_for_nothing(page);
        return steps_of(std::shared_ptr((*adding)->begin(name, keeps(fields))));
    });
    const auto read = form.read(request);
    if (read == FileForm::Read::broken && form.results().empty()) return error_page(page.site, 400, &request);
    std::string receipt(form.fields().get("receipt"));
    if (!adding) adding.emplace(AddFiles::to(page.use, receipt));
    if (!*adding) return not_opened(page, request, {std::move(receipt), {}, {}, {}}, adding->error());
    auto view = (*adding)->view();
    if (!view) return not_opened(page, request, {std::move(receipt), {}, {}, {}}, view.error());
    TrackCase shown{.view = std::move(*view), .receipt = std::move(receipt)};
    shown.file_results = form.results();
    if (read != FileForm::Read::whole)
        shown.faults.push_back({"files", "fault.files.broken"});
    else if (form.results().empty())
        shown.faults.push_back({"files", "fault.files.missing"});
    Frame frame = frame_of(request, "page.track_case.title");
    frame.path = "/track"; // whose forms switch the language
    return render_track_case(page.site, frame, shown);
}

http::Response track_upload(ReporterPage &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "page.track_case.title");
    ScriptUpload upload(page);
    FileForm form([&](const http::Form &fields, std::string_view) { return upload.begin(fields); });
    const auto read = form.read(request);
    if (read == FileForm::Read::broken || read == FileForm::Read::cut) return error_page(page.site, 400, &request);
    if (!upload.adding()) { // no file came: the question where to go on
        if (const auto intake = upload.announced(form.fields())) {
            const auto stands = intake->resume();
            return stands ? json_answer("send", *stands) : refused(page.site, frame, stands.error());
        }
    }
    if (const auto fault = upload.fault()) return refused(page.site, frame, *fault);
    if (!*upload.adding()) return refused(page.site, frame, "fault.receipt.unknown");
    if (form.results().empty()) {
        if (upload.stands()) return json_answer("send", *upload.stands());
        return refused(page.site, frame, "fault.files.broken");
    }
    const auto &outcome = form.results().front().outcome;
    if (!outcome) return refused(page.site, frame, outcome.error());
    return json_answer("stored", 0, page.site.text(frame, "file.stored") + " " +
                                        page.site.text(frame, "file.metadata." + std::string(domain::id(outcome->metadata))),
                       domain::tells(outcome->metadata));
}

void show_send_files(View &view, const Site &site, const Frame &frame, const std::string &receipt, const domain::FileLimits &limits) {
    view.set("RECEIPT", receipt);
    view.set("FILES_LIMITS", site.catalogue().text(frame.language, "files.limits",
                                                   {{"FILE", size_text(site, frame, limits.file)},
                                                    {"CASE", size_text(site, frame, limits.in_case)}}));
}

} // namespace pages
