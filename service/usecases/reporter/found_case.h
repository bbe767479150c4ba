// The case of a receipt, found and verified: what tracking and adding files begin with.
#pragma once

#include "service/usecases/reporter/track.h"

namespace usecases {

struct FoundCase {
    crypto::ReceiptKeys keys;
    ports::ReporterCase found;
    crypto::CaseRecord record; // whose key a follow-up or a file is sealed to
};

// What is no receipt costs what a wrong one costs: also the load that a request puts on the server says nothing.
std::expected<FoundCase, TrackRefused> find_case(ReporterContext &context, std::string_view typed_receipt);

std::expected<TrackView, TrackRefused> view_of(ReporterContext &context, const FoundCase &found);

} // namespace usecases
