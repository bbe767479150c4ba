// Who reads a case when people come and go.
#include "service/usecases/officer/access.h"

#include "service/usecases/reporter/add_files.h"
#include "tests/unit/service/usecases/agency.h"

namespace {

using namespace usecases_test;
using base::Bytes;
using base::CaseId;

constexpr std::uint8_t reading = 1;

class AccessTest : public AgencyTest {
protected:
    void run(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        auto behind = database();
        const auto done = behind.run(sql, values);
        ASSERT_TRUE(done) << done.error().what;
        ASSERT_GT(behind.changes(), 0) << "nothing was changed";
    }
    void new_roster() { run("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'"); }

    // What the page of officers does, written straight: a colleague takes the certificate back.
    void revoke(const Person &who, const Person &by) {
        const auto rows = officer_reads->agency();
        ASSERT_TRUE(rows);
        for (const Bytes &stored : rows->certificates) {
            const auto fields = crypto::StoredCertificate::parse(stored)->fields;
            if (fields.officer != who.id())
                continue;
            const auto taken = crypto::revoke(by.keys, instance, fields.serial, clock.today());
            run("INSERT OR REPLACE INTO revocation (serial, day, issuer, signature) VALUES (?, ?, ?, ?)",
                {taken.serial, taken.day, taken.issuer, taken.signature});
        }
        new_roster();
    }
    void disable(const Person &who, bool disabled = true) {
        run("UPDATE officer SET disabled = ?2 WHERE officer = ?1", {who.id(), disabled});
        new_roster();
    }
    // Fresh keys after the old ones were lost, vouched for by a colleague; signs in with them from here on.
    void renew_keys(Person &who, const Person &by, std::uint8_t rights = reading) {
        who.keys = crypto::OfficerKeys::random(who.id());
        const auto certificate = crypto::issue_certificate(
            by.keys, {.instance = instance, .serial = base::CertificateSerial::random(), .officer = who.id(),
                      .display_name = who.name, .box = who.keys.box.public_key, .sign = who.keys.sign.public_key,
                      .rights = {rights}, .not_before = clock.today(), .not_after = {clock.today().number + 1000}, .issuer = {}});
        ASSERT_TRUE(certificate);
        run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
            {crypto::digest(*certificate), who.id(), *certificate});
        run("UPDATE officer SET box = ?2, sign = ?3 WHERE officer = ?1",
            {who.id(), who.keys.box.public_key.bytes, who.keys.sign.public_key.bytes});
        new_roster();
    }
    OfficerSession as(const Person &who) {
        auto context = officer();
        const auto agency_now = context.snapshot();
        return {(*agency_now)->actor(who.id(), who.name), crypto::OfficerKeys{who.keys.officer,
                {who.keys.box.public_key, who.keys.box.secret_key.clone()},
                {who.keys.sign.public_key, who.keys.sign.secret_key.clone()}}, {}, clock.now()};
    }
    AccessPass pass(const Person &who, AccessBudget budget = {}) {
        auto context = officer();
        const auto own = as(who);
        const auto permitted = domain::Permitted<Action::work_cases>::check(own.actor);
        EXPECT_TRUE(permitted);
        const auto done = maintain_access(*permitted, context, own, budget);
        EXPECT_TRUE(done) << done.error().what;
        return done.value_or(AccessPass{});
    }
    base::Result<OpenedCase> opened(const Person &who, const std::string &id) {
        auto context = officer();
        return open_by_id(context, as(who), id);
    }
    std::vector<AccessRow> rows(const Person &who) {
        auto context = officer();
        const auto own = as(who);
        auto out = access_rows(*domain::Permitted<Action::read_cases>::check(own.actor), context, own);
        EXPECT_TRUE(out);
        return out ? std::move(*out) : std::vector<AccessRow>();
    }
    base::Result<> grant(const Person &by, const std::string &id, base::OfficerId to) {
        auto context = officer();
        const auto own = as(by);
        return grant_access(*domain::Permitted<Action::work_cases>::check(own.actor), *RecentlySignedIn::check(own, clock.now()),
                            context, own, id, to);
    }
    void write_more_to(const std::string &receipt, const std::string &text) {
        auto context = reporter();
        const auto done = write_more(context, receipt, text, once());
        ASSERT_TRUE(done) << static_cast<int>(done.error().why);
    }
    std::int64_t count(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        auto behind = database();
        auto found = behind.query(sql, values);
        EXPECT_TRUE(found && found->next().value_or(false));
        return found->integer();
    }
    // Everything that a leaver kept from the last day: own keys, and the case keys that they opened.
    struct Kept {
        crypto::CaseKey key;
        crypto::CaseRecord record;
    };
    Kept kept_by(const Person &who, const std::string &id) {
        const auto slot = officer_reads->slot(*CaseId::from_text(id), who.id(), clock.today());
        auto key = crypto::open_slot(who.keys, (*slot)->row.record, (*slot)->sealed);
        EXPECT_TRUE(key);
        return {std::move(*key), (*slot)->row.record};
    }
};

TEST_F(AccessTest, ACaseSaysInsideWhoReadsIt) {
    file();
    const auto id = case_of(legal);
    auto view = opened(legal, id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->access.ever, (std::set{legal.id(), head.id()}));
    EXPECT_EQ(view->access.custodians.size(), 2U);
    walk_to(State::pending_order, id, legal, clerk);
    view = opened(head, id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->access.ever, (std::set{legal.id(), head.id(), clerk.id(), executive.id()}));
}

TEST_F(AccessTest, TheSameFormIsTheSameFormWhoeverReadsIt) {
    auto context = reporter();
    const auto token = once();
    ASSERT_TRUE(file_complaint(context, form(), token));
    enrol(Post::registrar, "registrar", "นายใหม่ เพิ่งมา", reading, &executive);
    const auto again = file_complaint(context, form(), token);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->how, Filed::How::filed_before);
}

TEST_F(AccessTest, ANewOfficerOfIntakeGetsOpenCasesAndNoClosedOnes) {
    file("หนึ่ง");
    const auto closed = case_of(legal);
    walk_to(State::closed, closed, legal, clerk);
    file("สอง");
    const auto fresh = enrol(Post::registrar, "registrar", "นายใหม่ เพิ่งมา", reading, &executive);
    EXPECT_TRUE(queue_of(fresh).rows.empty());
    const auto done = pass(legal);
    EXPECT_EQ(done.changed, 1U);
    EXPECT_TRUE(done.whole);
    ASSERT_EQ(queue_of(fresh).rows.size(), 1U);
    EXPECT_NE(queue_of(fresh).rows[0].state, State::closed);
    EXPECT_EQ(pass(legal).changed, 0U);
    EXPECT_EQ(pass(head).changed, 0U) << "a colleague did it";
}

TEST_F(AccessTest, ALeaverWithADumpAndOwnKeysOpensNothingWrittenAfterLeaving) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto leaver = enrol(Post::registrar, "registrar", "นายลาออก ไปแล้ว", reading, &executive);
    pass(legal);
    const auto kept = kept_by(leaver, id);
    ASSERT_TRUE(opened(leaver, id));
    revoke(leaver, executive);
    EXPECT_EQ(pass(legal).changed, 1U);
    write_more_to(receipt, "หลังจากนั้น");
    ASSERT_TRUE(move(legal, id, "register"));
    ASSERT_TRUE(answer(legal, id, "คำตอบ"));
    const auto view = opened(head, id);
    ASSERT_TRUE(view) << "those who stay read all of it: " << view.error().what;
    EXPECT_EQ(view->row.record.epoch, 2U);
    EXPECT_EQ(view->history.size(), 4U);
    // With the dump of today, the leaver's keys and every case key that they ever had.
    const auto objects = officer_reads->objects(*CaseId::from_text(id), clock.today());
    const auto roster = (*agency().current(*officer_reads, clock.today()))->roster;
    ASSERT_TRUE(objects);
    int later = 0;
    for (const auto &object : *objects) {
        if (object.header.epoch == 1)
            continue;
        ++later;
        EXPECT_FALSE(crypto::open_move(kept.key, roster, object.header, object.sealed));
        EXPECT_FALSE(crypto::open_access(kept.key, roster, object.header, object.sealed));
        EXPECT_FALSE(crypto::open_reply(kept.key, roster, object.header, object.sealed));
        EXPECT_FALSE(crypto::open_follow_up(kept.key, view->reporter_key, object.header, object.sealed));
    }
    EXPECT_EQ(later, 4) << "access, follow-up, move, reply";
    const auto slot = officer_reads->slot(*CaseId::from_text(id), leaver.id(), clock.today());
    ASSERT_TRUE(slot && *slot) << "a decoy stands in its place";
    EXPECT_FALSE(crypto::open_slot(leaver.keys, view->row.record, (*slot)->sealed));
    EXPECT_FALSE(crypto::open_older(kept.key, view->keys.records[1], view->keys.records[0], (*slot)->row.later[0].older_key));
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE purpose = 1 AND epoch = 1"), 0) << "the old slots are gone";
    file("เรื่องใหม่");
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE officer = ? AND epoch = 1", {leaver.id()}), 0);
}

TEST_F(AccessTest, AFileThatIsOnItsWayWhileAnEpochBeginsIsDescribedUnderTheNewKey) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto leaver = enrol(Post::registrar, "registrar", "นายลาออก ไปแล้ว", reading, &executive);
    pass(legal);
    auto context = reporter();
    auto adding = AddFiles::to(context, receipt);
    const auto intake = adding->begin("a.txt", false);
    ASSERT_TRUE(intake->add(base::Bytes(100'000, 't')));
    revoke(leaver, executive);
    EXPECT_EQ(pass(legal).changed, 1U);
    ASSERT_TRUE(intake->finish());
    const auto objects = officer_reads->objects(*CaseId::from_text(id), clock.today());
    const auto described = std::ranges::find(*objects, crypto::Kind::file, [](const auto &object) { return object.header.kind; });
    ASSERT_NE(described, objects->end());
    EXPECT_EQ(described->header.epoch, 2U);
    EXPECT_TRUE(opened(legal, id));
}

TEST_F(AccessTest, FewerThanTwoReadersAreNeverLeftOfAnOpenCase) {
    file();
    const auto id = case_of(legal);
    for (const Person *above : {&clerk, &executive, &outside}) // else the case goes up the line by itself
        disable(*above);
    revoke(legal, outside);
    EXPECT_EQ(pass(head).changed, 0U);
    EXPECT_EQ(opened(head, id)->row.epoch, 1U) << "the slot stays until there is another reader";
    const auto waiting = rows(head);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].leaving, std::vector{legal.name});
    EXPECT_EQ(waiting[0].readers, std::vector{head.name});
    EXPECT_TRUE(waiting[0].could.empty());
    EXPECT_TRUE(fails_with(grant(head, id, outside.id()), Code::not_found));
    disable(outside, false);
    pass(head);
    EXPECT_FALSE(opened(outside, id)) << "the clerk stands between, disabled by an admin and not revoked";
    ASSERT_TRUE(grant(head, id, outside.id()));
    pass(head);
    EXPECT_EQ(opened(head, id)->row.epoch, 2U) << "with the other reader, the removal is carried out";
    EXPECT_TRUE(opened(outside, id));
    EXPECT_TRUE(rows(head).empty());
}

TEST_F(AccessTest, AnAdminAloneMovesNobodyUpTheLine) {
    file();
    const auto id = case_of(legal);
    disable(legal);
    EXPECT_EQ(pass(head).changed, 0U);
    EXPECT_FALSE(opened(clerk, id));
    ASSERT_EQ(rows(head).size(), 1U) << "a person decides it";
    revoke(legal, outside);
    EXPECT_EQ(pass(head).changed, 1U) << "or somebody who may vouch has signed that legal is gone";
    EXPECT_TRUE(opened(clerk, id));
}

TEST_F(AccessTest, FewerThanTwoReadersAreNeverLeftOfAClosedCase) {
    file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    revoke(legal, outside);
    disable(head);
    disable(executive);
    pass(clerk);
    ASSERT_EQ(rows(clerk).size(), 1U);
    EXPECT_EQ(opened(clerk, id)->row.epoch, 1U);
    ASSERT_TRUE(grant(clerk, id, outside.id()));
    EXPECT_EQ(opened(outside, id)->row.epoch, 2U);
}

TEST_F(AccessTest, FreshKeysGetThePreviousCasesAndTheLostOnesLoseThem) {
    file();
    const auto id = case_of(legal);
    walk_to(State::closed, id, legal, clerk);
    const auto lost = kept_by(legal, id);
    revoke(legal, outside);
    renew_keys(legal, outside);
    EXPECT_FALSE(opened(legal, id));
    pass(head);
    const auto view = opened(legal, id);
    ASSERT_TRUE(view) << view.error().what;
    EXPECT_EQ(view->row.epoch, 2U);
    EXPECT_FALSE(crypto::equal(crypto::commitment(lost.key, lost.record.case_id, 2), view->row.record.commitment));
}

TEST_F(AccessTest, WhoIsExcludedGetsDecoysAtEveryStepAndSeesNothing) {
    file("หนึ่ง", {&head});
    const auto id = case_of(legal);
    const auto receipt = file("สอง", {&head});
    auto fresh = enrol(Post::registrar, "registrar", "นายใหม่ เพิ่งมา", reading, &executive);
    pass(legal);
    revoke(head, executive);
    renew_keys(head, executive);
    const auto before = count("SELECT count(*) FROM slot WHERE officer = ?", {head.id()});
    const auto done = pass(legal);
    EXPECT_EQ(done.changed, 2U) << "the new keys get a decoy where the others would get a slot";
    EXPECT_EQ(pass(legal).changed, 0U);
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE officer = ?", {head.id()}), before);
    EXPECT_TRUE(fails_with(opened(head, id), Code::not_found));
    EXPECT_TRUE(fails_with(grant(legal, id, head.id()), Code::not_found));
    EXPECT_TRUE(fails_with(grant(legal, id, base::OfficerId::random()), Code::not_found));
    EXPECT_TRUE(fails_with(grant(head, id, clerk.id()), Code::not_found));
    disable(fresh); // an epoch begins
    pass(legal);
    EXPECT_EQ(opened(legal, id)->row.epoch, 2U);
    EXPECT_EQ(count("SELECT count(*) FROM slot WHERE officer = ? AND purpose = 1 AND epoch = 2", {head.id()}), 2);
    EXPECT_TRUE(fails_with(opened(head, id), Code::not_found));
    EXPECT_TRUE(fails_with(opened(head, CaseId::random().text()), Code::not_found));
}

TEST_F(AccessTest, AWithheldEpochIsSeenOnBothSides) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto leaver = enrol(Post::registrar, "registrar", "นายลาออก ไปแล้ว", reading, &executive);
    pass(legal);
    {
        auto behind = database();
        ASSERT_TRUE(behind.script("CREATE TABLE old_slots AS SELECT * FROM slot"));
    }
    revoke(leaver, executive);
    pass(legal);
    run("DELETE FROM case_epoch");
    run("INSERT INTO slot SELECT * FROM old_slots WHERE purpose = 1");
    EXPECT_TRUE(fails_with(opened(legal, id), Code::refused));
    auto context = reporter();
    EXPECT_TRUE(refused(track(context, receipt), TrackRefused::Why::damaged));
    EXPECT_TRUE(refused(write_more(context, receipt, "ความลับ", once()), TrackRefused::Why::damaged));
}

TEST_F(AccessTest, AnEpochOfSomebodyElsesMakingGetsNoFollowUpAndOpensNothing) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto record = opened(legal, id)->row.record;
    const auto kept = kept_by(legal, id);
    const auto agency_now = *agency().current(*officer_reads, clock.today());
    // The admin has a certificate, but not the right to read; a ghost has keys that nobody vouched for.
    const auto ghost = crypto::OfficerKeys::random(base::OfficerId::random());
    for (const crypto::OfficerKeys *forger : std::initializer_list<const crypto::OfficerKeys *>{&admin.keys, &ghost}) {
        const crypto::SlotPlan plan{legal.id(), agency_now->roster.live(legal.id()), crypto::SlotPurpose::case_key};
        auto forged = crypto::begin_epoch(kept.key, record, {}, *forger, std::span(&plan, 1));
        ASSERT_TRUE(forged);
        run("INSERT OR REPLACE INTO case_epoch (case_id, epoch, certificate, older_key) VALUES (?, 2, ?, ?)",
            {record.case_id, forged->certificate.stored(), forged->older_key});
        run("INSERT OR REPLACE INTO slot (officer, purpose, case_id, epoch, sealed) VALUES (?, 1, ?, 2, ?)",
            {legal.id(), record.case_id, forged->slots[0].sealed});
        EXPECT_TRUE(fails_with(opened(legal, id), Code::refused));
        auto context = reporter();
        EXPECT_TRUE(refused(write_more(context, receipt, "ความลับ", once()), TrackRefused::Why::damaged));
        EXPECT_TRUE(fails_with(opened(head, id), Code::not_found));
    }
}

TEST_F(AccessTest, AnEpochInTheNameOfAReaderIsRefusedUnlessTheLogHasIt) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto record = opened(legal, id)->row.record;
    auto forged = crypto::begin_epoch(kept_by(legal, id).key, record, {}, clerk.keys, {});
    ASSERT_TRUE(forged);
    run("INSERT INTO case_epoch (case_id, epoch, certificate, older_key) VALUES (?, 2, ?, ?)",
        {record.case_id, forged->certificate.stored(), forged->older_key});
    auto context = reporter();
    EXPECT_TRUE(refused(write_more(context, receipt, "ความลับ", once()), TrackRefused::Why::damaged));
}

TEST_F(AccessTest, AnotherCertificateOrOlderKeyInTheRowIsRefused) {
    const auto receipt = file();
    const auto id = case_of(legal);
    disable(enrol(Post::registrar, "registrar", "นายลาออก ไปแล้ว", reading, &executive), false);
    pass(legal);
    run("UPDATE officer SET disabled = 1 WHERE login = 'registrar'");
    new_roster();
    pass(legal);
    ASSERT_EQ(opened(legal, id)->row.epoch, 2U);
    run("UPDATE case_epoch SET older_key = ?", {Bytes(72)});
    EXPECT_TRUE(fails_with(opened(legal, id), Code::refused));
    run("UPDATE case_epoch SET certificate = ?", {Bytes(197)});
    EXPECT_TRUE(fails_with(opened(legal, id), Code::not_found));
    auto context = reporter();
    EXPECT_TRUE(refused(track(context, receipt), TrackRefused::Why::damaged));
}

TEST_F(AccessTest, AMessageThatWasOnItsWayWhenTheKeyChangedIsSentAgain) {
    const auto receipt = file();
    const auto id = case_of(legal);
    const auto record = opened(legal, id)->row.record;
    const auto leaver = enrol(Post::registrar, "registrar", "นายลาออก ไปแล้ว", reading, &executive);
    pass(legal);
    const auto own = crypto::ReceiptKeys::derive(*crypto::Receipt::parse(receipt));
    auto object = crypto::seal_follow_up(own, record, base::ObjectId::random(), base::view("{\"text\":\"x\"}"));
    ASSERT_TRUE(object);
    revoke(leaver, executive);
    pass(legal);
    const crypto::AuditEntry audit{.event = crypto::AuditEvent::follow_up, .day = clock.today(), .actor = {},
                                   .subject = crypto::case_pseudonym(keys, record.case_id), .object = object->header.object_id,
                                   .digest = crypto::digest(object->sealed)};
    EXPECT_TRUE(fails_with(store->reporter_writes().add_follow_up({*object, clock.today(), clock.today(), audit}),
                           Code::unavailable));
}

TEST_F(AccessTest, GoesOnWhereItStoppedAndStandsAloneInEachStep) {
    for (int i = 0; i < 5; ++i)
        file("เรื่องที่ " + std::to_string(i));
    const auto fresh = enrol(Post::registrar, "registrar", "นายใหม่ เพิ่งมา", reading, &executive);
    EXPECT_FALSE(pass(legal, {.tried = 2, .changed = 32}).whole);
    EXPECT_EQ(queue_of(fresh).rows.size(), 2U);
    EXPECT_FALSE(pass(legal, {.tried = 100, .changed = 1}).whole);
    EXPECT_EQ(queue_of(fresh).rows.size(), 3U);
    reload_agency(); // the program is started anew: nothing is done twice, nothing is left out
    const auto done = pass(legal);
    EXPECT_TRUE(done.whole);
    EXPECT_EQ(done.changed, 2U);
    EXPECT_EQ(queue_of(fresh).rows.size(), 5U);
    clock.next_day();
    file("นายใหม่ไม่เห็น", {&fresh}); // of cases that need the same one is enough
    EXPECT_FALSE(pass(legal, {.tried = 1, .changed = 1}).whole) << "a new day is looked at anew";
}

TEST_F(AccessTest, TwoWhoDoItAtOnceDoNotHarmEachOther) {
    file();
    const auto id = case_of(legal);
    const auto fresh = enrol(Post::registrar, "registrar", "นายใหม่ เพิ่งมา", reading, &executive);
    const auto mine = opened(legal, id), theirs = opened(head, id);
    ASSERT_TRUE(mine && theirs);
    auto context = officer();
    EXPECT_TRUE(carry_out(context, as(legal), *mine, plan_access(*mine)));
    EXPECT_TRUE(fails_with(carry_out(context, as(head), *theirs, plan_access(*theirs)), Code::conflict));
    EXPECT_TRUE(opened(fresh, id));
    revoke(fresh, executive);
    const auto removing = opened(legal, id);
    ASSERT_TRUE(move(legal, id, "register"));
    EXPECT_TRUE(fails_with(carry_out(context, as(legal), *removing, plan_access(*removing)), Code::conflict))
        << "a move may have granted it to somebody meanwhile";
    pass(head);
    EXPECT_EQ(opened(legal, id)->row.epoch, 2U);
}

TEST_F(AccessTest, CustodyGoesToNewCustodiansOnlyThroughOneAndIsTakenAwayByADecoy) {
    file();
    const auto id = case_of(legal);
    const auto fresh = enrol(Post::head_office, "second", "นายสำรอง เก็บความลับ", reading | 2, &outside);
    pass(legal);
    EXPECT_FALSE(holds(opened(legal, id)->access.custodians, opened(legal, id)->agency->roster, fresh.id()))
        << "the legal officer has no identity key to give";
    ASSERT_TRUE(grant(legal, id, clerk.id()));
    pass(clerk);
    const auto view = opened(clerk, id);
    EXPECT_TRUE(holds(view->access.custodians, view->agency->roster, fresh.id()));
    const auto sealed = officer_reads->access().identity_slot(*CaseId::from_text(id), fresh.id());
    ASSERT_TRUE(sealed && *sealed);
    EXPECT_TRUE(crypto::open_identity_slot(fresh.keys, view->keys.records[0], **sealed));
    revoke(fresh, outside);
    pass(legal);
    const auto after = officer_reads->access().identity_slot(*CaseId::from_text(id), fresh.id());
    ASSERT_TRUE(after && *after);
    EXPECT_FALSE(crypto::open_identity_slot(fresh.keys, view->keys.records[0], **after));
    EXPECT_TRUE(opened(legal, id));
}

} // namespace
