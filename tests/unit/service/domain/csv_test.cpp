// RFC 4180, and the bytes that office programs write it in.
#include "service/domain/csv.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;
using Cells = std::vector<std::string>;

std::vector<Cells> cells(std::string_view text) {
    const Csv csv = read_csv(text);
    EXPECT_TRUE(csv.faults.empty());
    std::vector<Cells> out;
    for (const CsvRecord &record : csv.records)
        out.push_back(record.cells);
    return out;
}

TEST(Csv, LinesEndInLfOrCrlfAndTheLastMayHaveNoEnd) {
    const std::vector<Cells> wanted{{"a", "b"}, {"c", "d"}};
    EXPECT_EQ(cells("a,b\nc,d"), wanted);
    EXPECT_EQ(cells("a,b\r\nc,d\r\n"), wanted);
    EXPECT_EQ(cells("\r\na,b\n\nc,d\n\n"), wanted) << "empty lines are no records";
    EXPECT_TRUE(cells("").empty());
}

TEST(Csv, EmptyCellsStand) { EXPECT_EQ(cells(",a,,\n"), (std::vector<Cells>{{"", "a", "", ""}})); }

TEST(Csv, QuotedCellsHoldCommasQuotesAndLineBreaks) {
    EXPECT_EQ(cells("\"a,b\",\"say \"\"no\"\"\",\"one\r\ntwo\"\r\nc"), (std::vector<Cells>{{"a,b", "say \"no\"", "one\r\ntwo"}, {"c"}}));
    EXPECT_EQ(cells("\"\""), (std::vector<Cells>{})) << "nothing in it";
    EXPECT_EQ(cells("\"\",\"\""), (std::vector<Cells>{{"", ""}}));
}

TEST(Csv, ARecordIsNumberedByTheLineInWhichItBegins) {
    const Csv csv = read_csv("a\n\"b\nb\nb\"\n\nc\n");
    ASSERT_EQ(csv.records.size(), 3U);
    EXPECT_EQ(csv.records[1].line, 2U);
    EXPECT_EQ(csv.records[2].line, 6U);
}

TEST(Csv, EveryFaultyRecordIsNamedAndTheOthersStand) {
    const Csv csv = read_csv("a\nb\"b\n\"c\"c\nd\n\"e\nf\n");
    ASSERT_EQ(csv.records.size(), 2U);
    EXPECT_EQ(csv.records[1].cells, Cells{"d"});
    ASSERT_EQ(csv.faults.size(), 3U);
    EXPECT_EQ(csv.faults[0].line, 2U);
    EXPECT_EQ(csv.faults[0].key, "fault.csv.quote_inside");
    EXPECT_EQ(csv.faults[1].line, 3U);
    EXPECT_EQ(csv.faults[2].line, 5U);
    EXPECT_EQ(csv.faults[2].key, "fault.csv.quote_open");
}

TEST(TextOfFile, Utf8WithAndWithoutAMark) {
    EXPECT_EQ(text_of_file("ก,a\n").value(), "ก,a\n");
    EXPECT_EQ(text_of_file("\xef\xbb\xbfก,a\n").value(), "ก,a\n");
}

// The whole page, against the code points of the Unicode Consortium's table CP874.TXT.
TEST(TextOfFile, Windows874) {
    std::string bytes, wanted;
    for (int byte = 0xa1; byte <= 0xfb; ++byte)
        if (byte <= 0xda || byte >= 0xdf) bytes += static_cast<char>(byte);
    wanted = "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรฤลฦวศษสหฬอฮฯะ\u0e31าำ\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e3a฿เแโใไๅๆ\u0e47"
             "\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e๏๐๑๒๓๔๕๖๗๘๙๚๛";
    EXPECT_EQ(text_of_file(bytes).value(), wanted);
    EXPECT_EQ(text_of_file("\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0").value(), "€…‘’“”•–—\u00a0");
    EXPECT_EQ(text_of_file("\xe2\xb7\xc3\xc8\xd1\xbe\xb7\xec,phone\r\n").value(), "โทรศัพท์,phone\r\n");
}

TEST(TextOfFile, NothingButTextIsNamedByItsLine) {
    EXPECT_EQ(text_of_file("a\nb\xff\n").error(), 2U) << "neither knows this byte";
    EXPECT_EQ(text_of_file("\xef\xbb\xbf"
                           "a\nb\nc\xa1\n")
                  .error(),
              3U)
        << "marked as UTF-8, and is not";
    EXPECT_EQ(text_of_file(std::string_view("a\0b", 3)).error(), 1U);
    EXPECT_EQ(text_of_file(std::string_view("\xff\xfe" "a\0", 4)).error(), 1U) << "UTF-16";
    EXPECT_EQ(text_of_file("PK\x03\x04").error(), 1U) << "a spreadsheet";
}

TEST(TextOfFile, OverlongAndSurrogateSequencesAreNoUtf8) {
    for (const char *bytes : {"\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\xaf"})
        EXPECT_FALSE(text_of_file(std::string("\xef\xbb\xbf") + bytes)) << bytes;
}

} // namespace
