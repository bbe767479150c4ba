// What officers write to each other about a reporter's identity, as it is sealed: a request, its decision, the one copy.
#pragma once

#include "service/domain/complaint.h"

namespace domain {

inline constexpr std::size_t max_identity_reason = 1000; // characters

// The custodian may not read the case: this is all of it that they are told.
struct IdentityRequest {
    std::string reason;
    std::int64_t series = 0, year = 0, number = 0; // in the register; all 0 before it is registered
    std::int64_t time = 0;                         // seconds, of the asking
};
struct IdentityDecision {
    bool granted = false;
    std::string reason;
    std::int64_t time = 0;
};

std::string to_json(const IdentityRequest &request);
base::Result<IdentityRequest> identity_request_from_json(std::string_view json);
std::string to_json(const IdentityDecision &decision);
base::Result<IdentityDecision> identity_decision_from_json(std::string_view json);

// Cleaned text, or the fault of field "reason" (fault.identity.reason, fault.too_long).
std::expected<std::string, Fault> check_identity_reason(std::string_view typed);

} // namespace domain
