// A TLS certificate with its private key, from PEM files or made for a demo. The key's text is cleared when it goes.
#pragma once

#include <chrono>
#include <expected>
#include <string>
#include <vector>

namespace net {

// Why the program cannot serve, as one sentence for the operator.
struct StartError {
    std::string sentence;
};

struct Certificate {
    Certificate() = default;
    Certificate(Certificate &&) = default;
    Certificate &operator=(Certificate &&) = default;
    ~Certificate(); // clears the key

    std::string chain_pem; // the server's own certificate first
    std::string key_pem;
};

std::expected<Certificate, StartError> load_certificate(const std::string &chain_path, const std::string &key_path);

// A self-signed P-256 certificate for the names (DNS names or IP addresses; not empty), valid from a day ago.
std::expected<Certificate, StartError> self_signed(const std::vector<std::string> &names,
                                                   std::chrono::days validity = std::chrono::days{825});

} // namespace net
