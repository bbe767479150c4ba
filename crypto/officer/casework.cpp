#include "crypto/officer/casework.h"

#include "crypto/officer/sealed_object.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/reply.h"
#include "crypto/reporter/slot.h"

#include <algorithm>

namespace crypto {
namespace {

template <class Key>
Result<Key> open_slot_as(const OfficerKeys &officer, const CaseRecord &record, SlotPurpose purpose,
                         const Array<32> &committed, View sealed) {
    const auto nothing = [] { return base::fail(base::Code::not_found, "slot: not for this officer and case"); };
    Scratch plain(slot_plain);
    if (!box_seal_open_into(officer.box, sealed, plain.span()))
        return nothing();
    constexpr std::size_t key_at = 1 + 1 + 16 + 4 + 16;
    const auto key = std::span<const Byte, 32>(plain.view().subspan(key_at, 32));
    // Written again from what must stand there: version, purpose, case, epoch, officer and the zeros compare at once.
    const Scratch expected(slot_plaintext(purpose, record.case_id, record.epoch, officer.officer, key));
    if (!detail::equal(plain.view().data(), expected.view().data(), slot_plain))
        return nothing();
    Key out = Key::from(raw_secret, key);
    if (!equal(commitment(out, record.case_id, record.epoch), committed))
        return nothing();
    return out;
}

} // namespace

Result<CaseKey> open_slot(const OfficerKeys &officer, const CaseRecord &record, View sealed) {
    return open_slot_as<CaseKey>(officer, record, SlotPurpose::case_key, record.commitment, sealed);
}

void open_no_slot(const OfficerKeys &officer) {
    // A point of the curve as every box has it in front, so that opening goes on to the end.
    Array<slot_sealed> box{};
    std::ranges::copy(officer.box.public_key.bytes, box.begin());
    Scratch plain(slot_plain);
    if (box_seal_open_into(officer.box, box, plain.span()))
        base::broken("a box of zeros opened");
}

Result<IdentityKey> open_identity_slot(const OfficerKeys &officer, const CaseRecord &record, View sealed) {
    return open_slot_as<IdentityKey>(officer, record, SlotPurpose::identity_key, record.identity_commitment, sealed);
}

Result<SealedSlot> grant_slot(const CaseKey &key, const CaseRecord &record, const CertificateFields &to) {
    if (!equal(commitment(key, record.case_id, record.epoch), record.commitment))
        return base::fail(base::Code::refused, "grant: not the key of this case and epoch");
    return seal_slot({to.officer, &to, SlotPurpose::case_key}, record.case_id, record.epoch, key.reveal(raw_secret));
}

Result<SealedSlot> grant_identity_slot(const IdentityKey &key, const CaseRecord &record, const CertificateFields &to) {
    if (record.epoch != 1 || !equal(commitment(key, record.case_id, record.epoch), record.identity_commitment))
        return base::fail(base::Code::refused, "grant: not the identity key of this case");
    return seal_slot({to.officer, &to, SlotPurpose::identity_key}, record.case_id, record.epoch, key.reveal(raw_secret));
}

Result<SealedSlot> decoy_slot(base::OfficerId officer, SlotPurpose purpose) {
    return seal_slot({officer, nullptr, purpose}, {}, 1, Array<32>{});
}

Result<OpenedComplaint> open_complaint(const CaseKey &key, const CaseRecord &record, const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, Kind::complaint));
    if (header.case_id != record.case_id)
        return base::fail(base::Code::refused, "complaint: of another case");
    ASSIGN_OR_RETURN(const Scratch plain, open_padded(body_key(key), header, sealed));
    base::Reader reader(plain.view());
    const BoxPublicKey reporter{reader.array<32>()};
    if (!reader.ok() || reporter != record.reporter_key || !is_safe(reporter))
        return base::fail(base::Code::refused, "complaint: the row names another reporter's key");
    return OpenedComplaint{base::copy(reader.rest()), reporter};
}

Result<Bytes> open_identity(const IdentityKey &key, const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, Kind::identity));
    return open_padded(identity_body_key(key), header, sealed);
}

Result<Bytes> open_follow_up(const CaseKey &key, const BoxPublicKey &reporter, const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, Kind::follow_up));
    MessageKey message;
    ASSIGN_OR_RETURN(const View body, open_boxed_key(key, reporter, sealed, message.fill(raw_secret)));
    return open_padded(message, header, body);
}

Result<SealedObject> seal_move(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json) {
    return seal_signed(move_key(key), author, Kind::move, move_domain, header, json);
}

Result<Bytes> open_move(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed) {
    return open_signed(move_key(key), roster, Kind::move, move_domain, header, sealed);
}

Result<SealedObject> seal_access(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json) {
    return seal_signed(access_key(key), author, Kind::access, access_domain, header, json);
}

Result<Bytes> open_access(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed) {
    return open_signed(access_key(key), roster, Kind::access, access_domain, header, sealed);
}

Result<SealedObject> seal_title(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header, View json) {
    return seal_signed(title_key(key), author, Kind::title, title_domain, header, json);
}

Result<Bytes> open_title(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed) {
    return open_signed(title_key(key), roster, Kind::title, title_domain, header, sealed);
}

Result<SealedObject> seal_reply(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header,
                                const BoxPublicKey &reporter, View json) {
    RETURN_IF_FAILED(demand_author(header, Kind::reply, author));
    ASSIGN_OR_RETURN(const Scratch padded, sign_and_pad(author, reply_domain, header, json));
    const MessageKey message = MessageKey::random();
    const Bytes associated = header.associated_data();
    ASSIGN_OR_RETURN(const Bytes boxed, box_seal(reporter, message.reveal(raw_secret)));
    return SealedObject{header, base::Writer()
                                    .raw(boxed)
                                    .raw(aead_seal(reply_wrap_key(key), associated, message.reveal(raw_secret)))
                                    .raw(message_commitment(message, header))
                                    .raw(aead_seal(message, associated, padded.view()))
                                    .take()};
}

Result<Bytes> open_reply(const CaseKey &key, const Roster &roster, const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, Kind::reply));
    ASSIGN_OR_RETURN(const ReplyParts parts, split_reply(sealed));
    MessageKey message;
    RETURN_IF_FAILED(
        aead_open_into(reply_wrap_key(key), header.associated_data(), parts.wrapped, message.fill(raw_secret)));
    ASSIGN_OR_RETURN(const Scratch padded, open_reply_body(message, parts, header));
    return verified_text(roster, reply_domain, header, padded.view());
}

} // namespace crypto
