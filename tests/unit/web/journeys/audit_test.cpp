// The auditor reads who did what; nobody else finds the page, and nothing of a case stands in it.
#include "tests/unit/web/journeys/browser.h"

#include "service/usecases/officer/audit_log.h"

namespace journeys {

class AuditLog : public Browser {
protected:
    http::Response search(Fields fields) {
        fields.emplace_back("csrf", input(officer_get("/audit").body, "csrf"));
        return officer_post("/audit", fields);
    }
};

TEST_F(AuditLog, IsThereForTheAuditorAndForNobodyElse) {
    sign_in_as(auditor);
    EXPECT_EQ(officer_get("/audit").status, 200u);
    EXPECT_NE(officer_get("/queue").body.find("href=\"/audit"), std::string::npos) << "the menu leads there";
    for (const auto *who : {&admin, &legal, &head, &clerk, &executive, &outside}) {
        sign_in_as(*who);
        const auto hidden = officer_get("/audit"), unknown = officer_get("/no-such-page");
        EXPECT_EQ(hidden.status, 404u) << who->login;
        EXPECT_EQ(text_of(hidden.body, "main"), text_of(unknown.body, "main")) << who->login;
        EXPECT_EQ(officer_post("/audit", {{"turn", "newest"}}).status, 404u) << who->login;
        EXPECT_EQ(officer_get("/queue").body.find("href=\"/audit"), std::string::npos) << who->login;
    }
}

TEST_F(AuditLog, NamesOfficersAndActsAndNothingOfACase) {
    file_report("เรื่องลับ");
    const std::string id = case_of(legal);
    ASSERT_TRUE(open(legal, id));
    ASSERT_TRUE(move(legal, id, "register"));
    sign_in_as(auditor);
    const auto page = officer_get("/audit");
    EXPECT_NE(page.body.find(legal.name), std::string::npos);
    EXPECT_NE(page.body.find("เปิดอ่านเรื่อง"), std::string::npos);
    const auto pseudonym = base::hex(crypto::case_pseudonym(keys, *base::CaseId::from_text(id)));
    EXPECT_NE(page.body.find(pseudonym), std::string::npos);
    for (const std::string &hidden : {id, std::string("เรื่องลับ"), std::string("/cases/"), std::string("1/2569")})
        EXPECT_EQ(page.body.find(hidden), std::string::npos) << hidden;
}

TEST_F(AuditLog, HasAWordForEveryEventThatCanBeWritten) {
    sign_in_as(auditor);
    const auto page = officer_get("/audit").body;
    const auto from = page.find("<select class=\"govuk-select\" id=\"event\"");
    const auto list = page.substr(from, page.find("</select>", from) - from);
    std::size_t registered = 0, named = 0;
    auto bytes = crypto::AuditEntry{.event = crypto::AuditEvent::case_filed, .day = clock.today(), .actor = {}, .object = {}}.encode();
    for (unsigned event = 0; event < 256; ++event) {
        bytes[1] = static_cast<base::Byte>(event);
        registered += crypto::AuditEntry::decode(bytes).has_value();
    }
    for (auto at = list.find("<option"); at != list.npos; at = list.find("<option", at + 1))
        ++named;
    EXPECT_GT(registered, 30u);
    EXPECT_EQ(named, registered + 1) << "and one for all of them";
}

TEST_F(AuditLog, IsNarrowedByOfficerActDaysAndPseudonym) {
    file_report("เรื่อง");
    const std::string id = case_of(legal);
    ASSERT_TRUE(open(legal, id));
    sign_in_as(auditor);
    const auto opened = search({{"event", "case_opened"}});
    EXPECT_EQ(opened.status, 200u);
    const auto begin = opened.body.find("<tbody");
    ASSERT_NE(begin, std::string::npos);
    const std::string table = opened.body.substr(begin, opened.body.find("</tbody>", begin) - begin);
    EXPECT_NE(table.find(legal.name), std::string::npos);
    EXPECT_EQ(table.find(auditor.name), std::string::npos) << "who only signed in";
    EXPECT_NE(search({{"officer", clerk.id().text()}, {"event", "case_opened"}}).body.find("id=\"nothing\""), std::string::npos);
    EXPECT_NE(search({{"until", "1/1/2568"}}).body.find("id=\"nothing\""), std::string::npos);
    const auto pseudonym = base::hex(crypto::case_pseudonym(keys, *base::CaseId::from_text(id)));
    EXPECT_EQ(search({{"pseudonym", pseudonym.substr(0, 8)}}).body.find("id=\"nothing\""), std::string::npos);
    EXPECT_NE(search({{"pseudonym", "ffffffff0000"}}).body.find("id=\"nothing\""), std::string::npos);
}

TEST_F(AuditLog, KeepsWhatWasTypedAndNamesTheFaultBesideIt) {
    sign_in_as(auditor);
    const auto wrong = search({{"from", "วันไหน"}, {"pseudonym", "xyz"}});
    EXPECT_EQ(wrong.status, 400u);
    EXPECT_NE(wrong.body.find("id=\"from-error\""), std::string::npos);
    EXPECT_NE(wrong.body.find("id=\"pseudonym-error\""), std::string::npos);
    EXPECT_EQ(input(wrong.body, "from"), "วันไหน");
    EXPECT_EQ(officer_post("/audit", {{"turn", "newest"}}).status, 403u) << "without the token";
}

TEST_F(AuditLog, TurnsPagesOfAHundredInBothDirections) {
    std::vector<crypto::AuditEntry> entries(250, {.event = crypto::AuditEvent::officer_signed_out, .day = clock.today(),
                                                  .time = clock.now(), .actor = legal.id(), .subject = {}, .object = {}, .digest = {}});
    ASSERT_TRUE(store->officer_writes().append_audit(std::move(entries)));
    sign_in_as(auditor);
    auto context = officer();
    const auto may = *domain::Permitted<domain::Action::read_audit>::check(auditor.actor());
    const auto newest = usecases::audit_page(may, context, {}, usecases::AuditTurn::newest, 0).value();
    ASSERT_EQ(newest.lines.size(), 100u);
    EXPECT_FALSE(newest.newer);
    ASSERT_TRUE(newest.older);
    const auto second = usecases::audit_page(may, context, {}, usecases::AuditTurn::older, newest.below).value();
    EXPECT_EQ(second.lines.front().sequence + 1, newest.lines.back().sequence);
    const auto back = usecases::audit_page(may, context, {}, usecases::AuditTurn::newer, second.above).value();
    EXPECT_EQ(back.lines.front().sequence, newest.lines.front().sequence);
    EXPECT_EQ(back.lines.back().sequence, newest.lines.back().sequence);
    const auto page = search({{"turn", "older." + std::to_string(newest.below)}});
    EXPECT_NE(page.body.find(">" + std::to_string(second.lines.front().sequence) + "<"), std::string::npos);
}

} // namespace journeys
