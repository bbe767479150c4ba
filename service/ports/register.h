// The counting facts of an old register: rows of their own, no cases. Nothing of them is a text.
#pragma once

#include "service/domain/register_file.h"
#include "service/ports/rows.h"

namespace ports {

struct ImportCounts {
    std::uint64_t added = 0, updated = 0, unchanged = 0;
    bool operator==(const ImportCounts &) const = default;
};

class RegisterReads {
public:
    virtual ~RegisterReads() = default;
    // What an import of these rows would do now.
    virtual base::Result<ImportCounts> compare(std::span<const domain::RegisterEntry> entries) = 0;
};

class RegisterWrites {
public:
    virtual ~RegisterWrites() = default;
    // All rows or none, in one commit. A row with the year and the number of one that stands replaces it. `file`: digest of what
    // they were read from. `audit` gets its digest here: of the row that says how many there were and what stands since.
    virtual base::Result<ImportCounts> import(std::span<const domain::RegisterEntry> entries, const Array<32> &file,
                                              crypto::AuditEntry audit) = 0;
};

} // namespace ports
