// Letters about a reporter's identity open for one officer, at one place, from who may write them; else for nobody.
#include "crypto/officer/identity_letter.h"

#include "tests/unit/crypto/support.h"

namespace {

using namespace crypto_test;

class Letters : public testing::Test {
protected:
    FiledCase filed;
    OfficerKeys &legal = filed.legal, &clerk = filed.clerk;
    base::ObjectId request = base::ObjectId::random();

    LetterPlace at(LetterKind kind) const { return {kind, filed.record().case_id, request}; }
    const CertificateFields &to(const OfficerKeys &who) const { return *filed.roster.live(who.officer); }
    Result<Letter> opened(const OfficerKeys &reader, LetterKind kind, View sealed) const {
        return open_letter(reader, filed.roster, at(kind), sealed);
    }
    Bytes asked() const { return *seal_letter(legal, at(LetterKind::request), to(clerk), view("เหตุผล")); }
    Bytes copied(View text) const { return *seal_letter(clerk, at(LetterKind::copy), to(legal), text); }
};

TEST_F(Letters, OpenForWhoTheyAreSealedTo) {
    const auto letter = opened(clerk, LetterKind::request, asked());
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->from, legal.officer);
    EXPECT_EQ(base::text(letter->text), "เหตุผล");
}

TEST_F(Letters, HaveOneSizeWhateverTheySay) {
    EXPECT_EQ(asked().size(), letter_sealed);
    EXPECT_EQ(copied({}).size(), letter_sealed);
    EXPECT_EQ(copied(Bytes(max_letter_text, 'x')).size(), letter_sealed);
    EXPECT_EQ(seal_decoy_letter()->size(), letter_sealed);
    EXPECT_EQ(opened(legal, LetterKind::copy, copied(Bytes(max_letter_text, 'x')))->text.size(), max_letter_text);
    EXPECT_TRUE(opened(legal, LetterKind::copy, copied({}))->text.empty());
    EXPECT_TRUE(fails_with(seal_letter(clerk, at(LetterKind::copy), to(legal), Bytes(max_letter_text + 1)), Code::invalid));
}

TEST_F(Letters, OpenForNobodyElse) {
    for (const OfficerKeys *other : {&legal, &filed.agency.executive})
        EXPECT_TRUE(fails_with(opened(*other, LetterKind::request, asked()), Code::not_found));
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, *seal_decoy_letter()), Code::not_found));
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, {}), Code::not_found));
}

TEST_F(Letters, OpenAtTheirPlaceOnly) {
    const Bytes sealed = copied(view("ก"));
    EXPECT_TRUE(fails_with(opened(legal, LetterKind::decision, sealed), Code::refused));
    EXPECT_TRUE(fails_with(open_letter(legal, filed.roster, {LetterKind::copy, base::CaseId::random(), request}, sealed), Code::refused));
    EXPECT_TRUE(fails_with(
        open_letter(legal, filed.roster, {LetterKind::copy, filed.record().case_id, base::ObjectId::random()}, sealed), Code::refused));
}

TEST_F(Letters, AreNotSealedToWhoMayNotReadThem) {
    EXPECT_TRUE(fails_with(seal_letter(legal, at(LetterKind::request), to(legal), {}), Code::refused)) << "no custodian";
    CertificateFields only_custody = to(clerk);
    only_custody.rights = custody;
    EXPECT_TRUE(fails_with(seal_letter(clerk, at(LetterKind::copy), only_custody, {}), Code::refused)) << "no reader";
    CertificateFields degenerate = to(clerk);
    degenerate.box = {};
    EXPECT_TRUE(fails_with(seal_letter(legal, at(LetterKind::request), degenerate, {}), Code::refused));
}

TEST_F(Letters, AreRefusedFromWhoMayNotWriteThem) {
    const Bytes by_reader = *seal_letter(legal, at(LetterKind::copy), to(clerk), view("ปลอม"));
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::copy, by_reader), Code::refused)) << "no custody";
    OfficerKeys stranger = OfficerKeys::random(new_officer());
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, *seal_letter(stranger, at(LetterKind::request), to(clerk), {})),
                           Code::refused))
        << "nobody vouched for them";
    stranger.officer = legal.officer;
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, *seal_letter(stranger, at(LetterKind::request), to(clerk), {})),
                           Code::refused))
        << "in another's name";
}

// A reader may seal what they read to somebody else; the signature names whom it was for.
TEST_F(Letters, AreNotPassedOnAsIfTheyWereForAnother) {
    const auto box = *box_seal_open(clerk.box, asked());
    const Bytes again = *box_seal(filed.agency.outside.box.public_key, box);
    EXPECT_TRUE(fails_with(opened(filed.agency.outside, LetterKind::request, again), Code::refused));
}

TEST_F(Letters, AreRefusedWithAnyByteChanged) {
    const Bytes box = *box_seal_open(clerk.box, asked());
    for (const std::size_t at_byte : {0u, 1u, 2u, 18u, 34u, 50u, 66u, 130u, 134u, 8191u}) {
        Bytes changed = box;
        changed[at_byte] ^= 1;
        EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, *box_seal(clerk.box.public_key, changed)), Code::refused)) << at_byte;
    }
    Bytes endless = box;
    std::fill_n(endless.begin() + 130, 4, Byte{0xff});
    EXPECT_TRUE(fails_with(opened(clerk, LetterKind::request, *box_seal(clerk.box.public_key, endless)), Code::refused));
}

} // namespace
