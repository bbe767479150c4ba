// What a print must keep: every word in order when it is copied out, the same bytes each time, nothing cut in the wrong place.
#include "web/print/pdf.h"

#include "tests/unit/web/print/reader.h"

namespace {

using print::Document;

using print_test::in_one_line;
using print_test::pages_of;
using print_test::text_in;

print::Pdf made(const Document &document) {
    auto pdf = print::to_pdf(document);
    EXPECT_TRUE(pdf);
    return pdf ? std::move(*pdf) : print::Pdf{};
}

Document with(std::vector<print::Block> blocks) {
    Document out;
    out.title = "ชื่อเอกสาร";
    out.blocks = std::move(blocks);
    return out;
}

// Every shape that has gone wrong in some program: marks above marks, sara am with a tone mark, tall letters, marks below.
const std::string hard = "น้ำท่วมที่นี่ ทุ่งใหญ่ กี่ครั้ง ป่วย ปู่ ญี่ปุ่น ฎีกา ฐานข้อมูล ผู้ร้องเรียน ซื้อ ค้ำประกัน จำเป็น กำหนด เป็น ไม่ ฟ้า ฝ่าฝืน ฤๅ "
                         "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบ โทร 1205 ๑๒๓ Wi-Fi (test) office";

TEST(Print, GivesBackEveryWordAsItWasWritten) {
    const auto pdf = made(with({print::Paragraph{hard}, print::Heading{2, hard}}));
    EXPECT_EQ(pdf.unknown, 0u);
    for (const char *options : {"", "-layout", "-raw"})
        EXPECT_EQ(in_one_line(text_in(pdf.bytes, options)), in_one_line(hard + hard)) << options;
}

TEST(Print, HasBlanksWhereTheyWereAndNowhereElse) {
    std::vector<print::Block> blocks;
    std::string wanted;
    for (const char *line : {"น้ำท่วมที่นี่ ทุ่งใหญ่ กี่ครั้ง", "ป่วย ปู่ ญี่ปุ่น ฎีกา", "ฐานข้อมูล ผู้ร้องเรียน ซื้อ", "ค้ำประกัน จำเป็น กำหนด เป็น ไม่",
                             "ปีงบประมาณ ฟ้า ฝ่าฝืน ฤๅ ปี นี้ดี", "การทุจริตและประพฤติมิชอบ ปีงบประมาณ พ.ศ. 2570"})
        for (const int level : {1, 2, 3}) {
            blocks.emplace_back(print::Heading{level, line});
            (wanted += line) += "\n";
        }
    std::string text = text_in(made(with(std::move(blocks))).bytes);
    for (auto at = text.find("\n\n"); at != std::string::npos; at = text.find("\n\n"))
        text.erase(at, 1);
    EXPECT_EQ(text, wanted + "\f");
}

TEST(Print, EndsNoLineWithinAWord) {
    std::vector<print::Block> blocks;
    for (int i = 1; i < 40; ++i) {
        std::string filled;
        for (int j = 0; j < i; ++j)
            filled += "กก ";
        blocks.emplace_back(print::Paragraph{filled + "ประพฤติมิชอบ"});
    }
    const auto text = text_in(made(with(std::move(blocks))).bytes);
    std::size_t whole = 0;
    for (auto at = text.find("ประพฤติมิชอบ"); at != std::string::npos; at = text.find("ประพฤติมิชอบ", at + 1))
        ++whole;
    EXPECT_EQ(whole, 39u);
}

TEST(Print, IsTheSameBytesEachTime) {
    const auto document = with({print::Heading{1, hard}, print::Paragraph{hard}});
    EXPECT_EQ(made(document).bytes, made(document).bytes);
}

TEST(Print, SaysNothingOfWhoAndWhen) {
    const auto bytes = made(with({print::Paragraph{hard}})).bytes;
    for (const char *what : {"CreationDate", "ModDate", "/Author", "/Creator "})
        EXPECT_EQ(bytes.find(what), std::string::npos) << what;
    EXPECT_NE(bytes.find("/Title"), std::string::npos);
}

TEST(Print, ShowsAFrameForWhatTheTypefaceLacks) {
    const auto pdf = made(with({print::Paragraph{"ก 漢 ข"}}));
    EXPECT_EQ(pdf.unknown, 1u);
}

TEST(Print, WritesThaiDigitsWhereAsked) {
    auto document = with({print::Paragraph{"ปี 2569"},
                          print::List{print::List::Kind::contacts, {{"ป.ป.ช.", "1205", "tel:1205"}}},
                          print::List{print::List::Kind::steps, {{"หนึ่ง"}}}});
    document.thai_digits = true;
    const auto text = text_in(made(document).bytes);
    EXPECT_NE(text.find("๒๕๖๙"), std::string::npos);
    EXPECT_NE(text.find("1205"), std::string::npos);
    EXPECT_NE(text.find("๑."), std::string::npos);
}

TEST(Print, NumbersItsPagesFromTheSecondOn) {
    std::vector<print::Block> blocks;
    for (int i = 0; i < 120; ++i)
        blocks.emplace_back(print::Paragraph{"ย่อหน้า"});
    const auto pdf = made(with(std::move(blocks)));
    const auto pages = pages_of(pdf.bytes);
    ASSERT_EQ(pages.size(), pdf.pages);
    ASSERT_GE(pages.size(), 3u);
    EXPECT_EQ(pages[0].find("- 1 -"), std::string::npos);
    EXPECT_TRUE(pages[1].starts_with("- 2 -"));
    EXPECT_TRUE(pages[2].starts_with("- 3 -"));
}

TEST(Print, CarriesTheClassOfSecrecyAtHeadAndFootOfEveryPage) {
    std::vector<print::Block> blocks(90, print::Paragraph{"ย่อหน้า"});
    auto document = with(std::move(blocks));
    document.every_page = "ลับ";
    for (const std::string &page : pages_of(made(document).bytes)) {
        EXPECT_TRUE(page.starts_with("ลับ"));
        EXPECT_NE(page.rfind("ลับ"), 0u);
    }
}

// A heading moves to the next page with the beginning of what it stands above, however much fills the page before it.
TEST(Print, NeverLeavesAHeadingAloneAtTheEndOfAPage) {
    for (int before = 20; before < 50; ++before) {
        std::vector<print::Block> blocks(static_cast<std::size_t>(before), print::Paragraph{"ย่อหน้า"});
        blocks.emplace_back(print::Heading{2, "หัวข้อ"});
        blocks.emplace_back(print::Table{"ตาราง", {"คอลัมน์"}, {{"แถวแรก"}, {"แถวสอง"}}, {1}});
        for (const std::string &page : pages_of(made(with(std::move(blocks))).bytes))
            if (page.find("หัวข้อ") != std::string::npos) {
                EXPECT_NE(page.find("แถวแรก"), std::string::npos) << before;
            }
    }
}

TEST(Print, RepeatsTheHeadOfATableAndNeverCutsARow) {
    const auto number = [](int i) { return "(" + std::to_string(i) + ")"; };
    print::Table table{"ตาราง", {"ขั้นตอน", "ระยะเวลา"}, {}, {3, 1}};
    for (int i = 0; i < 60; ++i)
        table.rows.push_back({"ต้น" + number(i) + " " + hard + " ปลาย" + number(i), "1"});
    const auto pdf = made(with({table}));
    ASSERT_GE(pdf.pages, 3u);
    int rows = 0;
    for (const std::string &page : pages_of(pdf.bytes)) {
        EXPECT_NE(page.find("ระยะเวลา"), std::string::npos);
        const std::string words = in_one_line(page);
        for (int i = 0; i < 60; ++i) {
            const bool begins = words.find("ต้น" + number(i)) != std::string::npos;
            EXPECT_EQ(begins, words.find("ปลาย" + number(i)) != std::string::npos) << i;
            rows += begins;
        }
    }
    EXPECT_EQ(rows, 60);
}

TEST(Print, PartsARowThatNoPageCouldHold) {
    std::string all;
    for (int i = 0; i < 100; ++i)
        all += hard + " ";
    const auto pdf = made(with({print::Table{"ตาราง", {"วันหยุด"}, {{all}}, {1}}}));
    EXPECT_GE(pdf.pages, 2u);
    std::string words = in_one_line(text_in(pdf.bytes));
    std::size_t found = 0;
    for (std::size_t at = words.find("ค้ำประกัน"); at != std::string::npos; at = words.find("ค้ำประกัน", at + 1))
        ++found;
    EXPECT_EQ(found, 100u);
}

TEST(Print, SetsAPictureInColumnsWithAllItsWords) {
    print::Picture picture{.width = 288, .height = 1500, .text_size = 18, .boxes = {}, .lines = {}, .dots = {}, .words = {}, .breaks = {}};
    std::string all;
    for (int i = 0; i < 30; ++i) {
        picture.words.push_back({{10, i * 50.0 + 30}, "ขั้นที่" + std::to_string(i) + ".", false});
        picture.breaks.push_back(i * 50.0);
        all += "ขั้นที่" + std::to_string(i) + ".";
    }
    const auto pdf = made(with({print::Drawing{"ภาพ", "คำบรรยาย", picture}}));
    EXPECT_EQ(pdf.pages, 1u);
    const auto words = in_one_line(text_in(pdf.bytes, "-raw"));
    for (int i = 0; i < 30; ++i)
        EXPECT_NE(words.find("ขั้นที่" + std::to_string(i) + "."), std::string::npos) << i;
}

TEST(Print, IsRefusedWhenItHasTooManyPages) {
    const auto refused = print::to_pdf(with(std::vector<print::Block>(25'000, print::Paragraph{"ย่อหน้า"})));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), print::Refused::too_long);
}

TEST(Print, BeginsAnewPageWhereOneIsToEndAndHasNoEmptyLastOne) {
    const auto pdf = made(with({print::Paragraph{"หนึ่ง"}, print::PageEnd{}, print::Paragraph{"สอง"}, print::PageEnd{}}));
    const auto pages = pages_of(pdf.bytes);
    ASSERT_EQ(pages.size(), 2u);
    EXPECT_NE(pages[0].find("หนึ่ง"), std::string::npos);
    EXPECT_EQ(pages[0].find("สอง"), std::string::npos);
    EXPECT_NE(pages[1].find("สอง"), std::string::npos);
}

TEST(Print, SaysOnEachPageWhichCopyItIs) {
    auto document = with(std::vector<print::Block>(200, print::Paragraph{"ย่อหน้า"}));
    document.every_page = "ลับมาก";
    document.foot = "สำเนาที่ 3";
    const auto pages = pages_of(made(document).bytes);
    ASSERT_GT(pages.size(), 2u);
    for (const std::string &page : pages) {
        EXPECT_NE(page.find("สำเนาที่ 3"), std::string::npos);
        const auto first = page.find("ลับมาก");
        ASSERT_NE(first, std::string::npos);
        EXPECT_NE(page.find("ลับมาก", first + 1), std::string::npos) << "at head and foot";
    }
}

TEST(Print, NeverPartsASignature) {
    for (std::size_t filled = 20; filled < 40; ++filled) {
        std::vector<print::Block> blocks(filled, print::Paragraph{"ย่อหน้า"});
        blocks.emplace_back(print::Signature{{"ลงชื่อ", "ชื่อบุคคล", "ตำแหน่ง"}});
        const auto pages = pages_of(made(with(std::move(blocks))).bytes);
        EXPECT_NE(pages.back().find("ลงชื่อ"), std::string::npos) << filled;
        EXPECT_NE(pages.back().find("ตำแหน่ง"), std::string::npos) << filled;
    }
}

TEST(Print, SetsATableWithoutAHeadAndKeepsEveryWordOfIndentedParagraphs) {
    const auto pdf = made(with({print::Table{"ตาราง", {}, {{"เลขรับ", "12"}, {"วันที่รับ", "5"}}, {1, 2}},
                                print::Paragraph{hard, print::Paragraph::Place::start, false, true},
                                print::Paragraph{hard, print::Paragraph::Place::half}, print::Room{3}}));
    EXPECT_EQ(in_one_line(text_in(pdf.bytes, "-raw")), in_one_line("เลขรับ12วันที่รับ5" + hard + hard));
}

} // namespace
