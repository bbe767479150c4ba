#include "storage/account.h"

namespace storage {

namespace {

// The row as its author read it, or nothing is written on it. The authentication hash stands for passphrase and salt, and the
// generation for the keys.
Result<> still_as_read(Database &database, const ports::OfficerRow &row) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM officer WHERE officer = ?1 AND authentication_hash = ?2 "
                                               "AND key_generation = ?3 AND disabled = 0",
                                               {row.id, row.authentication_hash, row.key_generation}));
    ASSIGN_OR_RETURN(const bool stands, rows.next());
    if (!stands) return base::fail(Code::conflict, "the account is another one meanwhile");
    return {};
}

Result<> put_passphrase(Database &database, const ports::NewPassphrase &change) {
    RETURN_IF_FAILED(still_as_read(database, change.as_read));
    return database.run("UPDATE officer SET salt = ?2, password_operations = ?3, password_memory = ?4, "
                        "authentication_hash = ?5, sealed_keys = ?6 WHERE officer = ?1",
                        {change.as_read.id, change.salt, change.operations, change.memory, change.authentication_hash,
                         change.sealed_keys});
}

// A code that is taken at the same moment changes the last step, not the sealed secret, and stays taken.
Result<> put_second_factor(Database &database, const ports::NewPassphrase &change) {
    const auto &factor = change.as_read.second_factor;
    if (!factor) {
        ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM second_factor WHERE officer = ?1", {change.as_read.id}));
        ASSIGN_OR_RETURN(const bool enrolled, rows.next());
        if (enrolled) return base::fail(Code::conflict, "a second factor stands there meanwhile");
        return {};
    }
    RETURN_IF_FAILED(database.run("UPDATE second_factor SET sealed = ?3 WHERE officer = ?1 AND sealed = ?2",
                                  {change.as_read.id, factor->sealed, change.second_factor}));
    if (database.changes() != 1) return base::fail(Code::conflict, "another second factor stands there");
    return {};
}

Result<> put_recovery(Database &database, base::OfficerId officer, const ports::RecoveryRow &recovery) {
    return database.run("INSERT INTO recovery (officer, checked, sealed) VALUES (?, ?, ?) "
                        "ON CONFLICT (officer) DO UPDATE SET checked = excluded.checked, sealed = excluded.sealed",
                        {officer, recovery.check, recovery.sealed});
}

} // namespace

Result<std::optional<ports::RecoveryRow>> AccountReader::recovery(base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT checked, sealed FROM recovery WHERE officer = ?1", {officer}));
    return first(std::move(rows), [](Rows &row) {
        ports::RecoveryRow out;
        out.check = row.array<32>();
        out.sealed = row.bytes();
        return out;
    });
}

Result<std::optional<ports::FormerKeysRow>> AccountReader::former_keys(base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT generation, box, sign, sealed, since FROM former_keys "
                                                "WHERE officer = ?1",
                                                {officer}));
    return first(std::move(rows), [](Rows &row) {
        ports::FormerKeysRow out;
        out.generation = row.number<std::uint32_t>();
        out.box.bytes = row.array<32>();
        out.sign.bytes = row.array<32>();
        out.sealed = row.bytes();
        out.since = row.day();
        return out;
    });
}

Result<std::vector<ports::OwnSlot>> AccountReader::own_slots(base::OfficerId officer, const std::optional<ports::OwnSlot> &after,
                                                             std::size_t limit) {
    const ports::OwnSlot from = after.value_or(ports::OwnSlot{crypto::SlotPurpose{0}, {}, 0, {}});
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT purpose, case_id, epoch, sealed FROM slot WHERE officer = ?1 "
                                                "AND (purpose, case_id, epoch) > (?2, ?3, ?4) "
                                                "ORDER BY purpose, case_id, epoch LIMIT ?5",
                                                {officer, from.purpose, from.case_id, from.epoch, limit}));
    return collect(std::move(rows), [](Rows &row) {
        ports::OwnSlot out;
        out.purpose = row.enumeration(crypto::SlotPurpose::identity_key);
        out.case_id = row.id<base::CaseId>();
        out.epoch = row.number<crypto::Epoch>();
        out.sealed = row.bytes();
        return out;
    });
}

Result<> AccountWriter::change_passphrase(ports::NewPassphrase change, std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(put_passphrase(database, change));
        RETURN_IF_FAILED(put_second_factor(database, change));
        return chain(database, hash_, entries);
    });
}

Result<> AccountWriter::set_recovery(const ports::OfficerRow &as_read, ports::RecoveryRow recovery,
                                     std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(still_as_read(database, as_read));
        RETURN_IF_FAILED(put_recovery(database, as_read.id, recovery));
        return chain(database, hash_, entries);
    });
}

// The one writer runs one command after the other: of two who come with one code the second finds no such row.
Result<> AccountWriter::recover(ports::NewPassphrase change, const Array<32> &used, ports::RecoveryRow next,
                                std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("DELETE FROM recovery WHERE officer = ?1 AND checked = ?2", {change.as_read.id, used}));
        if (database.changes() != 1) return base::fail(Code::conflict, "the recovery code is used, or another one");
        RETURN_IF_FAILED(put_passphrase(database, change));
        RETURN_IF_FAILED(put_recovery(database, change.as_read.id, next));
        RETURN_IF_FAILED(database.run("DELETE FROM second_factor WHERE officer = ?1", {change.as_read.id}));
        return chain(database, hash_, entries);
    });
}

Result<> AccountWriter::rotate(ports::NewKeys keys, std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) -> Result<> {
        const base::OfficerId officer = keys.as_read.id;
        RETURN_IF_FAILED(still_as_read(database, keys.as_read));
        RETURN_IF_FAILED(database.run("INSERT INTO former_keys (officer, generation, box, sign, sealed, since) "
                                      "VALUES (?, ?, ?, ?, ?, ?)",
                                      {officer, keys.former.generation, keys.former.box.bytes, keys.former.sign.bytes,
                                       keys.former.sealed, keys.former.since}));
        RETURN_IF_FAILED(database.run("UPDATE officer SET key_generation = key_generation + 1, box = ?2, sign = ?3, "
                                      "sealed_keys = ?4 WHERE officer = ?1",
                                      {officer, keys.box.bytes, keys.sign.bytes, keys.sealed_keys}));
        RETURN_IF_FAILED(database.run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
                                      {crypto::digest(keys.certificate), officer, keys.certificate}));
        RETURN_IF_FAILED(put_recovery(database, officer, keys.recovery));
        RETURN_IF_FAILED(raise_roster_version(database));
        return chain(database, hash_, entries);
    });
}

Result<> AccountWriter::reseal(base::OfficerId officer, std::vector<ports::ResealedSlot> slots) {
    return writer_.commit([&](Database &database) -> Result<> {
        for (const ports::ResealedSlot &slot : slots)
            RETURN_IF_FAILED(database.run("UPDATE slot SET sealed = ?6 WHERE officer = ?1 AND purpose = ?2 AND case_id = ?3 "
                                          "AND epoch = ?4 AND sealed = ?5",
                                          {officer, slot.was.purpose, slot.was.case_id, slot.was.epoch, slot.was.sealed,
                                           slot.sealed}));
        return {};
    });
}

Result<> AccountWriter::forget_former(base::OfficerId officer, std::uint32_t generation) {
    return writer_.commit([&](Database &database) -> Result<> {
        return database.run("DELETE FROM former_keys WHERE officer = ?1 AND generation = ?2", {officer, generation});
    });
}

} // namespace storage
