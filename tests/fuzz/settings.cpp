// The settings file: what is taken keeps the rules of the table, and written out again key by key it is taken as the
// same.
#include "service/runtime/settings.h"
#include "tests/fuzz/target.h"

#include <set>
#include <string>
#include <tuple>

namespace {

using fuzz::demand;
using runtime::Settings;

auto values(const Settings &s) {
    return std::tie(s.name_th, s.name_en, s.unit_th, s.unit_en, s.contact_th, s.contact_en, s.general_channel_th,
                    s.general_channel_en, s.general_channel_url, s.exit_url, s.onion, s.colour, s.demo,
                    s.queue_delay, s.register_year, s.reporter_address, s.officer_address, s.reporter_port,
                    s.officer_port, s.reporter_hosts, s.officer_hosts, s.reporter_public_name, s.officer_public_name,
                    s.certificate, s.certificate_key, s.reporter_workers, s.general_workers, s.password_workers,
                    s.waiting_requests, s.connections, s.body_mib, s.password_operations, s.password_memory_mib,
                    s.nightly_hour, s.mail_authorities);
}

std::string toml(const std::string &value) {
    std::string out = "\"";
    for (const char c : value) {
        static constexpr std::string_view digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7f)
            ((out += "\\u00") += digits[byte >> 4]) += digits[byte & 15];
        else
            out += c;
    }
    return out + "\"";
}
std::string toml(const std::vector<std::string> &value) {
    std::string out = "[";
    for (const std::string &item : value)
        out += toml(item) + ", ";
    return out + "]";
}
std::string toml(std::int64_t value) { return std::to_string(value); }
std::string toml(bool value) { return value ? "true" : "false"; }

template <class T> std::string line(const char *name, const T &value) {
    return std::string(name) + " = " + toml(value) + "\n";
}

std::string written(const Settings &s) {
    return "[agency]\n" + line("name_th", s.name_th) + line("name_en", s.name_en) + line("unit_th", s.unit_th) +
           line("unit_en", s.unit_en) + line("contact_th", s.contact_th) + line("contact_en", s.contact_en) +
           line("general_channel_th", s.general_channel_th) + line("general_channel_en", s.general_channel_en) +
           line("general_channel_url", s.general_channel_url) + line("exit_url", s.exit_url) +
           line("colour", s.colour) + line("demo", s.demo) + "[cases]\n" +
           line("queue_delay", s.queue_delay) + line("register_year", s.register_year) + "[reporter]\n" +
           line("address", s.reporter_address) + line("port", s.reporter_port) + line("hosts", s.reporter_hosts) +
           line("public_name", s.reporter_public_name) + line("onion", s.onion) + "[officer]\n" +
           line("address", s.officer_address) + line("port", s.officer_port) + line("hosts", s.officer_hosts) +
           line("public_name", s.officer_public_name) + "[tls]\n" + line("certificate", s.certificate) +
           line("key", s.certificate_key) + "[work]\n" + line("reporters", s.reporter_workers) +
           line("general", s.general_workers) + line("connections", s.connections) + line("body_mib", s.body_mib) +
           line("password", s.password_workers) + line("waiting", s.waiting_requests) +
           line("nightly_hour", s.nightly_hour) + "[password]\n" + line("operations", s.password_operations) +
           line("memory_mib", s.password_memory_mib) + "[mail]\n" + line("authorities", s.mail_authorities);
}

bool within(std::int64_t value, std::int64_t least, std::int64_t most) { return least <= value && value <= most; }

std::string host_name(std::string host) {
    const auto end = host.starts_with('[') ? host.find(']') + 1 : std::min(host.find(':'), host.size());
    host.resize(end);
    for (char &c : host)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    while (host.ends_with('.'))
        host.pop_back();
    return host;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const auto settings = runtime::parse_settings(fuzz::text(data, size));
    if (!settings) {
        demand(!settings.error().empty());
        return 0;
    }
    const Settings &s = *settings;
    demand(!s.name_th.empty() && !s.name_en.empty() && !s.reporter_address.empty() && !s.certificate.empty());
    demand(s.exit_url.starts_with("https://") &&
           (s.general_channel_url.empty() || s.general_channel_url.starts_with("https://")));
    demand(s.colour.size() == 7 && (s.register_year == "fiscal" || s.register_year == "calendar"));
    demand(within(s.queue_delay, 0, 7) && within(s.reporter_port, 0, 65535) && within(s.officer_port, 0, 65535) &&
           within(s.reporter_workers, 1, 256) && within(s.general_workers, 1, 64) &&
           within(s.connections, 16, 100'000) && within(s.body_mib, 4, 65'536) && within(s.password_workers, 1, 8) &&
           within(s.waiting_requests, 1, 10'000) && within(s.password_operations, 1, 10) &&
           within(s.password_memory_mib, 8, 1024) && within(s.nightly_hour, 0, 23));
    demand(!s.reporter_hosts.empty() && !s.officer_hosts.empty());
    std::set<std::string> names;
    for (const std::string &host : s.reporter_hosts)
        names.insert(host_name(host));
    demand(!names.contains(""));
    for (const std::string &host : s.officer_hosts)
        demand(s.demo || !names.contains(host_name(host)));

    const auto again = runtime::parse_settings(written(s));
    demand(again && values(*again) == values(s));
    return 0;
}
