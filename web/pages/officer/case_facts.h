// What a case says and what was done to it, in words: the same for its page and for its prints.
#pragma once

#include "web/pages/officer/frame.h"

namespace pages {

struct Fact {
    std::string name, text; // neither is empty
};

std::vector<Fact> complaint_facts(const Site &site, const Frame &frame, const domain::Complaint &complaint);
std::vector<Fact> matter_facts(const Site &site, const Frame &frame, const domain::Complaint &complaint); // of them, what is not of the reporter

struct Told {
    std::string when, who, title, text; // text: may be empty
    std::vector<Fact> facts;
};
Told history_entry(const Site &site, const Frame &frame, const usecases::CaseView &shown, std::size_t at);

const domain::Transition *transition_of(std::string_view event); // any that has this name; nullptr: none
const domain::FieldRule *rule_of(const domain::Transition *transition, std::string_view field); // nullptr: of none
// What a field of a past move says. `signers`: whom the value of a signer field may name.
std::string value_text(const Site &site, const Frame &frame, const domain::FieldRule *rule, const usecases::FieldValue &value,
                       std::span<const usecases::Signer> signers = {});
// The class that was registered; before, everything is treated as ลับ, the lowest of the three.
std::string secrecy_name(const Site &site, const Frame &frame, const std::string &registered);
std::string case_title(const Site &site, const Frame &frame, const std::optional<ports::RegisterNumber> &number);

} // namespace pages
