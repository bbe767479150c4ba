// Long passwords that everybody tries first, folded and without hyphens. Those that patterns catch (rows, counting, repeated
// pieces) are not among them. Put together for this program from sayings, songs, prayers, advice on passphrases and words of this trade.
#pragma once

#include <string_view>

namespace domain {

inline constexpr std::string_view common_passphrases[] = {
    "correcthorsebatterystaple", "correcthorsebattery",   "thequickbrownfox",      "thequickbrownfoxjumps",
    "thequickbrownfoxjumpsoverthelazydog", "iloveyouforever", "iloveyousomuch",    "iloveyouverymuch",
    "passwordpassword1",         "password123456789",     "passwordpassword123",   "mypasswordis123456",
    "thisismypassword",          "thisisapassword",       "thisismypassword1",     "thisisasecret123",
    "letmeinletmein1",           "letmeinplease123",      "administrator",         "administrator1",
    "administrator123",          "administrator12",       "administrator1234",     "adminadminadmin1",
    "changemechangeme1",         "changethispassword",    "changemeplease1",       "defaultpassword",
    "defaultpassword1",          "temporarypassword",     "temporarypassword1",    "secretpassword1",
    "supersecretpassword",       "qwertyuiop123456",      "1q2w3e4r5t6y7u8i",      "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv",          "1qaz2wsx3edc4rfv5tgb",  "qazwsxedcrfvtgb",       "qazwsxedcrfvtgbyhnujm",
    "zaq12wsxcde34rfv",          "zaq1xsw2cde3vfr4",      "1qazxsw23edcvfr4",      "qweasdzxcqweasd1",
    "welcometothejungle",        "welcome123456789",      "tobeornottobethatisthequestion", "tobeornottobe12",
    "maytheforcebewithyou",      "winteriscoming1",       "onceuponatimeinthewest", "inthebeginningwastheword",
    "godisgoodallthetime",       "jesusismysavior",       "jesusisthelord1",       "inshallahinshallah1",
    "bangkokthailand",           "thailand12345678",      "bangkokthailand1",      "iloveyouthailand",
    "longlivetheking",           "longlivethekingofthailand", "chocolatechipcookie", "manchesterunited",
    "manchesterunited1",         "liverpoolfootballclub", "youllneverwalkalone",   "abcdefg123456789",
    "abc123456789abc",           "a1b2c3d4e5f6g7h8",      "a1b2c3d4e5f6g7h8i9",    "1a2b3c4d5e6f7g8h",
    "asdfghjkl123456",           "qwerty123456789",       "q1w2e3r4t5y6u7i8",      "q1w2e3r4t5y6u7i8o9p0",
    "testtesttest123",           "testpassword123",       "computer12345678",      "happybirthdaytoyou",
    "merrychristmasandahappynewyear", "sawasdeekrabsawasdeeka", "sawatdeekhrab123", "sabaidimaikrub1",
    "rakthailandmak1",           "chanrakprathetthai",    "prathetthairuam",       "kongtapbokthai1",
    "รหัสผ่านของฉัน",            "รหัสผ่านของฉันเอง",     "รหัสผ่านของผม",         "รหัสผ่านของดิฉัน",
    "ฉันรักประเทศไทย",           "ผมรักประเทศไทย",        "เรารักประเทศไทย",       "ฉันรักเมืองไทย",
    "ประเทศไทยรวมเลือดเนื้อชาติเชื้อไทย", "ประเทศไทยรวมเลือดเนื้อ", "ฉันรักเธอตลอดไป", "รักเธอตลอดไปนะ",
    "สวัสดีประเทศไทย",           "สวัสดีปีใหม่ทุกคน",     "นะโมตัสสะภะคะวะโต",     "นะโมตัสสะภะคะวะโตอะระหะโต",
    "พุทธังสะระณังคัจฉามิ",      "ทำดีได้ดีทำชั่วได้ชั่ว", "ทรงพระเจริญยิ่งยืนนาน", "ขอทรงพระเจริญ",
    "ในน้ำมีปลาในนามีข้าว",      "กอเอ๋ยกอไก่ขอไข่ในเล้า", "ช้าๆได้พร้าเล่มงาม",    "เทศบาลตำบลของเรา",
    "องค์การบริหารส่วนตำบล",     "องค์การบริหารส่วนจังหวัด", "เรื่องร้องเรียนทุจริต", "ศูนย์รับเรื่องร้องเรียน",
};

} // namespace domain
