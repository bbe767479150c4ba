// What somebody with the database in hand does to the log, and which numbers are named for it.
#include "service/usecases/officer/audit_verify.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {
namespace {

using enum AuditFault;

class AuditVerify : public AgencyTest {
protected:
    // Filed, followed up, registered and answered, on three days, each of which two officers countersign.
    void fill() {
        file();
        receipt = file("อีกเรื่อง");
        ids = {queue_of(legal).rows[0].id.text(), queue_of(legal).rows[1].id.text()};
        nightly();
        for (const std::string &id : ids)
            ASSERT_TRUE(move(legal, id, "register"));
        nightly();
        ASSERT_TRUE(answer(legal, ids[0], "ขอบคุณ"));
        (void)session(executive);
        (void)session(clerk);
        ASSERT_TRUE(findings().empty());
    }
    void nightly() {
        clock.next_day();
        ASSERT_TRUE(store->maintenance().nightly(clock.today()));
    }
    AuditReport report() {
        const auto reads = store->officer_reads();
        const auto root = [](const Person &who) {
            return crypto::RootKeys{who.id(), who.keys.box.public_key, who.keys.sign.public_key};
        };
        const auto out = verify_audit(*reads, keys, std::vector{root(executive), root(outside)}, clock.today());
        EXPECT_TRUE(out);
        return out.value_or(AuditReport{});
    }
    std::vector<AuditFinding> findings() { return report().findings; }
    void tamper(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        auto rows = database();
        ASSERT_TRUE(rows.run(sql, values));
        ASSERT_GT(rows.changes(), 0);
    }
    // "5 altered, 7 missing"
    static std::string told(const std::vector<AuditFinding> &found) {
        static const std::map<AuditFault, std::string> names = {
            {altered, "altered"}, {hash_altered, "hash"}, {swapped, "swapped"}, {added, "added"}, {missing, "missing"},
            {unproven, "unproven"}, {malformed, "malformed"}, {misfiled, "misfiled"}, {signed_otherwise, "signed otherwise"},
            {signature_false, "signature false"}, {signature_gone, "signature gone"}, {signature_unlogged, "signature unlogged"},
            {roster_set_back, "roster set back"}, {row_gone, "row gone"}, {row_unlogged, "row unlogged"},
            {object_gone, "object gone"}, {object_altered, "object altered"}, {object_moved, "object moved"},
            {object_unlogged, "object unlogged"}};
        std::string out;
        for (const AuditFinding &one : found)
            out += (out.empty() ? "" : ", ") + std::to_string(one.sequence) + " " + names.at(one.fault);
        return out;
    }
    std::string told() { return told(findings()); }
    struct Row {
        std::uint64_t sequence;
        crypto::AuditEntry entry;
        base::Array<32> hash;
    };
    std::vector<Row> log() {
        std::vector<Row> out;
        const auto reads = store->officer_reads();
        EXPECT_TRUE(reads->audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
            out.push_back({row.sequence, *crypto::AuditEntry::decode(row.entry), row.hash});
            return true;
        }));
        return out;
    }
    std::uint64_t first(crypto::AuditEvent event) {
        for (const Row &row : log())
            if (row.entry.event == event)
                return row.sequence;
        ADD_FAILURE() << "no such entry";
        return 0;
    }
    base::Bytes signed_in(std::uint64_t minute) { // a well-formed entry that never happened
        return crypto::AuditEntry{.event = crypto::AuditEvent::officer_signed_out, .day = clock.today(),
                                  .time = clock.now() + static_cast<base::Seconds>(60 * minute), .actor = legal.id(),
                                  .subject = {}, .object = {}, .digest = {}}.encode();
    }
    // With the audit key too: everything from `from` on is chained anew, up to the end.
    void rechain(std::uint64_t from) {
        base::Array<32> head{};
        for (const Row &row : log()) {
            if (row.sequence >= from) {
                head = crypto::chain_hash(keys, row.sequence, head, row.entry.encode());
                tamper("UPDATE audit SET hash = ?2 WHERE sequence = ?1", {row.sequence, head});
            } else
                head = row.hash;
        }
    }
    void renumber(std::uint64_t from, std::int64_t by) {
        auto rows = database();
        ASSERT_TRUE(rows.run("UPDATE audit SET sequence = sequence + 100000 WHERE sequence >= ?1", {from}));
        ASSERT_TRUE(rows.run("UPDATE audit SET sequence = sequence - 100000 + ?1 WHERE sequence >= 100000", {by}));
    }

    std::string receipt;
    std::vector<std::string> ids;
};

TEST_F(AuditVerify, FindsNothingInALogThatNobodyTouched) {
    fill();
    const auto whole = report();
    EXPECT_EQ(told(whole.findings), "");
    EXPECT_EQ(whole.entries, log().size());
    EXPECT_EQ(whole.objects, 7u) << "two complaints, two identities, two moves, a reply";
    EXPECT_GE(whole.countersignatures, 4u);
    EXPECT_EQ(whole.uncertified, 0u);
    EXPECT_GT(whole.signed_up_to, 20u);
}

TEST_F(AuditVerify, NamesEachFlippedEntry) {
    fill();
    tamper("UPDATE audit SET entry = ?1, subject = NULL, object = NULL WHERE sequence = 9", {signed_in(1)});
    tamper("UPDATE audit SET entry = ?1, subject = NULL, object = NULL WHERE sequence = 12", {signed_in(2)});
    EXPECT_TRUE(told().starts_with("9 altered, 12 altered")) << told();
}

TEST_F(AuditVerify, NamesAFlippedHashAndNotTheEntryAfterIt) {
    fill();
    tamper("UPDATE audit SET hash = ?1 WHERE sequence = 16", {base::Array<32>{7}});
    EXPECT_EQ(told(), "16 hash");
}

TEST_F(AuditVerify, NamesBytesThatAreNoEntry) {
    fill();
    tamper("UPDATE audit SET entry = ?1 WHERE sequence = 16", {base::Bytes(111, 9)});
    EXPECT_TRUE(told().starts_with("16 altered, 16 malformed")) << told();
}

TEST_F(AuditVerify, NamesEachMissingEntry) {
    fill();
    const auto opened = first(crypto::AuditEvent::officer_signed_in);
    tamper("DELETE FROM audit WHERE sequence = ?1", {opened});
    EXPECT_EQ(told(), std::to_string(opened) + " missing, " + std::to_string(opened + 1) + " unproven");
}

TEST_F(AuditVerify, NamesAMissingEntryAlsoWhenTheOthersWereRenumbered) {
    fill();
    const auto opened = first(crypto::AuditEvent::officer_signed_in);
    tamper("DELETE FROM audit WHERE sequence = ?1", {opened});
    renumber(opened + 1, -1);
    const auto found = told();
    EXPECT_TRUE(found.starts_with(std::to_string(opened) + " missing, " + std::to_string(opened + 1) + " unproven")) << found;
    EXPECT_EQ(found.find("altered"), found.npos) << found;
}

TEST_F(AuditVerify, NamesWhatWasCutOffTheEndOnceItWasSigned) {
    fill();
    const std::uint64_t end = log().size(), up_to = report().signed_up_to;
    tamper("DELETE FROM audit WHERE sequence >= ?1", {up_to - 1});
    const auto found = told();
    EXPECT_TRUE(found.starts_with(std::to_string(up_to - 1) + " missing, " + std::to_string(up_to) + " missing")) << found;
    EXPECT_EQ(found.find(std::to_string(end) + " missing"), found.npos) << "nobody had signed that far";
}

TEST_F(AuditVerify, NamesBothOfTwoEntriesThatChangedPlaces) {
    fill();
    for (const auto &[one, other] : {std::pair{15, 16}, {15, 19}}) {
        const auto swap = [&] {
            tamper("UPDATE audit SET sequence = 100000 WHERE sequence = ?1", {one});
            tamper("UPDATE audit SET sequence = ?1 WHERE sequence = ?2", {one, other});
            tamper("UPDATE audit SET sequence = ?1 WHERE sequence = 100000", {other});
        };
        swap();
        EXPECT_EQ(told(), std::to_string(one) + " swapped, " + std::to_string(other) + " swapped");
        swap();
        ASSERT_EQ(told(), "");
    }
}

TEST_F(AuditVerify, NamesBothAlsoWhenTheirHashesStayed) {
    fill();
    for (const auto &[one, other] : {std::pair{15, 16}, {15, 19}}) {
        const auto swap = [&] {
            const auto rows = log();
            tamper("UPDATE audit SET entry = ?2 WHERE sequence = ?1", {one, rows[static_cast<std::size_t>(other) - 1].entry.encode()});
            tamper("UPDATE audit SET entry = ?2 WHERE sequence = ?1", {other, rows[static_cast<std::size_t>(one) - 1].entry.encode()});
        };
        swap();
        const auto found = told();
        EXPECT_NE(found.find(std::to_string(one) + " swapped"), found.npos) << found;
        EXPECT_NE(found.find(std::to_string(other) + " swapped"), found.npos) << found;
        EXPECT_EQ(found.find("altered"), found.npos) << found;
        swap();
        ASSERT_EQ(told(), "");
    }
}

TEST_F(AuditVerify, NamesAnEntryThatWasPutInBetween) {
    fill();
    renumber(17, 1);
    tamper("INSERT INTO audit (sequence, entry, hash, subject, object) VALUES (17, ?1, ?2, NULL, NULL)",
           {signed_in(1), base::Array<32>{7}});
    EXPECT_EQ(told(), "17 added");
}

TEST_F(AuditVerify, NamesAnEntryThatWasPutAtTheEnd) {
    fill();
    const auto end = log().size() + 1;
    tamper("INSERT INTO audit (sequence, entry, hash, subject, object) VALUES (?3, ?1, ?2, NULL, NULL)",
           {signed_in(1), base::Array<32>{7}, end});
    EXPECT_EQ(told(), std::to_string(end) + " altered");
}

// Whoever has the audit key chains a rewritten log anew. What officers signed stays.
TEST_F(AuditVerify, NamesUpToWhereARewrittenLogIsNotTheOneThatOfficersSigned) {
    fill();
    const auto before = report().signed_up_to;
    tamper("UPDATE audit SET entry = ?1, subject = NULL, object = NULL WHERE sequence = ?2", {signed_in(1), before - 1});
    rechain(before - 1);
    const auto found = findings();
    ASSERT_FALSE(found.empty());
    const auto at = std::ranges::find(found, signed_otherwise, &AuditFinding::fault);
    ASSERT_NE(at, found.end()) << told(found);
    EXPECT_EQ(at->sequence, before);
    EXPECT_LT(at->other, before - 1) << "up to there it is the signed one";
    EXPECT_GT(at->other, 0u);
}

TEST_F(AuditVerify, NamesACountersignatureThatIsNotTheOfficers) {
    fill();
    tamper("UPDATE countersignature SET signature = ?1 WHERE officer = ?2", {base::Array<64>{1}, executive.id()});
    const auto found = findings();
    ASSERT_EQ(found.size(), 1u) << told(found);
    EXPECT_EQ(told(found), std::to_string(first(crypto::AuditEvent::head_countersigned) == 0 ? 0 : found[0].sequence) + " signature false");
    EXPECT_EQ(found[0].about, executive.id().text());
}

// Who puts a key of their own into an officer's row signs nothing in that officer's name.
TEST_F(AuditVerify, RefusesACountersignatureByTheKeyInTheRowOfACertifiedOfficer) {
    fill();
    const auto reads = store->officer_reads();
    auto rows = reads->audit().countersignatures().value();
    const auto &row = rows.front();
    const auto stranger = crypto::OfficerKeys::random(row.officer);
    const auto message = crypto::head_message(instance, row.sequence, row.head, row.roster_version, row.day);
    tamper("UPDATE officer SET sign = ?1 WHERE officer = ?2", {stranger.sign.public_key.bytes, row.officer});
    tamper("UPDATE countersignature SET signature = ?1 WHERE officer = ?2 AND day = ?3",
           {crypto::sign(stranger.sign.secret_key, crypto::head_domain, message), row.officer, row.day});
    EXPECT_TRUE(told().ends_with("signature false")) << told();
}

TEST_F(AuditVerify, CountsTheCountersignatureOfAnAccountThatNobodyVouchedFor) {
    fill();
    tamper("DELETE FROM certificate WHERE officer = ?1", {clerk.id()});
    const auto out = report();
    EXPECT_EQ(out.uncertified, 1u);
    EXPECT_EQ(out.findings.size(), 1u) << told(out.findings);
    EXPECT_EQ(out.findings[0].fault, row_gone);
}

TEST_F(AuditVerify, NamesASignatureThatIsGoneAndOneThatNobodyLogged) {
    fill();
    tamper("UPDATE countersignature SET officer = ?1 WHERE officer = ?2", {auditor.id(), executive.id()});
    EXPECT_NE(told().find("signature gone"), std::string::npos);
    EXPECT_NE(told().find("signature unlogged"), std::string::npos);
    EXPECT_NE(told().find("signature false"), std::string::npos);
}

TEST_F(AuditVerify, FindsARosterThatWasSetBack) {
    fill();
    tamper("UPDATE setting SET value = 2 WHERE name = 'roster_version'");
    EXPECT_EQ(told(), "0 roster set back");
}

TEST_F(AuditVerify, FindsAGhostCertificateAndOneThatIsGone) {
    fill();
    const auto ghost = crypto::OfficerKeys::random(head.id());
    const auto certificate = crypto::issue_certificate(ghost, {.instance = instance, .serial = base::CertificateSerial::random(), .officer = head.id(),
        .display_name = "ผี", .box = ghost.box.public_key, .sign = ghost.sign.public_key, .rights = {7}, .not_before = clock.today(),
        .not_after = clock.today(), .issuer = {}}).value();
    tamper("INSERT INTO certificate (digest, officer, certificate) VALUES (?1, ?2, ?3)",
           {crypto::digest(certificate), head.id(), certificate});
    EXPECT_EQ(told(), "0 row unlogged");
    tamper("DELETE FROM certificate WHERE officer = ?1", {legal.id()});
    EXPECT_EQ(told(), "9 row gone, 0 row unlogged");
}

TEST_F(AuditVerify, FindsEveryGhostAmongPostsRevocationsAndEndings) {
    fill();
    const auto serial = base::CertificateSerial::random();
    tamper("INSERT INTO revocation (serial, day, issuer, signature) VALUES (?1, 1, ?2, ?3)", {serial, executive.id(), base::Array<64>{}});
    tamper("INSERT INTO appointment_ending (appointment, last_day, issuer, signature) SELECT appointment, 1, officer, ?2 FROM appointment WHERE officer = ?1",
           {legal.id(), base::Array<64>{}});
    EXPECT_EQ(told(), "0 row unlogged, 0 row unlogged");
    tamper("UPDATE appointment SET signed = ?1 WHERE officer = ?2", {base::Bytes(200, 1), legal.id()});
    EXPECT_EQ(told(), "10 row gone, 0 row unlogged, 0 row unlogged, 0 row unlogged");
}

TEST_F(AuditVerify, HoldsEveryEpochAgainstItsEntry) {
    fill();
    const base::Bytes certificate(197, 1), key(72, 2);
    const auto id = *base::CaseId::from_text(ids[0]);
    tamper("INSERT INTO case_epoch (case_id, epoch, certificate, older_key) VALUES (?1, 2, ?2, ?3)", {id, certificate, key});
    EXPECT_EQ(told(), "0 row unlogged") << "came past the program";
    ASSERT_TRUE(store->officer_writes().append_audit(
        {{.event = crypto::AuditEvent::epoch_begun, .day = clock.today(), .time = clock.now(), .actor = legal.id(),
          .subject = crypto::case_pseudonym(keys, id), .object = {}, .digest = crypto::digest(certificate)}}));
    EXPECT_EQ(told(), "");
    const auto logged = std::to_string(first(crypto::AuditEvent::epoch_begun));
    tamper("UPDATE case_epoch SET certificate = ?1", {base::Bytes(197, 3)});
    EXPECT_EQ(told(), logged + " row gone, 0 row unlogged");
    tamper("DELETE FROM case_epoch");
    EXPECT_EQ(told(), logged + " row gone");
}

TEST_F(AuditVerify, HoldsEveryVersionOfTheSettingsAgainstItsEntry) {
    fill();
    const auto entry = [&](crypto::AuditEvent event, std::string_view document) {
        return crypto::AuditEntry{.event = event, .day = clock.today(), .time = clock.now(), .actor = admin.id(), .subject = {},
                                  .object = {}, .digest = crypto::digest(base::view(document))};
    };
    const std::string document = "{}";
    for (std::uint64_t version : {1u, 2u}) // the second restores the first
        ASSERT_TRUE(store->officer_writes().settings().change(
            {.version = version, .document = document, .time = clock.now(), .author = admin.id(), .second = {}}, std::nullopt,
            entry(crypto::AuditEvent::settings_changed, document)));
    ASSERT_TRUE(store->officer_writes().settings().propose(
        {.id = base::ProposalId::random(), .document = document, .time = clock.now(), .author = admin.id()}, std::nullopt,
        entry(crypto::AuditEvent::settings_proposed, document)));
    EXPECT_EQ(told(), "");
    const auto gone = std::to_string(log().size() - 1);
    tamper("UPDATE agency_settings SET document = '{\"a\":1}' WHERE version = 2");
    EXPECT_EQ(told(), gone + " row gone, 0 row unlogged");
    tamper("UPDATE agency_settings SET document = '{}' WHERE version = 2");
    tamper("UPDATE settings_proposal SET document = '{\"a\":1}'");
    EXPECT_EQ(told(), "0 row unlogged");
    tamper("DELETE FROM settings_proposal");
    EXPECT_EQ(told(), "") << "withdrawn or confirmed";
}

TEST_F(AuditVerify, HoldsEveryObjectAgainstItsEntry) {
    fill();
    const auto moved = first(crypto::AuditEvent::case_moved);
    const auto id = log()[moved - 1].entry.object;
    tamper("UPDATE object SET sealed = ?1 WHERE object_id = ?2", {base::Bytes(200, 1), id});
    EXPECT_EQ(told(), std::to_string(moved) + " object altered");
    tamper("UPDATE object SET object_id = ?1 WHERE object_id = ?2", {base::ObjectId::random(), id});
    EXPECT_EQ(told(), std::to_string(moved) + " object gone, 0 object unlogged");
}

TEST_F(AuditVerify, FindsAnObjectThatLiesInAnotherCase) {
    fill();
    const auto moved = first(crypto::AuditEvent::case_moved);
    tamper("UPDATE object SET case_id = (SELECT min(case_id) FROM complaint_case) WHERE kind = 5 AND case_id != (SELECT min(case_id) FROM complaint_case)");
    const auto found = told();
    EXPECT_TRUE(found.ends_with("object moved")) << found;
    EXPECT_GE(findings()[0].sequence, moved);
}

TEST_F(AuditVerify, FindsAReportersEntryThatWasTakenAwayBeforeTheNight) {
    fill();
    file("วันนี้");
    EXPECT_EQ(report().waiting, 2u);
    tamper("DELETE FROM audit_waiting");
    EXPECT_EQ(told(), "0 object unlogged, 0 object unlogged");
}

TEST_F(AuditVerify, FindsColumnsThatPointElsewhere) {
    fill();
    const auto moved = first(crypto::AuditEvent::case_moved);
    tamper("UPDATE audit SET object = NULL WHERE sequence = ?1", {moved});
    EXPECT_EQ(told(), std::to_string(moved) + " misfiled");
}

} // namespace
} // namespace usecases_test
