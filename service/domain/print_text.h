// The wording of a print: a text with places that are filled in from the case, and what an officer types for one copy.
#pragma once

#include "service/domain/fault.h"
#include "service/domain/print_kind.h"

#include <expected>
#include <map>
#include <vector>

namespace domain {

// Of the wording of each kind, as they stand in it: "{NUMBER}". Catalogue key of what each means: "place.<name>".
std::span<const std::string_view> print_places(PrintKind kind);
// Puts the values in; a place that has none stays as it is. What is put in is not looked through again.
std::string fill_places(std::string_view wording, const std::map<std::string, std::string, std::less<>> &values);
// The first place of a wording that the kind does not have, as it stands there; nothing: every one is known.
std::optional<std::string> unknown_place(PrintKind kind, std::string_view wording);

struct PrintForm {
    std::string print_number; // from the agency's own register; may be empty: a line of dots to be filled in by hand
    std::string letter_date;   // the same
    std::string addressee;     // the same
    std::string letter_text;   // of a referral: what the other agency is told; the whole of its content
};
inline constexpr std::size_t max_print_number = 100, max_addressee = 200, max_letter_text = 10'000;
// Cleaned; the date as day_to_type() writes it. Keys: fault.too_long, fault.date.invalid, fault.field.missing (letter_text of a referral).
std::expected<PrintForm, std::vector<Fault>> check_print(PrintKind kind, const PrintForm &typed);
bool takes_letter(PrintKind kind); // its form asks for number, date and addressee

} // namespace domain
