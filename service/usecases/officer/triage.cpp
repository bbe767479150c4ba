#include "service/usecases/officer/triage.h"

#include "service/domain/text.h"
#include "service/usecases/officer/opened_case.h"

#include <algorithm>
#include <tuple>

namespace usecases {
namespace {

bool lies_in(Pile pile, const ports::SlotRow &slot) {
    switch (pile) {
    case Pile::fresh: return slot.row.state == domain::State::submitted;
    case Pile::proposed: return slot.row.state == domain::State::set_aside;
    case Pile::voided: return slot.row.state == domain::State::closed && slot.uncounted == domain::Outcome::voided;
    }
    return false;
}

// By twenties only what is plainly spam: whether something is a matter of corruption is decided on the page of the case.
bool takes_from(Pile pile, const domain::Transition &transition) {
    switch (pile) {
    case Pile::fresh: return transition.event == "set_aside";
    case Pile::proposed: return transition.ends_in == domain::Outcome::voided || transition.returns;
    case Pile::voided: return transition.after_void;
    }
    return false;
}

// What lies in the pile and opens for the viewer. The rows say where a case stands: opening it, on its page, shows whether
// its signed moves say the same. A slot alone costs a tenth of that.
std::vector<const ports::SlotRow *> lying_in(Pile pile, const OfficerSession &session,
                                             std::span<const ports::SlotRow> slots) {
    std::vector<const ports::SlotRow *> out;
    std::size_t tried = 0;
    for (const auto &slot : slots) {
        if (!lies_in(pile, slot))
            continue;
        ++tried;
        if (opens(session, slot))
            out.push_back(&slot);
    }
    fill_group(session, tried);
    // The oldest first; of what was set aside, the latest.
    const auto place = [&](const ports::SlotRow *slot) {
        const base::Day day = pile == Pile::voided ? base::Day{-slot->row.state_since.number} : slot->row.received;
        return std::make_tuple(day, slot->row.record.case_id);
    };
    std::ranges::sort(out, {}, place);
    return out;
}

std::string joined(std::initializer_list<std::string_view> parts, std::string_view between) {
    std::string out;
    for (const std::string_view part : parts)
        if (!part.empty())
            out.append(out.empty() ? "" : between).append(part);
    return out;
}

std::string subject_of(const domain::Complaint &complaint) {
    return joined({complaint.subject_name, complaint.subject_position, complaint.subject_unit}, ", ");
}

// Who confirms must see more than the facts: the real complaint may stand in any other field.
std::string words_of(Pile pile, const domain::Complaint &complaint) {
    if (pile != Pile::proposed)
        return complaint.facts;
    return joined({complaint.facts, complaint.when, complaint.where, complaint.witnesses, complaint.elsewhere, complaint.wish},
                  "\n\n");
}

std::string words_of(Pile pile, const HistoryEntry &follow_up) {
    if (!follow_up.refiled)
        return follow_up.text;
    const std::string words = words_of(pile, *follow_up.refiled);
    return pile == Pile::proposed ? joined({words, subject_of(*follow_up.refiled)}, "\n\n") : words;
}

PileItem::Text preview(Pile pile, const std::string &text, bool follow_up) {
    const std::size_t most = pile == Pile::proposed ? confirm_characters : preview_characters;
    PileItem::Text out{follow_up, domain::beginning(text, most), false};
    out.goes_on = out.words.size() < text.size();
    return out;
}

std::uint32_t written(const OpenedCase &opened) { // follow-ups that are texts, not files
    return static_cast<std::uint32_t>(std::ranges::count(opened.history, std::string_view("follow_up"), &HistoryEntry::event));
}

std::vector<PileItem::Text> texts_of(Pile pile, const OpenedCase &opened) {
    std::vector<PileItem::Text> out{preview(pile, words_of(pile, opened.complaint), false)};
    const std::uint32_t texts = written(opened);
    std::uint32_t earlier = texts > preview_follow_ups ? texts - preview_follow_ups : 0;
    for (const HistoryEntry &entry : opened.history) {
        if (entry.event != "follow_up")
            continue;
        if (earlier > 0)
            --earlier;
        else
            out.push_back(preview(pile, words_of(pile, entry), true));
    }
    return out;
}

bool shown_whole(const OpenedCase &opened) {
    // No pile shows a file.
    return opened.follow_ups <= preview_follow_ups && opened.follow_ups == written(opened) &&
           std::ranges::none_of(texts_of(Pile::proposed, opened), &PileItem::Text::goes_on);
}

bool confirms_void(std::string_view event) {
    const auto *transition = domain::find_transition(domain::State::set_aside, event);
    return transition && transition->ends_in == domain::Outcome::voided;
}

PileItem item_of(Pile pile, const OpenedCase &opened, const domain::Actor &viewer) {
    PileItem out{.row = opened.queue_row(viewer.officer), .version = opened.row.version, .follow_ups = opened.follow_ups,
                 .files = opened.follow_ups - written(opened),
                 .secrecy = opened.secrecy, .subject = subject_of(opened.complaint), .texts = texts_of(pile, opened), .proposal = {},
                 .confirmation = {}, .moves = {}};
    if (pile != Pile::fresh)
        if (const auto *entry = opened.latest(opened.course.ending ? opened.course.ending->proposed->event : "set_aside"))
            out.proposal = *entry;
    if (pile == Pile::voided)
        if (const auto *entry = opened.latest("confirm_void"))
            out.confirmation = *entry;
    for (const domain::Transition *transition : opened.allowed(viewer))
        if (transition->ends_in == domain::Outcome::general_grievance)
            out.confirm_on_case = true;
        else if (takes_from(pile, *transition)) {
            if (confirms_void(transition->event) && !shown_whole(opened))
                out.confirm_on_case = true;
            else
                out.moves.push_back(transition);
        }
    return out;
}

PileItem damaged(const ports::SlotRow &slot) {
    PileItem out;
    out.row.id = slot.row.record.case_id;
    out.row.number = slot.row.number;
    out.row.received = slot.row.received;
    out.row.state = slot.row.state;
    out.row.damaged = true;
    return out;
}

base::Result<PilePage> read_page(const domain::Actor &viewer, OfficerContext &context, const OfficerSession &session,
                                 Pile pile, std::size_t page) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slots, context.reads.slots_of(viewer.officer, context.clock.today()));
    const auto found = lying_in(pile, session, slots);
    PilePage out{pile, 1, std::max<std::size_t>(1, (found.size() + pile_page_size - 1) / pile_page_size), found.size(), {}};
    out.page = std::clamp<std::size_t>(page, 1, out.pages);
    const std::size_t first = (out.page - 1) * pile_page_size;
    for (std::size_t at = first; at < std::min(first + pile_page_size, found.size()); ++at) {
        const auto opened = open_slot_row(context, session, *found[at], agency);
        if (opened)
            out.items.push_back(item_of(pile, *opened, viewer));
        else if (opened.error().code == base::Code::refused)
            out.items.push_back(damaged(*found[at]));
        else
            return std::unexpected(opened.error());
    }
    return out;
}

} // namespace

base::Result<PilePage> pile_page(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                 const OfficerSession &session, Pile pile, std::size_t page) {
    ASSIGN_OR_RETURN(auto out, read_page(permitted.actor(), context, session, pile, page));
    std::vector<crypto::AuditEntry> opened;
    for (const PileItem &item : out.items)
        if (!item.row.damaged)
            opened.push_back(case_entry(context, crypto::AuditEvent::case_opened, permitted.actor().officer, item.row.id));
    if (!opened.empty())
        RETURN_IF_FAILED(context.writes.append_audit(std::move(opened)));
    return out;
}

PileMoved move_pile(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                    const OfficerSession &session, std::span<const PileMove> moves) {
    PileMoved out;
    for (const PileMove &move : moves) {
        if (confirms_void(move.form.event)) {
            const auto opened = open_by_id(context, session, move.case_id);
            if (opened && opened->row.version == move.form.version && !shown_whole(*opened)) {
                out.left.push_back({move.case_id, ActRefused::Why::faults});
                continue;
            }
        }
        const auto done = move_case(permitted, context, session, move.case_id, move.form);
        if (done)
            ++out.done[move.form.event];
        else
            out.left.push_back({move.case_id, done.error().why});
    }
    return out;
}

} // namespace usecases
