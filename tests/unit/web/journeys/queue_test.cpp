// The list of work: found, filtered, sorted, turned over and named, without scripts, and with nothing of it in an address.
#include "tests/unit/web/journeys/browser.h"

#include <regex>

namespace journeys {

class List : public Browser {
protected:
    // Links to cases in the list, in its order.
    static std::vector<std::string> cases(const std::string &html) {
        std::vector<std::string> out;
        const auto from = html.find("id=\"queue\""), until = html.find("</table>", from);
        if (from == html.npos) return out;
        const std::string table = html.substr(from, until - from);
        const std::regex link("href=\"/cases/([0-9a-f]{32})");
        for (std::sregex_iterator at(table.begin(), table.end(), link), end; at != end; ++at)
            out.push_back((*at)[1]);
        return out;
    }
    http::Response search(const std::string &text, const std::string &page = "1") {
        const std::string csrf = input(officer_get("/queue").body, "csrf");
        return officer_post("/queue", {{"csrf", csrf}, {"search", text}, {"page", page}});
    }
    http::Response name(const std::string &id, const std::string &title) {
        const auto page = officer_get("/cases/" + id);
        const auto form = page.body.substr(page.body.find("id=\"form-title\""));
        return officer_post("/cases/" + id + "/title", {{"csrf", input(form, "csrf")}, {"named", input(form, "named")}, {"short_title", title}});
    }
    std::string file_about(const std::string &subject, const std::string &unit = "", std::vector<const usecases_test::Person *> excluded = {}) {
        auto report = form("ข้อเท็จจริง", std::move(excluded));
        report.subject_name = subject;
        report.subject_unit = unit;
        return file(report);
    }
};

TEST_F(List, IsTurnedOverInPagesOfTwentyFive) {
    for (int i = 0; i < 60; ++i)
        file("เรื่อง " + std::to_string(i));
    sign_in_as(legal);
    const auto work = officer_get("/queue");
    EXPECT_EQ(cases(work.body).size(), usecases::most_fresh) << "new filings do not bury the rest";
    std::set<std::string> seen;
    for (const auto &[page, rows, links] : {std::tuple{1, 25u, "page=2"}, {2, 25u, "page=3"}, {3, 10u, "rel=\"first\""}, {99, 10u, "rel=\"prev\""}}) {
        const auto shown = officer_get("/queue?state=submitted&page=" + std::to_string(page));
        EXPECT_EQ(shown.status, 200u);
        EXPECT_EQ(cases(shown.body).size(), rows);
        EXPECT_TRUE(has(shown.body, links));
        EXPECT_TRUE(has(text_of(shown.body, "found"), "60"));
        for (const auto &id : cases(shown.body))
            seen.insert(id);
    }
    EXPECT_EQ(seen.size(), 60u);
    EXPECT_TRUE(has(officer_get("/queue?state=submitted&page=2").body, "href=\"/queue?state=submitted&amp;page=3&amp;lang=th\""));
}

TEST_F(List, IsFilteredAndSortedByWhatStandsInTheAddress) {
    file("หนึ่ง");
    const auto first = case_of(legal);
    ASSERT_TRUE(move(legal, first, "register"));
    clock.next_day();
    file("สอง");
    file("สาม", {&executive});
    sign_in_as(legal);
    const auto shown = [&](const std::string &query) { return cases(officer_get("/queue?" + query).body); };
    EXPECT_EQ(shown("").size(), 3u);
    EXPECT_EQ(shown("state=registered"), std::vector{first});
    EXPECT_EQ(shown("state=submitted").size(), 2u);
    EXPECT_EQ(shown("restricted=yes").size(), 1u);
    EXPECT_EQ(shown("turn=mine").size(), 3u);
    EXPECT_EQ(shown("turn=others").size(), 0u);
    EXPECT_EQ(shown("due=overdue").size(), 0u);
    EXPECT_EQ(shown("news=yes&state=registered").size(), 0u);
    EXPECT_EQ(shown("sort=received").back(), first) << "the newest first";
    EXPECT_EQ(shown("sort=number").back(), first) << "what has no number yet stands before the rest";
    EXPECT_EQ(shown("category=none_of_these").size(), 3u) << "an id that is none is left out";
    for (const char *odd : {"state=%3Cscript%3E", "page=-1", "page=99999999999999999999", "sort=", "state", "&&&", "due=overdue%00"})
        EXPECT_EQ(officer_get(std::string("/queue?") + odd).status, 200u) << odd;
    EXPECT_FALSE(has(officer_get("/queue?state=%3Cscript%3E").body, "script%3E"));
    for (int i = 0; i < 30; ++i)
        clock.next_day();
    sign_in_as(legal);
    EXPECT_EQ(shown("due=overdue").size(), 3u);
}

TEST_F(List, FindsByNumberTitleNameAndUnitHoweverTheyAreTyped) {
    file_about("นายสมหมาย โกงกิน", "กองช่าง Water Works");
    const auto first = case_of(legal);
    ASSERT_TRUE(move(legal, first, "register"));
    file_about("นางสาวดวงใจ ซื่อตรง");
    sign_in_as(legal);
    for (const std::string text : {"สมหมาย", "กองช่าง", "WATER works", "water", "1/2569", "๑/๒๕๖๙"})
        EXPECT_EQ(cases(search(text).body), std::vector{first}) << text;
    EXPECT_EQ(cases(search("ไม่มีคำนี้").body).size(), 0u);
    EXPECT_EQ(cases(search("").body).size(), 2u);
    EXPECT_EQ(name(first, "ถนนคอนกรีต").status, 303u);
    EXPECT_EQ(cases(search("คอนกรีต").body), std::vector{first});
    // A tone mark typed before its vowel, and เ twice instead of แ.
    EXPECT_EQ(name(first, "ที่ดินแปลงเดิม").status, 303u);
    EXPECT_EQ(cases(search("ท่ีดินเเปลง").body), std::vector{first});
    EXPECT_EQ(cases(search("คอนกรีต").body).size(), 0u) << "the earlier title";
}

TEST_F(List, FindsNothingThatIsHidden) {
    file_about("นายสมหมาย โกงกิน", "", {&legal});
    sign_in_as(legal);
    const auto shown = search("สมหมาย");
    EXPECT_EQ(cases(shown.body).size(), 0u);
    EXPECT_TRUE(has(text_of(shown.body, "found"), "0"));
    sign_in_as(head);
    EXPECT_EQ(cases(search("สมหมาย").body).size(), 1u);
}

TEST_F(List, NothingThatWasTypedStandsInAnAddress) {
    for (int i = 0; i < 30; ++i)
        file_about("นายสมหมาย โกงกิน");
    sign_in_as(legal);
    const auto found = search("สมหมาย");
    EXPECT_EQ(cases(found.body).size(), 25u);
    EXPECT_EQ(cases(search("สมหมาย", "2").body).size(), 5u);
    const std::regex address("(?:href|action|formaction)=\"([^\"]*)\"");
    for (std::sregex_iterator at(found.body.begin(), found.body.end(), address), end; at != end; ++at) {
        EXPECT_EQ((*at)[1].str().find("search"), std::string::npos) << (*at)[1];
        EXPECT_EQ((*at)[1].str().find('%'), std::string::npos) << (*at)[1];
    }
    EXPECT_EQ(officer_post("/queue", {{"csrf", "wrong"}, {"search", "สมหมาย"}}).status, 403u);
    sign_in_as(admin);
    EXPECT_EQ(officer_post("/queue", {{"search", "สมหมาย"}}).status, 404u);
}

TEST_F(List, ATitleIsForThoseWhoReadTheCaseAndEachChangeStandsInItsHistory) {
    const auto receipt = file_report("เรียกเงิน");
    const auto id = case_of(legal);
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/cases/" + id).body, "id=\"short_title-hint\"")) << "it warns of names of reporters";
    EXPECT_EQ(name(id, std::string(81, 'x')).status, 400u);
    EXPECT_EQ(name(id, "  ถนน <b>คอนกรีต</b> ").location, "/cases/" + id + "/title?lang=th");
    EXPECT_EQ(text_of(officer_get("/cases/" + id).body, "case-name"), "ถนน <b>คอนกรีต</b>");
    EXPECT_TRUE(has(officer_get("/queue").body, "ถนน &lt;b&gt;คอนกรีต&lt;/b&gt;"));
    sign_in_as(head);
    EXPECT_TRUE(has(officer_get("/queue").body, "ถนน &lt;b&gt;คอนกรีต&lt;/b&gt;")) << "a colleague";
    const auto stale = officer_get("/cases/" + id);
    EXPECT_EQ(name(id, "สะพาน").status, 303u);
    const auto form = stale.body.substr(stale.body.find("id=\"form-title\""));
    const auto late = officer_post("/cases/" + id + "/title", {{"csrf", input(form, "csrf")}, {"named", input(form, "named")}, {"short_title", "คนละชื่อ"}});
    EXPECT_EQ(late.status, 409u);
    EXPECT_TRUE(has(late.body, "คนละชื่อ")) << "what was typed stays";
    const auto history = officer_get("/cases/" + id).body;
    EXPECT_TRUE(has(history, "ถนน &lt;b&gt;คอนกรีต&lt;/b&gt;") && has(history, "สะพาน"));
    EXPECT_EQ(name(id, "").status, 303u);
    EXPECT_EQ(officer_get("/cases/" + id).body.find("id=\"case-name\""), std::string::npos);
    EXPECT_FALSE(has(reporter_post("/track", {{"receipt", receipt}, {"action", "open"}}).body, "สะพาน"));
}

} // namespace journeys
