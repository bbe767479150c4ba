// Certificates from the database, before anybody asks who signed them: one spelling for each, every field within its
// rule.
#include "crypto/reporter/certificate.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

namespace {

using fuzz::demand;
using namespace crypto;

// A second reading of the rule: UTF-8 by the reader of forms, no control character of either block.
bool is_name(std::string_view name) {
    if (name.empty() || name.size() > 200 || !http::is_utf8(name)) return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const auto byte = static_cast<unsigned char>(name[i]);
        if (byte < 0x20 || byte == 0x7f) return false;
        if (byte == 0xc2 && static_cast<unsigned char>(name[i + 1]) < 0xa0) return false;
    }
    return true;
}

void check(View stored) {
    const auto certificate = StoredCertificate::parse(stored);
    if (!certificate) return;
    const CertificateFields &fields = certificate->fields;
    demand(stored.size() == 140 + fields.display_name.size() + 64);
    demand(fuzz::same(stored_certificate(fields, certificate->signature), stored));
    demand(fuzz::same(fields.encode(), stored.first(stored.size() - 64)));
    demand(is_name(fields.display_name) && fields.not_before <= fields.not_after && fields.rights.bits < 8 &&
           !fields.officer.is_zero() && !fields.issuer.is_zero() && stored[0] == 1);
    demand(fingerprint(fields).size() == 39);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    check({data, size});
    demand(is_display_name(fuzz::text(data, size)) == is_name(fuzz::text(data, size)));

    // The input as the fields of a certificate: accepted exactly when each keeps its rule.
    fuzz::Input in(data, size);
    CertificateFields fields;
    fields.rights.bits = in.byte();
    fields.not_before.number = static_cast<std::int32_t>(in.u32());
    fields.not_after.number = static_cast<std::int32_t>(in.u32());
    fields.officer = base::OfficerId({in.byte()});
    fields.issuer = base::OfficerId({in.byte()});
    fields.box.bytes = {in.byte()};
    fields.display_name = base::text(in.rest());
    const bool right = fields.rights.bits < 8 && fields.not_before <= fields.not_after && !fields.officer.is_zero() &&
                       !fields.issuer.is_zero() && is_name(fields.display_name);
    const Bytes stored = stored_certificate(fields, Signature{});
    demand(StoredCertificate::parse(stored).has_value() == right);
    check(stored);
    return 0;
}
