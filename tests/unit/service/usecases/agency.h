// A small agency with real keys and a real store: seven officers, a reporter, and a clock that the test turns.
#pragma once

#include "service/domain/move_record.h"
#include "service/usecases/officer/act.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/case_index.h"
#include "service/usecases/officer/files.h"
#include "service/usecases/officer/mail_desk.h"
#include "service/usecases/reporter/add_files.h"
#include "service/usecases/reporter/file_complaint.h"
#include "service/usecases/reporter/track.h"
#include "storage/store.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace usecases_test {

using namespace usecases;
using base::Code;
using base::Day;
using domain::Action, domain::Post, domain::State;

inline constexpr const char *void_notice = "ถ้าเป็นเรื่องจริง โปรดเขียนเพิ่มเติม"; // the page's standard text

class FakeClock final : public base::Clock {
public:
    base::Seconds time = 1'772'420'400; // 2026-03-02, 10:00 in Bangkok, fiscal year 2569
    base::Seconds now() const override { return time; }
    void next_day() { time += 86400; }
};

struct Person {
    crypto::OfficerKeys keys;
    Post post;
    std::string login, passphrase, name;
    base::OfficerId id() const { return keys.officer; }
    domain::Actor actor() const {
        const bool reads = !domain::stays_apart(post);
        return {id(), name, {{.appointment = {}, .post = post, .capacity = domain::Capacity::holder, .from = {}, .until = {}, .order = {}}},
                {.reading = reads, .custody = reads, .vouching = reads}};
    }
};

template <class T, class E>
testing::AssertionResult refused(const std::expected<T, E> &result, decltype(E::why) why) {
    if (result)
        return testing::AssertionFailure() << "it was not refused";
    if (result.error().why != why)
        return testing::AssertionFailure() << "refused as " << static_cast<int>(result.error().why);
    return testing::AssertionSuccess();
}

template <class T>
testing::AssertionResult fails_with(const base::Result<T> &result, Code code) {
    if (result)
        return testing::AssertionFailure() << "it succeeded";
    if (result.error().code != code)
        return testing::AssertionFailure() << base::name(result.error().code) << ": " << result.error().what;
    return testing::AssertionSuccess();
}

// Knows what a file begins with, and calls clean what stands behind "EXIF:" without it.
class FakeInspector final : public ports::FileInspector {
public:
    base::Result<std::string> media_type(base::View first_bytes) override;
    bool can_clean(std::string_view media_type) const override { return media_type.starts_with("image/"); }
    base::Result<std::optional<base::Bytes>> without_metadata(const Whole &file, std::string_view media_type) override;
    bool busy = false, grows = false; // grows: what is cleaned is larger than any emblem
};

// Every case that opens, on one page.
inline const QueueQuery whole_queue{.all = true, .rows = 10'000};

class AgencyTest : public testing::Test {
protected:
    AgencyTest();
    ~AgencyTest() override;

    ReporterContext reporter() { return {keys, clock, policy, agency(), *reporter_reads, store->reporter_writes(), *tools}; }
    OfficerContext officer() {
        return {keys, clock, policy, agency(), *officer_reads, store->officer_writes(), sessions, cost, profile, *tools, checked_files, mail_desk, indexes};
    }
    storage::Database database(); // behind the program's back, with its key

    // The reporter.
    static domain::FilingForm form(std::string facts = "เรียกเงินจากผู้รับเหมา", std::vector<const Person *> excluded = {});
    std::string once(); // a form shown now
    std::string file(const domain::FilingForm &form); // the receipt
    std::string file(std::string facts = "เรียกเงินจากผู้รับเหมา", std::vector<const Person *> excluded = {}) {
        return file(form(std::move(facts), std::move(excluded)));
    }
    TrackView tracked(const std::string &receipt);
    std::expected<domain::FileRecord, FileFault> send(const std::string &receipt, std::string_view name, std::string_view bytes,
                                                      bool keep_metadata = false);

    // The officers.
    OfficerSession session(const Person &who); // signs in with the passphrase
    QueueView queue_of(const Person &who);
    std::string case_of(const Person &who); // the id of the only case in the queue
    base::Result<CaseView> open(const Person &who, const std::string &id);
    std::expected<Acted, ActRefused> move(const Person &who, const std::string &id, const std::string &event,
                                          std::map<std::string, std::string> changed = {});
    std::expected<Acted, ActRefused> move_at(const Person &who, const std::string &id, const MoveForm &form);
    std::expected<void, ActRefused> answer(const Person &who, const std::string &id, std::string_view text,
                                           const std::string &once = new_reply_id());
    std::expected<domain::FileRecord, FileFault> attach(const Person &who, const std::string &id, std::string_view name,
                                                        std::string_view bytes,
                                                        domain::Purpose purpose = domain::Purpose::signed_paper,
                                                        bool keep_metadata = true);
    void walk_to(State state, const std::string &id, const Person &by, const Person &closer); // from submitted

    std::map<std::string, std::string> whole_form(const std::string &event); // two allegations; on paper: signed by the clerk
    base::AppointmentId appoint(const Person &who, Post post, domain::Capacity capacity, const Person &voucher,
                                std::string order = "7/2569", std::int32_t days = 30);
    base::AppointmentId appointment_of(const Person &who, Post post); // in force today
    std::vector<domain::ActedAs> as(const Person &who) { return {{appointment_of(who, who.post), who.post, domain::Capacity::holder, "1/2569"}}; }
    Agency &agency() { return *agency_; }
    void reload_agency(); // after the rows behind it changed in place
    Person enrol(Post post, std::string login, std::string name, std::uint8_t rights, const Person *issuer);

    std::filesystem::path folder;
    base::InstanceId instance = base::InstanceId::random();
    crypto::InstanceKeys keys = crypto::InstanceKeys::derive(instance, crypto::InstanceKey::random());
    crypto::DatabaseKey database_key = crypto::DatabaseKey::random();
    crypto::PasswordCost cost{1, 8192};
    FakeClock clock;
    Policy policy{.queue_delay_days = 0, .register_by_fiscal_year = true, .second_factor_required = false};
    Sessions sessions;
    static domain::AgencyProfile file_profile(); // as the settings file names the agency
    CurrentProfile profile{file_profile(), {{0, file_profile()}}};
    std::unique_ptr<storage::Store> store;
    FakeInspector inspector;
    ArrivingFiles arriving;
    std::optional<FileTools> tools;
    CheckedFiles checked_files;
    MailDesk mail_desk;
    CaseIndexes indexes;
    std::unique_ptr<ports::ReporterReads> reporter_reads;
    std::unique_ptr<ports::OfficerReads> officer_reads;

    Person executive, outside, clerk, head, legal, admin, auditor;

private:
    std::unique_ptr<Agency> agency_;
};

} // namespace usecases_test
