#include "service/usecases/officer/opened_case.h"

#include "service/domain/message.h"

#include <algorithm>

namespace usecases {
namespace {

using crypto::Kind;

// Nothing missing, nothing older, nothing that the log does not know.
base::Result<> check_against_log(OfficerContext &context, base::CaseId id, std::span<const ports::ObjectRow> objects) {
    ASSIGN_OR_RETURN(const auto digests,
                     context.reads.digests(crypto::case_pseudonym(context.keys, id), id, context.clock.today()));
    std::map<base::ObjectId, base::Array<32>> logged;
    for (const auto &entry : digests)
        logged[entry.object] = entry.digest;
    if (logged.size() != objects.size())
        return base::fail(base::Code::refused, "a case whose objects are not those of the log");
    for (const auto &object : objects) {
        const auto found = logged.find(object.header.object_id);
        if (found == logged.end() || found->second != crypto::digest(object.sealed))
            return base::fail(base::Code::refused, "an object that is not the one in the log");
    }
    return {};
}

class Opener {
public:
    Opener(OpenedCase &opened, const ports::SlotRow &slot) : opened_(opened), slot_(slot) {}

    base::Result<> open(const ports::ObjectRow &object) {
        switch (object.header.kind) {
        case Kind::complaint: return complaint(object);
        case Kind::follow_up: return follow_up(object);
        case Kind::reply: return reply(object);
        case Kind::move: return move(object);
        case Kind::identity: return {}; // under another key, the custodians'
        }
        return base::fail(base::Code::refused, "an object of an unknown kind");
    }
    domain::State state() const { return state_; }
    bool has_complaint() const { return has_complaint_; }

private:
    HistoryEntry entry(const ports::ObjectRow &object, std::string event) const {
        HistoryEntry out;
        out.day = object.day;
        out.event = std::move(event);
        if (object.header.author.is_zero())
            return out;
        out.time = object.time;
        if (const auto *known = opened_.agency->roster.known(object.header.author))
            out.who = known->display_name;
        const auto &everyone = opened_.agency->everyone;
        if (const auto holder = std::ranges::find(everyone, object.header.author, &domain::Holder::officer);
            holder != everyone.end())
            out.post = holder->post;
        return out;
    }

    base::Result<> complaint(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_complaint(opened_.key, slot_.row.record, object.header, object.sealed));
        ASSIGN_OR_RETURN(opened_.complaint, domain::complaint_from_json(base::text(plain.json)));
        opened_.reporter_key = plain.reporter_key;
        has_complaint_ = true;
        opened_.history.push_back(entry(object, "filed"));
        return {};
    }

    base::Result<> follow_up(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto plain, crypto::open_follow_up(opened_.key, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto message, domain::message_from_json(base::text(plain)));
        auto out = entry(object, "follow_up");
        out.text = std::move(message.text);
        out.refiled = std::move(message.refiled);
        opened_.history.push_back(std::move(out));
        return {};
    }

    base::Result<> reply(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_reply(opened_.key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto message, domain::message_from_json(base::text(plain)));
        auto out = entry(object, "reply");
        out.text = std::move(message.text);
        opened_.history.push_back(std::move(out));
        return {};
    }

    base::Result<> move(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_move(opened_.key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto record, domain::move_from_json(base::text(plain)));
        const auto *transition = domain::find_transition(state_, record.event);
        if (!transition)
            return base::fail(base::Code::refused, "a move that the table does not know");
        state_ = transition->to;
        if (record.values.values.contains("allegations")) {
            opened_.allegations = record.values.lines("allegations");
            opened_.screener = object.header.author;
        }
        auto out = entry(object, record.event);
        for (auto &[name, value] : record.values.values)
            out.fields.push_back({name, std::move(value)});
        opened_.history.push_back(std::move(out));
        return {};
    }

    OpenedCase &opened_;
    const ports::SlotRow &slot_;
    domain::State state_ = domain::State::submitted;
    bool has_complaint_ = false;
};

} // namespace

std::vector<base::OfficerId> OpenedCase::turn() const {
    return domain::turn(row.state, agency->holders, complaint.excluded, screener);
}

const domain::Transition *OpenedCase::allowed(const domain::Actor &actor, std::string_view event) const {
    const auto *transition = domain::find_transition(row.state, event);
    if (!transition)
        return nullptr;
    const auto actors = domain::actors_for(transition->by, agency->holders, complaint.excluded,
                                           transition->never_the_screener ? screener : std::nullopt);
    return std::ranges::find(actors, actor.officer) == actors.end() ? nullptr : transition;
}

QueueRow OpenedCase::queue_row(base::OfficerId viewer) const {
    QueueRow out{.id = row.record.case_id,
                 .number = row.number,
                 .received = row.received,
                 .state_since = row.state_since,
                 .last_from_reporter = row.last_from_reporter,
                 .state = row.state,
                 .category = row.category,
                 .turn = {}};
    for (base::OfficerId id : turn()) {
        const auto holder = std::ranges::find(agency->holders, id, &domain::Holder::officer);
        if (holder != agency->holders.end())
            out.turn.push_back(holder->post);
        out.my_turn = out.my_turn || id == viewer;
    }
    return out;
}

base::Result<OpenedCase> open_slot_row(OfficerContext &context, const OfficerSession &session, const ports::SlotRow &slot) {
    ASSIGN_OR_RETURN(auto key, crypto::open_slot(session.keys, slot.row.record, slot.sealed));
    ASSIGN_OR_RETURN(auto agency, context.snapshot());
    const base::CaseId id = slot.row.record.case_id;
    ASSIGN_OR_RETURN(const auto objects, context.reads.objects(id, context.clock.today()));
    RETURN_IF_FAILED(check_against_log(context, id, objects));
    OpenedCase out{.row = slot.row, .key = std::move(key), .complaint = {}, .reporter_key = {}, .history = {},
                   .allegations = {}, .screener = {}, .agency = std::move(agency)};
    Opener opener(out, slot);
    for (const auto &object : objects)
        if (const auto opened = opener.open(object); !opened)
            return base::fail(base::Code::refused, opened.error().what, opened.error().where);
    // The state is readable to the server, so it is believed only where the signed moves say the same.
    if (!opener.has_complaint() || opener.state() != slot.row.state)
        return base::fail(base::Code::refused, "a state that the signed moves do not lead to");
    return out;
}

base::Result<OpenedCase> open_by_id(OfficerContext &context, const OfficerSession &session, std::string_view case_id) {
    const auto id = base::CaseId::from_text(case_id);
    if (!id)
        return base::fail(base::Code::not_found, "a case id");
    ASSIGN_OR_RETURN(const auto slot, context.reads.slot(*id, session.actor.officer, context.clock.today()));
    if (!slot)
        return base::fail(base::Code::not_found, "a case");
    return open_slot_row(context, session, *slot);
}

crypto::AuditEntry case_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                              base::CaseId case_id) {
    return {.event = event,
            .day = context.clock.today(),
            .time = context.clock.now(),
            .actor = actor,
            .subject = crypto::case_pseudonym(context.keys, case_id),
            .object = {},
            .digest = {}};
}

} // namespace usecases
