// What becomes a Thai digit, and what is typed or dialled and stays.
#include "web/print/digits.h"

#include <gtest/gtest.h>

namespace {

using print::with_thai_digits;

TEST(ThaiDigits, AreWrittenInRunningText) {
    EXPECT_EQ(with_thai_digits("เลขรับ 12/2569 วันที่ 1 มกราคม 2570 (ข้อ 3)"), "เลขรับ ๑๒/๒๕๖๙ วันที่ ๑ มกราคม ๒๕๗๐ (ข้อ ๓)");
    EXPECT_EQ(with_thai_digits("30 วัน, 15 วันทำการ"), "๓๐ วัน, ๑๕ วันทำการ");
    EXPECT_EQ(with_thai_digits("0123456789x").substr(0, 1), "0") << "a Latin letter: a code";
    EXPECT_EQ(with_thai_digits("งบ 0 บาท"), "งบ ๐ บาท");
}

TEST(ThaiDigits, LeaveAddressesAndCodesAlone) {
    for (const char *text : {"https://example.go.th/board3.asp?id=12", "somchai1@example.go.th", "O12", "Wi-Fi 6E", "www.x2.go.th"})
        EXPECT_EQ(with_thai_digits(text), std::string(text) == "Wi-Fi 6E" ? "Wi-Fi 6E" : text) << text;
}

TEST(ThaiDigits, LeaveTelephoneNumbersAlone) {
    EXPECT_EQ(with_thai_digits("99 หมู่ 1 โทร. 0 2000 0000 ต่อ 12"), "๙๙ หมู่ ๑ โทร. 0 2000 0000 ต่อ ๑๒");
    EXPECT_EQ(with_thai_digits("สายด่วน 1205"), "สายด่วน 1205");
    EXPECT_EQ(with_thai_digits("โทรศัพท์: 1567"), "โทรศัพท์: 1567");
    EXPECT_EQ(with_thai_digits("มือถือ 081-234-5678 ได้"), "มือถือ 081-234-5678 ได้");
}

} // namespace
