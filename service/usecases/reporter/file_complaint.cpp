#include "service/usecases/reporter/file_complaint.h"

#include "service/domain/message.h"
#include "service/usecases/reporter/case_key.h"
#include "service/usecases/reporter/found_case.h"

#include <algorithm>

namespace usecases {
namespace {

using How = Filed::How;
using Why = FilingRefused::Why;

std::unexpected<FilingRefused> refuse(const ReporterContext &context, Why why, std::vector<domain::Fault> faults = {}) {
    return std::unexpected(FilingRefused{why, std::move(faults), new_once(context)});
}

std::unexpected<FilingRefused> refuse(const ReporterContext &context, const base::Error &error) {
    return refuse(context, error.code == base::Code::unavailable ? Why::busy : Why::storage_failed);
}

// Everything that one form says, in the shapes in which it is sealed and compared.
struct Texts {
    std::string complaint, identity;
    base::Bytes exclusions_and_identity;
    base::Bytes all;
};

Texts texts_of(const domain::CheckedFiling &filing) {
    Texts out{to_json(filing.complaint), to_json(filing.identity), {}, {}};
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

crypto::AuditEntry audit_of(const ReporterContext &context, crypto::AuditEvent event, const crypto::SealedObject &object, base::Day day) {
    return {.event = event,
            .day = day,
            .actor = {},
            .subject = crypto::case_pseudonym(context.keys, object.header.case_id),
            .object = object.header.object_id,
            .digest = crypto::digest(object.sealed)};
}

base::Day visible_from(const ReporterContext &context) {
    return {context.clock.today().number + context.policy.queue_delay_days};
}

base::Result<> seal_and_file(ReporterContext &context, const AgencySnapshot &agency, const crypto::ReceiptKeys &keys,
                             const domain::CheckedFiling &filing, const Texts &texts) {
    const auto &excluded = filing.complaint.excluded;
    ASSIGN_OR_RETURN(const auto readers, domain::readers_of_new(agency.holders, excluded));
    const auto custodians = domain::custodians_of_new(agency.holders, excluded);
    const auto slots = plan_slots(agency, readers, custodians);
    const std::string complaint = to_json(with_access(filing.complaint, agency, readers, custodians));
    ASSIGN_OR_RETURN(auto sealed, crypto::seal_filing(keys, base::view(complaint), base::view(texts.identity), slots));
    ports::NewFiling row;
    row.lookup_tag = crypto::lookup_tag(keys, context.keys);
    row.text_tag = crypto::compare_tag(keys, texts.all);
    row.exclusion_tag = crypto::compare_tag(keys, texts.exclusions_and_identity);
    row.received = context.clock.today();
    row.visible_from = visible_from(context);
    row.audit = {audit_of(context, crypto::AuditEvent::case_filed, sealed.complaint, row.received),
                 audit_of(context, crypto::AuditEvent::case_filed, sealed.identity, row.received)};
    row.sealed = std::move(sealed);
    return context.writes.file(std::move(row));
}

base::Result<> add_as_follow_up(ReporterContext &context, const crypto::ReceiptKeys &keys, const ports::ReporterCase &found,
                                const domain::CheckedFiling &filing, const Texts &texts) {
    ASSIGN_OR_RETURN(const auto record, case_key_now(context, keys, found));
    // The id comes from the text: the same changed form sent twice is one follow-up.
    const auto tag = crypto::compare_tag(keys, texts.all);
    const auto id = base::ObjectId::from(base::View(tag).first(16));
    // No text beside it: the facts twice would not fit.
    const std::string json = to_json(domain::Message{{}, std::nullopt, filing.complaint, answers(found.row)});
    ASSIGN_OR_RETURN(auto object, crypto::seal_follow_up(keys, record, *id, base::view(json)));
    const base::Day today = context.clock.today();
    const auto audit = audit_of(context, crypto::AuditEvent::follow_up, object, today);
    auto done = context.writes.add_follow_up({std::move(object), today, visible_from(context), audit});
    if (!done && done.error().code == base::Code::conflict)
        return {};
    return done;
}

// What the form means when its receipt already opens a case.
base::Result<How> repeat(ReporterContext &context, const crypto::ReceiptKeys &keys, const ports::ReporterCase &found,
                         const domain::CheckedFiling &filing, const Texts &texts, bool form_expired) {
    const bool same_readers = found.exclusion_tag == crypto::compare_tag(keys, texts.exclusions_and_identity);
    if (same_readers && found.text_tag == crypto::compare_tag(keys, texts.all))
        return How::filed_before;
    // An old form that somebody else finds must not add to the case, nor show its receipt, for ever.
    if (form_expired)
        return base::fail(base::Code::expired, "another text in an old form");
    if (!same_readers)
        return How::exclusions_differ;
    RETURN_IF_FAILED(add_as_follow_up(context, keys, found, filing, texts));
    return How::added_as_follow_up;
}

base::Result<How> file_or_repeat(ReporterContext &context, const AgencySnapshot &agency, const crypto::ReceiptKeys &keys,
                                 const domain::CheckedFiling &filing, bool form_expired) {
    const Texts texts = texts_of(filing);
    const auto tag = crypto::lookup_tag(keys, context.keys);
    ASSIGN_OR_RETURN(const auto found, context.reads.find_by_tag(tag));
    if (found)
        return repeat(context, keys, *found, filing, texts, form_expired);
    if (form_expired)
        return base::fail(base::Code::expired, "filing with an old form");
    const auto done = seal_and_file(context, agency, keys, filing, texts);
    if (done)
        return How::filed;
    if (done.error().code != base::Code::conflict)
        return std::unexpected(done.error());
    // The same form arrived twice at once and the other was faster.
    ASSIGN_OR_RETURN(const auto other, context.reads.find_by_tag(tag));
    if (!other)
        return base::fail(base::Code::internal, "a receipt that is taken and cannot be found");
    return repeat(context, keys, *other, filing, texts, form_expired);
}

} // namespace

std::string new_once(const ReporterContext &context) {
    return crypto::Once::issue(context.keys, context.clock.now()).field();
}

base::Result<std::vector<domain::Holder>> handling_line(ReporterContext &context) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    return agency->holders;
}

std::expected<CheckedForm, FilingRefused> check_form(ReporterContext &context, const domain::FilingForm &form) {
    const auto agency = context.snapshot();
    if (!agency)
        return refuse(context, agency.error());
    auto checked = domain::check(form, (*agency)->holders);
    if (!checked)
        return refuse(context, Why::faults, std::move(checked.error()));
    auto matches = domain::name_matches(checked->complaint, (*agency)->holders);
    return CheckedForm{std::move(*checked), (*agency)->holders, std::move(matches)};
}

std::expected<Filed, FilingRefused> file_complaint(ReporterContext &context, const domain::FilingForm &form,
                                                   std::string_view once_field) {
    const auto once = crypto::Once::parse(context.keys, once_field);
    if (!once)
        return refuse(context, Why::form_expired);
    const auto coming = context.writes.coming();
    const auto agency = context.snapshot();
    if (!agency)
        return refuse(context, agency.error());
    auto checked = domain::check(form, (*agency)->holders);
    if (!checked)
        return refuse(context, Why::faults, std::move(checked.error()));
    const crypto::Receipt receipt = once->receipt(context.keys);
    const auto keys = crypto::ReceiptKeys::derive(receipt);
    const auto how = file_or_repeat(context, **agency, keys, *checked, once->expired(context.clock.now()));
    if (!how && how.error().code == base::Code::expired)
        return refuse(context, Why::form_expired);
    if (!how)
        return refuse(context, how.error());
    return Filed{*how, receipt.grouped(), new_once(context), context.policy.files};
}

} // namespace usecases
