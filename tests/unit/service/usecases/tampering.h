// Somebody who writes to the database with its key, and with a case key at best.
#pragma once

#include "crypto/officer/casework.h"
#include "service/domain/message.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {

using base::Bytes;

class Tampering : public AgencyTest {
protected:
    void change(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        auto behind = database();
        const auto done = behind.run(sql, values);
        ASSERT_TRUE(done) << done.error().what;
        ASSERT_GT(behind.changes(), 0) << "nothing was changed";
    }
    void set_aside(storage::Sql sql) { ASSERT_TRUE(database().script(sql)); }
    // The case page refuses, moves and answers are refused, and the queue keeps the row in sight as damaged.
    void is_refused(const std::string &id, const Person &who) {
        EXPECT_TRUE(fails_with(open(who, id), Code::refused));
        EXPECT_TRUE(refused(move(who, id, "register"), ActRefused::Why::tampered));
        EXPECT_TRUE(refused(answer(who, id, "x"), ActRefused::Why::tampered));
        const auto view = queue_of(who);
        ASSERT_EQ(view.rows.size(), 1U);
        EXPECT_TRUE(view.rows[0].damaged);
        EXPECT_FALSE(view.rows[0].my_turn);
        EXPECT_EQ(view.totals.total, 1U);
    }
    void is_gone(const std::string &id, const Person &who) {
        EXPECT_TRUE(fails_with(open(who, id), Code::not_found));
        EXPECT_TRUE(queue_of(who).rows.empty());
    }
    std::expected<TrackView, TrackRefused> write(std::string_view receipt, std::string_view once_field) {
        auto context = reporter();
        return write_more(context, receipt, "ความลับ", once_field);
    }
    void reporter_is_refused(const std::string &receipt, const std::string &once_field) {
        auto context = reporter();
        EXPECT_TRUE(refused(track(context, receipt), TrackRefused::Why::damaged));
        EXPECT_TRUE(refused(write(receipt, once_field), TrackRefused::Why::damaged));
        auto behind = database();
        auto rows = behind.query("SELECT count(*) FROM object WHERE kind = 3");
        ASSERT_TRUE(rows && rows->next().value_or(false));
        EXPECT_EQ(rows->integer(), 0) << "nothing was sealed to the other key";
    }
    crypto::CaseRecord record_of(const std::string &id, const Person &who) {
        const auto slot = officer_reads->slot(*base::CaseId::from_text(id), who.id(), clock.today());
        EXPECT_TRUE(slot && *slot);
        return (*slot)->row.record;
    }
    static std::string forged_words() { return to_json(domain::Message{"ขอถอนเรื่องร้องเรียน", std::nullopt, std::nullopt}); }
    void put_in_the_log(crypto::SealedObject object) {
        const crypto::AuditEntry audit{.event = crypto::AuditEvent::follow_up, .day = clock.today(), .time = 0, .actor = {},
                                       .subject = crypto::case_pseudonym(keys, object.header.case_id),
                                       .object = object.header.object_id, .digest = crypto::digest(object.sealed)};
        ASSERT_TRUE(store->reporter_writes().add_follow_up({std::move(object), clock.today(), clock.today(), audit}));
    }
    Bytes slot_of(const std::string &id, const Person &who) {
        const auto slot = officer_reads->slot(*base::CaseId::from_text(id), who.id(), clock.today());
        EXPECT_TRUE(slot && *slot);
        return (*slot)->sealed;
    }
    // A move written by who holds the case key and the database key, with its entry of the log.
    void forge(const std::string &id, const Person &who, const std::string &event, State to, std::vector<domain::ActedAs> as,
               std::optional<std::map<std::string, std::string>> values = {}) {
        const auto slot = officer_reads->slot(*base::CaseId::from_text(id), legal.id(), clock.today());
        ASSERT_TRUE(slot && *slot);
        const auto &record = (*slot)->row.record;
        const auto key = crypto::open_slot(legal.keys, record, (*slot)->sealed);
        ASSERT_TRUE(key);
        ports::Move row;
        row.case_id = record.case_id;
        row.expected_version = (*slot)->row.version;
        row.to = to;
        row.today = clock.today();
        row.time = clock.now();
        row.closes = to == State::closed;
        const std::string json =
            domain::move_to_json({event, row.expected_version, {values.value_or(whole_form(event))}, {}, std::move(as)});
        forged_ = base::ObjectId::random();
        row.object = *crypto::seal_move(*key, who.keys, {crypto::Kind::move, record.case_id, forged_, record.epoch, who.id()},
                                        base::view(json));
        row.audit = {{.event = crypto::AuditEvent::case_moved, .day = row.today, .time = row.time, .actor = who.id(),
                      .subject = crypto::case_pseudonym(keys, record.case_id), .object = forged_,
                      .digest = crypto::digest(row.object.sealed)}};
        ASSERT_TRUE(store->officer_writes().move(std::move(row)));
    }
    // Undoes forge(): the case's row is put back as the test kept it in before_case.
    void take_back() {
        change("DELETE FROM object WHERE object_id = ?", {forged_});
        change("DELETE FROM audit WHERE object = ?", {forged_});
        change("UPDATE complaint_case SET (state, version, state_since, closed_on) = "
               "(SELECT state, version, state_since, closed_on FROM before_case)");
    }
    base::ObjectId forged_;
    Bytes bytes_of(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        auto behind = database();
        auto rows = behind.query(sql, values);
        EXPECT_TRUE(rows && rows->next().value_or(false));
        return rows->bytes();
    }
};

} // namespace usecases_test
