// Comma-separated values as RFC 4180 describes them, in the bytes that office programs write.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// UTF-8 with or without a byte order mark, else Windows-874 (Thai). Nothing but text: the number of the line, from 1, in which
// something else stands: a byte that neither knows, or a control character.
std::expected<std::string, std::size_t> text_of_file(std::string_view bytes);

struct CsvRecord {
    std::size_t line = 0; // in which it begins, from 1
    std::vector<std::string> cells;
};
struct CsvFault {
    std::size_t line = 0;
    std::string_view key; // fault.csv.quote_open, fault.csv.quote_inside
};
// What is faulty is left out of the records. Lines end in LF or CRLF; one with nothing in it is no record.
struct Csv {
    std::vector<CsvRecord> records;
    std::vector<CsvFault> faults;
};
Csv read_csv(std::string_view utf8);

} // namespace domain
