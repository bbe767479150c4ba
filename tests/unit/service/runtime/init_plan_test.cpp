// What `sucharit init` asks, and which answers it takes.
#include "crypto/reporter/instance.h"
#include "service/runtime/init_plan.h"
#include "service/runtime/settings.h"
#include "web/net/certificate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;
using namespace runtime;

class FirstQuestions : public testing::Test {
protected:
    FirstQuestions() {
        crypto::start();
        auto pattern = (fs::temp_directory_path() / "sucharit-init-XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~FirstQuestions() override { fs::remove_all(folder); }

    static Answers right() {
        return {{"agency.kind", "city_municipality"},
                {"agency.name_th", "เทศบาลนครทดสอบ"},
                {"agency.name_en", "Thotsop City Municipality"},
                {"root.1.name", "นายสมชาย ใจมั่น"},
                {"root.1.login", "somchai"},
                {"root.1.order", "12/2569"},
                {"root.2.name", "นางอรุณี ตั้งตรง"},
                {"root.2.login", "arunee"},
                {"root.2.order", "13/2569"},
                {"admin.name", "นายธนา ระบบดี"},
                {"admin.login", "thana"},
                {"admin.order", "14/2569"}};
    }
    // "key: fault" of each, in the order of the questions.
    static std::vector<std::string> faults(const Answers &answers) {
        const auto plan = plan_of(answers);
        std::vector<std::string> out;
        if (!plan)
            for (const domain::Fault &fault : plan.error())
                out.push_back(fault.field + ": " + std::string(fault.key));
        return out;
    }
    static std::vector<std::string> faults_with(const std::string &key, const std::string &answer) {
        auto answers = right();
        answers[key] = answer;
        return faults(answers);
    }
    std::string file(const std::string &name, const std::string &text) {
        std::ofstream(folder / name) << text;
        return (folder / name).string();
    }
    // A certificate and its key for these names, as files.
    std::pair<std::string, std::string> certificate(const std::string &name, const std::vector<std::string> &hosts) {
        const auto made = net::self_signed(hosts);
        return {file(name + ".pem", made->chain_pem), file(name + ".key", made->key_pem)};
    }

    fs::path folder;
};

using Faults = std::vector<std::string>;

TEST_F(FirstQuestions, NeedOnlyNamesLoginsAndOrders) {
    const auto plan = plan_of(right());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->settings.at("agency.unit_th"), "งานนิติการ สำนักปลัดเทศบาล");
    EXPECT_EQ(plan->settings.at("officer.port"), "8444");
    EXPECT_EQ(plan->hosts, (std::vector<std::string>{"127.0.0.1", "localhost"}));
    EXPECT_TRUE(plan->certificate.empty());
    EXPECT_EQ(plan->roots[0].post, domain::Post::executive);
    EXPECT_EQ(plan->roots[1].post, domain::Post::clerk);
    EXPECT_EQ(plan->admin.login, "thana");
}

TEST_F(FirstQuestions, OfferTheUsualUnitOfEachKindOfAgency) {
    for (const auto &[kind, unit] : {std::pair{"subdistrict_organisation", "งานนิติการ สำนักปลัดองค์การบริหารส่วนตำบล"},
                                     {"provincial_organisation", "กองนิติการ สำนักปลัดองค์การบริหารส่วนจังหวัด"}}) {
        auto answers = right();
        answers["agency.kind"] = kind;
        EXPECT_EQ(plan_of(answers)->settings.at("agency.unit_th"), unit);
    }
}

TEST_F(FirstQuestions, NameEveryAnswerThatIsMissingAtOnce) {
    Faults all;
    for (const auto &[key, answer] : right())
        if (key != "agency.kind")
            all.push_back(key + ": fault.field.missing");
    auto found = faults({});
    std::ranges::sort(found);
    std::ranges::sort(all);
    EXPECT_EQ(found, all);
}

TEST_F(FirstQuestions, RefuseAWrongAnswerToEachQuestion) {
    const std::string long_line(400, 'a');
    const struct {
        const char *key;
        std::string answer;
        const char *fault;
    } wrong[] = {
        {"agency.kind", "kingdom", "fault.choice.unknown"},
        {"agency.name_th", "", "fault.field.missing"},
        {"agency.name_en", "<b>Municipality", "fault.settings.markup"},
        {"agency.unit_th", long_line, "fault.too_long"},
        {"agency.unit_en", "", "fault.field.missing"},
        {"agency.contact_th", long_line, "fault.too_long"},
        {"agency.contact_en", "<script>", "fault.settings.markup"},
        {"agency.languages", "lao", "fault.choice.unknown"},
        {"reporter.host", "a host", "init.fault.host"},
        {"reporter.host", "Channel.example", "init.fault.host"},
        {"reporter.host", "channel.example:8443", "init.fault.host"},
        {"officer.host", "127.0.0.1", "init.fault.same_host"},
        {"reporter.port", "0", "init.fault.port"},
        {"reporter.port", "65536", "init.fault.port"},
        {"reporter.port", "84a", "init.fault.port"},
        {"officer.port", "8443", "init.fault.same_port"},
        {"tls.certificate", "/no/such/file", "init.fault.unreadable"},
        {"root.1.name", long_line, "fault.too_long"},
        {"root.2.name", "นายสมชาย ใจมั่น", "init.fault.same_name"},
        {"admin.name", "นางอรุณี ตั้งตรง", "init.fault.same_name"},
        {"root.1.login", "S", "init.fault.login"},
        {"root.1.login", "som chai", "init.fault.login"},
        {"root.2.login", "somchai", "init.fault.same_login"},
        {"admin.login", "somchai", "init.fault.same_login"},
        {"root.1.post", "admin", "fault.choice.unknown"},
        {"root.2.post", "executive", "init.fault.same_post"},
        {"root.1.capacity", "friend", "fault.choice.unknown"},
        {"root.1.order", "", "init.fault.text"},
        {"admin.order", long_line, "fault.too_long"},
        {"root.1.passphrase", "too short", "fault.passphrase.short"},
        {"root.2.passphrase", "arunee-arunee-arunee", "fault.passphrase.name"},
    };
    for (const auto &[key, answer, fault] : wrong) {
        const auto found = faults_with(key, answer);
        const auto wanted = std::string(key) + ": " + fault;
        EXPECT_NE(std::ranges::find(found, wanted), found.end()) << wanted << " of " << answer;
    }
}

TEST_F(FirstQuestions, TakeACertificateForBothNamesAndNoOther) {
    auto answers = right();
    answers["reporter.host"] = "channel.example";
    answers["officer.host"] = "officers.example";
    const auto good = certificate("good", {"channel.example", "officers.example"});
    const auto half = certificate("half", {"channel.example"});
    const auto with = [&](const std::string &chain, const std::string &key) {
        answers["tls.certificate"] = chain;
        answers["tls.key"] = key;
        return faults(answers);
    };
    EXPECT_EQ(with(good.first, good.second), Faults());
    EXPECT_EQ(with(good.first, half.second), Faults{"tls.key: init.fault.certificate"});
    EXPECT_EQ(with(half.first, half.second), Faults{"tls.key: init.fault.certificate_names"});
    EXPECT_EQ(with(file("none.pem", "nothing"), good.second), Faults{"tls.key: init.fault.certificate"});
    answers.erase("tls.key");
    EXPECT_EQ(faults(answers), Faults{"tls.key: fault.field.missing"});
}

TEST_F(FirstQuestions, FoldAnOwnPassphraseAsTheSignInDoes) {
    auto answers = right();
    answers["root.1.passphrase"] = "Orange Cat — Rain at the Pier";
    answers["root.2.passphrase"] = "orange cat rain at the pier";
    EXPECT_EQ(faults(answers), Faults{"root.2.passphrase: init.fault.same_passphrase"});
    answers.erase("root.2.passphrase");
    EXPECT_EQ(plan_of(answers)->roots[0].passphrase, "orange-cat-rain-at-the-pier");
}

TEST_F(FirstQuestions, AreReadFromAFile) {
    const auto read = read_answers(file("answers.toml", "[agency]\nname_th = '  เทศบาล  '\n[officer]\nport = 9444\n"
                                                        "[[root]]\nlogin = 'a1'\n[[root]]\nlogin = 'b2'\n[admin]\nname = 'c'\n"));
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(*read, (Answers{{"agency.name_th", "เทศบาล"},
                              {"officer.port", "9444"},
                              {"root.1.login", "a1"},
                              {"root.2.login", "b2"},
                              {"admin.name", "c"}}));
}

TEST_F(FirstQuestions, RefuseAFileThatSaysWhatNobodyAsks) {
    const auto refusal = [&](const std::string &text) {
        const auto read = read_answers(file("answers.toml", text));
        return read ? std::string() : read.error();
    };
    EXPECT_NE(refusal("[agency]\nmotto = 'a'\n").find("agency.motto is not asked"), std::string::npos);
    EXPECT_NE(refusal("[[root]]\n[[root]]\n[[root]]\nlogin = 'third'\n").find("root.3.login is not asked"), std::string::npos);
    EXPECT_NE(refusal("[agency]\nname_th = true\n").find("agency.name_th"), std::string::npos);
    EXPECT_NE(refusal("[agency\n").find("line 1"), std::string::npos);
    EXPECT_FALSE(read_answers((folder / "none.toml").string()));
    const auto secret = file("secret.toml", "[[root]]\npassphrase = 'Orange Cat - Rain at the Pier'\n");
    fs::permissions(secret, fs::perms::owner_read | fs::perms::group_read);
    EXPECT_FALSE(read_answers(secret)) << "others may read the passphrase";
    fs::permissions(secret, fs::perms::owner_read);
    EXPECT_TRUE(read_answers(secret));
}

TEST(SettingsTemplate, IsUnderstoodAndSaysWhatWasGiven) {
    const std::map<std::string, std::string, std::less<>> given = {
        {"agency.name_th", "'เทศบาล'"}, {"agency.name_en", "'Municipality'"}, {"officer.hosts", "['b.example']"},
        {"officer.port", "9444"}};
    const auto parsed = parse_settings(settings_template(given));
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(parsed->name_th, "เทศบาล");
    EXPECT_EQ(parsed->officer_hosts, std::vector<std::string>{"b.example"});
    EXPECT_EQ(parsed->officer_port, 9444);
    EXPECT_EQ(parsed->reporter_port, 8443) << "what was not given keeps its preset";
}

TEST(SettingsTemplate, ShowsEverySettingAsItWouldBeWritten) {
    const std::string shown = settings_template({{"agency.name_th", "'ก'"}, {"agency.name_en", "'a'"}, {"officer.hosts", "['b.example']"}});
    std::string opened; // "# key = value" lines without their sign
    std::ptrdiff_t keys = 0;
    for (std::size_t at = 0, end; (end = shown.find('\n', at)) != std::string::npos; at = end + 1) {
        const std::string line = shown.substr(at, end - at);
        const std::size_t begin = line.starts_with("# ") ? 2 : 0, equals = line.find(" = ");
        const bool is_key = equals != std::string::npos && line.find(' ', begin) == equals;
        keys += is_key;
        opened += (is_key ? line.substr(begin) : line) + "\n";
    }
    const auto parsed = parse_settings(opened);
    ASSERT_TRUE(parsed) << parsed.error();
    EXPECT_EQ(keys, std::ranges::count(settings_reference(), '\n'));
}

} // namespace
