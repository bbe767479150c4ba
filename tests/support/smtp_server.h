// A mail server for tests on 127.0.0.1: SMTP over OpenSSL, with a certificate made at run time. It can also be a bad
// one.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace testing_support {

struct SmtpBehaviour {
    enum class Tls {
        implicit,
        starttls,
        stripped, // as if somebody between took STARTTLS out of the answer
        refused,  // offered, and then refused
    };
    Tls tls = Tls::implicit;
    std::string name = "IP:127.0.0.1";  // whom the certificate is for
    std::string user{}, password{};     // demanded, when there is a user
    std::set<std::string> refused_to{}; // receivers
    bool busy = false;                  // 451 for every mail
    bool silent = false;                // takes connections and says nothing
};

struct SmtpMail {
    std::string helo, from, to, data; // `data` as it was sent, lines ended by \r\n
};

class SmtpServer {
public:
    explicit SmtpServer(SmtpBehaviour behaviour = {});
    ~SmtpServer();
    SmtpServer(const SmtpServer &) = delete;
    SmtpServer &operator=(const SmtpServer &) = delete;

    std::uint16_t port() const;
    std::string authorities() const; // a PEM file with its certificate
    std::vector<SmtpMail> mails() const;
    std::vector<SmtpMail> wait_for(std::size_t count) const; // at most twenty seconds
    std::string in_clear() const;                            // every command that came without TLS
    std::size_t connections() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace testing_support
