#include "storage/rows.h"

namespace storage {

ports::CaseRow read_case(Rows &row) {
    ports::CaseRow out;
    out.record.case_id = row.id<base::CaseId>();
    out.record.epoch = row.number<crypto::Epoch>();
    out.record.commitment = row.array<32>();
    out.record.identity_commitment = row.array<32>();
    out.record.case_key.bytes = row.array<32>();
    out.record.reporter_key.bytes = row.array<32>();
    out.record.record_mac = row.array<32>();
    out.epoch = row.number<crypto::Epoch>();
    out.state = row.enumeration(domain::last_state);
    out.version = row.number<std::uint32_t>();
    out.received = row.day();
    out.visible_from = row.day();
    out.state_since = row.day();
    out.channel = row.text();
    out.category = row.text();
    if (row.null()) {
        row.skip();
        row.skip();
        row.skip();
    } else {
        ports::RegisterNumber number;
        number.series = row.enumeration(ports::RegisterNumber::Series::restricted);
        number.year = row.number<std::int32_t>();
        number.number = row.number<std::uint32_t>();
        out.number = number;
    }
    if (row.null())
        row.skip();
    else
        out.closed_on = row.day();
    out.last_from_reporter = row.day();
    return out;
}

ports::ObjectRow read_object(Rows &row) {
    const auto kind = row.enumeration(crypto::Kind::title);
    ports::ObjectRow out{.header = {.kind = kind, .case_id = row.id<base::CaseId>(), .object_id = {}, .author = {}},
                         .sealed = {},
                         .day = {},
                         .visible_from = {}};
    out.header.object_id = row.id<base::ObjectId>();
    out.header.epoch = row.number<crypto::Epoch>();
    out.header.author = row.id<base::OfficerId>();
    out.day = row.day();
    out.visible_from = row.day();
    out.time = row.integer();
    out.sealed = row.bytes();
    return out;
}

Result<> add_epochs(Database &database, ports::CaseRow &row) {
    if (row.epoch == 1) return {};
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT certificate, older_key FROM case_epoch WHERE case_id = ? ORDER BY epoch",
                                               {row.record.case_id}));
    ASSIGN_OR_RETURN(row.later, collect(std::move(rows), [](Rows &found) {
                         Bytes certificate = found.bytes();
                         return ports::EpochRow{std::move(certificate), found.bytes()};
                     }));
    return {};
}

Result<> insert_object(Database &database, const crypto::SealedObject &object, Day day, Day visible_from,
                       base::Seconds time) {
    const crypto::ObjectHeader &header = object.header;
    return database.run("INSERT INTO object (object_id, case_id, kind, epoch, author, day, visible_from, time, sealed) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        {header.object_id, header.case_id, header.kind, header.epoch, header.author, day, visible_from,
                         time, object.sealed});
}

Result<> raise_roster_version(Database &database) {
    return database.run("INSERT INTO setting (name, value) VALUES ('roster_version', 1) "
                        "ON CONFLICT (name) DO UPDATE SET value = value + 1");
}

Result<std::uint64_t> read_roster_version(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT value FROM setting WHERE name = 'roster_version'"));
    ASSIGN_OR_RETURN(const auto version, first(std::move(rows), [](Rows &row) { return row.number<std::uint64_t>(); }));
    return version.value_or(0);
}

Result<std::optional<Day>> read_last_nightly(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT value FROM setting WHERE name = 'last_nightly'"));
    return first(std::move(rows), [](Rows &row) { return row.day(); });
}

Result<ports::AgencyRows> read_agency(Database &database) {
    ASSIGN_OR_RETURN(const Snapshot snapshot, Snapshot::begin(database));
    ports::AgencyRows out;
    ASSIGN_OR_RETURN(out.roster_version, read_roster_version(database));
    ASSIGN_OR_RETURN(Rows certificates, database.query("SELECT certificate FROM certificate"));
    ASSIGN_OR_RETURN(out.certificates, collect(std::move(certificates), [](Rows &row) { return row.bytes(); }));
    ASSIGN_OR_RETURN(Rows revocations, database.query("SELECT serial, day, issuer, signature FROM revocation"));
    ASSIGN_OR_RETURN(out.revocations, collect(std::move(revocations), [](Rows &row) {
                         crypto::SignedRevocation revocation;
                         revocation.serial = row.id<base::CertificateSerial>();
                         revocation.day = row.day();
                         revocation.issuer = row.id<base::OfficerId>();
                         revocation.signature = row.array<64>();
                         return revocation;
                     }));
    ASSIGN_OR_RETURN(Rows appointments, database.query("SELECT signed FROM appointment"));
    ASSIGN_OR_RETURN(out.appointments, collect(std::move(appointments), [](Rows &row) { return row.bytes(); }));
    ASSIGN_OR_RETURN(Rows endings, database.query("SELECT appointment, last_day, issuer, signature FROM appointment_ending"));
    ASSIGN_OR_RETURN(out.endings, collect(std::move(endings), [](Rows &row) {
                         crypto::SignedEnding ending;
                         ending.appointment = row.id<base::AppointmentId>();
                         ending.last_day = row.day();
                         ending.issuer = row.id<base::OfficerId>();
                         ending.signature = row.array<64>();
                         return ending;
                     }));
    ASSIGN_OR_RETURN(Rows disabled, database.query("SELECT officer FROM officer WHERE disabled = 1"));
    ASSIGN_OR_RETURN(out.disabled, collect(std::move(disabled), [](Rows &row) { return row.id<base::OfficerId>(); }));
    ASSIGN_OR_RETURN(Rows keys, database.query("SELECT officer, box, sign FROM officer"));
    ASSIGN_OR_RETURN(out.keys, collect(std::move(keys), [](Rows &row) {
                         ports::AgencyRows::Keys key;
                         key.officer = row.id<base::OfficerId>();
                         key.box.bytes = row.array<32>();
                         key.sign.bytes = row.array<32>();
                         return key;
                     }));
    return out;
}

Result<Snapshot> Snapshot::begin(Database &database) {
    RETURN_IF_FAILED(database.run("BEGIN"));
    return Snapshot(&database);
}

Result<Database *> Reader::connection() {
    if (database_ && database_->broken()) database_.reset();
    if (!database_) {
        ASSIGN_OR_RETURN(Database fresh, open_());
        database_.emplace(std::move(fresh));
    }
    return &*database_;
}

} // namespace storage
