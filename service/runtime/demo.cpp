#include "service/runtime/demo.h"

#include "service/runtime/enrol.h"
#include "service/runtime/instance.h"
#include "web/net/certificate.h"

#include <fmt/format.h>

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

std::expected<void, std::string> write_files(const fs::path &folder, std::span<const FirstOfficer> everyone,
                                             const DemoOptions &options) {
    const auto certificate = net::self_signed({"127.0.0.1", "localhost"});
    if (!certificate)
        return std::unexpected(certificate.error().sentence);
    std::error_code failed;
    fs::create_directory(folder / "tls", failed);
    std::string list = "login\tpassphrase\tsecond_factor\troles\n";
    for (const FirstOfficer &who : everyone)
        list += fmt::format("{}\t{}\t{}\t{}\n", who.login, who.passphrase,
                            who.second_factor ? crypto::totp_text(*who.second_factor) : "-", domain::id(who.post));
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
    std::vector<FirstOfficer> everyone;
    for (const DemoOfficer &officer : officers) {
        everyone.push_back({.login = officer.login,
                            .name = officer.name,
                            .order = "สาธิต 1/2569",
                            .post = officer.post,
                            .rights = officer.rights,
                            .root = officer.root,
                            .keys = crypto::OfficerKeys::random(base::OfficerId::random()),
                            .passphrase = crypto::generate_passphrase(),
                            .second_factor = {}});
        if (options.second_factors)
            everyone.back().second_factor = crypto::TotpSecret::random();
    }
    credential.roots = root_keys(everyone);
    {
        auto fresh = create_store(folder, keys);
        if (!fresh)
            return std::unexpected(fresh.error());
        if (const auto added = add_first_officers({*fresh->store, keys, clock, options.cost}, everyone); !added)
            return std::unexpected(sentence("making the demo's officers", added.error()));
    }
    if (const auto written = write_files(folder, everyone, options); !written)
        return written;
    return write_credential(options.credential, credential);
}

} // namespace

std::expected<void, std::string> init_demo(const DemoOptions &options) {
    return make_whole(options.folder, {options.credential}, [&](const fs::path &making) { return make(making, options); });
}

} // namespace runtime
