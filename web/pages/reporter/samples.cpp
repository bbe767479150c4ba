#include "web/pages/reporter/samples.h"

#include "web/pages/common/manual.h"
#include "web/pages/common/sample_frame.h"
#include "web/pages/reporter/content.h"
#include "web/pages/reporter/report.h"
#include "web/pages/reporter/tracking.h"

namespace pages {

namespace {

base::OfficerId officer(base::Byte number) {
    base::Array<16> bytes{};
    bytes[15] = number;
    return base::OfficerId(bytes);
}

domain::FilingForm typed() {
    domain::FilingForm form;
    form.category = "procurement";
    form.subject_name = "สมชาย ตัวอย่าง";
    form.subject_position = "เจ้าพนักงานพัสดุ";
    form.subject_unit = "กองคลัง";
    form.when = "ต้นปี 2566";
    form.where = "สำนักงาน";
    form.facts = "บรรทัดแรกของเรื่อง\nบรรทัดที่สอง";
    form.witnesses = "เอกสารจัดซื้อ";
    form.elsewhere = "ไม่เคย";
    form.wish = "ขอให้ตรวจสอบ";
    form.excluded = {officer(3).text()};
    form.anonymous = false;
    form.name = "ผู้แจ้ง";
    form.phone = "0800000000";
    form.acknowledge = true;
    return form;
}

std::vector<domain::Holder> line() {
    return {{officer(1), domain::Post::legal_officer, "ตัวอย่าง นิติกร", true, true},
            {officer(2), domain::Post::head_office, "ตัวอย่าง หัวหน้าสำนักปลัด", true, true},
            {officer(3), domain::Post::clerk, "ตัวอย่าง ปลัด", true, true}};
}

usecases::CheckedForm checked(bool anonymous) {
    const auto form = typed();
    usecases::CheckedForm out;
    auto &complaint = out.filing.complaint;
    complaint.category = form.category;
    complaint.subject_name = form.subject_name;
    complaint.facts = form.facts;
    complaint.when = form.when;
    complaint.excluded = {officer(3)};
    complaint.anonymous = anonymous;
    if (!anonymous) out.filing.identity.name = form.name;
    out.line = line();
    if (anonymous) out.name_matches = {officer(1)};
    return out;
}

std::vector<domain::Fault> every_fault() {
    std::vector<domain::Fault> faults;
    faults.push_back({"subject_name", "fault.subject.both"});
    for (const char *field : {"category", "facts", "excluded", "name", "acknowledge"})
        faults.push_back({field, "fault.field.missing"});
    for (const char *field : {"subject_position", "subject_unit", "when", "where", "witnesses", "elsewhere", "wish",
                              "address", "phone", "email"})
        faults.push_back({field, "fault.too_long", 200, 3});
    return faults;
}

usecases::TrackView tracked(bool with_messages) {
    const base::Day day{19000};
    usecases::TrackView view{domain::State::screening, day, {}, {day, day}, {{day, true}, {day, false}}, {}, "once"};
    if (with_messages)
        view.messages.push_back({day, domain::Post::legal_officer, "ขอบคุณสำหรับข้อมูล\nโปรดระบุวันที่โดยประมาณ"});
    return view;
}

void add_report(std::vector<Sample> &out, const Site &site, Language language) {
    const auto at = [&](const char *key) { return sample_frame(language, "/report", key); };
    out.push_back({"report-question", render_question(site, at("page.report_question.title"), false)});
    out.push_back({"report-question-fault", render_question(site, at("page.report_question.title"), true)});
    out.push_back({"report-general", render_general(site, at("page.report_general.title"))});
    out.push_back({"report-form", render_form(site, at("page.report_form.title"), {{}, line(), "once", {}, {}})});
    const ReportForm faulty{typed(), line(), "once", every_fault(), "form.notice.storage"};
    out.push_back({"report-form-fault", render_form(site, at("page.report_form.title"), faulty, 400)});
    out.push_back({"report-check", render_check(site, at("page.report_check.title"), typed(), checked(false), "once")});
    out.push_back(
        {"report-check-match", render_check(site, at("page.report_check.title"), typed(), checked(true), "once")});
    for (const auto how :
         {usecases::Filed::How::filed, usecases::Filed::How::filed_before, usecases::Filed::How::added_as_follow_up})
        out.push_back({"report-result", render_result(site, at("page.report_result.title"),
                                                      {how, "1234 5678 9012 3456 7890 1234 5678", ""})});
}

} // namespace

std::vector<Sample> reporter_samples(const Site &site, Language language) {
    std::vector<Sample> out;
    constexpr base::Day today{19000};
    const domain::ManualVersions versions = sample_manuals(site, today);
    out.push_back({"home", render_home(site, sample_frame(language, "/", "page.home.title"), versions.on(today))});
    const auto manual = sample_frame(language, "/manual", "page.manual.title");
    for (const domain::ManualVersion &version : versions.all())
        out.push_back({"manual-" + manual_address(version.number), render_manual(site, manual, versions, version, today)});
    out.push_back({"privacy", render_privacy(site, sample_frame(language, "/privacy", "page.privacy.title"))});
    const PublicKeyRow key{"ตัวอย่าง นิติกร",
                           "นิติกร",
                           "อ่านเรื่อง",
                           "1 มกราคม 2570",
                           "0123 4567 89ab cdef 0123 4567 89ab cdef",
                           std::string(64, 'a'),
                           std::string(64, 'b')};
    out.push_back({"keys", render_keys(site, sample_frame(language, "/keys", "page.keys.title"), std::span(&key, 1))});
    out.push_back({"statistics", render_statistics(site, sample_frame(language, "/statistics", "page.statistics.title"))});
    add_report(out, site, language);
    const auto entry = sample_frame(language, "/track", "page.track.title"),
               found = sample_frame(language, "/track", "page.track_case.title");
    out.push_back({"track", render_track(site, entry, {})});
    const TrackEntry wrong{"1234", "ข้อความ", {{"receipt", "fault.receipt.not_28_digits"}}, "track.notice.busy"};
    out.push_back({"track-fault", render_track(site, entry, wrong, 400)});
    const std::string receipt = "1234 5678 9012 3456 7890 1234 5678";
    out.push_back({"track-case", render_track_case(site, found, {tracked(true), receipt, "", {}, {}, true})});
    auto finished = tracked(false);
    finished.state = domain::State::closed;
    const TrackCase unsent{finished, receipt, "ข้อความ", {{"message", "fault.message.missing"}}, "track.notice.expired"};
    out.push_back({"track-case-fault", render_track_case(site, found, unsent)});
    TrackCase sent{tracked(false), receipt};
    sent.file_results = {{"ใบเสร็จ.jpg", domain::FileRecord{}}, {"", std::unexpected(domain::FileFault::too_large)}};
    out.push_back({"track-case-files", render_track_case(site, found, sent)});
    sent.view.files.clear();
    sent.file_results.clear();
    sent.faults = {{"files", "fault.files.missing"}};
    out.push_back({"track-case-files-fault", render_track_case(site, found, sent)});
    for (const unsigned status : {400u, 404u, 405u, 413u, 500u, 503u})
        out.push_back({"error-" + std::to_string(status), reporter_error(site, status, nullptr)});
    return out;
}

} // namespace pages
