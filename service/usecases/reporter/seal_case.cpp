#include "service/usecases/reporter/seal_case.h"

#include <algorithm>

namespace usecases {
namespace {

// A row for everybody who could read, real or decoy: the rows do not show who was left out, nor that the case went up
// the line for want of readers.
std::vector<crypto::SlotPlan> plan_slots(const AgencySnapshot &agency, std::span<const base::OfficerId> readers,
                                         std::span<const base::OfficerId> custodians) {
    std::vector<crypto::SlotPlan> out;
    const auto plan = [&](const domain::Holder &holder, std::span<const base::OfficerId> chosen, crypto::SlotPurpose purpose) {
        const auto standing = [&](const crypto::SlotPlan &other) {
            return other.officer == holder.officer && other.purpose == purpose; // one person in two posts has one slot
        };
        if (std::ranges::any_of(out, standing))
            return;
        const bool real = std::ranges::find(chosen, holder.officer) != chosen.end();
        out.push_back({holder.officer, real ? agency.roster.live(holder.officer) : nullptr, purpose});
    };
    for (const domain::Holder &holder : agency.holders) {
        if (holder.may_read)
            plan(holder, readers, crypto::SlotPurpose::case_key);
        if (holder.may_custody)
            plan(holder, custodians, crypto::SlotPurpose::identity_key);
    }
    return out;
}

// Slots do not show who can open them: those who can read it here, under the case's own key. No part of what is compared
// when the form comes again.
domain::Complaint with_access(domain::Complaint complaint, const AgencySnapshot &agency,
                              std::span<const base::OfficerId> readers, std::span<const base::OfficerId> custodians) {
    const auto keyed = [&](std::span<const base::OfficerId> officers) {
        domain::Keyed out;
        for (const base::OfficerId officer : officers)
            if (const auto *certificate = agency.roster.live(officer))
                out[officer] = certificate->serial;
        return out;
    };
    complaint.access = {keyed(readers), keyed(custodians), keyed(complaint.excluded)};
    return complaint;
}

} // namespace

FilingTexts texts_of(const domain::CheckedFiling &filing) {
    FilingTexts out{to_json(filing.complaint), to_json(filing.identity), {}, {}};
    base::Writer fixed;
    for (base::OfficerId id : filing.complaint.excluded)
        fixed.raw(id.bytes());
    fixed.raw(base::view(out.identity));
    out.exclusions_and_identity = fixed.take();
    out.all = base::copy(base::view(out.complaint));
    out.all.push_back(0);
    out.all.insert(out.all.end(), out.identity.begin(), out.identity.end());
    return out;
}

base::Result<ports::NewFiling> seal_case(const crypto::InstanceKeys &instance, const AgencySnapshot &agency,
                                         const crypto::ReceiptKeys &keys, const domain::CheckedFiling &filing,
                                         const FilingTexts &texts, std::optional<base::OfficerId> author) {
    const auto &excluded = filing.complaint.excluded;
    ASSIGN_OR_RETURN(auto readers, domain::readers_of_new(agency.holders, excluded));
    if (author && std::ranges::find(readers, *author) == readers.end())
        readers.push_back(*author);
    const auto custodians = domain::custodians_of_new(agency.holders, excluded);
    const auto slots = plan_slots(agency, readers, custodians);
    const std::string complaint = to_json(with_access(filing.complaint, agency, readers, custodians));
    ports::NewFiling out;
    ASSIGN_OR_RETURN(out.sealed, crypto::seal_filing(keys, base::view(complaint), base::view(texts.identity), slots));
    out.lookup_tag = crypto::lookup_tag(keys, instance);
    out.text_tag = crypto::compare_tag(keys, texts.all);
    out.exclusion_tag = crypto::compare_tag(keys, texts.exclusions_and_identity);
    return out;
}

} // namespace usecases
