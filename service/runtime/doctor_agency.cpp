// What the doctor finds of settings, certificate, database, audit log and people.
#include "service/runtime/doctor.h"

#include "service/runtime/agency_profile.h"
#include "service/runtime/instance.h"
#include "service/runtime/look.h"
#include "service/runtime/mail_thread.h"
#include "service/usecases/officer/emblem.h"
#include "web/net/inspect.h"
#include "web/pages/officer/face.h"
#include "web/pages/reporter/face.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace runtime {
namespace {

constexpr int soon_days = 60, certificate_days = 21, late_night_days = 2;
constexpr base::Day before_this_program{20454}; // 2026-01-01: an earlier clock is wrong

std::string date(base::Day day) {
    const auto d = day.date();
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day()));
}

void check_certificate(const DoctorOptions &options, const Settings &settings, Findings &out) {
    const auto at = [&](const std::string &path) { return (options.folder / path).string(); };
    const auto certificate = net::load_certificate(at(settings.certificate), at(settings.certificate_key));
    if (!certificate)
        return out.wrong("certificate", certificate.error().sentence, "set tls.certificate and tls.key, or put the files there");
    std::vector<std::string> hosts = settings.reporter_hosts;
    hosts.insert(hosts.end(), settings.officer_hosts.begin(), settings.officer_hosts.end());
    const auto facts = net::inspect(*certificate, hosts);
    if (!facts)
        return out.wrong("certificate", facts.error().sentence, "put a PEM chain and its private key there");
    if (!facts->key_fits)
        return out.wrong("certificate", "the private key is another certificate's", "put chain and key of one certificate there");
    if (facts->days_left < 0)
        return out.wrong("certificate", "it has run out", "renew it, and start the server again");
    if (!facts->not_named.empty())
        return out.wrong("certificate", fmt::format("it is not for {}", facts->not_named.front()),
                         "have it issued for every name in reporter.hosts and officer.hosts");
    if (facts->days_left < certificate_days)
        return out.warn("certificate", fmt::format("it runs out in {} days", facts->days_left), "renew it");
    if (facts->own && !settings.demo)
        return out.warn("certificate", "it is signed by itself: browsers warn everybody who comes", "have one issued for the public name");
    out.good("certificate", fmt::format("{} days left, for every name", facts->days_left));
}

void check_mail_authorities(const DoctorOptions &options, const Settings &settings, Findings &out) {
    if (settings.mail_authorities.empty())
        return;
    if (!std::ifstream(mail_authorities(options.folder, settings)))
        return out.wrong("mail_authorities", "the file that mail.authorities names cannot be read",
                         "put the PEM file there, readable for the server's user, or delete the setting");
    out.good("mail_authorities", "they can be read");
}

void check_port(const std::string &what, const std::string &address, std::int64_t port, bool served, Findings &out) {
    const bool free = port == 0 || net::is_free(address, static_cast<unsigned short>(port));
    if (free && !served)
        out.good(what, fmt::format("{}:{} is free", address, port));
    else if (!free && served)
        out.good(what, fmt::format("{}:{} is served", address, port));
    else if (free)
        out.warn(what, fmt::format("the server runs, and not on {}:{}", address, port), "start it again if the setting was changed");
    else
        out.wrong(what, fmt::format("{}:{} is taken by another program, or is no address of this machine", address, port),
                  "end that program, or change the setting");
}

std::string missing_share(const DoctorOptions &options, const Settings &settings) {
    const auto profile = profile_of(settings);
    if (!profile)
        return profile.error();
    for (const auto &files : {pages::reporter_page_files(), pages::officer_page_files()})
        if (const auto site = pages::Site::load(options.share, *profile, files); !site)
            return site.error();
    return {};
}

void check_log(InstanceLook &instance, base::Day today, Findings &out) {
    auto &reads = instance.look->reads();
    const auto report = usecases::verify_audit(reads, instance.audit, instance.roots, today);
    if (!report)
        return out.wrong("audit_log", sentence("it cannot be read", report.error()), "look at the disk, then restore from a backup");
    if (!report->findings.empty())
        return out.wrong("audit_log", fmt::format("{} faults", report->findings.size()),
                         "sucharit audit verify names each; keep a copy of everything, tell the auditor, and change nothing");
    const std::string found = fmt::format("{} entries, whole, signed by officers up to {}", report->entries, report->signed_up_to);
    if (report->entries > 0 && report->signed_up_to == 0)
        out.warn("audit_log", found, "an officer's first sign-in of a day signs it: ask one to sign in");
    else
        out.good("audit_log", found);
}

void check_clock(InstanceLook &instance, base::Day today, Findings &out) {
    base::Day newest{0};
    (void)instance.look->reads().audit().walk(std::uint64_t{1} << 62, ports::Direction::newest_first, [&](const ports::AuditRow &row) {
        if (const auto entry = crypto::AuditEntry::decode(row.entry))
            newest = entry->day;
        return false;
    });
    if (today < newest || today < before_this_program)
        out.wrong("clock", fmt::format("it says {}, and the log is of {}", date(today), date(newest)),
                  "set the clock (timedatectl set-ntp true) before the server runs");
    else
        out.good("clock", fmt::format("it says {}", date(today)));
}

void check_night(InstanceLook &instance, base::Day today, Findings &out) {
    const auto last = instance.look->last_nightly();
    if (!last)
        out.wrong("nightly_batch", sentence("it cannot be read", last.error()), "look at the disk");
    else if (!*last)
        out.warn("nightly_batch", "there has been none yet", "let the server run over a night");
    else if ((*last)->number + late_night_days < today.number)
        out.warn("nightly_batch", fmt::format("the last one was on {}", date(**last)),
                 "let the server run at night: until then the order of arrival can be read from the disk");
    else
        out.good("nightly_batch", fmt::format("the last one was on {}", date(**last)));
}

void check_database(InstanceLook &instance, Findings &out) {
    const auto damage = instance.look->damage();
    if (!damage)
        out.wrong("database", sentence("it cannot be read", damage.error()), "look at the disk, then restore from a backup");
    else if (!damage->empty())
        out.wrong("database", fmt::format("{} faults, the first: {}", damage->size(), damage->front()),
                  "keep a copy of the folder, look at the disk, then restore from a backup");
    else
        out.good("database", "it opens, every page and every row fits");
}

void check_emblem(InstanceLook &instance, Findings &out) {
    const auto newest = instance.look->reads().settings().newest();
    const auto version = newest && *newest ? domain::profile_from_json((*newest)->document) : base::fail(base::Code::not_found, "no settings");
    const auto emblem = version ? domain::emblem_from(version->profile.emblem) : std::nullopt;
    if (!emblem)
        return out.good("emblem", "the agency's pages have none");
    if (const auto picture = usecases::open_emblem(*emblem, instance.look->file(usecases::file_of(*emblem))); !picture)
        return out.warn("emblem", sentence("pages are without it", picture.error()),
                        "restore the folder files from a backup and start again, or propose the picture anew on /settings/emblem");
    out.good("emblem", "it lies whole on the disk");
}

std::string_view advice_on(ports::MailFailure failure) {
    switch (failure) {
    case ports::MailFailure::unreachable: return "look at the server's name and port on /settings/mail, at the machine's DNS and at the firewall";
    case ports::MailFailure::timeout: return "see whether a firewall drops what goes out to the mail server";
    case ports::MailFailure::no_tls: return "choose the other encryption on /settings/mail, or have the mail server mended: nothing is sent without TLS";
    case ports::MailFailure::certificate: return "type the name that stands in the mail server's certificate; set mail.authorities for one of your own authority";
    case ports::MailFailure::login: return "type user and password anew on /settings/mail";
    case ports::MailFailure::refused: return "see whether the mail server lets this sender send, and whether every officer's address exists";
    case ports::MailFailure::broken: return "see whether it is a mail server that answers at that port";
    case ports::MailFailure::stopped: return "let the server run";
    }
    return "";
}

// A number of people that must not fall below two, and the same as things stand in two months.
void demand_two(const std::string &what, std::size_t count, const std::string &who, const std::string &advice, Findings &out) {
    if (count < 2)
        out.wrong(what, fmt::format("{} {}: two are needed", count, who), advice);
    else
        out.good(what, fmt::format("{} {}", count, who));
}

void check_endings(const usecases::AgencySnapshot &agency, Findings &out) {
    const base::Day soon{agency.day.number + soon_days};
    std::size_t ending = 0;
    for (const auto *certificate : agency.roster.all_live())
        if (certificate->not_after <= soon && ++ending)
            out.warn("ending_soon", fmt::format("the certificate of {} ends on {}", certificate->display_name, date(certificate->not_after)),
                     "an officer who may vouch signs a new one (page of officers)");
    for (const auto &[officer, seats] : agency.seats)
        for (const domain::Seat &seat : seats)
            if (seat.until <= soon && ++ending)
                out.warn("ending_soon", fmt::format("the post {} of {} ends on {}", domain::id(seat.post), agency.actor(officer, "").name, date(seat.until)),
                         "propose and sign the next order (page of officers)");
    if (ending == 0)
        out.good("ending_soon", fmt::format("no certificate and no post ends before {}", date(soon)));
}

} // namespace

void check_serving(const DoctorOptions &options, Findings &out) {
    const auto settings = read_settings((options.folder / "sucharit.toml").string());
    if (!settings)
        return out.wrong("settings", settings.error(), "mend sucharit.toml; sucharit serve --help lists every key");
    if (settings->demo)
        out.warn("settings", "this is a demo agency: its passphrases stand in a file, both faces may share a name",
                 "never for real complaints: make an agency with sucharit init");
    else
        out.good("settings", "they are understood; both faces have names of their own");
    check_certificate(options, *settings, out);
    check_mail_authorities(options, *settings, out);
    const bool served = is_served(options.folder);
    check_port("reporter_port", settings->reporter_address, settings->reporter_port, served, out);
    check_port("officer_port", settings->officer_address, settings->officer_port, served, out);
    if (const auto missing = missing_share(options, *settings); missing.empty())
        out.good("share", "templates, texts and style are complete");
    else
        out.wrong("share", missing, "install the program's share folder again, or give its place with --share");
}

void check_people(ports::OfficerReads &reads, const usecases::AgencySnapshot &agency, std::span<const crypto::RootKeys> roots,
                  Findings &out) {
    const auto live = agency.roster.all_live();
    const auto with = [&](crypto::Right right) {
        return static_cast<std::size_t>(std::ranges::count_if(live, [&](const auto *one) { return one->rights.has(right); }));
    };
    const auto live_roots = static_cast<std::size_t>(
        std::ranges::count_if(roots, [&](const crypto::RootKeys &root) { return agency.roster.live(root.officer) != nullptr; }));
    if (live_roots < 2)
        out.warn("roots", fmt::format("{} of {} roots hold a live certificate", live_roots, roots.size()),
                 "what only a root signed ends with it: have another voucher sign again");
    else
        out.good("roots", fmt::format("{} roots hold live certificates", live_roots));
    demand_two("vouchers", with(crypto::Right::vouching), "officers may vouch", "have a voucher sign the right for another officer", out);
    const auto readers = domain::readers_of_new(agency.holders, {});
    demand_two("readers", readers ? readers->size() : 0, "officers read a new complaint",
               "appoint and vouch for readers: until then the channel refuses complaints", out);
    const auto custodians = domain::custodians_of_new(agency.holders, {}).size();
    if (custodians == 0)
        out.wrong("custodians", "nobody holds custody: no identity could ever be opened", "have a voucher sign the right for an officer");
    else if (custodians == 1)
        out.warn("custodians", "one officer holds custody", "have the right signed for a second one");
    else
        out.good("custodians", fmt::format("{} officers hold custody", custodians));
    const auto admins = std::ranges::count_if(agency.seats, [&](const auto &one) {
        return domain::allows(agency.actor(one.first, ""), domain::Action::manage_accounts);
    });
    if (admins == 0)
        out.warn("admins", "nobody opens accounts",
                 "let the one who is invited join, and a voucher sign; sucharit officer invite-admin makes another invitation");
    else
        out.good("admins", fmt::format("officers who open accounts: {}", admins));
    for (const auto &[officer, seats] : agency.seats)
        if (std::ranges::any_of(seats, [](const auto &seat) { return domain::stays_apart(seat.post); }) &&
            std::ranges::any_of(seats, [](const auto &seat) { return !domain::stays_apart(seat.post); }))
            out.wrong("separation", fmt::format("{} is admin or auditor and holds a post that reads", agency.actor(officer, "").name),
                      "end one of the posts (page of officers); until then that person reads nothing");
    if (agency.roster.refused() > 0)
        out.wrong("certificates", fmt::format("{} certificates lead to no root or are forged", agency.roster.refused()),
                  "sucharit audit verify tells whether they came past the program");
    const auto officers = reads.officers();
    for (const auto &row : officers ? *officers : std::vector<ports::OfficerRow>())
        if (!row.disabled && !agency.roster.live(row.id))
            out.warn("pending", fmt::format("the account {} holds no live certificate", row.login),
                     "an officer who may vouch compares the fingerprint and signs, or an admin disables the account");
    check_endings(agency, out);
}

// Looked at without the key of the settings: whether it is switched on is not known here, but nothing waits where it is not.
void check_mail(ports::MailReads &reads, Findings &out) {
    const auto stored = reads.settings();
    const auto standing = reads.standing();
    if (!stored || !standing)
        return out.wrong("mail", sentence("it cannot be read", stored ? standing.error() : stored.error()), "look at the disk");
    if (!*stored)
        return out.good("mail", "no reminders are set up");
    if (standing->failure)
        return out.warn("mail", fmt::format("{} reminders could not be sent: {}", standing->waiting, ports::id(*standing->failure)),
                        std::string(advice_on(*standing->failure)));
    out.good("mail", standing->last_day ? fmt::format("the last reminders went on {}", date(*standing->last_day)) : "no reminder has been sent yet");
}

void check_instance(const DoctorOptions &options, const base::Clock &clock, Findings &out) {
    auto instance = look_at_instance(options.folder, options.credential);
    if (!instance)
        return out.wrong("database", instance.error(), "see the checks of folder and credential; else restore from a backup");
    const base::Day today = clock.today();
    check_database(*instance, out);
    check_log(*instance, today, out);
    check_clock(*instance, today, out);
    check_night(*instance, today, out);
    check_emblem(*instance, out);
    check_mail(instance->look->reads().mail(), out);
    usecases::Agency agency(instance->audit.instance, instance->roots);
    const auto snapshot = agency.current(instance->look->reads(), today);
    if (!snapshot)
        return out.wrong("people", sentence("certificates cannot be read", snapshot.error()), "look at the disk");
    check_people(instance->look->reads(), **snapshot, instance->roots, out);
}

} // namespace runtime
