// Requests to see a reporter's identity, as storage keeps them: letters sealed to officers, and the days on which something happened.
#pragma once

#include "service/ports/rows.h"

namespace ports {

// For so many days after the decision a copy waits to be shown; then the night deletes it.
inline constexpr std::int32_t identity_copy_days = 7;

struct IdentityRequestRow {
    base::ObjectId id;
    base::CaseId case_id;
    base::OfficerId requester;
    Day asked;
    std::optional<Day> decided, shown;
    Bytes decision, copy; // letters to the requester; empty: not there, or not any more
};

// A request that waits, with the letter of one custodian: it may be a decoy.
struct IdentityLetterRow {
    IdentityRequestRow request;
    crypto::Epoch epoch = 1; // the case's newest, in the same state
    Bytes sealed;
};

// A letter to a custodian that waits for a decision, or (without custodian) the copy that waits for who asked.
struct IdentityPaper {
    base::ObjectId request;
    std::optional<base::OfficerId> custodian;
    Bytes sealed;
};

// What a custodian opens.
struct IdentityRow {
    crypto::CaseRecord record;
    Bytes slot; // of the identity key
    ObjectRow object;
};

class IdentityReads {
public:
    virtual ~IdentityReads() = default;
    // Everybody with a slot for the identity key of the case, decoys included.
    virtual base::Result<std::vector<base::OfficerId>> custodians(base::CaseId id) = 0;
    virtual base::Result<std::optional<IdentityRequestRow>> request_of(base::CaseId id, base::OfficerId requester) = 0;
    virtual base::Result<std::vector<IdentityLetterRow>> letters_to(base::OfficerId custodian) = 0; // the oldest day first
    virtual base::Result<std::optional<IdentityLetterRow>> letter(base::ObjectId request, base::OfficerId custodian) = 0;
    // Of one case: letters to this officer, letters of their request, and the copy that waits for them.
    virtual base::Result<std::vector<IdentityPaper>> papers_of(base::CaseId id, base::OfficerId officer) = 0;
    virtual base::Result<std::optional<IdentityRow>> identity(base::CaseId id, base::OfficerId custodian) = 0;
};

struct NewIdentityRequest {
    base::ObjectId id;
    base::CaseId case_id;
    base::OfficerId requester;
    Day today;
    crypto::Epoch expected_epoch;
    std::vector<std::pair<base::OfficerId, Bytes>> letters; // one for each custodian, real or decoy
    crypto::AuditEntry audit;
};

struct IdentityDecided {
    base::ObjectId request;
    base::CaseId case_id;
    base::OfficerId requester;
    Day today;
    crypto::Epoch expected_epoch;
    Bytes decision, copy; // no copy when it was refused
    crypto::AuditEntry audit;
};

struct IdentityShown {
    base::ObjectId request;
    base::OfficerId requester;
    Day today;
    Bytes copy; // the one that was opened
    crypto::AuditEntry audit;
};

class IdentityWrites {
public:
    virtual ~IdentityWrites() = default;
    // Both: Code::unavailable when the case has another key than who asks or decides saw, since somebody may be excluded by it.
    // In the place of an earlier request of the same officer about the same case. Code::conflict: this one stands already, or a copy
    // waits to be shown.
    virtual base::Result<> ask(NewIdentityRequest request) = 0;
    // The custodians' letters go. Code::conflict: it is decided already, or replaced.
    virtual base::Result<> decide(IdentityDecided decision) = 0;
    // The copy goes. Code::conflict: it was shown already, or is another one.
    virtual base::Result<> show(IdentityShown shown) = 0;
};

} // namespace ports
