#include "storage/migrations.h"

#include "crypto/primitives/object.h"

namespace storage {

namespace {

// Why each column may be readable to the server stands in SCHEMA.md. WITHOUT ROWID throughout: a rowid would keep the
// order of arrival for ever.
constexpr Migration steps_of_this_program[] = {
    {1, R"sql(
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE officer (
    officer BLOB NOT NULL PRIMARY KEY CHECK (length(officer) = 16),
    login TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    password_operations INTEGER NOT NULL,
    password_memory INTEGER NOT NULL,
    authentication_hash BLOB NOT NULL CHECK (length(authentication_hash) = 32),
    key_generation INTEGER NOT NULL,
    box BLOB NOT NULL CHECK (length(box) = 32),
    sign BLOB NOT NULL CHECK (length(sign) = 32),
    sealed_keys BLOB NOT NULL,
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE post (
    officer BLOB NOT NULL REFERENCES officer (officer),
    post INTEGER NOT NULL CHECK (post >= 1),
    PRIMARY KEY (officer, post)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32),
    officer BLOB NOT NULL REFERENCES officer (officer),
    certificate BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE revocation (
    serial BLOB NOT NULL PRIMARY KEY CHECK (length(serial) = 16),
    day INTEGER NOT NULL,
    issuer BLOB NOT NULL CHECK (length(issuer) = 16),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT, WITHOUT ROWID;

CREATE TABLE register_counter (
    series INTEGER NOT NULL CHECK (series IN (1, 2)),
    year INTEGER NOT NULL CHECK (year BETWEEN 2400 AND 2999),
    last INTEGER NOT NULL CHECK (last >= 1),
    PRIMARY KEY (series, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE complaint_case (
    case_id BLOB NOT NULL PRIMARY KEY CHECK (length(case_id) = 16),
    lookup_tag BLOB NOT NULL UNIQUE CHECK (length(lookup_tag) = 32),
    text_tag BLOB NOT NULL CHECK (length(text_tag) = 32),
    exclusion_tag BLOB NOT NULL CHECK (length(exclusion_tag) = 32),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    commitment BLOB NOT NULL CHECK (length(commitment) = 32),
    identity_commitment BLOB NOT NULL CHECK (length(identity_commitment) = 32),
    case_key BLOB NOT NULL CHECK (length(case_key) = 32),
    reporter_key BLOB NOT NULL CHECK (length(reporter_key) = 32),
    record_mac BLOB NOT NULL CHECK (length(record_mac) = 32),
    state INTEGER NOT NULL CHECK (state >= 1),
    version INTEGER NOT NULL CHECK (version >= 1),
    received INTEGER NOT NULL,
    visible_from INTEGER NOT NULL CHECK (visible_from >= received),
    state_since INTEGER NOT NULL,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    series INTEGER,
    year INTEGER,
    number INTEGER,
    closed_on INTEGER,
    CHECK ((series IS NULL) = (number IS NULL) AND (year IS NULL) = (number IS NULL)),
    FOREIGN KEY (series, year) REFERENCES register_counter (series, year)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX case_by_number ON complaint_case (series, year, number) WHERE number IS NOT NULL;

CREATE TABLE case_outcome (
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    allegation INTEGER NOT NULL CHECK (allegation >= 1),
    outcome INTEGER NOT NULL CHECK (outcome >= 1),
    PRIMARY KEY (case_id, allegation)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
    officer BLOB NOT NULL CHECK (length(officer) = 16),
    purpose INTEGER NOT NULL CHECK (purpose IN (1, 2)),
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    sealed BLOB NOT NULL,
    PRIMARY KEY (officer, purpose, case_id, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE object (
    object_id BLOB NOT NULL PRIMARY KEY CHECK (length(object_id) = 16),
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    kind INTEGER NOT NULL CHECK (kind >= 1),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    author BLOB NOT NULL CHECK (length(author) = 16),
    day INTEGER NOT NULL,
    visible_from INTEGER NOT NULL CHECK (visible_from >= day),
    time INTEGER NOT NULL CHECK (time = 0 OR kind IN (4, 5)),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX object_by_case ON object (case_id, kind, visible_from, day);

CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY CHECK (sequence >= 1),
    entry BLOB NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    subject BLOB CHECK (length(subject) = 32),
    object BLOB CHECK (length(object) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_by_subject ON audit (subject) WHERE object IS NOT NULL;

CREATE TABLE audit_waiting (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    entry BLOB NOT NULL,
    subject BLOB CHECK (length(subject) = 32),
    object BLOB CHECK (length(object) = 16)
) STRICT, WITHOUT ROWID;
CREATE INDEX audit_waiting_by_subject ON audit_waiting (subject) WHERE object IS NOT NULL;

CREATE TABLE countersignature (
    officer BLOB NOT NULL REFERENCES officer (officer),
    day INTEGER NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    head BLOB NOT NULL CHECK (length(head) = 32),
    roster_version INTEGER NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64),
    PRIMARY KEY (officer, day)
) STRICT, WITHOUT ROWID;
)sql"},
    // Posts are signed from here on; who held one by a row alone holds none.
    {2, R"sql(
DROP TABLE post;

CREATE TABLE appointment (
    appointment BLOB NOT NULL PRIMARY KEY CHECK (length(appointment) = 16),
    officer BLOB NOT NULL REFERENCES officer (officer),
    signed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment_ending (
    appointment BLOB NOT NULL PRIMARY KEY REFERENCES appointment (appointment),
    last_day INTEGER NOT NULL,
    issuer BLOB NOT NULL CHECK (length(issuer) = 16),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT, WITHOUT ROWID;
)sql"},
    {3, R"sql(
CREATE TABLE second_factor (
    officer BLOB NOT NULL PRIMARY KEY REFERENCES officer (officer),
    sealed BLOB NOT NULL,
    last_step INTEGER NOT NULL CHECK (last_step >= 0)
) STRICT, WITHOUT ROWID;
)sql"},
    {4, R"sql(
CREATE TABLE recovery (
    officer BLOB NOT NULL PRIMARY KEY REFERENCES officer (officer),
    checked BLOB NOT NULL CHECK (length(checked) = 32),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE former_keys (
    officer BLOB NOT NULL PRIMARY KEY REFERENCES officer (officer),
    generation INTEGER NOT NULL CHECK (generation >= 1),
    box BLOB NOT NULL CHECK (length(box) = 32),
    sign BLOB NOT NULL CHECK (length(sign) = 32),
    sealed BLOB NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql"},
    // What admins propose gives nobody anything; what vouchers sign of it stands in the tables before.
    {5, R"sql(
CREATE TABLE account_proposal (
    officer BLOB NOT NULL PRIMARY KEY CHECK (length(officer) = 16),
    login TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    rights INTEGER NOT NULL CHECK (rights BETWEEN 0 AND 7),
    proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
    proposed_on INTEGER NOT NULL,
    invitation BLOB UNIQUE CHECK (length(invitation) = 32),
    invited_until INTEGER,
    CHECK ((invitation IS NULL) = (invited_until IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE post_proposal (
    appointment BLOB NOT NULL PRIMARY KEY CHECK (length(appointment) = 16),
    officer BLOB NOT NULL CHECK (length(officer) = 16),
    post INTEGER NOT NULL CHECK (post >= 1),
    capacity INTEGER NOT NULL CHECK (capacity >= 1),
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL CHECK (last_day >= first_day),
    order_number TEXT NOT NULL,
    proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
    proposed_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ending_proposal (
    appointment BLOB NOT NULL PRIMARY KEY REFERENCES appointment (appointment),
    last_day INTEGER NOT NULL,
    proposed_by BLOB NOT NULL CHECK (length(proposed_by) = 16),
    proposed_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE roster_seen (
    officer BLOB NOT NULL PRIMARY KEY REFERENCES officer (officer),
    seen BLOB NOT NULL CHECK (length(seen) >= 64)
) STRICT, WITHOUT ROWID;
)sql"},
    // The record of epoch 1 stays in complaint_case as it was filed; later epochs stand beside it.
    {6, R"sql(
CREATE TABLE case_epoch (
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    epoch INTEGER NOT NULL CHECK (epoch >= 2),
    certificate BLOB NOT NULL CHECK (length(certificate) = 197),
    older_key BLOB NOT NULL CHECK (length(older_key) = 72),
    PRIMARY KEY (case_id, epoch)
) STRICT, WITHOUT ROWID;
)sql"},
    {7, R"sql(
CREATE TABLE identity_request (
    request BLOB NOT NULL PRIMARY KEY CHECK (length(request) = 16),
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    requester BLOB NOT NULL REFERENCES officer (officer),
    asked INTEGER NOT NULL,
    decided INTEGER CHECK (decided >= asked),
    shown INTEGER CHECK (shown >= decided),
    decision BLOB,
    copy BLOB,
    UNIQUE (case_id, requester),
    CHECK ((decision IS NULL) = (decided IS NULL) AND (copy IS NULL OR (decided IS NOT NULL AND shown IS NULL)))
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_letter (
    officer BLOB NOT NULL REFERENCES officer (officer),
    request BLOB NOT NULL REFERENCES identity_request (request),
    sealed BLOB NOT NULL,
    PRIMARY KEY (officer, request)
) STRICT, WITHOUT ROWID;
)sql"},
    // What the agency says of itself, version by version; each names the entry of the log that has its digest.
    {8, R"sql(
CREATE TABLE agency_settings (
    version INTEGER NOT NULL PRIMARY KEY CHECK (version >= 1),
    document TEXT NOT NULL,
    time INTEGER NOT NULL,
    author BLOB NOT NULL CHECK (length(author) = 16),
    second BLOB CHECK (length(second) = 16 AND second <> author),
    audit INTEGER NOT NULL REFERENCES audit (sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings_proposal (
    proposal BLOB NOT NULL PRIMARY KEY CHECK (length(proposal) = 16),
    document TEXT NOT NULL,
    time INTEGER NOT NULL,
    author BLOB NOT NULL CHECK (length(author) = 16),
    audit INTEGER NOT NULL REFERENCES audit (sequence)
) STRICT, WITHOUT ROWID;
)sql"},
    // Files lie outside; a row's key is the id of the object that describes it.
    {9, R"sql(
CREATE TABLE file (
    file BLOB NOT NULL PRIMARY KEY CHECK (length(file) = 16),
    name BLOB NOT NULL UNIQUE CHECK (length(name) = 16),
    stored INTEGER NOT NULL CHECK (stored >= 65576)
) STRICT, WITHOUT ROWID;

CREATE TABLE upload (
    file BLOB NOT NULL PRIMARY KEY CHECK (length(file) = 16),
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    author BLOB NOT NULL CHECK (length(author) = 16),
    epoch INTEGER NOT NULL CHECK (epoch >= 1),
    name BLOB NOT NULL UNIQUE CHECK (length(name) = 16),
    day INTEGER NOT NULL,
    sealed BLOB NOT NULL CHECK (length(sealed) = 2088)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_by_case ON upload (case_id);
)sql"},
    // Files of pictures that documents of the agency's settings name.
    {10, R"sql(
CREATE TABLE emblem (
    name BLOB NOT NULL PRIMARY KEY CHECK (length(name) = 16),
    day INTEGER NOT NULL,
    proposal BLOB UNIQUE CHECK (length(proposal) = 16)
) STRICT, WITHOUT ROWID;
)sql"},
    // What statistics count: of cases how they counted from which day on, and the rows of an old register. Of what happened before
    // this step only the last is known.
    {11, R"sql(
CREATE TABLE case_standing (
    case_id BLOB NOT NULL REFERENCES complaint_case (case_id),
    step INTEGER NOT NULL CHECK (step >= 1),
    since INTEGER NOT NULL,
    standing INTEGER NOT NULL CHECK (standing BETWEEN 1 AND 4),
    PRIMARY KEY (case_id, step)
) STRICT, WITHOUT ROWID;
INSERT INTO case_standing (case_id, step, since, standing)
    SELECT case_id, 1, state_since, 2 FROM complaint_case WHERE state = 9;
INSERT INTO case_standing (case_id, step, since, standing)
    SELECT c.case_id, 1, c.closed_on,
           CASE WHEN EXISTS (SELECT 1 FROM case_outcome AS o WHERE o.case_id = c.case_id AND o.outcome IN (5, 14)) THEN 4 ELSE 3 END
    FROM complaint_case AS c WHERE c.closed_on IS NOT NULL;

CREATE TABLE register_entry (
    year INTEGER NOT NULL CHECK (year >= 2400),
    number TEXT NOT NULL CHECK (length(number) BETWEEN 1 AND 40),
    received INTEGER NOT NULL,
    channel TEXT NOT NULL,
    category TEXT NOT NULL,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 11),
    outcome INTEGER CHECK (outcome >= 1),
    closed INTEGER CHECK (closed >= received),
    PRIMARY KEY (year, number),
    CHECK ((state = 11) = (closed IS NOT NULL) AND (closed IS NULL) = (outcome IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE register_import (
    audit INTEGER NOT NULL PRIMARY KEY REFERENCES audit (sequence),
    added INTEGER NOT NULL CHECK (added >= 0),
    updated INTEGER NOT NULL CHECK (updated >= 0),
    unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
    file BLOB NOT NULL CHECK (length(file) = 32),
    content BLOB NOT NULL CHECK (length(content) = 32)
) STRICT, WITHOUT ROWID;
)sql"},
    // What the server must know to remind officers by mail, and the day's mails that are still to be sent.
    {12, R"sql(
CREATE TABLE mail_settings (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    sealed BLOB NOT NULL CHECK (length(sealed) = 2088)
) STRICT, WITHOUT ROWID;

CREATE TABLE mail_address (
    officer BLOB NOT NULL PRIMARY KEY REFERENCES officer (officer),
    sealed BLOB NOT NULL CHECK (length(sealed) = 296)
) STRICT, WITHOUT ROWID;

CREATE TABLE reminder (
    message BLOB NOT NULL PRIMARY KEY CHECK (length(message) = 16),
    officer BLOB NOT NULL UNIQUE REFERENCES officer (officer)
) STRICT, WITHOUT ROWID;
)sql"},
    // What reporters sent, by the day from which officers see it: their lists look for what is new.
    {13, R"sql(
CREATE INDEX object_by_day ON object (visible_from, case_id)
    WHERE author = x'00000000000000000000000000000000' AND kind <> 2;
)sql"},
};

Array<32> checksum(const Migration &step) {
    return crypto::digest(base::view(std::string_view(step.statements.text(), step.statements.size())));
}

Result<> apply(Database &database, const Migration &step) {
    RETURN_IF_FAILED(database.run("BEGIN IMMEDIATE"));
    const auto applied = [&]() -> Result<> {
        RETURN_IF_FAILED(database.script(step.statements));
        RETURN_IF_FAILED(
            database.run("INSERT INTO migration (number, checksum) VALUES (?, ?)", {step.number, checksum(step)}));
        return database.run("COMMIT");
    }();
    if (!applied && database.in_transaction()) (void)database.run("ROLLBACK"); // the first error is the one to tell
    return applied;
}

} // namespace

std::span<const Migration> migrations() { return steps_of_this_program; }

namespace {

// How many of the steps the database has, once all that it has are known to be these.
Result<std::size_t> steps_taken(Database &database, std::span<const Migration> steps) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT number, checksum FROM migration ORDER BY number"));
    struct Applied {
        std::int64_t number;
        Array<32> checksum;
    };
    ASSIGN_OR_RETURN(const auto applied, collect(std::move(rows), [](Rows &row) {
                         const std::int64_t number = row.integer();
                         return Applied{number, row.array<32>()};
                     }));
    if (applied.size() > steps.size())
        return base::fail(Code::refused, "the database was written by a newer version of the program");
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].number != steps[i].number || applied[i].checksum != checksum(steps[i]))
            return base::fail(Code::refused, "the database was built by other migrations than this program's");
    return applied.size();
}

} // namespace

Result<> migrate(Database &database, std::span<const Migration> steps) {
    RETURN_IF_FAILED(database.run("CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY, "
                                  "checksum BLOB NOT NULL) STRICT, WITHOUT ROWID"));
    ASSIGN_OR_RETURN(const std::size_t taken, steps_taken(database, steps));
    for (const Migration &step : steps.subspan(taken))
        RETURN_IF_FAILED(apply(database, step));
    return {};
}

Result<> check_schema(Database &database) {
    ASSIGN_OR_RETURN(const std::size_t taken, steps_taken(database, migrations()));
    if (taken < migrations().size())
        return base::fail(Code::refused, "the database is of an earlier version of the program: start the server once");
    return {};
}

} // namespace storage
