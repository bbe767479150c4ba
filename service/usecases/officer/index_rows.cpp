#include "service/usecases/officer/index_rows.h"

#include "service/domain/text.h"
#include "service/usecases/officer/access_plan.h"
#include "service/usecases/officer/agency_settings.h"

#include <algorithm>

namespace usecases {
namespace {

void set_due(QueueRow &row, const domain::Course &course, const domain::Deadlines &deadlines, base::Day today) {
    row.due = deadlines.due(course, row.received);
    row.manual = deadlines.manuals().on(row.received).number;
    if (row.due)
        row.standing = deadlines.standing(course.since, *row.due, today);
    row.elsewhere = domain::waits_for_others(row.state) && row.standing != domain::Deadlines::Standing::overdue;
    row.my_turn = row.my_turn && !row.elsewhere;
}

void keep_turn(IndexRow &out, const QueueRow &row, const domain::Course &course) {
    out.since = course.since.number;
    out.manual = static_cast<std::uint32_t>(row.manual.value_or(0));
    out.due = row.due ? row.due->number : IndexRow::no_day;
    out.set(IndexRow::my_turn, row.my_turn);
    out.set(IndexRow::elsewhere, row.elsewhere);
    std::ranges::fill(out.turn, 0);
    for (std::size_t i = 0; i < std::min(row.turn.size(), std::size(out.turn)); ++i)
        out.turn[i] = static_cast<std::uint8_t>(row.turn[i]);
}

IndexRow kept(const QueueRow &row, const ports::SlotRow &slot, const domain::Course &course) {
    IndexRow out;
    std::ranges::copy(row.id.bytes(), out.id.begin());
    out.stamp = stamp_of(slot);
    out.category = category_tag(row.category);
    out.received = row.received.number;
    out.state_since = row.state_since.number;
    out.last_from_reporter = row.last_from_reporter.number;
    if (row.number) {
        out.series = static_cast<std::uint8_t>(row.number->series);
        out.year = row.number->year;
        out.number = row.number->number;
    }
    out.state = static_cast<std::uint8_t>(row.state);
    out.uncounted = row.uncounted ? static_cast<std::uint8_t>(*row.uncounted) : 0;
    out.set(IndexRow::news, row.news);
    out.set(IndexRow::damaged, row.damaged);
    keep_turn(out, row, course);
    return out;
}

// The texts that a case is found by, a line for each.
std::string search_lines(const QueueRow &row, const OpenedCase *opened) {
    std::string out;
    const auto add = [&](std::string_view text) {
        if (!text.empty())
            out += domain::folded_line(text) + "\n";
    };
    if (row.number)
        add(typed_number(*row.number));
    if (opened) {
        add(opened->title);
        add(opened->complaint.subject_name);
        add(opened->complaint.subject_position);
        add(opened->complaint.subject_unit);
    }
    return out;
}

} // namespace

std::string typed_number(const ports::RegisterNumber &number) {
    return (number.series == ports::RegisterNumber::Series::restricted ? "ล " : "") + std::to_string(number.number) + "/" +
           std::to_string(number.year);
}

QueueRow row_of(const OfficerContext &context, const OpenedCase &opened, base::OfficerId viewer) {
    QueueRow out = opened.queue_row(viewer);
    set_due(out, opened.course, *context.profile.deadlines(), context.clock.today());
    return out;
}

Indexed indexed(const OfficerContext &context, const ports::SlotRow &slot, const OpenedCase &opened, base::OfficerId viewer,
                CaseIndex &index) {
    const QueueRow row = row_of(context, opened, viewer);
    Indexed out{kept(row, slot, opened.course), {search_lines(row, &opened), opened.title, row.category, opened.course, opened.complaint.excluded}};
    out.row.access_class = access_class(opened);
    out.row.set(IndexRow::restricted, row.number ? row.number->series == ports::RegisterNumber::Series::restricted
                                                 : !opened.complaint.excluded.empty());
    if (row.uncounted) {
        const auto name = [&](std::string_view event) {
            const auto *entry = opened.latest(event);
            return index.place_of(entry ? entry->who : std::string());
        };
        const bool grievance = row.uncounted == domain::Outcome::general_grievance;
        out.row.proposed_by = name(grievance ? "general_grievance" : "set_aside");
        out.row.confirmed_by = name(grievance ? "confirm_grievance" : "confirm_void");
    }
    return out;
}

Indexed indexed_damaged(const ports::SlotRow &slot) {
    QueueRow row;
    row.id = slot.row.record.case_id;
    row.number = slot.row.number;
    row.received = slot.row.received;
    row.state_since = slot.row.state_since;
    row.last_from_reporter = slot.row.last_from_reporter;
    row.state = slot.row.state;
    row.damaged = true;
    return {kept(row, slot, {}), {search_lines(row, nullptr), {}, {}, {.state = row.state}, {}}};
}

base::Array<16> stamp_of(const ports::SlotRow &slot) {
    const ports::CaseRow &row = slot.row;
    base::Writer all;
    all.raw(slot.sealed).raw(row.record.commitment).u32(row.epoch).u32(row.version).u8(static_cast<std::uint8_t>(row.state));
    for (const base::Day day : {row.received, row.visible_from, row.state_since, row.last_from_reporter, row.closed_on.value_or(base::Day{})})
        all.u32(static_cast<std::uint32_t>(day.number));
    all.text16(row.category).u8(slot.uncounted ? static_cast<std::uint8_t>(*slot.uncounted) : 0);
    if (row.number)
        all.u8(static_cast<std::uint8_t>(row.number->series)).u32(static_cast<std::uint32_t>(row.number->year)).u32(row.number->number);
    for (const ports::EpochRow &epoch : row.later)
        all.raw(epoch.certificate).raw(epoch.older_key);
    const auto digest = crypto::digest(all.seen());
    base::Array<16> out;
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

void work_out(IndexRow &row, const IndexDetail &detail, const AgencySnapshot &agency, const domain::Deadlines &deadlines,
              base::OfficerId viewer) {
    if (row.has(IndexRow::damaged))
        return;
    QueueRow again;
    again.received = {row.received};
    again.state = static_cast<domain::State>(row.state);
    auto next = awaited(detail.course, agency, detail.excluded, viewer);
    again.turn = std::move(next.posts);
    again.my_turn = next.mine;
    set_due(again, detail.course, deadlines, agency.day);
    keep_turn(row, again, detail.course);
}

base::Array<32> agency_digest(const OfficerContext &context, const AgencySnapshot &agency) {
    base::Writer all;
    all.u32(static_cast<std::uint32_t>(agency.day.number)).u64(context.profile.versions()->size()).u64(context.profile.now()->version);
    for (const domain::Holder &holder : agency.holders)
        all.raw(holder.officer.bytes()).u8(static_cast<std::uint8_t>(holder.post)).u8(holder.may_read);
    return crypto::digest(all.seen());
}

QueueRow shown(const IndexRow &row, const IndexDetail &detail, const domain::Deadlines &deadlines, base::Day today) {
    QueueRow out;
    out.id = row.case_id();
    if (row.number != 0)
        out.number = {static_cast<ports::RegisterNumber::Series>(row.series), row.year, row.number};
    out.received = {row.received};
    out.state_since = {row.state_since};
    out.last_from_reporter = {row.last_from_reporter};
    if (row.due != IndexRow::no_day) {
        out.due = base::Day{row.due};
        out.standing = deadlines.standing({row.since}, *out.due, today);
    }
    if (row.manual != 0)
        out.manual = row.manual;
    out.state = static_cast<domain::State>(row.state);
    out.title = detail.title;
    out.category = detail.category;
    for (const std::uint8_t post : row.turn)
        if (post != 0)
            out.turn.push_back(static_cast<domain::Post>(post));
    out.my_turn = row.has(IndexRow::my_turn);
    out.elsewhere = row.has(IndexRow::elsewhere);
    out.news = row.has(IndexRow::news);
    out.damaged = row.has(IndexRow::damaged);
    if (row.uncounted != 0)
        out.uncounted = static_cast<domain::Outcome>(row.uncounted);
    return out;
}

} // namespace usecases
