// An old register with its texts, as an officer brings it: each row is a complaint that is still open, to be entered like one that came
// by hand.
#pragma once

#include "service/domain/entry.h"
#include "service/domain/register_file.h"

namespace domain {

struct RegisterRow {
    std::size_t line = 0;
    int year = 0;       // the fiscal year of receipt: with the channel and the number it names the row
    std::string number; // in the old register, written as RegisterEntry has it
    EntryForm form;     // what check() takes
};

inline constexpr std::size_t max_rows_with_texts = 500, max_register_bytes = std::size_t{512} << 10;

// The columns beside those that name the row; the others of a header may be missing, or their cells empty.
std::span<const std::string_view> text_columns();

// What is wrong with the file, or with what names a row. Whether the complaints themselves can be entered is said by check() for each.
// Keys: those of read_register(), fault.register.too_many, and for a row that has ended fault.register.ended.
std::expected<std::vector<RegisterRow>, std::vector<RowFault>> read_register_texts(std::string_view bytes, const RegisterNames &names);

} // namespace domain
