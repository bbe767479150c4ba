#include "service/usecases/officer/rotation.h"

#include "crypto/officer/rotation.h"
#include "service/usecases/officer/account_rows.h"

namespace usecases {
namespace {

struct NewPair {
    crypto::OfficerKeys keys;
    base::Bytes certificate;
};

// Tried on the roster before anything is written: roots, and chains that grow too long, keep their keys.
AccountResult<NewPair> new_pair(OfficerContext &context, const OfficerSession &session) {
    const auto agency = context.snapshot();
    if (!agency)
        return std::unexpected(AccountRefused::busy);
    const auto *present = (*agency)->roster.live(session.actor.officer);
    if (!present)
        return std::unexpected(AccountRefused::not_now);
    NewPair out{crypto::OfficerKeys::random(session.actor.officer), {}};
    auto certificate = crypto::rotate_certificate(session.keys, *present, out.keys, context.clock.today());
    if (!certificate)
        return std::unexpected(AccountRefused::not_now);
    const auto holds = context.agency.would_hold(context.reads, *certificate, context.clock.today());
    const auto former = context.reads.accounts().former_keys(session.actor.officer);
    if (!holds || !former)
        return std::unexpected(AccountRefused::busy);
    if (!*holds || *former)
        return std::unexpected(AccountRefused::not_now);
    out.certificate = std::move(*certificate);
    return out;
}

std::vector<crypto::AuditEntry> entries_of(const OfficerContext &context, const NewPair &pair) {
    auto keys = account_entry(context, crypto::AuditEvent::keys_made, pair.keys.officer);
    keys.digest = crypto::keys_made_digest(pair.keys);
    auto certificate = account_entry(context, crypto::AuditEvent::certificate_added, pair.keys.officer);
    certificate.digest = crypto::digest(pair.certificate);
    return {keys, certificate};
}

} // namespace

AccountResult<void> may_rotate(OfficerContext &context, const OfficerSession &session) {
    const auto pair = new_pair(context, session);
    if (!pair)
        return std::unexpected(pair.error());
    return {};
}

AccountResult<Rotated> rotate_keys(OfficerContext &context, const OfficerSession &session, const RecentlySignedIn &,
                                   std::string_view passphrase) {
    const auto account = unlock(context, session, passphrase);
    if (!account)
        return std::unexpected(account.error());
    auto pair = new_pair(context, session);
    if (!pair)
        return std::unexpected(pair.error());
    const ports::OfficerRow &row = account->row;
    const std::uint32_t next = row.key_generation + 1;
    auto former = crypto::seal_former(pair->keys, session.keys, row.key_generation);
    if (!former)
        return std::unexpected(AccountRefused::busy);
    auto recovery = make_recovery(context, pair->keys, next);
    const auto written = context.writes.accounts().rotate(
        {row, pair->keys.box.public_key, pair->keys.sign.public_key, crypto::seal_keys(pair->keys, account->keys, next),
         pair->certificate, {row.key_generation, row.box, row.sign, std::move(*former), context.clock.today()}, std::move(recovery.row)},
        entries_of(context, *pair));
    if (!written)
        return std::unexpected(refused(written.error()));
    context.sessions.end_all(row.id);
    const auto cookie = crypto::SessionCookie::random();
    const base::Seconds now = context.clock.now();
    context.sessions.add(crypto::session_id_hash(cookie.id), {row.id, crypto::seal_session_keys(pair->keys, cookie), now, now, now});
    (void)continue_rotation(context, pair->keys); // what fails now is done at the next sign-in
    return Rotated{cookie.field(), std::move(recovery.code)};
}

base::Result<std::size_t> continue_rotation(OfficerContext &context, const crypto::OfficerKeys &now) {
    ASSIGN_OR_RETURN(const auto row, context.reads.accounts().former_keys(now.officer));
    if (!row)
        return 0;
    ASSIGN_OR_RETURN(const auto former, crypto::open_former(now, row->generation, row->box, row->sign, row->sealed));
    std::size_t done = 0;
    std::optional<ports::OwnSlot> last;
    for (;;) {
        ASSIGN_OR_RETURN(auto slots, context.reads.accounts().own_slots(now.officer, last, reseal_chunk));
        if (slots.empty())
            break;
        last = slots.back();
        std::vector<ports::ResealedSlot> chunk;
        for (ports::OwnSlot &slot : slots)
            if (auto sealed = crypto::reseal_slot(former, now.box.public_key, slot.purpose, slot.case_id, slot.epoch, slot.sealed))
                chunk.push_back({std::move(slot), std::move(*sealed)});
        done += chunk.size();
        if (!chunk.empty())
            RETURN_IF_FAILED(context.writes.accounts().reseal(now.officer, std::move(chunk)));
    }
    if (done == 0 && row->since < context.clock.today())
        RETURN_IF_FAILED(context.writes.accounts().forget_former(now.officer, row->generation));
    return done;
}

} // namespace usecases
