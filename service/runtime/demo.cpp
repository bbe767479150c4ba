#include "service/runtime/demo.h"

#include "crypto/officer/keyring.h"
#include "crypto/officer/second_factor.h"
#include "crypto/officer/seen.h"
#include "service/runtime/instance.h"
#include "service/runtime/process.h"
#include "web/net/certificate.h"

#include <fmt/format.h>

#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace runtime {
namespace {

using crypto::Right;
using crypto::Rights;
namespace fs = std::filesystem;

struct DemoOfficer {
    const char *login;
    const char *name;
    domain::Post post;
    Rights rights;
    bool root;
};

constexpr Rights rights(std::initializer_list<Right> list) {
    Rights out;
    for (Right right : list)
        out.bits = static_cast<std::uint8_t>(out.bits | static_cast<std::uint8_t>(right));
    return out;
}

// Two roots, neither the admin; clerk and outside officer hold custody.
const DemoOfficer officers[] = {
    {"executive", "นายสมชาย ใจมั่น", domain::Post::executive, rights({Right::reading, Right::vouching}), true},
    {"outside", "นางวิไล ศรีอำเภอ", domain::Post::outside_officer,
     rights({Right::reading, Right::custody, Right::vouching}), true},
    {"legal", "นางสาวพิมพ์ใจ รักธรรม", domain::Post::legal_officer, rights({Right::reading}), false},
    {"head", "นายประเสริฐ งานดี", domain::Post::head_office, rights({Right::reading}), false},
    {"clerk", "นางอรุณี ตั้งตรง", domain::Post::clerk, rights({Right::reading, Right::custody}), false},
    {"admin", "นายธนา ระบบดี", domain::Post::admin, rights({}), false},
    {"auditor", "นางสาวกานดา ตรวจสอบ", domain::Post::auditor, rights({}), false},
};

constexpr std::string_view settings_text = R"toml(# Settings of this agency: `sucharit serve --help` lists every key.
[agency]
name_th = "เทศบาลตำบลตัวอย่าง"
name_en = "Tua Yang Subdistrict Municipality"
unit_th = "งานนิติการ สำนักปลัด"
unit_en = "Legal affairs, Office of the Clerk"
contact_th = "สำนักงานเทศบาลตำบลตัวอย่าง โทรศัพท์ 0 2000 0000 (ข้อมูลสาธิต)"
contact_en = "Tua Yang Municipal Office, telephone 0 2000 0000 (demo data)"
general_channel_th = "เรื่องร้องทุกข์ทั่วไป เช่น ถนน ไฟฟ้า น้ำประปา ขยะ แจ้งได้ที่งานรับเรื่องราวร้องทุกข์ของเทศบาล หรือศูนย์ดำรงธรรม โทร. 1567"
general_channel_en = "General grievances (roads, lighting, water, waste) go to the municipality's service desk or the Damrongdham Centre, telephone 1567."
demo = true

[cases]
queue_delay = 0

[sign_in]
second_factor = "{}"

[password]
operations = {}
memory_mib = {}
)toml";

std::expected<void, std::string> write_file(const fs::path &path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file) == 0;
    const int reason = errno;
    if (file >= 0)
        ::close(file);
    if (!written)
        return std::unexpected(fmt::format("{} cannot be written: {}", path.string(), std::strerror(reason)));
    return {};
}

struct Enrolled {
    const DemoOfficer *officer;
    crypto::OfficerKeys keys;
    std::string passphrase;
    crypto::TotpSecret second_factor;
};

base::Result<ports::NewOfficer> enrol(const Enrolled &who, const Enrolled &issuer, const crypto::InstanceKeys &keys,
                                      const DemoOptions &options, base::Day today) {
    const auto salt = crypto::random_salt();
    ASSIGN_OR_RETURN(const auto derived, crypto::derive_passphrase(who.passphrase, salt, options.cost));
    ports::NewOfficer out;
    out.row = {.id = who.keys.officer,
               .login = who.officer->login,
               .display_name = who.officer->name,
               .salt = salt,
               .password_operations = options.cost.operations,
               .password_memory = options.cost.memory_bytes,
               .authentication_hash = crypto::authentication_hash(keys, who.keys.officer, derived),
               .box = who.keys.box.public_key,
               .sign = who.keys.sign.public_key,
               .sealed_keys = crypto::seal_keys(who.keys, derived, 1)};
    if (options.second_factors)
        out.row.second_factor = {crypto::seal_second_factor(who.second_factor, who.keys.officer, derived), 0};
    ASSIGN_OR_RETURN(out.certificate,
                     crypto::issue_certificate(issuer.keys, {.instance = keys.instance,
                                                             .serial = base::CertificateSerial::random(),
                                                             .officer = who.keys.officer,
                                                             .display_name = who.officer->name,
                                                             .box = who.keys.box.public_key,
                                                             .sign = who.keys.sign.public_key,
                                                             .rights = who.officer->rights,
                                                             .not_before = today,
                                                             .not_after = {today.number + 5 * 365},
                                                             .issuer = issuer.keys.officer}));
    ASSIGN_OR_RETURN(auto appointment,
                     crypto::issue_appointment(issuer.keys, {.instance = keys.instance,
                                                             .id = base::AppointmentId::random(),
                                                             .officer = who.keys.officer,
                                                             .post = static_cast<std::uint8_t>(who.officer->post),
                                                             .capacity = static_cast<std::uint8_t>(domain::Capacity::holder),
                                                             .from = today,
                                                             .until = {today.number + 5 * 365},
                                                             .issuer = issuer.keys.officer,
                                                             .order = "สาธิต 1/2569"}));
    out.appointments.push_back(std::move(appointment));
    return out;
}

base::Result<> add_officers(storage::Store &store, std::span<const Enrolled> everyone, const crypto::InstanceKeys &keys,
                            const DemoOptions &options, const base::Clock &clock) {
    crypto::Serials serials;
    for (const Enrolled &who : everyone) {
        if (end_asked())
            return base::fail(base::Code::unavailable, "it was interrupted");
        const Enrolled &issuer = who.officer->root ? who : everyone.front();
        ASSIGN_OR_RETURN(auto officer, enrol(who, issuer, keys, options, clock.today()));
        const auto entry = [&](crypto::AuditEvent event, base::View signed_bytes) {
            return crypto::AuditEntry{.event = event,
                                      .day = clock.today(),
                                      .time = clock.now(),
                                      .actor = issuer.keys.officer,
                                      .subject = {},
                                      .object = {},
                                      .digest = crypto::digest(signed_bytes)};
        };
        serials.insert(crypto::StoredCertificate::parse(officer.certificate)->fields.serial);
        std::vector<crypto::AuditEntry> audit{entry(crypto::AuditEvent::certificate_added, officer.certificate)};
        for (const base::Bytes &appointment : officer.appointments)
            audit.push_back(entry(crypto::AuditEvent::appointment_added, appointment));
        RETURN_IF_FAILED(store.officer_writes().add_officer(std::move(officer), std::move(audit)));
    }
    // They were all made together: whoever signs in is told of those who come later.
    for (const Enrolled &who : everyone)
        RETURN_IF_FAILED(store.officer_writes().roster().confirm_seen(
            who.keys.officer, crypto::sign_seen(who.keys, keys.instance, serials)));
    return {};
}

std::expected<void, std::string> write_files(const fs::path &folder, std::span<const Enrolled> everyone,
                                             const DemoOptions &options) {
    const auto certificate = net::self_signed({"127.0.0.1", "localhost"});
    if (!certificate)
        return std::unexpected(certificate.error().sentence);
    std::error_code failed;
    fs::create_directory(folder / "tls", failed);
    std::string list = "login\tpassphrase\tsecond_factor\troles\n";
    for (const Enrolled &who : everyone)
        list += fmt::format("{}\t{}\t{}\t{}\n", who.officer->login, who.passphrase,
                            options.second_factors ? crypto::totp_text(who.second_factor) : "-", domain::id(who.officer->post));
    const std::pair<fs::path, std::string> files[] = {
        {folder / "tls/certificate.pem", certificate->chain_pem},
        {folder / "tls/key.pem", certificate->key_pem},
        {folder / "sucharit.toml",
         fmt::format(fmt::runtime(settings_text), options.second_factors ? "required" : "optional", options.cost.operations,
                     options.cost.memory_bytes >> 20)},
        {folder / "demo-officers.tsv", list},
    };
    for (const auto &[path, text] : files)
        if (const auto written = write_file(path, text); !written)
            return written;
    return {};
}

std::expected<void, std::string> make(const fs::path &folder, const DemoOptions &options) {
    const base::SystemClock clock;
    Credential credential{base::InstanceId::random(), crypto::InstanceKey::random(), {}};
    const auto keys = crypto::InstanceKeys::derive(credential.instance, credential.key);
    std::vector<Enrolled> everyone;
    for (const DemoOfficer &officer : officers) {
        everyone.push_back({&officer, crypto::OfficerKeys::random(base::OfficerId::random()), crypto::generate_passphrase(),
                            crypto::TotpSecret::random()});
        if (officer.root) {
            const auto &made = everyone.back().keys;
            credential.roots.push_back({made.officer, made.box.public_key, made.sign.public_key});
        }
    }
    {
        auto fresh = create_store(folder, keys);
        if (!fresh)
            return std::unexpected(fresh.error());
        if (const auto added = add_officers(*fresh->store, everyone, keys, options, clock); !added)
            return std::unexpected(sentence("making the demo's officers", added.error()));
    }
    if (const auto written = write_files(folder, everyone, options); !written)
        return written;
    return write_credential(options.credential, credential);
}

} // namespace

std::expected<void, std::string> init_demo(const DemoOptions &options) {
    std::error_code failed;
    if (fs::exists(options.folder, failed) && !fs::is_empty(options.folder, failed))
        return std::unexpected(fmt::format("the data folder {} is not empty", options.folder.string()));
    if (fs::exists(options.credential, failed))
        return std::unexpected(fmt::format("the credential file {} is there already: it belongs to another data folder",
                                           options.credential));
    fs::path making = options.folder;
    making += ".making-" + base::OfficerId::random().text().substr(0, 8);
    auto made = make(making, options);
    if (made) {
        fs::rename(making, options.folder, failed);
        if (failed) {
            made = std::unexpected(fmt::format("the data folder {} cannot be put in place: {}", options.folder.string(),
                                               failed.message()));
            fs::remove(options.credential, failed);
        }
    }
    if (!made)
        fs::remove_all(making, failed);
    return made;
}

} // namespace runtime
