// Whoever has an interest in the matter loses the case in whatever state it is: their session, their keys, a copy of the database.
#include "service/usecases/officer/conflict.h"

#include "service/usecases/officer/case_keys.h"
#include "tests/unit/service/usecases/states.h"

namespace {

using namespace usecases_test;
using Why = ActRefused::Why;

class Conflicts : public States {
protected:
    std::expected<bool, ActRefused> declare(const Person &by, const std::string &id, const ConflictForm &form) {
        auto context = officer();
        const auto own = session(by);
        return declare_conflict(*domain::Permitted<Action::work_cases>::check(own.actor), *RecentlySignedIn::check(own, clock.now()),
                                context, own, id, form);
    }
    std::expected<bool, ActRefused> own_interest(const Person &by, const std::string &id) { return declare(by, id, {"me", "", true}); }
    std::expected<bool, ActRefused> interest_of(const Person &by, const Person &of, const std::string &id) {
        return declare(by, id, {of.id().text(), "เป็นพี่ชายของผู้ถูกร้องเรียน", true});
    }
    testing::AssertionResult faulty_form(const Person &by, const std::string &id, const ConflictForm &form, const char *field) {
        const auto done = declare(by, id, form);
        if (done || done.error().why != Why::faults || done.error().faults.size() != 1 || done.error().faults[0].field != field)
            return testing::AssertionFailure() << "not this one fault";
        return testing::AssertionSuccess();
    }
    // With the server, as if there had never been such a case; with the keys and all of the database, nothing that came since.
    void has_lost(const Person &who, const std::string &id) {
        SCOPED_TRACE(who.login);
        EXPECT_TRUE(fails_with(open(who, id), Code::not_found));
        EXPECT_TRUE(queue_of(who).rows.empty());
        EXPECT_EQ(queue_of(who).totals.total, 0U);
        EXPECT_TRUE(refused(answer(who, id, "x"), Why::not_found));
        EXPECT_TRUE(refused(own_interest(who, id), Why::not_found));
        const auto slot = officer_reads->slot(*base::CaseId::from_text(id), who.id(), clock.today());
        if (!slot || !*slot)
            return;
        auto context = officer();
        EXPECT_TRUE(fails_with(open_case_keys(context, session(who), (*context.snapshot())->roster, **slot), Code::not_found))
            << "the newest key";
    }
};

class InEveryState : public Conflicts, public testing::WithParamInterface<State> {};

TEST_P(InEveryState, OnesOwnClosesTheCaseAtOnce) {
    const auto id = begun();
    if (GetParam() != State::submitted)
        walk_to(GetParam(), id, legal, clerk);
    ASSERT_TRUE(open(head, id));
    const auto done = own_interest(head, id);
    ASSERT_TRUE(done) << static_cast<int>(done.error().why);
    EXPECT_TRUE(*done);
    has_lost(head, id);
    const auto view = open(legal, id);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->row.state, GetParam());
    EXPECT_EQ(view->excluded_names, std::vector<std::string>{head.name});
    write("หลังจากนั้น");
    const auto history = open(legal, id)->history;
    EXPECT_NE(std::ranges::find(history, "หลังจากนั้น", &HistoryEntry::text), history.end()) << "sealed to the new key, and read with it";
}

INSTANTIATE_TEST_SUITE_P(Conflicts, InEveryState,
                         testing::Values(State::submitted, State::registered, State::screening, State::pending_order, State::closed),
                         [](const auto &state) { return std::string(domain::id(state.param)); });

TEST_F(Conflicts, OfAnotherKeepsThemOutBeforeTheyCouldRead) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    EXPECT_TRUE(fails_with(open(clerk, id), Code::not_found)) << "not put before the clerk yet";
    const auto done = interest_of(legal, clerk, id);
    ASSERT_TRUE(done);
    EXPECT_FALSE(*done);
    const auto said = open(legal, id)->history.back();
    EXPECT_EQ(said.event, "excluded");
    EXPECT_EQ(said.who, legal.name);
    EXPECT_EQ(said.text, "เป็นพี่ชายของผู้ถูกร้องเรียน");
    ASSERT_EQ(said.fields.size(), 1U);
    EXPECT_EQ(said.fields[0].value, clerk.name);
    EXPECT_FALSE(said.time) << "no time of day of who was told of it";
    does(legal, id, "propose", State::pending_order);
    has_lost(clerk, id);
    EXPECT_EQ(open(legal, id)->row.turn, std::vector{Post::executive});
    does(executive, id, "close", State::closed);
    has_lost(clerk, id);
}

TEST_F(Conflicts, TheLegalOfficersWorkGoesToTheHeadOfOffice) {
    const auto id = begun();
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(own_interest(legal, id));
    has_lost(legal, id);
    EXPECT_TRUE(open(head, id)->row.my_turn);
    does(head, id, "propose", State::pending_order);
}

TEST_F(Conflicts, OfTheOnlyFactFinderMakesANewOrderTheNextStep) {
    Person finder = this->finder();
    const auto id = waiting_for_order();
    does(clerk, id, "order_facts", State::fact_finding, {{"fact_finders", finder.id().text()}});
    EXPECT_TRUE(faulty_form(finder, id, {executive.id().text(), "เหตุ", true}, "conflict_who")) << "only of themselves";
    ASSERT_TRUE(own_interest(finder, id));
    has_lost(finder, id);
    EXPECT_EQ(open(clerk, id)->row.turn, (std::vector{Post::clerk, Post::executive}));
    EXPECT_TRUE(open(clerk, id)->row.my_turn);
    does(clerk, id, "reassign", State::fact_finding, {{"fact_finders", head.id().text()}});
    does(head, id, "report", State::pending_decision);
}

TEST_F(Conflicts, BeforeTheRegisterPutTheCaseIntoTheOtherSeries) {
    const auto id = begun();
    ASSERT_TRUE(own_interest(head, id));
    ASSERT_TRUE(move(legal, id, "register"));
    EXPECT_EQ(open(legal, id)->row.number->series, ports::RegisterNumber::Series::restricted);
}

TEST_F(Conflicts, AnOrderOnPaperOfWhoHasOneTakesNoEffect) {
    const auto id = waiting_for_order();
    ASSERT_TRUE(move(legal, id, "paper_close"));
    ASSERT_TRUE(attach(head, id, "คำสั่ง.pdf", "PDF คำสั่ง"));
    ASSERT_TRUE(interest_of(head, clerk, id)) << "who signed it";
    EXPECT_TRUE(faulty(executive, id, "confirm_paper", {}, "compared", "fault.paper.excluded"));
    does(executive, id, "return_paper", State::pending_order);
    EXPECT_TRUE(open(legal, id)) << "what was signed before is still believed";
}

class SameMatter : public Conflicts {
protected:
    SameMatter() {
        leading = begun();
        walk_to(State::registered, leading, legal, clerk);
        other = filed("เรื่องอื่น");
        same = filed("ซ้ำ");
        does(legal, same, "duplicate", State::closing, {{"leading_case", "1/2569"}});
    }
    std::string filed(const char *facts) {
        std::set<base::CaseId> before;
        for (const QueueRow &row : queue_of(legal).rows)
            before.insert(row.id);
        file(facts);
        for (const QueueRow &row : queue_of(legal).rows)
            if (!before.contains(row.id))
                return row.id.text();
        return {};
    }
    void reads_the_other_alone(const Person &who) {
        ASSERT_EQ(queue_of(who).rows.size(), 1U);
        EXPECT_EQ(queue_of(who).rows[0].id.text(), other);
        for (const std::string &id : {leading, same})
            EXPECT_TRUE(fails_with(open(who, id), Code::not_found));
    }
    std::string leading, same, other;
};

TEST_F(SameMatter, WhoeverIsExcludedFromTheLeadingCaseLosesItsDuplicatesWithIt) {
    does(clerk, same, "confirm_ending", State::closed);
    ASSERT_EQ(queue_of(head).rows.size(), 3U);
    ASSERT_TRUE(interest_of(legal, head, leading));
    reads_the_other_alone(head);
    EXPECT_EQ(open(legal, same)->excluded_names, std::vector<std::string>{head.name});
    EXPECT_EQ(open(legal, same)->row.state, State::closed);
    EXPECT_TRUE(open(legal, other)->excluded_names.empty());
}

TEST_F(SameMatter, AndTheOtherWayRoundWhileTheClerkHasNotConfirmed) {
    ASSERT_TRUE(interest_of(legal, head, same));
    reads_the_other_alone(head);
    does(clerk, same, "confirm_ending", State::closed);
    reads_the_other_alone(head);
}

TEST_F(SameMatter, NoMoreWhenTheClerkFindsThatItIsAnother) {
    does(clerk, same, "return_ending", State::submitted);
    ASSERT_TRUE(interest_of(legal, head, leading));
    EXPECT_TRUE(open(head, same));
}

TEST_F(SameMatter, IsClosedToThemInAllOrInNone) {
    ASSERT_TRUE(interest_of(legal, outside, same)) << "a case that the outside officer does not read yet";
    EXPECT_EQ(open(legal, leading)->excluded_names, std::vector<std::string>{outside.name});
    ASSERT_TRUE(own_interest(head, leading));
    EXPECT_TRUE(refused(interest_of(clerk, executive, same), Why::nobody_next));
    for (const std::string &id : {leading, same})
        EXPECT_EQ(open(legal, id)->excluded_names.size(), 2U);
}

TEST_F(Conflicts, OfACustodianWhoReadsNoCase) {
    const Person keeper = enrol(Post::outside_officer, "keeper", "นายเก็บ ความลับ", 2, &executive);
    reload_agency();
    receipt = file();
    const auto id = case_of(legal);
    const auto holds = [&] {
        auto context = officer();
        const auto sealed = context.reads.access().identity_slot(*base::CaseId::from_text(id), keeper.id()).value();
        return sealed && crypto::box_seal_open(keeper.keys.box, *sealed).has_value();
    };
    ASSERT_TRUE(holds());
    ASSERT_TRUE(interest_of(legal, keeper, id));
    EXPECT_FALSE(holds());
    EXPECT_EQ(open(legal, id)->excluded_names, std::vector<std::string>{keeper.name});
}

TEST_F(Conflicts, AreDeclaredWithAReasonAndOnPurpose) {
    const auto id = begun();
    for (const std::string &who : {std::string(), std::string("nobody"), legal.id().text(), admin.id().text(), auditor.id().text()})
        EXPECT_TRUE(faulty_form(legal, id, {who, "เหตุ", true}, "conflict_who")) << who;
    EXPECT_TRUE(faulty_form(legal, id, {clerk.id().text(), " ", true}, "conflict_reason"));
    EXPECT_TRUE(faulty_form(legal, id, {"me", std::string(1001, 'x'), true}, "conflict_reason"));
    EXPECT_TRUE(faulty_form(legal, id, {"me", "", false}, "understood_conflict"));
    ASSERT_TRUE(interest_of(legal, clerk, id));
    EXPECT_TRUE(faulty_form(legal, id, {clerk.id().text(), "เหตุ", true}, "conflict_who")) << "is excluded already";
}

TEST_F(Conflicts, NeverLeaveFewerThanTwoOrNobodyToDecide) {
    const auto id = begun();
    ASSERT_TRUE(interest_of(legal, outside, id));
    EXPECT_TRUE(faulty_form(legal, id, {head.id().text(), "เหตุ", true}, "conflict_who")) << "one officer takes it from one other";
    ASSERT_TRUE(own_interest(head, id));
    EXPECT_TRUE(open(clerk, id)) << "two must read it: the next up the line";
    EXPECT_TRUE(refused(interest_of(clerk, executive, id), Why::nobody_next)) << "nobody else decides upon a report";
    EXPECT_TRUE(refused(own_interest(clerk, id), Why::nobody_next)) << "the last custodian";
    EXPECT_TRUE(open(legal, id));
    EXPECT_TRUE(open(clerk, id));
}

TEST_F(Conflicts, WhoProposedOrFindsTheFactsDoesNotChooseWhoDecides) {
    const auto id = waiting_for_order();
    for (const Person *decides : {&clerk, &executive})
        EXPECT_TRUE(faulty_form(legal, id, {decides->id().text(), "เหตุ", true}, "conflict_who")) << decides->login;
    does(clerk, id, "order_facts", State::fact_finding, {{"fact_finders", head.id().text()}});
    EXPECT_TRUE(faulty_form(head, id, {executive.id().text(), "เหตุ", true}, "conflict_who"));
    ASSERT_TRUE(own_interest(head, id)) << "of oneself always";
}

} // namespace
