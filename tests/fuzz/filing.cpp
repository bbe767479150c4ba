// The forms that people send, through the rules of the domain: what passes is within its limits, and what is sealed of
// it reads back as the same.
#include "service/domain/message.h"
#include "service/domain/move_record.h"
#include "service/domain/text.h"
#include "tests/fuzz/target.h"
#include "web/http/form.h"
#include "web/http/text.h"
#include "web/pages/reporter/report.h"

namespace {

using fuzz::demand;
using namespace domain;

base::OfficerId person(base::Byte number) {
    base::Array<16> bytes{};
    bytes[0] = number;
    return base::OfficerId(bytes);
}

const std::vector<Holder> &line() {
    static const std::vector<Holder> holders{{person(1), Post::legal_officer, "นางสาวสุดา ใจซื่อ", true, false},
                                             {person(2), Post::head_office, "นายสมชาย ใจดี", true, false},
                                             {person(3), Post::clerk, "นางวิไล รักษ์ธรรม", true, true},
                                             {person(4), Post::executive, "นายประเสริฐ มั่นคง", true, false},
                                             {person(5), Post::outside_officer, "Mrs. Jane Doe", true, true}};
    return holders;
}

bool fits(const std::string &value, std::size_t limit) {
    return characters(value) <= limit && http::is_utf8(value) && clean_text(value) == value;
}

void check_filing(const FilingForm &form) {
    const auto checked = check(form, line());
    if (!checked) {
        demand(!checked.error().empty());
        return;
    }
    const Complaint &c = checked->complaint;
    demand(form.acknowledge && !c.facts.empty() && fits(c.facts, max_facts) && fits(c.witnesses, max_witnesses) &&
           fits(c.elsewhere, max_elsewhere) && fits(c.wish, max_wish) && fits(c.when, max_when) &&
           fits(c.where, max_where) && fits(c.subject_name, max_line) && fits(c.subject_position, max_line));
    demand(c.subject_unknown == (c.subject_name.empty() && c.subject_position.empty()));
    demand(std::ranges::is_sorted(c.excluded) && std::ranges::adjacent_find(c.excluded) == c.excluded.end());
    demand(readers_of_new(line(), c.excluded).has_value() && can_be_decided(line(), c.excluded));

    const std::string json = to_json(c), identity = to_json(checked->identity);
    demand(json.size() <= crypto::max_json && identity.size() <= crypto::max_identity);
    const auto read = complaint_from_json(json);
    demand(read && to_json(*read) == json && read->excluded == c.excluded && read->facts == c.facts);
    const auto who = identity_from_json(identity);
    demand(who && to_json(*who) == identity && who->empty() == form.anonymous && who->name == checked->identity.name);

    for (const auto id : name_matches(c, line()))
        demand(std::ranges::find(line(), id, &Holder::officer) != line().end() &&
               std::ranges::find(c.excluded, id) == c.excluded.end());
}

void check_moves(const http::Form &form) {
    std::map<std::string, std::string> typed;
    for (const auto &field : form.fields())
        typed.emplace(field.name, field.value);
    for (const Transition &transition : transitions()) {
        const auto values = check_move(transition, typed, 2);
        if (!values) {
            demand(!values.error().empty());
            continue;
        }
        std::size_t fields = 0;
        for (const FieldRule &rule : transition.fields)
            for (const std::string &name : field_names(rule, 2)) {
                const std::string &value = values->values.at(name);
                demand(!rule.required || !value.empty());
                demand(rule.choices.empty() || value.empty() ||
                       std::ranges::find(rule.choices, value) != rule.choices.end());
                demand(rule.max_characters == 0 || fits(value, rule.max_characters));
                demand(rule.type != FieldType::lines || values->lines(name).size() <= max_list_items);
                ++fields;
            }
        demand(values->values.size() == fields);
        const MoveRecord move{std::string(transition.event), 7, *values};
        const auto read = move_from_json(move_to_json(move));
        demand(read && read->event == move.event && read->version == 7 && read->values.values == values->values);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto form = http::parse_form(fuzz::text(data, size));
    if (!form) return 0;
    check_filing(pages::filing_form(*form));
    check_moves(*form);
    if (const auto message = check_message(form->get("message"))) {
        demand(!message->empty() && fits(*message, max_message));
        const auto read = message_from_json(to_json(Message{*message, Post::clerk, {}}));
        demand(read && read->text == *message && read->from == Post::clerk && !read->refiled && !read->answers);
        const auto answer = message_from_json(to_json(Message{*message, {}, {}, 4}));
        demand(answer && answer->text == *message && answer->answers == 4U);
    }
    return 0;
}
