#include "crypto/primitives/aead.h"
#include "crypto/primitives/box.h"
#include "crypto/primitives/hash.h"
#include "crypto/primitives/kdf.h"
#include "crypto/primitives/sign.h"
#include "tests/unit/crypto/support.h"

#include <gtest/gtest.h>

using namespace crypto_test;

namespace {

using Key = SecretKey<struct TestTag>;

// Every u-coordinate of small order, in every spelling that fits 32 bytes (libsodium's own list, https://cr.yp.to/ecdh.html).
const char *const low_order[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
    "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
    "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

BoxPublicKey public_key(std::string_view hex) {
    BoxPublicKey out;
    std::ranges::copy(*base::from_hex(hex), out.bytes.begin());
    return out;
}

} // namespace

TEST(Box, RefusesLowOrderKeys) {
    for (const char *hex : low_order) {
        EXPECT_FALSE(is_safe(public_key(hex))) << hex;
        EXPECT_TRUE(fails_with(box_seal(public_key(hex), view("x")), Code::refused)) << hex;
    }
}

TEST(Box, RefusesASecondSpellingOfAGoodKey) {
    BoxPublicKey key = random_box_pair().public_key;
    ASSERT_TRUE(is_safe(key));
    key.bytes[31] |= 0x80;
    EXPECT_FALSE(is_safe(key));
    EXPECT_FALSE(box_seal(key, view("x")));
}

TEST(Box, OpensForItsPairOnly) {
    const BoxPair ours = random_box_pair(), theirs = random_box_pair();
    Bytes sealed = *box_seal(ours.public_key, view("ข้อความ"));
    EXPECT_EQ(sealed.size(), view("ข้อความ").size() + box_overhead);
    EXPECT_EQ(base::text(*box_seal_open(ours, sealed)), "ข้อความ");
    EXPECT_TRUE(fails_with(box_seal_open(theirs, sealed), Code::refused));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        sealed[i] ^= 1;
        EXPECT_FALSE(box_seal_open(ours, sealed)) << i;
        sealed[i] ^= 1;
        EXPECT_FALSE(box_seal_open(ours, View(sealed).first(i))) << i;
    }
}

TEST(BoxFrom, OpensOnlyBetweenTheTwo) {
    const BoxPair reporter = random_box_pair(), office = random_box_pair(), other = random_box_pair();
    const Key message = Key::random();
    Bytes boxed = *box_to(office.public_key, reporter, message.reveal(raw_secret));
    EXPECT_EQ(boxed.size(), Key::size + box_from_overhead);
    const auto open = [](const BoxPublicKey &from, const BoxPair &to, View sealed) {
        Bytes out(Key::size);
        const auto opened = box_from_into(from, to, sealed, out);
        EXPECT_TRUE(opened || (opened.error().code == Code::refused && out == Bytes(Key::size))) << "nothing on failure";
        return opened ? out : Bytes{};
    };
    EXPECT_EQ(open(reporter.public_key, office, boxed), base::copy(message.reveal(raw_secret)));
    EXPECT_TRUE(open(other.public_key, office, boxed).empty()) << "somebody else's";
    EXPECT_TRUE(open(reporter.public_key, other, boxed).empty()) << "for somebody else";
    EXPECT_TRUE(open(reporter.public_key, office, *box_to(office.public_key, other, message.reveal(raw_secret))).empty());
    EXPECT_TRUE(open(reporter.public_key, office, *box_seal(office.public_key, message.reveal(raw_secret))).empty());
    for (std::size_t i = 0; i < boxed.size(); ++i) {
        boxed[i] ^= 1;
        EXPECT_TRUE(open(reporter.public_key, office, boxed).empty()) << i;
        boxed[i] ^= 1;
        EXPECT_TRUE(open(reporter.public_key, office, View(boxed).first(i)).empty()) << i;
    }
    boxed.push_back(0);
    EXPECT_TRUE(open(reporter.public_key, office, boxed).empty()) << "longer";
}

TEST(BoxFrom, NeverTakesTheSameNonceTwice) {
    const BoxPair from = random_box_pair(), to = random_box_pair();
    const Bytes one = *box_to(to.public_key, from, view("x")), two = *box_to(to.public_key, from, view("x"));
    EXPECT_NE(base::copy(View(one).first(24)), base::copy(View(two).first(24)));
    EXPECT_NE(one, two);
}

TEST(BoxFrom, RefusesDegenerateKeysOnBothSides) {
    const BoxPair ours = random_box_pair();
    const Bytes boxed = *box_to(ours.public_key, ours, view("x"));
    Bytes out(1);
    for (const char *hex : low_order) {
        EXPECT_TRUE(fails_with(box_to(public_key(hex), ours, view("x")), Code::refused)) << hex;
        EXPECT_TRUE(fails_with(box_from_into(public_key(hex), ours, boxed, out), Code::refused)) << hex;
    }
    BoxPublicKey twice = ours.public_key;
    twice.bytes[31] |= 0x80;
    EXPECT_FALSE(box_to(twice, ours, view("x")));
    EXPECT_FALSE(box_from_into(twice, ours, boxed, out)) << "a second spelling of the right key";
    EXPECT_TRUE(box_from_into(ours.public_key, ours, boxed, out));
}

TEST(Box, MakesTheSamePairFromTheSameSeed) {
    const BoxSeed seed = BoxSeed::random();
    EXPECT_EQ(box_pair_from(seed).public_key, box_pair_from(seed).public_key);
}

TEST(Sign, BindsTheDomain) {
    const SignPair pair = random_sign_pair();
    const Signature signature = sign(pair.secret_key, "sucharit/cert/v1", view("m"));
    EXPECT_TRUE(verify(pair.public_key, "sucharit/cert/v1", view("m"), signature));
    EXPECT_FALSE(verify(pair.public_key, "sucharit/head/v1", view("m"), signature));
    EXPECT_FALSE(verify(pair.public_key, "sucharit/cert/v", view("1m"), signature));
    EXPECT_FALSE(verify(random_sign_pair().public_key, "sucharit/cert/v1", view("m"), signature));
}

TEST(Sign, RefusesDegenerateKeys) {
    EXPECT_TRUE(is_safe(random_sign_pair().public_key));
    SignPublicKey identity;
    identity.bytes[0] = 1;
    EXPECT_FALSE(is_safe(identity));
    EXPECT_FALSE(is_safe(SignPublicKey{}));
    EXPECT_FALSE(verify(identity, "d", view("m"), Signature{1}));
}

TEST(Aead, RefusesAnotherKeyAnotherPlaceAndEveryAlteredOrMissingByte) {
    const Key key = Key::random();
    Bytes sealed = aead_seal(key, view("place"), view("text"));
    EXPECT_EQ(sealed.size(), 4 + aead_overhead);
    EXPECT_EQ(base::text(*aead_open(key, view("place"), sealed)), "text");
    EXPECT_TRUE(fails_with(aead_open(Key::random(), view("place"), sealed), Code::refused));
    EXPECT_TRUE(fails_with(aead_open(key, view("palce"), sealed), Code::refused));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        sealed[i] ^= 0x80;
        EXPECT_FALSE(aead_open(key, view("place"), sealed)) << i;
        sealed[i] ^= 0x80;
        EXPECT_FALSE(aead_open(key, view("place"), View(sealed).first(i))) << i;
    }
}

TEST(Aead, NeverRepeatsANonce) {
    const Key key = Key::random();
    EXPECT_NE(aead_seal(key, {}, view("text")), aead_seal(key, {}, view("text")));
}

TEST(Kdf, KeepsContextsAndNumbersApart) {
    const Key parent = Key::random();
    EXPECT_TRUE(subkey<Key>(parent, kdf_case, 1) == subkey<Key>(parent, kdf_case, 1));
    EXPECT_FALSE(subkey<Key>(parent, kdf_case, 1) == subkey<Key>(parent, kdf_case, 2));
    EXPECT_FALSE(subkey<Key>(parent, kdf_case, 1) == subkey<Key>(parent, kdf_receipt, 1));
}

TEST(Hash, IsBlake2bOfTheConcatenation) {
    // BLAKE2b-256("abc"), as published with the reference implementation.
    EXPECT_EQ(base::hex(hash({view("ab"), view("c")})), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    const Key key = Key::random();
    EXPECT_NE(keyed_hash(key, {view("abc")}), hash({view("abc")}));
}
