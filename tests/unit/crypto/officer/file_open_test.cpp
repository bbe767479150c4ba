#include "crypto/officer/file_open.h"

#include "crypto/officer/sealed_object.h"
#include "tests/unit/crypto/file_support.h"

using namespace crypto_test;

namespace {

struct FileOfACase : testing::Test {
    FiledCase c;
    StoredFile file = StoredFile::of(c.record().case_id, content(200'000));
    SealedObject object = described(file.facts);

    SealedObject described(const FileFacts &facts) const {
        return *seal_file(c.reporter, c.record(), file.place.object_id, file.key, facts, view(R"({"name":"ก.jpg"})"));
    }
    Result<OpenedFile> open(const SealedObject &sealed) const {
        return OpenedFile::open(c.key(), c.reporter.pair.public_key, c.roster, sealed.header, sealed.sealed);
    }
    ObjectHeader attached() const {
        return {Kind::file, c.record().case_id, file.place.object_id, c.record().epoch, c.legal.officer};
    }
};

} // namespace

TEST_F(FileOfACase, OpensChunkByChunkInAnyOrder) {
    const OpenedFile opened = *open(object);
    EXPECT_EQ(opened.facts(), file.facts);
    EXPECT_EQ(opened.shape().stored, file.bytes().size());
    EXPECT_EQ(base::text(opened.json()), R"({"name":"ก.jpg"})");
    const Bytes plain = content(200'000);
    for (std::size_t i = file.chunks.size(); i-- > 0;) {
        const std::size_t begin = std::min<std::size_t>(i * file_chunk, plain.size());
        const Bytes expected(plain.begin() + static_cast<std::ptrdiff_t>(begin),
                             plain.begin() + static_cast<std::ptrdiff_t>(std::min(begin + file_chunk, plain.size())));
        EXPECT_EQ(*opened.chunk(i, file.chunks[i]), expected);
    }
}

TEST_F(FileOfACase, RefusesAChunkElsewhere) {
    const OpenedFile opened = *open(object);
    const auto refuses = [&](std::uint64_t number, View sealed) {
        return fails_with(opened.chunk(number, sealed), Code::refused);
    };
    EXPECT_TRUE(refuses(0, file.chunks[1]));
    EXPECT_TRUE(refuses(1, file.chunks[0]));
    EXPECT_TRUE(refuses(file.chunks.size(), file.chunks.back()));
    EXPECT_TRUE(refuses(0, file.chunks.back()));
    EXPECT_TRUE(refuses(0, View(file.chunks[0]).first(file.chunks[0].size() - 1)));
    EXPECT_TRUE(refuses(0, {}));
    for (const std::size_t at : {std::size_t{0}, std::size_t{24}, file.chunks[0].size() - 1}) {
        Bytes altered = file.chunks[0];
        altered[at] ^= 1;
        EXPECT_TRUE(refuses(0, altered));
    }
    const StoredFile other = StoredFile::of(c.record().case_id, content(200'000));
    EXPECT_TRUE(refuses(0, other.chunks[0]));
}

// The right bytes under a description that is wrong: of another length, they are another file.
TEST_F(FileOfACase, RefusesAnotherLength) {
    FileFacts facts = file.facts;
    facts.length = 199'999; // the same class
    const OpenedFile shorter = *open(described(facts));
    ASSERT_EQ(shorter.shape().stored, file.bytes().size());
    EXPECT_TRUE(fails_with(shorter.chunk(file.chunks.size() - 1, file.chunks.back()), Code::refused));
    facts.length = 65'536; // the first chunk would be the last
    EXPECT_TRUE(fails_with(open(described(facts))->chunk(0, file.chunks[0]), Code::refused));
    facts.length = max_file_length + 1;
    EXPECT_TRUE(fails_with(open(described(facts)), Code::refused));
}

TEST_F(FileOfACase, IsDescribedForItsPlaceOnly) {
    const auto elsewhere = [&](const auto &change) {
        SealedObject moved = object;
        change(moved.header);
        return fails_with(open(moved), Code::refused);
    };
    EXPECT_TRUE(elsewhere([](ObjectHeader &h) { h.object_id = base::ObjectId::random(); }));
    EXPECT_TRUE(elsewhere([](ObjectHeader &h) { h.case_id = base::CaseId::random(); }));
    EXPECT_TRUE(elsewhere([](ObjectHeader &h) { h.epoch = 2; }));
    EXPECT_TRUE(elsewhere([](ObjectHeader &h) { h.kind = Kind::follow_up; }));
    EXPECT_TRUE(elsewhere([&](ObjectHeader &h) { h.author = c.legal.officer; }));
    for (std::size_t i = 0; i < object.sealed.size(); i += 97) {
        SealedObject altered = object;
        altered.sealed[i] ^= 1;
        EXPECT_TRUE(fails_with(open(altered), Code::refused));
    }
    SealedObject cut = object;
    cut.sealed.resize(100);
    EXPECT_TRUE(fails_with(open(cut), Code::refused));
}

TEST_F(FileOfACase, IsTheReportersOnlyWhenTheReceiptSealedIt) {
    const SealedObject strangers =
        *seal_file(new_reporter(), c.record(), file.place.object_id, file.key, file.facts, view("{}"));
    EXPECT_TRUE(fails_with(open(strangers), Code::refused));
    const FiledCase other;
    EXPECT_TRUE(
        fails_with(OpenedFile::open(other.key(), c.reporter.pair.public_key, c.roster, object.header, object.sealed),
                   Code::refused));
}

// Who holds the receipt and a copy of the database learns nothing of a file that is complete.
TEST_F(FileOfACase, DoesNotOpenWithTheReceipt) {
    Bytes out(32 + box_from_overhead);
    EXPECT_FALSE(box_seal_open_into(c.reporter.pair, View(object.sealed).first(out.size() + box_overhead), out));
}

TEST_F(FileOfACase, ShowsItsLengthInClassesOnly) {
    EXPECT_EQ(described({1, {}}).sealed.size(), described({99'999'999, {}}).sealed.size());
    EXPECT_TRUE(seal_file(c.reporter, c.record(), file.place.object_id, file.key, file.facts, Bytes(max_file_json)));
    EXPECT_TRUE(fails_with(
        seal_file(c.reporter, c.record(), file.place.object_id, file.key, file.facts, Bytes(max_text)), Code::invalid));
}

TEST_F(FileOfACase, IsAnOfficersWhenTheirSignatureSaysSo) {
    const CaseKey key = c.key();
    const SealedObject mine =
        *seal_officer_file(key, c.legal, attached(), file.key, file.facts, Bytes(max_file_json, '{'));
    const OpenedFile opened = *open(mine);
    EXPECT_EQ(opened.facts(), file.facts);
    EXPECT_EQ(opened.chunk(0, file.chunks[0])->size(), file_chunk);
    EXPECT_TRUE(fails_with(seal_officer_file(key, c.clerk, attached(), file.key, file.facts, {}), Code::refused));

    const SealedObject forged =
        *seal_officer_file(key, OfficerKeys::random(c.legal.officer), attached(), file.key, file.facts, {});
    EXPECT_TRUE(fails_with(open(forged), Code::refused));
    SealedObject as_reporter = mine;
    as_reporter.header.author = {};
    EXPECT_TRUE(fails_with(open(as_reporter), Code::refused));
    const Bytes signed_as_move = *sign_and_pad(c.legal, move_domain, attached(), file_text(file.facts, {}));
    const SealedObject move{attached(),
                            aead_seal(file_description_key(key), attached().associated_data(), signed_as_move)};
    EXPECT_TRUE(fails_with(open(move), Code::refused));
    const SealedObject keyless =
        *seal_signed(file_description_key(key), c.legal, Kind::file, file_domain, attached(), Bytes(31));
    EXPECT_TRUE(fails_with(open(keyless), Code::refused));
}
