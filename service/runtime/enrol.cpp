#include "service/runtime/enrol.h"

#include "crypto/officer/recovery.h"
#include "crypto/officer/seen.h"
#include "service/runtime/process.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace runtime {
namespace {

namespace fs = std::filesystem;

base::Result<ports::OfficerRow> row_of(const Enrolling &into, const FirstOfficer &who) {
    const auto salt = crypto::random_salt();
    ASSIGN_OR_RETURN(const auto derived, crypto::derive_passphrase(who.passphrase, salt, into.cost));
    ports::OfficerRow out{.id = who.keys.officer,
                          .login = who.login,
                          .display_name = who.name,
                          .salt = salt,
                          .password_operations = into.cost.operations,
                          .password_memory = into.cost.memory_bytes,
                          .authentication_hash = crypto::authentication_hash(into.keys, who.keys.officer, derived),
                          .box = who.keys.box.public_key,
                          .sign = who.keys.sign.public_key,
                          .sealed_keys = crypto::seal_keys(who.keys, derived, 1)};
    if (who.second_factor)
        out.second_factor = {crypto::seal_second_factor(*who.second_factor, who.keys.officer, derived), who.last_step};
    return out;
}

base::Result<ports::NewOfficer> enrol(const Enrolling &into, const FirstOfficer &who, const FirstOfficer &issuer) {
    const base::Day today = into.clock.today(), last{today.number + first_posts_days};
    ports::NewOfficer out;
    ASSIGN_OR_RETURN(out.row, row_of(into, who));
    ASSIGN_OR_RETURN(out.certificate,
                     crypto::issue_certificate(issuer.keys, {.instance = into.keys.instance,
                                                             .serial = base::CertificateSerial::random(),
                                                             .officer = who.keys.officer,
                                                             .display_name = who.name,
                                                             .box = who.keys.box.public_key,
                                                             .sign = who.keys.sign.public_key,
                                                             .rights = who.rights,
                                                             .not_before = today,
                                                             .not_after = last,
                                                             .issuer = issuer.keys.officer}));
    ASSIGN_OR_RETURN(auto appointment,
                     crypto::issue_appointment(issuer.keys, {.instance = into.keys.instance,
                                                             .id = base::AppointmentId::random(),
                                                             .officer = who.keys.officer,
                                                             .post = static_cast<std::uint8_t>(who.post),
                                                             .capacity = static_cast<std::uint8_t>(who.capacity),
                                                             .from = today,
                                                             .until = last,
                                                             .issuer = issuer.keys.officer,
                                                             .order = who.order}));
    out.appointments.push_back(std::move(appointment));
    return out;
}

base::Result<> add_recovery(const Enrolling &into, const FirstOfficer &who, const ports::OfficerRow &row) {
    const auto derived = crypto::recovery_keys(*who.recovery, who.keys.officer);
    return into.store.officer_writes().accounts().set_recovery(
        row,
        {crypto::recovery_check(into.keys, who.keys.officer, derived), crypto::seal_recovery(who.keys, derived, row.key_generation)},
        {{.event = crypto::AuditEvent::recovery_made,
          .day = into.clock.today(),
          .time = into.clock.now(),
          .actor = who.keys.officer,
          .subject = {},
          .object = {},
          .digest = {}}});
}

constexpr std::string_view unfinished = ".making-"; // between the name of the data folder and some random letters

fs::path parent_of(const fs::path &path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

// What a power cut, or a kill, left of an attempt: a half data folder, and it may be files of it.
std::string left_over(const fs::path &folder, const std::vector<fs::path> &files) {
    std::error_code failed;
    std::string out;
    const std::string begin = folder.filename().string() + std::string(unfinished);
    for (const auto &entry : fs::directory_iterator(parent_of(folder), failed))
        if (entry.path().filename().string().starts_with(begin))
            out += (out.empty() ? "" : " ") + entry.path().string();
    for (const fs::path &file : files)
        if (!out.empty() && fs::exists(file, failed))
            out += " " + file.string();
    return out;
}

std::expected<void, std::string> refuse_existing(const fs::path &folder, const std::vector<fs::path> &files) {
    std::error_code failed;
    if (fs::exists(folder, failed) && !fs::is_empty(folder, failed))
        return std::unexpected(fmt::format("the data folder {} is not empty", folder.string()));
    if (const auto left = left_over(folder, files); !left.empty())
        return std::unexpected(fmt::format("an earlier init was cut short, and nobody ever used what it left: rm -r {}", left));
    for (const fs::path &file : files)
        if (fs::exists(file, failed))
            return std::unexpected(fmt::format("{} is there already: it belongs to another data folder", file.string()));
    return {};
}

} // namespace

base::Result<> add_first_officers(const Enrolling &into, std::span<const FirstOfficer> everyone) {
    crypto::Serials serials;
    for (const FirstOfficer &who : everyone) {
        if (end_asked())
            return base::fail(base::Code::unavailable, "it was interrupted");
        const FirstOfficer &issuer = who.root ? who : everyone.front();
        ASSIGN_OR_RETURN(auto officer, enrol(into, who, issuer));
        const auto entry = [&](crypto::AuditEvent event, base::View signed_bytes) {
            return crypto::AuditEntry{.event = event,
                                      .day = into.clock.today(),
                                      .time = into.clock.now(),
                                      .actor = issuer.keys.officer,
                                      .subject = {},
                                      .object = {},
                                      .digest = crypto::digest(signed_bytes)};
        };
        serials.insert(crypto::StoredCertificate::parse(officer.certificate)->fields.serial);
        std::vector<crypto::AuditEntry> audit{entry(crypto::AuditEvent::certificate_added, officer.certificate)};
        for (const base::Bytes &appointment : officer.appointments)
            audit.push_back(entry(crypto::AuditEvent::appointment_added, appointment));
        const ports::OfficerRow row = officer.row;
        RETURN_IF_FAILED(into.store.officer_writes().add_officer(std::move(officer), std::move(audit)));
        if (who.recovery)
            RETURN_IF_FAILED(add_recovery(into, who, row));
    }
    // They were all made together: whoever signs in is told of those who come later.
    for (const FirstOfficer &who : everyone)
        RETURN_IF_FAILED(into.store.officer_writes().roster().confirm_seen(who.keys.officer,
                                                                           crypto::sign_seen(who.keys, into.keys.instance, serials)));
    return {};
}

std::vector<crypto::RootKeys> root_keys(std::span<const FirstOfficer> everyone) {
    std::vector<crypto::RootKeys> out;
    for (const FirstOfficer &who : everyone)
        if (who.root)
            out.push_back({who.keys.officer, who.keys.box.public_key, who.keys.sign.public_key});
    return out;
}

std::expected<void, std::string> make_whole(const fs::path &folder, const std::vector<fs::path> &files,
                                            const std::function<std::expected<void, std::string>(const fs::path &)> &make) {
    if (const auto fresh = refuse_existing(folder, files); !fresh)
        return fresh;
    fs::path making = folder;
    making += std::string(unfinished) + base::OfficerId::random().text().substr(0, 8);
    std::error_code failed;
    auto made = make(making);
    for (const fs::path &file : files)
        if (made)
            made = sync_folder(parent_of(file)); // the credential's name before the folder's: without it there is nothing to serve
    if (made && end_asked())
        made = std::unexpected("it was interrupted");
    if (made) {
        fs::rename(making, folder, failed);
        if (!failed)
            return sync_folder(parent_of(folder));
        made = std::unexpected(fmt::format("the data folder {} cannot be put in place: {}", folder.string(), failed.message()));
    }
    fs::remove_all(making, failed);
    for (const fs::path &file : files)
        fs::remove(file, failed);
    return made;
}

std::expected<void, std::string> write_file(const fs::path &path, std::string_view text, unsigned mode) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
    const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file) == 0;
    const int reason = errno;
    if (file >= 0)
        ::close(file);
    if (!written)
        return std::unexpected(fmt::format("{} cannot be written: {}", path.string(), std::strerror(reason)));
    return {};
}

std::expected<void, std::string> sync_folder(const fs::path &folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = opened >= 0 && ::fsync(opened) == 0;
    const int reason = errno;
    if (opened >= 0)
        ::close(opened);
    if (!synced)
        return std::unexpected(fmt::format("the folder {} cannot be brought to the disk: {}", folder.string(), std::strerror(reason)));
    return {};
}

} // namespace runtime
