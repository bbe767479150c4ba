// The audit log as an auditor reads it: who did what when, with pseudonyms for cases. Never a case id, number, state or text.
#pragma once

#include "service/usecases/officer/session.h"

namespace usecases {

inline constexpr std::size_t audit_page_entries = 100, audit_page_signatures = 20;

struct AuditFilter {
    std::optional<base::OfficerId> officer;
    std::optional<crypto::AuditEvent> event;
    std::optional<base::Day> from, until; // both inclusive
    std::string pseudonym;                // of a case: its first hex digits, or empty
};
enum class AuditTurn { newest, older, newer };

struct AuditLine {
    std::uint64_t sequence = 0;
    crypto::AuditEntry entry;
    std::string officer; // empty: a reporter or the system
    bool malformed = false;
};
struct AuditSigned {
    base::Day day;
    std::string officer;
    std::uint64_t sequence = 0;
    base::Array<32> head{};
};
struct AuditPage {
    std::vector<AuditLine> lines; // newest first
    bool older = false, newer = false; // may there be more?
    std::uint64_t below = 0, above = 0; // where the next page in either direction begins
    std::uint64_t entries = 0, waiting = 0; // of the whole log
    std::vector<AuditSigned> signatures; // the newest
    std::vector<std::pair<base::OfficerId, std::string>> officers; // to filter by
};

// `at`: the number at which the page begins, for older and newer.
base::Result<AuditPage> audit_page(const domain::Permitted<domain::Action::read_audit> &permitted, OfficerContext &context,
                                   const AuditFilter &filter, AuditTurn turn, std::uint64_t at);

} // namespace usecases
