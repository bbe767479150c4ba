// Identifiers: 16 random bytes that say nothing of order or time, typed so that one cannot stand for another.
#pragma once

#include "crypto/base/bytes.h"

#include <compare>

namespace base {

Array<16> random_id_bytes(); // from the system's generator

template <class Tag>
class StrongId {
public:
    StrongId() = default; // all zero: nobody, nothing
    explicit StrongId(Array<16> bytes) : bytes_(bytes) {}
    static StrongId random() { return StrongId(random_id_bytes()); }
    // Exactly 16 bytes, or nothing.
    static std::optional<StrongId> from(View bytes) {
        if (bytes.size() != 16)
            return std::nullopt;
        Array<16> out{};
        std::memcpy(out.data(), bytes.data(), 16);
        return StrongId(out);
    }
    // Exactly 32 hex digits, or nothing.
    static std::optional<StrongId> from_text(std::string_view text) {
        auto bytes = from_hex(text);
        return bytes ? from(*bytes) : std::nullopt;
    }
    View bytes() const { return bytes_; }
    std::string text() const { return hex(bytes_); }
    bool is_zero() const { return bytes_ == Array<16>{}; }
    auto operator<=>(const StrongId &) const = default;

private:
    Array<16> bytes_{};
};

using InstanceId = StrongId<struct InstanceTag>;
using OfficerId = StrongId<struct OfficerTag>;
using CaseId = StrongId<struct CaseTag>;
using ObjectId = StrongId<struct ObjectTag>;
using CertificateSerial = StrongId<struct CertificateTag>;
using AppointmentId = StrongId<struct AppointmentTag>;
using ProposalId = StrongId<struct ProposalTag>;

} // namespace base
