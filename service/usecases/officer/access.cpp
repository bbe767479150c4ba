#include "service/usecases/officer/access.h"

#include "crypto/officer/epoch.h"
#include "crypto/officer/identity_letter.h"
#include "service/usecases/officer/index_refresh.h"

#include <algorithm>

namespace usecases {
namespace {

using crypto::AuditEvent;
using crypto::SlotPurpose;
using Officers = std::vector<base::OfficerId>;

bool contains(const Officers &officers, base::OfficerId officer) {
    return std::ranges::find(officers, officer) != officers.end();
}

// One change of one case, while it is put together.
class Change {
public:
    Change(OfficerContext &context, const OfficerSession &session, const OpenedCase &opened, AccessPlan plan,
           std::optional<domain::Conflict> conflict)
        : context_(context), session_(session), opened_(opened), plan_(std::move(plan)) {
        change_.case_id = opened.row.record.case_id;
        change_.expected_epoch = opened.row.epoch;
        change_.expected_records = opened.access.records;
        change_.today = opened.agency->day; // on which its author held the posts that the record names
        record_.number = opened.access.records + 1;
        record_.granted.passed = keyed(plan_.pass);
        record_.conflict = std::move(conflict);
    }

    base::Result<std::optional<ports::AccessChange>> prepare() {
        RETURN_IF_FAILED(custody());
        // Whoever takes away must stay, else nobody who signs it could say who else does; but whoever declares an interest goes at once.
        const bool removes = record_.conflict || (plan_.may_remove() && contains(plan_.stay, session_.actor.officer));
        RETURN_IF_FAILED(removes ? begin_epoch() : grant());
        if (change_.slots.empty())
            return std::nullopt;
        if (record_.conflict)
            RETURN_IF_FAILED(void_papers(record_.conflict->officer));
        RETURN_IF_FAILED(record());
        return std::move(change_);
    }

private:
    domain::Keyed keyed(const Officers &officers) const {
        domain::Keyed out;
        for (const base::OfficerId officer : officers)
            if (const auto *certificate = opened_.agency->roster.live(officer))
                out[officer] = certificate->serial;
        return out;
    }

    base::Result<> grant() {
        record_.granted.readers = keyed(plan_.grant);
        for (const auto &[officer, serial] : record_.granted.readers) {
            ASSIGN_OR_RETURN(auto slot, crypto::grant_slot(opened_.keys.newest(), opened_.row.record,
                                                           *opened_.agency->roster.live(officer)));
            change_.slots.push_back(std::move(slot));
        }
        return decoys(plan_.pass, SlotPurpose::case_key);
    }

    base::Result<> begin_epoch() {
        ASSIGN_OR_RETURN(Officers named, context_.reads.access().slot_holders(change_.case_id));
        for (const Officers *more : {&plan_.stay, &plan_.pass})
            for (const base::OfficerId officer : *more)
                if (!contains(named, officer))
                    named.push_back(officer);
        std::vector<crypto::SlotPlan> slots;
        for (const base::OfficerId officer : named)
            slots.push_back({officer, contains(plan_.stay, officer) ? opened_.agency->roster.live(officer) : nullptr,
                             SlotPurpose::case_key});
        const auto &later = opened_.row.later;
        const base::View previous = later.empty() ? base::View() : base::View(later.back().certificate);
        ASSIGN_OR_RETURN(auto next, crypto::begin_epoch(opened_.keys.newest(), opened_.row.record, previous, session_.keys, slots));
        for (crypto::SealedSlot &slot : next.slots)
            change_.slots.push_back(std::move(slot));
        record_.granted.readers = keyed(plan_.stay);
        record_.begins_epoch = true;
        change_.next = {{next.certificate.stored(), std::move(next.older_key)}, opened_.row.version};
        next_key_.emplace(std::move(next.key));
        return {};
    }

    // Whoever reads the case can take custody away; only who has the identity key can give it.
    base::Result<> custody() {
        record_.custody_ended = plan_.custody_ends;
        RETURN_IF_FAILED(decoys(plan_.custody_ends, SlotPurpose::identity_key));
        Officers passed = plan_.pass;
        std::erase_if(passed, [&](base::OfficerId officer) { return !may_custody(officer); });
        RETURN_IF_FAILED(decoys(passed, SlotPurpose::identity_key));
        if (plan_.custody.empty())
            return {};
        ASSIGN_OR_RETURN(const auto sealed, context_.reads.access().identity_slot(change_.case_id, session_.actor.officer));
        const crypto::CaseRecord &first = opened_.keys.records.front();
        const auto key = sealed ? crypto::open_identity_slot(session_.keys, first, *sealed)
                                : base::Result<crypto::IdentityKey>(base::fail(base::Code::not_found, "an identity slot"));
        if (!key)
            return {};
        record_.granted.custodians = keyed(plan_.custody);
        for (const auto &[officer, serial] : record_.granted.custodians) {
            ASSIGN_OR_RETURN(auto slot, crypto::grant_identity_slot(*key, first, *opened_.agency->roster.live(officer)));
            change_.slots.push_back(std::move(slot));
        }
        return {};
    }

    // Their requests to see the reporter's identity, a copy that waits for them, and the requests of others that they could decide: the
    // rows stay, so that none shows whose they were, but nobody opens them any more.
    base::Result<> void_papers(base::OfficerId officer) {
        ASSIGN_OR_RETURN(auto papers, context_.reads.identities().papers_of(change_.case_id, officer));
        for (ports::IdentityPaper &paper : papers) {
            ASSIGN_OR_RETURN(paper.sealed, crypto::seal_decoy_letter());
        }
        change_.voided = {officer, std::move(papers)};
        return {};
    }

    bool may_custody(base::OfficerId officer) const {
        return std::ranges::any_of(opened_.agency->holders, [&](const domain::Holder &holder) {
            return holder.officer == officer && holder.may_custody;
        });
    }

    base::Result<> decoys(const Officers &officers, SlotPurpose purpose) {
        for (const base::OfficerId officer : officers) {
            ASSIGN_OR_RETURN(auto slot, crypto::decoy_slot(officer, purpose));
            change_.slots.push_back(std::move(slot));
        }
        return {};
    }

    base::Result<> record() {
        const crypto::CaseKey &key = next_key_ ? *next_key_ : opened_.keys.newest();
        const crypto::Epoch epoch = opened_.row.epoch + (next_key_ ? 1 : 0);
        const crypto::ObjectHeader header{crypto::Kind::access, change_.case_id, base::ObjectId::random(), epoch,
                                          session_.actor.officer};
        ASSIGN_OR_RETURN(change_.object, crypto::seal_access(key, session_.keys, header, base::view(to_json(record_))));
        const auto entry = [&](AuditEvent event, const base::Array<32> &digest, base::ObjectId object) {
            auto out = case_entry(context_, event, session_.actor.officer, change_.case_id);
            out.day = change_.today;
            out.digest = digest;
            out.object = object;
            change_.audit.push_back(out);
        };
        entry(AuditEvent::access_recorded, crypto::digest(change_.object.sealed), header.object_id);
        if (change_.next)
            entry(AuditEvent::epoch_begun, crypto::digest(change_.next->epoch.certificate), header.object_id);
        // Decoys too: how many are real stays between those who read.
        for (const crypto::SealedSlot &slot : change_.slots)
            entry(AuditEvent::slot_granted, crypto::digest(slot.sealed), {});
        return {};
    }

    OfficerContext &context_;
    const OfficerSession &session_;
    const OpenedCase &opened_;
    const AccessPlan plan_;
    ports::AccessChange change_{};
    domain::AccessRecord record_;
    std::optional<crypto::CaseKey> next_key_;
};

std::vector<std::string> names(const AgencySnapshot &agency, const Officers &officers) {
    std::vector<std::string> out;
    for (const base::OfficerId officer : officers)
        if (const auto *known = agency.roster.known(officer))
            out.push_back(known->display_name);
    std::ranges::sort(out);
    return out;
}

} // namespace

base::Result<bool> carry_out(OfficerContext &context, const OfficerSession &session, const OpenedCase &opened,
                             const AccessPlan &plan) {
    if (plan.nothing())
        return false;
    ASSIGN_OR_RETURN(auto change, Change(context, session, opened, plan, {}).prepare());
    if (!change)
        return false;
    RETURN_IF_FAILED(context.writes.access().change({std::move(*change)}));
    return true;
}

base::Result<> exclude(OfficerContext &context, const OfficerSession &session, std::span<const OpenedCase> cases,
                       const domain::Conflict &conflict) {
    std::vector<ports::AccessChange> changes;
    for (const OpenedCase &opened : cases) {
        ASSIGN_OR_RETURN(auto change, Change(context, session, opened, plan_access(opened), conflict).prepare());
        if (!change)
            return base::fail(base::Code::internal, "an exclusion that changed nothing");
        changes.push_back(std::move(*change));
    }
    return context.writes.access().change(std::move(changes));
}

base::Result<AccessPass> maintain_access(const domain::Permitted<domain::Action::work_cases> &permitted,
                                         OfficerContext &context, const OfficerSession &session, AccessBudget budget) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    const base::OfficerId viewer = permitted.actor().officer;
    AccessPasses::Place place = context.agency.passes().place(viewer, *agency);
    AccessPass out{0, place.whole};
    if (place.whole)
        return out;
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(CaseIndex index, refreshed_index(context, session, agency));
    keep(context, session, index);
    if (!index.known().todo.empty()) // which cases there are is not known yet
        return out;
    std::vector<std::pair<base::CaseId, std::uint64_t>> cases;
    for (const IndexRow &row : index.rows())
        if (!row.has(IndexRow::damaged) && row.case_id() > place.after)
            cases.emplace_back(row.case_id(), row.access_class);
    std::ranges::sort(cases);
    std::size_t tried = 0;
    place.whole = true;
    for (const auto &[id, access_class] : cases) {
        if (place.settled.contains(access_class))
            continue; // another one like it needs nothing
        if (tried == budget.tried || out.changed == budget.changed) {
            place.whole = false;
            break;
        }
        ++tried;
        place.after = id;
        ASSIGN_OR_RETURN(const auto slot, context.reads.slot(id, viewer, agency->day));
        const auto opened = slot ? open_slot_row(context, session, *slot, agency)
                                 : base::Result<OpenedCase>(base::fail(base::Code::not_found, "a case"));
        if (!opened && (opened.error().code == base::Code::not_found || opened.error().code == base::Code::refused))
            continue;
        if (!opened)
            return std::unexpected(opened.error());
        const AccessPlan plan = plan_access(*opened);
        if (plan.nothing())
            place.settled.insert(usecases::access_class(*opened));
        const auto done = carry_out(context, session, *opened, plan);
        if (!done && done.error().code != base::Code::conflict)
            return std::unexpected(done.error());
        out.changed += done && *done;
        place.again = place.again || !done;
    }
    if (place.whole && place.again) // somebody was faster: what is left to do there, the next round sees
        place = {};
    context.agency.passes().keep(viewer, *agency, place);
    out.whole = place.whole;
    return out;
}

base::Result<std::vector<AccessRow>> access_rows(const domain::Permitted<domain::Action::read_cases> &permitted,
                                                 OfficerContext &context, const OfficerSession &session) {
    const base::OfficerId viewer = permitted.actor().officer;
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(viewer, context.clock.today()));
    std::vector<AccessRow> out;
    for (const ports::SlotRow &slot : slots) {
        const auto opened = open_slot_row(context, session, slot, agency);
        if (!opened && opened.error().code != base::Code::not_found && opened.error().code != base::Code::refused)
            return std::unexpected(opened.error());
        if (!opened)
            continue;
        const AccessPlan plan = plan_access(*opened);
        if (plan.removal_pending() || plan.too_few())
            out.push_back({opened->queue_row(viewer), names(*agency, plan.stay), names(*agency, plan.leave), could_read(*opened)});
    }
    fill_group(session, slots.size());
    std::ranges::sort(out, {}, [](const AccessRow &row) { return std::pair(row.row.received, row.row.id); });
    return out;
}

base::Result<> grant_access(const domain::Permitted<domain::Action::work_cases> &, const RecentlySignedIn &,
                            OfficerContext &context, const OfficerSession &session, std::string_view case_id,
                            base::OfficerId to) {
    ASSIGN_OR_RETURN(const auto opened, open_by_id(context, session, case_id));
    const auto could = could_read(opened);
    if (std::ranges::find(could, to, &domain::Person::officer) == could.end())
        return base::fail(base::Code::not_found, "somebody whom this case can be granted to");
    ASSIGN_OR_RETURN(const bool done, carry_out(context, session, opened, plan_access(opened, std::span(&to, 1))));
    return done ? base::Result<>() : base::fail(base::Code::internal, "a grant that changed nothing");
}

} // namespace usecases
