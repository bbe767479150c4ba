#include "service/domain/print_kind.h"

#include <algorithm>

namespace domain {
namespace {

constexpr std::string_view proposed[] = {"propose"};
constexpr std::string_view ordered[] = {"order_facts", "reassign"};
constexpr std::string_view reported[] = {"report"};
constexpr std::string_view referred[] = {"refer"};
// What ends a case and tells its reporter so; what was but proposed counts when the clerk has confirmed it.
constexpr std::string_view ended[] = {"close", "no_merit", "referral_done", "confirm_ending", "confirm_paper"};

struct Row {
    PrintKind kind;
    std::string_view id;
    std::span<const std::string_view> after{};
};
constexpr Row rows[] = {
    {PrintKind::registration, "registration"},
    {PrintKind::proposal, "proposal", proposed},
    {PrintKind::appointment, "appointment", ordered},
    {PrintKind::statement, "statement", ordered},
    {PrintKind::report, "report", reported},
    {PrintKind::referral, "referral", referred},
    {PrintKind::result, "result", ended},
    {PrintKind::contents, "contents"},
    {PrintKind::whole, "whole"},
};

const Row &row_of(PrintKind kind) { return *std::ranges::find(rows, kind, &Row::kind); }

} // namespace

std::string_view id(PrintKind kind) { return row_of(kind).id; }

std::optional<PrintKind> print_kind_from(std::string_view id) {
    const auto *found = std::ranges::find(rows, id, &Row::id);
    return found == std::end(rows) ? std::nullopt : std::optional(found->kind);
}

std::span<const std::string_view> printed_after(PrintKind kind) { return row_of(kind).after; }
bool leaves_the_agency(PrintKind kind) { return kind == PrintKind::referral || kind == PrintKind::result; }

} // namespace domain
