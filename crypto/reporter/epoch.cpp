#include "crypto/reporter/epoch.h"

#include "crypto/primitives/hash.h"

#include <limits>

namespace crypto {
namespace {

constexpr Rights reading{static_cast<std::uint8_t>(Right::reading)};

bool follows(const EpochCertificate &certificate, const CaseRecord &before, const Array<32> &digest_before) {
    return certificate.case_id == before.case_id && before.epoch != std::numeric_limits<Epoch>::max() &&
           certificate.epoch == before.epoch + 1 && equal(certificate.previous, digest_before);
}

} // namespace

Bytes EpochCertificate::signed_bytes() const {
    return base::Writer()
        .u8(format_version)
        .raw(case_id.bytes())
        .u32(epoch)
        .raw(case_key.bytes)
        .raw(commitment)
        .raw(author.bytes())
        .raw(previous)
        .take();
}

Bytes EpochCertificate::stored() const { return base::Writer().raw(signed_bytes()).raw(signature).take(); }

Result<EpochCertificate> EpochCertificate::parse(View stored) {
    base::Reader reader(stored);
    EpochCertificate out;
    const std::uint8_t version = reader.u8();
    out.case_id = base::CaseId(reader.array<16>());
    out.epoch = reader.u32();
    out.case_key.bytes = reader.array<32>();
    out.commitment = reader.array<32>();
    out.author = base::OfficerId(reader.array<16>());
    out.previous = reader.array<32>();
    out.signature = reader.array<64>();
    if (!reader.finished() || version != format_version || out.epoch < 2 || out.author.is_zero() ||
        !is_safe(out.case_key))
        return base::fail(base::Code::refused, "epoch certificate: not of its form");
    return out;
}

Array<32> record_digest(const CaseRecord &first) {
    const Bytes fields = base::Writer()
                             .u8(format_version)
                             .raw(first.case_id.bytes())
                             .u32(first.epoch)
                             .raw(first.commitment)
                             .raw(first.identity_commitment)
                             .raw(first.case_key.bytes)
                             .raw(first.reporter_key.bytes)
                             .raw(first.record_mac)
                             .take();
    return hash({base::view("sucharit/record/v1"), fields});
}

Result<std::vector<CaseRecord>> verify_epochs(const CaseRecord &first, std::span<const Bytes> certificates,
                                              const Roster &roster) {
    if (first.epoch != 1) return base::fail(base::Code::refused, "epochs: the chain does not begin with the first");
    std::vector<CaseRecord> out{first};
    Array<32> before = record_digest(first);
    for (const Bytes &stored : certificates) {
        ASSIGN_OR_RETURN(const EpochCertificate certificate, EpochCertificate::parse(stored));
        if (!follows(certificate, out.back(), before))
            return base::fail(base::Code::refused, "epochs: a link that does not hang on the one before");
        if (!roster.signed_by(certificate.author, epoch_domain, certificate.signed_bytes(), certificate.signature,
                              reading))
            return base::fail(base::Code::refused, "epochs: a link that no officer with the reading right signed");
        CaseRecord record = out.back();
        record.epoch = certificate.epoch;
        record.commitment = certificate.commitment;
        record.case_key = certificate.case_key;
        out.push_back(record);
        before = digest(stored);
    }
    return out;
}

Result<CaseRecord> current_case_key(const ReceiptKeys &keys, const CaseRecord &first,
                                    std::span<const Bytes> certificates, const Roster &roster) {
    RETURN_IF_FAILED(verify_record(keys, first));
    ASSIGN_OR_RETURN(const std::vector<CaseRecord> epochs, verify_epochs(first, certificates, roster));
    return epochs.back();
}

} // namespace crypto
