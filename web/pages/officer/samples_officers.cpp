#include "web/pages/officer/conflict.h"
#include "web/pages/officer/join.h"
#include "web/pages/common/sample_frame.h"
#include "web/pages/officer/officers.h"
#include "web/pages/officer/queue.h"
#include "web/pages/officer/samples.h"

namespace pages {

namespace {

constexpr base::Day day{19000};
using usecases::AccountState;
using usecases::AccountView;

OfficersViewer viewer(bool proposes, bool vouches) {
    base::Array<16> bytes{};
    bytes[0] = 1;
    return {{"ตัวอย่าง เจ้าหน้าที่", {domain::Post::executive}, "token", true, true}, base::OfficerId(bytes), proposes, vouches};
}

ports::ProposedPost proposed_post() {
    return {.id = {}, .officer = {}, .post = 3, .capacity = 2, .from = day, .until = {day.number + 365},
            .order = "12/2569", .proposed_by = {}, .proposed_on = day};
}

// Everything that a page of one person can show at once.
AccountView account(AccountState state) {
    AccountView out;
    out.login = "tuayang";
    out.name = "นางสาวตัวอย่าง ยาวมากเพื่อดูว่าหน้าแคบแสดงได้ครบถ้วน";
    out.state = state;
    if (state != AccountState::vouched)
        out.proposed = ports::ProposedAccount{.officer = {}, .login = out.login, .display_name = out.name,
                                              .rights = {7}, .proposed_by = {}, .proposed_on = day};
    if (state == AccountState::invited) out.proposed->invited_until = day;
    out.proposed_by = "ตัวอย่าง ผู้ดูแล";
    out.proposed_posts = {proposed_post()};
    out.to_vouch = state == AccountState::keys_made;
    if (state != AccountState::vouched) return out;
    out.certificate = crypto::CertificateFields{};
    out.certificate->rights.bits = 5;
    out.vouched_by = "ตัวอย่าง นายก";
    out.posts = {{{.appointment = {}, .post = domain::Post::clerk, .capacity = domain::Capacity::acting_vacancy,
                   .from = day, .until = {day.number + 300}, .order = "3/2569"},
                  false,
                  day}};
    out.hanging = {"ตัวอย่าง นิติกร", "ตัวอย่าง หัวหน้า"};
    return out;
}

void add_lists(std::vector<OfficerSample> &out, const Site &site, Language language) {
    usecases::AccountsView list{1, {}, 2};
    for (int state = 0; state <= static_cast<int>(AccountState::disabled); ++state)
        list.accounts.push_back(account(static_cast<AccountState>(state)));
    const Frame at = sample_frame(language, "/officers", "page.officers.title");
    out.push_back({"officers-admin", render_officers(site, at, viewer(true, false), list)});
    out.push_back({"officers-voucher", render_officers(site, at, viewer(false, true), list)});
    const Frame one = sample_frame(language, "/officers/0", "page.officer.title");
    OfficerForm wrong;
    wrong.notice = "officers.refused.stale";
    for (const char *field : {"post", "capacity", "order", "from", "until", "appointment", "last_day", "rights",
                              "understood_disable", "understood_reset"})
        wrong.faults.push_back({field, "fault.officers.post"});
    wrong.typed["order"] = "ที่พิมพ์ไว้";
    OfficerForm fingerprint;
    fingerprint.faults = {{"fingerprint", "fault.officers.fingerprint"}};
    OfficerForm done;
    done.done = "officers.done.vouch";
    for (const auto &shown : list.accounts) {
        const std::string name = "officer-" + std::to_string(static_cast<int>(shown.state));
        out.push_back({name + "-admin", render_officer(site, one, viewer(true, false), shown, wrong, 400)});
        out.push_back({name + "-voucher", render_officer(site, one, viewer(false, true), shown, fingerprint, 400)});
        out.push_back({name + "-done", render_officer(site, one, viewer(false, true), shown, done)});
    }
    const Frame fresh = sample_frame(language, "/officers/new", "page.officer_new.title");
    out.push_back({"officer-new", render_officer_new(site, fresh, viewer(true, false).viewer, {})});
    for (const char *field : {"login", "name"})
        wrong.faults.push_back({field, "fault.officers.name"});
    std::erase_if(wrong.faults, [](const auto &fault) {
        return fault.field == "appointment" || fault.field == "last_day" || fault.field.starts_with("understood");
    });
    out.push_back({"officer-new-fault", render_officer_new(site, fresh, viewer(true, false).viewer, wrong, 400)});
    out.push_back({"invitation", render_invitation(site, sample_frame(language, "/officers/new", "page.invitation.title"),
                                                   viewer(true, false).viewer, "ตัวอย่าง",
                                                   {"ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-23", day, {}}, "example.go.th")});
}

usecases::RosterNotice notice(bool first) {
    usecases::RosterNotice out;
    out.first = first;
    out.to_sign = 2;
    for (const auto what : {usecases::NewReader::What::person, usecases::NewReader::What::keys,
                            usecases::NewReader::What::certificate})
        out.readers.push_back({what, "ตัวอย่าง ผู้อ่าน", {domain::Post::clerk}, {true, true, true}, "ตัวอย่าง นายก",
                               false, what == usecases::NewReader::What::keys, day});
    out.readers.front().posts.clear();
    return out;
}

void add_conflict(std::vector<OfficerSample> &out, const Site &site, Language language) {
    const Viewer legal{"ตัวอย่าง เจ้าหน้าที่", {domain::Post::legal_officer}, "token"};
    const Frame frame = sample_frame(language, "/cases/0", "page.conflict.title");
    usecases::ConflictView shown{base::CaseId(), ports::RegisterNumber{ports::RegisterNumber::Series::open, 2569, 12}, "secret",
                                 {{base::OfficerId::random(), "ตัวอย่าง ปลัด", {domain::Post::clerk}}}};
    out.push_back({"conflict", render_conflict(site, frame, legal, shown, {})});
    const TypedConflict typed{{"me", "เหตุ", false},
                              {{"conflict_who", "fault.choice.unknown"},
                               {"conflict_reason", "fault.too_long", domain::max_conflict_reason, 1},
                               {"understood_conflict", "fault.confirm.missing"}},
                              "conflict.too_few"};
    shown.number.reset();
    shown.secrecy.clear();
    out.push_back({"conflict-fault", render_conflict(site, frame, legal, shown, typed, 400)});
    out.push_back({"conflict-done", render_conflict_done(site, sample_frame(language, "/conflict", "page.conflict.title"), legal)});
}

} // namespace

void add_officers_samples(std::vector<OfficerSample> &out, const Site &site, Language language) {
    add_lists(out, site, language);
    const Frame join = sample_frame(language, "/join", "page.join.title");
    out.push_back({"join", render_join(site, join, {})});
    out.push_back({"join-fault", render_join(site, join, {.door = "door", .code = "ABCD", .faults = {{"code", "fault.join.over"}}, .notice = "login.stale"}, 400)});
    JoinForm form{.door = "door", .code = "ABCD", .faults = {{"passphrase_choice", "fault.passphrase.choice"},
                  {"passphrase_own", "fault.passphrase.pattern"}, {"passphrase_again", "fault.passphrase.again"}}, .notice = "",
                  .whose = usecases::Invited{"tuayang", "ตัวอย่าง", day}, .own = true};
    out.push_back({"join-passphrase-fault", render_join(site, join, form, 400)});
    form.joined = true;
    form.faults.clear();
    out.push_back({"join-done", render_join(site, join, form)});
    const Frame list = sample_frame(language, "/queue", "page.queue.title");
    const Viewer clerk = viewer(false, true).viewer;
    usecases::QueueView queue;
    queue.totals = {2569, 0, 0, 0};
    out.push_back({"queue-notice", render_queue(site, list, clerk, queue, {}, notice(false))});
    out.push_back({"role-notice", render_role(site, list, clerk, notice(true), "0123 4567 89ab cdef 0123 4567 89ab cdef")});
    add_conflict(out, site, language);
}

} // namespace pages
