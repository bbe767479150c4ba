#include "storage/officer_store.h"

#include "storage/reporter_store.h"

namespace storage {

namespace {

struct Standing {
    crypto::Epoch epoch;
    std::uint32_t version;
    bool closed;
};

Result<Standing> standing(Database &database, base::CaseId id, Day today) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_NEWEST_EPOCH ", c.version, c.closed_on "
                                               "FROM complaint_case AS c WHERE c.case_id = ?1 AND c.visible_from <= ?2",
                                               {id, today}));
    ASSIGN_OR_RETURN(const auto found, first(std::move(rows), [](Rows &row) {
                         const auto epoch = row.number<crypto::Epoch>();
                         const auto version = row.number<std::uint32_t>();
                         return Standing{epoch, version, !row.null()};
                     }));
    if (!found) return base::fail(Code::not_found, "no such case");
    return *found;
}

bool belongs(const crypto::SealedObject &object, crypto::Kind kind, base::CaseId id) {
    return object.header.kind == kind && object.header.case_id == id && !object.header.author.is_zero();
}

Result<std::uint32_t> one_number(Result<Rows> rows) {
    if (!rows) return std::unexpected(rows.error());
    ASSIGN_OR_RETURN(const auto found, first(std::move(*rows), [](Rows &row) { return row.number<std::uint32_t>(); }));
    return found.value_or(0);
}

// A random number that no case of the series has: counting would show an excluded officer, by the number of another
// restricted case, that one before it is hidden. `count`: how many the series has, this one included.
Result<std::uint32_t> unused_number(Database &database, const ports::RegisterNumber &wanted, std::uint32_t count) {
    const std::uint32_t least = count < 4500 ? 1000 : 100'000; // half of the four-digit numbers at most
    for (;;) {
        const auto random = base::random_id_bytes();
        std::uint64_t value = 0;
        std::memcpy(&value, random.data(), sizeof value);
        const auto number = static_cast<std::uint32_t>(least + value % (std::uint64_t{least} * 9));
        ASSIGN_OR_RETURN(const auto taken,
                         one_number(database.query("SELECT count(*) FROM complaint_case WHERE series = ?1 AND year = ?2 "
                                                   "AND number = ?3",
                                                   {wanted.series, wanted.year, number})));
        if (taken == 0) return number;
    }
}

// Inside the move's own savepoint: a move that fails gives its number back, so the open series has no gaps.
Result<ports::RegisterNumber> take_number(Database &database, base::CaseId id, ports::RegisterNumber wanted) {
    RETURN_IF_FAILED(database.run("INSERT INTO register_counter (series, year, last) VALUES (?1, ?2, 1) "
                                  "ON CONFLICT (series, year) DO UPDATE SET last = last + 1",
                                  {wanted.series, wanted.year}));
    ASSIGN_OR_RETURN(wanted.number,
                     one_number(database.query("SELECT last FROM register_counter WHERE series = ?1 AND year = ?2",
                                               {wanted.series, wanted.year})));
    if (wanted.series == ports::RegisterNumber::Series::restricted) {
        ASSIGN_OR_RETURN(wanted.number, unused_number(database, wanted, wanted.number));
    }
    RETURN_IF_FAILED(database.run("UPDATE complaint_case SET series = ?2, year = ?3, number = ?4 "
                                  "WHERE case_id = ?1 AND number IS NULL",
                                  {id, wanted.series, wanted.year, wanted.number}));
    if (database.changes() != 1) return base::fail(Code::conflict, "the case stands in the register already");
    return wanted;
}

Result<ports::RegisterNumber> make_move(Database &database, const ports::Move &move, const ChainHash &hash) {
    ASSIGN_OR_RETURN(const Standing now, standing(database, move.case_id, move.today));
    if (now.version != move.expected_version || now.closed != move.reopens)
        return base::fail(Code::conflict, "the case has moved on");
    if (move.object.header.epoch != now.epoch || (move.reply && move.reply->header.epoch != now.epoch))
        return base::fail(Code::conflict, "the case has a newer key");
    if (move.expected_follow_ups) {
        ASSIGN_OR_RETURN(const std::uint32_t written,
                         one_number(database.query("SELECT count(*) FROM object WHERE case_id = ?1 AND visible_from <= ?4 "
                                                   "AND (kind = ?2 OR kind = ?3 AND author = ?5)",
                                                   {move.case_id, crypto::Kind::follow_up, crypto::Kind::file, move.today,
                                                    base::OfficerId()})));
        if (written != *move.expected_follow_ups) return base::fail(Code::conflict, "the reporter has written more");
    }
    ports::RegisterNumber number;
    if (move.take_number) {
        ASSIGN_OR_RETURN(number, take_number(database, move.case_id, *move.take_number));
    }
    RETURN_IF_FAILED(insert_object(database, move.object, move.today, move.today, move.time));
    if (move.reply) RETURN_IF_FAILED(insert_object(database, *move.reply, move.today, move.today, move.time));
    for (const crypto::SealedSlot &slot : move.granted)
        RETURN_IF_FAILED(
            database.run("INSERT INTO slot (officer, purpose, case_id, epoch, sealed) VALUES (?, ?, ?, ?, ?) "
                         "ON CONFLICT (officer, purpose, case_id, epoch) DO UPDATE SET sealed = excluded.sealed",
                         {slot.officer, slot.purpose, move.case_id, now.epoch, slot.sealed}));
    const std::optional<Day> closed_on = move.closes ? std::optional(move.today) : std::nullopt;
    RETURN_IF_FAILED(database.run("UPDATE complaint_case SET state = ?2, version = version + 1, state_since = ?3, "
                                  "category = coalesce(?4, category), closed_on = ?5 WHERE case_id = ?1",
                                  {move.case_id, move.to, move.today, move.category, closed_on}));
    if (move.reopens) RETURN_IF_FAILED(database.run("DELETE FROM case_outcome WHERE case_id = ?1", {move.case_id}));
    for (std::size_t i = 0; i < move.outcomes.size(); ++i)
        RETURN_IF_FAILED(database.run("INSERT INTO case_outcome (case_id, allegation, outcome) VALUES (?, ?, ?)",
                                      {move.case_id, i + 1, move.outcomes[i]}));
    RETURN_IF_FAILED(note_standing(database, move.case_id, move.to, move.outcomes, move.today));
    RETURN_IF_FAILED(chain(database, hash, move.audit));
    return number;
}

// The same form came before, perhaps twice at once.
Result<std::optional<ports::EntryDone>> entered_before(Database &database, const ports::NewFiling &filing) {
    struct Found {
        ports::EntryDone done;
        Array<32> text, exclusions;
    };
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT case_id, series, year, number, text_tag, exclusion_tag FROM complaint_case "
                                               "WHERE lookup_tag = ?1 AND number IS NOT NULL",
                                               {filing.lookup_tag}));
    ASSIGN_OR_RETURN(const auto found, first(std::move(rows), [](Rows &row) {
                         Found out{};
                         out.done.id = row.id<base::CaseId>();
                         out.done.number.series = row.enumeration(ports::RegisterNumber::Series::restricted);
                         out.done.number.year = row.number<std::int32_t>();
                         out.done.number.number = row.number<std::uint32_t>();
                         out.done.before = true;
                         out.text = row.array<32>();
                         out.exclusions = row.array<32>();
                         return out;
                     }));
    if (!found) return std::nullopt;
    if (found->text != filing.text_tag || found->exclusions != filing.exclusion_tag)
        return base::fail(Code::conflict, "the form was entered before, with other text");
    return found->done;
}

Result<> check(const ports::Move &move) {
    if (!belongs(move.object, crypto::Kind::move, move.case_id) ||
        (move.reply && !belongs(*move.reply, crypto::Kind::reply, move.case_id)))
        return base::fail(Code::invalid, "a move whose parts do not belong together");
    if (!move.closes && !move.outcomes.empty())
        return base::fail(Code::invalid, "outcomes of a case that does not close");
    return {};
}

Result<> insert_officer(Database &database, const ports::NewOfficer &officer) {
    const ports::OfficerRow &row = officer.row;
    RETURN_IF_FAILED(database.run(
        "INSERT INTO officer (officer, login, display_name, salt, password_operations, password_memory, "
        "authentication_hash, key_generation, box, sign, sealed_keys, disabled) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?)",
        {row.id, row.login, row.display_name, row.salt, row.password_operations, row.password_memory,
         row.authentication_hash, row.key_generation, row.box.bytes, row.sign.bytes, row.sealed_keys, row.disabled}));
    if (row.second_factor) RETURN_IF_FAILED(insert_second_factor(database, row.id, *row.second_factor));
    if (!officer.certificate.empty())
        RETURN_IF_FAILED(database.run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
                                      {crypto::digest(officer.certificate), row.id, officer.certificate}));
    for (const Bytes &appointment : officer.appointments) {
        ASSIGN_OR_RETURN(const auto stored, crypto::StoredAppointment::parse(appointment));
        RETURN_IF_FAILED(database.run("INSERT INTO appointment (appointment, officer, signed) VALUES (?, ?, ?)",
                                      {stored.fields.id, row.id, appointment}));
    }
    return raise_roster_version(database);
}

Result<> check_countersigned_head(Database &database, const ports::Countersignature &signature) {
    if (signature.sequence == 0 && signature.head == Array<32>{}) return {}; // the head before the first entry
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM audit WHERE sequence = ?1 AND hash = ?2",
                                               {signature.sequence, signature.head}));
    ASSIGN_OR_RETURN(const bool stands, rows.next());
    if (!stands) return base::fail(Code::conflict, "the countersigned head does not stand in the log");
    return {};
}

} // namespace

Result<ports::RegisterNumber> OfficerWriter::move(ports::Move move) {
    RETURN_IF_FAILED(check(move));
    return writer_.commit([&](Database &database) { return make_move(database, move, hash_); });
}

Result<> OfficerWriter::reply(ports::Reply reply) {
    if (!belongs(reply.object, crypto::Kind::reply, reply.case_id))
        return base::fail(Code::invalid, "a reply whose parts do not belong together");
    return writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(const Standing now, standing(database, reply.case_id, reply.today));
        if (reply.object.header.epoch != now.epoch) return base::fail(Code::conflict, "the case has a newer key");
        RETURN_IF_FAILED(insert_object(database, reply.object, reply.today, reply.today, reply.time));
        return chain(database, hash_, reply.audit);
    });
}

Result<> OfficerWriter::title(ports::CaseTitle title) {
    if (!belongs(title.object, crypto::Kind::title, title.case_id))
        return base::fail(Code::invalid, "a title whose parts do not belong together");
    return writer_.commit([&](Database &database) -> Result<> {
        ASSIGN_OR_RETURN(const Standing now, standing(database, title.case_id, title.today));
        if (title.object.header.epoch != now.epoch) return base::fail(Code::conflict, "the case has a newer key");
        ASSIGN_OR_RETURN(const std::uint32_t titles,
                         one_number(database.query("SELECT count(*) FROM object WHERE case_id = ?1 AND kind = ?2",
                                                   {title.case_id, crypto::Kind::title})));
        if (titles != title.expected_titles) return base::fail(Code::conflict, "the case was named meanwhile");
        // No time of day in the row, though an officer's act: its audit entry has it.
        RETURN_IF_FAILED(insert_object(database, title.object, title.today, title.today, 0));
        return chain(database, hash_, std::span(&title.audit, 1));
    });
}

Result<ports::EntryDone> OfficerWriter::enter(ports::NewEntry entry) {
    RETURN_IF_FAILED(check(entry.move));
    if (entry.move.case_id != entry.filing.sealed.record.case_id)
        return base::fail(Code::invalid, "a move of another case than the one that is entered");
    return writer_.commit([&](Database &database) -> Result<ports::EntryDone> {
        ASSIGN_OR_RETURN(const auto before, entered_before(database, entry.filing));
        if (before) return *before;
        RETURN_IF_FAILED(insert_filing(database, entry.filing));
        RETURN_IF_FAILED(chain(database, hash_, entry.filing.audit));
        ASSIGN_OR_RETURN(const auto number, make_move(database, entry.move, hash_));
        return ports::EntryDone{entry.move.case_id, number};
    });
}

Result<> OfficerWriter::append_audit(std::vector<crypto::AuditEntry> entries) {
    return writer_.commit([&](Database &database) { return chain(database, hash_, entries); });
}

Result<std::uint32_t> OfficerWriter::add_print(crypto::AuditEntry entry) {
    if (entry.event != crypto::AuditEvent::case_printed || entry.object.is_zero())
        return base::fail(Code::invalid, "a print that is none");
    return writer_.commit([&](Database &database) -> Result<std::uint32_t> {
        RETURN_IF_FAILED(chain(database, hash_, std::span(&entry, 1)));
        ASSIGN_OR_RETURN(const auto prints, logged_prints(database, entry.subject));
        return static_cast<std::uint32_t>(prints.size());
    });
}

Result<> OfficerWriter::countersign(ports::Countersignature signature, crypto::AuditEntry entry) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(check_countersigned_head(database, signature));
        RETURN_IF_FAILED(
            database.run("INSERT INTO countersignature (officer, day, sequence, head, roster_version, signature) "
                         "VALUES (?, ?, ?, ?, ?, ?)",
                         {signature.officer, signature.day, signature.sequence, signature.head,
                          signature.roster_version, signature.signature}));
        return chain(database, hash_, std::span(&entry, 1));
    });
}

Result<> OfficerWriter::add_officer(ports::NewOfficer officer, std::vector<crypto::AuditEntry> audit) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(insert_officer(database, officer));
        return chain(database, hash_, audit);
    });
}

} // namespace storage
