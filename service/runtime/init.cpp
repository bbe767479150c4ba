#include "service/runtime/init.h"

#include "service/domain/passphrase.h"
#include "service/runtime/enrol.h"
#include "service/runtime/init_plan.h"
#include "service/runtime/init_talk.h"
#include "service/runtime/instance.h"
#include "service/runtime/process.h"
#include "service/runtime/recovery_sheet.h"
#include "web/net/certificate.h"
#include "web/pages/common/dates.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <cstring>
#include <sstream>

namespace runtime {
namespace {

namespace fs = std::filesystem;
using Done = std::expected<void, std::string>;

// Custody for everybody but the executive, who decides and does not need to know who reported.
crypto::Rights rights_of(domain::Post post) {
    const auto both = crypto::Rights{} | crypto::Right::reading | crypto::Right::vouching;
    return post == domain::Post::executive ? both : both | crypto::Right::custody;
}

FirstOfficer officer_of(const PlannedRoot &who, pages::Language language) {
    FirstOfficer out{.login = who.login,
                     .name = who.name,
                     .order = who.order,
                     .post = who.post,
                     .capacity = who.capacity,
                     .rights = rights_of(who.post),
                     .root = true,
                     .keys = crypto::OfficerKeys::random(base::OfficerId::random()),
                     .passphrase = who.passphrase,
                     .second_factor = crypto::TotpSecret::random(),
                     .recovery = crypto::PaperCode::random()};
    if (out.passphrase.empty())
        out.passphrase = crypto::generate_passphrase(language == pages::Language::th ? crypto::Wording::thai : crypto::Wording::english);
    return out;
}

std::string as_toml(const std::string &text) {
    std::ostringstream out;
    out << toml::value<std::string>(text);
    return out.str();
}

std::string settings_of(const InitPlan &plan, const crypto::PasswordCost &cost) {
    std::map<std::string, std::string, std::less<>> given;
    for (const auto &[key, value] : plan.settings)
        given[key] = key.ends_with(".port") ? value : as_toml(value);
    given["reporter.hosts"] = "[" + as_toml(plan.hosts[0]) + "]";
    given["officer.hosts"] = "[" + as_toml(plan.hosts[1]) + "]";
    given["password.operations"] = std::to_string(cost.operations);
    given["password.memory_mib"] = std::to_string(cost.memory_bytes >> 20);
    return settings_template(given);
}

// The certificate is copied: a file elsewhere may be renewed by somebody who does not know that the server needs it.
Done write_tls(const fs::path &folder, const InitPlan &plan) {
    auto certificate = plan.certificate.empty() ? net::self_signed(plan.hosts) : net::load_certificate(plan.certificate, plan.key);
    if (!certificate)
        return std::unexpected(certificate.error().sentence);
    std::error_code failed;
    fs::create_directory(folder / "tls", failed);
    if (const auto written = write_file(folder / "tls/certificate.pem", certificate->chain_pem); !written)
        return written;
    if (const auto written = write_file(folder / "tls/key.pem", certificate->key_pem); !written)
        return written;
    return sync_folder(folder / "tls");
}

Done write_sheet(const InitOptions &options, const InitPlan &plan, const Credential &credential, std::span<const FirstOfficer> roots,
                 const pages::Catalogue &catalogue) {
    const auto key = crypto::PaperKey::of(credential.instance, credential.key);
    const auto today = base::SystemClock().today();
    RecoverySheet sheet{plan.settings.at("agency.name_th"), plan.settings.at("agency.name_en"),
                        pages::long_date(catalogue, pages::Language::th, today), key, {}};
    for (const FirstOfficer &root : roots)
        sheet.roots.push_back({root.name, crypto::fingerprint(root.keys.box.public_key, root.keys.sign.public_key)});
    auto pdf = sheet_pdf(sheet, catalogue);
    if (!pdf)
        return std::unexpected(pdf.error());
    const auto written = write_file(options.sheet, *pdf, 0400);
    explicit_bzero(pdf->data(), pdf->size());
    return written;
}

Done make(const fs::path &folder, const InitOptions &options, const InitPlan &plan, Talk &talk) {
    const base::SystemClock clock;
    Credential credential{base::InstanceId::random(), crypto::InstanceKey::random(), {}};
    const auto keys = crypto::InstanceKeys::derive(credential.instance, credential.key);
    std::vector<FirstOfficer> roots;
    for (const PlannedRoot &planned : plan.roots) {
        roots.push_back(officer_of(planned, talk.language()));
        if (!talk.hand_over(roots.back(), plan.settings.at("agency.name_en"), planned.passphrase.empty()))
            return std::unexpected(std::string(interrupted));
    }
    credential.roots = root_keys(roots);
    {
        auto fresh = create_store(folder, keys);
        if (!fresh)
            return std::unexpected(fresh.error());
        if (const auto added = add_first_officers({*fresh->store, keys, clock, options.cost}, roots); !added)
            return std::unexpected(sentence("making the two roots", added.error()));
        const auto reads = fresh->store->officer_reads();
        const auto invitation = usecases::invite_admin({*reads, fresh->store->officer_writes(), keys, clock}, plan.admin);
        if (!invitation)
            return std::unexpected("the invitation of the first admin cannot be made");
        if (!talk.hand_over(plan.admin, *invitation, fmt::format("https://{}:{}/join", plan.hosts[1], plan.settings.at("officer.port"))))
            return std::unexpected(std::string(interrupted));
    }
    if (const auto written = write_tls(folder, plan); !written)
        return written;
    if (const auto written = write_file(folder / "sucharit.toml", settings_of(plan, options.cost)); !written)
        return written;
    if (const auto synced = sync_folder(folder); !synced)
        return synced;
    if (const auto written = write_sheet(options, plan, credential, roots, talk.catalogue()); !written)
        return written;
    return write_credential(options.credential, credential);
}

} // namespace

Done init_agency(const InitOptions &options) {
    if (options.answers.empty() && !Terminal::is_there())
        return std::unexpected("this is no terminal: give the answers in a file (--answers), or the demo's with --demo");
    auto catalogue = pages::Catalogue::load(options.share);
    if (!catalogue)
        return std::unexpected(catalogue.error());
    Talk talk(*catalogue, options.language == "en" ? pages::Language::en : pages::Language::th, options.answers.empty());
    const auto made = make_whole(options.folder, {options.sheet, options.credential}, [&](const fs::path &making) -> Done {
        const auto answers = options.answers.empty() ? talk.ask() : read_answers(options.answers);
        if (!answers)
            return std::unexpected(answers.error());
        const auto plan = plan_of(*answers);
        if (!plan)
            return std::unexpected(talk.faults(plan.error()));
        return make(making, options, *plan, talk);
    });
    if (made)
        talk.farewell(options.sheet, options.credential);
    return made;
}

std::string answers_reference() {
    std::string out = "A file of answers (--answers) is TOML with tables agency, reporter, officer, tls, two of [[root]], and admin:\n";
    for (const Question &question : init_questions()) {
        if (question.key.starts_with("root.2."))
            continue;
        const std::string key = question.key.starts_with("root.1.") ? "root." + question.key.substr(7) : question.key;
        const auto preset = question.preset ? question.preset({}) : std::nullopt;
        out += fmt::format("  {:20} {}", key, preset           ? "default '" + *preset + "'"
                                              : question.asked ? "(required with tls.certificate)"
                                                               : "(required)");
        for (const std::string &choice : question.choices)
            out += (&choice == &question.choices.front() ? "; " : " | ") + choice;
        out += '\n';
    }
    return out;
}

} // namespace runtime
