// The settings file <data folder>/sucharit.toml: every key once in one table with its type, its rule and what it means.
// An unknown key or a bad value stops the start with one sentence.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace runtime {

struct Settings {
    std::string name_th, name_en, unit_th, unit_en, contact_th, contact_en, general_channel_th, general_channel_en;
    std::string general_channel_url, exit_url, onion, colour;
    std::string kind;
    std::string languages; // "th_en" | "th"
    bool demo = false;
    std::int64_t queue_delay = 1;
    std::string register_year; // "fiscal" | "calendar"
    std::string second_factor; // "required" | "optional"
    std::string reporter_address, officer_address;
    std::int64_t reporter_port = 8443, officer_port = 8444;
    std::vector<std::string> reporter_hosts, officer_hosts;
    std::string reporter_public_name, officer_public_name;
    std::string certificate, certificate_key;
    std::int64_t reporter_workers = 64, general_workers = 4, password_workers = 1, waiting_requests = 256;
    std::int64_t connections = 1000, body_mib = 64; // of each face
    std::int64_t streams = 16;                    // of each face: files that come or go at once
    std::int64_t file_mib = 100, case_files_mib = 500; // of each side
    std::int64_t password_operations = 3, password_memory_mib = 256; // for new passphrases
    std::int64_t nightly_hour = 2;
    std::string mail_authorities;
};

// One sentence for the operator.
using SettingsError = std::string;
std::expected<Settings, SettingsError> read_settings(const std::string &path);
std::expected<Settings, SettingsError> parse_settings(std::string_view toml);

// The table as text: what --help prints and the guide shows.
std::string settings_reference();
// A file of settings: every key with its meaning, those of `given` (name → TOML value) set, the others as comments.
std::string settings_template(const std::map<std::string, std::string, std::less<>> &given);

// A name or address of one host, in small letters, without port.
bool is_host(std::string_view name);

} // namespace runtime
