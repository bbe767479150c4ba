// The one TLS configuration of all listeners. Internal to web/net.
#pragma once

#include "web/net/certificate.h"

struct ssl_ctx_st;

namespace net {

// TLS 1.3, and 1.2 with forward secrecy and AEAD only: a stolen certificate key must not open recorded traffic. No
// resumption of any kind, for a ticket would recognise a returning reporter. The caller owns the context.
std::expected<ssl_ctx_st *, StartError> make_tls_context(const Certificate &certificate);

} // namespace net
