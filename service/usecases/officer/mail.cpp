#include "service/usecases/officer/mail.h"

#include "crypto/officer/mail_sealed.h"
#include "crypto/primitives/hash.h"
#include "service/domain/mail_address.h"
#include "service/domain/text.h"
#include "service/usecases/officer/account_rows.h"

namespace usecases {
namespace {

using Why = MailRefused::Why;

std::unexpected<MailRefused> refuse(Why why, std::vector<domain::Fault> faults = {}) {
    return std::unexpected(MailRefused{why, std::move(faults)});
}

std::string name_of(const std::optional<base::Bytes> &stored) {
    return stored ? base::hex(crypto::digest(*stored)) : "none";
}

base::Result<domain::MailSettings> opened(const OfficerContext &context, const base::Bytes &stored) {
    ASSIGN_OR_RETURN(const std::string json, crypto::open_mail_document(context.keys, stored));
    return domain::mail_settings_from_json(json);
}

} // namespace

std::set<base::OfficerId> reminded(const AgencySnapshot &agency) {
    const auto holders = domain::officers_of(agency.everyone);
    std::set<base::OfficerId> out(holders.begin(), holders.end());
    for (const base::OfficerId officer : agency.disabled)
        out.erase(officer);
    return out;
}

base::Result<MailView> mail_settings(const MayChange &permitted, OfficerContext &context) {
    ports::MailReads &reads = context.reads.mail();
    MailView out;
    ASSIGN_OR_RETURN(const auto stored, reads.settings());
    out.seen = name_of(stored);
    if (stored) {
        auto settings = opened(context, *stored);
        out.damaged = !settings;
        if (settings) {
            settings->server.password.clear();
            out.settings = std::move(*settings);
        }
    }
    ASSIGN_OR_RETURN(out.standing, reads.standing());
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto addresses, reads.addresses());
    const auto officers = reminded(*agency);
    out.officers = officers.size();
    const base::OfficerId self = permitted.actor().officer;
    for (const ports::MailAddressRow &row : addresses) {
        out.reached += officers.contains(row.officer) ? 1U : 0U;
        out.own_address = out.own_address || row.officer == self;
    }
    out.test = context.mail.test_of(self);
    return out;
}

std::expected<void, MailRefused> change_mail(const MayChange &permitted, const RecentlySignedIn &,
                                             OfficerContext &context, const domain::MailForm &typed,
                                             std::string_view seen) {
    const auto stored = context.reads.mail().settings();
    if (!stored) return refuse(Why::busy);
    if (name_of(*stored) != seen) return refuse(Why::stale);
    std::optional<domain::MailSettings> present;
    if (*stored)
        if (auto settings = opened(context, **stored)) present = std::move(*settings);
    auto checked = domain::check_mail(typed, present);
    if (!checked) return refuse(Why::faults, std::move(checked.error()));
    if (present && *checked == *present) return {};
    auto sealed = crypto::seal_mail_document(context.keys, domain::to_json(*checked));
    auto entry = account_entry(context, crypto::AuditEvent::mail_settings_changed, permitted.actor().officer);
    entry.digest = crypto::digest(sealed);
    const auto done = context.writes.mail().set_settings(*stored, std::move(sealed), !checked->on, entry);
    if (!done) return refuse(done.error().code == base::Code::conflict ? Why::stale : Why::busy);
    context.mail.changed();
    return {};
}

std::expected<void, MailRefused> test_mail(const MayChange &permitted, OfficerContext &context) {
    const base::OfficerId self = permitted.actor().officer;
    const auto stored = context.reads.mail().settings();
    const auto address = context.reads.mail().address(self);
    if (!stored || !address) return refuse(Why::busy);
    if (!*stored || !opened(context, **stored)) return refuse(Why::not_set_up);
    if (!*address) return refuse(Why::no_address);
    if (!context.mail.ask_for_test(self)) return refuse(Why::under_way);
    return {};
}

base::Result<std::string> own_mail_address(OfficerContext &context, const OfficerSession &session) {
    ASSIGN_OR_RETURN(const auto stored, context.reads.mail().address(session.actor.officer));
    if (!stored) return std::string();
    // One that does not open is shown as none: it is given anew.
    return crypto::open_mail_address(context.keys, session.actor.officer, *stored).value_or("");
}

std::expected<void, AddressRefused> set_own_mail_address(OfficerContext &context, const OfficerSession &session,
                                                         std::string_view typed) {
    const base::OfficerId self = session.actor.officer;
    std::optional<base::Bytes> sealed;
    auto entry = account_entry(context, crypto::AuditEvent::mail_address_changed, self);
    if (!domain::clean_line(typed).empty()) {
        const auto address = domain::mail_address(typed);
        if (!address) return std::unexpected(AddressRefused::not_one);
        sealed = crypto::seal_mail_address(context.keys, self, *address);
        entry.digest = crypto::digest(*sealed);
    }
    if (!context.writes.mail().set_address(self, std::move(sealed), entry))
        return std::unexpected(AddressRefused::busy);
    return {};
}

} // namespace usecases
