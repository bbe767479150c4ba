#include "storage/second_factor.h"

namespace storage {

Result<> insert_second_factor(Database &database, base::OfficerId officer, const ports::SecondFactorRow &factor) {
    return database.run("INSERT INTO second_factor (officer, sealed, last_step) VALUES (?, ?, ?)",
                        {officer, factor.sealed, factor.last_step});
}

// The one writer runs one command after the other: of two sign-ins with one code the second changes no row.
Result<> SecondFactorWriter::use_code(ports::CodeUsed used, std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("UPDATE second_factor SET last_step = ?3 WHERE officer = ?1 AND sealed = ?2 "
                                      "AND last_step < ?3 AND EXISTS (SELECT 1 FROM officer AS f WHERE f.officer = ?1 "
                                      "AND f.disabled = 0)",
                                      {used.officer, used.sealed, used.step}));
        if (database.changes() != 1) return base::fail(Code::conflict, "the code is used, or not of this factor");
        return chain(database, hash_, entries);
    });
}

Result<> SecondFactorWriter::set(base::OfficerId officer, ports::SecondFactorRow factor, std::optional<base::Bytes> replaced,
                                 std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        if (replaced) {
            RETURN_IF_FAILED(
                database.run("DELETE FROM second_factor WHERE officer = ?1 AND sealed = ?2", {officer, *replaced}));
            if (database.changes() != 1) return base::fail(Code::conflict, "another second factor stands there");
        }
        RETURN_IF_FAILED(insert_second_factor(database, officer, factor));
        return chain(database, hash_, entries);
    });
}

} // namespace storage
