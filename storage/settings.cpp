#include "storage/settings.h"

#define SUCHARIT_SETTINGS_COLUMNS                                                                                      \
    "s.version, s.document, s.time, s.author, s.second, a.entry FROM agency_settings AS s "                            \
    "LEFT JOIN audit AS a ON a.sequence = s.audit "

namespace storage {

namespace {

// The next column: the entry of the log that the row names, or nothing.
bool is_logged(Rows &row, crypto::AuditEvent event, std::string_view document) {
    if (row.null()) return false;
    const auto read = crypto::AuditEntry::decode(row.blob());
    return read && read->event == event && read->digest == crypto::digest(base::view(document));
}

ports::SettingsRow read_settings(Rows &row) {
    ports::SettingsRow out;
    out.version = row.number<std::uint64_t>();
    out.document = row.text();
    out.time = row.integer();
    out.author = row.id<base::OfficerId>();
    if (row.null())
        row.skip();
    else
        out.second = row.id<base::OfficerId>();
    out.in_log = is_logged(row, crypto::AuditEvent::settings_changed, out.document);
    return out;
}

Result<std::uint64_t> newest_version(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT version FROM agency_settings ORDER BY version DESC LIMIT 1"));
    ASSIGN_OR_RETURN(const auto found, first(std::move(rows), [](Rows &row) { return row.number<std::uint64_t>(); }));
    return found.value_or(0);
}

// The entry is chained first, so that the row can name its place.
Result<std::uint64_t> logged(Database &database, const ChainHash &hash, const crypto::AuditEntry &entry) {
    RETURN_IF_FAILED(chain(database, hash, std::span(&entry, 1)));
    ASSIGN_OR_RETURN(const auto head, chain_head(database));
    return head.sequence;
}

Result<> close_proposal(Database &database, base::ProposalId id) {
    RETURN_IF_FAILED(database.run("DELETE FROM settings_proposal WHERE proposal = ?1", {id}));
    if (database.changes() != 1) return base::fail(Code::conflict, "the proposal is not open any more");
    return {};
}

Result<> make_version(Database &database, const ChainHash &hash, const ports::SettingsRow &row,
                      const std::optional<base::ProposalId> &confirms, const crypto::AuditEntry &audit) {
    ASSIGN_OR_RETURN(const std::uint64_t newest, newest_version(database));
    if (row.version != newest + 1) return base::fail(Code::conflict, "the settings have another version by now");
    if (confirms) {
        RETURN_IF_FAILED(close_proposal(database, *confirms));
        RETURN_IF_FAILED(database.run("UPDATE emblem SET proposal = NULL WHERE proposal = ?1", {*confirms}));
    }
    ASSIGN_OR_RETURN(const std::uint64_t place, logged(database, hash, audit));
    return database.run("INSERT INTO agency_settings (version, document, time, author, second, audit) "
                        "VALUES (?, ?, ?, ?, ?, ?)",
                        {row.version, row.document, row.time, row.author, row.second, place});
}

} // namespace

Result<std::optional<ports::SettingsRow>> SettingsReader::newest() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT " SUCHARIT_SETTINGS_COLUMNS "ORDER BY s.version DESC LIMIT 1"));
    return first(std::move(rows), read_settings);
}

Result<std::vector<ports::SettingsRow>> SettingsReader::versions(std::uint64_t most) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT " SUCHARIT_SETTINGS_COLUMNS "ORDER BY s.version DESC LIMIT ?1", {most}));
    return collect(std::move(rows), read_settings);
}

Result<std::optional<ports::SettingsRow>> SettingsReader::version(std::uint64_t number) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_SETTINGS_COLUMNS "WHERE s.version = ?1", {number}));
    return first(std::move(rows), read_settings);
}

Result<std::optional<ports::ProposalRow>> SettingsReader::proposal() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT p.proposal, p.document, p.time, p.author, a.entry "
                                                "FROM settings_proposal AS p LEFT JOIN audit AS a ON a.sequence = p.audit "
                                                "LIMIT 1"));
    return first(std::move(rows), [](Rows &row) {
        ports::ProposalRow out;
        out.id = row.id<base::ProposalId>();
        out.document = row.text();
        out.time = row.integer();
        out.author = row.id<base::OfficerId>();
        out.in_log = is_logged(row, crypto::AuditEvent::settings_proposed, out.document);
        return out;
    });
}

Result<> SettingsWriter::change(ports::SettingsRow row, std::optional<base::ProposalId> confirms,
                                crypto::AuditEntry audit) {
    if (confirms.has_value() != row.second.has_value())
        return base::fail(Code::invalid, "a second person without a proposal, or the reverse");
    return writer_.commit(
        [&](Database &database) { return make_version(database, hash_, row, confirms, audit); });
}

Result<> SettingsWriter::propose(ports::ProposalRow row, std::optional<ports::FileName> emblem,
                                 crypto::AuditEntry audit) {
    const auto done = writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM settings_proposal"));
        ASSIGN_OR_RETURN(const bool open, rows.next());
        if (open) return base::fail(Code::conflict, "another proposal is open");
        ASSIGN_OR_RETURN(const std::uint64_t place, logged(database, hash_, audit));
        if (emblem) // one that a version names is that version's
            RETURN_IF_FAILED(database.run("INSERT OR IGNORE INTO emblem (name, day, proposal) VALUES (?, ?, ?)",
                                          {*emblem, audit.day, row.id}));
        return database.run("INSERT INTO settings_proposal (proposal, document, time, author, audit) "
                            "VALUES (?, ?, ?, ?, ?)",
                            {row.id, row.document, row.time, row.author, place});
    });
    if (!done && emblem) drop(*emblem);
    return done;
}

Result<> SettingsWriter::withdraw(base::ProposalId id, crypto::AuditEntry audit) {
    ASSIGN_OR_RETURN(const auto emblem, writer_.commit([&](Database &database) -> Result<std::optional<ports::FileName>> {
        RETURN_IF_FAILED(close_proposal(database, id));
        ASSIGN_OR_RETURN(Rows rows, database.query("SELECT name FROM emblem WHERE proposal = ?1", {id}));
        ASSIGN_OR_RETURN(const auto name, first(std::move(rows), [](Rows &row) { return row.id<ports::FileName>(); }));
        RETURN_IF_FAILED(database.run("DELETE FROM emblem WHERE proposal = ?1", {id}));
        RETURN_IF_FAILED(chain(database, hash_, std::span(&audit, 1)));
        return name;
    }));
    if (emblem) drop(*emblem);
    return {};
}

// Whatever became of the commit. What stays without a row all the same, the next start sweeps.
void SettingsWriter::drop(ports::FileName emblem) {
    const auto named = writer_.commit([&](Database &database) -> Result<bool> {
        ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM emblem WHERE name = ?1", {emblem}));
        return rows.next();
    });
    if (named && !*named) (void)store_.remove(emblem);
}

} // namespace storage
