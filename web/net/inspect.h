// What an operator wants to know of a certificate and the library before anybody connects.
#pragma once

#include "web/net/certificate.h"

namespace net {

struct CertificateFacts {
    int days_left = 0;                  // negative: it has run out
    bool key_fits = false;              // the private key is its own
    bool own = false;                   // signed by itself: browsers warn
    std::vector<std::string> not_named; // of the hosts asked for
};

std::expected<CertificateFacts, StartError> inspect(const Certificate &certificate, const std::vector<std::string> &hosts);

std::string tls_library(); // "OpenSSL 3.0.16 …"

// Can this program listen there? False when somebody else does, or the address is not this machine's.
bool is_free(const std::string &address, unsigned short port);

} // namespace net
