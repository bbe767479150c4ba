// Behind the program's back, with its key: what no page does yet, or not without a telephone.
#pragma once

#include "crypto/officer/second_factor.h"
#include "storage/database.h"
#include "tests/inprocess/program.h"

namespace inprocess {

storage::Database database();
// From now on this officer's sign-in demands a code of the secret.
crypto::TotpSecret give_second_factor(const std::string &login);

} // namespace inprocess
