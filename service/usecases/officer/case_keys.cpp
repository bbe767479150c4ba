#include "service/usecases/officer/case_keys.h"

#include "crypto/officer/casework.h"

#include <algorithm>

namespace usecases {
namespace {

// What the newest certificate says, before it is verified: enough to try the slot. Verifying first would cost more for a
// case that is hidden from this officer than for none.
base::Result<crypto::CaseRecord> claimed(const ports::CaseRow &row) {
    crypto::CaseRecord out = row.record;
    if (row.later.empty())
        return out;
    ASSIGN_OR_RETURN(const auto last, crypto::EpochCertificate::parse(row.later.back().certificate));
    out.epoch = last.epoch;
    out.commitment = last.commitment;
    out.case_key = last.case_key;
    return out;
}

base::Result<crypto::CaseKey> open_newest(const OfficerSession &session, const ports::SlotRow &slot) {
    const auto record = claimed(slot.row);
    if (!record || record->epoch != slot.row.epoch) {
        crypto::open_no_slot(session.keys);
        return base::fail(base::Code::not_found, "a slot of an epoch that does not stand");
    }
    return crypto::open_slot(session.keys, *record, slot.sealed);
}

base::Result<> is_the_logged_chain(OfficerContext &context, base::CaseId id, const std::vector<ports::EpochRow> &chain) {
    ASSIGN_OR_RETURN(const auto logged, context.reads.access().logged_epochs(crypto::case_pseudonym(context.keys, id)));
    const auto same = [](const ports::EpochRow &row, const base::Array<32> &digest) {
        return crypto::digest(row.certificate) == digest;
    };
    if (!std::ranges::equal(chain, logged, same))
        return base::fail(base::Code::refused, "epochs that are not those of the log");
    return {};
}

} // namespace

bool opens(const OfficerSession &session, const ports::SlotRow &slot) { return open_newest(session, slot).has_value(); }

void fill_group(const OfficerSession &session, std::size_t tried, std::size_t together) {
    for (; tried == 0 || tried % together != 0; ++tried)
        crypto::open_no_slot(session.keys);
}

base::Result<CaseKeys> open_case_keys(OfficerContext &context, const OfficerSession &session, const crypto::Roster &roster,
                                      const ports::SlotRow &slot) {
    ASSIGN_OR_RETURN(auto newest, open_newest(session, slot));
    const ports::CaseRow &row = slot.row;
    RETURN_IF_FAILED(is_the_logged_chain(context, row.record.case_id, row.later));
    std::vector<base::Bytes> certificates;
    for (const ports::EpochRow &epoch : row.later)
        certificates.push_back(epoch.certificate);
    CaseKeys out;
    ASSIGN_OR_RETURN(out.records, crypto::verify_epochs(row.record, certificates, roster));
    out.keys.push_back(std::move(newest));
    for (std::size_t epoch = out.records.size(); epoch > 1; --epoch) {
        ASSIGN_OR_RETURN(auto older, crypto::open_older(out.keys.back(), out.records[epoch - 1], out.records[epoch - 2],
                                                        row.later[epoch - 2].older_key));
        out.keys.push_back(std::move(older));
    }
    std::ranges::reverse(out.keys);
    return out;
}

} // namespace usecases
