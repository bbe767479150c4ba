// An old register as a file: bytes of an operator, or of an office program. What is read of it reads the same when it is written
// again by the rule, quoted throughout; a file is taken or every fault has a line.
#include "service/domain/fiscal_year.h"
#include "service/domain/register_texts.h"
#include "service/domain/typed_day.h"
#include "tests/fuzz/target.h"

#include <string>

namespace {

using namespace domain;
using fuzz::demand;

const RegisterNames names{{{"phone", "phone"}, {"box", "box"}, {"ตู้รับเรื่อง", "box"}}, {{"bribery", "bribery"}, {"other", "other"}}};

std::string quoted(std::string_view cell) {
    std::string out = "\"";
    for (const char c : cell)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string written(const Csv &csv) {
    std::string out;
    for (const CsvRecord &record : csv.records) {
        for (const std::string &cell : record.cells)
            out += quoted(cell) + ",";
        out.back() = '\n'; // in place of the last comma
    }
    return out;
}

std::string written(const std::vector<RegisterEntry> &entries) {
    std::string out = "\xef\xbb\xbf" "closed,register_no,channel,received,category,state,outcome\r\n";
    for (const RegisterEntry &entry : entries)
        out += (entry.closed ? day_to_type(*entry.closed) : "") + "," + quoted(entry.number) + "," + entry.channel + "," +
               day_to_type(entry.received) + "," + entry.category + "," + std::string(id(entry.state)) + "," +
               (entry.outcome ? std::string(id(*entry.outcome)) : "") + "\r\n";
    return out;
}

void with_texts(std::string_view bytes, std::size_t lines) {
    const auto read = read_register_texts(bytes, names);
    if (!read) {
        demand(!read.error().empty() && std::ranges::is_sorted(read.error(), {}, &RowFault::line));
        for (const RowFault &fault : read.error())
            demand(fault.line >= 1 && fault.line <= lines && !fault.key.empty());
        return;
    }
    demand(read->size() <= max_rows_with_texts);
    for (const RegisterRow &row : *read) {
        demand(row.line >= 2 && row.line <= lines && !row.number.empty());
        demand(row.year == fiscal_year(*typed_day(row.form.values.at("received"))));
        demand(row.form.values.at("channel") == "phone" || row.form.values.at("channel") == "box");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 1;
    const auto text = text_of_file(bytes);
    demand(text || (text.error() >= 1 && text.error() <= lines));
    if (text) {
        demand(text_of_file(*text) == *text || text->starts_with("\xef\xbb\xbf"));
        const Csv csv = read_csv(*text);
        const Csv again = read_csv(written(csv));
        demand(again.faults.empty() && again.records.size() == csv.records.size());
        for (std::size_t i = 0; i < csv.records.size(); ++i)
            demand(again.records[i].cells == csv.records[i].cells);
    }
    with_texts(bytes, lines);
    const auto read = read_register(bytes, names);
    if (!read) {
        demand(!read.error().empty() && std::ranges::is_sorted(read.error(), {}, &RowFault::line));
        for (const RowFault &fault : read.error())
            demand(fault.line >= 1 && fault.line <= lines && !fault.key.empty());
        return 0;
    }
    for (const RegisterEntry &entry : *read) {
        demand(entry.year == fiscal_year(entry.received) && !entry.number.empty());
        demand((entry.state == State::closed) == (entry.outcome && entry.closed) && entry.outcome.has_value() == entry.closed.has_value());
        demand(!entry.closed || *entry.closed >= entry.received);
    }
    const auto again = read_register(written(*read), names);
    demand(again && *again == *read);
    return 0;
}
