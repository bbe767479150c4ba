// What officers see of one case. A case that does not open is not there, not as another answer.
#pragma once

#include "service/domain/acted_as.h"
#include "service/domain/complaint.h"
#include "service/domain/file_record.h"
#include "service/usecases/officer/identity_standing.h"
#include "service/usecases/officer/queue.h"

#include <map>

namespace usecases {

struct FieldValue {
    std::string name; // a FieldRule's name ("outcome_1" … for per_allegation)
    std::string value; // text, or the id of a choice
};

// Who signed an order on paper, or could have: in which post, and on which days they held it.
struct Signer {
    base::OfficerId officer;
    std::string name;
    domain::ActedAs as;
    base::Day from, last;
};

struct PaperOrder { // in the history of its record and of its confirmation
    Signer signer;
    std::string entered_by, number;
    base::Day date;
};

struct HistoryEntry {
    base::Day day;
    std::optional<base::Seconds> time; // officers' acts only
    std::string who;                   // display name; empty: the reporter
    std::vector<domain::ActedAs> as;   // officers: the posts in which they acted
    std::string event;                 // a transition's event, or "filed", "follow_up", "reply", "file_added", "file_attached", "excluded", "title"
    std::vector<FieldValue> fields;    // of a transition
    std::string text;                  // of a follow-up or a reply, empty beside `refiled`; the name of one file
    std::optional<domain::Complaint> refiled; // a follow-up that was the same form with other text
    std::optional<PaperOrder> paper{};
    std::size_t files = 0;             // that one person sent on the day; more than one have no time
};

struct OfferedMove {
    const domain::Transition *transition;
    std::vector<std::string> allegations; // for per_allegation fields
    std::vector<Signer> signers{};        // for signer fields
    std::vector<domain::Person> nameable{}; // for officers fields
};

struct CaseFile {
    base::ObjectId id;
    base::Day day;
    std::optional<base::Seconds> time; // officers' only
    std::string who;                   // display name; empty: the reporter
    domain::FileRecord record;
    std::uint64_t length = 0;
    bool whole = false; // so much of it lies on the disk; its bytes are looked at when it is opened
};

struct CaseView {
    QueueRow row;
    std::uint32_t version = 0;
    std::uint32_t follow_ups = 0; // that are in the history, files of the reporter among them
    std::uint32_t titles = 0; // that it has had: see name_case()
    std::string secrecy; // as registered: a choice of the field "secrecy"; empty before
    domain::Complaint complaint;
    std::vector<std::string> excluded_names; // for those who may know: all who can open the case
    std::vector<HistoryEntry> history;       // oldest first; with follow-ups and replies
    std::vector<std::string> allegations;
    std::vector<CaseFile> files;    // by day; the reporter's by name, then officers' by time
    std::vector<base::ObjectId> scans; // of them: what the viewer would compare with the paper order that waits
    bool wants_scan = false;           // that order waits for one: nobody who may confirm it has any
    bool own_scan_only = false;        // what the viewer has attached is no scan for the viewer
    std::vector<Signer> signers;    // who may have signed an order on paper since the case was put before them
    std::vector<OfferedMove> moves; // what this viewer may do now; empty when it is somebody else's turn
    bool may_reply = false, may_attach = false;
    std::optional<IdentityStanding> identity; // the viewer's own request; none for who may not ask
};

// Code::not_found for a case that does not exist, is not visible yet, or does not open for this officer.
// Code::refused when what stands in the database was tampered with: an object missing, older, swapped or not signed.
base::Result<CaseView> open_case(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                 const OfficerSession &session, std::string_view case_id);

} // namespace usecases
