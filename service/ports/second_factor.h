// What is written of officers' second factors. They are read with the officer's row (ports::OfficerRow).
#pragma once

#include "service/ports/rows.h"

namespace ports {

struct CodeUsed {
    base::OfficerId officer;
    Bytes sealed;          // the factor whose code it was: another one may have taken its place meanwhile
    std::int64_t step = 0; // of the code
};

class SecondFactorWrites {
public:
    virtual ~SecondFactorWrites() = default;
    // Marks the code's step as used and appends the entries, in one transaction. Code::conflict: that step or a later one is
    // used already (somebody was faster with the same code), the factor is another one, or the officer is disabled.
    virtual base::Result<> use_code(CodeUsed used, std::vector<crypto::AuditEntry> entries) = 0;
    // Puts a factor in place of the officer's present one (`replaced`: as it was read; nothing where there was none).
    // `factor.last_step`: of the code that confirmed it. Code::conflict: another one stands there meanwhile.
    virtual base::Result<> set(base::OfficerId officer, SecondFactorRow factor, std::optional<Bytes> replaced,
                               std::vector<crypto::AuditEntry> entries) = 0;
};

} // namespace ports
