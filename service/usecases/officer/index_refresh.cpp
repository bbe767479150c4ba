#include "service/usecases/officer/index_refresh.h"

#include "service/usecases/officer/agency_settings.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace usecases {
namespace {

using Snapshot = std::shared_ptr<const AgencySnapshot>;

// Few cases change between two requests: their boxes are filled up to as many.
constexpr std::size_t tried_together = 64;
// Entries of the log that may stand behind the place where the list is: else it would be sealed anew because somebody signed in.
constexpr std::uint64_t entries_read_again = 256;

class Refresh {
public:
    Refresh(OfficerContext &context, const OfficerSession &session, const Snapshot &agency, CaseIndex &index)
        : context_(context), session_(session), agency_(agency), index_(index) {}

    base::Result<> learn(std::size_t afresh) {
        const CaseIndex::Known &known = index_.known();
        ASSIGN_OR_RETURN(const auto head, context_.reads.head());
        if (!known.begun || known.day > agency_->day || known.sequence > head.sequence)
            return begin(head);
        if (known.sequence > 0) { // a list that was made of another log
            ASSIGN_OR_RETURN(const auto hash, context_.reads.changes().hash_at(known.sequence));
            if (hash != known.hash)
                return begin(head);
        }
        std::set<base::CaseId> changed;
        if (head.sequence != known.sequence) {
            ASSIGN_OR_RETURN(const auto acted_on, context_.reads.changes().acted_on_since(known.sequence));
            changed.insert(acted_on.begin(), acted_on.end());
        }
        ASSIGN_OR_RETURN(const auto arrived, arrived_since(known.day));
        const std::set<base::ObjectId> seen(known.seen.begin(), known.seen.end());
        for (const auto &one : arrived)
            if (!seen.contains(one.object))
                changed.insert(one.case_id);
        if (changed.size() > afresh)
            return begin(head);
        if (!changed.empty() || known.day != agency_->day || head.sequence - known.sequence > entries_read_again)
            stand_at(head, arrived);
        for (const base::CaseId id : changed) {
            RETURN_IF_FAILED(index_.remove(id));
            auto &todo = index_.change().todo;
            std::erase(todo, id);
            todo.push_back(id);
        }
        return {};
    }

    base::Result<> open(const IndexBudget &budget) {
        std::size_t left = std::min(index_.known().todo.size(), budget.at_once);
        std::unique_lock<std::mutex> piece;
        if (index_.known().todo.size() > budget.at_once) {
            piece = context_.indexes.one_piece();
            left = piece.owns_lock() ? std::min(index_.known().todo.size(), budget.piece) : 0;
        }
        for (; left > 0; --left) {
            const base::CaseId id = index_.known().todo.back();
            ASSIGN_OR_RETURN(const auto found, look_at(id));
            if (found)
                RETURN_IF_FAILED(index_.add(found->row, found->detail));
            index_.change().todo.pop_back();
        }
        return {};
    }

    base::Result<> work_out_all() {
        const auto wanted = agency_digest(context_, *agency_);
        if (index_.known().agency == wanted)
            return {};
        const auto deadlines = context_.profile.deadlines();
        for (std::size_t i = 0; i < index_.rows().size(); ++i) {
            ASSIGN_OR_RETURN(const base::View bytes, index_.detail(i));
            ASSIGN_OR_RETURN(const IndexDetail detail, decode_detail(bytes));
            IndexRow row = index_.rows()[i];
            work_out(row, detail, *agency_, *deadlines, session_.actor.officer);
            index_.replace(i, row);
        }
        index_.change().agency = wanted;
        return {};
    }

    base::Result<> look_round(std::size_t cases) {
        for (std::size_t i = 0; i < std::min(cases, index_.rows().size()); ++i)
            RETURN_IF_FAILED(look_again(context_.indexes.next_looked_at(session_.actor.officer, index_.rows().size())));
        return {};
    }

    base::Result<> look_again(std::size_t at) {
        const IndexRow before = index_.rows()[at];
        ASSIGN_OR_RETURN(const auto found, look_at(before.case_id()));
        if (found) {
            ASSIGN_OR_RETURN(const base::View detail, index_.detail(at));
            if (std::memcmp(&found->row, &before, sizeof before) == 0 && std::ranges::equal(encode(found->detail), detail))
                return {};
        }
        RETURN_IF_FAILED(index_.remove(before.case_id()));
        return found ? index_.add(found->row, found->detail) : base::Result<>();
    }

    void fill() { fill_group(session_, tried_, tried_together); }

private:
    // What was sent just before midnight may be committed after it.
    static base::Day before(base::Day day) { return {day.number - 1}; }
    base::Result<std::vector<ports::CaseChangeReads::Arrived>> arrived_since(base::Day day) {
        return context_.reads.changes().arrived(before(day), agency_->day);
    }

    base::Result<> begin(const ports::ChainHead &head) {
        index_.clear();
        ASSIGN_OR_RETURN(auto cases, context_.reads.changes().listed(session_.actor.officer, agency_->day));
        // What has waited longest in its state first; the last is opened first.
        std::ranges::sort(cases, {}, [](const auto &one) { return std::tuple(!one.closed, -one.state_since.number, one.id); });
        ASSIGN_OR_RETURN(const auto arrived, arrived_since(agency_->day));
        stand_at(head, arrived);
        CaseIndex::Known &known = index_.change();
        known.begun = true;
        known.agency = agency_digest(context_, *agency_);
        known.cases = cases.size();
        for (const auto &one : cases)
            known.todo.push_back(one.id);
        return {};
    }

    void stand_at(const ports::ChainHead &head, const std::vector<ports::CaseChangeReads::Arrived> &arrived) {
        CaseIndex::Known &known = index_.change();
        known.sequence = head.sequence;
        known.hash = head.hash;
        known.day = agency_->day;
        known.seen.clear();
        for (const auto &one : arrived)
            if (one.visible_from >= before(agency_->day))
                known.seen.push_back(one.object);
    }

    // Nothing: it does not open, or is not there.
    base::Result<std::optional<Indexed>> look_at(base::CaseId id) {
        const base::OfficerId viewer = session_.actor.officer;
        ASSIGN_OR_RETURN(const auto slot, context_.reads.slot(id, viewer, agency_->day));
        if (!slot)
            return std::nullopt;
        ++tried_;
        const auto opened = open_slot_row(context_, session_, *slot, agency_);
        if (opened)
            return indexed(context_, *slot, *opened, viewer, index_);
        if (opened.error().code == base::Code::not_found)
            return std::nullopt; // a decoy, or not for this officer: there is no such case
        if (opened.error().code != base::Code::refused)
            return std::unexpected(opened.error());
        return indexed_damaged(*slot);
    }

    OfficerContext &context_;
    const OfficerSession &session_;
    const Snapshot &agency_;
    CaseIndex &index_;
    std::size_t tried_ = 0;
};

CaseIndex kept_index(OfficerContext &context, const OfficerSession &session) {
    const base::InstanceId instance = context.keys.instance;
    if (const auto sealed = context.indexes.of(session.actor.officer))
        if (auto opened = CaseIndex::open(instance, session.keys, *sealed))
            return std::move(*opened);
    return CaseIndex(instance, session.keys); // none yet, or of other keys: it is made anew
}

} // namespace

base::Result<CaseIndex> refreshed_index(OfficerContext &context, const OfficerSession &session, const Snapshot &agency,
                                        const IndexBudget &budget) {
    CaseIndex index = kept_index(context, session);
    Refresh refresh(context, session, agency, index);
    RETURN_IF_FAILED(refresh.learn(budget.afresh));
    RETURN_IF_FAILED(refresh.work_out_all());
    RETURN_IF_FAILED(refresh.open(budget));
    if (index.known().todo.empty())
        RETURN_IF_FAILED(refresh.look_round(budget.looked_at));
    refresh.fill();
    return index;
}

base::Result<bool> still_stand(OfficerContext &context, const OfficerSession &session, const Snapshot &agency, CaseIndex &index,
                               std::span<const std::size_t> rows) {
    std::vector<base::CaseId> changed;
    for (const std::size_t at : rows) {
        const IndexRow &row = index.rows()[at];
        ASSIGN_OR_RETURN(const auto slot, context.reads.slot(row.case_id(), session.actor.officer, agency->day));
        if (!slot || stamp_of(*slot) != row.stamp)
            changed.push_back(row.case_id());
    }
    Refresh refresh(context, session, agency, index);
    for (const base::CaseId id : changed) {
        const auto found = std::ranges::find(index.rows(), id, &IndexRow::case_id);
        RETURN_IF_FAILED(refresh.look_again(static_cast<std::size_t>(found - index.rows().begin())));
    }
    return changed.empty();
}

void keep(OfficerContext &context, const OfficerSession &session, CaseIndex &index) {
    if (index.changed())
        context.indexes.keep(session.actor.officer, index.seal());
}

} // namespace usecases
