// The complaint as the reporter writes it: the form's values, its rules, and the JSON that is sealed.
#pragma once

#include "service/domain/access.h"
#include "service/domain/fault.h"
#include "service/domain/posts.h"

#include <expected>

namespace domain {

// As typed; kept on the page whatever happens. Field names are those of the form (deploy/docs/contract).
struct FilingForm {
    std::string category;
    std::string subject_name, subject_position, subject_unit;
    bool subject_unknown = false; // ไม่ทราบชื่อ
    std::string when, where, facts, witnesses, elsewhere, wish;
    std::vector<std::string> excluded; // officer ids in hex
    bool anonymous = true;
    std::string name, address, phone, email; // only when not anonymous
    bool conceal = true;     // keep my name hidden when the case is passed on
    bool acknowledge = false;
};

struct Complaint {
    std::string category; // id of the code list
    std::string subject_name, subject_position, subject_unit;
    bool subject_unknown = false;
    std::string when, where, facts, witnesses, elsewhere, wish;
    std::vector<base::OfficerId> excluded; // sorted
    bool anonymous = true;
    bool conceal = true;
    bool by_hand = false;    // an officer typed it; its first move says how it came
    Access access{}; // who was sealed to when it was filed; written by the server, no part of what the reporter typed
};

struct Identity {
    std::string name, address, phone, email;
    bool empty() const { return name.empty() && address.empty() && phone.empty() && email.empty(); }
};

struct CheckedFiling {
    Complaint complaint;
    Identity identity; // empty when anonymous
};

// Every fault at once, in the order of the form. Texts are cleaned (domain/text.h). `line` is who may be excluded; an
// exclusion that leaves too few readers, nobody to decide, or no custodian for a name that was given is a fault too.
// Keys: fault.too_long, fault.facts.missing, fault.subject.missing, fault.subject.both, fault.category.unknown, fault.excluded.unknown,
// fault.excluded.nobody_left, fault.excluded.no_custodian, fault.identity.missing, fault.email.invalid,
// fault.acknowledge.missing.
std::expected<CheckedFiling, std::vector<Fault>> check(const FilingForm &form, std::span<const Holder> line);

// Holders whose name appears in the name complained of (or the reverse), titles and blanks aside, or whose post is named in
// the name or the position complained of, and who were not ticked: the check page asks about them.
std::vector<base::OfficerId> name_matches(const Complaint &complaint, std::span<const Holder> line);

// Characters. Together they fit the largest class of a sealed text even when every character takes four bytes.
inline constexpr std::size_t max_facts = 10000, max_witnesses = 2000, max_elsewhere = 800, max_wish = 800, max_line = 200,
                             max_when = 300, max_where = 300, max_message = 5000;
// The identity object has one fixed size of 4 KiB.
inline constexpr std::size_t max_name = 120, max_address = 300, max_phone = 50, max_email = 120;

std::span<const std::string_view> category_ids();
std::span<const std::string_view> channel_ids(); // by which complaints come; the first is the web

std::string to_json(const Complaint &complaint);
base::Result<Complaint> complaint_from_json(std::string_view json);
std::string to_json(const Identity &identity); // "" when empty
base::Result<Identity> identity_from_json(std::string_view json);

} // namespace domain
