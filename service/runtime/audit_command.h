// `sucharit audit verify`: holds the audit log against itself, against officers' signatures and against what it speaks of.
#pragma once

#include "service/usecases/officer/audit_verify.h"

#include <filesystem>
#include <string>

namespace runtime {

struct InspectOptions {
    std::filesystem::path folder;
    std::string credential;
    bool json = false;
};

// The report on stdout. 0: nothing was found; 1: something was, or the log could not be read.
int audit_verify(const InspectOptions &options);

// One line for people, without its number.
std::string describe(const usecases::AuditFinding &finding);

} // namespace runtime
