// Thai compounds that a dictionary parts and no reader would: no line ends within one.
#pragma once

#include <string_view>

namespace print {

inline constexpr std::string_view whole_words[] = {
    "ประพฤติมิชอบ", "เดี๋ยวนี้", "ผู้บังคับบัญชา", "ดำรงธรรม", "ร้องเรียน", "น้ำประปา",
    "เจ้าหน้าที่", "ข้อเท็จจริง", "ลงทะเบียน", "ร้องทุกข์", "สถานะเดิม",
    "คำสั่ง",      "สั่งการ",
};

} // namespace print
