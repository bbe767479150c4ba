// The papers that a case is printed as, and from which step on there is something to print.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace domain {

enum class PrintKind : std::uint8_t {
    registration = 1, // ใบรับเรื่อง
    proposal = 2,     // บันทึกข้อความเสนอสั่งการ
    appointment = 3,  // คำสั่งแต่งตั้งผู้สืบสวนข้อเท็จจริง
    statement = 4,    // บันทึกถ้อยคำ: to be written on by hand
    report = 5,       // รายงานสืบสวนข้อเท็จจริง
    referral = 6,     // หนังสือส่งต่อ
    result = 7,       // หนังสือแจ้งผล
    contents = 8,     // สารบัญสำนวน
    whole = 9,        // the whole case file
};
inline constexpr PrintKind print_kinds[] = {PrintKind::registration, PrintKind::proposal, PrintKind::appointment,
                                            PrintKind::statement,    PrintKind::report,   PrintKind::referral,
                                            PrintKind::result,       PrintKind::contents, PrintKind::whole};
// Those that have a wording; the others are lists.
inline constexpr std::array worded_kinds{PrintKind::registration, PrintKind::proposal, PrintKind::appointment, PrintKind::statement,
                                         PrintKind::report,       PrintKind::referral, PrintKind::result};
std::string_view id(PrintKind kind); // part of addresses; catalogue key "print.<id>"
std::optional<PrintKind> print_kind_from(std::string_view id);

// Of which of these steps one must have been taken (events of the transition table); none: from the first number on.
std::span<const std::string_view> printed_after(PrintKind kind);
bool leaves_the_agency(PrintKind kind); // a letter: it has sender, addressee and a closing

} // namespace domain
