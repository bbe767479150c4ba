#include "storage/audit_chain.h"

namespace storage {

namespace {

struct Stored {
    Bytes entry;
    std::optional<Array<32>> subject;
    std::optional<Array<16>> object;
};

// Zero means "names none" and is kept as NULL, outside of the index.
template <std::size_t N> std::optional<Array<N>> or_null(View bytes) {
    Array<N> out{};
    std::memcpy(out.data(), bytes.data(), N);
    return out == Array<N>{} ? std::nullopt : std::optional(out);
}

Stored stored(const crypto::AuditEntry &entry) {
    return {entry.encode(), or_null<32>(entry.subject), or_null<16>(entry.object.bytes())};
}

Result<> append(Database &database, const ChainHash &hash, ports::ChainHead &head, const Stored &entry) {
    head.hash = hash(head.sequence + 1, head.hash, entry.entry);
    ++head.sequence;
    return database.run("INSERT INTO audit (sequence, entry, hash, subject, object) VALUES (?, ?, ?, ?, ?)",
                        {head.sequence, entry.entry, head.hash, entry.subject, entry.object});
}

bool made_an_object(crypto::AuditEvent event) {
    using enum crypto::AuditEvent;
    return event == case_filed || event == case_entered || event == follow_up || event == case_moved || event == reply_sent ||
           event == access_recorded || event == file_added || event == file_attached || event == title_given;
}

} // namespace

Result<ports::ChainHead> chain_head(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1"));
    ASSIGN_OR_RETURN(const auto head, first(std::move(rows), [](Rows &row) {
                         ports::ChainHead out;
                         out.sequence = row.number<std::uint64_t>();
                         out.hash = row.array<32>();
                         return out;
                     }));
    return head.value_or(ports::ChainHead{});
}

Result<> check_head(Database &database, const ChainHash &hash) {
    ASSIGN_OR_RETURN(Rows rows,
                     database.query("SELECT sequence, entry, hash FROM audit ORDER BY sequence DESC LIMIT 2"));
    struct Link {
        std::uint64_t sequence;
        Bytes entry;
        Array<32> hash;
    };
    ASSIGN_OR_RETURN(const auto newest, collect(std::move(rows), [](Rows &row) {
                         const auto sequence = row.number<std::uint64_t>();
                         Bytes entry = row.bytes();
                         return Link{sequence, std::move(entry), row.array<32>()};
                     }));
    if (newest.empty()) return {};
    const Array<32> previous = newest.size() == 2 ? newest[1].hash : Array<32>{};
    const std::uint64_t before = newest.size() == 2 ? newest[1].sequence : 0;
    if (newest[0].sequence != before + 1 || hash(newest[0].sequence, previous, newest[0].entry) != newest[0].hash)
        return base::fail(Code::refused, "the end of the audit log does not fit its hash chain");
    return {};
}

Result<> check_chain(Database &database, const ChainHash &hash) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT sequence, entry, hash, subject, object FROM audit ORDER BY sequence"));
    ports::ChainHead head;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) break;
        const auto sequence = rows.number<std::uint64_t>();
        const Bytes entry = rows.bytes();
        const auto kept = rows.array<32>();
        const Bytes subject = rows.null() ? (rows.skip(), Bytes()) : rows.bytes();
        const Bytes object = rows.null() ? Bytes() : rows.bytes();
        RETURN_IF_FAILED(rows.sound());
        if (sequence != head.sequence + 1) return base::fail(Code::refused, "an entry of the audit log is missing");
        head = {sequence, hash(sequence, head.hash, entry)};
        if (head.hash != kept) return base::fail(Code::refused, "an entry of the audit log was altered");
        ASSIGN_OR_RETURN(const auto read, crypto::AuditEntry::decode(entry));
        const Stored wanted = stored(read);
        if ((wanted.subject ? base::copy(*wanted.subject) : Bytes()) != subject ||
            (wanted.object ? base::copy(*wanted.object) : Bytes()) != object)
            return base::fail(Code::refused, "an entry of the audit log is filed under another case");
    }
    ASSIGN_OR_RETURN(Rows unfit, database.query("SELECT count(*) FROM countersignature AS c LEFT JOIN audit AS a "
                                                "ON a.sequence = c.sequence WHERE c.sequence > 0 AND a.hash IS NOT c.head"));
    ASSIGN_OR_RETURN(const auto count, first(std::move(unfit), [](Rows &row) { return row.integer(); }));
    if (count.value_or(0) != 0) return base::fail(Code::refused, "the audit log is not the one that officers countersigned");
    return {};
}

Result<> chain(Database &database, const ChainHash &hash, std::span<const crypto::AuditEntry> entries) {
    ASSIGN_OR_RETURN(ports::ChainHead head, chain_head(database));
    for (const crypto::AuditEntry &entry : entries)
        RETURN_IF_FAILED(append(database, hash, head, stored(entry)));
    return {};
}

Result<> wait(Database &database, const crypto::AuditEntry &entry) {
    if (entry.time != 0 || !entry.actor.is_zero())
        return base::fail(Code::invalid, "a reporter's audit entry with a time of day or an actor");
    const Stored row = stored(entry);
    return database.run("INSERT INTO audit_waiting (id, entry, subject, object) VALUES (?, ?, ?, ?)",
                        {base::random_id_bytes(), row.entry, row.subject, row.object});
}

Result<bool> chain_waiting(Database &database, const ChainHash &hash, std::int64_t most) {
    struct Waiting {
        Array<16> id;
        Stored entry;
    };
    ASSIGN_OR_RETURN(Rows rows,
                     database.query("SELECT id, entry, subject, object FROM audit_waiting ORDER BY id LIMIT ?", {most}));
    ASSIGN_OR_RETURN(const auto waiting, collect(std::move(rows), [](Rows &row) {
                         Waiting out{row.array<16>(), {row.bytes(), std::nullopt, std::nullopt}};
                         row.null() ? row.skip() : void(out.entry.subject = row.array<32>());
                         row.null() ? row.skip() : void(out.entry.object = row.array<16>());
                         return out;
                     }));
    if (waiting.empty()) return false;
    ASSIGN_OR_RETURN(ports::ChainHead head, chain_head(database));
    for (const Waiting &one : waiting)
        RETURN_IF_FAILED(append(database, hash, head, one.entry));
    RETURN_IF_FAILED(database.run("DELETE FROM audit_waiting WHERE id <= ?", {waiting.back().id}));
    return std::ssize(waiting) == most;
}

namespace {

Result<std::vector<crypto::AuditEntry>> chained(Database &database, const Array<32> &subject, crypto::AuditEvent event) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT entry FROM audit WHERE subject = ?1 AND object IS NOT NULL "
                                               "ORDER BY sequence",
                                               {subject}));
    ASSIGN_OR_RETURN(const auto entries, collect(std::move(rows), [](Rows &row) { return row.bytes(); }));
    std::vector<crypto::AuditEntry> out;
    for (const Bytes &bytes : entries) {
        ASSIGN_OR_RETURN(const crypto::AuditEntry entry, crypto::AuditEntry::decode(bytes));
        if (entry.subject == subject && entry.event == event) out.push_back(entry);
    }
    return out;
}

} // namespace

Result<std::vector<Array<32>>> logged_epochs(Database &database, const Array<32> &subject) {
    ASSIGN_OR_RETURN(const auto entries, chained(database, subject, crypto::AuditEvent::epoch_begun));
    std::vector<Array<32>> out;
    for (const crypto::AuditEntry &entry : entries)
        out.push_back(entry.digest);
    return out;
}

Result<std::vector<crypto::AuditEntry>> logged_prints(Database &database, const Array<32> &subject) {
    return chained(database, subject, crypto::AuditEvent::case_printed);
}

Result<std::vector<ports::ObjectDigest>> digests(Database &database, const Array<32> &subject, base::CaseId id,
                                                 Day today) {
    struct Found {
        Bytes entry;
        std::optional<Day> visible_from; // of the object's row, if it stands and belongs to this case
    };
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT a.entry, o.visible_from FROM audit AS a "
                                               "LEFT JOIN object AS o ON o.object_id = a.object AND o.case_id = ?1 "
                                               "WHERE a.subject = ?2 AND a.object IS NOT NULL "
                                               "UNION ALL SELECT w.entry, o.visible_from FROM audit_waiting AS w "
                                               "LEFT JOIN object AS o ON o.object_id = w.object AND o.case_id = ?1 "
                                               "WHERE w.subject = ?2 AND w.object IS NOT NULL",
                                               {id, subject}));
    ASSIGN_OR_RETURN(const auto found, collect(std::move(rows), [](Rows &row) {
                         Found out{row.bytes(), std::nullopt};
                         row.null() ? row.skip() : void(out.visible_from = row.day());
                         return out;
                     }));
    std::vector<ports::ObjectDigest> out;
    for (const Found &row : found) {
        ASSIGN_OR_RETURN(const crypto::AuditEntry entry, crypto::AuditEntry::decode(row.entry));
        if (entry.subject != subject || !made_an_object(entry.event)) continue;
        // A row whose visible_from was pushed into the future must not hide its object for ever: then its absence is found.
        const bool due = entry.day.number + ports::longest_queue_delay < today.number;
        if (row.visible_from && *row.visible_from > today && !due) continue;
        out.push_back({entry.object, entry.digest, entry.day, entry.time});
    }
    return out;
}

} // namespace storage
