// Declaring an interest, by the pages.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

using domain::State;

class ConflictPages : public Browser {
protected:
    http::Response declare(const std::string &id, Fields fields) {
        const auto page = officer_get("/cases/" + id + "/conflict");
        fields.emplace_back("csrf", input(page.body, "csrf"));
        return officer_post("/cases/" + id + "/conflict", fields);
    }
    std::string screened() {
        file_report("เรื่อง");
        const auto id = case_of(legal);
        walk_to(State::screening, id, legal, clerk);
        return id;
    }
};

TEST_F(ConflictPages, CloseTheCaseToWhoDeclaresOneAndNameItNowhere) {
    const auto id = screened();
    sign_in_as(head);
    const auto page = officer_get("/cases/" + id);
    EXPECT_TRUE(has(page.body, "/cases/" + id + "/conflict"));
    EXPECT_LT(page.body.find("id=\"conflict\""), page.body.find("id=\"state\"")) << "before anything of it is read";
    const auto done = declare(id, {{"conflict_who", "me"}, {"understood_conflict", "yes"}});
    EXPECT_EQ(done.status, 303u);
    EXPECT_EQ(done.location, "/conflict?lang=th");
    EXPECT_TRUE(has(officer_get("/conflict").body, "ท่านแจ้งว่ามีส่วนได้เสียแล้ว"));
    const std::string never = "/cases/" + base::CaseId::random().text();
    for (const char *below : {"", "/conflict"})
        EXPECT_EQ(officer_get("/cases/" + id + below).body.size(), officer_get(never + below).body.size()) << below;
    EXPECT_EQ(officer_get("/cases/" + id).status, 404u);
    EXPECT_FALSE(has(officer_get("/queue").body, id));
}

TEST_F(ConflictPages, SayWhoWasExcludedByWhomAndWhyToThoseWhoStay) {
    const auto id = screened();
    sign_in_as(legal);
    const auto done = declare(id, {{"conflict_who", clerk.id().text()}, {"conflict_reason", "เป็นเจ้าของบริษัท"}, {"understood_conflict", "yes"}});
    EXPECT_EQ(done.location, "/cases/" + id + "/excluded?lang=th");
    const auto page = officer_get("/cases/" + id + "/excluded").body;
    for (const std::string &said : {clerk.name, std::string("เป็นเจ้าของบริษัท"), std::string("ตัดการเข้าถึงของผู้มีส่วนได้เสีย")})
        EXPECT_TRUE(has(page, said)) << said;
    EXPECT_TRUE(has(page, "app-notice--success"));
    EXPECT_TRUE(has(page, "บันทึกแล้วว่า " + clerk.name + " มีส่วนได้เสีย"));
}

TEST_F(ConflictPages, ShowEachFaultAndKeepWhatWasTyped) {
    const auto id = screened();
    sign_in_as(legal);
    const auto answer = declare(id, {{"conflict_who", clerk.id().text()}, {"conflict_reason", std::string(1001, 'y')}});
    EXPECT_EQ(answer.status, 400u);
    EXPECT_TRUE(has(answer.body, std::string(1001, 'y')));
    EXPECT_TRUE(has(answer.body, "conflict_reason-error"));
    EXPECT_TRUE(has(answer.body, "understood_conflict-error"));
    EXPECT_TRUE(has(answer.body, "value=\"" + clerk.id().text() + "\" checked"));
    EXPECT_TRUE(open(legal, id));
}

} // namespace journeys
