#include "tests/unit/service/domain/line.h"

#include <map>

namespace {

using namespace domain_test;

constexpr std::size_t allegations = 2;

std::string valid(const FieldRule &rule) {
    if (rule.type == FieldType::confirm)
        return "yes";
    if (rule.type == FieldType::date)
        return "2/3/2569";
    if (rule.type == FieldType::signer || rule.type == FieldType::officers)
        return std::string(32, 'a');
    if (rule.type == FieldType::case_number)
        return "12/2569";
    return rule.choices.empty() ? "ข้อความ" : std::string(rule.choices.back());
}

std::vector<std::string> form_names(const FieldRule &rule) {
    if (rule.type != FieldType::per_allegation)
        return {std::string(rule.name)};
    std::vector<std::string> out;
    for (std::size_t i = 1; i <= allegations; ++i)
        out.push_back(std::string(rule.name) + "_" + std::to_string(i));
    return out;
}

std::map<std::string, std::string> whole_form(const Transition &transition) {
    std::map<std::string, std::string> out;
    for (const FieldRule &rule : transition.fields)
        for (const std::string &name : form_names(rule))
            out[name] = valid(rule);
    return out;
}

testing::AssertionResult only_fault(const Transition &transition, const std::map<std::string, std::string> &typed,
                                    const std::string &field, std::string_view key) {
    const auto checked = check_move(transition, typed, allegations);
    if (checked)
        return testing::AssertionFailure() << "taken";
    if (checked.error().size() != 1 || checked.error()[0].field != field || checked.error()[0].key != key)
        return testing::AssertionFailure() << checked.error().size() << " faults, the first " << checked.error()[0].field
                                           << " " << checked.error()[0].key;
    return testing::AssertionSuccess();
}

template <class Check>
void for_each_field(Check check) {
    for (const Transition &transition : transitions())
        for (const FieldRule &rule : transition.fields)
            for (const std::string &name : form_names(rule)) {
                SCOPED_TRACE(std::string(transition.event) + " " + name);
                check(transition, rule, name);
            }
}

TEST(MoveForm, AWholeFormIsTakenAndKeepsWhatWasTyped) {
    for (const Transition &transition : transitions()) {
        const auto checked = check_move(transition, whole_form(transition), allegations);
        ASSERT_TRUE(checked) << transition.event;
        EXPECT_EQ(checked->values, whole_form(transition));
    }
}

TEST(MoveForm, EveryMissingFieldIsNamed) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        for (const char *blank : {"absent", "", " \n\u200B"}) {
            auto typed = whole_form(transition);
            if (blank == std::string("absent"))
                typed.erase(name);
            else if (rule.choices.empty() || blank == std::string())
                typed[name] = blank;
            else
                continue;
            if (name == "office") // of an agency that the list does not name
                typed["referred_to"] = "nacc";
            if (!rule.required) {
                EXPECT_TRUE(check_move(transition, typed, allegations));
            } else {
                EXPECT_TRUE(only_fault(transition, typed, name,
                                       rule.type == FieldType::confirm ? "fault.confirm.missing" : "fault.field.missing"));
            }
        }
    });
}

TEST(MoveForm, AnotherAgencyThanTheListNamesHasAName) {
    const Transition &refer = *find_transition(State::pending_order, "refer");
    auto typed = whole_form(refer);
    typed["referred_to"] = "other";
    EXPECT_TRUE(check_move(refer, typed, allegations));
    typed["office"] = " ";
    EXPECT_TRUE(only_fault(refer, typed, "office", "fault.field.missing"));
}

TEST(MoveForm, EveryTextIsTakenToItsLastCharacterAndNotBeyond) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        if (rule.type == FieldType::confirm || rule.type == FieldType::date || rule.type == FieldType::signer ||
            rule.type == FieldType::officers || rule.type == FieldType::case_number || !rule.choices.empty())
            return;
        ASSERT_GT(rule.max_characters, 0U);
        auto typed = whole_form(transition);
        std::string longest;
        for (std::size_t i = 0; i < rule.max_characters; ++i)
            longest += "ก";
        typed[name] = " " + longest + "\r\n";
        EXPECT_TRUE(check_move(transition, typed, allegations));
        typed[name] = longest + "ข";
        EXPECT_TRUE(only_fault(transition, typed, name, "fault.too_long"));
        const auto checked = check_move(transition, typed, allegations);
        ASSERT_FALSE(checked);
        EXPECT_EQ(checked.error()[0].limit, rule.max_characters);
        EXPECT_EQ(checked.error()[0].over, 1U);
    });
}

TEST(MoveForm, AChoiceThatTheTableDoesNotKnowIsRefused) {
    for_each_field([](const Transition &transition, const FieldRule &rule, const std::string &name) {
        for (const char *other : {"other_than_any", "Yes", " yes", "on"}) {
            auto typed = whole_form(transition);
            typed[name] = other;
            if (!rule.choices.empty())
                EXPECT_TRUE(only_fault(transition, typed, name, "fault.choice.unknown")) << other;
            if (rule.type == FieldType::confirm)
                EXPECT_TRUE(only_fault(transition, typed, name, "fault.confirm.missing")) << other;
        }
    });
}

TEST(MoveForm, AFieldThatTheTableDoesNotKnowIsNotKept) {
    for (const Transition &transition : transitions()) {
        auto typed = whole_form(transition);
        typed["state"] = "closed";
        typed["outcome_3"] = "no_merit"; // there are two allegations
        typed["outcome"] = "no_merit";
        typed["csrf"] = "x";
        const auto checked = check_move(transition, typed, allegations);
        ASSERT_TRUE(checked);
        EXPECT_EQ(checked->values, whole_form(transition));
    }
}

TEST(MoveForm, EveryFaultIsToldAtOnce) {
    for (const Transition &transition : transitions()) {
        std::size_t required = 0;
        for (const FieldRule &rule : transition.fields)
            required += rule.required ? form_names(rule).size() : 0;
        const auto checked = check_move(transition, {}, allegations);
        EXPECT_EQ(checked ? 0 : checked.error().size(), required) << transition.event;
    }
}

TEST(MoveForm, OfficersAreNamedOnceEachByTheirIds) {
    const Transition &order = *find_transition(State::pending_order, "order_facts");
    auto typed = whole_form(order);
    const std::string a(32, 'a'), b(32, 'b');
    typed["fact_finders"] = b + "\n" + a + "\r\n\n" + b;
    const auto checked = check_move(order, typed, allegations);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->at("fact_finders"), a + "\n" + b);
    EXPECT_EQ(checked->officers("fact_finders").size(), 2U);
    for (const std::string &other : {std::string("legal"), a + "\n" + "x", a + b}) {
        typed["fact_finders"] = other;
        EXPECT_TRUE(only_fault(order, typed, "fact_finders", "fault.choice.unknown")) << other;
    }
    typed["fact_finders"].clear();
    for (std::size_t i = 0; i <= max_list_items; ++i)
        typed["fact_finders"] += person(static_cast<base::Byte>(i + 1)).text() + "\n";
    EXPECT_TRUE(only_fault(order, typed, "fact_finders", "fault.list.too_long"));
}

TEST(MoveForm, AnotherCaseIsNamedByItsRegisterNumber) {
    const Transition &duplicate = *find_transition(State::screening, "duplicate");
    auto typed = whole_form(duplicate);
    for (const auto &[said, kept] : std::map<std::string, std::string>{
             {"12/2569", "12/2569"}, {" 12 / 2569 ", "12/2569"}, {"๑๒/๒๕๖๙", "12/2569"}, {"ล 3/2569", "ล 3/2569"}, {"ล๓/๒๕๖๙", "ล 3/2569"}}) {
        typed["leading_case"] = said;
        const auto checked = check_move(duplicate, typed, allegations);
        ASSERT_TRUE(checked) << said;
        EXPECT_EQ(checked->at("leading_case"), kept);
    }
    for (const char *other : {"12", "/2569", "12/", "12/69", "12/25690", "0/2569", "a/2569", "12/2569/1", "ลล 1/2569", "9999999999/2569", "-1/2569"}) {
        typed["leading_case"] = other;
        EXPECT_TRUE(only_fault(duplicate, typed, "leading_case", "fault.case_number.invalid")) << other;
    }
}

TEST(MoveForm, ADecisionToActNeedsAnAllegationWithMerit) {
    const Transition &merit = *find_transition(State::pending_decision, "merit");
    auto typed = whole_form(merit);
    typed["outcome_1"] = typed["outcome_2"] = "no_merit";
    EXPECT_TRUE(only_fault(merit, typed, "outcome_1", "fault.outcome.no_merit"));
    typed["outcome_2"] = "merit_tort";
    EXPECT_TRUE(check_move(merit, typed, allegations));
}

TEST(MoveForm, TheNoticeIsFollowedByWhatElseTheReporterIsTold) {
    const MoveValues values{{{"missing", "วันที่"}, {"reply_by", "5/3/2569"}, {"notice", "โปรดตอบ"}, {"reason", "ภายใน"}}};
    EXPECT_EQ(notice_of(*find_transition(State::screening, "ask"), values), "โปรดตอบ\n\nวันที่\n\n5/3/2569");
    EXPECT_EQ(notice_of(*find_transition(State::pending_order, "close"), values), "โปรดตอบ");
}

TEST(MoveForm, AllegationsAreTheLinesThatSaySomething) {
    const MoveValues values{{{"allegations", "หนึ่ง\n\n  สอง \n \nสาม"}}};
    EXPECT_EQ(values.lines("allegations"), (std::vector<std::string>{"หนึ่ง", "สอง", "สาม"}));
    EXPECT_TRUE(values.lines("reason").empty());
    EXPECT_TRUE((MoveValues{{{"allegations", ""}}}).lines("allegations").empty());
}

TEST(MoveForm, MoreAllegationsThanAFormCanAnswerAreRefused) {
    const Transition &propose = *find_transition(State::screening, "propose");
    auto typed = whole_form(propose);
    typed["allegations"].clear();
    for (std::size_t i = 0; i < max_list_items; ++i)
        typed["allegations"] += "ก\n\n";
    EXPECT_TRUE(check_move(propose, typed, 0));
    typed["allegations"] += "ก\n";
    const auto checked = check_move(propose, typed, 0);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().front().field, "allegations");
    EXPECT_EQ(checked.error().front().key, "fault.list.too_long");
}

} // namespace
