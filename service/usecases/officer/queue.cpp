#include "service/usecases/officer/queue.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/text.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/index_refresh.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace usecases {
namespace {

using Places = std::vector<std::size_t>;
using Standing = domain::Deadlines::Standing;

domain::State state_of(const IndexRow &row) { return static_cast<domain::State>(row.state); }
bool finished(const IndexRow &row) { return domain::is_finished(state_of(row)); }
bool wants_attention(const IndexRow &row) { return row.has(IndexRow::my_turn) || (row.has(IndexRow::news) && finished(row)); }
bool is_void(const IndexRow &row) { return row.uncounted == static_cast<std::uint8_t>(domain::Outcome::voided); }
bool is_fresh(const IndexRow &row) { return state_of(row) == domain::State::submitted && !row.has(IndexRow::damaged); }
bool is_proposal(const IndexRow &row) { return state_of(row) == domain::State::set_aside && !row.has(IndexRow::damaged); }

std::optional<Standing> standing(const IndexRow &row, const domain::Deadlines &deadlines, base::Day today) {
    return row.due == IndexRow::no_day ? std::nullopt : std::optional(deadlines.standing({row.since}, {row.due}, today));
}

bool by_due(const IndexRow &a, const IndexRow &b) {
    const auto key = [](const IndexRow &row) {
        return std::tuple(!wants_attention(row), finished(row), row.due == IndexRow::no_day ? std::numeric_limits<std::int32_t>::max() : row.due,
                          row.received, row.case_id());
    };
    return key(a) < key(b);
}
bool by_received(const IndexRow &a, const IndexRow &b) { // the newest first
    return std::tuple(-a.received, a.case_id()) < std::tuple(-b.received, b.case_id());
}
bool by_number(const IndexRow &a, const IndexRow &b) { // the newest first, and what has none yet before them
    const auto key = [](const IndexRow &row) {
        return std::tuple(row.number != 0, -row.year, row.series, -static_cast<std::int64_t>(row.number), row.received, row.case_id());
    };
    return key(a) < key(b);
}

auto order(QueueQuery::Order order) {
    switch (order) {
    case QueueQuery::Order::received: return &by_received;
    case QueueQuery::Order::number: return &by_number;
    case QueueQuery::Order::due: break;
    }
    return &by_due;
}

class Selection {
public:
    Selection(const QueueQuery &query, CaseIndex &index, const domain::Deadlines &deadlines, base::Day today)
        : query_(query), index_(index), deadlines_(deadlines), today_(today), needle_(domain::folded_line(query.search)) {}

    base::Result<> make(QueueView &out) {
        const auto &rows = index_.rows();
        Places found, fresh, proposals;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const IndexRow &row = rows[i];
            ASSIGN_OR_RETURN(const bool fits, matches(i));
            if (!fits)
                continue;
            if (query_.filtered())
                found.push_back(i);
            else if (is_proposal(row))
                proposals.push_back(i);
            else if (is_fresh(row))
                fresh.push_back(i);
            else if (!is_void(row) || wants_attention(row))
                found.push_back(i);
        }
        window(fresh, 0, most_fresh, &by_due);
        found.insert(found.end(), fresh.begin(), fresh.end());
        out.found = found.size();
        out.pages = std::max<std::size_t>(1, (found.size() + query_.rows - 1) / query_.rows);
        out.page = std::clamp<std::size_t>(query_.page, 1, out.pages);
        window(found, (out.page - 1) * query_.rows, query_.rows, order(query_.order));
        window(proposals, 0, out.page == 1 ? most_waiting : 0, &by_due);
        shown_ = std::move(found);
        waiting_ = std::move(proposals);
        return {};
    }

    Places all() const {
        Places out = shown_;
        out.insert(out.end(), waiting_.begin(), waiting_.end());
        return out;
    }

    base::Result<> show(QueueView &out) {
        for (auto &[places, rows] : {std::pair{&shown_, &out.rows}, {&waiting_, &out.waiting}})
            for (const std::size_t at : *places) {
                ASSIGN_OR_RETURN(const base::View bytes, index_.detail(at));
                ASSIGN_OR_RETURN(const IndexDetail detail, decode_detail(bytes));
                rows->push_back(shown(index_.rows()[at], detail, deadlines_, today_));
            }
        return {};
    }

private:
    base::Result<bool> matches(std::size_t at) {
        const IndexRow &row = index_.rows()[at];
        const auto due = standing(row, deadlines_, today_);
        const bool elsewhere = row.turn[0] == 0 || row.has(IndexRow::elsewhere);
        const bool others = !row.has(IndexRow::my_turn) && !elsewhere;
        const bool fits = (!query_.state || state_of(row) == *query_.state) &&
                          (query_.due == QueueQuery::Due::any ||
                           (query_.due == QueueQuery::Due::overdue ? due == Standing::overdue : due == Standing::today || due == Standing::soon)) &&
                          (query_.turn == QueueQuery::Turn::any || (query_.turn == QueueQuery::Turn::mine     ? row.has(IndexRow::my_turn)
                                                                    : query_.turn == QueueQuery::Turn::others ? others
                                                                                                              : elsewhere && !finished(row))) &&
                          (query_.category.empty() || row.category == category_tag(query_.category)) &&
                          (!query_.restricted || row.has(IndexRow::restricted)) && (!query_.news || row.has(IndexRow::news));
        if (!fits || needle_.empty())
            return fits;
        ASSIGN_OR_RETURN(const base::View detail, index_.detail(at));
        return base::Reader(detail).text16().find(needle_) != std::string_view::npos;
    }

    // What stands in these places of the order, and only that.
    template <class Less>
    void window(Places &places, std::size_t first, std::size_t count, Less less) const {
        const auto before = [&](std::size_t a, std::size_t b) { return less(index_.rows()[a], index_.rows()[b]); };
        const auto begin = places.begin() + static_cast<std::ptrdiff_t>(std::min(first, places.size()));
        const auto end = places.begin() + static_cast<std::ptrdiff_t>(std::min(first + count, places.size()));
        if (begin != places.begin() && begin != places.end())
            std::nth_element(places.begin(), begin, places.end(), before);
        if (end != places.end() && begin != end)
            std::nth_element(begin, end, places.end(), before);
        std::sort(begin, end, before);
        places.erase(end, places.end());
        places.erase(places.begin(), begin);
    }

    const QueueQuery &query_;
    CaseIndex &index_;
    const domain::Deadlines &deadlines_;
    const base::Day today_;
    const std::string needle_;
    Places shown_, waiting_;
};

void count_voided(Totals &totals, const IndexRow &row, const std::vector<std::string> &names) {
    Totals::Voided by{names[row.proposed_by], names[row.confirmed_by], 1};
    const auto found = std::ranges::find_if(totals.voided, [&](const Totals::Voided &known) {
        return known.proposed_by == by.proposed_by && known.confirmed_by == by.confirmed_by;
    });
    if (found == totals.voided.end())
        totals.voided.push_back(std::move(by));
    else
        ++found->count;
}

void count(QueueView &out, const CaseIndex &index, const domain::Deadlines &deadlines, base::Day today) {
    out.totals.fiscal_year = domain::fiscal_year(today);
    for (const IndexRow &row : index.rows()) {
        if (row.has(IndexRow::my_turn)) {
            const auto due = standing(row, deadlines, today);
            ++out.counts.mine;
            out.counts.overdue += due == Standing::overdue;
            out.counts.today += due == Standing::today;
            out.counts.soon += due == Standing::soon;
        } else {
            out.counts.written += wants_attention(row);
        }
        out.fresh += is_fresh(row);
        out.proposals += is_proposal(row);
        out.voided += is_void(row);
        if (domain::fiscal_year({row.received}) != out.totals.fiscal_year)
            continue;
        if (row.uncounted != 0 && !row.has(IndexRow::damaged)) {
            count_voided(out.totals, row, index.names());
            continue;
        }
        ++out.totals.total;
        ++(finished(row) ? out.totals.finished : out.totals.in_progress);
    }
}

// Of all that were tried, opening or not: it does not tell how many are hidden.
int percent(const CaseIndex::Known &known) {
    const std::uint64_t all = std::max<std::uint64_t>(known.cases, known.todo.size());
    return static_cast<int>(100 * (all - known.todo.size()) / all);
}

} // namespace

bool QueueQuery::filtered() const {
    return state || due != Due::any || turn != Turn::any || !category.empty() || restricted || news || all || !search.empty();
}

base::Result<QueueView> queue(const domain::Permitted<domain::Action::read_cases> &, OfficerContext &context,
                              const OfficerSession &session, const QueueQuery &query) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(CaseIndex index, refreshed_index(context, session, agency));
    const auto deadlines = context.profile.deadlines();
    QueueView out;
    Selection selection(query, index, *deadlines, agency->day);
    for (bool stand = false; !stand;) {
        RETURN_IF_FAILED(selection.make(out));
        ASSIGN_OR_RETURN(stand, still_stand(context, session, agency, index, selection.all()));
    }
    RETURN_IF_FAILED(selection.show(out));
    count(out, index, *deadlines, agency->day);
    if (const auto &known = index.known(); !known.todo.empty())
        out.prepared = percent(known);
    keep(context, session, index);
    return out;
}

} // namespace usecases
