// What can be told of a database file before SQLCipher opens it.
#pragma once

#include "storage/database.h"

namespace storage {

// create: none may be there. Else: it must be there and not be a plaintext one; SQLCipher would silently make another.
Result<> check_file(const std::filesystem::path &file, Database::Access access);

} // namespace storage
