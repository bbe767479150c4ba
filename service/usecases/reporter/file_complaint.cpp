#include "service/usecases/reporter/file_complaint.h"

#include "service/domain/message.h"
#include "service/usecases/reporter/case_key.h"
#include "service/usecases/reporter/found_case.h"
#include "service/usecases/reporter/seal_case.h"

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
                             const domain::CheckedFiling &filing, const FilingTexts &texts) {
    ASSIGN_OR_RETURN(auto row, seal_case(context.keys, agency, keys, filing, texts));
    row.received = context.clock.today();
    row.visible_from = visible_from(context);
    row.audit = {audit_of(context, crypto::AuditEvent::case_filed, row.sealed.complaint, row.received),
                 audit_of(context, crypto::AuditEvent::case_filed, row.sealed.identity, row.received)};
    return context.writes.file(std::move(row));
}

base::Result<> add_as_follow_up(ReporterContext &context, const crypto::ReceiptKeys &keys, const ports::ReporterCase &found,
                                const domain::CheckedFiling &filing, const FilingTexts &texts) {
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
                         const domain::CheckedFiling &filing, const FilingTexts &texts, bool form_expired) {
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
    const FilingTexts texts = texts_of(filing);
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
