// What the agency says of itself, as an admin changes it and as both faces show it.
#include "tests/unit/web/journeys/browser.h"

#include "service/domain/typed_day.h"
#include "web/pages/officer/settings.h"

namespace journeys {

namespace {

class SettingsPages : public Browser {
protected:
    // The form of a part as the page shows it, with these values instead.
    Fields form(const std::string &part, const Fields &changed, const std::string &step = "save") {
        const auto page = officer_get("/settings/" + part);
        EXPECT_EQ(page.status, 200u);
        auto made = pages::settings_form_of(officer_site(), part, profile.now()->version);
        for (const auto &[name, value] : changed)
            made.typed[name] = value;
        Fields out{{"csrf", input(page.body, "csrf")}, {"version", input(page.body, "version")}, {"step", step}};
        for (const auto &[name, value] : made.typed)
            out.emplace_back(name, value);
        return out;
    }
    http::Response save(const std::string &part, const Fields &changed) {
        return officer_post("/settings/" + part, form(part, changed));
    }
    http::Response act(const std::string &which) {
        const auto page = officer_get("/settings");
        return officer_post("/settings/proposal/" + which,
                            {{"csrf", input(page.body, "csrf")}, {"proposal", input(page.body, "proposal")}});
    }
};

TEST_F(SettingsPages, AGreetingStandsOnTheChannelPageAtTheNextRequest) {
    sign_in_as(admin);
    EXPECT_FALSE(has(reporter_get("/").body, "ยินดีรับฟัง"));
    const auto saved = save("texts", {{"greeting_th", "ยินดีรับฟัง"}, {"hours_th", "จันทร์ถึงศุกร์"}, {"colour", "#123456"}});
    ASSERT_EQ(saved.status, 303u);
    EXPECT_EQ(saved.location, "/settings/done/changed?lang=th");
    const auto before = reporter_get("/").body;
    EXPECT_TRUE(has(before, "ยินดีรับฟัง") && has(before, "จันทร์ถึงศุกร์"));
    const auto sheet = reporter_site().files().url("style.css");
    EXPECT_TRUE(has(before, sheet));
    EXPECT_TRUE(has(reporter_get(sheet).body, "--agency-colour:#123456"));
    ASSERT_EQ(save("texts", {{"colour", "#654321"}}).status, 303u);
    EXPECT_NE(reporter_site().files().url("style.css"), sheet);
    EXPECT_EQ(reporter_get(sheet).status, 200u) << "a page sent a moment ago still finds its sheet";
    EXPECT_TRUE(has(officer_get("/settings").body, "ยินดีรับฟัง"));
}

TEST_F(SettingsPages, AWordingOfAPaperIsStoredWhereItIsTheAgencysOwn) {
    sign_in_as(admin);
    const auto refused = save("wordings", {{"wording_registration", "รับไว้แล้ว {ORDER}"}});
    EXPECT_EQ(refused.status, 400u);
    EXPECT_TRUE(has(refused.body, "{ORDER}"));
    EXPECT_TRUE(has(refused.body, "wording_registration-error"));
    ASSERT_EQ(save("wordings", {{"wording_registration", "รับไว้แล้ว {NUMBER}"}}).status, 303u);
    EXPECT_EQ(profile.now()->profile.wordings[0], "รับไว้แล้ว {NUMBER}");
    for (std::size_t i = 1; i < domain::worded_kinds.size(); ++i)
        EXPECT_EQ(profile.now()->profile.wordings[i], "") << "the program's own can still be mended: " << i;
    EXPECT_TRUE(has(officer_get("/settings").body, "ถ้อยคำมาตรฐานของระบบ"));
    std::string longest;
    for (int i = 0; i < 1500; ++i)
        longest += "ก";
    Fields all;
    for (const domain::PrintKind kind : domain::worded_kinds)
        all.emplace_back(std::string(domain::wording_prefix) + std::string(domain::id(kind)), longest);
    EXPECT_EQ(save("wordings", all).status, 303u) << "each as long as it may be";
}

TEST_F(SettingsPages, TextsAreEscapedInEveryPlaceOfBothFaces) {
    auto hostile = profile.now()->profile;
    const std::string evil = "<&\"'>", safe = "&lt;&amp;&quot;&#39;&gt;", long_thai = [] {
        std::string out;
        for (int i = 0; i < 20; ++i)
            out += "กำแพง";
        return out;
    }();
    for (const domain::ProfileField &field : domain::profile_fields())
        if (field.rule == domain::ProfileRule::line || field.rule == domain::ProfileRule::text) field.of(hostile) = evil + long_thai;
    for (auto *list : {&hostile.categories, &hostile.channels})
        for (auto &entry : *list)
            entry.label = {evil, evil};
    profile.publish({1, hostile});
    sign_in_as(admin);
    const auto step = reporter_post("/report", {{"about", "yes"}, {"step", "start"}});
    const auto general = reporter_post("/report", {{"about", "no"}, {"step", "start"}});
    for (const auto &page : {reporter_get("/"), reporter_get("/manual"), step, general, officer_get("/settings"), officer_get("/queue"),
                             officer_get("/settings/texts"), officer_get("/settings/categories"),
                             officer_post("/settings/categories", form("categories", {}, "preview")),
                             officer_post("/settings/texts", form("texts", {}, "preview"))}) {
        EXPECT_EQ(page.status, 200u);
        EXPECT_FALSE(has(page.body, evil));
        EXPECT_FALSE(has(page.body, "<&"));
        EXPECT_TRUE(has(page.body, "&lt;&amp;"));
    }
}

TEST_F(SettingsPages, ThePreviewShowsWhatWasTypedAndStoresNothing) {
    sign_in_as(admin);
    const auto preview = officer_post("/settings/texts", form("texts", {{"greeting_th", "ลองดู"}, {"colour", "#222222"}}, "preview"));
    ASSERT_EQ(preview.status, 200u);
    EXPECT_TRUE(has(preview.body, "ลองดู") && has(preview.body, "fill=\"#222222\""));
    EXPECT_FALSE(has(preview.body, "href=\"/report"));
    EXPECT_EQ(input(preview.body, "greeting_th"), "ลองดู");
    EXPECT_FALSE(has(reporter_get("/").body, "ลองดู"));
    EXPECT_EQ(profile.now()->version, 0u);
}

TEST_F(SettingsPages, FaultsStandBesideTheirFieldsAndEverythingTypedIsKept) {
    sign_in_as(admin);
    const auto answer = save("texts", {{"colour", "#ffcc00"}, {"unit_en", ""}, {"greeting_th", "ที่พิมพ์ไว้"}});
    EXPECT_EQ(answer.status, 400u);
    EXPECT_TRUE(has(answer.body, "1.51"));
    EXPECT_TRUE(has(answer.body, "id=\"colour-error\"") && has(answer.body, "id=\"unit_en-error\""));
    EXPECT_EQ(input(answer.body, "colour"), "#ffcc00");
    EXPECT_TRUE(has(answer.body, "ที่พิมพ์ไว้"));
    const auto order = save("categories", {{"category_place_other", "สอง"}, {"category_th_bribery", "สินบน"}});
    EXPECT_EQ(order.status, 400u);
    EXPECT_TRUE(has(order.body, "id=\"category_place_other-error\""));
    EXPECT_EQ(input(order.body, "category_place_other"), "สอง");
    EXPECT_EQ(input(order.body, "category_th_bribery"), "สินบน");
}

TEST_F(SettingsPages, CategoriesAreRewordedMovedAndSwitchedOffOnTheForm) {
    sign_in_as(admin);
    ASSERT_EQ(save("categories", {{"category_th_procurement", "จัดซื้อจัดจ้างไม่โปร่งใส"}, {"category_place_other", "1"},
                                  {"category_shown_bribery", ""}}).status, 303u);
    const auto page = reporter_post("/report", {{"about", "yes"}, {"step", "start"}}).body;
    EXPECT_TRUE(has(page, "จัดซื้อจัดจ้างไม่โปร่งใส"));
    EXPECT_FALSE(has(page, "id=\"category-bribery\""));
    EXPECT_LT(page.find("id=\"category-other\""), page.find("id=\"category-procurement\""));
    EXPECT_EQ(profile.now()->profile.categories.size(), 12u);
    // The program's own wording is not kept as the agency's.
    for (const auto &entry : profile.now()->profile.categories)
        EXPECT_EQ(entry.label.th.empty(), entry.id != "procurement") << entry.id;
}

TEST_F(SettingsPages, AnotherAddressWaitsForASecondOfficer) {
    sign_in_as(admin);
    const auto proposed = save("identity", {{"general_url", "https://new.example.go.th/"}});
    EXPECT_EQ(proposed.location, "/settings/done/proposed?lang=th");
    const auto general = [&] { return reporter_post("/report", {{"about", "no"}, {"step", "start"}}).body; };
    EXPECT_FALSE(has(general(), "new.example"));
    EXPECT_FALSE(has(officer_get("/settings").body, "id=\"confirm\""));
    EXPECT_EQ(act("confirm").status, 409u) << "not by whoever proposed it";
    EXPECT_EQ(save("identity", {{"name_th", "อีกชื่อ"}}).status, 409u);
    sign_in_as(executive);
    const auto page = officer_get("/settings").body;
    EXPECT_TRUE(has(page, "https://new.example.go.th/") && has(page, "id=\"confirm\""));
    EXPECT_FALSE(has(page, "/settings/texts"));
    EXPECT_EQ(officer_get("/settings/texts").status, 404u);
    EXPECT_EQ(act("withdraw").status, 404u);
    clock.time += usecases::recent_sign_in + 1;
    EXPECT_EQ(act("confirm").status, 403u) << "an unlocked screen is not a second person";
    EXPECT_FALSE(has(general(), "new.example"));
    sign_in_as(executive);
    EXPECT_EQ(act("confirm").status, 303u);
    EXPECT_TRUE(has(general(), "https://new.example.go.th/"));
}

TEST_F(SettingsPages, AreNotThereForOthers) { // this clerk may not vouch
    for (const auto *who : {&legal, &clerk, &auditor, &head}) {
        sign_in_as(*who);
        for (const auto *path : {"/settings", "/settings/texts", "/settings/done/changed"})
            EXPECT_EQ(officer_get(path).status, 404u) << who->login << path;
        EXPECT_EQ(officer_post("/settings/texts", {{"step", "save"}}).status, 404u);
        EXPECT_EQ(officer_post("/settings/restore", {{"version", "1"}}).status, 404u);
        EXPECT_FALSE(has(officer_get("/queue").body, "href=\"/settings"));
    }
}

TEST_F(SettingsPages, LimitsAndHolidaysArePublicOnceASecondOfficerHasConfirmed) {
    sign_in_as(admin);
    const std::string tomorrow = domain::day_to_type({clock.today().number + 1});
    const Fields wanted{{"limit_register", "4"}, {"limit_unit_register", "calendar"}, {"manual_from", tomorrow}};
    const auto wrong = save("manual", {{"limit_register", "x"}, {"holidays", "วันหยุด"}});
    EXPECT_EQ(wrong.status, 400u);
    EXPECT_TRUE(has(wrong.body, "อ่านวันที่ของบรรทัดนี้ไม่ได้: วันหยุด"));
    EXPECT_TRUE(has(wrong.body, "จำนวนวันต้องเป็นตัวเลข 1 ถึง 365"));
    const auto preview = officer_post("/settings/manual", form("manual", wanted, "preview"));
    EXPECT_TRUE(has(preview.body, "<ins>4 วัน</ins>"));
    EXPECT_EQ(save("manual", wanted).status, 303u);
    EXPECT_FALSE(has(reporter_get("/manual").body, "4 วัน"));
    sign_in_as(executive);
    EXPECT_TRUE(has(officer_get("/settings").body, "<ins>4 วัน</ins>"));
    EXPECT_EQ(act("confirm").status, 303u);
    EXPECT_FALSE(has(reporter_get("/manual").body, "4 วัน")) << "its day has not come";
    const auto coming = reporter_get("/manual/1").body;
    EXPECT_TRUE(has(coming, "4 วัน"));
    EXPECT_TRUE(has(coming, "ฉบับที่ 1 ใช้บังคับตั้งแต่วันที่"));
    clock.next_day();
    EXPECT_TRUE(has(reporter_get("/manual").body, "4 วัน"));
}

TEST_F(SettingsPages, TheManualsPreviewIsTheManual) {
    sign_in_as(admin);
    const auto preview = officer_post("/settings/manual", form("manual", {{"limit_register", "9"}, {"manual_from", "1/1/2570"}}, "preview"));
    EXPECT_EQ(preview.status, 200u);
    EXPECT_TRUE(has(preview.body, "class=\"app-picture\""));
    EXPECT_TRUE(has(preview.body, ">9 วันทำการ</td>"));
    EXPECT_FALSE(has(officer_post("/settings/texts", form("texts", {}, "preview")).body, "app-picture"));
}

TEST_F(SettingsPages, AChangeOfHolidaysShowsTheDaysThatCameAndWent) {
    sign_in_as(admin);
    const std::string days = profile.now()->profile.holidays;
    const std::string first = days.substr(0, days.find('\n')), second = days.substr(first.size() + 1, days.find('\n', first.size() + 1) - first.size() - 1);
    const auto preview = officer_post("/settings/manual", form("manual", {{"holidays", days.substr(first.size() + 1) + "\n30/12/2570 วันพิเศษ"}}, "preview"));
    const auto del = preview.body.find("<del>" + first + "</del>");
    EXPECT_NE(del, std::string::npos);
    EXPECT_TRUE(has(preview.body, "<ins>30/12/2570 วันพิเศษ</ins>"));
    EXPECT_FALSE(has(preview.body.substr(del, 600), second)) << "what stays is not repeated";
}

TEST_F(SettingsPages, NameWhoMayConfirm) {
    sign_in_as(admin);
    for (const char *part : {"manual", "identity"}) {
        const auto text = text_of(officer_get(std::string("/settings/") + part).body, "confirmers");
        EXPECT_TRUE(has(text, executive.name)) << text;
        EXPECT_FALSE(has(text, admin.name)) << "a second person";
        EXPECT_FALSE(has(text, legal.name));
        EXPECT_FALSE(has(text, clerk.name)) << "this clerk may not vouch";
    }
    EXPECT_EQ(text_of(officer_get("/settings/texts").body, "confirmers"), "");
    EXPECT_TRUE(has(text_of(officer_get("/settings/emblem").body, "confirmers"), executive.name));
}

TEST_F(SettingsPages, AProposalStandsOnTheFirstPageOfWhoMayConfirmIt) {
    const auto told = [&](const usecases_test::Person &who) {
        sign_in_as(who);
        return has(officer_get("/queue").body, "id=\"settings-wait\"");
    };
    EXPECT_FALSE(told(executive));
    sign_in_as(admin);
    EXPECT_EQ(save("manual", {{"warn_before", "2"}}).status, 303u);
    EXPECT_TRUE(told(executive));
    EXPECT_FALSE(told(admin)) << "who proposed it";
    EXPECT_FALSE(told(legal)) << "who may not";
    sign_in_as(executive);
    EXPECT_EQ(act("confirm").status, 303u);
    EXPECT_FALSE(told(executive));
}

TEST_F(SettingsPages, WhatIsConfirmedSaysWhatToLookAtAndFromWhenItCounts) {
    const auto checks = [&](const std::string &part, const Fields &typed) {
        sign_in_as(admin);
        EXPECT_EQ(save(part, typed).status, 303u);
        sign_in_as(executive);
        const auto page = officer_get("/settings").body;
        const auto at = page.find("id=\"confirm\"");
        const auto form = page.substr(at, page.find("</form>", at) - at);
        EXPECT_EQ(act("confirm").status, 303u);
        return form;
    };
    const auto limits = checks("manual", {{"limit_register", "4"}, {"manual_from", domain::day_to_type({clock.today().number + 9})}});
    EXPECT_TRUE(has(limits, "กำหนดเวลาใช้กับเรื่องที่ได้รับตั้งแต่วันที่เริ่มใช้"));
    EXPECT_FALSE(has(limits, "มีผลทันที"));
    EXPECT_FALSE(has(limits, "ทีละตัวอักษร"));
    const auto names = checks("identity", {{"name_th", "เทศบาลตำบลใหม่"}});
    EXPECT_TRUE(has(names, "ทีละตัวอักษร"));
    EXPECT_FALSE(has(names, "กำหนดเวลา"));
}

TEST_F(SettingsPages, OfferEveryLimitThatTheManualNames) {
    sign_in_as(admin);
    const auto form = officer_get("/settings/manual").body;
    for (const domain::Transition &step : domain::transitions())
        if (step.limit > 0)
            EXPECT_TRUE(has(form, "name=\"limit_" + std::string(step.event) + "\"")) << step.event;
}

TEST_F(SettingsPages, ACaseSaysWhenItsStepIsDueAndThatItIsLate) {
    file_report("เรื่องหนึ่ง");
    sign_in_as(legal);
    const auto queue = officer_get("/queue").body; // of a Monday: registered until Tuesday
    EXPECT_TRUE(has(queue, "4 มีนาคม 2569")) << "the third is Makha Bucha";
    EXPECT_EQ(text_of(queue, "late"), "") << "it has just begun";
    const auto link = "/cases/" + case_of(legal);
    clock.next_day();
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/queue").body, "ใกล้ครบกำหนด 1 เรื่อง"));
    EXPECT_TRUE(has(officer_get(link).body, "ใกล้ครบกำหนด"));
    clock.next_day();
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/queue").body, "ครบกำหนดวันนี้ 1 เรื่อง"));
    clock.next_day();
    sign_in_as(legal);
    EXPECT_TRUE(has(officer_get("/queue").body, "เกินกำหนด 1 เรื่อง"));
    EXPECT_TRUE(has(officer_get(link).body, "<strong class=\"govuk-tag govuk-tag--bad\">เกินกำหนด</strong>"));
}

TEST_F(SettingsPages, HaveNothingOfACase) {
    file_report("เรื่องลับมาก");
    sign_in_as(admin);
    for (const auto *path : {"/settings", "/settings/texts", "/settings/identity", "/settings/manual", "/settings/categories", "/settings/channels"}) {
        const auto page = officer_get(path).body;
        EXPECT_FALSE(has(page, "เรื่องลับมาก") || has(page, "นายสมหมาย")) << path;
        EXPECT_FALSE(has(page, "/cases/")) << path;
    }
}

TEST_F(SettingsPages, AreChangedFromOurOwnPageOnly) {
    sign_in_as(admin);
    auto forged = form("texts", {{"greeting_th", "ปลอม"}});
    forged.front().second = "00";
    EXPECT_EQ(officer_post("/settings/texts", forged).status, 403u);
    const auto right = form("texts", {{"greeting_th", "ปลอม"}});
    same_origin = false;
    EXPECT_EQ(officer_post("/settings/texts", right).status, 403u);
    EXPECT_EQ(profile.now()->version, 0u);
}

} // namespace

} // namespace journeys
