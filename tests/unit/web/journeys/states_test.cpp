// Through the later states by the forms of the pages.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

using domain::State;
using usecases_test::Person;

class LaterStates : public Browser {
protected:
    http::Response send(const Person &who, const std::string &id, const std::string &event, Fields more = {}) {
        sign_in_as(who);
        const auto page = officer_get("/cases/" + id);
        Fields fields{{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}, {"seen", input(page.body, "seen")}};
        for (const auto &[name, value] : whole_form(event))
            if (std::ranges::none_of(more, [&](const auto &field) { return field.first == name; })) fields.emplace_back(name, value);
        fields.insert(fields.end(), more.begin(), more.end());
        return officer_post("/cases/" + id + "/" + event, fields);
    }
    std::string at(State state) {
        receipt = file_report("เรื่อง");
        const auto id = case_of(legal);
        walk_to(state, id, legal, clerk);
        return id;
    }
    std::string page_of(const Person &who, const std::string &id) {
        sign_in_as(who);
        return officer_get("/cases/" + id).body;
    }
    struct Step {
        const Person *by;
        const char *event;
        State to;
    };
    // Each step by the form that the page offers, with the fields that it has; `told`: the reporter's word at the end.
    void walks(const std::string &id, std::initializer_list<Step> steps, const char *told) {
        for (const Step &step : steps) {
            SCOPED_TRACE(step.event);
            const std::string page = page_of(*step.by, id);
            const auto begin = page.find("id=\"form-" + std::string(step.event) + "\"");
            ASSERT_NE(begin, page.npos) << "not offered";
            const std::string form = page.substr(begin, page.find("</form>", begin) - begin);
            for (const auto &[name, value] : whole_form(step.event))
                EXPECT_TRUE(has(form, "name=\"" + name + "\"")) << name;
            EXPECT_EQ(send(*step.by, id, step.event).status, 303u);
            EXPECT_EQ(open(*step.by, id)->row.state, step.to);
        }
        EXPECT_EQ(text_of(reporter_post("/track", {{"receipt", receipt}, {"action", "open"}}).body, "state"), told);
    }
    std::string receipt;
};

TEST_F(LaterStates, NotAccepted) { walks(at(State::pending_order), {{&clerk, "close", State::closed}}, "เสร็จสิ้น"); }

TEST_F(LaterStates, FactFindingWithoutMerit) {
    walks(at(State::pending_order),
          {{&executive, "order_facts", State::fact_finding}, {&executive, "extend", State::fact_finding},
           {&clerk, "reassign", State::fact_finding}, {&head, "report", State::pending_decision}, {&executive, "no_merit", State::closed}},
          "เสร็จสิ้น");
}

TEST_F(LaterStates, AnEndedCaseWaitsForNobody) {
    const auto id = at(State::pending_order);
    const auto turn = [&] {
        const auto queue = officer_get("/queue").body;
        const auto cell = queue.find("data-label=\"รอผู้ใด");
        return cell == std::string::npos ? "no such column" : queue.substr(queue.find('>', cell) + 1, 5);
    };
    sign_in_as(legal);
    EXPECT_NE(turn(), "</td>");
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "id=\"turn\""));
    walks(id, {{&clerk, "close", State::closed}}, "เสร็จสิ้น");
    sign_in_as(legal);
    EXPECT_EQ(turn(), "</td>");
    EXPECT_FALSE(has(officer_get("/cases/" + id).body, "id=\"turn\""));
}

TEST_F(LaterStates, InsufficientInformation) {
    const auto id = at(State::screening);
    walks(id, {{&legal, "ask", State::awaiting_information}}, "ขอข้อมูลเพิ่มจากท่าน ภายในวันที่แจ้งไว้ในข้อความในหน้านี้ หากท่านตอบแล้ว ไม่ต้องตอบซ้ำ เจ้าหน้าที่กำลังพิจารณาคำตอบ");
    clock.time += (15 + ports::longest_queue_delay) * 86400;
    walks(id, {{&legal, "insufficient", State::closing}, {&clerk, "return_ending", State::awaiting_information},
               {&legal, "insufficient", State::closing}, {&clerk, "confirm_ending", State::closed}}, "เสร็จสิ้น");
}

TEST_F(LaterStates, ReferredAndBackAndReferredAgain) {
    walks(at(State::pending_order),
          {{&clerk, "refer", State::referred}, {&legal, "referral_back", State::screening}, {&legal, "propose", State::pending_order},
           {&executive, "refer", State::referred}}, "ส่งให้หน่วยงานที่มีอำนาจแล้ว");
    walks(case_of(legal), {{&legal, "referral_done", State::closed}}, "เสร็จสิ้น");
}

TEST_F(LaterStates, WithdrawnAndReopened) {
    walks(at(State::pending_order), {{&legal, "withdraw", State::closing}, {&clerk, "confirm_ending", State::closed},
                                     {&clerk, "reopen", State::screening}}, "กำลังพิจารณา");
}

TEST_F(LaterStates, SuspendedAndResumed) {
    const auto id = at(State::pending_order);
    walks(id, {{&clerk, "suspend", State::suspended}}, "รอผลจากศาลหรือหน่วยงานอื่น");
    walks(id, {{&clerk, "resume", State::pending_order}}, "กำลังพิจารณา");
}

TEST_F(LaterStates, MergedWithAnEarlierCase) {
    const auto leading = at(State::registered);
    receipt = file_report("อีกเรื่อง");
    for (const auto &row : queue_of(legal).rows)
        if (row.id.text() != leading) walks(row.id.text(), {{&legal, "duplicate", State::closing}, {&clerk, "confirm_ending", State::closed}}, "เสร็จสิ้น");
}

TEST_F(LaterStates, AGeneralGrievanceIsToldByTwoReaders) {
    receipt = file_report("ไฟถนนดับ");
    const auto id = case_of(legal);
    walks(id, {{&legal, "general_grievance", State::set_aside}, {&head, "confirm_grievance", State::closed}}, "เสร็จสิ้น");
    EXPECT_TRUE(has(text_of(officer_get("/cases/" + id).body, "state"), "ส่งช่องทางร้องทุกข์ทั่วไป"));
    EXPECT_TRUE(has(officer_get("/queue").body, "voided-by")) << "counted apart";
    walks(id, {{&head, "take_up", State::submitted}}, "ได้รับเรื่องแล้ว");
}

TEST_F(LaterStates, WhatTheCaseWaitsForStandsOpenAndTheRestBehindItsName) {
    const auto id = at(State::pending_order);
    const std::string page = page_of(clerk, id);
    EXPECT_TRUE(has(page, "<h3 class=\"govuk-heading-m\" id=\"move-order_facts\">"));
    EXPECT_TRUE(has(page, "การดำเนินการอื่น"));
    for (const char *other : {"close", "refer", "suspend"})
        EXPECT_TRUE(has(page, std::string("<details class=\"govuk-details\" id=\"move-") + other + "\">")) << other;
    for (const char *absent : {"report", "merit", "withdraw", "reopen", "confirm_ending"})
        EXPECT_FALSE(has(page, std::string("id=\"form-") + absent + "\"")) << absent;
    const auto faulty = send(clerk, id, "refer", {{"letter_number", ""}});
    EXPECT_EQ(faulty.status, 400u);
    EXPECT_TRUE(has(faulty.body, "id=\"move-refer\" open>")) << "the form with the fault is in sight";
    EXPECT_TRUE(has(faulty.body, "id=\"refer-letter_number-error\""));
}

TEST_F(LaterStates, FromFactFindingToDisciplineByTheForms) {
    const auto id = at(State::pending_order);
    const std::string form = page_of(clerk, id);
    EXPECT_TRUE(has(form, "name=\"fact_finders\" type=\"checkbox\" value=\"" + head.id().text() + "\""));
    EXPECT_FALSE(has(form, "value=\"" + executive.id().text() + "\"")) << "who decides upon it finds no facts";
    const auto none = send(clerk, id, "order_facts", {{"fact_finders", ""}});
    EXPECT_EQ(none.status, 400u);
    EXPECT_TRUE(has(text_of(none.body, "order_facts-fact_finders-error"), "เลือกคำตอบข้อนี้"));
    const auto kept = send(clerk, id, "order_facts",
                           {{"fact_finders", head.id().text()}, {"fact_finders", legal.id().text()}, {"due_date", "31/2/2569"}});
    EXPECT_EQ(kept.status, 400u);
    for (const Person *one : {&head, &legal})
        EXPECT_TRUE(has(kept.body, "value=\"" + one->id().text() + "\" checked")) << "both stay ticked";
    ASSERT_EQ(send(clerk, id, "order_facts", {{"fact_finders", head.id().text()}, {"fact_finders", legal.id().text()}}).status, 303u);
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "นายสมชาย ใจดี, นางสาวสุดา ใจซื่อ") ||
                has(officer_get("/cases/" + id).body, "นางสาวสุดา ใจซื่อ, นายสมชาย ใจดี")) << "the history names them";
    ASSERT_EQ(send(head, id, "report").status, 303u);
    const std::string decide = page_of(executive, id);
    EXPECT_TRUE(has(decide, "เหตุผล: ประเด็นที่ 1: เรียกรับเงิน")) << "two fields of one allegation are told apart";
    const auto no_merit = send(executive, id, "merit", {{"outcome_1", "no_merit"}});
    EXPECT_EQ(no_merit.status, 400u);
    EXPECT_TRUE(has(no_merit.body, "ต้องมีอย่างน้อยหนึ่งประเด็นที่มีมูล"));
    ASSERT_EQ(send(executive, id, "merit").status, 303u);
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "มีมูล ดำเนินการทางวินัย"));
    const std::string finish = page_of(legal, id);
    EXPECT_TRUE(has(finish, "ดำเนินการตามผลการตรวจสอบแล้วเสร็จ")) << "the standard notice stands there to be edited";
    EXPECT_TRUE(has(finish, "completed the action that follows from it")) << "in both languages";
    ASSERT_EQ(send(legal, id, "finish").status, 303u);
    EXPECT_EQ(text_of(reporter_post("/track", {{"receipt", receipt}, {"action", "open"}}).body, "state"), "กำลังพิจารณา")
        << "nothing of a proposal";
    ASSERT_EQ(send(clerk, id, "confirm_ending").status, 303u);
    const auto told = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_EQ(text_of(told.body, "state"), "เสร็จสิ้น");
    EXPECT_TRUE(has(told.body, whole_form("finish").at("notice")));
}

TEST_F(LaterStates, AQuestionAndItsLastDayReachTheReporterOnce) {
    const auto id = at(State::screening);
    ASSERT_EQ(send(legal, id, "ask", {{"missing", "วันที่ <b>เกิดเหตุ"}}).status, 303u);
    const auto told = reporter_post("/track", {{"receipt", receipt}, {"action", "open"}});
    EXPECT_TRUE(has(text_of(told.body, "state"), "ขอข้อมูลเพิ่มจากท่าน"));
    EXPECT_TRUE(has(told.body, "วันที่ &lt;b&gt;เกิดเหตุ"));
    EXPECT_TRUE(has(told.body, whole_form("ask").at("reply_by")));
    const std::string page = officer_get("/cases/" + id).body;
    const std::string notice = whole_form("ask").at("notice");
    EXPECT_EQ(page.find(notice), page.rfind(notice)) << "in the history as the message alone";
}

TEST_F(LaterStates, AFormThatIsNoLongerOfferedGivesItsTextsBack) {
    const auto id = at(State::pending_order);
    const std::string before = page_of(clerk, id);
    ASSERT_TRUE(move(executive, id, "order_facts"));
    const auto late = officer_post("/cases/" + id + "/refer", {{"csrf", input(before, "csrf")}, {"version", input(before, "version")},
                                                                {"basis", "อยู่ในอำนาจของ ป.ป.ช."}, {"fact_finders", head.id().text()}});
    EXPECT_EQ(late.status, 409u);
    EXPECT_TRUE(has(late.body, "อยู่ในอำนาจของ ป.ป.ช."));
    EXPECT_FALSE(has(late.body, "<p class=\"app-text\">" + head.id().text()));
}

} // namespace journeys
