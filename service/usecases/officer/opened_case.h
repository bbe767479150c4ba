// One case as it opens for one officer: every object verified against the audit log, opened, and put in order. The only
// place where the officers' use cases reach for case keys.
#pragma once

#include "crypto/officer/casework.h"
#include "crypto/officer/file_open.h"
#include "service/domain/workflow.h"
#include "service/usecases/officer/case_access.h"
#include "service/usecases/officer/case_keys.h"
#include "service/usecases/officer/case_log.h"
#include "service/usecases/officer/cases.h"

namespace usecases {

// A file as its description says it, and where it lies.
struct OpenedCaseFile {
    crypto::OpenedFile opened;
    CaseFile shown;
    base::OfficerId author;                // zero: the reporter
    base::Array<32> digest;                // of the sealed description
    std::optional<ports::FileRow> row{};   // nothing: no row says where
    bool stored_whole() const { return row && row->stored == opened.shape().stored; } // by the row
};

struct OpenedCase {
    ports::CaseRow row; // its record is the newest epoch's: what is sealed now is sealed under that
    CaseKeys keys;
    CaseAccess access;
    domain::Complaint complaint;
    crypto::BoxPublicKey reporter_key;
    std::vector<HistoryEntry> history; // oldest first
    std::vector<std::string> allegations;
    std::string secrecy;                     // as registered; empty before
    std::string title;                       // the latest; empty: none
    std::uint32_t titles = 0;                // so far
    bool news = false;                       // see QueueRow
    std::uint32_t follow_ups = 0;            // that the reporter wrote and officers can see
    base::Day put_before;                    // the superiors; day zero: never
    domain::MoveValues recorded;             // of the paper order that was entered last, or of the end that was proposed
    domain::MoveValues decided;              // the last outcome of each allegation
    std::string leading;                     // the number of the other case that it ended in, or is proposed to; else empty
    std::optional<PaperOrder> paper;         // the same, read
    std::pair<base::Day, base::Seconds> paper_entered; // when it was
    std::vector<OpenedCaseFile> files;       // as in CaseView
    domain::Course course;                   // where the signed moves have led
    std::shared_ptr<const AgencySnapshot> agency;

    std::vector<base::OfficerId> turn() const;
    // The transition, if this officer may perform it now.
    const domain::Transition *allowed(const domain::Actor &actor, std::string_view event) const;
    std::vector<const domain::Transition *> allowed(const domain::Actor &actor) const;
    // The posts in which the officer would do it, as appointed today. For a file: any post that handles cases; for an answer
    // to the reporter only one of the line.
    std::vector<domain::ActedAs> as(const domain::Transition &transition, base::OfficerId officer) const;
    std::vector<domain::ActedAs> as(base::OfficerId officer, std::span<const domain::Post> posts = domain::case_posts) const;
    QueueRow queue_row(base::OfficerId viewer) const;
    const HistoryEntry *latest(std::string_view event) const; // nullptr: never happened
    const OpenedCaseFile *file(std::string_view id) const;    // nullptr: not of this case
    // In paper.cpp: signed papers that officers have attached since the paper order was entered that waits; of them, those that somebody else
    // than who compares has.
    std::vector<const OpenedCaseFile *> scans() const;
    std::vector<const OpenedCaseFile *> scans(base::OfficerId comparing) const;
    bool wants_scan() const; // a paper order waits, and nobody who may confirm it has one to compare it with
};

// Code::not_found and Code::refused as in open_case().
// Between reads.one_state() and its end, with the agency as it was before.
base::Result<OpenedCase> open_slot_row(OfficerContext &context, const OfficerSession &session, const ports::SlotRow &slot,
                                       std::shared_ptr<const AgencySnapshot> agency);
base::Result<OpenedCase> open_by_id(OfficerContext &context, const OfficerSession &session, std::string_view case_id);

// Whose turn it is, as posts, each once.
struct Awaited {
    std::vector<domain::Post> posts;
    bool mine = false;
};
Awaited awaited(const domain::Course &course, const AgencySnapshot &agency, std::span<const base::OfficerId> excluded, base::OfficerId viewer);

} // namespace usecases
