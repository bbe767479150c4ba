#include "web/pages/reporter/tracking.h"

#include "web/http/form.h"
#include "web/pages/common/dates.h"
#include "web/pages/common/error_page.h"
#include "web/pages/reporter/files.h"

#include <algorithm>
#include <array>
#include <map>

namespace pages {

namespace {

using Why = usecases::TrackRefused::Why;

// What could not be written stays on the case's page; where even that cannot be shown, on the entry page.
http::Response not_written(ReporterPage &page, const http::Request &request, std::string receipt, std::string message,
                           const usecases::TrackRefused &refused) {
    auto view = usecases::track(page.use, receipt);
    if (!view) return not_opened(page, request, {std::move(receipt), std::move(message), {}, {}}, refused);
    TrackCase shown{std::move(*view), std::move(receipt), std::move(message), {}, {}};
    if (refused.why == Why::faults)
        shown.faults.push_back({"message", refused.fault_key, refused.limit, refused.over});
    else if (refused.why == Why::form_expired)
        shown.notice = "track.notice.expired";
    else
        shown.notice = refused.why == Why::storage_failed ? "track.notice.storage" : "track.notice.busy";
    return render_track_case(page.site, frame_of(request, "page.track_case.title"), shown);
}

// On a narrow screen the field does not show 28 digits at once: in groups of four they can be compared with the paper.
// Empty when it is anything but 20 to 40 digits, blanks and hyphens.
std::string in_groups(std::string_view typed) {
    constexpr std::string_view thai = "\xE0\xB9"; // U+0E50 to U+0E59 go on with 0x90 to 0x99
    std::string out;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        char c = typed[i];
        if (typed.substr(i).starts_with(thai) && i + 2 < typed.size()) {
            const int digit = static_cast<unsigned char>(typed[i += 2]) - 0x90;
            if (digit < 0 || digit > 9) return {};
            c = static_cast<char>('0' + digit);
        }
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9') return {};
        if (digits > 0 && digits % 4 == 0) out += ' ';
        out += c;
        ++digits;
    }
    return digits >= 20 && digits <= 40 ? out : std::string();
}

// For each day how many are there and how many are not: nothing else of them.
void show_sent_files(View &view, const Site &site, const Frame &frame, std::span<const usecases::TrackView::SentFile> files) {
    const auto &catalogue = site.catalogue();
    struct OfDay {
        std::size_t complete = 0, incomplete = 0;
    };
    std::map<base::Day, OfDay> days;
    for (const auto &file : files)
        ++(file.complete ? days[file.day].complete : days[file.day].incomplete);
    view.show("NO_FILES", days.empty()).list("SENT_FILES");
    view.show("INCOMPLETE", std::ranges::any_of(files, [](const auto &file) { return !file.complete; }));
    if (days.empty()) return;
    View &list = view.row("SENT_FILES").list("SENT_FILE");
    for (const auto &[day, count] : days) {
        const auto date = long_date(catalogue, frame.language, day);
        const auto complete = std::to_string(count.complete), incomplete = std::to_string(count.incomplete);
        list.row("SENT_FILE")
            .set("SENT_FILE_TEXT",
                 count.incomplete == 0
                     ? catalogue.text(frame.language, "files.day", {{"DATE", date}, {"COMPLETE", complete}})
                     : catalogue.text(frame.language, "files.day.incomplete",
                                      {{"DATE", date}, {"COMPLETE", complete}, {"INCOMPLETE", incomplete}}));
    }
}

} // namespace

// The status never depends on the receipt: an answer to a right, a wrong and a mistyped one are alike but for their
// words. Other than 200 is only what would have come with any receipt.
http::Response not_opened(ReporterPage &page, const http::Request &request, TrackEntry entry,
                          const usecases::TrackRefused &refused) {
    unsigned status = 200;
    switch (refused.why) {
    case Why::not_28_digits:
        entry.faults.push_back({"receipt", "fault.receipt.not_28_digits"});
        break;
    case Why::wrong_check:
        entry.faults.push_back({"receipt", "fault.receipt.wrong_check"});
        break;
    case Why::unknown:
        entry.faults.push_back({"receipt", "fault.receipt.unknown"});
        break;
    case Why::damaged:
        entry.notice = "track.notice.storage";
        break;
    case Why::storage_failed:
        entry.notice = "track.notice.storage";
        status = 503;
        break;
    case Why::busy:
    case Why::faults:
    case Why::form_expired:
        entry.notice = "track.notice.busy";
        status = 503;
        break;
    }
    return render_track(page.site, frame_of(request, "page.track.title"), entry, status);
}

std::optional<http::Response> track_kept(const Site &site, const http::Request &request, unsigned status) {
    const auto form = http::parse_form(request);
    if (!form || !form->has("receipt")) return std::nullopt;
    const TrackEntry entry{std::string(form->get("receipt")),
                           std::string(form->get("message")),
                           {},
                           status == 503 ? "track.notice.busy" : "track.notice.storage"};
    return render_track(site, frame_of(request, "page.track.title"), entry, status);
}

http::Response track_start(ReporterPage &page, http::Request &request, const http::Captures &) {
    return render_track(page.site, frame_of(request, "page.track.title"), {});
}

http::Response track_step(ReporterPage &page, http::Request &request, const http::Captures &) {
    const auto form = http::parse_form(request);
    if (!form) return error_page(page.site, 400, &request);
    std::string receipt(form->get("receipt")), message(form->get("message"));
    const auto action = form->get("action");
    if (action == "write") {
        auto view = usecases::write_more(page.use, receipt, message, form->get("once"));
        if (!view) return not_written(page, request, std::move(receipt), std::move(message), view.error());
        TrackCase shown{std::move(*view), std::move(receipt), {}, {}, {}, true};
        return render_track_case(page.site, frame_of(request, "page.track_case.title"), shown);
    }
    if (action == "show") // the entry page in another language
        return render_track(page.site, frame_of(request, "page.track.title"),
                            {std::move(receipt), std::move(message), {}, {}});
    if (!action.empty() && action != "open") return error_page(page.site, 400, &request);
    auto view = usecases::track(page.use, receipt);
    if (!view) return not_opened(page, request, {std::move(receipt), std::move(message), {}, {}}, view.error());
    const TrackCase shown{std::move(*view), std::move(receipt), std::move(message), {}, {}};
    return render_track_case(page.site, frame_of(request, "page.track_case.title"), shown);
}

http::Response render_track(const Site &site, Frame frame, const TrackEntry &entry, unsigned status) {
    frame.faulty = !entry.faults.empty() || !entry.notice.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"track", "action", "show", "open"};
    View view;
    constexpr std::array<std::string_view, 1> fields = {"receipt"};
    show_faults(view, site, frame, entry.faults, fields);
    show_notice(view, site, frame, entry.notice);
    view.set("RECEIPT", entry.receipt);
    view.list("TYPED");
    if (const auto groups = in_groups(entry.receipt); !entry.faults.empty() && !groups.empty())
        view.row("TYPED").set("TYPED_GROUPS", groups);
    view.list("KEPT_MESSAGE");
    if (!entry.message.empty()) view.row("KEPT_MESSAGE").set("KEPT_TEXT", entry.message);
    return site.page("track", frame, std::move(view), status);
}

http::Response render_track_case(const Site &site, Frame frame, const TrackCase &shown) {
    frame.faulty = !shown.faults.empty() || !shown.notice.empty();
    frame.languages = Frame::Languages::form;
    frame.again = {"track", "action", "open", "write"};
    const auto &catalogue = site.catalogue();
    View view;
    constexpr std::array<std::string_view, 2> fields = {"message", "files"};
    const bool of_files = !shown.faults.empty() && shown.faults.front().field == "files"; // no browser gives those back
    show_faults(view, site, frame, shown.faults, fields, {}, !of_files);
    show_notice(view, site, frame, shown.notice);
    view.show("WRITTEN", shown.written).show("FINISHED", domain::is_finished(shown.view.state));
    view.set("STATE", site.text(frame, "told." + std::string(domain::id(shown.view.state))));
    view.set("RECEIVED", catalogue.text(frame.language, "track_case.received",
                                        {{"DATE", long_date(catalogue, frame.language, shown.view.received)}}));
    view.list("MESSAGE_ROW").show("NO_MESSAGES", shown.view.messages.empty());
    for (const auto &message : shown.view.messages)
        view.row("MESSAGE_ROW")
            .set("MESSAGE_FROM",
                 catalogue.text(frame.language, "track_case.message_from",
                                {{"POST", site.text(frame, "post." + std::string(domain::id(message.from)))},
                                 {"DATE", long_date(catalogue, frame.language, message.day)}}))
            .set("MESSAGE_TEXT", message.damaged ? site.text(frame, "track_case.message_damaged") : message.text);
    view.list("SENT");
    for (const base::Day day : shown.view.sent)
        view.row("SENT").set("SENT_DATE", long_date(catalogue, frame.language, day));
    show_sent_files(view, site, frame, shown.view.files);
    show_file_results(view, site, frame, shown.file_results);
    show_send_files(view, site, frame, shown.receipt, shown.view.file_limits);
    view.set("ONCE", shown.view.once).set("MESSAGE", shown.message);
    return site.page("track-case", frame, std::move(view));
}

} // namespace pages
