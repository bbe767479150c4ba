// Requests to see an identity: one at a time, decided once, shown once, and nothing of a command that fails is kept.
#include "tests/unit/storage/fixtures.h"

namespace storage_test {
namespace {

class IdentityStore : public StoreTest {
protected:
    IdentityStore() {
        for (const auto &[id, login] : {std::pair{requester, "asks"}, {custodian, "decides"}, {second, "too"}}) {
            auto row = officer(login);
            row.row.id = id;
            row.certificate.clear();
            row.appointments.clear();
            EXPECT_TRUE(succeeded(store->officer_writes().add_officer(row, {})));
        }
        id = file_one();
        logged = count("SELECT count(*) FROM audit");
    }
    crypto::AuditEntry entry() const {
        return {.event = crypto::AuditEvent::identity_requested, .day = day_one, .time = 1, .actor = requester, .subject = subject_of(id),
                .object = request, .digest = {}};
    }
    ports::NewIdentityRequest asked(base::ObjectId number) const {
        return {number, id, requester, day_one, 1, {{custodian, random_bytes(8)}, {second, random_bytes(8)}}, entry()};
    }
    ports::IdentityDecided decided(Bytes with_copy, Day day = day_one) const {
        return {request, id, requester, day, 1, random_bytes(8), std::move(with_copy), entry()};
    }
    ports::IdentityWrites &writes() { return store->officer_writes().identities(); }
    ports::IdentityReads &reads() { return officers->identities(); }
    std::int64_t new_entries() { return count("SELECT count(*) FROM audit") - logged; }

    base::OfficerId requester = base::OfficerId::random(), custodian = base::OfficerId::random(), second = base::OfficerId::random();
    base::ObjectId request = base::ObjectId::random();
    base::CaseId id;
    Bytes copy = random_bytes(8);
    std::int64_t logged = 0;
};

TEST_F(IdentityStore, GivesEachCustodianTheirLetterUntilItIsDecided) {
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    EXPECT_EQ(reads().letters_to(custodian).value().size(), 1u);
    EXPECT_TRUE(reads().letter(request, second).value());
    EXPECT_FALSE(reads().letter(request, requester).value());
    EXPECT_EQ(reads().request_of(id, requester).value()->asked, day_one);
    ASSERT_TRUE(succeeded(writes().decide(decided(copy))));
    EXPECT_TRUE(reads().letters_to(custodian).value().empty() && reads().letters_to(second).value().empty());
    EXPECT_EQ(reads().request_of(id, requester).value()->copy, copy);
    EXPECT_EQ(new_entries(), 2);
}

TEST_F(IdentityStore, TakesNothingOfWhoSawAnotherKeyOfTheCase) {
    auto late = asked(request);
    late.expected_epoch = 2;
    EXPECT_TRUE(failed_with(writes().ask(late), Code::unavailable));
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    auto answer = decided(copy);
    answer.expected_epoch = 2;
    EXPECT_TRUE(failed_with(writes().decide(answer), Code::unavailable));
    EXPECT_EQ(reads().letter(request, custodian).value()->epoch, 1u);
    EXPECT_FALSE(reads().request_of(id, requester).value()->decided);
    EXPECT_EQ(new_entries(), 1);
}

TEST_F(IdentityStore, TellsWhatAnOfficerHasOfACaseAndNothingElse) {
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    EXPECT_EQ(reads().papers_of(id, requester).value().size(), 2u) << "the letters of their request";
    EXPECT_EQ(reads().papers_of(id, custodian).value().size(), 1u) << "the letter to them";
    EXPECT_EQ(reads().papers_of(id, custodian).value().front().custodian, custodian);
    EXPECT_TRUE(reads().papers_of(base::CaseId::random(), requester).value().empty());
    ASSERT_TRUE(succeeded(writes().decide(decided(copy))));
    EXPECT_TRUE(reads().papers_of(id, custodian).value().empty());
    const auto waits = reads().papers_of(id, requester).value();
    ASSERT_EQ(waits.size(), 1u);
    EXPECT_FALSE(waits.front().custodian);
    EXPECT_EQ(waits.front().sealed, copy);
}

TEST_F(IdentityStore, KeepsOneRequestOfAnOfficerAboutACase) {
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    EXPECT_TRUE(failed_with(writes().ask(asked(request)), Code::conflict)) << "the same form again";
    EXPECT_EQ(new_entries(), 1);
    const auto later = base::ObjectId::random();
    ASSERT_TRUE(succeeded(writes().ask(asked(later))));
    EXPECT_EQ(count("SELECT count(*) FROM identity_request"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM identity_letter"), 2);
    EXPECT_TRUE(failed_with(writes().decide(decided(copy)), Code::conflict)) << "it was replaced";
    request = later;
    ASSERT_TRUE(succeeded(writes().decide(decided(copy))));
    EXPECT_TRUE(failed_with(writes().ask(asked(base::ObjectId::random())), Code::conflict)) << "a copy waits";
}

TEST_F(IdentityStore, DecidesOnceAndShowsOnce) {
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    ASSERT_TRUE(succeeded(writes().decide(decided(copy))));
    EXPECT_TRUE(failed_with(writes().decide(decided({})), Code::conflict));
    EXPECT_TRUE(failed_with(writes().show({request, requester, day_two, random_bytes(8), entry()}), Code::conflict)) << "another copy";
    EXPECT_TRUE(failed_with(writes().show({request, second, day_two, copy, entry()}), Code::conflict)) << "another officer";
    ASSERT_TRUE(succeeded(writes().show({request, requester, day_two, copy, entry()})));
    EXPECT_TRUE(failed_with(writes().show({request, requester, day_two, copy, entry()}), Code::conflict));
    EXPECT_TRUE(reads().request_of(id, requester).value()->copy.empty());
    EXPECT_EQ(reads().request_of(id, requester).value()->shown, day_two);
    EXPECT_EQ(new_entries(), 3);
}

TEST_F(IdentityStore, TakesNoRequestAboutACaseThatIsNotVisible) {
    id = file_one({}, day_one, day_two);
    EXPECT_TRUE(failed_with(writes().ask(asked(request)), Code::not_found));
    id = base::CaseId::random();
    EXPECT_TRUE(failed_with(writes().ask(asked(request)), Code::not_found));
    EXPECT_EQ(new_entries(), 0);
}

TEST_F(IdentityStore, DeletesACopyInTheNightAfterSevenDays) {
    ASSERT_TRUE(succeeded(writes().ask(asked(request))));
    ASSERT_TRUE(succeeded(writes().decide(decided(copy))));
    ASSERT_TRUE(succeeded(store->maintenance().nightly({day_one.number + ports::identity_copy_days})));
    EXPECT_FALSE(reads().request_of(id, requester).value()->copy.empty());
    ASSERT_TRUE(succeeded(store->maintenance().nightly({day_one.number + ports::identity_copy_days + 1})));
    EXPECT_TRUE(reads().request_of(id, requester).value()->copy.empty());
    EXPECT_FALSE(reads().request_of(id, requester).value()->shown);
}

} // namespace
} // namespace storage_test
