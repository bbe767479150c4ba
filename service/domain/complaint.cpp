#include "service/domain/complaint.h"

#include "service/domain/text.h"
#include "service/domain/workflow.h"

#include <boost/json.hpp>

#include <algorithm>

namespace domain {
namespace {

namespace json = boost::json;

// Collects the faults of one form in the order in which the fields are asked.
class Checker {
public:
    std::string line(const char *field, const std::string &typed, std::size_t limit) {
        return limited(field, clean_line(typed), limit);
    }
    std::string text(const char *field, const std::string &typed, std::size_t limit) {
        return limited(field, clean_text(typed), limit);
    }
    void fault(const char *field, std::string_view key) { faults.push_back({field, key}); }

    std::vector<Fault> faults;

private:
    std::string limited(const char *field, std::string value, std::size_t limit) {
        if (const auto count = characters(value); count > limit)
            faults.push_back({field, "fault.too_long", limit, count - limit});
        return value;
    }
};

std::vector<base::OfficerId> parse_excluded(Checker &checker, const std::vector<std::string> &typed,
                                            std::span<const Holder> line) {
    std::vector<base::OfficerId> out;
    for (const std::string &text : typed) {
        const auto id = base::OfficerId::from_text(text);
        if (!id || std::ranges::find(line, *id, &Holder::officer) == line.end()) {
            checker.fault("excluded", "fault.excluded.unknown");
            return {};
        }
        out.push_back(*id);
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

bool can_be_handled(std::span<const Holder> line, std::span<const base::OfficerId> excluded) {
    return readers_of_new(line, excluded) && can_be_decided(line, excluded);
}

// Of those excluded the ones who cannot be excluded together, as few as they are; nobody: it goes wrong without any.
std::string too_many(std::vector<base::OfficerId> excluded, std::span<const Holder> line) {
    for (std::size_t i = 0; i < excluded.size();) {
        auto fewer = excluded;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
        if (can_be_handled(line, fewer))
            ++i;
        else
            excluded = std::move(fewer);
    }
    std::string names;
    for (const base::OfficerId officer : excluded)
        names += (names.empty() ? "" : ", ") + std::ranges::find(line, officer, &Holder::officer)->name;
    return names;
}

void check_readers(Checker &checker, const FilingForm &form, const std::vector<base::OfficerId> &excluded,
                   std::span<const Holder> line) {
    if (!can_be_handled(line, excluded)) {
        std::string names = too_many(excluded, line);
        const std::string_view key = names.empty() ? "fault.excluded.nobody_at_all" : "fault.excluded.nobody_left";
        checker.faults.push_back({.field = "excluded", .key = key, .measured = std::move(names)});
    }
    else if (!form.anonymous && custodians_of_new(line, excluded).empty())
        checker.fault("excluded", "fault.excluded.no_custodian");
}

Identity check_identity(Checker &checker, const FilingForm &form) {
    Identity out;
    out.name = checker.line("name", form.name, max_name);
    out.address = checker.text("address", form.address, max_address);
    out.phone = checker.line("phone", form.phone, max_phone);
    out.email = checker.line("email", form.email, max_email);
    if (out.empty())
        checker.fault("name", "fault.identity.missing");
    if (!out.email.empty() && out.email.find('@') == std::string::npos)
        checker.fault("email", "fault.email.invalid");
    return out;
}

// Lower case for ASCII, blanks and dots removed, a title at the front removed.
std::string bare_name(std::string_view name) {
    std::string out;
    for (char c : name)
        if (c != ' ' && c != '.')
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    static constexpr std::string_view titles[] = {"นางสาว", "นาย", "นาง", "นส", "ดร", "คุณ", "mrs", "mr", "ms"};
    for (std::string_view title : titles)
        if (out.size() > title.size() && out.starts_with(title))
            return out.substr(title.size());
    return out;
}

std::string first_name(std::string_view name) {
    std::string line = clean_line(name);
    static constexpr std::string_view titles[] = {"นางสาว", "นาย", "นาง", "น.ส.", "ดร.", "คุณ", "Mrs.", "Mr.", "Ms."};
    for (std::string_view title : titles)
        if (line.size() > title.size() && line.starts_with(title)) {
            line = clean_line(std::string_view(line).substr(title.size()));
            break;
        }
    return bare_name(line.substr(0, line.find(' ')));
}

bool may_be_the_same(std::string_view complained_of, std::string_view holder) {
    const std::string typed = bare_name(complained_of), known = bare_name(holder);
    if (typed.empty() || known.empty())
        return false;
    // Shorter than three letters matches everybody.
    constexpr std::size_t least = 3;
    if (characters(typed) >= least && (known.find(typed) != std::string::npos || typed.find(known) != std::string::npos))
        return true;
    const std::string a = first_name(complained_of), b = first_name(holder);
    return characters(a) >= least && a == b;
}

// Words by which people call the holder of a post. A match too many only asks; it excludes nobody.
std::span<const std::string_view> words_for(Post post) {
    static constexpr std::string_view legal[] = {"นิติกร", "legalofficer"}, head[] = {"หัวหน้าสำนัก", "headofoffice"},
                                      clerk[] = {"ปลัด", "clerk"}, executive[] = {"นายก", "mayor", "executive"};
    switch (post) {
    case Post::legal_officer: return legal;
    case Post::head_office: return head;
    case Post::clerk: return clerk;
    case Post::executive: return executive;
    default: return {};
    }
}

// A vowel or mark that belongs to the letter before it: นายกิตติ is a name, not นายก.
bool continues_a_syllable(std::string_view rest) {
    if (rest.size() < 3 || rest[0] != '\xE0')
        return false;
    const auto second = static_cast<unsigned char>(rest[1]), third = static_cast<unsigned char>(rest[2]);
    return (second == 0xB8 && third >= 0xB0) || (second == 0xB9 && third >= 0x87 && third <= 0x8E);
}

bool names_the_post(std::string_view typed, Post post) {
    std::string compact;
    for (char c : clean_line(typed))
        if (c != ' ' && c != '.')
            compact.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    const std::string_view text = compact;
    for (std::string_view word : words_for(post))
        for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
            if (!continues_a_syllable(text.substr(at + word.size())) && !text.substr(0, at).ends_with("สำนัก"))
                return true; // สำนักปลัด is an office, not the clerk
    return false;
}

void put(json::object &out, const char *key, const std::string &value) {
    if (!value.empty())
        out[key] = value;
}

bool take(const json::object &from, const char *key, std::string &value) {
    const auto *found = from.if_contains(key);
    if (!found)
        return true;
    if (!found->is_string())
        return false;
    value.assign(found->get_string().data(), found->get_string().size());
    return true;
}

bool take(const json::object &from, const char *key, bool &value) {
    const auto *found = from.if_contains(key);
    if (!found || !found->is_bool())
        return false;
    value = found->get_bool();
    return true;
}

base::Result<json::object> parse_object(std::string_view text) {
    boost::system::error_code broken;
    auto parsed = json::parse(text, broken);
    if (broken || !parsed.is_object())
        return base::fail(base::Code::invalid, "reading sealed JSON");
    return std::move(parsed.get_object());
}

} // namespace

std::expected<CheckedFiling, std::vector<Fault>> check(const FilingForm &form, std::span<const Holder> line) {
    Checker checker;
    CheckedFiling out;
    Complaint &c = out.complaint;
    c.category = form.category;
    if (!c.category.empty() && std::ranges::find(category_ids(), c.category) == category_ids().end())
        checker.fault("category", "fault.category.unknown");
    c.subject_name = checker.line("subject_name", form.subject_name, max_line);
    c.subject_position = checker.line("subject_position", form.subject_position, max_line);
    c.subject_unit = checker.line("subject_unit", form.subject_unit, max_line);
    c.subject_unknown = form.subject_unknown;
    if (c.subject_name.empty() && c.subject_position.empty() && !c.subject_unknown)
        checker.fault("subject_name", "fault.subject.missing");
    if (c.subject_unknown && !(c.subject_name.empty() && c.subject_position.empty()))
        checker.fault("subject_name", "fault.subject.both");
    c.facts = checker.text("facts", form.facts, max_facts);
    if (c.facts.empty())
        checker.fault("facts", "fault.facts.missing");
    c.when = checker.line("when", form.when, max_when);
    c.where = checker.line("where", form.where, max_where);
    c.witnesses = checker.text("witnesses", form.witnesses, max_witnesses);
    c.elsewhere = checker.text("elsewhere", form.elsewhere, max_elsewhere);
    c.wish = checker.text("wish", form.wish, max_wish);
    c.excluded = parse_excluded(checker, form.excluded, line);
    c.anonymous = form.anonymous;
    c.conceal = form.conceal;
    check_readers(checker, form, c.excluded, line);
    if (!form.anonymous)
        out.identity = check_identity(checker, form);
    if (!form.acknowledge)
        checker.fault("acknowledge", "fault.acknowledge.missing");
    if (!checker.faults.empty())
        return std::unexpected(std::move(checker.faults));
    return out;
}

std::vector<base::OfficerId> name_matches(const Complaint &complaint, std::span<const Holder> line) {
    std::vector<base::OfficerId> out;
    for (const Holder &holder : line)
        if (!std::ranges::binary_search(complaint.excluded, holder.officer) && std::ranges::find(out, holder.officer) == out.end() &&
            (may_be_the_same(complaint.subject_name, holder.name) || names_the_post(complaint.subject_name, holder.post) ||
             names_the_post(complaint.subject_position, holder.post)))
            out.push_back(holder.officer);
    return out;
}

std::string to_json(const Complaint &complaint) {
    json::object out;
    put(out, "category", complaint.category);
    put(out, "subject_name", complaint.subject_name);
    put(out, "subject_position", complaint.subject_position);
    put(out, "subject_unit", complaint.subject_unit);
    out["subject_unknown"] = complaint.subject_unknown;
    put(out, "when", complaint.when);
    put(out, "where", complaint.where);
    put(out, "facts", complaint.facts);
    put(out, "witnesses", complaint.witnesses);
    put(out, "elsewhere", complaint.elsewhere);
    put(out, "wish", complaint.wish);
    json::array excluded;
    for (base::OfficerId id : complaint.excluded)
        excluded.emplace_back(id.text());
    out["excluded"] = std::move(excluded);
    out["anonymous"] = complaint.anonymous;
    out["conceal"] = complaint.conceal;
    if (complaint.by_hand)
        out["by_hand"] = true;
    put_access(out, complaint.access);
    return json::serialize(out);
}

base::Result<Complaint> complaint_from_json(std::string_view text) {
    ASSIGN_OR_RETURN(const auto object, parse_object(text));
    Complaint c;
    const auto *excluded = object.if_contains("excluded");
    const bool whole =
        take(object, "category", c.category) && take(object, "subject_name", c.subject_name) &&
        take(object, "subject_position", c.subject_position) && take(object, "subject_unit", c.subject_unit) &&
        take(object, "subject_unknown", c.subject_unknown) && take(object, "when", c.when) &&
        take(object, "where", c.where) && take(object, "facts", c.facts) && take(object, "witnesses", c.witnesses) &&
        take(object, "elsewhere", c.elsewhere) && take(object, "wish", c.wish) &&
        take(object, "anonymous", c.anonymous) && take(object, "conceal", c.conceal) && excluded && excluded->is_array();
    if (!whole)
        return base::fail(base::Code::invalid, "reading a complaint");
    if (object.contains("by_hand") && (!take(object, "by_hand", c.by_hand) || !c.by_hand))
        return base::fail(base::Code::invalid, "reading a complaint");
    ASSIGN_OR_RETURN(c.access, take_access(object));
    for (const auto &value : excluded->get_array()) {
        const auto id = value.is_string() ? base::OfficerId::from_text(std::string_view(value.get_string())) : std::nullopt;
        if (!id)
            return base::fail(base::Code::invalid, "reading a complaint");
        c.excluded.push_back(*id);
    }
    return c;
}

std::string to_json(const Identity &identity) {
    if (identity.empty())
        return {};
    json::object out;
    put(out, "name", identity.name);
    put(out, "address", identity.address);
    put(out, "phone", identity.phone);
    put(out, "email", identity.email);
    return json::serialize(out);
}

base::Result<Identity> identity_from_json(std::string_view text) {
    Identity out;
    if (text.empty())
        return out;
    ASSIGN_OR_RETURN(const auto object, parse_object(text));
    if (!take(object, "name", out.name) || !take(object, "address", out.address) || !take(object, "phone", out.phone) ||
        !take(object, "email", out.email))
        return base::fail(base::Code::invalid, "reading an identity");
    return out;
}

} // namespace domain
