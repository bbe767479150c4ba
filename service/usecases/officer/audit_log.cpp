#include "service/usecases/officer/audit_log.h"

#include <algorithm>
#include <limits>
#include <ranges>

namespace usecases {
namespace {

// A filter that fits little must not hold a lane: after so many entries the page ends, and the next one goes on from there.
constexpr std::size_t most_scanned = 200'000;

bool fits(const AuditFilter &filter, const crypto::AuditEntry &entry) {
    return (!filter.officer || entry.actor == *filter.officer) && (!filter.event || entry.event == *filter.event) &&
           (!filter.from || entry.day >= *filter.from) && (!filter.until || entry.day <= *filter.until) &&
           (filter.pseudonym.empty() || base::hex(entry.subject).starts_with(filter.pseudonym));
}

bool filters(const AuditFilter &filter) {
    return filter.officer || filter.event || filter.from || filter.until || !filter.pseudonym.empty();
}

class Names {
public:
    Names(const AgencySnapshot &agency, const std::vector<ports::OfficerRow> &rows) {
        for (const ports::OfficerRow &row : rows) {
            const auto *certified = agency.roster.known(row.id);
            names_[row.id] = certified ? certified->display_name : row.display_name;
        }
    }
    std::string of(base::OfficerId id) const {
        if (id.is_zero())
            return {};
        const auto found = names_.find(id);
        return found == names_.end() ? id.text().substr(0, 8) : found->second;
    }
    std::vector<std::pair<base::OfficerId, std::string>> all() const {
        std::vector<std::pair<base::OfficerId, std::string>> out(names_.begin(), names_.end());
        std::ranges::sort(out, {}, &std::pair<base::OfficerId, std::string>::second);
        return out;
    }

private:
    std::map<base::OfficerId, std::string> names_;
};

base::Result<> collect_lines(ports::AuditReads &log, const AuditFilter &filter, AuditTurn turn, std::uint64_t at,
                             const Names &names, AuditPage &out) {
    const bool backwards = turn != AuditTurn::newer;
    std::size_t scanned = 0;
    std::uint64_t last = at;
    bool more = false;
    RETURN_IF_FAILED(log.walk(at, backwards ? ports::Direction::newest_first : ports::Direction::oldest_first,
                              [&](const ports::AuditRow &row) {
                                  if (out.lines.size() == audit_page_entries || ++scanned > most_scanned) {
                                      more = true;
                                      return false;
                                  }
                                  last = row.sequence;
                                  auto entry = crypto::AuditEntry::decode(row.entry);
                                  if (entry ? fits(filter, *entry) : !filters(filter)) {
                                      const bool malformed = !entry;
                                      const auto shown = malformed ? crypto::AuditEntry{} : *entry;
                                      out.lines.push_back({row.sequence, shown, names.of(shown.actor), malformed});
                                  }
                                  return true;
                              }));
    if (!backwards)
        std::ranges::reverse(out.lines);
    // Where nothing was read, a page in the other direction begins where this one did.
    const auto beyond = [&](std::uint64_t number, bool up) { return up ? number + 1 : number - 1; };
    if (backwards) {
        out.older = more;
        out.below = last;
        out.newer = turn == AuditTurn::older;
        out.above = at == 0 ? 0 : beyond(at, false);
    } else {
        out.newer = more;
        out.above = last;
        out.older = true;
        out.below = beyond(at, true);
    }
    return {};
}

} // namespace

base::Result<AuditPage> audit_page(const domain::Permitted<domain::Action::read_audit> &, OfficerContext &context,
                                   const AuditFilter &filter, AuditTurn turn, std::uint64_t at) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto rows, context.reads.officers());
    const Names names(*agency, rows);
    AuditPage out;
    out.officers = names.all();
    auto &log = context.reads.audit();
    ASSIGN_OR_RETURN(const auto state, log.one_state());
    ASSIGN_OR_RETURN(const auto head, context.reads.head());
    out.entries = head.sequence;
    ASSIGN_OR_RETURN(const auto waiting, log.waiting());
    out.waiting = waiting.size();
    ASSIGN_OR_RETURN(const auto signatures, log.countersignatures());
    for (const auto &row : signatures | std::views::take(audit_page_signatures))
        out.signatures.push_back({row.day, names.of(row.officer), row.sequence, row.head});
    constexpr auto highest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const std::uint64_t from = turn == AuditTurn::newest ? highest : std::min(at, highest);
    RETURN_IF_FAILED(collect_lines(log, filter, turn, from, names, out));
    return out;
}

} // namespace usecases
