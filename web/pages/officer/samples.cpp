#include "web/pages/officer/samples.h"

#include "web/pages/common/manual.h"
#include "web/pages/common/sample_frame.h"
#include "web/pages/officer/access.h"
#include "web/pages/officer/case.h"
#include "web/pages/officer/files.h"
#include "web/pages/officer/identity.h"
#include "web/pages/officer/manual.h"
#include "web/pages/officer/queue.h"
#include "web/pages/officer/sign_in.h"
#include "web/pages/officer/triage.h"

#include <algorithm>
#include <iterator>

namespace pages {

namespace {

constexpr base::Day day{19000};
const std::vector<std::string> two_issues = {"เรียกรับเงินจากผู้รับจ้าง", "ตรวจรับงานที่ไม่ครบ"};

std::vector<domain::ActedAs> acted(domain::Post post) { return {{{}, post, domain::Capacity::holder, "1/2566"}}; }

// Everybody that a list of signers can show: holders, acting ones with and without a post of their own.
std::vector<usecases::Signer> signers() {
    std::vector<usecases::Signer> out;
    for (const domain::Capacity capacity : domain::capacities)
        for (const bool own : {false, true}) {
            usecases::Signer one{{}, "ตัวอย่าง ผู้ลงนาม", {base::AppointmentId(base::Array<16>{static_cast<base::Byte>(1 + out.size())}),
                                 domain::Post::clerk, capacity, "7/2566"}, day, {day.number + 90}};
            if (own) one.as.own = domain::Post::head_office;
            out.push_back(std::move(one));
        }
    return out;
}

std::vector<domain::Person> nameable() {
    return {{base::OfficerId({1}), "ตัวอย่าง ผู้สืบสวน", {domain::Post::fact_finder}},
            {base::OfficerId({2}), "ตัวอย่าง หัวหน้าสำนักปลัด", {domain::Post::head_office, domain::Post::clerk}}};
}

// An honest value of a field, and for a signer or officers one that the list has.
std::string value_of(const domain::FieldRule &rule) {
    switch (rule.type) {
    case domain::FieldType::confirm: return "yes";
    case domain::FieldType::date: return "2022-01-08";
    case domain::FieldType::signer: return signers().back().as.appointment.text();
    case domain::FieldType::officers: return nameable().back().officer.text();
    case domain::FieldType::case_number: return "12/2569";
    default: return rule.choices.empty() ? "ข้อความ" : std::string(rule.choices.front());
    }
}

Viewer viewer(domain::Post post) { return {"ตัวอย่าง เจ้าหน้าที่", {post}, "token", post == domain::Post::clerk}; }

usecases::QueueRow row(domain::State state, bool numbered) {
    base::Array<16> bytes{};
    bytes[15] = static_cast<base::Byte>(state);
    usecases::QueueRow out{};
    out.id = base::CaseId(bytes);
    if (numbered) out.number = {ports::RegisterNumber::Series::open, 2569, 12};
    out.received = out.state_since = day;
    out.due = base::Day{day.number + 2};
    out.standing = numbered ? domain::Deadlines::Standing::overdue : domain::Deadlines::Standing::soon;
    out.last_from_reporter = base::Day{day.number + 1};
    out.state = state;
    out.category = numbered ? "procurement" : "";
    if (!domain::is_finished(state)) out.turn = {domain::Post::clerk, domain::Post::executive};
    out.my_turn = !domain::is_finished(state);
    return out;
}

domain::Complaint complaint() {
    domain::Complaint out;
    out.category = "procurement";
    out.subject_name = "สมชาย ตัวอย่าง";
    out.subject_position = "เจ้าพนักงานพัสดุ";
    out.facts = "บรรทัดแรกของเรื่อง\nบรรทัดที่สอง";
    out.when = "ต้นปี 2566";
    out.anonymous = false;
    return out;
}

usecases::CaseFile file(std::uint8_t number, std::string name, std::string type, bool officers) {
    usecases::CaseFile out{base::ObjectId(base::Array<16>{number}), day, {}, {}, {std::move(name), std::move(type)}, 2'500'000, true};
    if (!officers) return out;
    out.time = 1'700'000'000;
    out.who = "ตัวอย่าง นิติกร";
    out.record.as = acted(domain::Post::legal_officer);
    return out;
}

// Of both sides, of every safety, and one that is cut.
std::vector<usecases::CaseFile> files() {
    std::vector<usecases::CaseFile> out{file(1, "ใบเสร็จ.jpg", "image/jpeg", false), file(2, "", "audio/mpeg", false),
                                        file(3, "บันทึก.docx", "application/msword", true),
                                        file(4, "คลิป.mp4", "video/mp4", false), file(5, "page.jpg", "text/html", false),
                                        file(6, "คำสั่ง.pdf", "application/pdf", true)};
    constexpr domain::Metadata metadata[] = {domain::Metadata::removed, domain::Metadata::not_known, domain::Metadata::failed,
                                             domain::Metadata::too_large, domain::Metadata::not_known, domain::Metadata::kept};
    for (std::size_t at = 0; at < out.size(); ++at)
        out[at].record.metadata = metadata[at];
    out[2].record.purpose = domain::Purpose::letter;
    out[5].record.purpose = domain::Purpose::signed_paper;
    out[3].whole = false;
    return out;
}

// A case in the state from which the move leads, with everything that a case can show.
usecases::CaseView case_view(const domain::Transition &transition) {
    usecases::CaseView out;
    out.row = row(transition.from, transition.from != domain::State::submitted);
    out.version = 3;
    out.complaint = complaint();
    out.excluded_names = {"ตัวอย่าง ปลัด"};
    out.allegations = two_issues;
    out.signers = signers();
    out.files = files();
    if (transition.takes_effect) out.scans = {out.files.back().id};
    out.moves = {{&transition, two_issues, out.signers, nameable()}};
    out.may_reply = out.may_attach = true;
    out.identity = {.step = usecases::IdentityStanding::Step::asked, .asked = day, .decided = {}, .shown = {}, .until = {}, .by = {}, .reason = {}};
    out.history.push_back({day, {}, "", {}, "filed", {}, "", {}});
    out.history.push_back({day, {}, "", {}, "follow_up", {}, "ข้อมูลเพิ่มเติม", {}});
    out.history.push_back({day, {}, "", {}, "follow_up", {}, "", complaint()});
    out.history.push_back({day, {}, "", {}, "file_added", {}, "ใบเสร็จ.jpg", {}, {}, 1});
    out.history.push_back({day, {}, "", {}, "file_added", {}, "", {}, {}, 12});
    out.history.push_back({day, 1'700'000'000, "ตัวอย่าง นิติกร", acted(domain::Post::legal_officer), "file_attached", {}, "", {}});
    out.history.push_back({day, 1'700'000'000, "ตัวอย่าง นิติกร", acted(domain::Post::legal_officer), "reply", {}, "ขอบคุณ", {}});
    for (const domain::Transition &past : domain::transitions()) {
        usecases::HistoryEntry entry{
            day, 1'700'000'000, "ตัวอย่าง นิติกร", acted(domain::Post::legal_officer), std::string(past.event), {}, "", {}};
        if (domain::on_paper(past)) {
            entry.as.push_back(signers().back().as);
            entry.paper = {signers().back(), "ตัวอย่าง นิติกร", "12/2566", day};
        }
        for (const domain::FieldRule &rule : past.fields) {
            const std::string value = value_of(rule);
            if (rule.type != domain::FieldType::per_allegation)
                entry.fields.push_back({std::string(rule.name), value});
            else
                for (std::size_t i = 1; i <= two_issues.size(); ++i)
                    entry.fields.push_back({std::string(rule.name) + "_" + std::to_string(i), value});
        }
        out.history.push_back(std::move(entry));
    }
    return out;
}

// Every field of the move wrong at once.
CaseForm faulty(const domain::Transition &transition) {
    CaseForm form;
    form.event = transition.event;
    form.notice = "case.notice.busy";
    for (const domain::FieldRule &rule : transition.fields) {
        const std::string name = std::string(rule.name) + (rule.type == domain::FieldType::per_allegation ? "_1" : "");
        const bool listed = rule.type == domain::FieldType::signer || rule.type == domain::FieldType::officers;
        form.values[name] = listed                 ? value_of(rule)
                            : rule.choices.empty() ? "ที่พิมพ์ไว้"
                                                   : std::string(rule.choices.back());
        form.faults.push_back({name, "fault.field.missing"});
    }
    return form;
}

void add_cases(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const Frame at = sample_frame(language, "/cases/0", "page.case.title");
    const Viewer clerk = viewer(domain::Post::clerk);
    for (const domain::Transition &transition : domain::transitions()) {
        const std::string name = "case-" + std::string(transition.event);
        const auto shown = case_view(transition);
        out.push_back({name, render_case(site, at, clerk, shown, {})});
        out.push_back({name + "-fault", render_case(site, at, clerk, shown, faulty(transition), 400)});
    }
    auto many = case_view(*domain::find_transition(domain::State::pending_order, "order_facts"));
    many.moves.clear();
    for (const domain::Transition *move : domain::transitions_from(domain::State::pending_order))
        many.moves.push_back({move, two_issues, many.signers, nameable()});
    out.push_back({"case-many", render_case(site, at, clerk, many, {})});
    out.push_back({"case-many-fault", render_case(site, at, clerk, many, faulty(*many.moves.back().transition), 400)});
    const domain::Transition &last = *domain::find_transition(domain::State::pending_order, "close");
    auto closed = case_view(last);
    closed.row = row(domain::State::closed, true);
    closed.moves.clear();
    closed.complaint.subject_unknown = closed.complaint.anonymous = true;
    closed.secrecy = "secret";
    CaseForm stale = faulty(last);
    stale.faults.clear();
    stale.notice = "case.notice.stale";
    out.push_back({"case-stale", render_case(site, at, clerk, closed, stale, 409)});
    CaseForm reply{"reply", {{"message", "ตอบ"}}, {{"message", "fault.too_long", 5000, 1}}, "", ""};
    out.push_back({"case-reply-fault", render_case(site, at, clerk, closed, reply, 400)});
    closed.may_reply = closed.may_attach = false;
    out.push_back({"case-unanswered", render_case(site, at, clerk, closed, reply, 409)});
    out.push_back(
        {"case-done", render_case(site, at, clerk, closed, {"", {}, {}, "", site.text(at, "case.done.move")})});
    out.push_back({"tampered", render_tampered(site, at, clerk)});
}

void add_files(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const Frame at = sample_frame(language, "/cases/0", "page.case.title"), page = sample_frame(language, "/cases/0/files/0", "");
    const Viewer clerk = viewer(domain::Post::clerk);
    auto shown = case_view(*domain::find_transition(domain::State::paper_recorded, "confirm_paper"));
    CaseForm form;
    form.event = "files";
    form.files = {{"คำสั่ง.pdf", shown.files.back().record}};
    out.push_back({"case-files-attached", render_case(site, at, clerk, shown, form)});
    for (const auto fault : {domain::FileFault::too_large, domain::FileFault::case_full, domain::FileFault::no_room,
                             domain::FileFault::busy, domain::FileFault::conflict, domain::FileFault::changed,
                             domain::FileFault::failed})
        form.files.push_back({"", std::unexpected(fault)});
    form.notice = "file.notice.rest";
    shown.scans.clear();
    shown.wants_scan = true;
    out.push_back({"case-files-refused", render_case(site, at, clerk, shown, form)});
    CaseForm wrong{"files", {{"keep", "yes"}}, {{"purpose", "fault.file.purpose"}, {"files", "fault.file.chosen"}}, "", ""};
    shown.files.clear();
    out.push_back({"case-files-fault", render_case(site, at, clerk, shown, wrong, 400)});
    CaseForm unscanned{"confirm_paper", {{"compared", "yes"}}, {{"compared", "fault.paper.no_scan"}}, "", ""};
    out.push_back({"case-paper-unscanned", render_case(site, at, clerk, shown, unscanned, 400)});
    shown.own_scan_only = true;
    out.push_back({"case-paper-own-scan", render_case(site, at, clerk, shown, {})});
    std::size_t number = 0;
    for (const usecases::CaseFile &one : files())
        out.push_back({"case-file-" + std::to_string(++number),
                       render_file(site, page, clerk, {row(domain::State::screening, number != 2), number == 3 ? "secret" : "", one},
                                   one.whole ? 200 : 500)});
}

usecases::PilePage pile(usecases::Pile kind, domain::State state) {
    usecases::PilePage out{kind, 2, 3, 44, {}};
    for (const bool long_one : {false, true}) {
        usecases::PileItem item;
        item.row = row(state, long_one);
        item.version = 2;
        item.texts = {{false, "ข้อความ\nสองบรรทัด", long_one}};
        for (const domain::Transition *move : domain::transitions_from(state))
            if (move->event == "set_aside" || move->ends_in == domain::Outcome::voided || (move->returns && domain::sets_aside(*move)))
                item.moves.push_back(move);
        if (long_one) {
            item.follow_ups = 6;
            item.files = 2;
            item.confirm_on_case = kind == usecases::Pile::proposed;
            item.secrecy = "secret";
            item.subject = "สมชาย ตัวอย่าง";
            item.texts.push_back({true, "ข้อมูลเพิ่มเติม", false});
            item.proposal = {day, 1'700'000'000, "ตัวอย่าง นิติกร", acted(domain::Post::legal_officer), "set_aside",
                             {{"void_reason", "test"}, {"remark", "หมายเหตุ"}}, "", {}};
            item.confirmation = {day, 1'700'000'000, "ตัวอย่าง ปลัด", acted(domain::Post::clerk), "confirm_void", {}, "", {}};
        }
        out.items.push_back(std::move(item));
    }
    out.items.emplace_back().row.damaged = true;
    return out;
}

void add_piles(std::vector<OfficerSample> &out, const Site &site, Language language) {
    using usecases::Pile;
    using Why = usecases::ActRefused::Why;
    const Frame at = sample_frame(language, "/triage/new", "page.triage.title");
    const Viewer legal = viewer(domain::Post::legal_officer);
    PileForm moved;
    moved.moved = usecases::PileMoved{{{"set_aside", 3}, {"confirm_void", 2}, {"keep", 1}, {"take_up", 1}}, {}};
    for (const auto why : {Why::not_found, Why::stale, Why::tampered, Why::nobody_next, Why::busy})
        moved.moved->left.push_back({"00000000000000000000000000000001", why});
    for (const auto &[kind, state] : {std::pair{Pile::fresh, domain::State::submitted},
                                      {Pile::proposed, domain::State::set_aside},
                                      {Pile::voided, domain::State::closed}}) {
        const std::string name = "triage-" + std::to_string(static_cast<int>(kind));
        const auto shown = pile(kind, state);
        PileForm wrong;
        wrong.reason = faulty(*shown.items.front().moves.front());
        wrong.chosen[shown.items.front().row.id.text()] = shown.items.front().moves.front()->event;
        out.push_back({name, render_pile(site, at, legal, shown, {})});
        out.push_back({name + "-fault", render_pile(site, at, legal, shown, wrong, 400)});
        Frame back = at;
        back.given_back = "triage";
        out.push_back({name + "-given-back", render_pile(site, back, legal, shown, wrong)});
        out.push_back({name + "-moved", render_pile(site, at, legal, shown, moved)});
        out.push_back({name + "-empty", render_pile(site, at, legal, {kind, 1, 1, 0, {}}, {})});
    }
}

void add_access(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const Frame at = sample_frame(language, "/access", "page.access.title"), list = sample_frame(language, "/access", "page.handover.title");
    const Viewer legal = viewer(domain::Post::legal_officer);
    const domain::Person clerk{base::OfficerId({1}), "ตัวอย่าง ปลัด", {domain::Post::clerk}};
    const std::vector people{clerk};
    const std::vector<usecases::AccessRow> rows{
        {row(domain::State::pending_order, true), {"ตัวอย่าง นิติกร"}, {"ตัวอย่าง หัวหน้า"}, people},
        {row(domain::State::submitted, false), {"ตัวอย่าง นิติกร"}, {}, {}}};
    out.push_back({"access", render_access(site, at, legal, rows, people, {})});
    out.push_back({"access-empty", render_access(site, at, legal, {}, people, {"access.conflict"}, 409)});
    out.push_back({"access-fault", render_access(site, at, legal, rows, people, {"", true}, 400)});
    using Stands = usecases::HandoverRow::Stands;
    usecases::Handover handover{clerk, {}, 0};
    out.push_back({"handover-empty", render_handover(site, list, legal, handover, day)});
    handover.left = 1;
    handover.rows = {{row(domain::State::closed, true), Stands::handed_over, false},
                     {row(domain::State::closed, true), Stands::already, false},
                     {row(domain::State::submitted, false), Stands::open, true},
                     {row(domain::State::screening, true), Stands::excluded, true}};
    out.push_back({"handover", render_handover(site, list, legal, handover, day)});
}

void add_sign_ins(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const Frame at = sample_frame(language, "/login", "page.login.title");
    const Viewer legal = viewer(domain::Post::legal_officer);
    for (const bool with_text : {false, true}) {
        const auto kept = [&] {
            std::optional<Kept> out_kept;
            if (with_text) {
                out_kept = Kept{"/cases/0/reply", {}};
                out_kept->form.add("version", "2");
                out_kept->form.add("message", "ข้อความยาว\nสองบรรทัด");
                out_kept->form.add("unlabelled", "ข้อความ");
            }
            return out_kept;
        };
        for (const auto says : {LoginSays::nothing, LoginSays::wrong, LoginSays::busy, LoginSays::ended, LoginSays::expired,
                                LoginSays::kept, LoginSays::stale}) {
            const std::string name = std::to_string(static_cast<int>(says)) + (with_text ? "-text" : "");
            out.push_back({"login-" + name, render_login(site, at, {says, "nitikorn", "door", kept()})});
            out.push_back({"again-" + name, render_again(site, at, legal, says, kept())});
        }
        if (!with_text) continue;
        for (const bool allowed : {false, true})
            out.push_back({std::string("given-back-") + (allowed ? "link" : "copy"),
                           render_given_back(site, at, legal, {"/access/handover", std::move(kept()->form)}, allowed)});
        for (const unsigned status : {500u, 503u})
            out.push_back({"kept-" + std::to_string(status), render_typed(site, at, kept()->form, status)});
    }
}

void add_identities(std::vector<OfficerSample> &out, const Site &site, Language language) {
    using Step = usecases::IdentityStanding::Step;
    const Viewer clerk = viewer(domain::Post::clerk);
    const Frame of_case = sample_frame(language, "/cases/0", "page.identity.case"), list = sample_frame(language, "/identity", "page.identity.waiting");
    usecases::IdentityOfCase shown{base::CaseId(), ports::RegisterNumber{ports::RegisterNumber::Series::open, 2569, 12}, "secret", false, {}};
    const IdentityForm wrong{.request = base::ObjectId().text(), .decision = "grant", .reason = "เหตุผล",
                             .faults = {{"decision", "fault.identity.decision"}, {"reason", "fault.too_long", 1000, 1}},
                             .notice = "identity.notice.gone", .done = {}};
    IdentityForm too_long = wrong;
    too_long.faults.erase(too_long.faults.begin());
    for (const auto step : {Step::none, Step::asked, Step::refused, Step::granted, Step::shown, Step::lapsed, Step::unreadable}) {
        const bool decided = step != Step::none && step != Step::asked && step != Step::unreadable;
        shown.standing = {step, day, day, day, day, decided ? "ตัวอย่าง ปลัด" : "", decided ? "เหตุผล\nสองบรรทัด" : "", 1'700'000'000};
        const std::string name = "identity-" + std::to_string(static_cast<int>(step));
        out.push_back({name, render_case_identity(site, of_case, clerk, shown, {})});
        out.push_back({name + "-fault", render_case_identity(site, of_case, clerk, shown, too_long, 400)});
    }
    out.push_back({"identity-given", render_shown_identity(site, of_case, clerk, {shown, {"สมชาย", "1 หมู่ 2", "081", "a@b"}, true})});
    shown.number.reset();
    shown.anonymous = true;
    shown.secrecy.clear();
    out.push_back({"identity-anonymous", render_case_identity(site, of_case, clerk, shown, {})});
    out.push_back({"identity-nothing", render_shown_identity(site, of_case, clerk, {shown, {}, false})});
    std::vector<usecases::WaitingIdentity> waiting{
        {base::ObjectId(), shown.number, "ตัวอย่าง นิติกร", {domain::Post::legal_officer}, 1'700'000'000, "ต้องนัดหมาย\nสอบปากคำ"}};
    out.push_back({"identities", render_identities(site, list, clerk, waiting, {})});
    out.push_back({"identities-fault", render_identities(site, list, clerk, waiting, wrong, 400)});
    for (const auto &done : {usecases::DecidedIdentity{"ตัวอย่าง", true, true}, {"ตัวอย่าง", true, false}, {"ตัวอย่าง", false, false}}) {
        IdentityForm decided;
        decided.done = done;
        out.push_back({"identities-done-" + std::to_string(done.granted + done.given), render_identities(site, list, clerk, {}, decided)});
    }
}

void add_manual(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const domain::ManualVersions versions = sample_manuals(site, day);
    for (const domain::ManualVersion &version : versions.all())
        out.push_back({"officer-manual-" + manual_address(version.number),
                       render_officer_manual(site, sample_frame(language, "/manual", "page.manual.title"), viewer(domain::Post::admin),
                                             versions, version, day)});
}

} // namespace

std::vector<OfficerSample> officer_samples(const Site &site, Language language) {
    std::vector<OfficerSample> out;
    add_sign_ins(out, site, language);
    const Frame list = sample_frame(language, "/queue", "page.queue.title");
    usecases::QueueView queue;
    queue.totals = {2569, 12, 5, 7};
    out.push_back({"queue-empty", render_queue(site, list, viewer(domain::Post::clerk), queue)});
    queue.prepared = 40;
    out.push_back({"queue-preparing", render_queue(site, list, viewer(domain::Post::clerk), queue)});
    queue.prepared.reset();
    queue.rows = {row(domain::State::pending_order, true), row(domain::State::submitted, false),
                  row(domain::State::closed, true)};
    queue.rows[0].number->series = ports::RegisterNumber::Series::restricted;
    queue.rows[0].news = true;
    queue.rows[2].damaged = true;
    out.push_back({"queue", render_queue(site, list, viewer(domain::Post::clerk), queue)});
    queue.rows.front().title = "เรียกรับเงินโครงการถนนคอนกรีต หมู่ 5";
    queue.counts = {12, 3, 1, 2, 1};
    queue.found = 340;
    queue.pages = 14;
    queue.page = 2;
    for (const std::string search : {"", "สมชาย"})
        out.push_back({search.empty() ? "queue-filtered" : "queue-found",
                       render_queue(site, list, viewer(domain::Post::clerk), queue,
                                    {.state = domain::State::screening, .news = true, .search = search, .page = 2})});
    queue.page = 1;
    queue.rows.insert(queue.rows.end(), 20, row(domain::State::submitted, false));
    queue.waiting.push_back(row(domain::State::set_aside, false));
    queue.fresh = 30;
    queue.proposals = queue.voided = 2;
    queue.totals.voided = {{"ตัวอย่าง นิติกร", "ตัวอย่าง หัวหน้า", 2}};
    out.push_back({"queue-flood", render_queue(site, list, viewer(domain::Post::head_office), queue)});
    for (const auto post : {domain::Post::admin, domain::Post::auditor})
        out.push_back({"role-" + std::string(domain::id(post)),
                       render_role(site, sample_frame(language, "/queue", "page.role.title"), viewer(post))});
    add_account_samples(out, site, sample_frame(language, "/account", "page.account.title"), viewer(domain::Post::clerk));
    add_entry_samples(out, site, sample_frame(language, "/entry", "page.entry.title"), viewer(domain::Post::legal_officer));
    add_cases(out, site, language);
    add_files(out, site, language);
    add_piles(out, site, language);
    add_print_samples(out, site, sample_frame(language, "/cases/0/print", "page.prints.title"), viewer(domain::Post::legal_officer),
                      {case_view(*domain::find_transition(domain::State::closed, "reopen")), {}});
    add_access(out, site, language);
    add_identities(out, site, language);
    add_settings_samples(out, site, sample_frame(language, "/settings", "page.settings.title"), viewer(domain::Post::admin));
    add_mail_samples(out, site, sample_frame(language, "/settings/mail", "page.mail.title"), viewer(domain::Post::admin));
    add_manual(out, site, language);
    add_officers_samples(out, site, language);
    for (const unsigned status : {400u, 404u, 405u, 413u, 500u, 503u})
        out.push_back({"error-" + std::to_string(status), officer_error(site, status, nullptr)});
    std::ranges::move(audit_samples(site, language), std::back_inserter(out));
    return out;
}

} // namespace pages
