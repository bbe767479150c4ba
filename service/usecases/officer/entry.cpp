#include "service/usecases/officer/entry.h"

#include "service/usecases/officer/act.h"
#include "service/usecases/officer/built_move.h"
#include "service/usecases/officer/sealed_entry.h"
#include "service/usecases/reporter/seal_case.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = EntryRefused::Why;

std::string fresh(const OfficerContext &context) { return crypto::Once::issue(context.keys, context.clock.now()).field(); }

std::unexpected<EntryRefused> fail(Why why) { return std::unexpected(EntryRefused{why}); }

std::unexpected<EntryRefused> fail(const base::Error &error) {
    switch (error.code) {
    case base::Code::conflict: return fail(Why::other_text);
    case base::Code::unavailable: return fail(Why::busy);
    default: return fail(Why::storage_failed);
    }
}

domain::Course beginning(base::Day today) {
    domain::Course out;
    out.by_hand = true;
    out.since = today;
    return out;
}

crypto::AuditEntry entered(const OfficerContext &context, const crypto::SealedObject &object, base::OfficerId author, base::Day day,
                           base::Seconds time) {
    auto out = case_entry(context, crypto::AuditEvent::case_entered, author, object.header.case_id);
    out.day = day;
    out.time = time;
    out.object = object.header.object_id;
    out.digest = crypto::digest(object.sealed);
    return out;
}

// As it opens for who typed it: what they sealed they read.
base::Result<OpenedCase> open_own(const OfficerSession &session, const ports::NewFiling &filing, const domain::CheckedEntry &checked,
                                  std::shared_ptr<const AgencySnapshot> agency) {
    const crypto::CaseRecord &record = filing.sealed.record;
    const auto slot = std::ranges::find_if(filing.sealed.slots, [&](const crypto::SealedSlot &one) {
        return one.officer == session.actor.officer && one.purpose == crypto::SlotPurpose::case_key;
    });
    if (slot == filing.sealed.slots.end())
        return base::fail(base::Code::internal, "a complaint that its author does not read");
    ASSIGN_OR_RETURN(auto key, crypto::open_slot(session.keys, record, slot->sealed));
    CaseKeys keys;
    keys.records.push_back(record);
    keys.keys.push_back(std::move(key));
    ports::CaseRow row;
    row.record = record;
    return OpenedCase{.row = std::move(row), .keys = std::move(keys), .access = {}, .complaint = checked.filing.complaint,
                      .reporter_key = record.reporter_key, .history = {}, .allegations = {}, .secrecy = {}, .put_before = {},
                      .recorded = {}, .decided = {}, .paper = {}, .paper_entered = {}, .files = {}, .course = beginning(agency->day),
                      .agency = std::move(agency)};
}

} // namespace

bool may_enter(const AgencySnapshot &agency, base::OfficerId officer) {
    const auto actors = domain::actors(domain::entry_transition(), beginning(agency.day), agency.holders, {});
    return std::ranges::find(actors, officer) != actors.end();
}

base::Result<ports::NewEntry> sealed_entry(OfficerContext &context, const OfficerSession &session, const crypto::ReceiptKeys &receipt,
                                           const domain::CheckedEntry &checked, std::shared_ptr<const AgencySnapshot> agency) {
    const base::OfficerId author = session.actor.officer;
    ports::NewEntry out;
    ASSIGN_OR_RETURN(out.filing, seal_case(context.keys, *agency, receipt, checked.filing, texts_of(checked.filing), author));
    ASSIGN_OR_RETURN(const auto opened, open_own(session, out.filing, checked, agency));
    domain::Course after = opened.course;
    const domain::Transition &transition = domain::entry_transition();
    after.take(transition, author, checked.values, {}, agency->day);
    const auto next = domain::turn(after, agency->holders, checked.filing.complaint.excluded);
    ASSIGN_OR_RETURN(out.move, built_move(context, session, author, opened, transition, checked.values, {}, after, next));
    out.filing.received = checked.received;
    out.filing.visible_from = agency->day;
    out.filing.entered = agency->day;
    out.filing.channel = checked.values.at("channel");
    for (const crypto::SealedObject *object : {&out.filing.sealed.complaint, &out.filing.sealed.identity})
        out.filing.audit.push_back(entered(context, *object, author, agency->day, out.move.time));
    return out;
}

base::Result<EntryPage> entry_page(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    if (!may_enter(*agency, permitted.actor().officer))
        return base::fail(base::Code::not_found, "a post that enters complaints");
    return EntryPage{agency->holders, fresh(context)};
}

std::expected<Entered, EntryRefused> enter_case(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                                const OfficerSession &session, const domain::EntryForm &form, bool others,
                                                std::string_view once_field) {
    const base::OfficerId author = permitted.actor().officer;
    const auto agency = context.snapshot();
    if (!agency)
        return fail(agency.error());
    if (!may_enter(**agency, author))
        return fail(Why::not_found);
    const auto once = crypto::Once::parse(context.keys, once_field);
    if (!once || once->expired(context.clock.now()))
        return std::unexpected(EntryRefused{.why = Why::form_expired, .fresh_once = fresh(context)});
    auto checked = domain::check(form, (*agency)->holders, author, (*agency)->day);
    if (!checked)
        return std::unexpected(EntryRefused{.why = Why::faults, .faults = std::move(checked.error())});
    auto matches = domain::name_matches(checked->filing.complaint, (*agency)->holders);
    if (!matches.empty() && !others)
        return std::unexpected(EntryRefused{.why = Why::matches, .matches = std::move(matches)});
    const crypto::Receipt receipt = once->receipt(context.keys);
    auto entry = sealed_entry(context, session, crypto::ReceiptKeys::derive(receipt), *checked, *agency);
    if (!entry)
        return fail(entry.error());
    const auto done = context.writes.enter(std::move(*entry));
    if (!done)
        return fail(done.error());
    return Entered{done->id, done->number, receipt.grouped(), done->before};
}

} // namespace usecases
