// An officer's list of cases: what it says must be what a fresh look at every case says, whatever happened since, and nobody but its officer
// opens it.
#include "tests/unit/service/usecases/agency.h"

#include "service/usecases/officer/access.h"
#include "service/usecases/officer/case_index.h"
#include "service/usecases/officer/conflict.h"
#include "service/usecases/officer/index_refresh.h"

#include <thread>

namespace {

using namespace usecases_test;

class Index : public AgencyTest {
protected:
    QueueView shown(const Person &who, const QueueQuery &query = whole_queue) {
        auto context = officer();
        return queue(*domain::Permitted<Action::read_cases>::check(who.actor()), context, session(who), query).value();
    }
    // As if the program had just been started.
    QueueView afresh(const Person &who, const QueueQuery &query = whole_queue) {
        CaseIndexes none;
        OfficerContext context{keys, clock, policy, agency(), *officer_reads, store->officer_writes(), sessions, cost, profile, *tools,
                               checked_files, mail_desk, none};
        return queue(*domain::Permitted<Action::read_cases>::check(who.actor()), context, session(who), query).value();
    }
    void same_as_afresh(const Person &who, const char *when) {
        const auto kept = shown(who), fresh = afresh(who);
        ASSERT_EQ(kept.rows.size(), fresh.rows.size()) << when;
        for (std::size_t i = 0; i < kept.rows.size(); ++i) {
            const QueueRow &a = kept.rows[i], &b = fresh.rows[i];
            EXPECT_EQ(a.id, b.id) << when;
            EXPECT_EQ(a.state, b.state) << when;
            EXPECT_EQ(a.due, b.due) << when;
            EXPECT_EQ(a.turn, b.turn) << when;
            EXPECT_EQ(a.my_turn, b.my_turn) << when;
            EXPECT_EQ(a.news, b.news) << when;
            EXPECT_EQ(a.title, b.title) << when;
            EXPECT_EQ(a.category, b.category) << when;
            EXPECT_EQ(a.damaged, b.damaged) << when;
        }
        EXPECT_EQ(kept.totals.total, fresh.totals.total) << when;
        EXPECT_EQ(kept.totals.finished, fresh.totals.finished) << when;
        EXPECT_EQ(kept.counts.mine, fresh.counts.mine) << when;
        EXPECT_EQ(kept.counts.overdue, fresh.counts.overdue) << when;
    }
    std::shared_ptr<const SealedIndex> sealed(const Person &who) { return indexes.of(who.id()); }
    base::Result<CaseIndex> opened(const Person &who, const SealedIndex &list) { return CaseIndex::open(instance, who.keys, list); }
};

TEST_F(Index, SaysWhatAFreshLookSaysAfterWhateverHappened) {
    const auto receipt = file("เรื่องที่หนึ่ง");
    const auto id = case_of(legal);
    file("เรื่องที่สอง");
    same_as_afresh(legal, "a filing");
    for (const auto &[who, event] : {std::pair{&legal, "register"}, {&legal, "screen"}, {&legal, "propose"}, {&clerk, "order_facts"}}) {
        ASSERT_TRUE(move(*who, id, event)) << event;
        same_as_afresh(legal, event);
        same_as_afresh(head, event);
        same_as_afresh(clerk, event);
    }
    ASSERT_TRUE(answer(legal, id, "ขอบคุณ"));
    same_as_afresh(legal, "an answer");
    auto reporters = reporter();
    ASSERT_TRUE(write_more(reporters, receipt, "เพิ่มเติม", once()));
    same_as_afresh(legal, "a follow-up");
    ASSERT_TRUE(send(receipt, "a.txt", "abc"));
    same_as_afresh(legal, "a file");
    clock.next_day();
    same_as_afresh(legal, "another day");
    for (int i = 0; i < 40; ++i)
        clock.next_day();
    same_as_afresh(legal, "overdue");
}

TEST_F(Index, WhatIsNotVisibleYetAppearsOnItsDayAndNotBefore) {
    policy.queue_delay_days = 1;
    file("เรื่องที่หนึ่ง");
    EXPECT_EQ(shown(legal).rows.size(), 0U);
    EXPECT_EQ(shown(legal).totals.total, 0U);
    ASSERT_TRUE(store->maintenance().nightly(clock.today()));
    EXPECT_EQ(shown(legal).rows.size(), 0U) << "the log has it by now";
    clock.next_day();
    EXPECT_EQ(shown(legal).rows.size(), 1U);
    EXPECT_EQ(shown(legal).totals.total, 1U);
}

TEST_F(Index, WhoeverLosesACaseHasNeitherRowNorCount) {
    file("เรื่องที่หนึ่ง");
    file("เรื่องที่สอง");
    ASSERT_EQ(shown(head).rows.size(), 2U);
    const std::string id = shown(head).rows.front().id.text();
    auto context = officer();
    const auto own = session(legal);
    ASSERT_TRUE(declare_conflict(*domain::Permitted<Action::work_cases>::check(legal.actor()), *RecentlySignedIn::check(own, clock.now()),
                                 context, own, id, {head.id().text(), "เป็นญาติกัน", true}));
    const auto left = shown(head);
    EXPECT_EQ(left.rows.size(), 1U);
    EXPECT_EQ(left.found, 1U);
    EXPECT_EQ(left.totals.total, 1U);
    EXPECT_NE(left.rows.front().id.text(), id);
    EXPECT_EQ(shown(legal).rows.size(), 2U);
}

TEST_F(Index, WhatWasTamperedWithBehindTheLogIsSeenWhenItIsShown) {
    file("เรื่องที่หนึ่ง");
    ASSERT_EQ(shown(legal).rows.size(), 1U);
    ASSERT_TRUE(database().run("UPDATE complaint_case SET state = 11"));
    const auto after = shown(legal);
    ASSERT_EQ(after.rows.size(), 1U);
    EXPECT_TRUE(after.rows[0].damaged);
}

TEST_F(Index, OpensForNobodyElseAndNotWhenAnythingOfItWasExchanged) {
    for (int i = 0; i < 3; ++i)
        file("เรื่อง " + std::to_string(i));
    shown(legal);
    shown(head);
    const auto legals = sealed(legal), heads = sealed(head);
    ASSERT_TRUE(legals && heads);
    ASSERT_TRUE(opened(legal, *legals));
    EXPECT_FALSE(opened(head, *legals)) << "another's keys";
    EXPECT_FALSE(CaseIndex::open(base::InstanceId::random(), legal.keys, *legals)) << "another agency";
    SealedIndex mixed = *legals;
    mixed.details = heads->details;
    EXPECT_FALSE(opened(legal, mixed)) << "another's parts";
    file("เรื่องใหม่");
    shown(legal);
    const auto later = sealed(legal);
    mixed = *later;
    mixed.details = legals->details;
    EXPECT_FALSE(opened(legal, mixed)) << "an earlier part";
    mixed = *later;
    mixed.rows[mixed.rows.size() / 2] ^= 1;
    EXPECT_FALSE(opened(legal, mixed)) << "a bit";
    mixed = *later;
    mixed.details.pop_back();
    EXPECT_FALSE(opened(legal, mixed)) << "a part less";
}

TEST_F(Index, ALostDamagedOrEarlierListIsMadeAnewOrCaughtUp) {
    file("เรื่องที่หนึ่ง");
    shown(legal);
    const auto earlier = sealed(legal);
    file("เรื่องที่สอง");
    const auto id = shown(legal).rows.front().id.text();
    ASSERT_TRUE(move(legal, id, "register"));
    same_as_afresh(legal, "as it is");
    indexes.keep(legal.id(), earlier);
    same_as_afresh(legal, "rolled back");
    indexes.keep(legal.id(), sealed(legal));
    auto broken = std::make_shared<SealedIndex>(*sealed(legal));
    broken->rows.assign(broken->rows.size(), 0);
    indexes.keep(legal.id(), broken);
    same_as_afresh(legal, "damaged");
    shown(head);
    indexes.keep(legal.id(), sealed(head));
    same_as_afresh(legal, "swapped with another's");
    indexes.keep(legal.id(), std::make_shared<SealedIndex>());
    same_as_afresh(legal, "empty");
}

TEST_F(Index, ManyCasesAreOpenedInPiecesTheOnesThatWaitLongestFirst) {
    for (int i = 0; i < 12; ++i) {
        file("เรื่อง " + std::to_string(i));
        if (i == 5)
            clock.next_day();
    }
    auto context = officer();
    const auto own = session(legal);
    const auto agency_now = context.snapshot().value();
    const IndexBudget small{.at_once = 2, .piece = 5, .looked_at = 0, .afresh = 2000};
    std::vector<std::size_t> opened_so_far;
    for (int i = 0; i < 3; ++i) {
        const auto held = context.reads.one_state().value();
        CaseIndex index = refreshed_index(context, own, agency_now, small).value();
        opened_so_far.push_back(index.rows().size());
        if (i == 0)
            for (const IndexRow &row : index.rows())
                EXPECT_LT(row.received, clock.today().number) << "yesterday's first";
        keep(context, own, index);
    }
    EXPECT_EQ(opened_so_far, (std::vector<std::size_t>{5, 10, 12}));
    same_as_afresh(legal, "in pieces");
}

TEST_F(Index, OnlyOnePieceAtATimeIsOpened) {
    for (int i = 0; i < 6; ++i)
        file("เรื่อง " + std::to_string(i));
    auto context = officer();
    const auto own = session(legal);
    const auto agency_now = context.snapshot().value();
    const auto held = context.reads.one_state().value();
    const IndexBudget small{.at_once = 2, .piece = 5, .looked_at = 0, .afresh = 2000};
    std::thread([&] { // somebody else's request
        const auto theirs = indexes.one_piece();
        EXPECT_TRUE(theirs.owns_lock());
        CaseIndex index = refreshed_index(context, own, agency_now, small).value();
        EXPECT_EQ(index.rows().size(), 0U);
        EXPECT_EQ(index.known().todo.size(), 6U);
    }).join();
    EXPECT_EQ(refreshed_index(context, own, agency_now, small).value().rows().size(), 5U);
}

TEST_F(Index, TheOldestListsGiveWayWhenThereIsNoRoomForAll) {
    CaseIndexes few(250);
    const auto list = [] { return std::make_shared<SealedIndex>(SealedIndex{base::Bytes(100), {}}); };
    few.keep(legal.id(), list());
    few.keep(head.id(), list());
    EXPECT_TRUE(few.of(legal.id()));
    few.keep(clerk.id(), list());
    EXPECT_FALSE(few.of(head.id())) << "unused for longest";
    EXPECT_TRUE(few.of(legal.id()) && few.of(clerk.id()));
}

TEST_F(Index, NothingOfACaseStandsReadableInWhatIsKept) {
    file(form("ข้อเท็จจริงที่ลับ"));
    shown(legal);
    const auto list = sealed(legal);
    std::string all(base::text(list->rows));
    for (const auto &part : list->details)
        all += base::text(*part);
    EXPECT_EQ(all.find("สมหมาย"), all.npos);
    EXPECT_EQ(all.find(base::text(base::CaseId::from_text(case_of(legal))->bytes())), all.npos);
}

} // namespace
