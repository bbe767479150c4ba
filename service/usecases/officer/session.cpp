#include "service/usecases/officer/session.h"

#include "crypto/officer/known_browser.h"
#include "crypto/officer/second_factor.h"
#include "service/domain/passphrase.h"
#include "service/usecases/officer/account_rows.h"
#include "service/usecases/officer/rotation.h"

#include <algorithm>
#include <set>

namespace usecases {
namespace {

crypto::PasswordCost cost_of(const ports::OfficerRow &row) { return {row.password_operations, row.password_memory}; }

// At the cost of the row alone, a login whose cost is not the one of new passphrases would show itself by its time as one
// that exists. So every cost in use is spent on everybody; the list is one long unless the setting was changed.
base::Result<crypto::PassphraseKeys> derive_at_every_cost(const OfficerContext &context,
                                                          const std::vector<ports::OfficerRow> &officers,
                                                          std::string_view passphrase, const ports::OfficerRow &who) {
    std::set<crypto::PasswordCost> costs{context.password_cost};
    for (const ports::OfficerRow &row : officers)
        costs.insert(cost_of(row));
    crypto::PassphraseKeys out;
    for (const crypto::PasswordCost &cost : costs) {
        ASSIGN_OR_RETURN(auto derived, crypto::derive_passphrase(passphrase, who.salt, cost));
        if (cost == cost_of(who))
            out = std::move(derived);
    }
    return out;
}

// The server alone cannot rewrite its past: each officer's first act of a day signs the head that then stands.
base::Result<> countersign_once_a_day(OfficerContext &context, const crypto::OfficerKeys &keys) {
    const base::Day today = context.clock.today();
    ASSIGN_OR_RETURN(const auto last, context.reads.last_countersigned(keys.officer));
    if (last && *last >= today)
        return {};
    ASSIGN_OR_RETURN(const auto head, context.reads.head());
    ASSIGN_OR_RETURN(const auto roster_version, context.reads.roster_version());
    const auto message = crypto::head_message(context.keys.instance, head.sequence, head.hash, roster_version, today);
    ports::Countersignature signature{keys.officer, today, head.sequence, head.hash, roster_version,
                                      crypto::sign(keys.sign.secret_key, crypto::head_domain, message)};
    auto entry = account_entry(context, crypto::AuditEvent::head_countersigned, keys.officer);
    entry.digest = head.hash;
    const auto signed_now = context.writes.countersign(signature, entry);
    if (signed_now || signed_now.error().code != base::Code::conflict)
        return signed_now;
    // Two sign-ins of one officer at once: the other one has done it.
    ASSIGN_OR_RETURN(const auto meanwhile, context.reads.last_countersigned(keys.officer));
    return meanwhile && *meanwhile >= today ? base::Result<>() : signed_now;
}

// What was typed of the second factor, held against the row's. Whoever has none pays the same with a stand-in, so that the time
// tells neither who has one nor whether the passphrase was right.
struct Code {
    bool right = false;
    std::int64_t step = 0;
};
Code check_code(const ports::OfficerRow &row, const crypto::PassphraseKeys &keys, std::string_view typed, base::Seconds now) {
    const ports::SecondFactorRow none{base::Bytes(crypto::sealed_totp_size), 0};
    const crypto::TotpSecret stand_in;
    const ports::SecondFactorRow &factor = row.second_factor ? *row.second_factor : none;
    const auto secret = crypto::open_second_factor(row.id, keys, factor.sealed);
    const auto step = crypto::totp_step_of(secret ? *secret : stand_in, typed, now, factor.last_step);
    return {!row.second_factor || (secret && step), step.value_or(0)};
}

// The code is marked as used in the same transaction as the log: of two who come with one at once, one is let in.
base::Result<> log_sign_in(OfficerContext &context, const ports::OfficerRow &row, const Code &code) {
    const auto entry = account_entry(context, crypto::AuditEvent::officer_signed_in, row.id);
    if (!row.second_factor)
        return context.writes.append_audit({entry});
    return context.writes.second_factors().use_code({row.id, row.second_factor->sealed, code.step}, {entry});
}

// The keys of the officer whom `is_meant` picks, when everything that was typed is right, and nothing but that it was not otherwise.
template <class IsMeant>
std::expected<crypto::OfficerKeys, SignInRefused> prove(OfficerContext &context, IsMeant is_meant, std::string_view passphrase,
                                                        std::string_view typed_code) {
    const auto officers = context.reads.officers();
    if (!officers)
        return std::unexpected(SignInRefused::busy);
    ports::OfficerRow nobody;
    nobody.password_operations = context.password_cost.operations;
    nobody.password_memory = context.password_cost.memory_bytes;
    const ports::OfficerRow *who = &nobody;
    for (const ports::OfficerRow &officer : *officers)
        if (is_meant(officer))
            who = &officer;
    const ports::OfficerRow &row = *who;
    const auto derived = derive_at_every_cost(context, *officers, domain::fold_passphrase(passphrase), row);
    if (!derived)
        return std::unexpected(SignInRefused::busy);
    const bool right = crypto::equal(crypto::authentication_hash(context.keys, row.id, *derived), row.authentication_hash);
    const Code code = check_code(row, *derived, typed_code, context.clock.now());
    if (who == &nobody || row.disabled || !right || !code.right)
        return std::unexpected(SignInRefused::wrong);
    auto keys = crypto::open_keys(row.id, row.key_generation, row.box, row.sign, *derived, row.sealed_keys);
    if (!keys)
        return std::unexpected(SignInRefused::wrong);
    if (const auto logged = log_sign_in(context, row, code); !logged)
        return std::unexpected(logged.error().code == base::Code::conflict ? SignInRefused::wrong : SignInRefused::busy);
    if (!countersign_once_a_day(context, *keys))
        return std::unexpected(SignInRefused::busy);
    return std::move(*keys);
}

} // namespace

std::expected<SignedIn, SignInRefused> sign_in(OfficerContext &context, std::string_view login, std::string_view passphrase,
                                               std::string_view code) {
    const std::string name = domain::login_name(login);
    const auto proven = prove(context, [&](const ports::OfficerRow &row) { return row.login == name; }, passphrase, code);
    if (!proven)
        return std::unexpected(proven.error());
    (void)continue_rotation(context, *proven); // what it cannot do now it does the next time
    const auto cookie = crypto::SessionCookie::random();
    const base::OfficerId officer = proven->officer;
    const base::Seconds now = context.clock.now();
    context.sessions.add(crypto::session_id_hash(cookie.id), {officer, crypto::seal_session_keys(*proven, cookie), now, now, now});
    const base::Day last_day{base::day_of(now).number + crypto::known_browser_days};
    return SignedIn{cookie.field(), crypto::known_browser(context.keys, officer, last_day)};
}

std::expected<void, SignInRefused> sign_in_again(OfficerContext &context, const OfficerSession &session,
                                                 std::string_view passphrase, std::string_view code) {
    const auto is_same = [&](const ports::OfficerRow &row) { return row.id == session.actor.officer; };
    const auto proven = prove(context, is_same, passphrase, code);
    if (!proven) {
        if (proven.error() == SignInRefused::wrong)
            context.sessions.tried(session.id, false);
        return std::unexpected(proven.error());
    }
    context.sessions.tried(session.id, true);
    context.sessions.prove(session.id, context.clock.now());
    return {};
}

base::Result<OfficerSession> resume(OfficerContext &context, std::string_view cookie_field) {
    ASSIGN_OR_RETURN(const auto cookie, crypto::SessionCookie::parse(cookie_field));
    const auto id_hash = crypto::session_id_hash(cookie.id);
    ASSIGN_OR_RETURN(const auto kept, context.sessions.use(id_hash, context.clock.now()));
    ASSIGN_OR_RETURN(auto keys, crypto::open_session_keys(cookie, kept.officer, kept.sealed_keys));
    ASSIGN_OR_RETURN(const auto row, context.reads.officer(kept.officer));
    if (!row || row->disabled) {
        context.sessions.end_all(kept.officer);
        return base::fail(base::Code::not_found, "the officer of a session");
    }
    // Somebody who was reset has other keys by now: what was signed in before opens nothing with the old ones.
    if (keys.box.public_key != row->box || keys.sign.public_key != row->sign) {
        context.sessions.end(id_hash);
        return base::fail(base::Code::not_found, "a session of earlier keys");
    }
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    return OfficerSession{agency->actor(row->id, row->display_name), std::move(keys),
                          crypto::csrf_token(context.keys, cookie.id), kept.proven, id_hash,
                          context.policy.second_factor_required && !row->second_factor};
}

bool csrf_is_right(const OfficerContext &context, std::string_view cookie_field, std::string_view field) {
    const auto cookie = crypto::SessionCookie::parse(cookie_field);
    return cookie && crypto::csrf_matches(context.keys, cookie->id, field);
}

void sign_out(OfficerContext &context, std::string_view cookie_field) {
    const auto cookie = crypto::SessionCookie::parse(cookie_field);
    if (!cookie)
        return;
    const auto id_hash = crypto::session_id_hash(cookie->id);
    const auto kept = context.sessions.use(id_hash, context.clock.now());
    context.sessions.end(id_hash);
    // A sign-out that cannot be logged is a sign-out all the same.
    if (kept && crypto::open_session_keys(*cookie, kept->officer, kept->sealed_keys))
        (void)context.writes.append_audit(
            {account_entry(context, crypto::AuditEvent::officer_signed_out, kept->officer)});
}

} // namespace usecases
