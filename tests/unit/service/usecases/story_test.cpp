// One case from beginning to end, and what stands in the audit log after it.
#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;
using crypto::AuditEvent;

class Story : public AgencyTest {
protected:
    std::vector<crypto::AuditEntry> verified_chain() {
        std::vector<crypto::AuditEntry> out;
        base::Array<32> previous{};
        auto behind = database();
        auto rows = behind.query("SELECT sequence, entry, hash FROM audit ORDER BY sequence");
        while (rows && rows->next().value_or(false)) {
            const auto sequence = rows->number<std::uint64_t>();
            EXPECT_EQ(sequence, out.size() + 1);
            const base::Bytes entry = rows->bytes();
            previous = crypto::chain_hash(keys, sequence, previous, entry);
            EXPECT_EQ(rows->array<32>(), previous) << sequence;
            const auto decoded = crypto::AuditEntry::decode(entry);
            EXPECT_TRUE(decoded);
            if (decoded)
                out.push_back(*decoded);
        }
        return out;
    }
};

TEST_F(Story, EveryActOfACaseStandsInTheChainAndEveryObjectIsNamedOnce) {
    const auto receipt = file();
    auto context = reporter();
    ASSERT_TRUE(write_more(context, receipt, "เพิ่ม", tracked(receipt).once));
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    ASSERT_TRUE(answer(legal, id, "รอคำสั่ง"));
    ASSERT_TRUE(move(clerk, id, "close"));
    ASSERT_TRUE(store->maintenance().nightly(clock.today()));

    const auto subject = crypto::case_pseudonym(keys, *base::CaseId::from_text(id));
    std::map<AuditEvent, std::size_t> counted;
    std::map<base::ObjectId, base::Array<32>> named;
    for (const auto &entry : verified_chain()) {
        const bool by_reporter = entry.event == AuditEvent::case_filed || entry.event == AuditEvent::follow_up;
        if (by_reporter) {
            EXPECT_EQ(entry.time, 0);
            EXPECT_TRUE(entry.actor.is_zero());
        }
        if (entry.subject != subject)
            continue;
        ++counted[entry.event];
        if (!entry.object.is_zero())
            EXPECT_TRUE(named.emplace(entry.object, entry.digest).second) << "an object named twice";
    }
    EXPECT_EQ(counted[AuditEvent::case_filed], 2U) << "complaint and identity";
    EXPECT_EQ(counted[AuditEvent::follow_up], 1U);
    EXPECT_EQ(counted[AuditEvent::case_moved], 4U);
    EXPECT_EQ(counted[AuditEvent::reply_sent], 2U) << "the answer and the notice";
    EXPECT_EQ(counted[AuditEvent::slot_granted], 3U + 2U - 1U) << "legal officer twice, clerk and executive once";
    EXPECT_GT(counted[AuditEvent::case_opened], 0U);

    std::size_t objects = 0;
    auto behind = database();
    auto rows = behind.query("SELECT object_id, sealed FROM object");
    while (rows && rows->next().value_or(false)) {
        ++objects;
        const auto object = rows->id<base::ObjectId>();
        ASSERT_TRUE(named.contains(object));
        EXPECT_EQ(named[object], crypto::digest(rows->blob()));
    }
    EXPECT_EQ(objects, named.size());
    EXPECT_TRUE(open(legal, id)) << "opens from the chained entries as it did from the waiting ones";
}

TEST_F(Story, NoObjectOfAReporterCarriesATimeOfDay) {
    const auto receipt = file();
    auto context = reporter();
    ASSERT_TRUE(write_more(context, receipt, "เพิ่ม", tracked(receipt).once));
    auto behind = database();
    auto rows = behind.query("SELECT count(*) FROM object WHERE time <> 0");
    ASSERT_TRUE(rows && rows->next().value_or(false));
    EXPECT_EQ(rows->integer(), 0);
}

TEST_F(Story, NothingThatWasTypedStandsInTheRows) {
    auto named = form("ข้อความลับมาก");
    named.anonymous = false;
    named.name = "กานดา";
    const auto receipt = file(named);
    auto context = reporter();
    ASSERT_TRUE(write_more(context, receipt, "ข้อความลับมาก", tracked(receipt).once));
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    auto behind = database();
    auto rows = behind.query("SELECT sealed FROM object UNION ALL SELECT sealed FROM slot UNION ALL SELECT entry FROM audit "
                             "UNION ALL SELECT entry FROM audit_waiting");
    std::size_t seen = 0;
    while (rows && rows->next().value_or(false)) {
        ++seen;
        const auto text = std::string(base::text(rows->blob()));
        for (const char *secret : {"ข้อความลับมาก", "กานดา", "สมหมาย", "ยุติเรื่อง", "เรียกรับเงิน"})
            EXPECT_EQ(text.find(secret), std::string::npos);
    }
    EXPECT_GT(seen, 10U);
}

} // namespace
