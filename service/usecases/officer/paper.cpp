#include "service/usecases/officer/paper.h"

#include "service/domain/typed_day.h"

#include <algorithm>
#include <tuple>

namespace usecases {
namespace {

const std::string &value(const domain::MoveValues &values, const std::string &name) {
    static const std::string nothing;
    const auto found = values.values.find(name);
    return found == values.values.end() ? nothing : found->second;
}

// In the order of the line, as holders stand; without rights of certificates: who signs on paper needs none here.
std::vector<domain::Holder> holders_on(const AgencySnapshot &agency, base::Day day) {
    std::vector<domain::Holder> out;
    for (const auto &[id, past] : agency.appointed)
        if (const auto post = domain::post_numbered(past.fields.post);
            post && !domain::stays_apart(*post) && past.fields.from <= day && day <= past.last)
            out.push_back({past.fields.officer, *post, {}, true, false});
    return out;
}

bool barred(const OpenedCase &opened, base::OfficerId officer, base::OfficerId entering) {
    return officer == entering || opened.course.proposer == officer ||
           std::ranges::find(opened.complaint.excluded, officer) != opened.complaint.excluded.end();
}

std::optional<domain::Post> own_post(const AgencySnapshot &agency, base::OfficerId officer, base::Day day) {
    for (const auto &[id, past] : agency.appointed)
        if (past.fields.officer == officer && past.fields.from <= day && day <= past.last &&
            domain::capacity_numbered(past.fields.capacity) == domain::Capacity::holder)
            return domain::post_numbered(past.fields.post);
    return std::nullopt;
}

std::optional<Signer> signer(const AgencySnapshot &agency, const crypto::PastAppointment &past) {
    const auto post = domain::post_numbered(past.fields.post);
    const auto capacity = domain::capacity_numbered(past.fields.capacity);
    const auto *known = agency.roster.known(past.fields.officer);
    if (!post || !capacity || !known)
        return std::nullopt;
    Signer out{past.fields.officer, known->display_name, {past.fields.id, *post, *capacity, past.fields.order}, past.fields.from,
               past.last};
    if (*capacity != domain::Capacity::holder)
        out.as.own = own_post(agency, past.fields.officer, past.fields.from);
    return out;
}

} // namespace

std::vector<Signer> signers_of(const OpenedCase &opened, base::OfficerId entering) {
    std::vector<Signer> out;
    for (const auto &[id, past] : opened.agency->appointed) {
        auto one = signer(*opened.agency, past);
        if (!one || barred(opened, one->officer, entering) || one->last < opened.put_before || opened.agency->day < one->from)
            continue;
        if (std::ranges::any_of(domain::transitions(), [&](const domain::Transition &record) {
                const auto *decision = domain::find_transition(record.from, record.records);
                return decision && domain::may_stand_for(*decision, one->as.post);
            }))
            out.push_back(std::move(*one));
    }
    std::ranges::sort(out, {}, [](const Signer &one) {
        return std::tuple(domain::place_in_line(one.as.post), one.from, one.as.appointment);
    });
    return out;
}

std::vector<domain::Fault> check_paper(const OpenedCase &opened, const domain::Transition &decision,
                                       const domain::MoveValues &values, base::OfficerId entering, base::Day today) {
    const auto date = domain::typed_day(value(values, "order_date"));
    if (!date || *date > today)
        return {{"order_date", "fault.date.future"}};
    if (*date < opened.put_before)
        return {{"order_date", "fault.date.before_proposal"}};
    const auto signers = signers_of(opened, entering);
    const auto chosen = std::ranges::find_if(
        signers, [&](const Signer &one) { return one.as.appointment.text() == value(values, "signer"); });
    if (chosen == signers.end())
        return {{"signer", "fault.choice.unknown"}};
    // Who could order it on that day: also who stood in up the line because those before them were excluded.
    std::vector<base::OfficerId> never = opened.complaint.excluded;
    never.push_back(entering);
    const auto could = domain::acting(decision, opened.course, holders_on(*opened.agency, *date), never);
    if (std::ranges::none_of(could, [&](const domain::Holder &holder) {
            return holder.officer == chosen->officer && holder.post == chosen->as.post;
        }) || *date < chosen->from || chosen->last < *date)
        return {{"signer", "fault.signer.not_that_day"}};
    return {};
}

base::Result<PaperOrder> read_paper(const OpenedCase &opened, const domain::Transition &decision,
                                    const domain::MoveValues &values, base::OfficerId entered, base::Day day) {
    const auto wrong = [] { return base::fail(base::Code::refused, "a paper order that could not have been entered"); };
    const auto date = domain::typed_day(value(values, "order_date"));
    const auto id = base::AppointmentId::from_text(value(values, "signer"));
    const auto found = id ? opened.agency->appointed.find(*id) : opened.agency->appointed.end();
    if (!date || *date > day || *date < opened.put_before || found == opened.agency->appointed.end())
        return wrong();
    auto one = signer(*opened.agency, found->second);
    // An ending may have been signed since, of an earlier day: the appointment itself is what counts.
    if (!one || barred(opened, one->officer, entered) || !domain::may_stand_for(decision, one->as.post) ||
        *date < found->second.fields.from || found->second.fields.until < *date)
        return wrong();
    const auto *known = opened.agency->roster.known(entered);
    return PaperOrder{std::move(*one), known ? known->display_name : std::string(), value(values, "order_number"), *date};
}

std::vector<const OpenedCaseFile *> OpenedCase::scans() const {
    std::vector<const OpenedCaseFile *> out;
    if (!course.paper)
        return out;
    for (const OpenedCaseFile &one : files)
        if (!one.author.is_zero() && one.shown.record.purpose == domain::Purpose::signed_paper &&
            paper_entered <= std::pair(one.shown.day, one.shown.time.value_or(0)))
            out.push_back(&one);
    return out;
}

std::vector<const OpenedCaseFile *> OpenedCase::scans(base::OfficerId comparing) const {
    auto out = scans();
    std::erase_if(out, [&](const OpenedCaseFile *one) { return one->author == comparing; });
    return out;
}

bool OpenedCase::wants_scan() const {
    for (const domain::Transition *possible : course.possible())
        if (possible->takes_effect && course.paper)
            return std::ranges::none_of(domain::actors(*possible, course, agency->holders, complaint.excluded),
                                        [&](base::OfficerId comparing) { return !scans(comparing).empty(); });
    return false;
}

} // namespace usecases
