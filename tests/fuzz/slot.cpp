// Slots from the database: bytes that nobody sealed, and plaintexts that somebody sealed to the officer (everybody
// can). Opens exactly when each field is what row and reader say; every refusal is the same.
#include "crypto/reporter/slot.h"
#include "crypto/officer/casework.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;
using namespace crypto;

struct Reader {
    OfficerKeys officer = fuzz::fixed_officer(1);
    CaseKey key = fuzz::fixed_key<CaseKey>(2);
    CaseRecord record;
    Bytes plain;

    Reader() {
        record.case_id = base::CaseId({3});
        record.commitment = commitment(key, record.case_id, record.epoch);
        record.identity_commitment = commitment(fuzz::fixed_key<IdentityKey>(4), record.case_id, record.epoch);
        plain = slot_plaintext(SlotPurpose::case_key, record.case_id, record.epoch, officer.officer,
                               key.reveal(raw_secret));
    }
};

template <class T> bool not_found(const Result<T> &result) {
    return !result && result.error().code == base::Code::not_found &&
           result.error().what == "slot: not for this officer and case";
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    static const Reader r;
    fuzz::Input in(data, size);
    if (in.byte() % 2 == 0) {
        const View raw = in.rest();
        demand(not_found(open_slot(r.officer, r.record, raw)));
        demand(raw.size() != slot_sealed || not_found(open_identity_slot(r.officer, r.record, raw)));
        return 0;
    }
    Bytes plain = r.plain;
    while (!in.empty()) {
        const std::uint8_t at = in.byte();
        plain[at % plain.size()] ^= in.byte();
        if (at == 0xff) plain.resize(std::max<std::size_t>(1, in.byte() % 200)); // another length altogether
    }
    const auto sealed = box_seal(r.officer.box.public_key, plain);
    demand(sealed.has_value());
    const auto opened = open_slot(r.officer, r.record, *sealed);
    demand(opened ? plain == r.plain && *opened == r.key : plain != r.plain && not_found(opened));
    // The same slot is none for the identity key.
    if (opened) demand(not_found(open_identity_slot(r.officer, r.record, *sealed)));
    return 0;
}
