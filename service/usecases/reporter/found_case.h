// The case of a receipt, found and verified: what tracking and adding files begin with.
#pragma once

#include "service/usecases/reporter/track.h"

namespace usecases {

struct FoundCase {
    crypto::ReceiptKeys keys;
    ports::ReporterCase found;
    crypto::CaseRecord record; // whose key a follow-up or a file is sealed to
};

// What a message or a file is sealed with that may be the answer to what was asked: the version of the case in which it is
// written. Nobody of the agency has to say that an answer has come: it takes the case on by itself, on the day officers see it.
std::optional<std::uint32_t> answers(const ports::CaseRow &row);

// What is no receipt costs what a wrong one costs: also the load that a request puts on the server says nothing.
std::expected<FoundCase, TrackRefused> find_case(ReporterContext &context, std::string_view typed_receipt);

std::expected<TrackView, TrackRefused> view_of(ReporterContext &context, const FoundCase &found);

} // namespace usecases
