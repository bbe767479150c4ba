#include "service/usecases/reporter/case_key.h"

#include <algorithm>

namespace usecases {
namespace {

base::Result<bool> is_logged(ReporterContext &context, base::CaseId id, const std::vector<ports::EpochRow> &chain) {
    ASSIGN_OR_RETURN(const auto logged, context.reads.logged_epochs(crypto::case_pseudonym(context.keys, id)));
    return std::ranges::equal(chain, logged, [](const ports::EpochRow &row, const base::Array<32> &digest) {
        return crypto::digest(row.certificate) == digest;
    });
}

} // namespace

base::Result<crypto::CaseRecord> case_key_now(ReporterContext &context, const crypto::ReceiptKeys &keys,
                                              const ports::ReporterCase &found) {
    const auto refuse = [] { return base::fail(base::Code::refused, "a case whose epochs are not those of the log"); };
    RETURN_IF_FAILED(crypto::verify_record(keys, found.row.record));
    std::vector<ports::EpochRow> chain = found.row.later;
    ASSIGN_OR_RETURN(const bool logged, is_logged(context, found.row.record.case_id, chain));
    if (!logged) { // an epoch may have begun between the two reads: once more
        ASSIGN_OR_RETURN(const auto again, context.reads.find_by_tag(crypto::lookup_tag(keys, context.keys)));
        if (!again)
            return refuse();
        chain = again->row.later;
        ASSIGN_OR_RETURN(const bool now, is_logged(context, found.row.record.case_id, chain));
        if (!now)
            return refuse();
    }
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    std::vector<base::Bytes> certificates;
    for (const ports::EpochRow &epoch : chain)
        certificates.push_back(epoch.certificate);
    return crypto::current_case_key(keys, found.row.record, certificates, agency->roster);
}

} // namespace usecases
