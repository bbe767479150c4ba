// Coming back with the receipt: the state in plain words, officers' messages, the dates of what was sent, and writing more.
// Never what was sent: a receipt taken by force must not show it.
#pragma once

#include "service/usecases/reporter/context.h"

#include <expected>

namespace usecases {

struct TrackMessage {
    base::Day day;
    domain::Post from;
    std::string text;     // empty when damaged
    bool damaged = false; // what stands in the store is not what an officer signed: said so instead of shown
};

struct TrackView {
    domain::State state; // catalogue key "told." + id(state)
    base::Day received;
    std::vector<TrackMessage> messages; // oldest first
    std::vector<base::Day> sent;
    struct SentFile {
        base::Day day;
        bool complete;
    };
    std::vector<SentFile> files; // by day; nothing else of them is shown
    domain::FileLimits file_limits;
    std::string once; // for the form that writes more
};

struct TrackRefused {
    enum class Why {
        not_28_digits, // fault of the field `receipt`
        wrong_check,   // 28 digits, one is mistyped
        unknown,       // well-formed, no such case
        damaged,       // the case's row is not what was filed
        faults,        // `fault` of the field `message` (empty, too long)
        form_expired,  // reload and send again; text kept
        busy,           // from reading: whatever the receipt is
        storage_failed, // the same
    };
    Why why;
    std::string_view fault_key; // catalogue key, for Why::faults
    std::size_t limit = 0, over = 0;
};

std::expected<TrackView, TrackRefused> track(ReporterContext &context, std::string_view typed_receipt);

// Writes more to the case. The same form again adds nothing and succeeds. The view has the new date in `sent`.
std::expected<TrackView, TrackRefused> write_more(ReporterContext &context, std::string_view typed_receipt,
                                                  std::string_view message, std::string_view once_field);

} // namespace usecases
