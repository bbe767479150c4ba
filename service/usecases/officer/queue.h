// The queue: what waits and for whom, found, filtered and put in order, with running totals. Everything is of the cases that open for the
// viewer: one that does not is not there, not as a row, not in a count.
#pragma once

#include "service/domain/deadlines.h"
#include "service/usecases/officer/session.h"

namespace usecases {

struct QueueRow {
    base::CaseId id;
    std::optional<ports::RegisterNumber> number; // catalogue: open "12/2569", restricted "ล 3/2569"
    base::Day received, state_since, last_from_reporter;
    std::optional<base::Day> due{}; // the last day of the step that it waits for
    domain::Deadlines::Standing standing = domain::Deadlines::Standing::in_time;
    std::optional<std::uint64_t> manual{}; // the number of the manual by which it counts; nothing: a draft
    domain::State state;
    std::string title{}; // short, in officers' words; empty: none yet
    std::string category; // id as entered by officers, or empty
    std::vector<domain::Post> turn; // the posts, each once, of those whose turn it is
    bool my_turn = false;
    bool elsewhere = false; // it waits for the reporter, a court or another agency, and its day has not passed: nobody's turn here
    bool news = false; // the reporter wrote more, and no officer has acted since the day on which that became visible
    std::optional<domain::Outcome> uncounted{}; // it ended outside the totals
    bool wants_attention() const { return my_turn || (news && domain::is_finished(state)); }
    bool damaged = false; // what stands in the store is not what was signed and logged; the case does not open
};

struct Totals { // of what the viewer can open, received in this fiscal year (1 October – 30 September)
    int fiscal_year = 0; // พ.ศ.
    std::size_t total = 0, in_progress = 0, finished = 0;
    struct Voided { // names, by those who ended cases outside the totals
        std::string proposed_by, confirmed_by;
        std::size_t count = 0;
    };
    std::vector<Voided> voided{};
};

// What stands in an address names states, orders and pages; what somebody typed comes in a form.
struct QueueQuery {
    enum class Due { any, overdue, soon }; // soon: today, or within the days of warning
    enum class Turn { any, mine, others, nobody };
    enum class Order { due, received, number };
    std::optional<domain::State> state{};
    Due due = Due::any;
    Turn turn = Turn::any;
    std::string category{}; // id
    bool restricted = false, news = false;
    bool all = false; // also what stands apart from the list of work
    Order order = Order::due;
    std::string search{}; // as typed: part of a register number, of a title, or of the person, post or unit complained of
    std::size_t page = 1, rows = 25;
    // Filtered and found are all cases. Without either it is the list of work: filings beyond the first few, proposals to set aside and what
    // ended outside the totals stand apart, so that a flood does not bury the rest.
    bool filtered() const;
};
inline constexpr std::size_t most_fresh = 20, most_waiting = 20;

struct QueueView {
    // By day due: what waits for the viewer or has ended and was written to since, then the unfinished, then the rest.
    std::vector<QueueRow> rows;
    std::size_t found = 0, page = 1, pages = 1;
    struct Counts { // of what waits for the viewer, by when it is due; and what has ended and was written to since
        std::size_t mine = 0, overdue = 0, today = 0, soon = 0, written = 0;
    };
    Counts counts{};
    std::size_t fresh = 0, proposals = 0, voided = 0; // nobody has registered them; wait to be confirmed; ended as void
    std::vector<QueueRow> waiting{};                  // of the proposals the first; on the first page of the list of work
    Totals totals;
    std::optional<int> prepared{}; // percent of the cases that were tried, while the list is being made: the most urgent stand in it
};

base::Result<QueueView> queue(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                              const OfficerSession &session, const QueueQuery &query = {});

} // namespace usecases
