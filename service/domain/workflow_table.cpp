// The complaint manual, row by row: what each step asks for, who takes it, and how long it may wait.
#include "service/domain/workflow.h"

#include <array>

namespace domain {
namespace {

constexpr std::string_view secrecy_choices[] = {"confidential", "secret", "top_secret"};
constexpr std::string_view category_choices[] = {
    "bribery", "procurement", "embezzlement", "title_deed", "personnel", "budget",
    "malfeasance", "conflict_of_interest", "unusual_wealth", "ethics", "private_use", "other"};
// The first is the reporter's own; by the others officers enter what came.
constexpr std::string_view channel_list[] = {
    "web",  "email", "phone",       "post",   "walk_in", "box",  "facebook", "line", "direct_executive", "direct_clerk",
    "field", "damrongdham", "agency", "nacc", "pacc", "other"};
constexpr std::span<const std::string_view> by_hand_channels = std::span(channel_list).subspan(1);
constexpr std::string_view sufficiency_choices[] = {"sufficient", "unclear"};
constexpr std::string_view yes_no_choices[] = {"no", "yes", "unknown"};
// Of an order without fact-finding, and of a decision upon the report: what the manual allows in each state.
constexpr std::string_view outcome_choices[] = {"not_accepted", "insufficient", "no_merit", "already_decided"};
constexpr std::string_view merit_choices[] = {"no_merit",     "merit_discipline", "merit_tort", "merit_criminal",
                                              "merit_ethics", "merit_supervision"};
constexpr std::string_view opinion_choices[] = {"merit", "no_merit", "unclear"};
constexpr std::string_view agency_choices[] = {"nacc", "pacc", "audit_office", "damrongdham", "district",
                                               "province", "ombudsman", "police", "other"};
constexpr std::string_view masked_choices[] = {"yes", "no"};
constexpr std::string_view reopen_choices[] = {"new_evidence", "review"};

// Narrow on purpose: what is none of these is read, registered and answered.
constexpr std::string_view void_reason_choices[] = {"test", "advertising", "unreadable", "repeated"};

constexpr Post by_legal_officer[] = {Post::legal_officer};
constexpr Post by_clerk[] = {Post::clerk};
constexpr Post by_executive[] = {Post::executive};
constexpr Post by_superior[] = {Post::clerk, Post::executive};
constexpr Post by_registering[] = {Post::registrar, Post::legal_officer};
constexpr Post by_intake[] = {Post::registrar, Post::legal_officer, Post::head_office};
// Everyone who can open a case that was put before the superiors, whether they are its readers by post or by that move.
constexpr Post by_other_reader[] = {Post::registrar, Post::legal_officer, Post::head_office, Post::clerk, Post::executive};

constexpr FieldRule register_fields[] = {
    {"category", FieldType::choice, true, 0, category_choices, ""},
    {"secrecy", FieldType::choice, true, 0, secrecy_choices, "confidential"},
};
constexpr FieldRule enter_fields[] = {
    {"channel", FieldType::choice, true, 0, by_hand_channels, ""},
    {"received", FieldType::date, true, 0, {}, ""},
    {"old_number", FieldType::line, false, 40, {}, ""},
    {"from_agency", FieldType::line, false, 200, {}, ""},
    {"from_letter", FieldType::line, false, 100, {}, ""},
    {"from_letter_date", FieldType::date, false, 0, {}, ""},
    {.name = "agency_due", .type = FieldType::date, .required = false, .choices = {}, .ahead = true, .outside = true},
    {"category", FieldType::choice, true, 0, category_choices, ""},
    {"secrecy", FieldType::choice, true, 0, secrecy_choices, "confidential"},
};
constexpr FieldRule screen_fields[] = {
    {"no_conflict", FieldType::confirm, true, 0, {}, ""},
};
// The screening form: is what the complaint says enough to act on, and does something else stand in the way?
constexpr FieldRule propose_fields[] = {
    {"sufficient_person", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_unit", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_time_place", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"sufficient_conduct", FieldType::choice, true, 0, sufficiency_choices, ""},
    {"older_than_five_years", FieldType::choice, true, 0, yes_no_choices, ""},
    {"other_agency_acts", FieldType::choice, true, 0, yes_no_choices, ""},
    {"in_court", FieldType::choice, true, 0, yes_no_choices, ""},
    {"allegations", FieldType::lines, true, 2000, {}, ""},
    {"proposed_order", FieldType::text, true, 3000, {}, ""},
};
constexpr FieldRule close_fields[] = {
    {"outcome", FieldType::per_allegation, true, 0, outcome_choices, ""},
    {"order_number", FieldType::line, false, 100, {}, ""},
    {"reason", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, ""},
};
// What the paper says of itself, and the same decision.
constexpr FieldRule paper_close_fields[] = {
    {"order_number", FieldType::line, true, 100, {}, ""},
    {"order_date", FieldType::date, true, 0, {}, ""},
    {"signer", FieldType::signer, true, 0, {}, ""},
    {"paper_kept", FieldType::line, true, 200, {}, ""},
    {"outcome", FieldType::per_allegation, true, 0, outcome_choices, ""},
    {"reason", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, ""},
};
constexpr FieldRule confirm_paper_fields[] = {
    {"compared", FieldType::confirm, true, 0, {}, ""},
};

constexpr FieldRule ask_fields[] = {
    {"missing", FieldType::text, true, 2000, {}, "", false, true},
    {"reply_by", FieldType::date, true, 0, {}, "", true, true},
    {"notice", FieldType::text, true, 3000, {}, "notice.ask"},
};
constexpr FieldRule insufficient_fields[] = {
    {"proof", FieldType::text, true, 1000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.insufficient"},
};
constexpr FieldRule order_facts_fields[] = {
    {"order_number", FieldType::line, true, 100, {}, ""},
    {"order_date", FieldType::date, true, 0, {}, ""},
    {"fact_finders", FieldType::officers, true, 0, {}, ""},
    {"due_date", FieldType::date, true, 0, {}, "", true},
};
constexpr FieldRule extend_fields[] = {
    {"reason", FieldType::text, true, 1000, {}, ""},
    {"due_date", FieldType::date, true, 0, {}, "", true},
};
constexpr FieldRule report_fields[] = {
    {"findings", FieldType::text, true, 5000, {}, ""},
    {"evidence", FieldType::text, true, 3000, {}, ""},
    {"opinion", FieldType::per_allegation, true, 0, opinion_choices, ""},
};
constexpr FieldRule merit_fields[] = {
    {"outcome", FieldType::per_allegation, true, 0, merit_choices, ""},
    {"grounds", FieldType::per_allegation, true, 300, {}, ""},
};
constexpr FieldRule no_merit_fields[] = {
    {"grounds", FieldType::per_allegation, true, 300, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.no_merit"},
};
constexpr FieldRule finish_fields[] = {
    {"order_numbers", FieldType::text, true, 500, {}, ""},
    {"result", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.finish"},
};
constexpr FieldRule refer_fields[] = {
    {"referred_to", FieldType::choice, true, 0, agency_choices, ""},
    {"office", FieldType::line, false, 200, {}, ""},
    {"basis", FieldType::text, true, 1000, {}, ""},
    {"letter_number", FieldType::line, true, 100, {}, ""},
    {"masked", FieldType::choice, true, 0, masked_choices, "yes"},
    {"enclosures", FieldType::text, false, 1000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.refer"},
};
constexpr FieldRule referral_done_fields[] = {
    {"reply_letter", FieldType::line, true, 200, {}, ""},
    {"result", FieldType::text, true, 3000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.referral_done"},
};
constexpr FieldRule referral_back_fields[] = {
    {"reply_letter", FieldType::line, true, 200, {}, ""},
    {"reason", FieldType::text, true, 1000, {}, ""},
};
constexpr FieldRule suspend_fields[] = {
    {"court", FieldType::line, true, 200, {}, ""},
    {"court_case", FieldType::line, true, 100, {}, ""},
};
constexpr FieldRule withdraw_fields[] = {
    {"reason", FieldType::text, true, 1000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.withdraw"},
};
constexpr FieldRule duplicate_fields[] = {
    {"leading_case", FieldType::case_number, true, 30, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.duplicate"},
};
constexpr FieldRule confirm_ending_fields[] = {
    {"agreed", FieldType::confirm, true, 0, {}, ""},
};
constexpr FieldRule return_fields[] = {
    {"return_reason", FieldType::text, true, 500, {}, ""},
};
constexpr FieldRule reopen_fields[] = {
    {"reopened_for", FieldType::choice, true, 0, reopen_choices, ""},
    {"reason", FieldType::text, true, 1000, {}, ""},
    {"notice", FieldType::text, true, 3000, {}, "notice.reopen"},
};

constexpr FieldRule set_aside_fields[] = {
    {"void_reason", FieldType::choice, true, 0, void_reason_choices, ""},
    {"remark", FieldType::text, false, 500, {}, ""},
};
constexpr FieldRule grievance_fields[] = {
    {"reason", FieldType::text, true, 1000, {}, ""},
};
constexpr FieldRule confirm_void_fields[] = {
    {"read_whole", FieldType::confirm, true, 0, {}, ""},
};
constexpr FieldRule confirm_grievance_fields[] = {
    {"no_corruption", FieldType::confirm, true, 0, {}, ""},
};
constexpr FieldRule remark_fields[] = {
    {"remark", FieldType::text, false, 500, {}, ""},
};

// The same row out of several states.
template <std::size_t N>
constexpr std::array<Transition, N> from_each(const State (&every)[N], Transition row) {
    std::array<Transition, N> out{};
    for (std::size_t i = 0; i < N; ++i) {
        row.from = every[i];
        out[i] = row;
    }
    return out;
}

template <std::size_t... N>
constexpr auto joined(const std::array<Transition, N> &...parts) {
    std::array<Transition, (N + ...)> out{};
    std::size_t at = 0;
    const auto add = [&](const auto &part) {
        for (const Transition &row : part)
            out[at++] = row;
    };
    (add(parts), ...);
    return out;
}

constexpr State before_proposal[] = {State::submitted, State::registered, State::screening};
constexpr State at_work[] = {State::submitted,    State::registered,   State::screening,
                             State::awaiting_information, State::pending_order, State::fact_finding,
                             State::pending_decision, State::action, State::referred};
// In progress, and not waiting for somebody to confirm something.
constexpr State open_states[] = {State::submitted,    State::registered,   State::screening,
                                 State::awaiting_information, State::pending_order, State::fact_finding,
                                 State::pending_decision, State::action, State::referred, State::suspended};

constexpr std::array manual{
    Transition{.event = "register", .from = State::submitted, .to = State::registered, .by = by_registering, .main = true,
               .fields = register_fields, .unit = Unit::working_days, .limit = 1, .takes_register_number = true},
    Transition{.event = "enter", .from = State::submitted, .to = State::registered, .by = by_registering,
               .fields = enter_fields, .unit = Unit::at_once, .by_hand = true, .takes_register_number = true},
    Transition{.event = "screen", .from = State::registered, .to = State::screening, .by = by_legal_officer, .main = true,
               .fields = screen_fields, .unit = Unit::working_days, .limit = 1},
    Transition{.event = "propose", .from = State::screening, .to = State::pending_order, .by = by_legal_officer,
               .main = true, .proposes = true, .fields = propose_fields, .unit = Unit::working_days, .limit = 2},
    Transition{.event = "order_facts", .from = State::pending_order, .to = State::fact_finding, .by = by_superior,
               .main = true, .never_the_proposer = true, .fields = order_facts_fields, .unit = Unit::working_days,
               .limit = 3},
    Transition{.event = "report", .from = State::fact_finding, .to = State::pending_decision, .by = case_posts,
               .main = true, .named = true, .proposes = true, .fields = report_fields, .unit = Unit::calendar_days,
               .limit = 30},
    Transition{.event = "merit", .from = State::pending_decision, .to = State::action, .by = by_executive, .main = true,
               .never_the_proposer = true, .fields = merit_fields, .unit = Unit::calendar_days, .limit = 7},
    Transition{.event = "finish", .from = State::action, .to = State::closing, .by = by_legal_officer, .main = true,
               .proposes = true, .fields = finish_fields, .tells_reporter = true, .needs_latest = true},
    Transition{.event = "confirm_ending", .from = State::closing, .to = State::closed, .by = by_clerk, .main = true,
               .never_the_proposer = true, .fields = confirm_ending_fields, .needs_latest = true, .takes_effect = true},

    Transition{.event = "ask", .from = State::screening, .to = State::awaiting_information, .by = by_legal_officer,
               .optional = true, .fields = ask_fields, .unit = Unit::calendar_days, .limit = 15, .tells_reporter = true},
    // Also taken by the reporter, with a follow-up that answers: who was asked and has written needs nobody to say so.
    Transition{.event = "answered", .from = State::awaiting_information, .to = State::screening, .by = by_legal_officer,
               .fields = remark_fields},
    Transition{.event = "insufficient", .from = State::awaiting_information, .to = State::closing, .by = by_legal_officer,
               .optional = true, .proposes = true, .fields = insufficient_fields, .tells_reporter = true,
               .needs_latest = true, .ends_in = Outcome::insufficient, .after_due = true},
    Transition{.event = "close", .from = State::pending_order, .to = State::closed, .by = by_superior,
               .never_the_proposer = true, .fields = close_fields, .unit = Unit::working_days, .limit = 3,
               .tells_reporter = true, .needs_latest = true},
    Transition{.event = "refer", .from = State::pending_order, .to = State::referred, .by = by_superior,
               .never_the_proposer = true, .fields = refer_fields, .unit = Unit::working_days, .limit = 3,
               .tells_reporter = true},
    Transition{.event = "referral_done", .from = State::referred, .to = State::closed, .by = by_legal_officer,
               .fields = referral_done_fields, .unit = Unit::calendar_days, .limit = 30, .tells_reporter = true,
               .needs_latest = true, .ends_in = Outcome::referred},
    Transition{.event = "referral_back", .from = State::referred, .to = State::screening, .by = by_legal_officer,
               .optional = true, .fields = referral_back_fields},
    Transition{.event = "extend", .from = State::fact_finding, .to = State::fact_finding, .by = by_executive,
               .optional = true, .fields = extend_fields},
    // Else a case would stay where it is for ever when nobody whom the order names is left.
    Transition{.event = "reassign", .from = State::fact_finding, .to = State::fact_finding, .by = by_superior,
               .optional = true, .when_nobody = true, .never_the_proposer = true, .fields = order_facts_fields},
    Transition{.event = "no_merit", .from = State::pending_decision, .to = State::closed, .by = by_executive,
               .never_the_proposer = true, .fields = no_merit_fields, .unit = Unit::calendar_days, .limit = 7,
               .tells_reporter = true, .needs_latest = true, .ends_in = Outcome::no_merit},
    Transition{.event = "resume", .from = State::suspended, .to = State::submitted, .by = by_clerk,
               .fields = remark_fields, .unit = Unit::calendar_days, .limit = 90, .returns = true},
    Transition{.event = "return_ending", .from = State::closing, .to = State::submitted, .by = by_clerk, .optional = true,
               .never_the_proposer = true, .fields = return_fields, .returns = true},
    Transition{.event = "reopen", .from = State::closed, .to = State::screening, .by = by_superior, .optional = true,
               .fields = reopen_fields, .unit = Unit::calendar_days, .limit = 15, .tells_reporter = true,
               .after_end = true},

    Transition{.event = "paper_close", .from = State::pending_order, .to = State::paper_recorded, .by = by_legal_officer,
               .optional = true, .fields = paper_close_fields, .records = "close"},
    Transition{.event = "confirm_paper", .from = State::paper_recorded, .to = State::closed, .by = by_other_reader,
               .fields = confirm_paper_fields, .needs_latest = true, .takes_effect = true},
    Transition{.event = "return_paper", .from = State::paper_recorded, .to = State::pending_order, .by = by_other_reader,
               .optional = true, .fields = return_fields},

    // Two people bury a case, one brings it back: whoever can read it.
    Transition{.event = "confirm_void", .from = State::set_aside, .to = State::closed, .by = by_intake,
               .never_the_proposer = true, .fields = confirm_void_fields, .tells_reporter = true,
               .standard_notice = "notice.void", .needs_latest = true, .ends_in = Outcome::voided,
               .confirms = "set_aside"},
    Transition{.event = "confirm_grievance", .from = State::set_aside, .to = State::closed, .by = by_intake,
               .never_the_proposer = true, .fields = confirm_grievance_fields, .tells_reporter = true,
               .standard_notice = "notice.general_grievance", .needs_latest = true,
               .ends_in = Outcome::general_grievance, .confirms = "general_grievance"},
    Transition{.event = "keep", .from = State::set_aside, .to = State::submitted, .by = handling_line, .optional = true,
               .fields = remark_fields, .returns = true},
    Transition{.event = "take_up", .from = State::closed, .to = State::submitted, .by = handling_line, .optional = true,
               .fields = remark_fields, .tells_reporter = true, .standard_notice = "notice.taken_up", .returns = true,
               .after_void = true},
};

constexpr std::array table = joined(
    manual,
    from_each(before_proposal, {.event = "set_aside", .from = {}, .to = State::set_aside, .by = by_registering,
                                .optional = true, .proposes = true, .fields = set_aside_fields, .needs_latest = true}),
    from_each(before_proposal,
              {.event = "general_grievance", .from = {}, .to = State::set_aside, .by = by_registering, .optional = true,
               .proposes = true, .fields = grievance_fields, .needs_latest = true}),
    from_each(open_states, {.event = "withdraw", .from = {}, .to = State::closing, .by = by_legal_officer,
                            .optional = true, .proposes = true, .fields = withdraw_fields, .tells_reporter = true,
                            .needs_latest = true, .ends_in = Outcome::withdrawn}),
    // Else one person could end any case by calling it another.
    from_each(open_states, {.event = "duplicate", .from = {}, .to = State::closing, .by = by_legal_officer,
                            .optional = true, .proposes = true, .fields = duplicate_fields, .tells_reporter = true,
                            .needs_latest = true, .ends_in = Outcome::duplicate}),
    from_each(at_work, {.event = "suspend", .from = {}, .to = State::suspended, .by = by_clerk, .optional = true,
                        .fields = suspend_fields, .unit = Unit::calendar_days, .limit = 90}));

} // namespace

std::span<const std::string_view> category_ids() { return category_choices; }
std::span<const std::string_view> channel_ids() { return channel_list; }
std::span<const Transition> transitions() { return table; }

} // namespace domain
