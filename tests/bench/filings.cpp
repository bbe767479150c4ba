#include "tests/bench/filings.h"

#include "service/runtime/file_inspector.h"
#include "service/usecases/reporter/file_complaint.h"
#include "tests/bench/client.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <utility>

namespace bench {
namespace {



template <class T, class E> T demand(std::expected<T, E> result, const char *what) {
    if (!result) throw std::runtime_error(what);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

domain::FilingForm filled_form(std::size_t facts) {
    domain::FilingForm form;
    form.category = "bribery";
    form.subject_name = "นายทดสอบ สมมุติ";
    form.where = "ที่ทำการเทศบาล";
    form.facts = thai_text(facts);
    form.acknowledge = true;
    return form;
}

// Keeps what the use case would have written.
class Kept final : public ports::ReporterWrites {
public:
    base::Result<> file(ports::NewFiling filing) override {
        filings.push_back(std::move(filing));
        return {};
    }
    base::Result<> add_follow_up(ports::NewFollowUp) override {
        return base::fail(base::Code::internal, "a follow-up among the benchmark's filings");
    }
    ports::FileWrites &files() override { base::broken("a file among the benchmark's filings"); }
    std::vector<ports::NewFiling> filings;
};

// Calls `work()` on so many threads until the time is over or it says that there is no more; how often a second.
template <class Work> double repeat(std::size_t threads, std::chrono::milliseconds duration, const Work &work) {
    std::atomic<std::size_t> done = 0;
    const auto start = Clock::now(), end = start + duration;
    std::vector<std::thread> all;
    for (std::size_t i = 0; i < threads; ++i)
        all.emplace_back([&] {
            while (Clock::now() < end && work())
                ++done;
        });
    for (std::thread &thread : all)
        thread.join();
    return static_cast<double>(done) / std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

std::string thai_text(std::size_t bytes) {
    constexpr std::string_view sentences =
        "เมื่อวันที่สิบห้ามกราคม ข้าพเจ้าพบว่ามีการเรียกรับเงินจากผู้รับเหมาที่ยื่นซองเสนอราคาโครงการก่อสร้างถนนคอนกรีต "
        "เจ้าหน้าที่แจ้งว่าหากไม่จ่ายจะไม่ได้รับการพิจารณา และมีพยานเห็นเหตุการณ์สองคนในห้องทำงานชั้นสองของสำนักงาน ";
    std::string out;
    while (out.size() < bytes)
        out += sentences;
    out.resize(bytes);
    while ((static_cast<unsigned char>(out.back()) & 0xc0) == 0x80)
        out.pop_back();
    out.pop_back(); // the first byte of the letter that was cut
    return out;
}

FilingRequests::FilingRequests(const std::string &credential) {
    const auto read = demand(runtime::read_credential(credential), "the credential cannot be read");
    keys_ = crypto::InstanceKeys::derive(read.instance, read.key);
    const domain::FilingForm form = filled_form(facts_bytes);
    rest_ = "&step=file&acknowledge=yes&anonymous=yes&category=" + form.category +
            "&subject_name=" + urlencoded(form.subject_name) + "&where=" + urlencoded(form.where) +
            "&facts=" + urlencoded(form.facts);
}

std::vector<std::string> FilingRequests::make(std::size_t count) const {
    const base::SystemClock clock;
    std::vector<std::string> out;
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(post_request("/report", "once=" + crypto::Once::issue(keys_, clock.now()).field() + rest_));
    return out;
}

bool FilingRequests::is_receipt(std::string_view answer) {
    return answer.starts_with("HTTP/1.1 200 ") && answer.find("id=\"receipt\"") != answer.npos;
}

std::string FilingRequests::receipt_of(std::string_view answer) {
    std::string out;
    auto at = answer.find("id=\"receipt\"");
    const auto end = at == answer.npos ? at : answer.find("</p>", at);
    while (out.size() < 28 && (at = answer.find("<span>", at)) < end) {
        out += answer.substr(at + 6, 4);
        at += 6;
    }
    return out;
}

std::vector<ports::NewFiling> filing_rows(runtime::Instance &instance, std::size_t count, std::size_t facts) {
    const base::SystemClock clock;
    const usecases::Policy policy{0, true};
    usecases::Agency agency(instance.keys.instance, instance.roots);
    const auto reads = instance.store->reporter_reads();
    Kept kept;
    runtime::FileInspector inspector({});
    usecases::ArrivingFiles arriving;
    const usecases::FileTools tools{instance.store->files(), inspector, arriving};
    usecases::ReporterContext context{instance.keys, clock, policy, agency, *reads, kept, tools};
    const domain::FilingForm form = filled_form(facts);
    for (std::size_t i = 0; i < count; ++i)
        if (!file_complaint(context, form, usecases::new_once(context)))
            throw std::runtime_error("the form is not taken");
    return std::move(kept.filings);
}

double commits_per_second(runtime::Instance &instance, std::vector<ports::NewFiling> rows, std::size_t threads,
                          std::chrono::milliseconds duration) {
    std::atomic<std::size_t> next = 0;
    return repeat(threads, duration, [&] {
        const std::size_t at = next++;
        if (at >= rows.size()) return false;
        demand(instance.store->reporter_writes().file(std::move(rows[at])), "a filing fails");
        return true;
    });
}

namespace {

std::vector<crypto::SlotPlan> slot_plan(const usecases::AgencySnapshot &agency) {
    std::vector<crypto::SlotPlan> out;
    const auto readers = demand(domain::readers_of_new(agency.holders, {}), "nobody reads");
    for (const domain::Holder &holder : agency.holders) {
        const auto *certificate = agency.roster.live(holder.officer);
        const bool reads = std::ranges::find(readers, holder.officer) != readers.end();
        if (holder.may_read) out.push_back({holder.officer, reads ? certificate : nullptr, crypto::SlotPurpose::case_key});
        if (holder.may_custody) out.push_back({holder.officer, certificate, crypto::SlotPurpose::identity_key});
    }
    return out;
}

} // namespace

double seals_per_second(runtime::Instance &instance, std::size_t threads, std::chrono::milliseconds duration) {
    const base::SystemClock clock;
    usecases::Agency agency(instance.keys.instance, instance.roots);
    const auto reads = instance.store->reporter_reads();
    const auto snapshot = demand(agency.current(*reads, clock.today()), "no roster");
    const auto plan = slot_plan(*snapshot);
    const std::string text = thai_text(facts_bytes);
    const auto receipt = crypto::Once::issue(instance.keys, clock.now()).receipt(instance.keys);
    const auto keys = crypto::ReceiptKeys::derive(receipt);
    return repeat(threads, duration, [&] {
        demand(crypto::seal_filing(keys, base::view(text), {}, plan), "a filing is not sealed");
        return true;
    });
}

double lookups_per_second(runtime::Instance &instance, const std::vector<std::string> &receipts, std::size_t threads,
                          std::chrono::milliseconds duration) {
    std::atomic<std::size_t> next = 0;
    return repeat(threads, duration, [&] {
        thread_local std::unique_ptr<ports::ReporterReads> reads;
        if (!reads) reads = instance.store->reporter_reads();
        const auto receipt = crypto::Receipt::parse(receipts[next++ % receipts.size()]);
        if (!receipt) throw std::runtime_error("no receipt");
        const auto keys = crypto::ReceiptKeys::derive(*receipt);
        const auto found = demand(reads->find_by_tag(crypto::lookup_tag(keys, instance.keys)), "the store is not read");
        if (!found) throw std::runtime_error("a case is not found");
        demand(reads->replies(found->row.record.case_id), "the store is not read");
        demand(reads->sent_days(found->row.record.case_id), "the store is not read");
        return true;
    });
}

namespace {

// The same sealed bytes under other names: what the store does with them is the same.
ports::NewFiling renamed(const crypto::InstanceKeys &keys, ports::NewFiling row, base::Day day) {
    row.received = row.visible_from = day;
    for (crypto::AuditEntry &entry : row.audit)
        entry.day = day;
    crypto::CaseRecord &record = row.sealed.record;
    record.case_id = base::CaseId::random();
    for (crypto::SealedObject *object : {&row.sealed.complaint, &row.sealed.identity}) {
        const base::ObjectId before = std::exchange(object->header.object_id, base::ObjectId::random());
        object->header.case_id = record.case_id;
        for (crypto::AuditEntry &entry : row.audit)
            if (entry.object == before) entry.object = object->header.object_id;
    }
    row.lookup_tag = crypto::digest(record.case_id.bytes());
    for (crypto::AuditEntry &entry : row.audit)
        entry.subject = crypto::case_pseudonym(keys, record.case_id);
    return row;
}

} // namespace

void fill(runtime::Instance &instance, std::size_t cases, base::Day day) {
    const auto row = std::move(filing_rows(instance, 1, 300).front());
    std::atomic<std::size_t> left = cases;
    repeat(256, std::chrono::hours(1), [&] {
        std::size_t now = left;
        while (now > 0 && !left.compare_exchange_weak(now, now - 1)) {}
        if (now == 0) return false;
        demand(instance.store->reporter_writes().file(renamed(instance.keys, row, day)), "a filing fails");
        return true;
    });
}

void file_cases(runtime::Instance &instance, std::size_t cases, base::Day day) {
    constexpr std::size_t at_once = 1000; // in memory
    for (std::size_t left = cases; left > 0;) {
        auto rows = filing_rows(instance, std::min(left, at_once), 300);
        left -= rows.size();
        std::atomic<std::size_t> next = 0;
        repeat(64, std::chrono::hours(1), [&] {
            const std::size_t at = next++;
            if (at >= rows.size()) return false;
            ports::NewFiling &row = rows[at];
            row.received = row.visible_from = day;
            for (crypto::AuditEntry &entry : row.audit)
                entry.day = day;
            demand(instance.store->reporter_writes().file(std::move(row)), "a filing fails");
            return true;
        });
    }
}

} // namespace bench
