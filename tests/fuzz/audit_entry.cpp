// Entries of the audit log from the database: one spelling for each, and none of a reporter tells a time or an actor.
#include "crypto/reporter/audit_entry.h"
#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using crypto::AuditEvent;
    using fuzz::demand;
    base::Bytes bytes(data, data + size);
    for (const bool shaped : {false, true}) {
        if (shaped) { // the same with the right length, version and a small event number
            bytes.resize(111);
            bytes[0] = 1;
            bytes[1] %= 51;
            bytes[2] = 0;
        }
        const auto entry = crypto::AuditEntry::decode(bytes);
        if (!entry) continue;
        demand(bytes.size() == 111 && fuzz::same(entry->encode(), bytes));
        const unsigned event = bytes[1] + 256u * bytes[2];
        demand((event >= 1 && event <= 18) || (event >= 20 && event <= 27) || (event >= 30 && event <= 44) || event == 50);
        const bool of_a_reporter = entry->event == AuditEvent::case_filed || entry->event == AuditEvent::follow_up ||
                                   entry->event == AuditEvent::file_added;
        demand(!of_a_reporter ||
               (entry->time == 0 && entry->actor.is_zero() &&
                std::ranges::all_of(base::View(bytes).subspan(7, 24), [](auto b) { return b == 0; })));
    }
    return 0;
}
