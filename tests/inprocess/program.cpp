#include "tests/inprocess/program.h"

#include "service/runtime/demo.h"
#include "service/runtime/process.h"
#include "service/runtime/serve.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace inprocess {
namespace {

namespace fs = std::filesystem;

fs::path temporary_folder() {
    std::string path = (fs::temp_directory_path() / "sucharit-inprocess-XXXXXX").string();
    if (!::mkdtemp(path.data())) throw std::runtime_error("no temporary folder");
    return path;
}

// Stdout goes into a pipe until the program has said where it listens.
class CapturedOutput {
public:
    CapturedOutput() {
        std::fflush(stdout);
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
        read_ = ends[0];
        before_ = ::dup(STDOUT_FILENO);
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[1]);
    }
    ~CapturedOutput() {
        ::dup2(before_, STDOUT_FILENO);
        ::close(before_);
        ::close(read_);
    }
    CapturedOutput(const CapturedOutput &) = delete;
    CapturedOutput &operator=(const CapturedOutput &) = delete;
    int read_end() const { return read_; }

private:
    int read_ = -1, before_ = -1;
};

testing_support::Answer whole(std::optional<testing_support::Answer> answer) {
    if (!answer) throw std::runtime_error("no whole answer");
    return std::move(*answer);
}

// SUCHARIT_TEST_FULL_COST: the program's own preset instead of one that lets tests sign in often.
crypto::PasswordCost password_cost() {
    if (std::getenv("SUCHARIT_TEST_FULL_COST")) return {};
    return {.operations = 1, .memory_bytes = std::size_t{8} << 20};
}

std::string group(const std::smatch &match, std::size_t number) { return match[number].str(); }

Program *running = nullptr;

// Made and ended in the main thread, from which every other thread inherits that the signals are serve()'s.
class Environment : public ::testing::Environment {
    void SetUp() override { running = new Program; }
    void TearDown() override { delete std::exchange(running, nullptr); }
};
const auto *const environment = ::testing::AddGlobalTestEnvironment(new Environment);

} // namespace

Program &Program::get() { return *running; }

Program::Program() : home_(temporary_folder()) {
    runtime::block_signals(); // before any thread starts: the signals are serve()'s
    sigset_t children; // of the inspector: their end interrupts a read that has a time limit
    ::sigemptyset(&children);
    ::sigaddset(&children, SIGCHLD);
    ::pthread_sigmask(SIG_BLOCK, &children, nullptr);
    if (const auto made = runtime::init_demo({folder(), credential(), password_cost(), false}); !made)
        throw std::runtime_error(made.error());
    read_officers();
    mail_server_.emplace(testing_support::SmtpBehaviour{.user = "noreply", .password = "secret words"});
    believe_mail_server();
    const CapturedOutput output;
    serving_ = std::thread([this] {
        const auto served = runtime::serve({folder(), credential(), SUCHARIT_TEST_SHARE, 0, 0});
        if (!served) std::printf("refused: %s\n", served.error().c_str());
        std::fflush(stdout);
    });
    read_addresses(output.read_end());
}

Program::~Program() {
    ::kill(::getpid(), SIGTERM);
    serving_.join();
    std::error_code ignored;
    fs::remove_all(home_, ignored);
}

void Program::read_officers() {
    std::ifstream list(home_ / "agency/demo-officers.tsv");
    std::string line;
    for (std::getline(list, line); std::getline(list, line);) {
        std::istringstream words(line);
        std::string login;
        words >> login >> passphrases_[login];
    }
}

void Program::believe_mail_server() {
    std::ofstream(home_ / "agency/sucharit.toml", std::ios::app) << "\n[mail]\nauthorities = '" << mail_server_->authorities() << "'\n";
}

void Program::read_addresses(int output) {
    std::string text;
    char part[4096];
    while (text.find("\nready\n") == std::string::npos) {
        const ssize_t size = ::read(output, part, sizeof part);
        if (size > 0) text.append(part, static_cast<std::size_t>(size));
        if (size <= 0 || text.find("refused: ") != std::string::npos) {
            serving_.join(); // a failure to start has ended it
            throw std::runtime_error("the program did not start: " + text);
        }
    }
    std::smatch found;
    if (!std::regex_search(
            text, found,
            std::regex("reporters: https://127\\.0\\.0\\.1:(\\d+)/\nofficers: +https://127\\.0\\.0\\.1:(\\d+)/")))
        throw std::runtime_error("no addresses: " + text);
    reporters_ = static_cast<std::uint16_t>(std::stoi(group(found, 1)));
    officers_ = static_cast<std::uint16_t>(std::stoi(group(found, 2)));
}

testing_support::Answer get(std::uint16_t port, std::string_view target, std::string_view extra) {
    return whole(testing_support::TlsClient(port).get(target, extra));
}

testing_support::Answer post(std::uint16_t port, std::string_view target, const Fields &fields,
                             std::string_view extra) {
    return whole(testing_support::TlsClient(port).post(target, testing_support::form_body(fields), extra));
}

std::string field(std::string_view page, std::string_view name) {
    const auto at = page.find("name=\"" + std::string(name) + "\"");
    const auto value = at == std::string_view::npos ? at : page.find("value=\"", at);
    if (value == std::string_view::npos) return {};
    const auto begin = value + 7;
    return std::string(page.substr(begin, page.find('"', begin) - begin));
}

std::string receipt(std::string_view page) {
    const auto at = page.find("id=\"receipt\"");
    if (at == std::string_view::npos) return {};
    std::string out;
    static const std::regex groups("<span>(\\d{4})</span>");
    const std::string rest(page.substr(at, page.find("</p>", at) - at));
    for (std::sregex_iterator found(rest.begin(), rest.end(), groups), end; found != end; ++found)
        out += (out.empty() ? "" : " ") + (*found)[1].str();
    return out;
}

Door open_door() {
    const auto page = get(Program::get().officers(), "/login");
    const auto cookie = page.header("set-cookie");
    return {field(page.body, "door"), cookie.substr(0, cookie.find(';'))};
}

testing_support::Answer sign_in(const std::string &login, const std::string &passphrase, std::string_view extra,
                                const Fields &more) {
    const Door door = open_door();
    Fields fields{{"door", door.field}, {"login", login}, {"passphrase", passphrase}};
    fields.insert(fields.end(), more.begin(), more.end());
    return post(Program::get().officers(), "/login", fields, "Cookie: " + door.cookie + "\r\n" + std::string(extra));
}

std::string session_of(const std::string &login) {
    const auto cookie = sign_in(login, Program::get().passphrase(login)).header("set-cookie");
    return "Cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n";
}

Fields complaint(const std::string &once, std::string facts) {
    return {{"once", once},      {"category", "bribery"}, {"subject_name", "ทดสอบ"}, {"facts", std::move(facts)},
            {"where", "ที่ทำงาน"}, {"acknowledge", "yes"},  {"step", "file"}};
}

std::string fresh_once() {
    return field(post(Program::get().reporters(), "/report", {{"about", "yes"}, {"step", "start"}}).body, "once");
}

std::string file(std::string facts) {
    return receipt(post(Program::get().reporters(), "/report", complaint(fresh_once(), std::move(facts))).body);
}

} // namespace inprocess
