#include "service/runtime/credential.h"

#include "crypto/officer/keyring.h"
#include "service/runtime/instance.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;

Credential fresh() {
    Credential out{base::InstanceId::random(), crypto::InstanceKey::random(), {}};
    for (int i = 0; i < 2; ++i) {
        const auto keys = crypto::OfficerKeys::random(base::OfficerId::random());
        out.roots.push_back({keys.officer, keys.box.public_key, keys.sign.public_key});
    }
    return out;
}

class CredentialFile : public testing::Test {
protected:
    CredentialFile() {
        std::string name = (fs::temp_directory_path() / "sucharit-unit-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        home = name;
        path = (home / "agency.key").string();
    }
    ~CredentialFile() override { fs::remove_all(home); }

    std::string text() const {
        std::ostringstream out;
        out << std::ifstream(path, std::ios::binary).rdbuf();
        return out.str();
    }
    void replace_by(const std::string &changed) {
        fs::remove(path);
        std::ofstream(path, std::ios::binary) << changed;
        ASSERT_EQ(::chmod(path.c_str(), 0400), 0);
    }
    // What the file is refused with; empty when it is taken.
    std::string refusal() const {
        const auto read = read_credential(path);
        return read ? "" : read.error();
    }

    fs::path home;
    std::string path;
};

TEST_F(CredentialFile, IsReadAsItWasWritten) {
    const Credential written = fresh();
    ASSERT_TRUE(write_credential(path, written));
    const auto read = read_credential(path);
    ASSERT_TRUE(read) << read.error();
    EXPECT_EQ(read->instance, written.instance);
    EXPECT_TRUE(read->key == written.key);
    ASSERT_EQ(read->roots.size(), 2u);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(read->roots[i].officer, written.roots[i].officer);
        EXPECT_EQ(read->roots[i].box.bytes, written.roots[i].box.bytes);
        EXPECT_EQ(read->roots[i].sign.bytes, written.roots[i].sign.bytes);
    }
}

TEST_F(CredentialFile, MayBeReadByItsOwnerOnlyWhateverTheUmask) {
    const auto before = ::umask(0);
    const auto written = write_credential(path, fresh());
    ::umask(before);
    ASSERT_TRUE(written);
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777, 0400u);
}

TEST_F(CredentialFile, IsRefusedWhenAnybodyElseMayReadOrChangeIt) {
    ASSERT_TRUE(write_credential(path, fresh()));
    for (const unsigned open : {0440u, 0404u, 0420u, 0402u, 0410u, 0401u, 0444u}) {
        ASSERT_EQ(::chmod(path.c_str(), open), 0);
        EXPECT_NE(refusal().find("may be read by others"), std::string::npos) << std::oct << open;
    }
    for (const unsigned closed : {0400u, 0600u}) {
        ASSERT_EQ(::chmod(path.c_str(), closed), 0);
        EXPECT_EQ(refusal(), "") << std::oct << closed;
    }
}

// systemd gives its service an access control list on the file, which shows as a right of the group.
TEST_F(CredentialFile, MayShowARightOfTheGroupOnlyInTheFolderThatSystemdNames) {
    const fs::path given = home / "credentials", beside = home / "credentials-of-others";
    fs::create_directory(given);
    fs::create_directory(beside);
    for (const auto &folder : {given, beside}) {
        path = (folder / "agency.key").string();
        ASSERT_TRUE(write_credential(path, fresh()));
        ASSERT_EQ(::chmod(path.c_str(), 0440), 0);
        EXPECT_NE(refusal(), "") << "systemd names no folder";
    }
    ::setenv("CREDENTIALS_DIRECTORY", given.c_str(), 1);
    EXPECT_NE(refusal(), "") << "beside it";
    path = (given / "agency.key").string();
    EXPECT_EQ(refusal(), "");
    ::setenv("CREDENTIALS_DIRECTORY", "", 1);
    EXPECT_NE(refusal(), "");
    ::unsetenv("CREDENTIALS_DIRECTORY");
}

TEST_F(CredentialFile, IsNeverWrittenOverAnother) {
    ASSERT_TRUE(write_credential(path, fresh()));
    const std::string kept = text();
    EXPECT_FALSE(write_credential(path, fresh()));
    EXPECT_EQ(text(), kept);
}

TEST_F(CredentialFile, IsRefusedWhenDamaged) {
    ASSERT_TRUE(write_credential(path, fresh()));
    const std::string whole = text();
    const auto without_line = [&](std::string_view begin) {
        const auto at = whole.find(begin);
        return whole.substr(0, at) + whole.substr(whole.find('\n', at) + 1);
    };
    std::string letter = whole;
    letter[whole.find("\nkey ") + 7] = 'x';
    std::string version = whole;
    version[whole.find('\n') - 1] = '2';
    std::string nobody = whole;
    nobody.replace(whole.find("instance ") + 9, 32, std::string(32, '0'));
    const std::string damaged[] = {
        "",          letter,   version,
        nobody,      whole + "admin 00\n",
        whole + "root 00\n",   whole.substr(0, whole.size() - 3),
        whole + whole.substr(whole.find("instance "), 42), whole + whole.substr(whole.find("key "), 69),
        without_line("root ") + whole.substr(whole.find("root ", whole.find("root ") + 1)), // one root, twice
        without_line("instance "), without_line("key "), without_line("root "), without_line("sucharit-credential"),
    };
    for (const std::string &content : damaged) {
        replace_by(content);
        EXPECT_NE(refusal().find("damaged"), std::string::npos) << content.size() << " of " << whole.size() << " bytes";
    }
    replace_by(whole);
    EXPECT_EQ(refusal(), "");
}

TEST_F(CredentialFile, ThatIsMissingIsNamed) {
    EXPECT_NE(refusal().find(path + " cannot be read"), std::string::npos);
}

class CredentialOfAFolder : public CredentialFile {
protected:
    void make_agency(const std::string &name) {
        Credential credential = fresh();
        const auto keys = crypto::InstanceKeys::derive(credential.instance, credential.key);
        ASSERT_TRUE(create_store(home / name, keys));
        std::ofstream(home / name / "sucharit.toml") << "[agency]\nname_th = 'ก'\nname_en = 'A'\ndemo = true\n";
        ASSERT_TRUE(write_credential((home / (name + ".key")).string(), credential));
    }
    std::string opening(const std::string &name, const fs::path &credential) {
        const auto opened = open_instance(home / name, credential.string());
        return opened ? "" : opened.error();
    }
};

TEST_F(CredentialOfAFolder, OpensItAndNoOther) {
    make_agency("one");
    make_agency("two");
    EXPECT_EQ(opening("one", home / "one.key"), "");
    const std::string said = opening("one", home / "two.key");
    EXPECT_NE(said.find("does not belong to the data folder"), std::string::npos) << said;
    EXPECT_EQ(opening("two", home / "two.key"), "");
}

TEST_F(CredentialOfAFolder, IsRefusedInsideItBecauseACopyOfTheFolderWouldCarryIt) {
    make_agency("one");
    const fs::path key = home / "one.key", deeper = home / "one" / "tls" / "agency.key";
    fs::create_directory(deeper.parent_path());
    fs::create_directory(home / "one.keys");
    for (const fs::path &inside : {home / "one" / "agency.key", deeper}) {
        fs::copy_file(key, inside);
        const std::string said = opening("one", inside);
        EXPECT_NE(said.find("stands inside the data folder"), std::string::npos) << said;
        EXPECT_NE(opening("one", home / "one.keys" / ".." / inside.lexically_relative(home)), "") << "by a detour";
        fs::remove(home / "link.key");
        fs::create_symlink(inside, home / "link.key");
        EXPECT_NE(opening("one", home / "link.key"), "") << "by a link";
        fs::remove(inside);
    }
    fs::copy_file(key, home / "one.keys" / "agency.key");
    EXPECT_EQ(opening("one", home / "one.keys" / "agency.key"), "") << "a folder whose name begins the same";
}

} // namespace
} // namespace runtime
