// To which case key a follow-up is sealed. The receipt vouches for the first only; later ones are vouched for by officers.
#pragma once

#include "crypto/reporter/epoch.h"
#include "service/usecases/reporter/context.h"

namespace usecases {

// The record whose key counts now. Code::refused when the row is not what the holder of the receipt filed, when a link of
// the chain of epochs is not signed by an officer with the reading right, or when the log knows other links than the store
// shows: one was withheld or forged.
base::Result<crypto::CaseRecord> case_key_now(ReporterContext &context, const crypto::ReceiptKeys &keys,
                                              const ports::ReporterCase &found);

} // namespace usecases
