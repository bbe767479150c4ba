#include "service/runtime/settings.h"

#include "service/ports/rows.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace runtime {
namespace {

constexpr std::string_view agency = "[agency]\nname_th = 'เทศบาล'\nname_en = 'Municipality'\n";

// The sentence that the settings are refused with; empty when they are taken. The two names that must be given stand in
// front, in a table that `rest` goes on with.
std::string refusal(std::string_view rest) {
    const auto parsed = parse_settings(std::string(agency) + std::string(rest));
    return parsed ? "" : parsed.error();
}

testing::AssertionResult refuses(std::string_view rest, std::string_view begins) {
    const std::string said = refusal(rest);
    if (said.empty())
        return testing::AssertionFailure() << "taken: " << rest;
    if (!said.starts_with(begins) || said.find('\n') != std::string::npos)
        return testing::AssertionFailure() << rest << " is refused with: " << said;
    return testing::AssertionSuccess();
}

std::string line(std::string_view section, std::string_view key, std::string_view value) {
    const std::string head = section == "agency" ? "" : "[" + std::string(section) + "]\n";
    return head + std::string(key) + " = " + std::string(value) + "\n";
}

struct Key {
    const char *section, *name;
    std::string full() const { return std::string(section) + "." + name; }
};

struct Number {
    Key key;
    long low, high;
};
constexpr Number numbers[] = {
    {{"cases", "queue_delay"}, 0, ports::longest_queue_delay},       {{"reporter", "port"}, 0, 65535},    {{"officer", "port"}, 0, 65535},
    {{"work", "reporters"}, 1, 256},
    {{"work", "general"}, 1, 64},           {{"work", "password"}, 1, 8},        {{"work", "waiting"}, 1, 10000},
    {{"password", "operations"}, 1, 10},    {{"password", "memory_mib"}, 8, 1024}, {{"work", "nightly_hour"}, 0, 23},
    {{"work", "streams"}, 2, 256},          {{"files", "file_mib"}, 1, 4096},    {{"files", "case_mib"}, 1, 65536},
    {{"work", "connections"}, 16, 100000},  {{"work", "body_mib"}, 4, 65536},
};
constexpr Key texts[] = {
    {"agency", "unit_th"},    {"agency", "unit_en"},  {"agency", "contact_th"},          {"agency", "contact_en"},
    {"agency", "colour"},     {"agency", "general_channel_th"},  {"agency", "general_channel_en"},
    {"agency", "exit_url"},   {"tls", "certificate"}, {"agency", "general_channel_url"}, {"cases", "register_year"},
    {"reporter", "address"},  {"officer", "address"}, {"reporter", "public_name"},       {"officer", "public_name"},
    {"reporter", "onion"},    {"tls", "key"},         {"sign_in", "second_factor"},
    {"mail", "authorities"},
};
constexpr Key never_empty[] = {
    {"agency", "unit_th"},   {"agency", "unit_en"}, {"reporter", "address"}, {"officer", "address"},
    {"tls", "certificate"},  {"tls", "key"},        {"agency", "exit_url"},  {"agency", "colour"},
    {"cases", "register_year"}, {"sign_in", "second_factor"},
};
constexpr std::string_view own_hosts = "[reporter]\nhosts = ['report.example']\n[officer]\nhosts = ['officers.example']\n";

TEST(Settings, NeedOnlyTheNamesOfAnAgencyWhoseFacesHaveNamesOfTheirOwn) {
    const auto parsed = parse_settings(std::string(agency) + std::string(own_hosts));
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(parsed->name_th, "เทศบาล");
    EXPECT_EQ(parsed->name_en, "Municipality");
    EXPECT_EQ(parsed->queue_delay, 1);
    EXPECT_EQ(parsed->register_year, "fiscal");
    EXPECT_EQ(parsed->second_factor, "required");
    EXPECT_EQ(parsed->reporter_address, "127.0.0.1");
    EXPECT_EQ(parsed->officer_address, "127.0.0.1");
    EXPECT_EQ(parsed->reporter_port, 8443);
    EXPECT_EQ(parsed->officer_port, 8444);
    EXPECT_EQ(parsed->reporter_hosts, std::vector<std::string>{"report.example"});
    EXPECT_EQ(parsed->officer_hosts, std::vector<std::string>{"officers.example"});
    EXPECT_EQ(parsed->password_operations, 3);
    EXPECT_EQ(parsed->password_memory_mib, 256);
    EXPECT_EQ(parsed->nightly_hour, 2);
    EXPECT_FALSE(parsed->demo);
    EXPECT_EQ(parsed->onion, "");
}

TEST(Settings, MustNameTheAgencyInBothLanguages) {
    for (const std::string name : {"name_th", "name_en"}) {
        const std::string other = name == "name_th" ? "name_en" : "name_th";
        const auto without = parse_settings("[agency]\ndemo = true\n" + other + " = 'x'\n");
        ASSERT_FALSE(without) << name;
        EXPECT_TRUE(without.error().starts_with("setting agency." + name + " is missing")) << without.error();
        for (const std::string bad : {"''", "1", "true", "['x']"})
            EXPECT_FALSE(parse_settings("[agency]\ndemo = true\n" + other + " = 'x'\n" + name + " = " + bad + "\n"))
                << name << " = " << bad;
    }
    EXPECT_FALSE(parse_settings(""));
}

TEST(Settings, KeepEachNumberBetweenItsBounds) {
    for (const auto &[key, low, high] : numbers) {
        for (const long inside : {low, high})
            EXPECT_EQ(refusal("demo = true\n" + line(key.section, key.name, std::to_string(inside))), "") << key.full();
        for (const long outside : {low - 1, high + 1})
            EXPECT_TRUE(refuses("demo = true\n" + line(key.section, key.name, std::to_string(outside)),
                                "setting " + key.full() + " must be between " + std::to_string(low) + " and " +
                                    std::to_string(high)));
        EXPECT_FALSE(refusal("demo = true\n" + line(key.section, key.name, "99999999999999999999")).empty());
    }
}

TEST(Settings, RefuseAValueOfAnotherType) {
    const auto refused = [](const Key &key, std::string_view value) {
        return refuses("demo = true\n" + line(key.section, key.name, value),
                       "setting " + key.full() + " has a value of the wrong type");
    };
    for (const auto &number : numbers)
        for (const char *value : {"'2'", "2.0", "true", "[2]", "{a = 2}", "1979-05-27"})
            EXPECT_TRUE(refused(number.key, value));
    for (const Key &key : texts)
        for (const char *value : {"2", "false", "['x']", "{a = 'x'}"})
            EXPECT_TRUE(refused(key, value));
    for (const Key key : {Key{"reporter", "hosts"}, Key{"officer", "hosts"}})
        for (const char *value : {"'report.example'", "2", "[2]", "['report.example', 2]", "true"})
            EXPECT_TRUE(refused(key, value));
    for (const char *value : {"'true'", "1", "[true]"})
        EXPECT_TRUE(refuses(line("agency", "demo", value), "setting agency.demo has a value of the wrong type"));
}

TEST(Settings, RefuseTextsThatSayNothingWhereSomethingIsNeeded) {
    for (const Key &key : never_empty)
        EXPECT_TRUE(refuses("demo = true\n" + line(key.section, key.name, "''"), "setting " + key.full() + " must "));
    for (const Key key : {Key{"reporter", "hosts"}, Key{"officer", "hosts"}})
        EXPECT_TRUE(refuses("demo = true\n" + line(key.section, key.name, "[]"), "setting " + key.full() + " must "));
}

TEST(Settings, LeadNobodyToAnAddressWithoutHttps) {
    for (const char *value : {"'http://example.com/'", "'javascript:alert(1)'", "'//example.com/'", "'HTTPS://example.com/'"})
        for (const char *key : {"exit_url", "general_channel_url"})
            EXPECT_TRUE(refuses("demo = true\n" + line("agency", key, value),
                                "setting agency." + std::string(key) + " must begin with https://"));
    EXPECT_EQ(refusal("demo = true\nexit_url = 'https://www.example.com/'\ngeneral_channel_url = ''\n"), "");
}

TEST(Settings, TakeNoColourThatIsNotSixDigits) {
    for (const char *value : {"'red'", "'#fff'", "'0d4f63#'", "'#0d4f6g'", "'#0d4f63;'", "'#0d4f63 '"})
        EXPECT_TRUE(refuses("demo = true\n" + line("agency", "colour", value), "setting agency.colour must look like"));
    EXPECT_EQ(refusal("demo = true\ncolour = '#0D4f63'\n"), "");
}

TEST(Settings, KnowTwoKindsOfRegisterYears) {
    for (const char *value : {"fiscal", "calendar"})
        EXPECT_EQ(refusal("demo = true\n[cases]\nregister_year = '" + std::string(value) + "'\n"), "");
    for (const char *value : {"Fiscal", "fiscal|calendar", "lunar", "fiscal "})
        EXPECT_TRUE(refuses("demo = true\n[cases]\nregister_year = '" + std::string(value) + "'\n",
                            "setting cases.register_year must be one of"));
}

TEST(Settings, SayWhatTookThePlaceOfOneThatIsGone) {
    EXPECT_TRUE(refuses("demo = true\nemblem = 'emblem.png'\n", "setting agency.emblem is gone: delete the line; an admin sends the emblem"));
}

TEST(Settings, RefuseWhatTheyDoNotKnow) {
    EXPECT_TRUE(refuses("demo = true\nanalytics = true\n", "setting agency.analytics is not known"));
    EXPECT_TRUE(refuses("demo = true\n[reporter]\nPort = 1\n", "setting reporter.Port is not known"));
    EXPECT_TRUE(refuses("demo = true\n[telemetry]\non = true\n", "setting telemetry.on is not known"));
    EXPECT_TRUE(refuses("demo = true\n[cases.queue_delay]\ndays = 1\n",
                        "setting cases.queue_delay has a value of the wrong type"));
    const auto outside = parse_settings("queue_delay = 1\n" + std::string(agency));
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error(), "setting queue_delay is not known");
}

TEST(Settings, SayInWhichLineTheyAreNoToml) {
    EXPECT_TRUE(refuses("demo = \n", "the settings cannot be read (line 4)"));
    EXPECT_TRUE(refuses("name_th = 'twice'\n", "the settings cannot be read (line 4)"));
}

TEST(Settings, ThatAreNotThereAreRefused) {
    const auto none = read_settings("/nonexistent/sucharit.toml");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), "the settings file /nonexistent/sucharit.toml cannot be read");
}

std::string hosts(std::string_view reporters, std::string_view officers) {
    return "[reporter]\nhosts = [" + std::string(reporters) + "]\n[officer]\nhosts = [" + std::string(officers) + "]\n";
}

// Cookies ignore ports and host names ignore case and a last dot: whatever a browser takes for one name is one name.
TEST(HostNames, AreNeverSharedByTheTwoFaces) {
    for (const char *same : {"'report.example'", "'Report.EXAMPLE'", "'report.example:8444'", "'report.example.'",
                             "'officers.example', 'report.example'", "'REPORT.example.:1'"}) {
        EXPECT_TRUE(refuses(hosts("'report.example'", same), "setting officer.hosts")) << same;
        EXPECT_TRUE(refuses(hosts(same, "'report.example'"), "setting ")) << same;
    }
    EXPECT_EQ(refusal(hosts("'report.example'", "'officers.report.example'")), "");
    EXPECT_TRUE(refuses("", "setting officer.hosts")) << "the presets serve a demo only";
}

TEST(HostNames, MayBeSharedByADemo) { EXPECT_EQ(refusal("demo = true\n"), ""); }

TEST(HostNames, ThatAreNoneAreRefused) {
    for (const char *bad : {"'https://report.example'", "'a..b'", "'.example'", "'name:port'",
                            "''", "'*'", "'*.example'", "'report.example/'", "'//report.example'", "'a b'", "'.'", "':8443'",
                            "'a_b'", "'รายงาน.example'", "'[:8443'", "'[]'", "'[a]'", "'[::1'"}) {
        EXPECT_TRUE(refuses(hosts(bad, "'officers.example'"), "setting reporter.hosts")) << bad;
        EXPECT_TRUE(refuses(hosts("'report.example'", bad), "setting officer.hosts")) << bad;
        EXPECT_TRUE(refuses("demo = true\n" + hosts("'127.0.0.1', " + std::string(bad), "'localhost'"),
                            "setting reporter.hosts"))
            << bad << " in a demo";
    }
}

TEST(SettingsReference, NamesEverySetting) {
    const std::string reference = settings_reference();
    const auto named = [&](const Key &key) { return ("\n" + reference).find("\n" + key.full() + " ") != std::string::npos; };
    for (const auto &number : numbers)
        EXPECT_TRUE(named(number.key)) << number.key.full();
    for (const Key &key : texts)
        EXPECT_TRUE(named(key)) << key.full();
    for (const Key key : {Key{"agency", "name_th"}, Key{"agency", "name_en"}, Key{"agency", "demo"}, Key{"agency", "kind"}, Key{"agency", "languages"},
                          Key{"reporter", "hosts"}, Key{"officer", "hosts"}})
        EXPECT_TRUE(named(key)) << key.full();
    constexpr std::ptrdiff_t known = std::size(numbers) + std::size(texts) + 7;
    EXPECT_EQ(std::count(reference.begin(), reference.end(), '\n'), known) << "a setting that no test knows";
}

} // namespace
} // namespace runtime
