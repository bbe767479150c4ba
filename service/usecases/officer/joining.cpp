#include "service/usecases/officer/joining.h"

#include "crypto/officer/paper_code.h"
#include "service/domain/passphrase.h"
#include "service/usecases/officer/roster_rows.h"

namespace usecases {
namespace {

using Why = JoinRefused::Why;

std::unexpected<JoinRefused> refuse(Why why) { return std::unexpected(JoinRefused{why}); }

struct Held {
    base::Array<32> invitation; // its hash, as it is stored
    ports::ProposedAccount account;
};
std::expected<Held, JoinRefused> held_by(OfficerContext &context, std::string_view typed) {
    const auto code = crypto::PaperCode::parse(typed);
    if (!code)
        return refuse(Why::unknown);
    const auto invitation = crypto::invitation_hash(context.keys, *code);
    const auto found = context.reads.roster().invited(invitation);
    if (!found)
        return refuse(Why::busy);
    if (!*found)
        return refuse(Why::unknown);
    if (*(*found)->invited_until < context.clock.today())
        return refuse(Why::over);
    return Held{invitation, **found};
}

Invited shown(const ports::ProposedAccount &account) { return {account.login, account.display_name, *account.invited_until}; }

base::Result<ports::OfficerRow> row_of(OfficerContext &context, const ports::ProposedAccount &account,
                                       const crypto::OfficerKeys &keys, std::string_view passphrase) {
    const auto salt = crypto::random_salt();
    ASSIGN_OR_RETURN(const auto derived, crypto::derive_passphrase(passphrase, salt, context.password_cost));
    ASSIGN_OR_RETURN(const auto before, context.reads.officer(account.officer));
    const std::uint32_t generation = before ? before->key_generation + 1 : 1;
    return ports::OfficerRow{.id = account.officer, .login = account.login, .display_name = account.display_name, .salt = salt,
                             .password_operations = context.password_cost.operations,
                             .password_memory = context.password_cost.memory_bytes,
                             .authentication_hash = crypto::authentication_hash(context.keys, account.officer, derived),
                             .key_generation = generation, .box = keys.box.public_key, .sign = keys.sign.public_key,
                             .sealed_keys = crypto::seal_keys(keys, derived, generation), .disabled = false};
}

} // namespace

std::expected<Invited, JoinRefused> invited(OfficerContext &context, std::string_view typed) {
    const auto held = held_by(context, typed);
    if (!held)
        return std::unexpected(held.error());
    return shown(held->account);
}

std::expected<Invited, JoinRefused> join(OfficerContext &context, std::string_view typed, std::string_view passphrase) {
    const auto held = held_by(context, typed);
    if (!held)
        return std::unexpected(held.error());
    const ports::ProposedAccount &account = held->account;
    const std::string folded = domain::fold_passphrase(passphrase);
    if (domain::passphrase_fault("", folded, account.login, account.display_name))
        return refuse(Why::weak);
    const auto keys = crypto::OfficerKeys::random(account.officer);
    auto row = row_of(context, account, keys, folded);
    if (!row)
        return refuse(Why::busy);
    const auto made = crypto::hash({base::view("sucharit/keys-made/v1"), row->box.bytes, row->sign.bytes});
    const auto done = context.writes.roster().redeem(
        {held->invitation, context.clock.today(), std::move(*row)},
        {detail::roster_entry(context, crypto::AuditEvent::keys_made, account.officer, made)});
    if (!done)
        return refuse(done.error().code == base::Code::not_found ? Why::unknown : Why::busy);
    context.sessions.end_all(account.officer); // of the keys before
    return shown(account);
}

} // namespace usecases
