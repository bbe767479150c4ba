#include "service/runtime/import_command.h"

#include "service/domain/complaint.h"
#include "service/runtime/agency_profile.h"
#include "service/runtime/instance.h"
#include "service/runtime/look.h"
#include "service/runtime/process.h"
#include "service/runtime/terminal.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/register_import.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <unistd.h>

namespace runtime {
namespace {

constexpr std::size_t most_bytes = 64 << 20; // half a million rows
constexpr std::size_t most_faults = 200;     // named; of the others only how many

// One sentence for the operator where the import did not come to the rows.
template <class T> using Outcome = std::expected<T, std::string>;

Outcome<std::string> read_file(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    std::string out;
    std::array<char, 65536> part;
    while (in.read(part.data(), part.size()), in.gcount() > 0) {
        out.append(part.data(), static_cast<std::size_t>(in.gcount()));
        if (out.size() > most_bytes) return std::unexpected(fmt::format("{} is larger than 64 MiB: split it", path));
    }
    if (!in.eof() || in.bad()) return std::unexpected(fmt::format("the file {} cannot be read", path));
    return out;
}

// The profile in force: a register calls things as the agency does.
Outcome<domain::AgencyProfile> profile_in_force(const std::filesystem::path &folder, ports::OfficerReads &reads) {
    const auto settings = read_settings((folder / "sucharit.toml").string());
    if (!settings) return std::unexpected(settings.error());
    const auto from_file = profile_of(*settings);
    if (!from_file) return std::unexpected(from_file.error());
    const auto versions = usecases::stored_profiles(reads.settings(), *from_file);
    if (!versions) return std::unexpected(sentence("the agency's settings cannot be read", versions.error()));
    return versions->back().profile;
}

class Import {
public:
    Import(const pages::Catalogue &catalogue, pages::Language language) : catalogue_(catalogue), language_(language) {}

    std::vector<domain::RegisterEntry> entries;
    std::vector<domain::RowFault> faults;

    void read(const domain::AgencyProfile &profile, std::string_view bytes) {
        std::vector<usecases::WordingOf> languages;
        for (const pages::Language language : pages::languages)
            languages.push_back([this, language](std::string_view key) { return catalogue_.text(language, key); });
        auto read = domain::read_register(bytes, usecases::register_names(profile, languages));
        if (read)
            entries = std::move(*read);
        else
            faults = std::move(read.error());
    }
    std::string words(const domain::RowFault &fault) const {
        std::string text = catalogue_.text(language_, fault.key);
        if (const auto at = text.find("{{MEASURED}}"); at != std::string::npos) text.replace(at, 12, fault.measured);
        const std::string line = catalogue_.text(language_, "import.line", {{"LINE", std::to_string(fault.line)}});
        return fault.column.empty() ? fmt::format("{}: {}", line, text) : fmt::format("{}: {}: {}", line, fault.column, text);
    }
    std::string text(std::string_view key, std::initializer_list<pages::Catalogue::Filling> fillings = {}) const {
        return catalogue_.text(language_, key, fillings);
    }

private:
    const pages::Catalogue &catalogue_;
    pages::Language language_;
};

void print(const Import &import, bool json) {
    if (json) {
        boost::json::array faults;
        for (const domain::RowFault &fault : import.faults)
            faults.push_back(boost::json::object{{"line", fault.line}, {"column", fault.column}, {"fault", fault.key}, {"sentence", import.words(fault)}});
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"imported", false}, {"faults", std::move(faults)}}));
        return;
    }
    for (std::size_t i = 0; i < std::min(import.faults.size(), most_faults); ++i)
        fmt::print(stderr, "{}\n", import.words(import.faults[i]));
    if (import.faults.size() > most_faults)
        fmt::print(stderr, "{}\n", import.text("import.more", {{"COUNT", std::to_string(import.faults.size() - most_faults)}}));
    fmt::print(stderr, "{}\n", import.text("import.nothing"));
}

void print(const Import &import, const ports::ImportCounts &counts, bool dry_run, bool json) {
    if (json)
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"imported", !dry_run},
                                                                      {"rows", import.entries.size()},
                                                                      {"added", counts.added},
                                                                      {"updated", counts.updated},
                                                                      {"unchanged", counts.unchanged}}));
    else
        fmt::print("{}\n", import.text(dry_run ? "import.would" : "import.done", {{"ROWS", std::to_string(import.entries.size())},
                                                                                 {"ADDED", std::to_string(counts.added)},
                                                                                 {"UPDATED", std::to_string(counts.updated)},
                                                                                 {"UNCHANGED", std::to_string(counts.unchanged)}}));
}

} // namespace

ImportCommand::ImportCommand(CLI::App &app) : share_(SUCHARIT_SHARE), language_(english_locale() ? "en" : "th") {
    command_ = app.add_subcommand("import", "take in the counting facts of an old register; the server must not run");
    command_->add_option("file", file_, "CSV with a header line: register_no,channel,received,category,state,outcome,closed")->required();
    command_->add_flag("--dry-run", dry_run_, "only say what would happen; runs beside a server");
    command_->add_flag("--json", json_, "the result as JSON");
    command_->add_option("--dir", folder_, "data folder")->capture_default_str();
    command_->add_option("--credential", credential_, "credential file; default <dir>.key");
    command_->add_option("--language", language_, "of what it says: th or en; default by LANG, else th")->check(CLI::IsMember({"th", "en"}));
    command_->add_option("--share", share_, "folder of templates, catalogues and static files")->capture_default_str();
    std::string footer = "Ids of channels:";
    for (const std::string_view id : domain::channel_ids())
        footer += " " + std::string(id);
    footer += "\nIds of categories:";
    for (const std::string_view id : domain::category_ids())
        footer += " " + std::string(id);
    command_->footer(footer + "\nor how the agency calls them. Days: YYYY-MM-DD or D/M/YYYY. UTF-8 or Windows-874.");
}

std::optional<int> ImportCommand::run() {
    if (!command_->parsed()) return std::nullopt;
    if (credential_.empty()) credential_ = folder_ + ".key";
    harden_process();
    crypto::start();
    return import();
}

int ImportCommand::import() {
    const auto fails = [](const std::string &why) {
        fmt::print(stderr, "sucharit: {}\n", why);
        return 1;
    };
    const auto bytes = read_file(file_);
    if (!bytes) return fails(bytes.error());
    const auto catalogue = pages::Catalogue::load(share_);
    if (!catalogue) return fails(catalogue.error());
    Import import(*catalogue, language_ == "en" ? pages::Language::en : pages::Language::th);
    const auto read = [&](ports::OfficerReads &reads) -> Outcome<bool> {
        const auto profile = profile_in_force(folder_, reads);
        if (!profile) return std::unexpected(profile.error());
        import.read(*profile, *bytes);
        if (!import.faults.empty()) print(import, json_);
        return import.faults.empty();
    };
    if (dry_run_) {
        const auto look = look_at_instance(folder_, credential_);
        if (!look) return fails(look.error());
        if (const auto clean = read(look->look->reads()); !clean || !*clean) return clean ? 1 : fails(clean.error());
        const auto counts = look->look->reads().old_register().compare(import.entries);
        if (!counts) return fails(sentence("the register cannot be compared", counts.error()));
        print(import, *counts, dry_run_, json_);
        return 0;
    }
    if (::isatty(STDERR_FILENO)) fmt::print(stderr, "{}\n", import.text("import.working"));
    const auto instance = open_instance(folder_, credential_);
    if (!instance) return fails(instance.error());
    const auto reads = instance->store->officer_reads();
    if (const auto clean = read(*reads); !clean || !*clean) return clean ? 1 : fails(clean.error());
    const base::SystemClock clock;
    const auto counts = usecases::import_register({*reads, instance->store->officer_writes(), instance->keys, clock}, import.entries, base::view(*bytes));
    if (!counts) return fails(sentence("nothing was taken in", counts.error()));
    print(import, *counts, dry_run_, json_);
    return 0;
}

} // namespace runtime
