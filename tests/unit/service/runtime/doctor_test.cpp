// What the doctor says of a demo agency, and of one in which each thing was spoiled.
#include "service/runtime/agency_profile.h"
#include "service/runtime/demo.h"
#include "service/runtime/doctor.h"
#include "service/runtime/instance.h"
#include "service/usecases/officer/emblem.h"
#include "web/net/certificate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using namespace runtime;

class LaterClock final : public base::Clock {
public:
    explicit LaterClock(int days) : time_(base::SystemClock().now() + base::Seconds{86400} * days) {}
    base::Seconds now() const override { return time_; }

private:
    base::Seconds time_;
};

class Doctor : public testing::Test {
protected:
    Doctor() {
        crypto::start();
        auto pattern = (fs::temp_directory_path() / "sucharit-doctor-XXXXXX").string();
        base_ = mkdtemp(pattern.data());
        DemoOptions demo;
        demo.folder = base_ / "var";
        demo.credential = (base_ / "key").string();
        demo.cost = {1, std::size_t{8} << 20};
        made_ = init_demo(demo).has_value();
        options.folder = demo.folder;
        options.credential = demo.credential;
        options.share = SUCHARIT_TEST_SHARE;
    }
    ~Doctor() override { fs::remove_all(base_); }
    void SetUp() override { ASSERT_TRUE(made_); }

    static Health worst(const Findings &findings, const std::string &what) {
        Health out = Health::good;
        bool found = false;
        for (const Checked &one : findings.all())
            if (one.what == what) {
                found = true;
                out = std::max(out, one.health);
                EXPECT_EQ(one.advice.empty(), one.health == Health::good) << "every fault says what to do: " << one.found;
            }
        EXPECT_TRUE(found) << what << " was not looked at";
        return out;
    }
    Health files(const std::string &what) {
        Findings out;
        check_files(options, out);
        return worst(out, what);
    }
    Health serving(const std::string &what) {
        Findings out;
        check_serving(options, out);
        return worst(out, what);
    }
    Health instance(const std::string &what, int days_later = 0) {
        Findings out;
        check_instance(options, LaterClock(days_later), out);
        return worst(out, what);
    }
    void write(const fs::path &path, const std::string &text) { std::ofstream(path) << text; }
    void setting(const std::string &more) {
        std::ofstream(options.folder / "sucharit.toml", std::ios::app) << more;
    }

    DoctorOptions options;

private:
    fs::path base_;
    bool made_ = false;
};

TEST_F(Doctor, TriesTheInspectorOnAPicture) {
    FileInspector::Paths paths{SUCHARIT_TEST_INSPECTOR, fs::path(options.share) / "inspector" / "clean.py"};
    const auto found = [](const FileInspector::Paths &there) {
        Findings out;
        check_inspector(there, out);
        EXPECT_EQ(worst(out, "inspector"), out.all().front().health);
        return out.all().front();
    };
    EXPECT_EQ(found(paths).health, Health::good) << found(paths).found;
    auto spoiled = paths;
    spoiled.program = options.folder / "nowhere";
    EXPECT_EQ(found(spoiled).health, Health::wrong);
    EXPECT_NE(found(spoiled).advice.find("sucharit-inspector"), std::string::npos);
    spoiled = paths;
    spoiled.program = "/bin/false"; // as one that cannot shut itself in
    EXPECT_EQ(found(spoiled).health, Health::wrong);
    spoiled.program = options.folder / "without_sandbox";
    write(spoiled.program, "#!/bin/sh\nexit 5\n");
    ::chmod(spoiled.program.c_str(), 0700);
    EXPECT_EQ(found(spoiled).health, Health::warning) << "nothing that the program can do about";
    EXPECT_NE(found(spoiled).advice.find("landlock"), std::string::npos);
    spoiled = paths;
    spoiled.script = options.folder / "nowhere";
    EXPECT_EQ(found(spoiled).health, Health::wrong);
    EXPECT_NE(found(spoiled).advice.find("share"), std::string::npos);
    spoiled.script = options.folder / "script.py";
    for (const char *python : {"import nothing_of_that_name", "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"}) {
        write(spoiled.script, python);
        EXPECT_EQ(found(spoiled).health, Health::wrong) << python;
        EXPECT_NE(found(spoiled).advice.find("mat2"), std::string::npos);
    }
}

TEST_F(Doctor, FindsNothingWrongInAnAgencyThatWasJustMade) {
    EXPECT_EQ(files("data_folder"), Health::good);
    EXPECT_NE(files("credential"), Health::wrong);
    for (const char *what : {"database", "audit_log", "clock", "nightly_batch", "emblem", "mail", "roots", "vouchers", "readers", "custodians", "admins", "ending_soon"})
        EXPECT_NE(instance(what), Health::wrong) << what;
    for (const char *what : {"settings", "certificate", "share"})
        EXPECT_NE(serving(what), Health::wrong) << what;
    Findings machine;
    check_libraries(machine);
    check_machine(options, machine);
    EXPECT_EQ(worst(machine, "libsodium"), Health::good);
    EXPECT_EQ(worst(machine, "fonts"), Health::good);
}

TEST_F(Doctor, FindsAnEmblemThatIsNotWhatItWas) {
    domain::Emblem emblem{base::ObjectId::random(), {}, {}, "image/png", 9};
    const auto name = usecases::file_of(emblem);
    {
        auto opened = open_instance(options.folder, options.credential);
        ASSERT_TRUE(opened) << opened.error();
        const auto coming = opened->store->files().receive(name, emblem.length);
        crypto::FileSealer sealer(crypto::FileKey(), {{}, emblem.id}, emblem.length, [&](base::View part) { return (*coming)->append(part); });
        ASSERT_TRUE(sealer.add(base::view("a picture")));
        emblem.digest = sealer.finish()->digest;
        ASSERT_TRUE((*coming)->finish());
        const auto settings = read_settings((options.folder / "sucharit.toml").string());
        domain::ProfileVersion version{1, *profile_of(*settings), {}};
        version.profile.emblem = domain::to_line(emblem);
        const auto author = base::OfficerId::random();
        ports::SettingsRow row{.version = 1, .document = domain::to_json(version), .time = 0, .author = author, .second = std::nullopt};
        ASSERT_TRUE(opened->store->officer_writes().settings().change(row, std::nullopt,
            {.event = crypto::AuditEvent::settings_changed, .day = {}, .time = 0, .actor = author, .subject = {}, .object = {}, .digest = {}}));
    }
    EXPECT_EQ(instance("emblem"), Health::good);
    const auto place = options.folder / "files" / name.text().substr(0, 2) / name.text();
    std::fstream(place, std::ios::in | std::ios::out | std::ios::binary).seekp(100).put('x').put('y');
    EXPECT_EQ(instance("emblem"), Health::warning);
    fs::remove(place);
    EXPECT_EQ(instance("emblem"), Health::warning);
}

TEST_F(Doctor, FindsRemindersThatAreNotSent) {
    EXPECT_EQ(instance("mail"), Health::good) << "none are set up";
    const auto failed_by = [&](std::optional<ports::MailFailure> failure) {
        auto opened = open_instance(options.folder, options.credential);
        auto &mail = opened->store->officer_writes().mail();
        const crypto::AuditEntry entry{.event = crypto::AuditEvent::mail_settings_changed, .day = {}, .time = 0, .actor = {}, .subject = {},
                                       .object = {}, .digest = {}};
        ASSERT_TRUE(mail.set_settings(*opened->store->officer_reads()->mail().settings(), base::Bytes(2088), false, entry));
        ASSERT_TRUE(mail.round_ended(failure));
    };
    failed_by(std::nullopt);
    EXPECT_EQ(instance("mail"), Health::good);
    for (const ports::MailFailure failure : ports::mail_failures) {
        failed_by(failure);
        EXPECT_EQ(instance("mail"), Health::warning) << ports::id(failure);
    }
}

TEST_F(Doctor, SaysThatTheMailAuthoritiesAreMissing) {
    EXPECT_NE(serving("settings"), Health::wrong);
    std::ofstream(options.folder / "sucharit.toml", std::ios::app) << "\n[mail]\nauthorities = 'nowhere.pem'\n";
    EXPECT_EQ(serving("mail_authorities"), Health::wrong);
    std::ofstream(options.folder / "nowhere.pem") << "x";
    EXPECT_EQ(serving("mail_authorities"), Health::good);
}

TEST_F(Doctor, FindsFilesThatOthersMayReadOrThatAreGone) {
    ::chmod(options.folder.c_str(), 0755);
    EXPECT_EQ(files("data_folder"), Health::wrong);
    ::chmod(options.folder.c_str(), 0700);
    ::chmod((options.folder / "sucharit.db").c_str(), 0644);
    EXPECT_EQ(files("data_folder"), Health::wrong);
    ::chmod((options.folder / "sucharit.db").c_str(), 0600);
    fs::remove(options.folder / "database.key");
    EXPECT_EQ(files("data_folder"), Health::wrong);
    EXPECT_EQ(instance("database"), Health::wrong);
    ::chmod(options.credential.c_str(), 0444);
    EXPECT_EQ(files("credential"), Health::wrong);
}

TEST_F(Doctor, FindsACredentialInsideTheDataFolder) {
    fs::rename(options.credential, options.folder / "key");
    options.credential = (options.folder / "key").string();
    EXPECT_EQ(files("credential"), Health::wrong);
}

TEST_F(Doctor, FindsSettingsThatNobodyUnderstands) {
    setting("colour = 1\n");
    EXPECT_EQ(serving("settings"), Health::wrong);
}

TEST_F(Doctor, FindsCertificatesThatDoNotServe) {
    const auto replace = [&](const std::vector<std::string> &names, int days) {
        const auto made = net::self_signed(names, std::chrono::days{days});
        ASSERT_TRUE(made);
        write(options.folder / "tls/certificate.pem", made->chain_pem);
        write(options.folder / "tls/key.pem", made->key_pem);
    };
    replace({"127.0.0.1", "localhost"}, 10);
    EXPECT_EQ(serving("certificate"), Health::warning) << "runs out soon";
    replace({"127.0.0.1", "localhost"}, -1);
    EXPECT_EQ(serving("certificate"), Health::wrong) << "has run out";
    replace({"127.0.0.1"}, 100);
    EXPECT_EQ(serving("certificate"), Health::wrong) << "not for every name";
    replace({"127.0.0.1", "localhost"}, 100);
    EXPECT_EQ(serving("certificate"), Health::good);
    write(options.folder / "tls/key.pem", net::self_signed({"localhost"})->key_pem);
    EXPECT_EQ(serving("certificate"), Health::wrong) << "another certificate's key";
    fs::remove(options.folder / "tls/key.pem");
    EXPECT_EQ(serving("certificate"), Health::wrong);
}

TEST_F(Doctor, TellsAServerThatRunsFromOneThatDoesNot) {
    EXPECT_FALSE(is_served(options.folder));
    const auto held = storage::DataFolder::open(options.folder);
    ASSERT_TRUE(held);
    EXPECT_TRUE(is_served(options.folder));
    EXPECT_EQ(instance("database"), Health::good) << "it looks beside the server";
}

TEST_F(Doctor, FindsATemplateThatIsMissing) {
    options.share = (options.folder / "nowhere").string();
    EXPECT_EQ(serving("share"), Health::wrong);
}

TEST_F(Doctor, FindsADatabaseThatIsDamaged) {
    std::fstream file(options.folder / "sucharit.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(40'000);
    file.write("damage", 6);
    file.close();
    EXPECT_EQ(instance("database"), Health::wrong);
}

TEST_F(Doctor, FindsAClockBeforeTheLastEntryOfTheLog) {
    EXPECT_EQ(instance("clock", 1), Health::good);
    EXPECT_EQ(instance("clock", -1), Health::wrong);
}

TEST_F(Doctor, SaysWhatEndsSoonAndWhatHasEnded) {
    EXPECT_EQ(instance("ending_soon"), Health::good);
    EXPECT_EQ(instance("ending_soon", 5 * 365 - 30), Health::warning);
    for (const char *what : {"vouchers", "readers", "custodians"})
        EXPECT_EQ(instance(what, 5 * 365 + 1), Health::wrong) << what;
    for (const char *what : {"roots", "admins"})
        EXPECT_EQ(instance(what, 5 * 365 + 1), Health::warning) << what;
}

} // namespace
