#include "service/domain/file_name.h"

#include <gtest/gtest.h>

#include <vector>

namespace domain {
namespace {

TEST(FileName, KeepsWhatPeopleCallTheirFiles) {
    for (const char *name : {"IMG_0001.JPG", "ใบเสนอราคา ครั้งที่ ๒.pdf", "a (1).tar.gz", "ภาพ-น้ำ.heic", "noending", "50% & more.txt", "😀.png"})
        EXPECT_EQ(file_name(name), name);
}

TEST(FileName, MeansNoFolderAndNoDevice) {
    const std::vector<std::pair<std::string, std::string>> names = {
        {"../../etc/passwd", "passwd"},     {"C:\\Users\\somchai\\a.pdf", "a.pdf"}, {"a/", ""},       {"..", ""},
        {".htaccess", "htaccess"},          {"a.pdf. . ", "a.pdf"},                 {"  ", ""},       {"", ""},
        {"con", "_con"},                    {"NUL.txt", "_NUL.txt"},                {"lpt1 .a", "_lpt1 .a"}, {"console.log", "console.log"},
        {"a<b>:\"c|?*.txt", "a_b___c___.txt"}, {"com10", "com10"},                 {"COM9", "_COM9"}};
    for (const auto &[sent, shown] : names)
        EXPECT_EQ(file_name(sent), shown) << sent;
}

TEST(FileName, ShowsWhatItIs) {
    EXPECT_EQ(file_name("photo\u202egpj.exe"), "photogpj.exe");
    EXPECT_EQ(file_name("a\u200b\u061c\u2066b\U000E0041.txt"), "ab.txt");
    EXPECT_EQ(file_name(std::string("a\0b\r\n\tc\x7f.txt", 12)), "a b c .txt");
    EXPECT_EQ(file_name("a\u2028b\u00a0c"), "a b c");
    EXPECT_EQ(file_name("a\xff\xfe.txt"), "a__.txt");
    EXPECT_EQ(file_name("\xed\xa0\x80\ue000\ufdd0"), "_____");
    EXPECT_EQ(file_name("เเก้.txt"), "แก้.txt"); // as everything that is typed
}

TEST(FileName, KeepsBeginningAndEndingOfALongOne) {
    EXPECT_EQ(file_name(std::string(5000, 'a') + ".jpeg"), std::string(195, 'a') + ".jpeg");
    EXPECT_EQ(file_name(std::string(300, 'a') + "." + std::string(20, 'b')), std::string(200, 'a'));
    std::string thai;
    while (thai.size() < 300)
        thai += "ก้";
    EXPECT_EQ(file_name(thai + ".pdf"), thai.substr(0, 192) + ".pdf"); // 196 bytes hold 32 letters with their marks
    std::string piled = "ก";
    while (piled.size() < 300)
        piled += "\u0e49";
    EXPECT_EQ(file_name(piled + ".pdf"), "pdf");
}

// A letter goes with the marks above it, and with it what told the rest from a device. Found by the fuzz target.
TEST(FileName, IsNoDeviceAfterBeingCutEither) {
    std::string cut = "AUX1";
    for (int i = 0; i < 100; ++i)
        cut += "\u0e49";
    EXPECT_EQ(file_name(cut), "_AUX");
    EXPECT_EQ(file_name("con." + std::string(300, 'x')).substr(0, 5), "_con.");
    EXPECT_LE(file_name("con." + std::string(300, 'x')).size(), most_file_name_bytes);
}

} // namespace
} // namespace domain
