#include "storage/identity.h"

#include <algorithm>

#define SUCHARIT_IDENTITY_COLUMNS                                                                                      \
    "r.request, r.case_id, r.requester, r.asked, r.decided, r.shown, r.decision, r.copy"

namespace storage {

namespace {

std::optional<Day> optional_day(Rows &row) {
    if (!row.null()) return row.day();
    row.skip();
    return std::nullopt;
}

Bytes optional_bytes(Rows &row) {
    if (!row.null()) return row.bytes();
    row.skip();
    return {};
}

ports::IdentityRequestRow read_request(Rows &row) {
    ports::IdentityRequestRow out;
    out.id = row.id<base::ObjectId>();
    out.case_id = row.id<base::CaseId>();
    out.requester = row.id<base::OfficerId>();
    out.asked = row.day();
    out.decided = optional_day(row);
    out.shown = optional_day(row);
    out.decision = optional_bytes(row);
    out.copy = optional_bytes(row);
    return out;
}

ports::IdentityLetterRow read_letter(Rows &row) {
    ports::IdentityLetterRow out;
    out.request = read_request(row);
    out.epoch = row.number<crypto::Epoch>();
    out.sealed = row.bytes();
    return out;
}

Result<> demand_case(Database &database, base::CaseId id, Day today, crypto::Epoch expected) {
    ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_NEWEST_EPOCH " FROM complaint_case AS c "
                                               "WHERE c.case_id = ?1 AND c.visible_from <= ?2",
                                               {id, today}));
    ASSIGN_OR_RETURN(const auto epoch, first(std::move(rows), [](Rows &row) { return row.number<crypto::Epoch>(); }));
    if (!epoch) return base::fail(Code::not_found, "no such case");
    if (*epoch != expected) return base::fail(Code::unavailable, "the case has another key by now");
    return {};
}

// `papers`: of a case, of an officer.
Result<std::vector<ports::IdentityPaper>> papers(Database &database, base::CaseId id, base::OfficerId officer) {
    ASSIGN_OR_RETURN(Rows rows,
                     database.query("SELECT r.request, l.officer, l.sealed FROM identity_request AS r "
                                    "INNER JOIN identity_letter AS l ON l.request = r.request "
                                    "WHERE r.case_id = ?1 AND (r.requester = ?2 OR l.officer = ?2) "
                                    "UNION ALL SELECT r.request, NULL, r.copy FROM identity_request AS r "
                                    "WHERE r.case_id = ?1 AND r.requester = ?2 AND r.copy IS NOT NULL",
                                    {id, officer}));
    return collect(std::move(rows), [](Rows &row) {
        ports::IdentityPaper out;
        out.request = row.id<base::ObjectId>();
        if (row.null()) row.skip();
        else out.custodian = row.id<base::OfficerId>();
        out.sealed = row.bytes();
        return out;
    });
}

Result<> replace_earlier(Database &database, const ports::NewIdentityRequest &request) {
    const auto earlier = [&]() -> Result<std::optional<ports::IdentityRequestRow>> {
        ASSIGN_OR_RETURN(Rows rows, database.query("SELECT " SUCHARIT_IDENTITY_COLUMNS " FROM identity_request AS r "
                                                   "WHERE r.case_id = ?1 AND r.requester = ?2",
                                                   {request.case_id, request.requester}));
        return first(std::move(rows), read_request);
    }();
    if (!earlier) return std::unexpected(earlier.error());
    if (!*earlier) return {};
    if ((*earlier)->id == request.id || !(*earlier)->copy.empty())
        return base::fail(Code::conflict, "the request stands already, or a copy waits to be shown");
    RETURN_IF_FAILED(database.run("DELETE FROM identity_letter WHERE request = ?1", {(*earlier)->id}));
    return database.run("DELETE FROM identity_request WHERE request = ?1", {(*earlier)->id});
}

} // namespace

Result<std::vector<base::OfficerId>> IdentityReader::custodians(base::CaseId id) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    // By way of the officers: the key of a slot begins with its officer.
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT s.officer FROM officer AS f INNER JOIN slot AS s "
                                                "ON s.officer = f.officer AND s.purpose = 2 AND s.case_id = ?1 "
                                                "ORDER BY s.officer",
                                                {id}));
    return collect(std::move(rows), [](Rows &row) { return row.id<base::OfficerId>(); });
}

Result<std::optional<ports::IdentityRequestRow>> IdentityReader::request_of(base::CaseId id, base::OfficerId requester) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_IDENTITY_COLUMNS " FROM identity_request AS r "
                                                "WHERE r.case_id = ?1 AND r.requester = ?2",
                                                {id, requester}));
    return first(std::move(rows), read_request);
}

Result<std::vector<ports::IdentityLetterRow>> IdentityReader::letters_to(base::OfficerId custodian) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_IDENTITY_COLUMNS ", " SUCHARIT_NEWEST_EPOCH
                                                ", l.sealed FROM identity_letter AS l "
                                                "INNER JOIN identity_request AS r ON r.request = l.request "
                                                "INNER JOIN complaint_case AS c ON c.case_id = r.case_id "
                                                "WHERE l.officer = ?1 ORDER BY r.asked, r.request",
                                                {custodian}));
    return collect(std::move(rows), read_letter);
}

Result<std::optional<ports::IdentityLetterRow>> IdentityReader::letter(base::ObjectId request, base::OfficerId custodian) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT " SUCHARIT_IDENTITY_COLUMNS ", " SUCHARIT_NEWEST_EPOCH
                                                ", l.sealed FROM identity_letter AS l "
                                                "INNER JOIN identity_request AS r ON r.request = l.request "
                                                "INNER JOIN complaint_case AS c ON c.case_id = r.case_id "
                                                "WHERE l.officer = ?1 AND l.request = ?2",
                                                {custodian, request}));
    return first(std::move(rows), read_letter);
}

Result<std::vector<ports::IdentityPaper>> IdentityReader::papers_of(base::CaseId id, base::OfficerId officer) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return papers(*database, id, officer);
}

Result<std::optional<ports::IdentityRow>> IdentityReader::identity(base::CaseId id, base::OfficerId custodian) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows,
                     database->query("SELECT c.identity_commitment, s.sealed, " SUCHARIT_OBJECT_COLUMNS
                                     " FROM complaint_case AS c "
                                     "INNER JOIN slot AS s ON s.officer = ?2 AND s.purpose = 2 AND s.case_id = c.case_id "
                                     "INNER JOIN object AS o ON o.case_id = c.case_id AND o.kind = 2 "
                                     "WHERE c.case_id = ?1",
                                     {id, custodian}));
    return first(std::move(rows), [&](Rows &row) {
        ports::IdentityRow out;
        out.record.case_id = id; // of epoch 1: the identity key has no epochs
        out.record.identity_commitment = row.array<32>();
        out.slot = row.bytes();
        out.object = read_object(row);
        return out;
    });
}

Result<> IdentityWriter::ask(ports::NewIdentityRequest request) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(demand_case(database, request.case_id, request.today, request.expected_epoch));
        RETURN_IF_FAILED(replace_earlier(database, request));
        RETURN_IF_FAILED(database.run("INSERT INTO identity_request (request, case_id, requester, asked) VALUES (?, ?, ?, ?)",
                                      {request.id, request.case_id, request.requester, request.today}));
        for (const auto &[officer, sealed] : request.letters)
            RETURN_IF_FAILED(database.run("INSERT INTO identity_letter (officer, request, sealed) VALUES (?, ?, ?)",
                                          {officer, request.id, sealed}));
        return chain(database, hash_, std::span(&request.audit, 1));
    });
}

Result<> IdentityWriter::decide(ports::IdentityDecided decision) {
    return writer_.commit([&](Database &database) -> Result<> {
        const std::optional<base::View> copy =
            decision.copy.empty() ? std::nullopt : std::optional<base::View>(decision.copy);
        RETURN_IF_FAILED(demand_case(database, decision.case_id, decision.today, decision.expected_epoch));
        RETURN_IF_FAILED(database.run("UPDATE identity_request SET decided = ?4, decision = ?5, copy = ?6 "
                                      "WHERE request = ?1 AND case_id = ?2 AND requester = ?3 AND decided IS NULL",
                                      {decision.request, decision.case_id, decision.requester, decision.today,
                                       decision.decision, copy}));
        if (database.changes() != 1) return base::fail(Code::conflict, "the request is decided or replaced");
        RETURN_IF_FAILED(database.run("DELETE FROM identity_letter WHERE request = ?1", {decision.request}));
        return chain(database, hash_, std::span(&decision.audit, 1));
    });
}

Result<> IdentityWriter::show(ports::IdentityShown shown) {
    return writer_.commit([&](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("UPDATE identity_request SET copy = NULL, shown = ?3 "
                                      "WHERE request = ?1 AND requester = ?2 AND copy = ?4",
                                      {shown.request, shown.requester, shown.today, shown.copy}));
        if (database.changes() != 1) return base::fail(Code::conflict, "the copy was shown already");
        return chain(database, hash_, std::span(&shown.audit, 1));
    });
}

Result<> void_identity_papers(Database &database, base::CaseId id, const ports::AccessChange::Voided &voided) {
    ASSIGN_OR_RETURN(const auto standing, papers(database, id, voided.officer));
    if (standing.size() != voided.papers.size()) return base::fail(Code::conflict, "a request was made or decided meanwhile");
    for (const ports::IdentityPaper &paper : voided.papers) {
        const auto same = std::ranges::find_if(standing, [&](const ports::IdentityPaper &one) {
            return one.request == paper.request && one.custodian == paper.custodian;
        });
        if (same == standing.end()) return base::fail(Code::conflict, "another request was made meanwhile");
        RETURN_IF_FAILED(paper.custodian
                             ? database.run("UPDATE identity_letter SET sealed = ?3 WHERE request = ?1 AND officer = ?2",
                                            {paper.request, *paper.custodian, paper.sealed})
                             : database.run("UPDATE identity_request SET copy = ?2 WHERE request = ?1", {paper.request, paper.sealed}));
    }
    return {};
}

Result<> delete_stale_identities(Database &database, Day today) {
    return database.run("UPDATE identity_request SET copy = NULL WHERE copy IS NOT NULL AND decided < ?1",
                        {today.number - ports::identity_copy_days});
}

} // namespace storage
