// The schema as numbered steps. A step that has been released never changes: its checksum is stored and compared.
#pragma once

#include "storage/database.h"

#include <span>

namespace storage {

struct Migration {
    std::int64_t number; // 1, 2, 3 …
    Sql statements;
};

std::span<const Migration> migrations();

// Brings the database to the newest step, each in one transaction. Code::refused when a stored checksum differs or the
// database was written by a newer program.
Result<> migrate(Database &database, std::span<const Migration> steps = migrations());

// For who only reads: Code::refused also when a step is still to come.
Result<> check_schema(Database &database);

} // namespace storage
