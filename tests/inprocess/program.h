// The whole program in this process: a demo agency in a temporary folder, served on free ports, spoken to over TLS. One
// for all tests of the program, because serve() owns the process's signals and log.
#pragma once

#include "tests/support/smtp_server.h"
#include "tests/support/tls_client.h"

#include <filesystem>
#include <map>
#include <optional>
#include <thread>

namespace inprocess {

class Program {
public:
    static Program &get();
    Program();  // returns when it is ready
    ~Program(); // SIGTERM, and waits until serve() has returned
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    std::uint16_t reporters() const { return reporters_; }
    std::uint16_t officers() const { return officers_; }
    std::filesystem::path folder() const { return home_ / "agency"; }
    std::string credential() const { return (home_ / "agency.key").string(); }
    const testing_support::SmtpServer &mail_server() const { return *mail_server_; } // whose authority the program believes
    std::string passphrase(const std::string &login) const { return passphrases_.at(login); }

private:
    void read_addresses(int output);
    void read_officers();
    void believe_mail_server();

    std::optional<testing_support::SmtpServer> mail_server_;
    std::filesystem::path home_;
    std::map<std::string, std::string> passphrases_;
    std::uint16_t reporters_ = 0, officers_ = 0;
    std::thread serving_;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// One request on a connection of its own; throws when no whole answer comes.
testing_support::Answer get(std::uint16_t port, std::string_view target, std::string_view extra = "");
testing_support::Answer post(std::uint16_t port, std::string_view target, const Fields &fields,
                             std::string_view extra = "");

// The value of the first field of that name on the page, or empty.
std::string field(std::string_view page, std::string_view name);
// 28 digits in seven groups, blanks between, or empty.
std::string receipt(std::string_view page);

// The sign-in page opened, and sent with these fields; `extra`: header lines.
testing_support::Answer sign_in(const std::string &login, const std::string &passphrase, std::string_view extra = "",
                                const Fields &more = {});
// What a browser has after opening the sign-in page.
struct Door {
    std::string field, cookie; // the hidden field's value; "name=value"
};
Door open_door();
// The header line of a session, as a browser sends it.
std::string session_of(const std::string &login);

// The form as a careful reporter fills it; `once` is the form's own.
Fields complaint(const std::string &once, std::string facts);
std::string fresh_once();
// Files and answers with the receipt.
std::string file(std::string facts);

} // namespace inprocess
