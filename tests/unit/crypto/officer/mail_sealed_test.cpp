#include "crypto/officer/mail_sealed.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

const base::InstanceId instance = base::InstanceId::random();
const InstanceKeys &keys() {
    static const InstanceKeys made = (crypto::start(), InstanceKeys::derive(instance, InstanceKey::random()));
    return made;
}

} // namespace

TEST(MailSealed, AnAddressOpensForItsOfficerOnly) {
    const base::OfficerId officer = new_officer();
    const Bytes sealed = seal_mail_address(keys(), officer, "nitikorn@example.go.th");
    EXPECT_EQ(*open_mail_address(keys(), officer, sealed), "nitikorn@example.go.th");
    EXPECT_TRUE(fails_with(open_mail_address(keys(), new_officer(), sealed), Code::refused));
}

TEST(MailSealed, EveryAddressAndEveryDocumentHasOneLength) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, max_mail_address})
        EXPECT_EQ(seal_mail_address(keys(), new_officer(), std::string(size, 'a')).size(), sealed_mail_address_size);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, max_mail_document})
        EXPECT_EQ(seal_mail_document(keys(), std::string(size, 'a')).size(), sealed_mail_document_size);
}

TEST(MailSealed, OpensForThisInstanceOnly) {
    const InstanceKey key = InstanceKey::random();
    const InstanceKeys here = InstanceKeys::derive(instance, key);
    const InstanceKeys elsewhere = InstanceKeys::derive(base::InstanceId::random(), key);
    const Bytes sealed = seal_mail_document(here, "{}");
    EXPECT_EQ(*open_mail_document(here, sealed), "{}");
    EXPECT_TRUE(fails_with(open_mail_document(elsewhere, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_mail_document(keys(), sealed), Code::refused));
}

TEST(MailSealed, RefusesEveryOtherLengthAndEveryFlippedBit) {
    const Bytes sealed = seal_mail_document(keys(), "{}");
    for (const std::size_t at : {std::size_t{0}, std::size_t{24}, sealed.size() - 1}) {
        Bytes altered = sealed;
        altered[at] ^= 1;
        EXPECT_TRUE(fails_with(open_mail_document(keys(), altered), Code::refused));
    }
    Bytes longer = sealed;
    longer.push_back(0);
    EXPECT_TRUE(fails_with(open_mail_document(keys(), longer), Code::refused));
    EXPECT_TRUE(fails_with(open_mail_document(keys(), View(sealed).first(sealed.size() - 1)), Code::refused));
    EXPECT_TRUE(fails_with(open_mail_document(keys(), {}), Code::refused));
}

TEST(MailSealed, WhatIsNotPaddedWithZerosIsRefused) {
    const base::OfficerId officer = new_officer();
    const auto place =
        base::Writer().raw(view("sucharit/mail-address/v1")).raw(instance.bytes()).raw(officer.bytes()).take();
    const auto sealed = [&](std::uint16_t length, Byte end) {
        Bytes plain = base::Writer().u16(length).take();
        plain.resize(256);
        plain.back() = end;
        return aead_seal(keys().mail, place, plain);
    };
    EXPECT_TRUE(open_mail_address(keys(), officer, sealed(10, 0)));
    EXPECT_TRUE(fails_with(open_mail_address(keys(), officer, sealed(10, 1)), Code::refused));
    EXPECT_TRUE(fails_with(open_mail_address(keys(), officer, sealed(255, 0)), Code::refused))
        << "longer than its place";
}
