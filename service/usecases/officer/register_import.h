// The counting facts of an old register, taken in by whoever runs the machine. No text comes this way: the operator never holds
// what was complained of.
#pragma once

#include "service/domain/agency_profile.h"
#include "service/usecases/officer/admin_invitation.h"

#include <functional>

namespace usecases {

// The names by which an agency's registers may call channels and categories: ids, the program's wording and the agency's own.
using WordingOf = std::function<std::string(std::string_view key)>; // of the catalogue, "channel.phone"
domain::RegisterNames register_names(const domain::AgencyProfile &profile, std::span<const WordingOf> languages);

// All rows in one commit, and the entry of the log. `file`: its bytes.
base::Result<ports::ImportCounts> import_register(const AtTheMachine &at, std::span<const domain::RegisterEntry> entries, base::View file);

} // namespace usecases
