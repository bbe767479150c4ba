// What waits to be sent, durable, once for each officer and day.
#include "tests/unit/storage/fixtures.h"

namespace storage_test {
namespace {

class MailStore : public StoreTest {
protected:
    MailStore() {
        for (const auto &[id, login] : {std::pair{first, "first"}, {second, "second"}}) {
            auto row = officer(login);
            row.row.id = id;
            row.certificate.clear();
            row.appointments.clear();
            EXPECT_TRUE(succeeded(store->officer_writes().add_officer(row, {})));
        }
    }
    crypto::AuditEntry entry(crypto::AuditEvent event = crypto::AuditEvent::mail_settings_changed) const {
        return {.event = event, .day = day_one, .time = 1, .actor = first, .subject = {}, .object = {}, .digest = {}};
    }
    static std::vector<ports::ReminderRow> rows(std::initializer_list<std::pair<base::OfficerId, base::Byte>> list) {
        std::vector<ports::ReminderRow> out;
        for (const auto &[officer, message] : list)
            out.push_back({officer, {message}});
        return out;
    }
    ports::MailWrites &writes() { return store->officer_writes().mail(); }
    ports::MailReads &reads() { return officers->mail(); }

    base::OfficerId first = base::OfficerId::random(), second = base::OfficerId::random();
};

TEST_F(MailStore, SettingsAreReplacedByWhoReadThem) {
    EXPECT_FALSE(*reads().settings());
    const Bytes one(2088, 1), other(2088, 2);
    EXPECT_TRUE(succeeded(writes().set_settings(std::nullopt, one, false, entry())));
    EXPECT_EQ(**reads().settings(), one);
    EXPECT_TRUE(failed_with(writes().set_settings(std::nullopt, other, false, entry()), Code::conflict));
    EXPECT_TRUE(failed_with(writes().set_settings(other, other, false, entry()), Code::conflict));
    EXPECT_TRUE(succeeded(writes().set_settings(one, other, false, entry())));
    EXPECT_EQ(**reads().settings(), other);
    EXPECT_EQ(count("SELECT count(*) FROM mail_settings"), 1);
}

TEST_F(MailStore, AnAddressIsGivenChangedAndTakenBack) {
    const auto event = crypto::AuditEvent::mail_address_changed;
    EXPECT_FALSE(*reads().address(first));
    for (const base::Byte filling : {base::Byte{1}, base::Byte{2}}) {
        EXPECT_TRUE(succeeded(writes().set_address(first, Bytes(296, filling), entry(event))));
        EXPECT_EQ(**reads().address(first), Bytes(296, filling));
    }
    EXPECT_EQ(reads().addresses()->size(), 1u);
    EXPECT_TRUE(succeeded(writes().set_address(first, std::nullopt, entry(event))));
    EXPECT_TRUE(reads().addresses()->empty());
}

TEST_F(MailStore, ADayBeginsOnceAndReplacesWhatIsLeftOfAnother) {
    EXPECT_FALSE(reads().standing()->last_day);
    EXPECT_TRUE(succeeded(writes().begin_day(day_one, rows({{first, 9}, {second, 3}}))));
    EXPECT_EQ(reads().standing()->last_day, day_one);
    EXPECT_EQ(reads().standing()->waiting, 2u);
    const auto waiting = *reads().waiting();
    EXPECT_EQ(waiting[0].officer, second) << "in the order of their random ids";
    EXPECT_TRUE(succeeded(writes().sent(waiting[0])));
    EXPECT_TRUE(failed_with(writes().begin_day(day_one, rows({{first, 1}})), Code::conflict));
    EXPECT_EQ(reads().standing()->waiting, 1u);
    EXPECT_TRUE(succeeded(writes().round_ended(ports::MailFailure::login)));
    EXPECT_EQ(reads().standing()->failure, ports::MailFailure::login);
    EXPECT_TRUE(succeeded(writes().begin_day({day_one.number + 1}, rows({{second, 7}}))));
    EXPECT_EQ(reads().standing()->waiting, 1u);
    EXPECT_EQ(reads().waiting()->at(0).officer, second);
    EXPECT_FALSE(reads().standing()->failure);
}

// A clock that stood wrong for a day must not end the reminders until that day comes.
TEST_F(MailStore, ADayBeforeTheLastOneBeginsAsWell) {
    EXPECT_TRUE(succeeded(writes().begin_day({day_one.number + 1000}, {})));
    EXPECT_TRUE(succeeded(writes().begin_day(day_one, rows({{first, 1}}))));
    EXPECT_EQ(reads().standing()->last_day, day_one);
}

TEST_F(MailStore, SwitchingOffForgetsWhatWaits) {
    EXPECT_TRUE(succeeded(writes().set_settings(std::nullopt, Bytes(2088, 1), false, entry())));
    EXPECT_TRUE(succeeded(writes().begin_day(day_one, rows({{first, 9}}))));
    EXPECT_TRUE(succeeded(writes().round_ended(ports::MailFailure::timeout)));
    EXPECT_TRUE(succeeded(writes().set_settings(Bytes(2088, 1), Bytes(2088, 2), true, entry())));
    EXPECT_EQ(reads().standing()->waiting, 0u);
    EXPECT_FALSE(reads().standing()->failure);
    EXPECT_EQ(reads().standing()->last_day, day_one) << "the day is over all the same";
}

} // namespace
} // namespace storage_test
