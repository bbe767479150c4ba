// What an agency may say of itself, and how it is stored.
#include "service/domain/agency_profile.h"

#include "service/domain/complaint.h"
#include "service/domain/emblem.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace domain;

const std::string onion_name(56, 'a');

AgencyProfile whole() {
    AgencyProfile out;
    out.name = {"เทศบาลตำบลตัวอย่าง", "Tua Yang"};
    out.responsible_unit = {"งานนิติการ", "Legal affairs"};
    return out;
}

// The keys of the faults of one field after it was set to this.
std::vector<std::string> faults(std::string_view field, const std::string &value) {
    AgencyProfile typed = whole();
    for (const ProfileField &candidate : profile_fields())
        if (candidate.name == field)
            candidate.of(typed) = value;
    std::vector<std::string> out;
    if (const auto checked = check_profile(typed); !checked)
        for (const Fault &fault : checked.error())
            out.push_back(fault.field == field ? std::string(fault.key) : "another field: " + fault.field);
    return out;
}
using Keys = std::vector<std::string>;

TEST(AgencyProfile, HasEveryCategoryAndChannelOnceAndShown) {
    const AgencyProfile fresh;
    EXPECT_EQ(fresh.categories.size(), category_ids().size());
    EXPECT_EQ(fresh.channels.size(), 16U);
    EXPECT_EQ(fresh.categories.back().id, code_other);
    EXPECT_EQ(fresh.channels.back().id, code_other);
    EXPECT_TRUE(std::ranges::all_of(fresh.channels, &CodeLabel::shown));
    EXPECT_TRUE(check_profile(whole()));
}

TEST(AgencyProfile, NeedsANameAndAnExit) {
    EXPECT_EQ(faults("name_th", " \n"), Keys{"fault.field.missing"});
    EXPECT_EQ(faults("name_en", ""), Keys{"fault.field.missing"});
    EXPECT_EQ(faults("exit_url", ""), Keys{"fault.field.missing"});
    EXPECT_EQ(faults("general_url", ""), Keys{});
    EXPECT_EQ(faults("onion", ""), Keys{});
}

TEST(AgencyProfile, TakesPlainTextOfALimitedLength) {
    EXPECT_EQ(faults("name_th", std::string(120, 'x')), Keys{});
    EXPECT_EQ(faults("name_th", std::string(121, 'x')), Keys{"fault.too_long"});
    EXPECT_EQ(faults("greeting_th", std::string(1001, 'x')), Keys{"fault.too_long"});
    for (const char *markup : {"<b>x", "</b>", "<!--", "<?x", "a <script"})
        EXPECT_EQ(faults("greeting_en", markup), Keys{"fault.settings.markup"}) << markup;
    for (const char *text : {"a < b & \"c\" 'd'", "1<2", "<", "x <"})
        EXPECT_EQ(faults("greeting_en", text), Keys{}) << text;
}

TEST(AgencyProfile, LinksLeadToHttpsOrAnOnionOnly) {
    for (const char *good : {"https://example.go.th", "https://example.go.th:8443/a?b=c#d", "https://xn--12c.example.th/"})
        EXPECT_EQ(faults("general_url", good), Keys{}) << good;
    EXPECT_EQ(faults("general_url", "http://" + onion_name + ".onion/x"), Keys{});
    for (const std::string bad : {"http://example.go.th", "javascript:alert(1)", "//example.go.th", "https://", "https://localhost",
                                  "https://a@example.go.th", "https://example.go.th/ x", "https://example.go.th/\"", "HTTPS://example.go.th",
                                  "https://ตัวอย่าง.ไทย", "https://example..th", "https://example.go.th:port", "https://.example.th",
                                  "https://example.go.th:", "https://example.go.th\\@evil.example", "data:text/html,x",
                                  "http://example.onion"})
        for (const char *field : {"general_url", "exit_url"})
            EXPECT_EQ(faults(field, bad), Keys{"fault.settings.address"}) << bad;
}

TEST(AgencyProfile, AnOnionAddressIsWhole) {
    EXPECT_EQ(faults("onion", "http://" + onion_name + ".onion"), Keys{});
    EXPECT_EQ(faults("onion", "https://www." + onion_name + ".onion/"), Keys{});
    for (const std::string bad : {onion_name + ".onion", "http://" + onion_name.substr(1) + ".onion", std::string("https://example.go.th"),
                                  "http://" + std::string(56, '1') + ".onion", "http://" + onion_name + ".onion.example.th"})
        EXPECT_EQ(faults("onion", bad), Keys{"fault.settings.onion"}) << bad;
}

TEST(AgencyProfile, MeasuresContrastAsWcagDoes) {
    EXPECT_NEAR(*contrast_with_white("#000000"), 21.0, 0.01);
    EXPECT_NEAR(*contrast_with_white("#767676"), 4.54, 0.01);
    EXPECT_FALSE(contrast_with_white("#12345"));
    EXPECT_EQ(faults("colour", "#767676"), Keys{});
    EXPECT_EQ(faults("colour", "red"), Keys{"fault.settings.colour"});
    EXPECT_EQ(faults("colour", "#0d4f63; x"), Keys{"fault.settings.colour"});
    AgencyProfile typed = whole();
    typed.colour = "#ffcc00";
    const auto checked = check_profile(typed);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().front().key, "fault.settings.contrast");
    EXPECT_EQ(checked.error().front().measured, "1.51");
}

TEST(AgencyProfile, KeepsEveryCodeAndNeverSwitchesOtherOff) {
    AgencyProfile typed = whole();
    std::ranges::reverse(typed.categories);
    typed.categories.back().shown = false;
    typed.categories.back().label.th = "  รับ   สินบน ";
    const auto checked = check_profile(typed);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->categories.back().label.th, "รับ สินบน");
    typed.categories.front().shown = false;
    ASSERT_FALSE(check_profile(typed));
    EXPECT_EQ(check_profile(typed).error().front().field, "category_shown_other");
    typed.categories.pop_back();
    EXPECT_EQ(check_profile(typed).error().front().key, "fault.settings.list");
    typed = whole();
    typed.channels.back().id = typed.channels.front().id;
    EXPECT_EQ(check_profile(typed).error().front().field, "channel");
    typed = whole();
    typed.channels[3].label.en = std::string(81, 'x');
    EXPECT_EQ(check_profile(typed).error().front().field, "channel_en_post");
}

TEST(AgencyProfile, NamesEveryDifferenceOnce) {
    const AgencyProfile before = whole();
    EXPECT_TRUE(differences(before, before).empty());
    AgencyProfile after = before;
    after.name.th = "อื่น";
    after.colour = "#000000";
    after.categories[0].label.en = "Bribes";
    after.channels[1].shown = false;
    std::swap(after.channels[2], after.channels[3]);
    std::vector<std::string> fields;
    for (const ProfileChange &change : differences(before, after))
        fields.push_back(change.field + " " + change.id);
    EXPECT_EQ(fields, (Keys{"name_th ", "colour ", "category_en bribery", "channel_shown email", "channel_order "}));
    EXPECT_EQ(with_confirmed(before, after).name, after.name);
    EXPECT_EQ(with_confirmed(before, after).colour, before.colour);
}

TEST(AgencyProfile, IsStoredAndReadAsTheSame) {
    AgencyProfile profile = whole();
    profile.greeting.th = "บรรทัดแรก\nบรรทัดที่สอง \"<&'";
    profile.channels[1].shown = false;
    const std::string json = to_json({7, profile});
    const auto read = profile_from_json(json);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->version, 7U);
    EXPECT_EQ(read->profile, profile);
}

TEST(AgencyProfile, EditedByHandIsRefused) {
    const std::string json = to_json({7, whole()});
    const auto edited = [&](const std::string &from, const std::string &to) {
        std::string out = json;
        const auto at = out.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return out.replace(at, from.size(), to);
    };
    for (const auto &[from, to] : {std::pair<std::string, std::string>{"https://www.tmd", "http://www.tmd"},
                                   {"#0d4f63", "#ffffff"},
                                   {"\"format\":4", "\"format\":5"},
                                   {"\"format\":4", "\"format\":3"}, // which has no wordings
                                   {"\"format\":4", "\"format\":2"}, // nor an emblem
                                   {"\"format\":4", "\"format\":1"}, // nor a manual
                                   {"\"wording_result\":\"\"", "\"wording_result\":\"{COMPLAINT}\""},
                                   {"\"emblem\":\"\"", "\"emblem\":\"x\""},
                                   {"\"number\":1", "\"number\":0"},
                                   {"\"number\":1", "\"number\":366"},
                                   {"\"number\":1", "\"number\":\"1\""},
                                   {"\"working\":true", "\"working\":1"},
                                   {"\"register\":{", "\"registers\":{"},
                                   {"13/10/2568 ", "13/10/2568  "},
                                   {"\"warn_before\":\"3\"", "\"warn_before\":\"x\""},
                                   {"\"version\":7", "\"version\":0"},
                                   {"\"version\":7", "\"version\":\"7\""},
                                   {"\"kind\":", "\"sort\":"},
                                   {"\"fields\":{", "\"fields\":{\"more\":\"\","},
                                   {"\"id\":\"bribery\"", "\"id\":\"other\""},
                                   {"\"shown\":true", "\"shown\":1"},
                                   {"Tua Yang", " Tua  Yang"},
                                   {"Tua Yang", "<b>"}})
        EXPECT_FALSE(profile_from_json(edited(from, to))) << to;
    EXPECT_FALSE(profile_from_json(""));
    EXPECT_FALSE(profile_from_json("[]"));
}

TEST(AgencyProfile, OfAnEarlierFormatHasTheRestAsItIsShipped) {
    AgencyProfile profile = whole();
    profile.greeting.th = "สวัสดี";
    std::string json = to_json({7, profile});
    const auto cut = [&json](const std::string &from, const std::string &until) {
        const auto at = json.find(from);
        ASSERT_NE(at, json.npos) << from;
        json.erase(at, json.find(until, at) - at);
    };
    const auto reads_as = [&](int format) {
        cut("\"format\":", ",");
        json.insert(1, "\"format\":" + std::to_string(format));
        const auto read = profile_from_json(json);
        ASSERT_TRUE(read) << json;
        EXPECT_EQ(read->profile, profile);
    };
    cut(",\"wording_registration\"", "},\"limits\"");
    reads_as(3);
    cut(",\"emblem\"", "},\"limits\"");
    reads_as(2);
    cut(",\"manual_from\"", "},\"limits\"");
    cut(",\"limits\"", ",\"categories\"");
    reads_as(1);
}

TEST(AgencyProfile, RefusesAWordingThatNamesWhatItsPaperDoesNotHave) {
    EXPECT_EQ(faults("wording_result", "ผล {NOTICE}"), Keys{});
    EXPECT_EQ(faults("wording_result", "ผล {FINDINGS}"), Keys{"fault.print.place"});
    EXPECT_EQ(faults("wording_result", "<b>"), Keys{"fault.settings.markup"});
}

TEST(AgencyProfile, ChecksTheFiguresOfTheManual) {
    EXPECT_EQ(faults("warn_before", ""), Keys{"fault.field.missing"});
    EXPECT_EQ(faults("warn_before", "x"), Keys{"fault.settings.number"});
    EXPECT_EQ(faults("manual_from", "1 ธันวาคม 2569"), Keys{});
    EXPECT_EQ(faults("manual_from", "31/2/2569"), Keys{"fault.date.invalid"});
    EXPECT_EQ(faults("holidays", "1/1/2570 ปีใหม่\nวันหยุด"), Keys{"fault.settings.holiday"});
    AgencyProfile typed = whole();
    typed.limits.front().number = 0;
    typed.limits.back().number = max_limit + 1;
    const auto checked = check_profile(typed);
    ASSERT_FALSE(checked);
    ASSERT_EQ(checked.error().size(), 2U);
    EXPECT_EQ(checked.error()[0].field, "limit_" + typed.limits.front().event);
    EXPECT_EQ(checked.error()[1].field, "limit_" + typed.limits.back().event);
    typed = whole();
    typed.limits.pop_back();
    EXPECT_EQ(check_profile(typed).error().front().key, "fault.settings.list");
}

TEST(AgencyProfile, NamesItsEmblemInOneLineThatASecondPersonConfirms) {
    Emblem emblem{base::ObjectId::random(), {}, {}, "image/jpeg", max_emblem};
    emblem.key.fill(7);
    const std::string line = to_line(emblem);
    EXPECT_EQ(emblem_from(line), emblem);
    EXPECT_EQ(faults("emblem", line), Keys{});
    EXPECT_EQ(faults("emblem", ""), Keys{});
    const auto with = [&](const std::string &from, const std::string &to) {
        std::string out = line;
        return out.replace(out.rfind(from), from.size(), to);
    };
    for (const std::string &bad :
         {with("image/jpeg", "image/svg+xml"), with("image/jpeg", "image/gif"), with("image/jpeg", "text/html"), with("262144", "262145"),
          with("262144", "0"), with("262144", "+1"), with("262144", "01"), line + " x", line.substr(1), with("07", "0A")}) {
        EXPECT_FALSE(emblem_from(bad)) << bad;
        EXPECT_FALSE(faults("emblem", bad).empty()) << bad;
    }
    EXPECT_FALSE(emblem_from(with(" ", "  "))); // which the check of a typed line would mend
    AgencyProfile wanted = whole();
    wanted.emblem = line;
    EXPECT_NE(with_confirmed(whole(), wanted), whole()) << "two people";
    const auto read = profile_from_json(to_json({7, wanted}));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->profile, wanted);
    EXPECT_EQ(proposal_from_json("0a", proposal_to_json("0a", wanted), whole())->emblem, line);
}

TEST(AgencyProfile, HasEveryLimitOfTheManual) {
    const AgencyProfile profile;
    for (const Transition &step : transitions())
        if (step.limit > 0)
            EXPECT_EQ(std::ranges::count(profile.limits, step.event, &StepLimit::event), 1) << step.event;
}

TEST(AgencyProfile, TellsWhichLimitsDiffer) {
    AgencyProfile after = whole();
    after.limits.front() = {after.limits.front().event, 2, Unit::calendar_days};
    const auto changes = differences(whole(), after);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].field, "limit");
    EXPECT_EQ(changes[0].id, "register");
    EXPECT_EQ(changes[0].before, "1 working_days");
    EXPECT_EQ(changes[0].after, "2 calendar_days");
    EXPECT_EQ(with_confirmed(whole(), after), after);
}

TEST(AgencyProfile, AProposalHoldsWhatASecondPersonConfirmsUnderItsOwnIdOnly) {
    AgencyProfile wanted = whole();
    wanted.exit_url = "https://example.go.th/";
    wanted.colour = "#000000";
    wanted.limits.front().number = 4;
    wanted.holidays = "1/1/2570 ปีใหม่";
    const std::string json = proposal_to_json("0a", wanted);
    const auto read = proposal_from_json("0a", json, whole());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->exit_url, wanted.exit_url);
    EXPECT_EQ(read->limits, wanted.limits);
    EXPECT_EQ(read->holidays, wanted.holidays);
    EXPECT_EQ(read->colour, whole().colour) << "what needs no second person is not in it";
    EXPECT_FALSE(proposal_from_json("0b", json, whole()));
}

} // namespace
