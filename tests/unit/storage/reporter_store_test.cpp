#include "tests/unit/storage/fixtures.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace storage_test {
namespace {

using ReporterStore = StoreTest;

std::string content_of(const std::filesystem::path &file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_F(ReporterStore, GivesBackAFilingByItsTag) {
    const auto filed = filing({base::OfficerId::random()}, day_one, day_two);
    ASSERT_TRUE(succeeded(store->reporter_writes().file(filed)));
    const auto found = reporter->find_by_tag(filed.lookup_tag);
    ASSERT_TRUE(succeeded(found));
    ASSERT_TRUE(found->has_value());
    const ports::ReporterCase &one = **found;
    const crypto::CaseRecord &record = filed.sealed.record;
    EXPECT_EQ(one.text_tag, filed.text_tag);
    EXPECT_EQ(one.exclusion_tag, filed.exclusion_tag);
    EXPECT_EQ(one.row.record.case_id, record.case_id);
    EXPECT_EQ(one.row.record.epoch, record.epoch);
    EXPECT_EQ(one.row.record.commitment, record.commitment);
    EXPECT_EQ(one.row.record.identity_commitment, record.identity_commitment);
    EXPECT_EQ(one.row.record.case_key, record.case_key);
    EXPECT_EQ(one.row.record.reporter_key, record.reporter_key);
    EXPECT_EQ(one.row.record.record_mac, record.record_mac);
    EXPECT_EQ(one.row.state, domain::State::submitted);
    EXPECT_EQ(one.row.version, 1u);
    EXPECT_EQ(one.row.received, day_one);
    EXPECT_EQ(one.row.visible_from, day_two);
    EXPECT_EQ(one.row.channel, "web");
    EXPECT_EQ(one.row.category, "");
    EXPECT_FALSE(one.row.number || one.row.closed_on);
    EXPECT_FALSE(reporter->find_by_tag(random_array<32>()).value().has_value());
}

TEST_F(ReporterStore, FilesOnceForOneTag) {
    auto once = filing(), again = filing();
    again.lookup_tag = once.lookup_tag;
    ASSERT_TRUE(succeeded(store->reporter_writes().file(once)));
    EXPECT_TRUE(failed_with(store->reporter_writes().file(again), Code::conflict));
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM object"), 2) << "nothing of the second is left";
    EXPECT_EQ(count("SELECT count(*) FROM audit_waiting"), 2);
}

TEST_F(ReporterStore, ShowsTheReporterEveryDayOnWhichSomethingWasSent) {
    const auto filed = filing({base::OfficerId::random()}, day_one, day_two);
    const auto id = filed.sealed.record.case_id;
    ASSERT_TRUE(succeeded(store->reporter_writes().file(filed)));
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(follow_up(id, day_three, Day{day_three.number + 1}))));
    EXPECT_EQ(reporter->sent_days(id).value(), (std::vector<Day>{day_one, day_three}));
    EXPECT_EQ(reporter->find_by_tag(filed.lookup_tag).value()->row.last_from_reporter, day_three);
}

TEST_F(ReporterStore, TakesAFollowUpOnce) {
    const auto id = file_one();
    const auto sent = follow_up(id, day_one, day_two);
    EXPECT_FALSE(reporter->object_exists(sent.object.header.object_id).value());
    ASSERT_TRUE(succeeded(store->reporter_writes().add_follow_up(sent)));
    EXPECT_TRUE(failed_with(store->reporter_writes().add_follow_up(sent), Code::conflict));
    EXPECT_TRUE(reporter->object_exists(sent.object.header.object_id).value());
    EXPECT_EQ(reporter->sent_days(id).value().size(), 2u);
    EXPECT_TRUE(failed_with(store->reporter_writes().add_follow_up(follow_up(base::CaseId::random(), day_one, day_two)),
                            Code::not_found));
}

TEST_F(ReporterStore, KeepsNoTimeOfDayAndNoActorOfAReporter) {
    auto timed = filing();
    timed.audit[0].time = 1'700'000'000;
    EXPECT_TRUE(failed_with(store->reporter_writes().file(timed), Code::invalid));
    auto named = filing();
    named.audit[1].actor = base::OfficerId::random();
    EXPECT_TRUE(failed_with(store->reporter_writes().file(named), Code::invalid));
    auto timed_follow_up = follow_up(file_one(), day_one, day_one);
    timed_follow_up.audit.time = 1;
    EXPECT_TRUE(failed_with(store->reporter_writes().add_follow_up(timed_follow_up), Code::invalid));
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case"), 1);
    EXPECT_EQ(count("SELECT count(*) FROM object WHERE time <> 0"), 0);
}

TEST_F(ReporterStore, RefusesPartsOfDifferentCases) {
    auto mixed = filing();
    mixed.sealed.identity.header.case_id = base::CaseId::random();
    EXPECT_TRUE(failed_with(store->reporter_writes().file(mixed), Code::invalid));
    auto unaudited = filing();
    unaudited.audit.pop_back();
    EXPECT_TRUE(failed_with(store->reporter_writes().file(unaudited), Code::invalid));
    auto early = filing({base::OfficerId::random()}, day_two, day_one);
    EXPECT_TRUE(failed_with(store->reporter_writes().file(early), Code::invalid));
}

TEST_F(ReporterStore, GivesRepliesInTheirOrder) {
    const auto id = file_one();
    const auto second = reply_of(id, day_one, 2000), first = reply_of(id, day_one, 1000),
               third = reply_of(id, day_two, 500);
    for (const auto *reply : {&third, &second, &first})
        ASSERT_TRUE(succeeded(store->officer_writes().reply(*reply)));
    const auto replies = reporter->replies(id).value();
    ASSERT_EQ(replies.size(), 3u);
    EXPECT_EQ(replies[0].header.object_id, first.object.header.object_id);
    EXPECT_EQ(replies[0].sealed, first.object.sealed);
    EXPECT_EQ(replies[0].header.author, first.object.header.author);
    EXPECT_EQ(replies[0].time, 1000);
    EXPECT_EQ(replies[1].header.object_id, second.object.header.object_id);
    EXPECT_EQ(replies[2].header.object_id, third.object.header.object_id);
}

TEST_F(ReporterStore, LeavesNoByteOfAFilingReadableOnTheDisk) {
    const auto filed = filing();
    ASSERT_TRUE(succeeded(store->reporter_writes().file(filed)));
    const auto search = [&] {
        std::string all;
        for (const auto &file : std::filesystem::recursive_directory_iterator(folder.path()))
            if (file.is_regular_file()) all += content_of(file.path());
        ASSERT_GT(all.size(), 20'000u);
        for (const base::View part :
             {base::View(filed.sealed.complaint.sealed).subspan(1000, 24),
              base::View(filed.sealed.identity.sealed).first(24), base::View(filed.lookup_tag),
              filed.sealed.record.case_id.bytes(), base::View(filed.sealed.slots[0].sealed).first(24)})
            EXPECT_EQ(all.find(base::text(part)), std::string::npos);
        EXPECT_EQ(all.find("complaint_case"), std::string::npos);
        EXPECT_EQ(all.find("SQLite format 3"), std::string::npos);
    };
    search();
    ASSERT_TRUE(succeeded(store->maintenance().nightly(day_two)));
    search();
}

} // namespace
} // namespace storage_test
