// What the agency says of itself on its pages: names, texts, colour, addresses, categories and channels, and the figures of its complaint
// manual: limits and holidays. One table of fields
// serves the form, the check, the stored JSON and the list of differences.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/result.h"
#include "service/domain/fault.h"
#include "service/domain/print_kind.h"
#include "service/domain/workflow.h"

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

struct Both {
    std::string th, en;
    bool operator==(const Both &) const = default;
};

// One entry of a code list. The ids stay, because statistics count by them; wording, order and whether it is offered change.
struct CodeLabel {
    std::string id;
    Both label;        // an empty text: the program's own wording
    bool shown = true; // offered in forms; where it stands already it is always named
    bool operator==(const CodeLabel &) const = default;
};

// How long a step may take, as the agency's manual says it.
struct StepLimit {
    std::string event; // of the transition
    int number = 0;    // 1 to max_limit
    Unit unit = Unit::working_days;
    bool operator==(const StepLimit &) const = default;
};
inline constexpr int max_limit = 365;
std::string limit_text(const StepLimit &limit); // "3 working_days"

struct AgencyProfile {
    std::string kind = "subdistrict_municipality"; // one of kind_ids()
    Both name;                                     // เทศบาลตำบล…
    Both responsible_unit;                         // งานนิติการ สำนักปลัด
    Both contact;                                  // address and telephone of the unit, one line
    Both hours;                                    // office hours, one line; may be empty
    Both greeting;                                 // a paragraph on the channel page; may be empty
    Both general_channel;                          // where other grievances go: a sentence
    std::string general_channel_url;               // may be empty
    std::string exit_url = "https://www.tmd.go.th/"; // the weather: a page that anyone may have open
    std::string onion;                             // http://….onion, may be empty
    std::string colour = "#0d4f63";
    std::string emblem; // to_line() of emblem.h; may be empty
    std::array<std::string, worded_kinds.size()> wordings; // of prints, in the order of worded_kinds; empty: the program's own
    std::vector<CodeLabel> categories, channels; // every id once, in the order in which they are shown
    std::vector<StepLimit> limits;               // one for each step that has one in the transition table, in its order
    std::string holidays;                        // as check_holidays() gives it
    std::string warn_before = "3";               // days before the end of a limit on which an officer is told
    std::string manual_from;                     // D/M/YYYY: limits apply to what is received from that day on; empty: always
    AgencyProfile();
    bool operator==(const AgencyProfile &) const = default;
};

struct ProfileVersion {
    std::uint64_t version = 0; // 0: the settings file's, never changed yet
    AgencyProfile profile;
    std::optional<base::Day> since{}; // the day on which it took effect: no part of the document
};

enum class ProfileRule { line, text, kind, colour, address, onion, holidays, number, day, emblem, wording };
// The form that a field stands in. What `identity` holds decides whom people write to and where the exit leads, by the
// `emblem` they know that a page is the agency's, and what `manual` holds (with `limits`) binds everybody who works a
// case: a second person confirms all three.
enum class ProfilePart { texts, identity, manual, emblem, wordings };
constexpr bool needs_second(ProfilePart part) { return part != ProfilePart::texts && part != ProfilePart::wordings; }
struct ProfileField {
    std::string_view name; // of the form and in the JSON
    ProfileRule rule;
    std::size_t limit; // characters
    bool required;
    ProfilePart part;
    std::string &(*of)(AgencyProfile &profile);
    const std::string &in(const AgencyProfile &profile) const { return of(const_cast<AgencyProfile &>(profile)); }
};
std::span<const ProfileField> profile_fields();
inline constexpr std::string_view wording_prefix = "wording_"; // of the fields of prints' wordings, before the kind's id
std::span<const std::string_view> kind_ids();
// Stands at the end of both code lists and is never switched off: whatever is none of the others needs a place.
inline constexpr std::string_view code_other = "other";
inline constexpr std::size_t max_code_label = 80;

// WCAG 2.2 contrast (1 to 21) of white and #rrggbb, whichever is the text; nothing when it is no colour.
std::optional<double> contrast_with_white(std::string_view colour);
inline constexpr double least_contrast = 4.5; // WCAG 2.2, 1.4.3

// Every fault at once, in the order of the table; texts are cleaned (domain/text.h). A fault of a code list names
// "category_th_<id>", "channel_shown_<id>" and the like. Keys: fault.field.missing, fault.too_long, fault.settings.markup,
// fault.settings.address, fault.settings.onion, fault.settings.colour, fault.settings.contrast, fault.settings.kind,
// fault.settings.other_off, fault.settings.list, fault.settings.limit (field "limit_<event>"), fault.settings.holiday, fault.settings.number,
// fault.date.invalid, fault.emblem.type, fault.print.place.
std::expected<AgencyProfile, std::vector<Fault>> check_profile(const AgencyProfile &typed);

// The texts of one with the limits of the other, and the day on which those began.
AgencyProfile with_limits(AgencyProfile texts, const AgencyProfile &limits);
// `base` with what a second person confirms from `other`.
AgencyProfile with_confirmed(AgencyProfile base, const AgencyProfile &other);

// What differs, in the order of the table. `field`: its name, or category_th, category_en, category_shown, category_order and
// the same of channel, where `id` names the entry, or limit, where `id` is the event. An order is the ids, joined by blanks; shown is "yes" or "no".
struct ProfileChange {
    std::string field, id, before, after;
};
std::vector<ProfileChange> differences(const AgencyProfile &before, const AgencyProfile &after);

// The stored document. Strict in reading: another shape, or a value that the check would refuse or clean, is Code::invalid.
std::string to_json(const ProfileVersion &version);
base::Result<ProfileVersion> profile_from_json(std::string_view json);
// What a second person confirms, under the id of its proposal.
std::string proposal_to_json(std::string_view proposal, const AgencyProfile &profile);
base::Result<AgencyProfile> proposal_from_json(std::string_view proposal, std::string_view json, const AgencyProfile &base);

} // namespace domain
