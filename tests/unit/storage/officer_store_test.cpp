#include "tests/unit/storage/fixtures.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace storage_test {
namespace {

using Series = ports::RegisterNumber::Series;

class OfficerStore : public StoreTest {
protected:
    base::OfficerId reader = base::OfficerId::random(), other = base::OfficerId::random();

    ports::Move registering(base::CaseId id, Series series, std::int32_t year, std::uint32_t version = 1) {
        auto move = move_of(id, version, day_two);
        move.take_number = ports::RegisterNumber{series, year, 0};
        return move;
    }
    std::uint32_t number_of(Series series, std::int32_t year) {
        const auto taken = store->officer_writes().move(registering(file_one(), series, year));
        EXPECT_TRUE(succeeded(taken));
        return taken ? taken->number : 0;
    }
};

TEST_F(OfficerStore, HidesACaseUntilItsDay) {
    const auto id = file_one({reader}, day_one, day_two);
    EXPECT_TRUE(officers->slots_of(reader, day_one).value().empty());
    EXPECT_FALSE(officers->slot(id, reader, day_one).value());
    EXPECT_TRUE(officers->objects(id, day_one).value().empty());
    EXPECT_TRUE(officers->digests(subject_of(id), id, day_one).value().empty());
    EXPECT_TRUE(failed_with(store->officer_writes().move(move_of(id, 1, day_one)), Code::not_found));
    EXPECT_TRUE(failed_with(store->officer_writes().reply(reply_of(id, day_one, 1)), Code::not_found));

    EXPECT_EQ(officers->slots_of(reader, day_two).value().size(), 1u);
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 2u);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_two).value().size(), 2u);
}

TEST_F(OfficerStore, HidesAFollowUpUntilItsDay) {
    const auto id = file_one({reader});
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_two, day_three))));
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 2u);
    EXPECT_EQ(officers->slot(id, reader, day_two).value()->row.last_from_reporter, day_one);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_two).value().size(), 2u);
    EXPECT_EQ(officers->objects(id, day_three).value().size(), 3u);
    EXPECT_EQ(officers->slot(id, reader, day_three).value()->row.last_from_reporter, day_two);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_three).value().size(), 3u);
}

TEST_F(OfficerStore, ReadsOneStateWhileTheHandleLives) {
    const auto id = file_one({reader});
    {
        const auto held = officers->one_state();
        ASSERT_TRUE(succeeded(held));
        EXPECT_EQ(officers->objects(id, day_three).value().size(), 2u);
        ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_two, day_two))));
        EXPECT_EQ(officers->objects(id, day_three).value().size(), 2u);
        EXPECT_EQ(officers->digests(subject_of(id), id, day_three).value().size(), 2u);
    }
    EXPECT_EQ(officers->objects(id, day_three).value().size(), 3u);
    EXPECT_TRUE(succeeded(officers->one_state())); // and it can be held again
}

TEST_F(OfficerStore, GivesEachOfficerTheirOwnSlots) {
    auto mine = filing({reader, other});
    ASSERT_TRUE(succeeded(store->reporter_writes().file(mine)));
    (void)file_one({other});
    const auto found = officers->slots_of(reader, day_one).value();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].row.record.case_id, mine.sealed.record.case_id);
    EXPECT_EQ(found[0].sealed, mine.sealed.slots[0].sealed) << "the case key's, not the identity's";
    EXPECT_EQ(officers->slots_of(other, day_one).value().size(), 2u);
    EXPECT_FALSE(officers->slot(mine.sealed.record.case_id, base::OfficerId::random(), day_one).value());
}

TEST_F(OfficerStore, AMoveChangesEverythingTogether) {
    const auto id = file_one({reader, other});
    auto move = move_of(id, 1, day_two, 5000);
    move.to = domain::State::closed;
    move.closes = true;
    move.category = "procurement";
    move.take_number = ports::RegisterNumber{Series::open, 2569, 0};
    move.outcomes = {domain::Outcome::no_merit, domain::Outcome::insufficient};
    move.reply = sealed_object(crypto::Kind::reply, id, move.object.header.author);
    move.audit.push_back(
        entry_for(crypto::AuditEvent::reply_sent, *move.reply, day_two, 5000, move.object.header.author));
    const auto fresh = random_bytes(176);
    move.granted = {{other, crypto::SlotPurpose::case_key, fresh}};
    const auto taken = store->officer_writes().move(move);
    ASSERT_TRUE(succeeded(taken));
    EXPECT_EQ(taken->number, 1u);

    const auto row = officers->slot(id, other, day_two).value();
    EXPECT_EQ(row->sealed, fresh);
    EXPECT_NE(officers->slot(id, reader, day_two).value()->sealed, fresh);
    EXPECT_EQ(row->row.state, domain::State::closed);
    EXPECT_EQ(row->row.version, 2u);
    EXPECT_EQ(row->row.state_since, day_two);
    EXPECT_EQ(row->row.category, "procurement");
    EXPECT_EQ(row->row.closed_on, day_two);
    ASSERT_TRUE(row->row.number);
    EXPECT_EQ(row->row.number->year, 2569);
    EXPECT_EQ(row->row.number->series, Series::open);
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 4u);
    EXPECT_EQ(reporter->replies(id).value().size(), 1u);
    EXPECT_EQ(officers->digests(subject_of(id), id, day_two).value().size(), 4u);
    EXPECT_EQ(officers->head().value().sequence, 2u);
    EXPECT_EQ(count("SELECT count(*) FROM case_outcome"), 2);
    EXPECT_TRUE(failed_with(store->officer_writes().move(move_of(id, 2, day_two)), Code::conflict)) << "it is closed";
}

TEST_F(OfficerStore, AClosedCaseIsReopenedOnlyByAMoveThatSaysSo) {
    const auto id = file_one({reader});
    auto move = move_of(id, 1, day_two);
    move.reopens = true;
    EXPECT_TRUE(failed_with(store->officer_writes().move(move), Code::conflict)) << "it is not closed";
    move.reopens = false;
    move.to = domain::State::closed;
    move.closes = true;
    move.outcomes = {domain::Outcome::voided};
    ASSERT_TRUE(succeeded(store->officer_writes().move(move)));
    EXPECT_EQ(officers->slot(id, reader, day_two).value()->uncounted, domain::Outcome::voided);
    EXPECT_EQ(officers->slots_of(reader, day_two).value().at(0).uncounted, domain::Outcome::voided);
    auto reopening = move_of(id, 2, day_two);
    reopening.to = domain::State::set_aside;
    EXPECT_TRUE(failed_with(store->officer_writes().move(reopening), Code::conflict));
    reopening.reopens = true;
    ASSERT_TRUE(succeeded(store->officer_writes().move(reopening)));
    const auto row = officers->slot(id, reader, day_two).value();
    EXPECT_FALSE(row->uncounted);
    EXPECT_FALSE(row->row.closed_on);
    EXPECT_EQ(row->row.state, domain::State::set_aside);
    EXPECT_EQ(count("SELECT count(*) FROM case_outcome"), 0);
}

TEST_F(OfficerStore, OnlyTheOutcomeOfTheWholeCaseMakesItVoided) {
    const auto id = file_one({reader});
    auto move = move_of(id, 1, day_two);
    move.to = domain::State::closed;
    move.closes = true;
    move.outcomes = {domain::Outcome::no_merit, domain::Outcome::insufficient};
    ASSERT_TRUE(succeeded(store->officer_writes().move(move)));
    EXPECT_FALSE(officers->slot(id, reader, day_two).value()->uncounted);
}

TEST_F(OfficerStore, AMoveThatHasReadFewerFollowUpsThanAreVisibleIsRefused) {
    const auto id = file_one({reader});
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_one, day_two))));
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_two, day_three))));
    auto move = move_of(id, 1, day_two);
    for (const std::uint32_t wrong : {0U, 2U}) {
        move.expected_follow_ups = wrong;
        EXPECT_TRUE(failed_with(store->officer_writes().move(move), Code::conflict)) << wrong;
    }
    move.expected_follow_ups = 1; // the other one is not visible yet, and must not show that it came
    EXPECT_TRUE(succeeded(store->officer_writes().move(move)));
}

TEST_F(OfficerStore, RefusesAStaleMoveWhole) {
    const auto id = file_one({reader});
    ASSERT_TRUE(succeeded(store->officer_writes().move(move_of(id, 1, day_two))));
    auto stale = registering(id, Series::open, 2569);
    stale.granted = {{other, crypto::SlotPurpose::case_key, random_bytes(176)}};
    EXPECT_TRUE(failed_with(store->officer_writes().move(stale), Code::conflict));
    EXPECT_EQ(officers->objects(id, day_two).value().size(), 3u);
    EXPECT_EQ(officers->head().value().sequence, 1u);
    EXPECT_FALSE(officers->slot(id, other, day_two).value());
    auto newer_key = move_of(id, 2, day_two);
    newer_key.object.header.epoch = 2;
    EXPECT_TRUE(failed_with(store->officer_writes().move(newer_key), Code::conflict));
    auto of_another = move_of(id, 2, day_two);
    of_another.object.header.case_id = base::CaseId::random();
    EXPECT_TRUE(failed_with(store->officer_writes().move(of_another), Code::invalid));
}

TEST_F(OfficerStore, CountsEachSeriesAndYearForItself) {
    EXPECT_EQ(number_of(Series::open, 2569), 1u);
    EXPECT_EQ(number_of(Series::open, 2569), 2u);
    (void)number_of(Series::restricted, 2569);
    EXPECT_EQ(number_of(Series::open, 2570), 1u);
    EXPECT_EQ(number_of(Series::open, 2569), 3u);
}

TEST_F(OfficerStore, RestrictedNumbersDoNotCount) {
    std::vector<std::uint32_t> numbers;
    for (int i = 0; i < 40; ++i)
        numbers.push_back(number_of(Series::restricted, 2569));
    EXPECT_EQ(std::set(numbers.begin(), numbers.end()).size(), numbers.size()) << "each case has its own";
    EXPECT_FALSE(std::ranges::is_sorted(numbers)) << "forty random numbers are in order once in 10^47 runs";
    EXPECT_TRUE(std::ranges::all_of(numbers, [](auto number) { return number >= 1000 && number <= 9999; }));
}

TEST_F(OfficerStore, AMoveThatFailsTakesNoNumber) {
    EXPECT_EQ(number_of(Series::open, 2569), 1u);
    const auto id = file_one();
    auto twice = registering(id, Series::open, 2569);
    twice.object.header.object_id = officers->objects(id, day_two).value()[0].header.object_id; // stands already
    EXPECT_TRUE(failed_with(store->officer_writes().move(twice), Code::conflict));
    {
        const disk::SyncsFail fault;
        EXPECT_TRUE(
            failed_with(store->officer_writes().move(registering(id, Series::open, 2569)), Code::storage_failed));
    }
    EXPECT_EQ(number_of(Series::open, 2569), 2u);
    ASSERT_TRUE(succeeded(store->officer_writes().move(registering(id, Series::open, 2569))));
    EXPECT_TRUE(failed_with(store->officer_writes().move(registering(id, Series::open, 2569, 2)), Code::conflict));
    EXPECT_EQ(number_of(Series::open, 2569), 4u);
}

TEST_F(OfficerStore, NumbersHaveNoGapsUnderManyHandsAndFailures) {
    constexpr int threads = 8, each = 10;
    std::vector<std::vector<base::CaseId>> cases(threads);
    for (auto &some : cases)
        for (int i = 0; i < each; ++i)
            some.push_back(file_one());
    std::vector<std::vector<std::uint32_t>> taken(threads);
    std::atomic<int> stale_refused{0};
    std::vector<std::thread> hands;
    for (std::size_t t = 0; t < threads; ++t)
        hands.emplace_back([&, t] {
            for (const auto &id : cases[t]) {
                if (const auto number = store->officer_writes().move(registering(id, Series::open, 2569)))
                    taken[t].push_back(number->number);
                if (!store->officer_writes().move(registering(id, Series::open, 2569))) ++stale_refused;
            }
        });
    for (std::thread &hand : hands)
        hand.join();
    std::set<std::uint32_t> numbers;
    for (const auto &some : taken)
        numbers.insert(some.begin(), some.end());
    EXPECT_EQ(stale_refused, threads * each);
    ASSERT_EQ(numbers.size(), static_cast<std::size_t>(threads * each));
    EXPECT_EQ(*numbers.begin(), 1u);
    EXPECT_EQ(*numbers.rbegin(), static_cast<std::uint32_t>(threads * each));
}

TEST_F(OfficerStore, OrdersObjectsByDayTimeAndId) {
    const auto id = file_one({reader}, day_one, day_one);
    ASSERT_TRUE(succeeded(store->officer_writes().reply(reply_of(id, day_two, 900))));
    ASSERT_TRUE(succeeded(store->officer_writes().reply(reply_of(id, day_two, 100))));
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_two, day_two))));
    const auto objects = officers->objects(id, day_three).value();
    ASSERT_EQ(objects.size(), 5u);
    EXPECT_TRUE(std::ranges::is_sorted(
        objects, {}, [](const ports::ObjectRow &row) { return std::tuple(row.day, row.time, row.header.object_id); }));
    EXPECT_EQ(objects[2].header.kind, crypto::Kind::follow_up);
    EXPECT_EQ(objects[4].time, 900);
}

TEST_F(OfficerStore, KeepsAnOfficerAndTheRoster) {
    auto one = officer("nitikorn");
    auto two = officer("admin", domain::Post::admin);
    two.certificate.clear();
    EXPECT_EQ(officers->roster_version().value(), 0u);
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(one, {})));
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(two, {})));
    const auto everyone = officers->officers().value();
    ASSERT_EQ(everyone.size(), 2u);
    const auto found = std::ranges::find(everyone, "nitikorn", &ports::OfficerRow::login);
    ASSERT_NE(found, everyone.end());
    EXPECT_EQ(found->id, one.row.id);
    EXPECT_EQ(found->display_name, one.row.display_name);
    EXPECT_EQ(found->salt, one.row.salt);
    EXPECT_EQ(found->password_operations, 3u);
    EXPECT_EQ(found->password_memory, std::uint64_t{256} << 20);
    EXPECT_EQ(found->authentication_hash, one.row.authentication_hash);
    EXPECT_EQ(found->key_generation, 2u);
    EXPECT_EQ(found->box, one.row.box);
    EXPECT_EQ(found->sign, one.row.sign);
    EXPECT_EQ(found->sealed_keys, one.row.sealed_keys);
    EXPECT_FALSE(found->disabled);
    EXPECT_EQ(officers->officer(two.row.id).value()->login, "admin");

    const auto agency = reporter->agency().value();
    EXPECT_EQ(agency.roster_version, 2u);
    EXPECT_EQ(agency.certificates, std::vector<Bytes>{one.certificate});
    EXPECT_EQ(agency.appointments.size(), 2u);
    EXPECT_NE(std::ranges::find(agency.appointments, one.appointments[0]), agency.appointments.end());
    EXPECT_TRUE(agency.disabled.empty());
    EXPECT_TRUE(failed_with(store->officer_writes().add_officer(officer("nitikorn"), {}), Code::conflict));
    EXPECT_EQ(officers->roster_version().value(), 2u);
}

TEST_F(OfficerStore, CountersignsAStandingHeadOnceADay) {
    auto signer = officer("clerk", domain::Post::clerk);
    ASSERT_TRUE(succeeded(store->officer_writes().add_officer(signer, {})));
    const crypto::AuditEntry entry{.event = crypto::AuditEvent::head_countersigned,
                                   .day = day_one,
                                   .time = 10,
                                   .actor = signer.row.id,
                                   .object = {}};
    ASSERT_TRUE(succeeded(store->officer_writes().append_audit({entry})));
    const auto head = officers->head().value();
    ports::Countersignature signature{.officer = signer.row.id,
                                      .day = day_one,
                                      .sequence = head.sequence,
                                      .head = head.hash,
                                      .roster_version = 1,
                                      .signature = random_array<64>()};
    auto forged = signature;
    forged.head[0] ^= 1;
    EXPECT_TRUE(failed_with(store->officer_writes().countersign(forged, entry), Code::conflict));
    EXPECT_FALSE(officers->last_countersigned(signer.row.id).value());
    ASSERT_TRUE(succeeded(store->officer_writes().countersign(signature, entry)));
    EXPECT_EQ(officers->last_countersigned(signer.row.id).value(), day_one);
    EXPECT_EQ(officers->head().value().sequence, 2u);
    EXPECT_TRUE(failed_with(store->officer_writes().countersign(signature, entry), Code::conflict));
    EXPECT_EQ(officers->head().value().sequence, 2u) << "the refused one left no entry";
}

} // namespace
} // namespace storage_test
