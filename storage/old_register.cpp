#include "storage/old_register.h"

#define SUCHARIT_ENTRY_COLUMNS "year, number, received, channel, category, state, outcome, closed"

namespace storage {

namespace {

domain::RegisterEntry read_entry(Rows &row) {
    domain::RegisterEntry out;
    out.year = row.number<int>();
    out.number = row.text();
    out.received = row.day();
    out.channel = row.text();
    out.category = row.text();
    out.state = row.enumeration(domain::State::closed);
    row.null() ? row.skip() : void(out.outcome = row.enumeration(domain::Outcome::general_grievance));
    row.null() ? row.skip() : void(out.closed = row.day());
    return out;
}

enum class Change { add, update, none };

Result<Change> change(Database &database, const domain::RegisterEntry &entry) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_ENTRY_COLUMNS " FROM register_entry "
                                               "WHERE year = ?1 AND number = ?2",
                                               {entry.year, entry.number}));
    ASSIGN_OR_RETURN(const auto standing, first(std::move(rows), read_entry));
    return !standing ? Change::add : *standing == entry ? Change::none : Change::update;
}

void count(ports::ImportCounts &counts, Change change) {
    ++(change == Change::add ? counts.added : change == Change::update ? counts.updated : counts.unchanged);
}

Result<> put(Database &database, const domain::RegisterEntry &entry) {
    return database.run("INSERT INTO register_entry (" SUCHARIT_ENTRY_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                        "ON CONFLICT (year, number) DO UPDATE SET received = excluded.received, "
                        "channel = excluded.channel, category = excluded.category, state = excluded.state, "
                        "outcome = excluded.outcome, closed = excluded.closed",
                        {entry.year, entry.number, entry.received, entry.channel, entry.category, entry.state,
                         entry.outcome, entry.closed});
}

// Of all rows as they stand (crypto/FORMAT.md, "Imports").
Result<Array<32>> content_digest(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_ENTRY_COLUMNS " FROM register_entry "
                                               "ORDER BY year, number"));
    base::Writer out;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) return crypto::digest(out.seen());
        const auto entry = read_entry(rows);
        RETURN_IF_FAILED(rows.sound());
        out.u32(static_cast<std::uint32_t>(entry.year))
            .text16(entry.number)
            .u32(static_cast<std::uint32_t>(entry.received.number))
            .text16(entry.channel)
            .text16(entry.category)
            .u8(static_cast<std::uint8_t>(entry.state))
            .u8(entry.outcome ? static_cast<std::uint8_t>(*entry.outcome) : std::uint8_t{0})
            .u32(entry.closed ? static_cast<std::uint32_t>(entry.closed->number) : 0);
    }
}

struct Import {
    ports::ImportCounts counts;
    Array<32> file{}, content{};
    Array<32> digest() const {
        return crypto::digest(base::Writer()
                                  .u64(counts.added)
                                  .u64(counts.updated)
                                  .u64(counts.unchanged)
                                  .raw(file)
                                  .raw(content)
                                  .seen());
    }
};

} // namespace

Result<ports::ImportCounts> RegisterReader::compare(std::span<const domain::RegisterEntry> entries) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(const auto state, Snapshot::begin(*database));
    ports::ImportCounts out;
    for (const domain::RegisterEntry &entry : entries) {
        ASSIGN_OR_RETURN(const Change found, change(*database, entry));
        count(out, found);
    }
    return out;
}

Result<ports::ImportCounts> RegisterWriter::import(std::span<const domain::RegisterEntry> entries, const Array<32> &file,
                                                   crypto::AuditEntry audit) {
    return writer_.commit([&](Database &database) -> Result<ports::ImportCounts> {
        Import done{{}, file, {}};
        for (const domain::RegisterEntry &entry : entries) {
            ASSIGN_OR_RETURN(const Change found, change(database, entry));
            count(done.counts, found);
            if (found != Change::none) RETURN_IF_FAILED(put(database, entry));
        }
        ASSIGN_OR_RETURN(done.content, content_digest(database));
        audit.digest = done.digest();
        RETURN_IF_FAILED(chain(database, hash_, std::span(&audit, 1)));
        ASSIGN_OR_RETURN(const auto head, chain_head(database));
        RETURN_IF_FAILED(database.run("INSERT INTO register_import (audit, added, updated, unchanged, file, content) "
                                      "VALUES (?, ?, ?, ?, ?, ?)",
                                      {head.sequence, done.counts.added, done.counts.updated, done.counts.unchanged,
                                       done.file, done.content}));
        return done.counts;
    });
}

Result<std::vector<Array<32>>> import_digests(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT added, updated, unchanged, file, content FROM register_import "
                                               "ORDER BY audit DESC"));
    ASSIGN_OR_RETURN(auto imports, collect(std::move(rows), [](Rows &row) {
                         Import out;
                         out.counts.added = row.number<std::uint64_t>();
                         out.counts.updated = row.number<std::uint64_t>();
                         out.counts.unchanged = row.number<std::uint64_t>();
                         out.file = row.array<32>();
                         out.content = row.array<32>();
                         return out;
                     }));
    ASSIGN_OR_RETURN(const auto content, content_digest(database));
    if (!imports.empty())
        imports.front().content = content;
    else if (content != crypto::digest({}))
        imports.push_back({{}, {}, content});
    std::vector<Array<32>> out;
    for (const Import &one : imports)
        out.push_back(one.digest());
    return out;
}

Result<> note_standing(Database &database, base::CaseId id, domain::State state, std::span<const domain::Outcome> outcomes,
                       Day today) {
    const auto next = domain::standing_in(state, outcomes);
    if (!next) return {};
    struct Last {
        std::uint32_t step = 0;
        domain::Standing standing = domain::Standing::open; // from its receipt on
    };
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT step, standing FROM case_standing WHERE case_id = ?1 "
                                               "ORDER BY step DESC LIMIT 1",
                                               {id}));
    ASSIGN_OR_RETURN(const auto found, first(std::move(rows), [](Rows &row) {
                         const auto step = row.number<std::uint32_t>();
                         return Last{step, row.enumeration(domain::Standing::uncounted)};
                     }));
    const Last last = found.value_or(Last{});
    if (last.standing == *next) return {};
    return database.run("INSERT INTO case_standing (case_id, step, since, standing) VALUES (?, ?, ?, ?)",
                        {id, last.step + 1, today, *next});
}

} // namespace storage
