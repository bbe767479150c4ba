// `sucharit officer list`: who has an account, which posts they hold today and whether they may sign in. No secret.
#pragma once

#include "service/runtime/audit_command.h"

namespace runtime {

int officer_list(const InspectOptions &options);

} // namespace runtime
