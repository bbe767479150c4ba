#include "tests/unit/service/usecases/agency.h"

#include "service/domain/typed_day.h"

namespace usecases_test {

namespace {

constexpr std::uint8_t reading = 1, custody = 2, vouching = 4;

template <class T>
T must(base::Result<T> result) {
    if (!result)
        base::broken(result.error().what, result.error().where);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

std::filesystem::path new_folder() {
    auto pattern = (std::filesystem::temp_directory_path() / "sucharit-test-XXXXXX").string();
    if (!mkdtemp(pattern.data()))
        base::broken("making a folder for a test");
    return pattern;
}

storage::ChainHash chain_hash(const crypto::InstanceKeys &keys) {
    return [&keys](std::uint64_t sequence, const base::Array<32> &previous, base::View entry) {
        return crypto::chain_hash(keys, sequence, previous, entry);
    };
}

} // namespace

AgencyTest::AgencyTest()
    : folder((crypto::start(), new_folder())),
      store(must(storage::Store::create({folder / "sucharit.db"}, database_key.clone(), chain_hash(keys)))),
      tools(FileTools{store->files(), inspector, arriving}),
      reporter_reads(store->reporter_reads()), officer_reads(store->officer_reads()),
      executive(enrol(Post::executive, "executive", "นายประเสริฐ มั่นคง", reading | vouching, nullptr)),
      outside(enrol(Post::outside_officer, "outside", "นางสาวพิมพ์ใจ ยุติธรรม", reading | custody | vouching, nullptr)),
      clerk(enrol(Post::clerk, "clerk", "นางวิไล รักษ์ธรรม", reading | custody, &executive)),
      head(enrol(Post::head_office, "head", "นายสมชาย ใจดี", reading, &executive)),
      legal(enrol(Post::legal_officer, "legal", "นางสาวสุดา ใจซื่อ", reading, &outside)),
      admin(enrol(Post::admin, "admin", "นายเอก ดูแลระบบ", 0, &executive)),
      auditor(enrol(Post::auditor, "auditor", "นางตรวจ สอบบัญชี", 0, &executive)) {
    reload_agency();
}

base::Result<std::string> FakeInspector::media_type(base::View first_bytes) {
    const std::string_view text = base::text(first_bytes);
    for (const auto &[beginning, type] : {std::pair{"JPEG", "image/jpeg"}, {"PNG", "image/png"}, {"<svg", "image/svg+xml"},
                                          {"text", "text/plain"}, {"<html", "text/html"}})
        if (text.starts_with(beginning))
            return std::string(type);
    return std::string("application/octet-stream");
}

base::Result<std::optional<base::Bytes>> FakeInspector::without_metadata(const Whole &file, std::string_view) {
    if (busy)
        return base::fail(Code::unavailable, "busy");
    ASSIGN_OR_RETURN(const auto whole, file());
    const std::string text(base::text(whole));
    const auto metadata = text.find("EXIF:");
    if (metadata == text.npos)
        return std::nullopt;
    return base::copy(base::view(text.substr(0, metadata) + std::string(grows ? 300 * 1024 : 0, 'x')));
}

domain::AgencyProfile AgencyTest::file_profile() {
    domain::AgencyProfile out;
    out.name = {"เทศบาลตำบลตัวอย่าง", "Tua Yang Subdistrict Municipality"};
    out.responsible_unit = {"งานนิติการ สำนักปลัด", "Legal affairs, Office of the Clerk"};
    out.contact = {"99 หมู่ 1 ตำบลตัวอย่าง โทร. 0 2000 0000", "99 Moo 1, Tua Yang, telephone 0 2000 0000"};
    out.general_channel = {"แจ้งได้ที่เคาน์เตอร์บริการของเทศบาล", "At the municipality’s service counter"};
    out.general_channel_url = "https://example.go.th/general";
    return out;
}

AgencyTest::~AgencyTest() {
    reporter_reads.reset();
    officer_reads.reset();
    store.reset();
    std::filesystem::remove_all(folder);
}

void AgencyTest::reload_agency() {
    const auto root = [](const Person &who) {
        return crypto::RootKeys{who.id(), who.keys.box.public_key, who.keys.sign.public_key};
    };
    agency_ = std::make_unique<Agency>(instance, std::vector{root(executive), root(outside)});
}

Person AgencyTest::enrol(Post post, std::string login, std::string name, std::uint8_t rights, const Person *issuer) {
    Person out{crypto::OfficerKeys::random(base::OfficerId::random()), post, login, login + "-lusab-babad", name};
    const auto salt = crypto::random_salt();
    const auto passphrase = must(crypto::derive_passphrase(out.passphrase, salt, cost));
    ports::NewOfficer row;
    row.row = {.id = out.id(), .login = std::move(login), .display_name = name, .salt = salt,
               .password_operations = cost.operations, .password_memory = cost.memory_bytes,
               .authentication_hash = crypto::authentication_hash(keys, out.id(), passphrase), .key_generation = 1,
               .box = out.keys.box.public_key, .sign = out.keys.sign.public_key,
               .sealed_keys = crypto::seal_keys(out.keys, passphrase, 1), .disabled = false};
    const auto &voucher = issuer ? issuer->keys : out.keys;
    row.certificate = must(crypto::issue_certificate(
        voucher, {.instance = instance, .serial = base::CertificateSerial::random(), .officer = out.id(), .display_name = name,
                  .box = out.keys.box.public_key, .sign = out.keys.sign.public_key, .rights = {rights},
                  .not_before = clock.today(), .not_after = {clock.today().number + 1000}, .issuer = {}}));
    row.appointments.push_back(must(crypto::issue_appointment(
        voucher, {.instance = instance, .id = base::AppointmentId::random(), .officer = out.id(),
                  .post = static_cast<std::uint8_t>(post), .capacity = static_cast<std::uint8_t>(domain::Capacity::holder),
                  .from = clock.today(), .until = {clock.today().number + 1000}, .issuer = {}, .order = "1/2569"})));
    const auto entry = [&](crypto::AuditEvent event, base::View bytes) {
        return crypto::AuditEntry{.event = event, .day = clock.today(), .time = clock.now(), .actor = voucher.officer,
                                  .subject = {}, .object = {}, .digest = crypto::digest(bytes)};
    };
    std::vector<crypto::AuditEntry> audit{entry(crypto::AuditEvent::certificate_added, row.certificate),
                                          entry(crypto::AuditEvent::appointment_added, row.appointments.front())};
    must(store->officer_writes().add_officer(std::move(row), std::move(audit)));
    return out;
}

base::AppointmentId AgencyTest::appoint(const Person &who, Post post, domain::Capacity capacity, const Person &voucher,
                                        std::string order, std::int32_t days) {
    const auto id = base::AppointmentId::random();
    const auto appointment = must(crypto::issue_appointment(
        voucher.keys, {.instance = instance, .id = id, .officer = who.id(), .post = static_cast<std::uint8_t>(post),
                       .capacity = static_cast<std::uint8_t>(capacity), .from = clock.today(),
                       .until = {clock.today().number + days}, .issuer = {}, .order = std::move(order)}));
    must(database().run("INSERT INTO appointment (appointment, officer, signed) VALUES (?, ?, ?)", {id, who.id(), appointment}));
    reload_agency();
    return id;
}

base::AppointmentId AgencyTest::appointment_of(const Person &who, Post post) {
    for (const domain::Seat &seat : must(officer().snapshot())->seats.at(who.id()))
        if (seat.post == post)
            return seat.appointment;
    base::broken("a post that somebody of a test does not hold");
}

storage::Database AgencyTest::database() {
    return must(storage::Database::open(folder / "sucharit.db", database_key, storage::Database::Access::write));
}

domain::FilingForm AgencyTest::form(std::string facts, std::vector<const Person *> excluded) {
    domain::FilingForm out;
    out.subject_name = "นายสมหมาย โกงกิน";
    out.facts = std::move(facts);
    for (const Person *who : excluded)
        out.excluded.push_back(who->id().text());
    out.acknowledge = true;
    return out;
}

std::string AgencyTest::once() { return new_once(reporter()); }

std::string AgencyTest::file(const domain::FilingForm &form) {
    auto context = reporter();
    const auto filed = file_complaint(context, form, once());
    if (!filed || filed->how != Filed::How::filed)
        base::broken("a complaint that a test needs was not filed");
    return filed->receipt;
}

TrackView AgencyTest::tracked(const std::string &receipt) {
    auto context = reporter();
    auto view = track(context, receipt);
    if (!view)
        base::broken("a receipt that a test needs was not found");
    return std::move(*view);
}

std::expected<domain::FileRecord, FileFault> AgencyTest::send(const std::string &receipt, std::string_view name,
                                                              std::string_view bytes, bool keep_metadata) {
    auto context = reporter();
    auto files = AddFiles::to(context, receipt);
    if (!files)
        base::broken("a receipt that a test needs was not found");
    const auto intake = files->begin(name, keep_metadata);
    if (const auto added = intake->add(base::view(bytes)); !added)
        return std::unexpected(added.error());
    return intake->finish();
}

std::expected<domain::FileRecord, FileFault> AgencyTest::attach(const Person &who, const std::string &id, std::string_view name,
                                                                std::string_view bytes, domain::Purpose purpose,
                                                                bool keep_metadata) {
    auto context = officer();
    const auto signed_in = session(who);
    auto files = AttachFiles::to(must(domain::Permitted<Action::work_cases>::check(who.actor())), context, signed_in, id);
    if (!files)
        base::broken("a case that a test attaches to does not open");
    const auto intake = files->begin(name, purpose, keep_metadata);
    if (const auto added = intake->add(base::view(bytes)); !added)
        return std::unexpected(added.error());
    return intake->finish();
}

OfficerSession AgencyTest::session(const Person &who) {
    auto context = officer();
    const auto signed_in = sign_in(context, who.login, who.passphrase);
    if (!signed_in)
        base::broken("an officer of a test could not sign in");
    return must(resume(context, signed_in->cookie));
}

QueueView AgencyTest::queue_of(const Person &who) {
    auto context = officer();
    return must(queue(must(domain::Permitted<Action::read_cases>::check(who.actor())), context, session(who), whole_queue));
}

std::string AgencyTest::case_of(const Person &who) {
    const auto view = queue_of(who);
    if (view.rows.size() != 1)
        base::broken("a queue of a test has not just one case");
    return view.rows[0].id.text();
}

base::Result<CaseView> AgencyTest::open(const Person &who, const std::string &id) {
    auto context = officer();
    return open_case(must(domain::Permitted<Action::read_cases>::check(who.actor())), context, session(who), id);
}

std::expected<Acted, ActRefused> AgencyTest::move_at(const Person &who, const std::string &id, const MoveForm &form) {
    auto context = officer();
    return move_case(must(domain::Permitted<Action::work_cases>::check(who.actor())), context, session(who), id, form);
}

std::expected<Acted, ActRefused> AgencyTest::move(const Person &who, const std::string &id, const std::string &event,
                                                  std::map<std::string, std::string> changed) {
    const auto view = open(who, id);
    changed.merge(whole_form(event));
    return move_at(who, id, {event, view ? view->version : 1, std::move(changed), view ? view->follow_ups : 0, void_notice});
}

std::expected<void, ActRefused> AgencyTest::answer(const Person &who, const std::string &id, std::string_view text,
                                                   const std::string &once_field) {
    auto context = officer();
    return reply(must(domain::Permitted<Action::work_cases>::check(who.actor())), context, session(who), id, text, once_field);
}

std::map<std::string, std::string> AgencyTest::whole_form(const std::string &event) {
    if (event == "register")
        return {{"category", "procurement"}, {"secrecy", "confidential"}};
    if (event == "screen")
        return {{"no_conflict", "yes"}};
    if (event == "propose")
        return {{"sufficient_person", "sufficient"}, {"sufficient_unit", "sufficient"}, {"sufficient_time_place", "unclear"},
                {"sufficient_conduct", "sufficient"}, {"older_than_five_years", "no"}, {"other_agency_acts", "unknown"},
                {"in_court", "no"}, {"allegations", "เรียกรับเงิน\nสร้างไม่ตรงแบบ"}, {"proposed_order", "เห็นควรยุติเรื่อง"}};
    if (event == "close")
        return {{"outcome_1", "no_merit"}, {"outcome_2", "insufficient"}, {"order_number", "123/2569"},
                {"reason", "ไม่พบพยานหลักฐาน"}, {"notice", "หน่วยงานพิจารณาแล้ว ยุติเรื่อง"}};
    if (event == "paper_close") {
        auto out = whole_form("close");
        out.merge(std::map<std::string, std::string>{{"order_date", "2/3/2569"}, {"paper_kept", "แฟ้มลับ 4"},
                                                     {"signer", appointment_of(clerk, Post::clerk).text()}});
        return out;
    }
    if (event == "confirm_paper")
        return {{"compared", "yes"}};
    if (event == "return_paper")
        return {{"return_reason", "เลขที่คำสั่งไม่ตรง"}};
    const std::string notice = "หน่วยงานพิจารณาแล้ว";
    const auto day = [&](std::int32_t from_now) { return domain::day_to_type({clock.today().number + from_now}); };
    if (event == "ask")
        return {{"missing", "วันที่เกิดเหตุ"}, {"reply_by", day(15)}, {"notice", notice}};
    if (event == "insufficient")
        return {{"proof", "ขอไว้ในหน้านี้แล้ว"}, {"notice", notice}};
    if (event == "order_facts" || event == "reassign")
        return {{"order_number", "45/2569"}, {"order_date", day(0)}, {"fact_finders", head.id().text()}, {"due_date", day(30)}};
    if (event == "extend")
        return {{"reason", "พยานอยู่ต่างจังหวัด"}, {"due_date", day(60)}};
    if (event == "report")
        return {{"findings", "พบว่ามีการเรียกเงิน"}, {"evidence", "ใบเสร็จ"}, {"opinion_1", "merit"}, {"opinion_2", "no_merit"}};
    if (event == "merit")
        return {{"outcome_1", "merit_discipline"}, {"outcome_2", "no_merit"}, {"grounds_1", "มีพยาน"}, {"grounds_2", "ไม่พบ"}};
    if (event == "no_merit")
        return {{"grounds_1", "ไม่พบ"}, {"grounds_2", "ไม่พบ"}, {"notice", notice}};
    if (event == "finish")
        return {{"order_numbers", "50/2569"}, {"result", "ลงโทษตัดเงินเดือน"}, {"notice", notice}};
    if (event == "confirm_ending")
        return {{"agreed", "yes"}};
    if (event == "return_ending")
        return {{"return_reason", "ยังไม่แล้วเสร็จ"}};
    if (event == "refer")
        return {{"referred_to", "nacc"}, {"basis", "อยู่ในอำนาจ"}, {"letter_number", "มท 1/2569"}, {"masked", "yes"}, {"notice", notice}};
    if (event == "referral_done")
        return {{"reply_letter", "ปช 9/2569"}, {"result", "รับไว้ดำเนินการ"}, {"notice", notice}};
    if (event == "referral_back")
        return {{"reply_letter", "ปช 9/2569"}, {"reason", "ไม่อยู่ในอำนาจ"}};
    if (event == "suspend")
        return {{"court", "ศาลปกครอง"}, {"court_case", "อ. 1/2569"}};
    if (event == "withdraw")
        return {{"reason", "ผู้ร้องขอถอน"}, {"notice", notice}};
    if (event == "duplicate")
        return {{"leading_case", "1/2569"}, {"notice", notice}};
    if (event == "general_grievance")
        return {{"reason", "ไฟถนนดับ"}};
    if (event == "confirm_grievance")
        return {{"no_corruption", "yes"}};
    if (event == "reopen")
        return {{"reopened_for", "new_evidence"}, {"reason", "มีพยานใหม่"}, {"notice", notice}};
    if (event == "set_aside")
        return {{"void_reason", "advertising"}, {"remark", "ขายสินค้า"}};
    if (event == "confirm_void")
        return {{"read_whole", "yes"}};
    return {};
}

void AgencyTest::walk_to(State state, const std::string &id, const Person &by, const Person &closer) {
    for (const char *event : {"register", "screen", "propose", "close"}) {
        const auto done = move(event == std::string_view("close") ? closer : by, id, event);
        ASSERT_TRUE(done) << event << " was refused as " << static_cast<int>(done.error().why);
        if (done->state == state)
            return;
    }
}

} // namespace usecases_test
