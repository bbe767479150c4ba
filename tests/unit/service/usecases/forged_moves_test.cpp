// Moves and answers that are sealed, signed and logged as they should be, and say what could not have been.
#include "tests/unit/service/usecases/tampering.h"

namespace {

using namespace usecases_test;

class ForgedMoves : public Tampering {};

// Who holds the case key and the database key can write a move with a fitting entry of the log. It must still be signed
// by somebody else than who proposed it.
TEST_F(ForgedMoves, AnOrderByWhoProposedItIsRefusedEvenWhenItStandsInTheLog) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    appoint(legal, Post::clerk, domain::Capacity::acting_vacancy, outside);
    forge(id, legal, "close", State::closed, {{appointment_of(legal, Post::clerk), Post::clerk, domain::Capacity::acting_vacancy, "7/2569"}});
    is_refused(id, head);
}

TEST_F(ForgedMoves, AForgedMoveIsReadWhenNothingOfItIsWrong) {
    file();
    const auto id = case_of(legal);
    forge(id, legal, "register", State::registered, as(legal));
    EXPECT_TRUE(fails_with(open(head, id), Code::refused)) << "the row's category is not set by this forger";
    change("UPDATE complaint_case SET category = 'procurement'");
    EXPECT_TRUE(open(head, id));
}

// As what somebody acted: every part of it is checked against the signed appointment and the table.
TEST_F(ForgedMoves, AMoveInAPostThatItsAuthorDoesNotHoldIsRefused) {
    const auto good = as(clerk).front();
    const auto with = [&](auto change) {
        auto out = good;
        change(out);
        return std::vector{out};
    };
    const std::vector<std::pair<const char *, std::vector<domain::ActedAs>>> forged{
        {"none", {}},
        {"a post that closes nothing", as(head)},
        {"somebody else's appointment", as(executive)},
        {"an appointment that is not there", with([](auto &as) { as.appointment = base::AppointmentId::random(); })},
        {"another post than appointed to", with([](auto &as) { as.post = Post::executive; })},
        {"another capacity", with([](auto &as) { as.capacity = domain::Capacity::on_behalf; })},
        {"another order", with([](auto &as) { as.order = "9/2569"; })},
        {"one right and one wrong", {good, as(executive).front()}},
    };
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    set_aside("CREATE TABLE before_case AS SELECT * FROM complaint_case");
    for (const auto &[what, as] : forged) {
        SCOPED_TRACE(what);
        forge(id, what == std::string_view("a post that closes nothing") ? head : clerk, "close", State::closed, as);
        is_refused(id, legal);
        take_back();
        EXPECT_TRUE(open(legal, id));
    }
    forge(id, clerk, "close", State::closed, {good});
    EXPECT_TRUE(open(legal, id)) << "the same with the post that the clerk holds";
}

TEST_F(ForgedMoves, AMoveOnADayWhenThePostWasOverIsRefused) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    const auto past = appoint(head, Post::clerk, domain::Capacity::acting_vacancy, executive, "7/2569", 0);
    clock.next_day();
    forge(id, head, "close", State::closed, {{past, Post::clerk, domain::Capacity::acting_vacancy, "7/2569"}});
    is_refused(id, legal);
}

TEST_F(ForgedMoves, APaperOrderConfirmedByWhoEnteredOrSignedItIsRefused) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    ASSERT_TRUE(move(legal, id, "paper_close"));
    set_aside("CREATE TABLE before_case AS SELECT * FROM complaint_case");
    for (const Person *who : {&legal, &clerk}) {
        SCOPED_TRACE(who->login);
        forge(id, *who, "confirm_paper", State::closed, as(*who));
        is_refused(id, head);
        take_back();
        EXPECT_TRUE(open(head, id));
    }
    forge(id, executive, "confirm_paper", State::closed, as(executive));
    EXPECT_TRUE(open(head, id)) << "the same by a third";
}

TEST_F(ForgedMoves, APaperOrderThatCouldNotHaveBeenEnteredIsRefused) {
    clock.time += 5 * 86400;
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    set_aside("CREATE TABLE before_case AS SELECT * FROM complaint_case");
    const auto good = [&](std::map<std::string, std::string> changed) {
        changed.merge(whole_form("paper_close"));
        return changed;
    };
    const std::map<std::string, std::string> today{{"order_date", "2026-03-07"}};
    const auto by = [&](base::AppointmentId signer) { return good({{"order_date", "2026-03-07"}, {"signer", signer.text()}}); };
    for (const auto &values : {good({{"order_date", "2026-03-08"}}), good({{"order_date", "2026-03-06"}}), good({{"order_date", ""}}),
                               by(appointment_of(legal, Post::legal_officer)), by(appointment_of(head, Post::head_office)),
                               by(base::AppointmentId::random())}) {
        forge(id, legal, "paper_close", State::paper_recorded, as(legal), values);
        is_refused(id, head);
        take_back();
    }
    forge(id, legal, "paper_close", State::paper_recorded, as(legal), good(today));
    EXPECT_TRUE(open(head, id));
}

TEST_F(ForgedMoves, AReportByWhomTheOrderDoesNotNameIsRefused) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    ASSERT_TRUE(move(clerk, id, "order_facts")); // names the head
    set_aside("CREATE TABLE before_case AS SELECT * FROM complaint_case");
    forge(id, clerk, "report", State::pending_decision, as(clerk));
    is_refused(id, legal);
    take_back();
    forge(id, head, "report", State::pending_decision, as(head));
    EXPECT_TRUE(open(legal, id)) << "the same by whom it names";
}

// In whatever post they act meanwhile.
TEST_F(ForgedMoves, ADecisionByWhoFoundTheFactsIsNeitherTakenNorRead) {
    file();
    const auto id = case_of(legal);
    walk_to(State::pending_order, id, legal, clerk);
    ASSERT_TRUE(move(clerk, id, "order_facts", {{"fact_finders", head.id().text() + "\n" + legal.id().text()}}));
    ASSERT_TRUE(move(legal, id, "report"));
    appoint(head, Post::executive, domain::Capacity::acting_vacancy, outside);
    EXPECT_FALSE(move(head, id, "no_merit"));
    set_aside("CREATE TABLE before_case AS SELECT * FROM complaint_case");
    forge(id, head, "no_merit", State::closed,
          {{appointment_of(head, Post::executive), Post::executive, domain::Capacity::acting_vacancy, "7/2569"}});
    is_refused(id, legal);
    take_back();
    EXPECT_TRUE(move(executive, id, "no_merit"));
}

TEST_F(ForgedMoves, AnEndForWantOfInformationBeforeTheDayThatWasSetIsRefused) {
    file();
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(move(legal, id, "ask"));
    forge(id, legal, "insufficient", State::closing, as(legal));
    is_refused(id, head);
}

TEST_F(ForgedMoves, ACaseDoesNotGoOnWithAnAnswerThatNobodyGave) {
    file();
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(move(legal, id, "ask"));
    forge(id, legal, "propose", State::pending_order, as(legal));
    is_refused(id, head);
}

TEST_F(ForgedMoves, AProposedEndConfirmedByItsProposerIsRefused) {
    file();
    const auto id = case_of(legal);
    walk_to(State::screening, id, legal, clerk);
    ASSERT_TRUE(move(legal, id, "withdraw"));
    appoint(legal, Post::clerk, domain::Capacity::acting_vacancy, outside);
    forge(id, legal, "confirm_ending", State::closed, {{appointment_of(legal, Post::clerk), Post::clerk, domain::Capacity::acting_vacancy, "7/2569"}});
    is_refused(id, head);
}

class ForgedAnswers : public ForgedMoves {
protected:
    // By the legal officer, in this post or in none.
    void send(const std::string &id, std::optional<Post> from) {
        const auto record = record_of(id, legal);
        auto context = officer();
        const auto opened = crypto::open_slot(legal.keys, record, slot_of(id, legal));
        ASSERT_TRUE(opened);
        ports::Reply row{record.case_id, clock.today(), clock.now(), {}, {}};
        row.object = *crypto::seal_reply(*opened, legal.keys,
                                         {crypto::Kind::reply, record.case_id, base::ObjectId::random(), record.epoch, legal.id()},
                                         record.reporter_key, base::view(to_json(domain::Message{"ก", from, {}})));
        row.audit = {{.event = crypto::AuditEvent::reply_sent, .day = clock.today(), .time = clock.now(), .actor = legal.id(),
                      .subject = crypto::case_pseudonym(keys, record.case_id), .object = row.object.header.object_id,
                      .digest = crypto::digest(row.object.sealed)}};
        ASSERT_TRUE(context.writes.reply(std::move(row)));
    }
};

TEST_F(ForgedAnswers, InAPostThatTheirAuthorDoesNotHoldAreRefused) {
    file();
    const auto id = case_of(legal);
    send(id, Post::legal_officer);
    EXPECT_TRUE(open(head, id));
    send(id, Post::clerk);
    is_refused(id, head);
}

TEST_F(ForgedAnswers, InNoPostAreRefused) {
    file();
    const auto id = case_of(legal);
    send(id, std::nullopt);
    is_refused(id, head);
}

} // namespace
