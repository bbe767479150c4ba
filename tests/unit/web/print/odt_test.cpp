// The document to be edited: whole, readable by an XML reader, the same bytes each time.
#include "web/print/odt.h"

#include <gtest/gtest.h>

#include <boost/property_tree/xml_parser.hpp>
#include <zip.h>

#include <map>
#include <sstream>

namespace {

using print::Document;

Document with(std::vector<print::Block> blocks) {
    Document out;
    out.title = "ชื่อ & <เอกสาร>";
    out.every_page = "ลับ";
    out.foot = "สำเนาที่ 3";
    out.blocks = std::move(blocks);
    return out;
}

struct Part {
    std::string name, bytes;
};
std::vector<Part> parts_of(const std::string &odt) {
    std::vector<Part> out;
    zip_t *zip = ::zip_open_from_source(::zip_source_buffer_create(odt.data(), odt.size(), 0, nullptr), ZIP_RDONLY | ZIP_CHECKCONS, nullptr);
    if (!zip) return out;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(::zip_get_num_entries(zip, 0)); ++i) {
        zip_stat_t about;
        ::zip_stat_index(zip, i, 0, &about);
        Part part{about.name, std::string(about.size, '\0')};
        zip_file_t *file = ::zip_fopen_index(zip, i, 0);
        EXPECT_EQ(::zip_fread(file, part.bytes.data(), part.bytes.size()), static_cast<zip_int64_t>(part.bytes.size()));
        ::zip_fclose(file);
        out.push_back(std::move(part));
    }
    ::zip_discard(zip);
    return out;
}

std::string part_of(const std::string &odt, const std::string &name) {
    for (const Part &part : parts_of(odt))
        if (part.name == name) return part.bytes;
    ADD_FAILURE() << name << " is missing";
    return {};
}

boost::property_tree::ptree xml(const std::string &bytes) {
    std::istringstream in(bytes);
    boost::property_tree::ptree out;
    EXPECT_NO_THROW(boost::property_tree::read_xml(in, out)) << bytes;
    return out;
}

void gather(const boost::property_tree::ptree &tree, std::string &out) {
    out += tree.data();
    for (const auto &[name, below] : tree)
        if (name != "<xmlattr>") gather(below, out);
}
std::string words_of(const Document &document) {
    std::string out;
    gather(xml(part_of(print::to_odt(document).value_or(""), "content.xml")), out);
    return out;
}

TEST(Odt, BeginsWithItsTypeInClearAsReadersExpect) {
    const auto odt = print::to_odt(with({print::Paragraph{"ก"}}));
    ASSERT_TRUE(odt);
    const auto parts = parts_of(*odt);
    ASSERT_EQ(parts.size(), 5u);
    EXPECT_EQ(parts[0].name, "mimetype");
    EXPECT_EQ(odt->find("application/vnd.oasis.opendocument.text"), 38u) << "stored, with no extra field before it";
    for (const Part &part : parts)
        if (part.name != "mimetype") xml(part.bytes);
}

TEST(Odt, IsTheSameBytesEachTime) {
    const auto document = with({print::Heading{1, "ก"}, print::Paragraph{"ข"}});
    EXPECT_EQ(print::to_odt(document), print::to_odt(document));
}

TEST(Odt, SaysEveryWordOfEveryBlockOnce) {
    const auto words = words_of(with({
        print::Heading{2, "หัวข้อ"},
        print::Paragraph{"ย่อหน้า"},
        print::Notice{"ประกาศ", "ข้อความประกาศ"},
        print::List{print::List::Kind::steps, {{"ข้อแรก"}, {"ข้อสอง", "1205"}}},
        print::Table{"ตาราง", {"คอลัมน์"}, {{"ช่องหนึ่ง"}, {"ช่องสอง"}}, {1}},
        print::PageEnd{},
        print::Signature{{"(ลงชื่อ)", "( นางสาวสุดา )"}},
    }));
    for (const char *word : {"หัวข้อ", "ย่อหน้า", "ข้อความประกาศ", "1. ข้อแรก", "2. ข้อสอง 1205", "คอลัมน์", "ช่องหนึ่ง", "ช่องสอง", "( นางสาวสุดา )"}) {
        const auto first = words.find(word);
        EXPECT_NE(first, std::string::npos) << word;
        if (first != std::string::npos) {
            EXPECT_EQ(words.find(word, first + 1), std::string::npos) << word;
        }
    }
}

TEST(Odt, KeepsWhatLooksLikeMarkupAsText) {
    EXPECT_NE(words_of(with({print::Paragraph{"<b>&amp;\"</b>\x01"}})).find("<b>&amp;\"</b>"), std::string::npos);
}

TEST(Odt, HasTheClassOfSecrecyAtHeadAndFootAndTheCopyAtTheFoot) {
    std::string words;
    gather(xml(part_of(print::to_odt(with({})).value_or(""), "styles.xml")), words);
    EXPECT_EQ(words, "ลับสำเนาที่ 3ลับ");
}

TEST(Odt, WritesThaiDigitsWhereTheDocumentDoes) {
    auto document = with({print::Paragraph{"เลขรับ 12/2569"}});
    document.thai_digits = true;
    EXPECT_NE(words_of(document).find("๑๒/๒๕๖๙"), std::string::npos);
}

} // namespace
