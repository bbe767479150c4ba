#include "service/runtime/settings.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <variant>

namespace runtime {
namespace {

using Member = std::variant<std::string Settings::*, std::int64_t Settings::*, bool Settings::*,
                            std::vector<std::string> Settings::*>;

struct Key {
    std::string_view name; // section.key
    Member member;
    std::string_view preset; // as written in TOML; empty: must be given
    std::string_view rule;   // "1..65535", "a|b", "https", "#colour", "" …
    std::string_view meaning;
};

const Key keys[] = {
    {"agency.name_th", &Settings::name_th, "", "text", "the agency's name in Thai"},
    {"agency.name_en", &Settings::name_en, "", "text", "the agency's name in English"},
    {"agency.kind", &Settings::kind, "'subdistrict_municipality'",
     "city_municipality|town_municipality|subdistrict_municipality|subdistrict_organisation|provincial_organisation",
     "kind of agency"},
    {"agency.languages", &Settings::languages, "'th_en'", "th_en|th", "languages of the pages: Thai and English, or Thai"},
    {"agency.unit_th", &Settings::unit_th, "'งานนิติการ สำนักปลัด'", "text", "responsible unit, Thai"},
    {"agency.unit_en", &Settings::unit_en, "'Legal affairs, Office of the Clerk'", "text", "responsible unit, English"},
    {"agency.contact_th", &Settings::contact_th, "''", "", "address and telephone of the unit, Thai"},
    {"agency.contact_en", &Settings::contact_en, "''", "", "address and telephone of the unit, English"},
    {"agency.general_channel_th", &Settings::general_channel_th, "''", "", "where other grievances go, Thai"},
    {"agency.general_channel_en", &Settings::general_channel_en, "''", "", "where other grievances go, English"},
    {"agency.general_channel_url", &Settings::general_channel_url, "''", "https?", "its address"},
    {"agency.exit_url", &Settings::exit_url, "'https://www.tmd.go.th/'", "https", "where quick exit leads"},
    {"agency.colour", &Settings::colour, "'#0d4f63'", "#colour", "colour of the header"},
    {"agency.demo", &Settings::demo, "false", "", "a demo: both faces may share a host name"},
    {"cases.queue_delay", &Settings::queue_delay, "1", "0..7", "days until officers see what a reporter sent"},
    {"cases.register_year", &Settings::register_year, "'fiscal'", "fiscal|calendar", "year of register numbers"},
    {"sign_in.second_factor", &Settings::second_factor, "'required'", "required|optional",
     "whether officers without a second factor may work"},
    {"reporter.address", &Settings::reporter_address, "'127.0.0.1'", "text", "numeric address to listen on"},
    {"reporter.port", &Settings::reporter_port, "8443", "0..65535", "port; 0 takes a free one"},
    {"reporter.hosts", &Settings::reporter_hosts, "['127.0.0.1', 'localhost']", "", "names that requests may ask for"},
    {"reporter.public_name", &Settings::reporter_public_name, "''", "", "name on the internet: HSTS is for it, and prints of the manual name it"},
    {"reporter.onion", &Settings::onion, "''", "", "onion address, shown on the channel page"},
    {"officer.address", &Settings::officer_address, "'127.0.0.1'", "text", "numeric address to listen on"},
    {"officer.port", &Settings::officer_port, "8444", "0..65535", "port; 0 takes a free one"},
    {"officer.hosts", &Settings::officer_hosts, "['127.0.0.1', 'localhost']", "", "names that requests may ask for"},
    {"officer.public_name", &Settings::officer_public_name, "''", "", "HSTS only for it"},
    {"tls.certificate", &Settings::certificate, "'tls/certificate.pem'", "text", "chain, relative to the data folder"},
    {"tls.key", &Settings::certificate_key, "'tls/key.pem'", "text", "private key, relative to the data folder"},
    {"work.reporters", &Settings::reporter_workers, "64", "1..256", "threads for reporters: so many filings in one commit"},
    {"work.general", &Settings::general_workers, "4", "1..64", "threads for officers, signing in apart"},
    {"work.password", &Settings::password_workers, "1", "1..8", "threads of the password lane"},
    {"work.waiting", &Settings::waiting_requests, "256", "1..10000", "requests that may wait in a lane"},
    {"work.connections", &Settings::connections, "1000", "16..100000", "connections of a face, if descriptors suffice"},
    {"work.body_mib", &Settings::body_mib, "64", "4..65536", "memory for what a face is being sent and sends"},
    {"work.streams", &Settings::streams, "16", "2..256", "files that a face is being sent and sends at once"},
    {"work.nightly_hour", &Settings::nightly_hour, "2", "0..23", "hour (Bangkok) of the nightly batch"},
    {"files.file_mib", &Settings::file_mib, "100", "1..4096", "largest file that is taken"},
    {"files.case_mib", &Settings::case_files_mib, "500", "1..65536", "all files of one case, of the reporter and of the officers each"},
    {"mail.authorities", &Settings::mail_authorities, "''", "",
     "authorities (PEM) of the mail server's certificate, relative to the data folder; empty: the system's"},
    {"password.operations", &Settings::password_operations, "3", "1..10", "Argon2id passes"},
    {"password.memory_mib", &Settings::password_memory_mib, "256", "8..1024", "Argon2id memory"},
};

bool has_prefix(std::string_view value, std::string_view prefix) { return value.substr(0, prefix.size()) == prefix; }

// Empty when the value keeps the rule, else what is wrong with it.
std::string breaks(std::string_view rule, std::int64_t value) {
    const auto dots = rule.find("..");
    const auto low = std::stoll(std::string(rule.substr(0, dots))), high = std::stoll(std::string(rule.substr(dots + 2)));
    return value >= low && value <= high ? "" : fmt::format("must be between {} and {}", low, high);
}

std::string breaks(std::string_view rule, const std::string &value) {
    if (rule == "text")
        return value.empty() ? "must not be empty" : "";
    if (rule == "https" || rule == "https?")
        return (rule == "https?" && value.empty()) || has_prefix(value, "https://") ? "" : "must begin with https://";
    if (rule == "#colour")
        return value.size() == 7 && value[0] == '#' &&
                       value.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos
                   ? ""
                   : "must look like #0d4f63";
    if (rule.find('|') != std::string_view::npos) {
        std::stringstream choices{std::string(rule)};
        for (std::string choice; std::getline(choices, choice, '|');)
            if (choice == value)
                return "";
        return fmt::format("must be one of {}", rule);
    }
    return "";
}

std::string breaks(std::string_view, bool) { return ""; }
std::string breaks(std::string_view, const std::vector<std::string> &value) {
    return value.empty() ? "must name at least one" : "";
}

template <class T>
bool read(const toml::node_view<const toml::node> node, T &out) {
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        const auto *array = node.as_array();
        if (!array)
            return false;
        out.clear();
        for (const auto &item : *array) {
            if (!item.is_string())
                return false;
            out.push_back(item.as_string()->get());
        }
        return true;
    } else {
        const auto value = node.value_exact<T>();
        if (value)
            out = *value;
        return value.has_value();
    }
}

std::expected<void, SettingsError> take(const Key &key, const toml::table &file, Settings &out) {
    const auto preset = toml::parse("preset = " + std::string(key.preset.empty() ? "''" : key.preset));
    const auto given = file.at_path(key.name);
    if (!given && key.preset.empty())
        return std::unexpected(fmt::format("setting {} is missing: {}", key.name, key.meaning));
    const toml::node_view<const toml::node> node = given ? given : preset["preset"];
    return std::visit(
        [&](auto member) -> std::expected<void, SettingsError> {
            if (!read(node, out.*member))
                return std::unexpected(fmt::format("setting {} has a value of the wrong type: {}", key.name, key.meaning));
            if (const auto fault = breaks(key.rule, out.*member); !fault.empty())
                return std::unexpected(fmt::format("setting {} {}: {}", key.name, fault, key.meaning));
            return {};
        },
        key.member);
}

// Of earlier versions: what the operator does instead.
struct Gone {
    std::string_view name, instead;
};
constexpr Gone gone[] = {{"agency.emblem", "delete the line; an admin sends the emblem on the officers' page /settings/emblem"}};

std::expected<void, SettingsError> refuse_unknown(const toml::table &file) {
    for (const auto &[section, values] : file) {
        const auto *table = values.as_table();
        if (!table)
            return std::unexpected(fmt::format("setting {} is not known", section.str()));
        for (const auto &[name, value] : *table) {
            const auto full = fmt::format("{}.{}", section.str(), name.str());
            if (const auto *const left = std::ranges::find(gone, full, &Gone::name); left != std::end(gone))
                return std::unexpected(fmt::format("setting {} is gone: {}", full, left->instead));
            if (std::ranges::find(keys, full, &Key::name) == std::end(keys))
                return std::unexpected(fmt::format("setting {} is not known", full));
        }
    }
    return {};
}

// Lower case, without port and trailing dot; empty when it is no host name or address.
std::string bare_host(std::string_view host) {
    const bool bracketed = host.starts_with('[');
    const auto end = bracketed ? host.find(']') : host.find(':');
    const auto name = host.substr(0, bracketed && end != std::string_view::npos ? end + 1 : end);
    const auto port = host.substr(name.size());
    if (!port.empty() && (port.size() < 2 || port[0] != ':' || port.find_first_not_of("0123456789", 1) != port.npos))
        return "";
    if (bracketed && (end == host.npos || name.find(':') == name.npos))
        return "";
    std::string out;
    for (char c : name)
        out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    if (out.ends_with('.'))
        out.pop_back();
    if (!bracketed && (out.starts_with('.') || out.ends_with('.') || out.find("..") != std::string::npos))
        return "";
    const auto allowed = bracketed ? "[]:.0123456789abcdef" : "-.0123456789abcdefghijklmnopqrstuvwxyz";
    return out.find_first_not_of(allowed) == std::string::npos ? out : "";
}

// Cookies ignore ports: two faces on one name would hand the officers' cookie to the reporter face.
std::expected<void, SettingsError> check_hosts(const Settings &settings) {
    const std::pair<std::string_view, const std::vector<std::string> &> faces[] = {
        {"reporter.hosts", settings.reporter_hosts}, {"officer.hosts", settings.officer_hosts}};
    for (const auto &[name, hosts] : faces)
        for (const auto &host : hosts)
            if (bare_host(host).empty())
                return std::unexpected(fmt::format("setting {} has \"{}\", which is no host name", name, host));
    if (settings.demo)
        return {};
    for (const auto &reporter : settings.reporter_hosts)
        for (const auto &officer : settings.officer_hosts)
            if (bare_host(reporter) == bare_host(officer))
                return std::unexpected(fmt::format(
                    "setting officer.hosts shares the name {} with reporter.hosts: give each face its own", officer));
    return {};
}

} // namespace

std::expected<Settings, SettingsError> parse_settings(std::string_view text) {
    toml::table file;
    try {
        file = toml::parse(text);
    } catch (const toml::parse_error &error) {
        return std::unexpected(fmt::format("the settings cannot be read (line {}): {}", error.source().begin.line,
                                           error.description()));
    }
    if (const auto known = refuse_unknown(file); !known)
        return std::unexpected(known.error());
    Settings out;
    for (const Key &key : keys)
        if (const auto taken = take(key, file, out); !taken)
            return std::unexpected(taken.error());
    if (const auto hosts = check_hosts(out); !hosts)
        return std::unexpected(hosts.error());
    return out;
}

std::expected<Settings, SettingsError> read_settings(const std::string &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::unexpected(fmt::format("the settings file {} cannot be read", path));
    std::ostringstream text;
    text << file.rdbuf();
    return parse_settings(text.str());
}

bool is_host(std::string_view name) { return !name.empty() && bare_host(name) == name; }

std::string settings_template(const std::map<std::string, std::string, std::less<>> &given) {
    std::string out = "# Settings of this agency. Lines that begin with # show what holds while nothing else is said.\n";
    std::string_view section;
    for (const Key &key : keys) {
        const auto dot = key.name.find('.');
        if (section != key.name.substr(0, dot)) {
            section = key.name.substr(0, dot);
            out += fmt::format("\n[{}]\n", section);
        }
        out += fmt::format("# {}\n", key.meaning);
        const auto found = given.find(key.name);
        const auto name = key.name.substr(dot + 1);
        out += found == given.end() ? fmt::format("# {} = {}\n", name, key.preset) : fmt::format("{} = {}\n", name, found->second);
    }
    return out;
}

std::string settings_reference() {
    std::string out;
    for (const Key &key : keys)
        out += fmt::format("{:28} {}{}{}\n", key.name, key.meaning, key.preset.empty() ? " (required)" : "; default ",
                           key.preset);
    return out;
}

} // namespace runtime
