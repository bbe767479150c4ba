#include "storage/mail.h"

namespace storage {

namespace {

Result<std::optional<Bytes>> sealed_settings(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT sealed FROM mail_settings"));
    return first(std::move(rows), [](Rows &row) { return row.bytes(); });
}

Result<std::optional<Day>> last_day(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT value FROM setting WHERE name = 'reminders_begun'"));
    return first(std::move(rows), [](Rows &row) { return row.day(); });
}

Result<> note_failure(Database &database, const std::optional<ports::MailFailure> &failure) {
    if (!failure) return database.run("DELETE FROM setting WHERE name = 'reminders_failed'");
    return database.run("INSERT INTO setting (name, value) VALUES ('reminders_failed', ?1) "
                        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        {*failure});
}

} // namespace

Result<std::optional<Bytes>> MailReader::settings() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return sealed_settings(*database);
}

Result<std::optional<Bytes>> MailReader::address(base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT sealed FROM mail_address WHERE officer = ?1", {officer}));
    return first(std::move(rows), [](Rows &row) { return row.bytes(); });
}

Result<std::vector<ports::MailAddressRow>> MailReader::addresses() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT officer, sealed FROM mail_address"));
    return collect(std::move(rows), [](Rows &row) {
        ports::MailAddressRow out;
        out.officer = row.id<base::OfficerId>();
        out.sealed = row.bytes();
        return out;
    });
}

Result<ports::MailStanding> MailReader::standing() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(const Snapshot snapshot, Snapshot::begin(*database));
    ports::MailStanding out;
    ASSIGN_OR_RETURN(out.last_day, last_day(*database));
    ASSIGN_OR_RETURN(Rows count, database->query("SELECT count(*) FROM reminder"));
    ASSIGN_OR_RETURN(const auto waiting,
                     first(std::move(count), [](Rows &row) { return row.number<std::uint64_t>(); }));
    out.waiting = waiting.value_or(0);
    ASSIGN_OR_RETURN(Rows failed, database->query("SELECT value FROM setting WHERE name = 'reminders_failed'"));
    ASSIGN_OR_RETURN(out.failure,
                     first(std::move(failed), [](Rows &row) { return row.enumeration(ports::MailFailure::stopped); }));
    return out;
}

Result<std::vector<ports::ReminderRow>> MailReader::waiting() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT message, officer FROM reminder ORDER BY message"));
    return collect(std::move(rows), [](Rows &row) {
        ports::ReminderRow out;
        out.message = row.array<16>();
        out.officer = row.id<base::OfficerId>();
        return out;
    });
}

Result<> MailWriter::set_settings(const std::optional<Bytes> &as_read, Bytes sealed, bool forget,
                                  crypto::AuditEntry entry) {
    return writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(const auto stands, sealed_settings(database));
        if (stands != as_read) return base::fail(Code::conflict, "the settings of the mail are others meanwhile");
        RETURN_IF_FAILED(database.run("INSERT INTO mail_settings (only, sealed) VALUES (1, ?1) "
                                      "ON CONFLICT (only) DO UPDATE SET sealed = excluded.sealed",
                                      {sealed}));
        if (forget) {
            RETURN_IF_FAILED(database.run("DELETE FROM reminder"));
            RETURN_IF_FAILED(note_failure(database, std::nullopt));
        }
        return chain(database, hash_, std::span(&entry, 1));
    });
}

Result<> MailWriter::set_address(base::OfficerId officer, std::optional<Bytes> sealed, crypto::AuditEntry entry) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("DELETE FROM mail_address WHERE officer = ?1", {officer}));
        if (sealed)
            RETURN_IF_FAILED(
                database.run("INSERT INTO mail_address (officer, sealed) VALUES (?, ?)", {officer, *sealed}));
        return chain(database, hash_, std::span(&entry, 1));
    });
}

Result<> MailWriter::begin_day(Day day, std::vector<ports::ReminderRow> rows) {
    return writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(const auto begun, last_day(database));
        if (begun == day) return base::fail(Code::conflict, "the reminders of that day were begun");
        RETURN_IF_FAILED(database.run("INSERT INTO setting (name, value) VALUES ('reminders_begun', ?1) "
                                      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                                      {day}));
        RETURN_IF_FAILED(database.run("DELETE FROM reminder"));
        for (const ports::ReminderRow &row : rows)
            RETURN_IF_FAILED(
                database.run("INSERT INTO reminder (message, officer) VALUES (?, ?)", {row.message, row.officer}));
        return note_failure(database, std::nullopt);
    });
}

Result<> MailWriter::sent(const ports::ReminderRow &row) {
    return writer_.commit(
        [&](Database &database) { return database.run("DELETE FROM reminder WHERE message = ?1", {row.message}); });
}

Result<> MailWriter::round_ended(std::optional<ports::MailFailure> failure) {
    return writer_.commit([&](Database &database) { return note_failure(database, failure); });
}

} // namespace storage
