#include "storage/roster.h"

namespace storage {

namespace {

#define SUCHARIT_ACCOUNT_COLUMNS                                                                                       \
    "officer, login, display_name, rights, proposed_by, proposed_on, invited_until FROM account_proposal"

ports::ProposedAccount read_account(Rows &row) {
    ports::ProposedAccount out;
    out.officer = row.id<base::OfficerId>();
    out.login = row.text();
    out.display_name = row.text();
    out.rights.bits = row.number<std::uint8_t>();
    out.proposed_by = row.id<base::OfficerId>();
    out.proposed_on = row.day();
    if (!row.null()) out.invited_until = row.day();
    return out;
}

ports::ProposedPost read_post(Rows &row) {
    ports::ProposedPost out;
    out.id = row.id<base::AppointmentId>();
    out.officer = row.id<base::OfficerId>();
    out.post = row.number<std::uint8_t>();
    out.capacity = row.number<std::uint8_t>();
    out.from = row.day();
    out.until = row.day();
    out.order = row.text();
    out.proposed_by = row.id<base::OfficerId>();
    out.proposed_on = row.day();
    return out;
}

ports::ProposedEnding read_ending(Rows &row) {
    ports::ProposedEnding out;
    out.appointment = row.id<base::AppointmentId>();
    out.last_day = row.day();
    out.proposed_by = row.id<base::OfficerId>();
    out.proposed_on = row.day();
    return out;
}

// Who decides by the roster decides again when it has changed: two vouchers could else disable each other at once.
Result<> expect_roster(Database &database, std::uint64_t version) {
    ASSIGN_OR_RETURN(const auto now, read_roster_version(database));
    if (now != version) return base::fail(Code::conflict, "the roster has changed");
    return {};
}

Result<> disable(Database &database, base::OfficerId officer) {
    RETURN_IF_FAILED(database.run("UPDATE officer SET disabled = 1 WHERE officer = ?1", {officer}));
    if (database.changes() != 1) return base::fail(Code::not_found, "an officer to disable");
    return raise_roster_version(database);
}

Result<> insert_account(Database &database, const ports::ProposedAccount &account, const ports::Proposal &proposal) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT 1 FROM officer WHERE login = ?1 AND officer <> ?2",
                                               {account.login, account.officer}));
    ASSIGN_OR_RETURN(const bool taken, rows.next());
    if (taken) return base::fail(Code::conflict, "the login is taken");
    return database.run(
        "INSERT INTO account_proposal (officer, login, display_name, rights, proposed_by, proposed_on, invitation, "
        "invited_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (officer) DO UPDATE SET login = excluded.login, "
        "display_name = excluded.display_name, rights = excluded.rights, proposed_by = excluded.proposed_by, "
        "proposed_on = excluded.proposed_on, invitation = excluded.invitation, invited_until = excluded.invited_until",
        {account.officer, account.login, account.display_name, account.rights.bits, account.proposed_by,
         account.proposed_on, proposal.invitation, account.invited_until});
}

Result<> insert_proposal(Database &database, const ports::Proposal &proposal) {
    RETURN_IF_FAILED(expect_roster(database, proposal.roster_version));
    if (proposal.account) RETURN_IF_FAILED(insert_account(database, *proposal.account, proposal));
    for (const ports::ProposedPost &post : proposal.posts)
        RETURN_IF_FAILED(
            database.run("INSERT INTO post_proposal (appointment, officer, post, capacity, first_day, last_day, "
                         "order_number, proposed_by, proposed_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         {post.id, post.officer, post.post, post.capacity, post.from, post.until, post.order,
                          post.proposed_by, post.proposed_on}));
    for (const ports::ProposedEnding &ending : proposal.endings)
        RETURN_IF_FAILED(
            database.run("INSERT INTO ending_proposal (appointment, last_day, proposed_by, proposed_on) "
                         "VALUES (?, ?, ?, ?) ON CONFLICT (appointment) DO UPDATE SET last_day = excluded.last_day, "
                         "proposed_by = excluded.proposed_by, proposed_on = excluded.proposed_on",
                         {ending.appointment, ending.last_day, ending.proposed_by, ending.proposed_on}));
    if (proposal.disable) RETURN_IF_FAILED(disable(database, *proposal.disable));
    return {};
}

Result<> put_row(Database &database, const ports::OfficerRow &row) {
    return database.run(
        "INSERT INTO officer (officer, login, display_name, salt, password_operations, password_memory, "
        "authentication_hash, key_generation, box, sign, sealed_keys, disabled) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (officer) DO UPDATE SET login = excluded.login, "
        "display_name = excluded.display_name, salt = excluded.salt, "
        "password_operations = excluded.password_operations, password_memory = excluded.password_memory, "
        "authentication_hash = excluded.authentication_hash, key_generation = excluded.key_generation, "
        "box = excluded.box, sign = excluded.sign, sealed_keys = excluded.sealed_keys, disabled = 0",
        {row.id, row.login, row.display_name, row.salt, row.password_operations, row.password_memory,
         row.authentication_hash, row.key_generation, row.box.bytes, row.sign.bytes, row.sealed_keys});
}

Result<> take_invitation(Database &database, const ports::Redeemed &redeemed) {
    RETURN_IF_FAILED(
        database.run("UPDATE account_proposal SET invitation = NULL, invited_until = NULL "
                     "WHERE officer = ?1 AND invitation = ?2 AND invited_until >= ?3 AND login = ?4 AND display_name = ?5",
                     {redeemed.row.id, redeemed.invitation, redeemed.today, redeemed.row.login, redeemed.row.display_name}));
    if (database.changes() != 1) return base::fail(Code::not_found, "an invitation that holds");
    RETURN_IF_FAILED(put_row(database, redeemed.row));
    // What was sealed under the passphrase before goes, and the list that the keys before had signed.
    RETURN_IF_FAILED(database.run("DELETE FROM second_factor WHERE officer = ?1", {redeemed.row.id}));
    RETURN_IF_FAILED(database.run("DELETE FROM recovery WHERE officer = ?1", {redeemed.row.id}));
    RETURN_IF_FAILED(database.run("DELETE FROM former_keys WHERE officer = ?1", {redeemed.row.id}));
    RETURN_IF_FAILED(database.run("DELETE FROM roster_seen WHERE officer = ?1", {redeemed.row.id}));
    return raise_roster_version(database);
}

Result<> insert_signed(Database &database, const ports::SignedActs &acts) {
    for (const auto &certificate : acts.certificates)
        RETURN_IF_FAILED(
            database.run("INSERT INTO certificate (digest, officer, certificate) VALUES (?, ?, ?)",
                         {crypto::digest(certificate.stored), certificate.officer, certificate.stored}));
    // A row of the same serial that does not count must not stand in the way of one that does.
    for (const crypto::SignedRevocation &revocation : acts.revocations)
        RETURN_IF_FAILED(database.run(
            "INSERT INTO revocation (serial, day, issuer, signature) VALUES (?, ?, ?, ?) ON CONFLICT (serial) "
            "DO UPDATE SET day = excluded.day, issuer = excluded.issuer, signature = excluded.signature",
            {revocation.serial, revocation.day, revocation.issuer, revocation.signature}));
    for (const Bytes &appointment : acts.appointments) {
        ASSIGN_OR_RETURN(const auto stored, crypto::StoredAppointment::parse(appointment));
        RETURN_IF_FAILED(database.run("INSERT INTO appointment (appointment, officer, signed) VALUES (?, ?, ?)",
                                      {stored.fields.id, stored.fields.officer, appointment}));
        RETURN_IF_FAILED(database.run("DELETE FROM post_proposal WHERE appointment = ?1", {stored.fields.id}));
    }
    for (const crypto::SignedEnding &ending : acts.endings) {
        RETURN_IF_FAILED(database.run(
            "INSERT INTO appointment_ending (appointment, last_day, issuer, signature) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (appointment) DO UPDATE SET last_day = excluded.last_day, issuer = excluded.issuer, "
            "signature = excluded.signature",
            {ending.appointment, ending.last_day, ending.issuer, ending.signature}));
        RETURN_IF_FAILED(database.run("DELETE FROM ending_proposal WHERE appointment = ?1", {ending.appointment}));
    }
    return {};
}

} // namespace

Result<ports::Proposals> RosterReader::proposals() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ports::Proposals out;
    ASSIGN_OR_RETURN(Rows accounts, database->query("SELECT " SUCHARIT_ACCOUNT_COLUMNS));
    ASSIGN_OR_RETURN(out.accounts, collect(std::move(accounts), read_account));
    ASSIGN_OR_RETURN(Rows posts, database->query("SELECT appointment, officer, post, capacity, first_day, last_day, "
                                                 "order_number, proposed_by, proposed_on FROM post_proposal"));
    ASSIGN_OR_RETURN(out.posts, collect(std::move(posts), read_post));
    ASSIGN_OR_RETURN(Rows endings,
                     database->query("SELECT appointment, last_day, proposed_by, proposed_on FROM ending_proposal"));
    ASSIGN_OR_RETURN(out.endings, collect(std::move(endings), read_ending));
    return out;
}

Result<std::optional<ports::ProposedAccount>> RosterReader::invited(const Array<32> &invitation) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT " SUCHARIT_ACCOUNT_COLUMNS " WHERE invitation = ?1", {invitation}));
    return first(std::move(rows), read_account);
}

Result<Bytes> RosterReader::seen_certificates(base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT seen FROM roster_seen WHERE officer = ?1", {officer}));
    ASSIGN_OR_RETURN(auto seen, first(std::move(rows), [](Rows &row) { return row.bytes(); }));
    return seen.value_or(Bytes{});
}

Result<> RosterWriter::propose(ports::Proposal proposal, std::vector<crypto::AuditEntry> audit) {
    if (proposal.invitation.has_value() != (proposal.account && proposal.account->invited_until))
        return base::fail(Code::invalid, "an invitation without an account or a last day");
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(insert_proposal(database, proposal));
        return chain(database, hash_, audit);
    });
}

Result<> RosterWriter::withdraw_account(base::OfficerId officer, std::vector<crypto::AuditEntry> audit) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("DELETE FROM account_proposal WHERE officer = ?1", {officer}));
        if (database.changes() != 1) return base::fail(Code::not_found, "a proposed account");
        RETURN_IF_FAILED(database.run("DELETE FROM post_proposal WHERE officer = ?1 AND NOT EXISTS "
                                      "(SELECT 1 FROM officer AS f WHERE f.officer = ?1)",
                                      {officer}));
        return chain(database, hash_, audit);
    });
}

Result<> RosterWriter::withdraw_post(base::AppointmentId id, std::vector<crypto::AuditEntry> audit) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("DELETE FROM post_proposal WHERE appointment = ?1", {id}));
        const auto posts = database.changes();
        RETURN_IF_FAILED(database.run("DELETE FROM ending_proposal WHERE appointment = ?1", {id}));
        if (posts + database.changes() != 1) return base::fail(Code::not_found, "a proposed post or ending");
        return chain(database, hash_, audit);
    });
}

Result<> RosterWriter::redeem(ports::Redeemed redeemed, std::vector<crypto::AuditEntry> audit) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(take_invitation(database, redeemed));
        return chain(database, hash_, audit);
    });
}

Result<> RosterWriter::sign(ports::SignedActs acts, std::vector<crypto::AuditEntry> audit) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(expect_roster(database, acts.roster_version));
        RETURN_IF_FAILED(insert_signed(database, acts));
        if (acts.vouched) {
            RETURN_IF_FAILED(database.run("DELETE FROM account_proposal WHERE officer = ?1", {*acts.vouched}));
            RETURN_IF_FAILED(database.run("UPDATE officer SET disabled = 0 WHERE officer = ?1", {*acts.vouched}));
        }
        if (acts.disable) RETURN_IF_FAILED(disable(database, *acts.disable));
        RETURN_IF_FAILED(raise_roster_version(database));
        return chain(database, hash_, audit);
    });
}

Result<> RosterWriter::confirm_seen(base::OfficerId officer, Bytes seen) {
    return writer_.commit([&](Database &database) {
        return database.run("INSERT INTO roster_seen (officer, seen) VALUES (?, ?) "
                            "ON CONFLICT (officer) DO UPDATE SET seen = excluded.seen",
                            {officer, seen});
    });
}

} // namespace storage
