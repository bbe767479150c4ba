#include "service/usecases/officer/move_checks.h"

#include "service/domain/typed_day.h"
#include "service/usecases/officer/index_rows.h"
#include "service/usecases/officer/paper.h"

#include <algorithm>

namespace usecases {
namespace {

constexpr int most_days_ahead = 366; // a mistyped year would hide a case

std::optional<domain::Fault> check_date(const OpenedCase &opened, const domain::Transition &transition,
                                        const domain::FieldRule &rule, const std::string &name, const std::string &value) {
    const auto day = domain::typed_day(value);
    if (!day)
        return std::nullopt;
    const base::Day today = opened.agency->day;
    if (!rule.ahead && *day > today)
        return domain::Fault{name, "fault.date.future"};
    if (!rule.ahead)
        return *day < opened.put_before ? std::optional(domain::Fault{name, "fault.date.before_proposal"}) : std::nullopt;
    if (*day <= today)
        return domain::Fault{name, "fault.date.past"};
    if (day->number - today.number > most_days_ahead)
        return domain::Fault{name, "fault.date.too_far"};
    const bool extends = transition.from == transition.to && !transition.never_the_proposer;
    return extends && opened.course.due && *day <= *opened.course.due ? std::optional(domain::Fault{name, "fault.date.not_later"})
                                                                      : std::nullopt;
}

bool are_nameable(const OpenedCase &opened, base::OfficerId names, const domain::MoveValues &values, const std::string &name) {
    const auto people = nameable(opened, names);
    return std::ranges::all_of(values.officers(name), [&](base::OfficerId id) {
        return std::ranges::find(people, id, &domain::Person::officer) != people.end();
    });
}

// An order that names nobody new gives nobody more time: for that there is the extension, which is the executive's.
bool only_puts_off(const OpenedCase &opened, const domain::FieldRule &people, const domain::MoveValues &values) {
    const auto named = values.officers(std::string(people.name));
    const auto due = domain::typed_day(values.at("due_date"));
    return due && opened.course.due && *due > *opened.course.due && std::ranges::all_of(named, [&](base::OfficerId id) {
        return std::ranges::find(opened.course.finders, id) != opened.course.finders.end();
    });
}

bool excludes(const OpenedCase &opened, base::OfficerId officer) {
    return std::ranges::find(opened.complaint.excluded, officer) != opened.complaint.excluded.end();
}

// Who reads this case's history learns the other's number: so nobody may read it from whom the other is hidden.
bool excludes_all(const OpenedCase &opened, std::span<const base::OfficerId> people) {
    return std::ranges::all_of(people, [&](base::OfficerId id) { return excludes(opened, id); });
}

// Only a case that opens for who names it, what is hidden from them is not there; and none that has ended, where the reporter's matter would end with it.
base::Result<bool> is_another_open_case(OfficerContext &context, const OfficerSession &session, const OpenedCase &opened,
                                   const std::string &number) {
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(session.actor.officer, context.clock.today()));
    bool found = false;
    std::size_t tried = 0;
    for (const auto &slot : slots) {
        ++tried;
        const bool readable = opens(session, slot);
        if (!readable || !slot.row.number || typed_number(*slot.row.number) != number ||
            slot.row.record.case_id == opened.row.record.case_id)
            continue;
        const auto leading = open_by_id(context, session, slot.row.record.case_id.text());
        found = leading && !domain::is_finished(leading->course.state) && excludes_all(opened, leading->complaint.excluded);
    }
    fill_group(session, tried);
    return found;
}

} // namespace

std::vector<domain::Person> nameable(const OpenedCase &opened, base::OfficerId names) {
    return domain::people(domain::may_find_facts(opened.agency->holders, opened.complaint.excluded, names));
}

base::Result<std::vector<domain::Fault>> check_against_case(OfficerContext &context, const OfficerSession &session,
                                                            const OpenedCase &opened, const domain::Transition &transition,
                                                            const domain::MoveValues &values) {
    const base::OfficerId author = session.actor.officer;
    if (!transition.records.empty())
        return check_paper(opened, *domain::find_transition(transition.from, transition.records), values, author,
                           opened.agency->day);
    std::vector<domain::Fault> out;
    if (transition.takes_effect && opened.course.paper && excludes(opened, opened.course.paper->signer))
        return std::vector<domain::Fault>{{"compared", "fault.paper.excluded"}};
    if (transition.takes_effect && opened.course.paper && opened.scans(author).empty())
        out.push_back({"compared", "fault.paper.no_scan"});
    for (const domain::FieldRule &rule : transition.fields) {
        const std::string name(rule.name);
        if (rule.type == domain::FieldType::date) {
            if (auto fault = check_date(opened, transition, rule, name, values.at(name)))
                out.push_back(std::move(*fault));
        } else if (rule.type == domain::FieldType::officers) {
            if (!are_nameable(opened, author, values, name))
                out.push_back({name, "fault.choice.unknown"});
            else if (transition.from == transition.to && only_puts_off(opened, rule, values))
                out.push_back({"due_date", "fault.date.needs_extension"});
        } else if (rule.type == domain::FieldType::case_number) {
            ASSIGN_OR_RETURN(const bool known, is_another_open_case(context, session, opened, values.at(name)));
            if (!known)
                out.push_back({name, "fault.case.unknown"});
        }
    }
    return out;
}

} // namespace usecases
