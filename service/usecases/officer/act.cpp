#include "service/usecases/officer/act.h"

#include "service/domain/fiscal_year.h"
#include "service/domain/message.h"
#include "service/domain/move_record.h"
#include "service/usecases/officer/built_move.h"
#include "service/usecases/officer/move_checks.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = ActRefused::Why;

crypto::ObjectHeader header_of(const OpenedCase &opened, crypto::Kind kind, base::OfficerId author, base::ObjectId object) {
    return {kind, opened.row.record.case_id, object, opened.row.record.epoch, author};
}

// Of the same moment as the object's row: see check_against_log().
template <class Row>
crypto::AuditEntry object_entry(const OfficerContext &context, crypto::AuditEvent event, const crypto::SealedObject &object,
                                const Row &row) {
    auto out = case_entry(context, event, object.header.author, object.header.case_id);
    out.day = row.today;
    out.time = row.time;
    out.object = object.header.object_id;
    out.digest = crypto::digest(object.sealed);
    return out;
}

// The reporter is told the first of the posts, and no order, capacity or name.
base::Result<crypto::SealedObject> seal_message(const OpenedCase &opened, const OfficerSession &session, base::OfficerId author,
                                                std::span<const domain::ActedAs> as, base::ObjectId object, std::string text) {
    const std::string json = to_json(domain::Message{std::move(text), as.front().post, std::nullopt});
    return crypto::seal_reply(opened.keys.newest(), session.keys, header_of(opened, crypto::Kind::reply, author, object),
                              opened.reporter_key, base::view(json));
}

// Who moves a case into a state seals it for that state's actors in the same commit.
base::Result<> grant(const OfficerContext &context, const OpenedCase &opened, base::OfficerId by,
                     std::span<const base::OfficerId> actors, ports::Move &move) {
    for (base::OfficerId id : actors) {
        const auto *certificate = opened.agency->roster.live(id);
        if (!certificate)
            return base::fail(base::Code::internal, "an actor without a certificate");
        ASSIGN_OR_RETURN(auto slot, crypto::grant_slot(opened.keys.newest(), opened.row.record, *certificate));
        auto entry = case_entry(context, crypto::AuditEvent::slot_granted, by, opened.row.record.case_id);
        entry.digest = crypto::digest(slot.sealed);
        move.audit.push_back(entry);
        move.granted.push_back(std::move(slot));
    }
    return {};
}

// The same, as the signed move says it: slots do not show who can open them.
domain::Access sealed_for(const OpenedCase &opened, std::span<const base::OfficerId> actors) {
    domain::Access out;
    for (base::OfficerId id : actors)
        if (const auto *certificate = opened.agency->roster.live(id))
            out.readers[id] = certificate->serial;
    return out;
}

// Of each allegation: by the move itself, else as it was decided before.
std::vector<domain::Outcome> outcomes_of(const OpenedCase &opened, const domain::Transition &transition,
                                         const domain::MoveValues &values) {
    const std::size_t allegations = opened.allegations.size();
    if (transition.ends_in)
        return std::vector(domain::is_counted(*transition.ends_in) ? std::max<std::size_t>(1, allegations) : 1, *transition.ends_in);
    const domain::MoveValues &says = values.values.contains("outcome_1") ? values : opened.decided;
    std::vector<domain::Outcome> out;
    for (std::size_t i = 1; i <= allegations; ++i)
        if (const auto outcome = domain::outcome_from(says.at("outcome_" + std::to_string(i))))
            out.push_back(*outcome);
    return out;
}

// The posts that stand in a signature are those of the agency as it was read: never of a day that has begun since.
base::Result<> same_day(const OfficerContext &context, const OpenedCase &opened) {
    if (context.clock.today() != opened.agency->day)
        return base::fail(base::Code::unavailable, "signing while the day changes");
    return {};
}

// Of a paper that check_paper() let through.
base::OfficerId signer_of(const OpenedCase &opened, const domain::MoveValues &values) {
    return opened.agency->appointed.at(*base::AppointmentId::from_text(values.values.at("signer"))).fields.officer;
}

} // namespace

base::Result<ports::Move> built_move(const OfficerContext &context, const OfficerSession &session, base::OfficerId author,
                                const OpenedCase &opened, const domain::Transition &transition, const domain::MoveValues &values,
                                const MoveForm &form, const domain::Course &after, std::span<const base::OfficerId> next) {
    // What a paper order decided, or a proposal ends in, takes effect with its confirmation, and with the words that were entered.
    const domain::Transition &effect = opened.course.effect(transition);
    const domain::MoveValues &decided = transition.takes_effect ? opened.recorded : values;
    const auto as = opened.as(transition, author);
    if (as.empty())
        return base::fail(base::Code::not_found, "a post in which to act");
    RETURN_IF_FAILED(same_day(context, opened));
    ports::Move move;
    move.case_id = opened.row.record.case_id;
    move.expected_version = opened.row.version;
    move.to = after.state;
    if (transition.needs_latest)
        move.expected_follow_ups = form.follow_ups;
    move.today = opened.agency->day;
    move.time = context.clock.now();
    const std::string json = domain::move_to_json(
        {std::string(transition.event), opened.row.version, values, sealed_for(opened, next), as});
    ASSIGN_OR_RETURN(move.object,
                     crypto::seal_move(opened.keys.newest(), session.keys,
                                       header_of(opened, crypto::Kind::move, author, base::ObjectId::random()),
                                       base::view(json)));
    move.audit.push_back(object_entry(context, crypto::AuditEvent::case_moved, move.object, move));
    if (effect.tells_reporter && !domain::proposes_end(transition)) {
        const bool by_hand = effect.standard_notice.empty();
        ASSIGN_OR_RETURN(move.reply, seal_message(opened, session, author, as, base::ObjectId::random(),
                                                  by_hand ? domain::notice_of(effect, decided) : form.standard_notice));
        move.audit.push_back(object_entry(context, crypto::AuditEvent::reply_sent, *move.reply, move));
    }
    RETURN_IF_FAILED(grant(context, opened, author, next, move));
    if (transition.takes_register_number)
        move.take_number = ports::RegisterNumber{
            opened.complaint.excluded.empty() ? ports::RegisterNumber::Series::open : ports::RegisterNumber::Series::restricted,
            context.policy.register_by_fiscal_year ? domain::fiscal_year(move.today) : domain::buddhist_year(move.today), 0};
    if (const auto category = values.values.find("category"); category != values.values.end())
        move.category = category->second;
    move.reopens = domain::is_finished(transition.from);
    move.closes = domain::is_finished(after.state);
    if (move.closes)
        move.outcomes = outcomes_of(opened, effect, decided);
    return move;
}

std::unexpected<ActRefused> refuse(Why why, std::vector<domain::Fault> faults) {
    return std::unexpected(ActRefused{why, std::move(faults)});
}

std::unexpected<ActRefused> refuse(const base::Error &error) {
    switch (error.code) {
    case base::Code::not_found: return refuse(Why::not_found);
    case base::Code::conflict: return refuse(Why::stale);
    case base::Code::refused: return refuse(Why::tampered);
    case base::Code::unavailable: return refuse(Why::busy);
    default: return refuse(Why::storage_failed);
    }
}

std::expected<Acted, ActRefused> move_case(const domain::Permitted<domain::Action::work_cases> &permitted,
                                           OfficerContext &context, const OfficerSession &session,
                                           std::string_view case_id, const MoveForm &form) {
    const auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    if (form.version != opened->row.version)
        return refuse(Why::stale);
    const auto *transition = opened->allowed(permitted.actor(), form.event);
    if (!transition)
        return refuse(Why::not_found);
    if (transition->needs_latest && form.follow_ups != opened->follow_ups)
        return refuse(Why::stale);
    auto values = domain::check_move(*transition, form.values, opened->allegations.size());
    if (!values)
        return refuse(Why::faults, std::move(values.error()));
    auto faults = check_against_case(context, session, *opened, *transition, *values);
    if (!faults)
        return refuse(faults.error());
    if (!faults->empty())
        return refuse(Why::faults, std::move(*faults));
    if (!transition->standard_notice.empty() && form.standard_notice.empty())
        base::broken("a notice that the page did not bring");
    domain::Course after = opened->course;
    after.take(*transition, permitted.actor().officer, *values, transition->records.empty() ? base::OfficerId() : signer_of(*opened, *values),
               opened->agency->day);
    const auto next = domain::turn(after, opened->agency->holders, opened->complaint.excluded);
    if (next.empty() && !domain::is_finished(after.state))
        return refuse(Why::nobody_next);
    auto move = built_move(context, session, permitted.actor().officer, *opened, *transition, *values, form, after, next);
    if (!move)
        return refuse(move.error());
    const auto done = context.writes.move(std::move(*move));
    if (!done)
        return refuse(done.error());
    return Acted{after.state, done->number ? std::optional(*done) : std::nullopt};
}

std::string new_reply_id() { return base::ObjectId::random().text(); }

std::expected<void, ActRefused> reply(const domain::Permitted<domain::Action::work_cases> &permitted,
                                      OfficerContext &context, const OfficerSession &session, std::string_view case_id,
                                      std::string_view typed, std::string_view once) {
    const auto opened = open_by_id(context, session, case_id);
    if (!opened)
        return refuse(opened.error());
    const auto text = domain::check_message(typed);
    if (!text)
        return refuse(Why::faults, {text.error()});
    const auto form_id = base::ObjectId::from_text(once);
    if (!form_id)
        return refuse(Why::stale);
    // From the random id of the form, the case and the text: the same form sent twice is one reply, an edited one a second.
    base::Writer form;
    form.raw(form_id->bytes()).raw(opened->row.record.case_id.bytes()).raw(base::view(*text));
    const auto tag = crypto::digest(form.seen());
    const base::OfficerId author = permitted.actor().officer;
    const auto as = opened->as(author, domain::handling_line);
    if (as.empty())
        return refuse(Why::not_found);
    if (const auto same = same_day(context, *opened); !same)
        return refuse(same.error());
    auto object = seal_message(*opened, session, author, as, *base::ObjectId::from(base::View(tag).first(16)), *text);
    if (!object)
        return refuse(object.error());
    ports::Reply row{opened->row.record.case_id, opened->agency->day, context.clock.now(), {}, {}};
    row.audit.push_back(object_entry(context, crypto::AuditEvent::reply_sent, *object, row));
    row.object = std::move(*object);
    const auto done = context.writes.reply(std::move(row));
    if (!done && done.error().code != base::Code::conflict) // conflict: the same form again, sent already
        return refuse(done.error());
    return {};
}

} // namespace usecases
