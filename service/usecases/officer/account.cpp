#include "service/usecases/officer/account.h"

#include "service/domain/passphrase.h"
#include "service/usecases/officer/account_rows.h"

namespace usecases {

AccountRefused refused(const base::Error &error) {
    return error.code == base::Code::conflict ? AccountRefused::changed : AccountRefused::busy;
}

crypto::AuditEntry account_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId officer) {
    return {.event = event,
            .day = context.clock.today(),
            .time = context.clock.now(),
            .actor = officer,
            .subject = {},
            .object = {},
            .digest = {}};
}

AccountResult<Unlocked> unlock(OfficerContext &context, const OfficerSession &session, std::string_view passphrase) {
    auto row = context.reads.officer(session.actor.officer);
    if (!row)
        return std::unexpected(AccountRefused::busy);
    if (!*row || (*row)->disabled || (*row)->box != session.keys.box.public_key)
        return std::unexpected(AccountRefused::changed);
    auto derived = crypto::derive_passphrase(domain::fold_passphrase(passphrase), (*row)->salt,
                                             {(*row)->password_operations, (*row)->password_memory});
    if (!derived)
        return std::unexpected(AccountRefused::busy);
    const bool right = crypto::equal(crypto::authentication_hash(context.keys, (*row)->id, *derived), (*row)->authentication_hash);
    context.sessions.tried(session.id, right);
    if (!right)
        return std::unexpected(AccountRefused::wrong);
    return Unlocked{std::move(**row), std::move(*derived)};
}

base::Result<NewlySealed> seal_under(OfficerContext &context, const ports::OfficerRow &row, const crypto::OfficerKeys &keys,
                                     std::string_view fresh) {
    NewlySealed out;
    ports::NewPassphrase &change = out.change;
    change.as_read = row;
    change.salt = crypto::random_salt();
    change.operations = context.password_cost.operations;
    change.memory = context.password_cost.memory_bytes;
    ASSIGN_OR_RETURN(out.keys, crypto::derive_passphrase(domain::fold_passphrase(fresh), change.salt, context.password_cost));
    change.authentication_hash = crypto::authentication_hash(context.keys, row.id, out.keys);
    change.sealed_keys = crypto::seal_keys(keys, out.keys, row.key_generation);
    return out;
}

MadeRecovery make_recovery(const OfficerContext &context, const crypto::OfficerKeys &keys, std::uint32_t generation) {
    const auto code = crypto::PaperCode::random();
    const auto derived = crypto::recovery_keys(code, keys.officer);
    return {{crypto::recovery_check(context.keys, keys.officer, derived), crypto::seal_recovery(keys, derived, generation)},
            code.text()};
}

namespace {

bool is_weak(std::string_view fresh, const ports::OfficerRow &row) {
    return domain::passphrase_fault({}, domain::fold_passphrase(fresh), row.login, row.display_name).has_value();
}

} // namespace

AccountResult<void> change_passphrase(OfficerContext &context, const OfficerSession &session, std::string_view present,
                                      std::string_view fresh) {
    const auto account = unlock(context, session, present);
    if (!account)
        return std::unexpected(account.error());
    if (is_weak(fresh, account->row))
        return std::unexpected(AccountRefused::weak);
    auto sealed = seal_under(context, account->row, session.keys, fresh);
    if (!sealed)
        return std::unexpected(AccountRefused::busy);
    if (const auto &factor = account->row.second_factor) {
        const auto secret = crypto::open_second_factor(account->row.id, account->keys, factor->sealed);
        if (!secret)
            return std::unexpected(AccountRefused::changed);
        sealed->change.second_factor = crypto::seal_second_factor(*secret, account->row.id, sealed->keys);
    }
    const auto written = context.writes.accounts().change_passphrase(
        std::move(sealed->change), {account_entry(context, crypto::AuditEvent::passphrase_changed, account->row.id)});
    if (!written)
        return std::unexpected(refused(written.error()));
    context.sessions.end_others(account->row.id, session.id);
    context.sessions.prove(session.id, context.clock.now());
    return {};
}

AccountResult<std::string> new_recovery_code(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &) {
    const auto row = context.reads.officer(session.actor.officer);
    if (!row)
        return std::unexpected(AccountRefused::busy);
    if (!*row || (*row)->box != session.keys.box.public_key)
        return std::unexpected(AccountRefused::changed);
    auto made = make_recovery(context, session.keys, (*row)->key_generation);
    const auto written = context.writes.accounts().set_recovery(
        **row, std::move(made.row), {account_entry(context, crypto::AuditEvent::recovery_made, (*row)->id)});
    if (!written)
        return std::unexpected(refused(written.error()));
    return std::move(made.code);
}

base::Result<bool> has_recovery_code(OfficerContext &context, const OfficerSession &session) {
    ASSIGN_OR_RETURN(const auto recovery, context.reads.accounts().recovery(session.actor.officer));
    return recovery.has_value();
}

AccountResult<std::string> recover(OfficerContext &context, std::string_view login, std::string_view typed, std::string_view fresh) {
    const auto officers = context.reads.officers();
    if (!officers)
        return std::unexpected(AccountRefused::busy);
    const std::string name = domain::login_name(login);
    const ports::OfficerRow nobody;
    const ports::OfficerRow *row = &nobody;
    for (const ports::OfficerRow &officer : *officers)
        if (officer.login == name)
            row = &officer;
    const auto stored = context.reads.accounts().recovery(row->id);
    if (!stored)
        return std::unexpected(AccountRefused::busy);
    const auto code = crypto::PaperCode::parse(typed);
    const auto stand_in = crypto::PaperCode::random();
    const auto derived = crypto::recovery_keys(code ? *code : stand_in, row->id);
    const auto check = crypto::recovery_check(context.keys, row->id, derived);
    const bool right = crypto::equal(check, stored->value_or(ports::RecoveryRow{}).check);
    if (!code || row == &nobody || row->disabled || !*stored || !right)
        return std::unexpected(AccountRefused::wrong);
    if (is_weak(fresh, *row))
        return std::unexpected(AccountRefused::weak);
    const auto keys = crypto::open_recovery(row->id, row->key_generation, row->box, row->sign, derived, (*stored)->sealed);
    if (!keys)
        return std::unexpected(AccountRefused::wrong);
    auto sealed = seal_under(context, *row, *keys, fresh);
    if (!sealed)
        return std::unexpected(AccountRefused::busy);
    auto next = make_recovery(context, *keys, row->key_generation);
    const auto written =
        context.writes.accounts().recover(std::move(sealed->change), check, std::move(next.row),
                                          {account_entry(context, crypto::AuditEvent::recovery_used, row->id)});
    if (!written)
        return std::unexpected(written.error().code == base::Code::conflict ? AccountRefused::wrong : AccountRefused::busy);
    context.sessions.end_all(row->id);
    return std::move(next.code);
}

AccountResult<void> set_second_factor(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &,
                                      std::string_view passphrase, const crypto::TotpSecret &secret, std::string_view code) {
    const auto account = unlock(context, session, passphrase);
    if (!account)
        return std::unexpected(account.error());
    const auto step = crypto::totp_step_of(secret, code, context.clock.now(), 0);
    if (!step)
        return std::unexpected(AccountRefused::weak);
    const auto &present = account->row.second_factor;
    const auto written = context.writes.second_factors().set(
        account->row.id, {crypto::seal_second_factor(secret, account->row.id, account->keys), *step},
        present ? std::optional(present->sealed) : std::nullopt,
        {account_entry(context, crypto::AuditEvent::second_factor_changed, account->row.id)});
    if (!written)
        return std::unexpected(refused(written.error()));
    return {};
}

bool end_session(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &, const SessionId &which) {
    if (which == session.id || !context.sessions.end_one_of(session.actor.officer, which))
        return false;
    // Ended is ended, whether or not it can be logged.
    (void)context.writes.append_audit({account_entry(context, crypto::AuditEvent::session_ended, session.actor.officer)});
    return true;
}

std::size_t end_other_sessions(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &) {
    const std::size_t ended = context.sessions.end_others(session.actor.officer, session.id);
    if (ended > 0)
        (void)context.writes.append_audit({account_entry(context, crypto::AuditEvent::session_ended, session.actor.officer)});
    return ended;
}

} // namespace usecases
