// A small agency: two roots who vouch, and officers with certificates from the first root.
#pragma once

#include "crypto/officer/casework.h"
#include "crypto/primitives/aead.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace crypto_test {

using namespace crypto;
using base::Code;
using base::view;

inline constexpr base::Day today{20'000};
inline constexpr Rights reading{1}, custody{2}, vouching{4}, everything{7};

inline base::OfficerId new_officer() { return base::OfficerId::random(); }

inline CertificateFields fields_for(base::InstanceId instance, const OfficerKeys &keys, Rights rights,
                                    base::Day from = {19'000}, base::Day to = {21'000}) {
    return {.instance = instance,
            .serial = base::CertificateSerial::random(),
            .officer = keys.officer,
            .display_name = "นางสาวสุดา ใจซื่อ",
            .box = keys.box.public_key,
            .sign = keys.sign.public_key,
            .rights = rights,
            .not_before = from,
            .not_after = to,
            .issuer = {}};
}

inline RootKeys root_keys(const OfficerKeys &keys) { return {keys.officer, keys.box.public_key, keys.sign.public_key}; }

struct Agency {
    base::InstanceId instance = base::InstanceId::random();
    OfficerKeys executive = OfficerKeys::random(new_officer()), outside = OfficerKeys::random(new_officer());
    std::vector<RootKeys> roots{root_keys(executive), root_keys(outside)};
    std::vector<Bytes> certificates;
    std::vector<SignedRevocation> revocations;

    Agency() {
        certify(executive, executive, everything);
        certify(outside, outside, everything);
    }
    CertificateFields certify(const OfficerKeys &issuer, const OfficerKeys &keys, Rights rights,
                              base::Day from = {19'000}, base::Day to = {21'000}) {
        certificates.push_back(*issue_certificate(issuer, fields_for(instance, keys, rights, from, to)));
        return StoredCertificate::parse(certificates.back())->fields;
    }
    OfficerKeys enrol(Rights rights) {
        OfficerKeys keys = OfficerKeys::random(new_officer());
        certify(executive, keys, rights);
        return keys;
    }
    Roster roster(base::Day day = today) const { return Roster::verify(instance, roots, certificates, revocations, day); }
};

inline ReceiptKeys new_reporter() {
    const InstanceKeys keys = InstanceKeys::derive({}, InstanceKey::random());
    return ReceiptKeys::derive(Once::issue(keys, 1'700'000'000).receipt(keys));
}

// A filed case with two readers, one of whom also holds custody.
struct FiledCase {
    Agency agency;
    OfficerKeys legal = agency.enrol(reading), clerk = agency.enrol(reading | Right::custody);
    Roster roster = agency.roster();
    ReceiptKeys reporter = new_reporter();
    SealedFiling filing = *seal_filing(reporter, view(R"({"facts":"ถนนไม่ได้มาตรฐาน"})"), view(R"({"name":"ก"})"), plans());

    std::vector<SlotPlan> plans() const {
        return {{legal.officer, roster.live(legal.officer), SlotPurpose::case_key},
                {clerk.officer, roster.live(clerk.officer), SlotPurpose::case_key},
                {clerk.officer, roster.live(clerk.officer), SlotPurpose::identity_key}};
    }
    const CaseRecord &record() const { return filing.record; }
    CaseKey key() const { return *open_slot(legal, record(), filing.slots[0].sealed); }
    ObjectHeader header(Kind kind, base::OfficerId author) const {
        return {kind, record().case_id, base::ObjectId::random(), record().epoch, author};
    }
};

template <class T>
testing::AssertionResult fails_with(const Result<T> &result, Code code) {
    if (result)
        return testing::AssertionFailure() << "succeeded";
    if (result.error().code != code)
        return testing::AssertionFailure() << base::name(result.error().code) << ": " << result.error().what;
    return testing::AssertionSuccess();
}

} // namespace crypto_test
