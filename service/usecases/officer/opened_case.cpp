#include "service/usecases/officer/opened_case.h"

#include "service/domain/case_title.h"
#include "service/domain/message.h"
#include "service/domain/move_record.h"
#include "service/domain/typed_day.h"
#include "service/usecases/officer/case_log.h"
#include "service/usecases/officer/paper.h"
#include "service/usecases/officer/past_posts.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace usecases {
namespace {

using crypto::Kind;

class Opener {
public:
    Opener(OpenedCase &opened, const ports::SlotRow &slot) : opened_(opened), slot_(slot) {}

    base::Result<> open(const ports::ObjectRow &object) {
        switch (object.header.kind) {
        case Kind::complaint: return complaint(object);
        case Kind::follow_up: return follow_up(object);
        case Kind::reply: return reply(object);
        case Kind::move: return move(object);
        case Kind::access: return access(object);
        case Kind::file: return file(object);
        case Kind::title: return title(object);
        case Kind::identity: return {}; // under another key, the custodians'
        }
        return base::fail(base::Code::refused, "an object of an unknown kind");
    }

    // When all are open. State, version and category are readable to the server and so to whoever writes to the database:
    // they are believed only where the signed moves, in their signed order, say the same.
    base::Result<> finish() {
        std::ranges::sort(moves_, {}, [](const SignedMove &signed_move) { return signed_move.record.version; });
        for (SignedMove &signed_move : moves_)
            RETURN_IF_FAILED(replay(signed_move));
        const domain::State moved_to = opened_.course.state;
        const base::Day moved_on = moves_.empty() ? received_ : moves_.back().entry.day;
        take_answer(opened_.agency->day);
        std::ranges::sort(opened_.files, {}, [](const OpenedCaseFile &file) {
            return std::tuple(file.shown.day, file.shown.time.value_or(0), std::string_view(file.shown.record.name), file.shown.id);
        });
        const ports::CaseRow &row = slot_.row;
        const domain::Course &course = opened_.course;
        if (!has_complaint_ || moved_to != row.state || version_ != row.version || category_ != row.category ||
            channel_ != row.channel || course.uncounted != slot_.uncounted || row.received != received_ || row.state_since != moved_on)
            return base::fail(base::Code::refused, "a row that the signed moves do not lead to");
        opened_.row.state = course.state;
        opened_.row.state_since = course.since;
        RETURN_IF_FAILED(take_title());
        ASSIGN_OR_RETURN(opened_.access, access_.finish(row.epoch));
        // After the moves, which were made before: who decided something and was excluded later did decide it.
        for (const auto &[officer, by] : opened_.access.conflicts)
            if (std::ranges::find(opened_.complaint.excluded, officer) == opened_.complaint.excluded.end())
                opened_.complaint.excluded.push_back(officer);
        std::ranges::sort(opened_.complaint.excluded);
        opened_.news = last_written_ != base::Day{} && last_written_ >= last_act_;
        std::ranges::sort(history_, {}, &Placed::place);
        for (Placed &placed : history_)
            write(std::move(placed.entry));
        return {};
    }

private:
    struct SignedMove {
        domain::MoveRecord record;
        base::OfficerId author;
        HistoryEntry entry;
    };
    // Day, time (none for the reporter's), kind, version: several acts may fall into one second.
    using Place = std::tuple<base::Day, base::Seconds, int, std::uint32_t>;
    struct Placed {
        Place place;
        HistoryEntry entry;
    };

    HistoryEntry entry(const ports::ObjectRow &object, std::string event) {
        HistoryEntry out;
        out.day = object.day;
        out.event = std::move(event);
        if (object.header.author.is_zero())
            return out;
        out.time = object.time;
        last_act_ = std::max(last_act_, object.day);
        if (const auto *known = opened_.agency->roster.known(object.header.author))
            out.who = known->display_name;
        return out;
    }

    void put(HistoryEntry entry, int rank, std::uint32_t version = 0) {
        // What the reporter wrote has no time of day. In its day the filing stands first and a follow-up last, where it
        // is seen.
        constexpr base::Seconds end_of_day = std::numeric_limits<base::Seconds>::max();
        const Place place{entry.day, entry.time.value_or(rank == 0 ? 0 : end_of_day), rank, version};
        history_.push_back({place, std::move(entry)});
    }

    // Files that one person sent on one day are one entry, where the first of them stands, and without its time of day.
    void write(HistoryEntry entry) {
        if (entry.files != 0) {
            const auto before = std::ranges::find_if(opened_.history, [&](const HistoryEntry &one) {
                return one.event == entry.event && one.day == entry.day && one.as == entry.as;
            });
            if (before != opened_.history.end()) {
                ++before->files;
                before->text.clear();
                before->time.reset();
                return;
            }
        }
        opened_.history.push_back(std::move(entry));
    }

    base::Result<> complaint(const ports::ObjectRow &object) {
        if (has_complaint_)
            return base::fail(base::Code::refused, "a second complaint in one case");
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_complaint(*key, slot_.row.record, object.header, object.sealed));
        ASSIGN_OR_RETURN(opened_.complaint, domain::complaint_from_json(base::text(plain.json)));
        access_.add(opened_.complaint.access, object.header.epoch);
        opened_.reporter_key = plain.reporter_key;
        has_complaint_ = true;
        received_ = opened_.course.since = object.day;
        opened_.course.by_hand = opened_.complaint.by_hand;
        if (!opened_.course.by_hand) // else its first move says how it came
            put(entry(object, "filed"), 0);
        return {};
    }

    base::Result<> follow_up(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_follow_up(*key, opened_.reporter_key, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto message, domain::message_from_json(base::text(plain)));
        last_written_ = std::max(last_written_, object.visible_from);
        if (message.answers)
            answers_.push_back({*message.answers, object.visible_from});
        auto out = entry(object, "follow_up");
        out.text = std::move(message.text);
        out.refiled = std::move(message.refiled);
        ++opened_.follow_ups;
        put(std::move(out), 1);
        return {};
    }

    base::Result<> reply(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_reply(*key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto message, domain::message_from_json(base::text(plain)));
        auto out = entry(object, "reply");
        if (message.from)
            out.as = appointed_to(*opened_.agency, object.header.author, *message.from, object.day);
        if (out.as.empty())
            return base::fail(base::Code::refused, "an answer in a post that its author did not hold");
        out.text = std::move(message.text);
        put(std::move(out), 3);
        return {};
    }

    base::Result<> move(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_move(*key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto record, domain::move_from_json(base::text(plain)));
        if (!held(*opened_.agency, record.as, object.header.author, object.day))
            return base::fail(base::Code::refused, "a move in a post that its author did not hold");
        access_.add(record.access, object.header.epoch);
        auto out = entry(object, record.event);
        out.as = record.as;
        moves_.push_back({std::move(record), object.header.author, std::move(out)});
        return {};
    }

    HistoryEntry conflict(const ports::ObjectRow &object, const domain::Conflict &said) const {
        HistoryEntry out;
        out.day = object.day;
        out.event = "excluded";
        out.as = said.as;
        if (const auto *known = opened_.agency->roster.known(object.header.author))
            out.who = known->display_name;
        if (const auto *known = opened_.agency->roster.known(said.officer))
            out.fields = {{"conflict_officer", known->display_name}};
        out.text = said.reason;
        return out;
    }

    // No act on the case: what the reporter wrote before it is still news. In the history stands only who was excluded by it.
    base::Result<> access(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_access(*key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto record, domain::access_from_json(base::text(plain)));
        if (record.conflict) {
            if (!held(*opened_.agency, record.conflict->as, object.header.author, object.day))
                return base::fail(base::Code::refused, "an exclusion in a post that its author did not hold");
            put(conflict(object, *record.conflict), 4);
        }
        access_.add(std::move(record), object.header.author, object.header.epoch);
        return {};
    }

    // No act on the case: what the reporter wrote before it is still news.
    base::Result<> title(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(const auto plain,
                         crypto::open_title(*key, opened_.agency->roster, object.header, object.sealed));
        ASSIGN_OR_RETURN(auto record, domain::title_from_json(base::text(plain)));
        if (!held(*opened_.agency, record.as, object.header.author, object.day))
            return base::fail(base::Code::refused, "a title in a post that its author did not hold");
        HistoryEntry out;
        out.day = object.day;
        out.time = record.time;
        out.event = "title";
        out.as = record.as;
        out.text = record.title;
        if (const auto *known = opened_.agency->roster.known(object.header.author))
            out.who = known->display_name;
        put(std::move(out), 5, record.number);
        titles_.push_back(std::move(record));
        return {};
    }

    base::Result<> take_title() {
        std::ranges::sort(titles_, {}, &domain::TitleRecord::number);
        for (domain::TitleRecord &record : titles_) {
            if (record.number != ++opened_.titles)
                return base::fail(base::Code::refused, "titles with gaps in their numbers");
            opened_.title = std::move(record.title);
        }
        return {};
    }

    base::Result<> file(const ports::ObjectRow &object) {
        ASSIGN_OR_RETURN(const auto *key, key_of(object));
        ASSIGN_OR_RETURN(auto opened, crypto::OpenedFile::open(*key, opened_.reporter_key, opened_.agency->roster,
                                                               object.header, object.sealed));
        ASSIGN_OR_RETURN(auto record, domain::file_record_from_json(base::text(opened.json())));
        const bool reporters = object.header.author.is_zero();
        // In which posts somebody attached it, and when, is signed; a reporter has neither.
        if (reporters ? !record.as.empty() || record.time != 0 : record.answers || !held(*opened_.agency, record.as, object.header.author, object.day))
            return base::fail(base::Code::refused, "a file in a post that its author did not hold");
        auto out = entry(object, reporters ? "file_added" : "file_attached");
        out.as = record.as;
        if (!reporters)
            out.time = record.time;
        out.text = record.name;
        out.files = 1;
        if (reporters) {
            last_written_ = std::max(last_written_, object.visible_from);
            ++opened_.follow_ups;
            if (record.answers)
                answers_.push_back({*record.answers, object.visible_from});
        }
        CaseFile shown{object.header.object_id, object.day, out.time, out.who, std::move(record), opened.facts().length};
        opened_.files.push_back({std::move(opened), std::move(shown), object.header.author, crypto::digest(object.sealed)});
        put(std::move(out), 1);
        return {};
    }

    base::Result<const crypto::CaseKey *> key_of(const ports::ObjectRow &object) const {
        const auto *key = opened_.keys.of(object.header.epoch);
        if (!key)
            return base::fail(base::Code::refused, "an object of an epoch that the case does not have");
        return key;
    }

    // A follow-up that answers what the case waits for takes it on, from the day on which officers could see it. The row knows
    // nothing of it: it would tell when the reporter wrote.
    void take_answer(base::Day day) {
        domain::Course &course = opened_.course;
        const auto *transition = course.possible("answered");
        const auto answer = std::ranges::find_if(
            answers_, [&](const Answer &one) { return one.version >= asked_ && one.seen <= day; });
        if (!transition || answer == answers_.end())
            return;
        course.take(*transition, {}, {}, {}, std::max(answer->seen, course.since));
    }

    base::Result<> replay(SignedMove &signed_move) {
        domain::MoveRecord &record = signed_move.record;
        domain::Course &course = opened_.course;
        if (!course.possible(record.event))
            take_answer(signed_move.entry.day);
        const auto *transition = course.possible(record.event);
        if (!transition || record.version != version_)
            return base::fail(base::Code::refused, "a move that does not follow the one before it");
        if (transition->never_the_proposer && course.proposed_by() == signed_move.author)
            return base::fail(base::Code::refused, "a decision by the officer who proposed it");
        if (transition->named && std::ranges::find(course.finders, signed_move.author) == course.finders.end())
            return base::fail(base::Code::refused, "a report by an officer whom the order does not name");
        if (transition->from == domain::State::pending_decision &&
            std::ranges::find(course.finders, signed_move.author) != course.finders.end())
            return base::fail(base::Code::refused, "a decision by an officer who found the facts");
        if (transition->after_due && signed_move.entry.day <= *course.due)
            return base::fail(base::Code::refused, "a move before the day that was set has passed");
        for (const domain::ActedAs &one : record.as)
            if (!domain::may_stand_for(*transition, one.post))
                return base::fail(base::Code::refused, "a move in a post that may not make it");
        RETURN_IF_FAILED(replay_paper(signed_move, *transition));
        if (!transition->records.empty())
            opened_.paper_entered = {signed_move.entry.day, signed_move.entry.time.value_or(0)};
        const bool on_paper = !transition->records.empty();
        const domain::MoveValues &effective = transition->takes_effect ? opened_.recorded : record.values;
        if (!on_paper && effective.values.contains("outcome_1"))
            opened_.decided = effective;
        if (domain::proposes_end(*transition))
            opened_.recorded = record.values;
        // Also of what waits for the clerk: whoever is excluded meanwhile must not be able to read it once that is confirmed.
        opened_.leading = course.effect(*transition).event == "duplicate" ? opened_.recorded.at("leading_case") : "";
        course.take(*transition, signed_move.author, record.values, on_paper ? opened_.paper->signer.officer : base::OfficerId(),
                    signed_move.entry.day);
        if (transition->proposes && !course.ending)
            opened_.put_before = signed_move.entry.day;
        ++version_;
        if (transition->to == domain::State::awaiting_information)
            asked_ = version_;
        auto &values = record.values.values;
        if (const auto category = values.find("category"); category != values.end())
            category_ = category->second;
        if (transition->by_hand) {
            channel_ = record.values.at("channel");
            received_ = domain::typed_day(record.values.at("received")).value_or(base::Day{});
        }
        if (const auto secrecy = values.find("secrecy"); secrecy != values.end())
            opened_.secrecy = secrecy->second;
        if (values.contains("allegations"))
            opened_.allegations = record.values.lines("allegations");
        for (const domain::FieldRule &rule : transition->fields)
            for (const std::string &name : domain::field_names(rule, opened_.allegations.size()))
                if (const auto value = values.find(name); value != values.end())
                    signed_move.entry.fields.push_back(
                        {name, rule.type == domain::FieldType::officers ? names_of(record.values.officers(name))
                                                                        : std::move(value->second)});
        put(std::move(signed_move.entry), 2, record.version);
        return {};
    }

    std::string names_of(std::span<const base::OfficerId> officers) const {
        std::string out;
        for (const base::OfficerId id : officers)
            if (const auto *known = opened_.agency->roster.known(id))
                out += (out.empty() ? "" : ", ") + known->display_name;
        return out;
    }

    base::Result<> replay_paper(SignedMove &signed_move, const domain::Transition &transition) {
        const domain::Course &course = opened_.course;
        if (!transition.records.empty()) {
            const auto *decision = domain::find_transition(transition.from, transition.records);
            ASSIGN_OR_RETURN(opened_.paper, read_paper(opened_, *decision, signed_move.record.values, signed_move.author,
                                                       signed_move.entry.day));
            opened_.recorded = signed_move.record.values;
            signed_move.entry.paper = opened_.paper;
        }
        if (transition.takes_effect && course.paper) {
            if (signed_move.author == course.paper->entered || signed_move.author == course.paper->signer)
                return base::fail(base::Code::refused, "a paper order confirmed by who entered or signed it");
            signed_move.entry.paper = opened_.paper;
        }
        return {};
    }

    OpenedCase &opened_;
    const ports::SlotRow &slot_;
    std::vector<SignedMove> moves_;
    std::vector<domain::TitleRecord> titles_;
    AccessHistory access_;
    std::vector<Placed> history_;
    struct Answer {
        std::uint32_t version; // of the case when it was written
        base::Day seen;
    };
    std::vector<Answer> answers_;
    std::uint32_t version_ = 1, asked_ = 0; // asked_: in which it began to wait for an answer
    base::Day received_;
    std::string category_, channel_ = "web";
    bool has_complaint_ = false;
    base::Day last_written_, last_act_; // day zero: never
};

} // namespace

base::Result<OpenedCase> open_slot_row(OfficerContext &context, const OfficerSession &session, const ports::SlotRow &slot,
                                       std::shared_ptr<const AgencySnapshot> agency) {
    ASSIGN_OR_RETURN(auto keys, open_case_keys(context, session, agency->roster, slot));
    const base::CaseId id = slot.row.record.case_id;
    ASSIGN_OR_RETURN(auto objects, context.reads.objects(id, context.clock.today()));
    RETURN_IF_FAILED(check_against_log(context, id, objects));
    OpenedCase out{.row = slot.row, .keys = std::move(keys), .access = {}, .complaint = {}, .reporter_key = {}, .history = {},
                   .allegations = {}, .secrecy = {}, .title = {}, .put_before = {}, .recorded = {}, .decided = {}, .leading = {}, .paper = {}, .paper_entered = {}, .files = {},
                   .course = {}, .agency = std::move(agency)};
    // The complaint first: within it stands the key by which the reporter's follow-ups are known. Rows come in random order.
    std::ranges::partition(objects, [](const auto &object) { return object.header.kind == Kind::complaint; });
    Opener opener(out, slot);
    for (const auto &object : objects)
        if (const auto opened = opener.open(object); !opened)
            return base::fail(base::Code::refused, opened.error().what, opened.error().where);
    if (const auto finished = opener.finish(); !finished)
        return std::unexpected(finished.error());
    if (!out.files.empty()) {
        ASSIGN_OR_RETURN(const auto rows, context.reads.files().files(id));
        for (const ports::FileRow &row : rows)
            for (OpenedCaseFile &one : out.files)
                if (one.shown.id == row.file)
                    one.row = row;
    }
    out.row.record = out.keys.record();
    return out;
}

base::Result<OpenedCase> open_by_id(OfficerContext &context, const OfficerSession &session, std::string_view case_id) {
    const auto id = base::CaseId::from_text(case_id);
    if (!id)
        return base::fail(base::Code::not_found, "a case id");
    ASSIGN_OR_RETURN(auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto held, context.reads.one_state());
    ASSIGN_OR_RETURN(const auto slot, context.reads.slot(*id, session.actor.officer, context.clock.today()));
    if (!slot) {
        crypto::open_no_slot(session.keys);
        return base::fail(base::Code::not_found, "a case");
    }
    return open_slot_row(context, session, *slot, std::move(agency));
}

} // namespace usecases
