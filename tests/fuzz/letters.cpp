// Objects from the database with a key or a signature of their own: moves, replies, follow-ups. The input chooses what
// is inside, whose signature and which keys; both readers of a reply see the same text or nothing.
#include "crypto/officer/casework.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/reply.h"
#include "crypto/reporter/signed_text.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/padded.h"

namespace {

using fuzz::demand;
using namespace crypto;

constexpr base::Day today{20'000};

ReceiptKeys reporter_keys() {
    return ReceiptKeys::derive(Receipt::from_digits(base::view("12345678901234567890123456")));
}

struct Agency {
    OfficerKeys author = fuzz::fixed_officer(1), stranger = fuzz::fixed_officer(2);
    base::InstanceId instance{{3}};
    CaseKey case_key = fuzz::fixed_key<CaseKey>(4);
    MoveKey under = move_key(case_key);
    ReplyWrapKey wrap = reply_wrap_key(case_key);
    BoxPair pair = case_pair(case_key);
    ReceiptKeys reporter = reporter_keys();
    MessageKey message[2] = {fuzz::fixed_key<MessageKey>(5), fuzz::fixed_key<MessageKey>(6)};
    ObjectHeader move{Kind::move, base::CaseId({7}), base::ObjectId({8}), 1, author.officer};
    ObjectHeader reply{Kind::reply, base::CaseId({7}), base::ObjectId({9}), 1, author.officer};
    ObjectHeader follow_up{Kind::follow_up, base::CaseId({7}), base::ObjectId({10}), 1, {}};
    Roster roster;
    Bytes boxed[2], wrapped[2], from_reporter[2], from_stranger; // made once: each costs a key exchange
    Array<32> committed[2];

    Agency() {
        const CertificateFields fields{
            instance,  {},    author.officer, "ก", author.box.public_key, author.sign.public_key,
            Rights{7}, today, today,          {}};
        const RootKeys root{author.officer, author.box.public_key, author.sign.public_key};
        const std::vector<Bytes> certificates{*issue_certificate(author, fields)};
        roster = Roster::verify(instance, std::span(&root, 1), certificates, {}, today);
        for (std::size_t i = 0; i < 2; ++i) {
            const View key = message[i].reveal(raw_secret);
            boxed[i] = *box_seal(reporter.pair.public_key, key);
            wrapped[i] = aead_seal(wrap, reply.associated_data(), key);
            committed[i] = message_commitment(message[i], reply);
            from_reporter[i] = *box_seal(pair.public_key, *box_to(pair.public_key, reporter.pair, key));
        }
        from_stranger =
            *box_seal(pair.public_key, *box_to(pair.public_key, stranger.box, message[0].reveal(raw_secret)));
    }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

// signature ‖ text as the input chooses it; `right` when the author signed this text for this place.
struct Signed {
    Bytes padded;
    std::optional<Bytes> text; // what a reader must be given
};

Signed chosen_text(fuzz::Input &in, std::string_view domain, const ObjectHeader &header) {
    const Agency &a = agency();
    const std::uint8_t choice = in.byte(), change = in.byte();
    fuzz::Input rest = in;
    (void)rest.bytes(4); // what chosen_padding takes for itself
    ObjectHeader place = header;
    if (choice & 1) place.epoch += change;
    if (choice & 2) place.object_id = base::ObjectId({change});
    Signature signature = sign((choice & 4 ? a.stranger : a.author).sign.secret_key, choice & 8 ? reply_domain : domain,
                               signed_message(place, rest.rest()));
    if (choice & 16) signature[change % 64] ^= 1;
    Signed out{fuzz::chosen_padding(in, signature), {}};
    const bool meant = !(choice & 4) && !(choice & 16) && (!(choice & 8) || domain == reply_domain) &&
                       signed_message(place, {}) == signed_message(header, {});
    const auto plain = fuzz::reference_unpad(out.padded);
    if (!meant || !plain || plain->size() < 64) return out;
    const Bytes text(plain->begin() + 64, plain->end());
    if (verify(a.author.sign.public_key, domain, signed_message(header, text), signature)) out.text = text;
    return out;
}

void check_move(fuzz::Input in) {
    const Agency &a = agency();
    const Signed inside = chosen_text(in, move_domain, a.move);
    const auto opened =
        open_move(a.case_key, a.roster, a.move, aead_seal(a.under, a.move.associated_data(), inside.padded));
    demand(opened.has_value() == inside.text.has_value() && (!opened || *opened == *inside.text));
}

void check_reply(fuzz::Input in) {
    const Agency &a = agency();
    const std::uint8_t choice = in.byte();
    const int boxed = choice & 1, wrapped = choice >> 1 & 1, committed = choice >> 2 & 1, body = choice >> 3 & 1;
    const Signed inside = chosen_text(in, reply_domain, a.reply);
    Bytes sealed = base::Writer()
                       .raw(a.boxed[boxed])
                       .raw(a.wrapped[wrapped])
                       .raw(a.committed[committed])
                       .raw(aead_seal(a.message[body], a.reply.associated_data(), inside.padded))
                       .take();
    if (choice & 16) sealed.resize(sealed.size() * choice / 256);
    const bool whole = !(choice & 16);
    const auto officer = open_reply(a.case_key, a.roster, a.reply, sealed);
    const auto reporter = open_reply_as_reporter(a.reporter, a.roster, a.reply, sealed);
    demand(officer.has_value() == (whole && wrapped == committed && committed == body && inside.text));
    demand(reporter.has_value() == (whole && boxed == committed && committed == body && inside.text));
    demand(!officer || *officer == *inside.text);
    demand(!reporter || *reporter == *inside.text);
}

void check_follow_up(fuzz::Input in) {
    const Agency &a = agency();
    const std::uint8_t choice = in.byte();
    const Bytes &boxed = choice % 3 == 2 ? a.from_stranger : a.from_reporter[choice % 3];
    const Bytes padded = fuzz::chosen_padding(in, {});
    const auto expected = fuzz::reference_unpad(padded);
    Bytes sealed = base::Writer().raw(boxed).raw(aead_seal(a.message[0], a.follow_up.associated_data(), padded)).take();
    if (choice & 64) sealed.resize(sealed.size() * choice / 256);
    const auto opened = open_follow_up(a.case_key, a.reporter.pair.public_key, a.follow_up, sealed);
    demand(opened.has_value() == (choice % 3 == 0 && !(choice & 64) && expected) && (!opened || *opened == *expected));
}

// No key was used: nothing may open. A key exchange for what is long enough only.
void check_raw(View bytes) {
    const Agency &a = agency();
    demand(!open_follow_up(a.case_key, a.reporter.pair.public_key, a.follow_up, bytes));
    demand(!open_reply_as_reporter(a.reporter, a.roster, a.reply, bytes));
    const auto parts = split_reply(bytes);
    demand(parts.has_value() == (bytes.size() >= 184));
    if (parts)
        demand(parts->boxed.size() + parts->wrapped.size() + parts->commitment.size() + parts->body.size() ==
               bytes.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 4) {
    case 0:
        check_raw(in.rest());
        break;
    case 1:
        check_move(in);
        break;
    case 2:
        check_reply(in);
        break;
    default:
        check_follow_up(in);
        break;
    }
    return 0;
}
