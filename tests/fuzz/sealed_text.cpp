// Objects from the database that open with a case's keys alone (complaint, identity), officers' keys and the database
// key: bytes that nobody sealed, texts that a key holder sealed in whatever form, and whole objects in the wrong place.
#include "crypto/officer/epoch.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/padded.h"

namespace {

using fuzz::demand;
using namespace crypto;

struct Agency {
    CaseKey case_key = fuzz::fixed_key<CaseKey>(1);
    IdentityKey identity_key = fuzz::fixed_key<IdentityKey>(2);
    BodyKey body = body_key(case_key);
    IdentityBodyKey identity_body = identity_body_key(identity_key);
    OfficerKeys officer = fuzz::fixed_officer(3);
    InstanceKeys instance = InstanceKeys::derive(base::InstanceId({4}), fuzz::fixed_key<InstanceKey>(4));
    SessionCookie cookie{{5}, fuzz::fixed_key<SessionKey>(5)};
    PassphraseKeys passphrase{fuzz::fixed_key<SecretKey<AuthenticationTag>>(6),
                              fuzz::fixed_key<SecretKey<WrappingTag>>(7)};
    CaseRecord record, newer;
    ObjectHeader complaint{Kind::complaint, base::CaseId({8}), base::ObjectId({9}), 1, {}};
    ObjectHeader identity{Kind::identity, base::CaseId({8}), base::ObjectId({10}), 1, {}};
    Bytes sealed_identity =
        aead_seal(identity_body, identity.associated_data(), *pad_text(Kind::identity, base::view("{}")));
    Bytes sealed_session = seal_session_keys(officer, cookie), sealed_keys = seal_keys(officer, passphrase, 1);

    Agency() {
        record.case_id = newer.case_id = complaint.case_id;
        record.reporter_key = fuzz::fixed_box_pair(11).public_key;
        record.commitment = commitment(case_key, record.case_id, 1);
        newer.epoch = 2;
        newer.commitment = commitment(case_key, record.case_id, 2);
    }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

// No key was used: nothing may open.
void check_raw(View bytes) {
    const Agency &a = agency();
    demand(!open_complaint(a.case_key, a.record, a.complaint, bytes));
    demand(!open_identity(a.identity_key, a.identity, bytes));
    demand(!open_move(a.case_key, Roster(), {Kind::move, a.record.case_id, {}, 1, a.officer.officer}, bytes));
    demand(!open_reply(a.case_key, Roster(), {Kind::reply, a.record.case_id, {}, 1, a.officer.officer}, bytes));
    demand(!open_older(a.case_key, a.newer, a.record, bytes));
    demand(!open_session_keys(a.cookie, a.officer.officer, bytes));
    demand(!open_keys(a.officer.officer, 1, a.officer.box.public_key, a.officer.sign.public_key, a.passphrase, bytes));
    demand(!unwrap_database_key(a.instance, bytes));
}

void check_complaint(fuzz::Input in) {
    const Agency &a = agency();
    BoxPublicKey reporter = a.record.reporter_key;
    const std::uint8_t other = in.byte();
    reporter.bytes[other % 32] ^= other / 32;
    const Bytes padded = fuzz::chosen_padding(in, reporter.bytes);
    const auto expected = fuzz::reference_unpad(padded);
    const auto opened =
        open_complaint(a.case_key, a.record, a.complaint, aead_seal(a.body, a.complaint.associated_data(), padded));
    const bool right =
        expected && expected->size() >= 32 && fuzz::same(View(*expected).first(32), a.record.reporter_key.bytes);
    demand(opened.has_value() == right);
    if (opened)
        demand(fuzz::same(opened->json, View(*expected).subspan(32)) && opened->reporter_key == a.record.reporter_key);
}

void check_identity(fuzz::Input in) {
    const Agency &a = agency();
    const Bytes padded = fuzz::chosen_padding(in, {});
    const auto expected = fuzz::reference_unpad(padded);
    const auto opened =
        open_identity(a.identity_key, a.identity, aead_seal(a.identity_body, a.identity.associated_data(), padded));
    demand(opened.has_value() == expected.has_value() && (!opened || *opened == *expected));
}

// One byte changed in the object, and one in the place where it is said to stand.
void check_place(fuzz::Input in) {
    const Agency &a = agency();
    Bytes sealed = a.sealed_identity;
    ObjectHeader header = a.identity;
    const std::uint32_t at = in.u32() % sealed.size();
    sealed[at] ^= in.byte();
    const std::uint8_t place = in.byte(), change = in.byte();
    base::Array<16> id{};
    id[place % 16] = change;
    switch (place / 16) {
    case 0:
        header.case_id = base::CaseId(id);
        break;
    case 1:
        header.object_id = base::ObjectId(id);
        break;
    case 2:
        header.epoch += change;
        break;
    case 3:
        header.author = base::OfficerId(id);
        break;
    case 4:
        header.kind = static_cast<Kind>(change);
        break;
    default:
        break;
    }
    const bool untouched = sealed == a.sealed_identity && header.associated_data() == a.identity.associated_data();
    demand(open_identity(a.identity_key, header, sealed).has_value() == untouched);
}

void check_officer_keys(fuzz::Input in) {
    const Agency &a = agency();
    Bytes session = a.sealed_session, keys = a.sealed_keys;
    const std::uint8_t at = in.byte();
    session[at % session.size()] ^= in.byte();
    keys[at % keys.size()] ^= in.byte();
    const auto opened = open_session_keys(a.cookie, a.officer.officer, session);
    demand(opened.has_value() == (session == a.sealed_session));
    const std::uint32_t generation = 1u + in.byte();
    demand(open_keys(a.officer.officer, generation, a.officer.box.public_key, a.officer.sign.public_key, a.passphrase,
                     keys)
               .has_value() == (keys == a.sealed_keys && generation == 1));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 5) {
    case 0:
        check_raw(in.rest());
        break;
    case 1:
        check_complaint(in);
        break;
    case 2:
        check_identity(in);
        break;
    case 3:
        check_place(in);
        break;
    default:
        check_officer_keys(in);
        break;
    }
    return 0;
}
