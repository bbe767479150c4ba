#include "service/runtime/credential_command.h"

#include "crypto/reporter/paper_key.h"
#include "service/runtime/credential.h"
#include "service/runtime/instance.h"
#include "service/runtime/terminal.h"
#include "storage/look.h"
#include "web/pages/common/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace runtime {
namespace {

constexpr std::size_t roots_wanted = 2;

std::string hex_digits(std::string_view typed) {
    std::string out;
    for (const char c : typed)
        if (std::isxdigit(static_cast<unsigned char>(c)))
            out.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return out;
}

// Somebody with a sheet in front of a terminal.
struct Asking {
    Terminal terminal;
    const pages::Catalogue &catalogue;
    pages::Language language;

    std::string text(std::string_view key, const std::string &number = {}) const {
        return number.empty() ? catalogue.text(language, key) : catalogue.text(language, key, {{"NUMBER", number}});
    }
};

std::optional<crypto::PaperKey> ask_key(Asking &asking) {
    crypto::PaperKey out;
    asking.terminal.say(asking.text("sheet.ask.lead"));
    for (int number = 1; number <= crypto::paper_groups; ++number)
        for (bool right = false; !right;) {
            auto typed = asking.terminal.line(asking.text("sheet.ask.group", std::to_string(number)));
            if (!typed)
                return std::nullopt;
            right = out.take(number, *typed);
            explicit_bzero(typed->data(), typed->size());
            if (!right)
                asking.terminal.say("! " + asking.text("sheet.ask.group.wrong", std::to_string(number)));
        }
    asking.terminal.clear(); // the key
    return out;
}

// Certificates that their own officer signed: only who holds a root's key can make one with its fingerprint.
std::vector<crypto::CertificateFields> candidates(const ports::AgencyRows &rows, base::InstanceId instance) {
    std::vector<crypto::CertificateFields> out;
    for (const base::Bytes &bytes : rows.certificates) {
        const auto stored = crypto::StoredCertificate::parse(bytes);
        if (stored && stored->fields.instance == instance && stored->fields.issuer == stored->fields.officer &&
            crypto::verify(stored->fields.sign, crypto::certificate_domain, stored->fields.encode(), stored->signature))
            out.push_back(stored->fields);
    }
    return out;
}

bool ask_roots(Asking &asking, std::span<const crypto::CertificateFields> found, Credential &out) {
    while (out.roots.size() < roots_wanted) {
        const auto typed = asking.terminal.line(asking.text("sheet.ask.root", std::to_string(out.roots.size() + 1)));
        if (!typed)
            return false;
        const auto wanted = hex_digits(*typed);
        const auto at = std::ranges::find(found, wanted, [](const auto &one) { return hex_digits(crypto::fingerprint(one)); });
        if (at == found.end() || std::ranges::find(out.roots, at->officer, &crypto::RootKeys::officer) != out.roots.end()) {
            asking.terminal.say("! " + asking.text("sheet.ask.root.wrong"));
            continue;
        }
        asking.terminal.say("  " + at->display_name);
        out.roots.push_back({at->officer, at->box, at->sign});
    }
    return true;
}

} // namespace

std::expected<void, std::string> credential_from_sheet(const SheetOptions &options) {
    const auto stopped = std::unexpected(std::string("it was interrupted, and nothing was written"));
    if (!Terminal::is_there())
        return std::unexpected("this is no terminal: somebody with the recovery sheet has to answer");
    const auto catalogue = pages::Catalogue::load(options.share);
    if (!catalogue)
        return std::unexpected(catalogue.error());
    std::error_code unknown;
    if (std::filesystem::exists(options.credential, unknown))
        return std::unexpected(fmt::format("the credential file {} is there already", options.credential));
    const auto wrapped = storage::DataFolder::read_database_key_in(options.folder);
    if (!wrapped)
        return std::unexpected(sentence("the database key in " + options.folder.string() + " cannot be read", wrapped.error()));
    Asking asking{{}, *catalogue, options.language == "en" ? pages::Language::en : pages::Language::th};
    const auto paper = ask_key(asking);
    if (!paper)
        return stopped;
    Credential credential{paper->instance(), paper->key(), {}};
    const auto keys = crypto::InstanceKeys::derive(credential.instance, credential.key);
    const auto database_key = crypto::unwrap_database_key(keys, *wrapped);
    if (!database_key)
        return std::unexpected(fmt::format("this sheet is of another agency than the data folder {}", options.folder.string()));
    auto look = storage::Look::open(storage::DataFolder::database_in(options.folder), *database_key);
    if (!look)
        return std::unexpected(sentence("the database cannot be read", look.error()));
    const auto rows = (*look)->reads().agency();
    if (!rows)
        return std::unexpected(sentence("the certificates cannot be read", rows.error()));
    if (!ask_roots(asking, candidates(*rows, credential.instance), credential))
        return stopped;
    return write_credential(options.credential, credential);
}

} // namespace runtime
