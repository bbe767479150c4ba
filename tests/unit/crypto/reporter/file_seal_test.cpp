#include "crypto/reporter/file_seal.h"

#include "crypto/officer/file_open.h"
#include "tests/unit/crypto/file_support.h"

using namespace crypto_test;

namespace {

constexpr std::size_t lengths[] = {0, 1, 65'535, 65'536, 65'537, 131'071, 131'072, 131'073, 300'000, 1'048'577};

} // namespace

TEST(FileSealer, MakesTheChunksOfItsShapeHoweverTheBytesCome) {
    for (const std::size_t length : lengths) {
        const FileShape shape = FileShape::of(length);
        for (const std::size_t part : {1'000u, 65'536u, 65'537u, 500'000u}) {
            const StoredFile file = StoredFile::of({}, content(length), part);
            ASSERT_EQ(file.chunks.size(), shape.chunks) << length << " in parts of " << part;
            EXPECT_EQ(file.facts.length, length);
            EXPECT_EQ(file.bytes().size(), shape.stored);
            EXPECT_EQ(file.facts.digest, FileDigest::of(file.bytes()));
            for (std::uint64_t i = 0; i < shape.chunks; ++i)
                EXPECT_EQ(file.chunks[i].size(), shape.plain_size(i) + aead_overhead);
        }
    }
}

TEST(FileSealer, NeverUsesANonceTwice) {
    const Bytes plain = content(70'000);
    const StoredFile once = StoredFile::of({}, plain);
    StoredFile again;
    FileSealer sealer(once.key, once.place, plain.size(), again.sink());
    ASSERT_TRUE(sealer.add(plain));
    ASSERT_TRUE(sealer.finish());
    for (std::size_t i = 0; i < once.chunks.size(); ++i)
        EXPECT_FALSE(std::equal(again.chunks[i].begin(), again.chunks[i].begin() + 24, once.chunks[i].begin()));
}

TEST(FileSealer, TakesWhatWasAnnouncedNoMoreAndNoLess) {
    StoredFile out;
    FileSealer longer(out.key, out.place, 10, out.sink());
    EXPECT_TRUE(longer.add(Bytes(10)));
    EXPECT_TRUE(fails_with(longer.add(Bytes(1)), Code::invalid));
    FileSealer shorter(out.key, out.place, 10, out.sink());
    EXPECT_TRUE(shorter.add(Bytes(9)));
    EXPECT_TRUE(fails_with(shorter.finish(), Code::invalid));
    EXPECT_TRUE(out.chunks.empty());
    FileSealer whatever(out.key, out.place, {}, out.sink());
    EXPECT_TRUE(whatever.add(Bytes(9)));
    EXPECT_EQ(whatever.finish()->length, 9u);
}

TEST(FileSealer, EndsWithAFullDisk) {
    int taken = 0;
    FileSealer sealer(FileKey::random(), {}, {}, [&taken](View) -> Result<> {
        if (++taken == 2) return base::fail(Code::storage_failed, "full");
        return {};
    });
    EXPECT_TRUE(sealer.add(content(2 * file_chunk)));
    EXPECT_TRUE(fails_with(sealer.add(content(2 * file_chunk)), Code::storage_failed));
    EXPECT_EQ(taken, 2);
}

// Broken off anywhere, also while the padding was being written: what goes on is the whole file, and the same one.
TEST(FileSealer, GoesOnBehindTheChunksThatStand) {
    FiledCase c;
    for (const std::size_t length : {1u, 65'536u, 65'537u, 131'072u, 1'048'577u}) {
        const Bytes plain = content(length);
        const StoredFile whole = StoredFile::of(c.record().case_id, plain);
        for (std::size_t standing = 0; standing <= whole.chunks.size(); ++standing) {
            StoredFile rest;
            const std::uint64_t kept = FileSealer::chunks_to_keep(length, standing);
            ASSERT_LE(kept, standing);
            ASSERT_LT(kept * file_chunk, length);
            FileSealer sealer(whole.key, whole.place, length, rest.sink());
            for (std::size_t i = 0; i < kept; ++i) {
                ASSERT_TRUE(sealer.keep(whole.chunks[i]));
                rest.chunks.push_back(whole.chunks[i]);
            }
            EXPECT_EQ(sealer.taken(), kept * file_chunk);
            ASSERT_TRUE(sealer.add(View(plain).subspan(kept * file_chunk)));
            const FileFacts facts = *sealer.finish();
            EXPECT_EQ(facts.digest, FileDigest::of(rest.bytes()));
            const SealedObject object =
                *seal_file(c.reporter, c.record(), whole.place.object_id, whole.key, facts, view("{}"));
            const OpenedFile opened =
                *OpenedFile::open(c.key(), c.reporter.pair.public_key, c.roster, object.header, object.sealed);
            Bytes read;
            for (std::size_t i = 0; i < rest.chunks.size(); ++i) {
                const auto chunk = opened.chunk(i, rest.chunks[i]);
                ASSERT_TRUE(chunk) << length << ", " << standing << " stood, chunk " << i;
                read.insert(read.end(), chunk->begin(), chunk->end());
            }
            EXPECT_EQ(read, plain);
        }
    }
    EXPECT_EQ(FileSealer::chunks_to_keep(0, 5), 0u);
}

TEST(Upload, IsFoundAgainWithTheReceiptOnlyAndHasOneSize) {
    const ReceiptKeys reporter = new_reporter();
    const FilePlace place{base::CaseId::random(), base::ObjectId::random()};
    const FileKey key = FileKey::random();
    const Bytes sealed = *seal_upload(reporter.uploads, place, {key.clone(), 5, base::copy(view(R"({"name":"ก"})"))});
    EXPECT_EQ(sealed.size(), upload_sealed);
    const Upload found = *resume_upload(reporter.uploads, place, sealed);
    EXPECT_TRUE(found.key == key);
    EXPECT_EQ(found.length, 5u);
    EXPECT_EQ(base::text(found.json), R"({"name":"ก"})");
    EXPECT_TRUE(fails_with(resume_upload(new_reporter().uploads, place, sealed), Code::refused));
    EXPECT_TRUE(
        fails_with(resume_upload(reporter.uploads, {place.case_id, base::ObjectId::random()}, sealed), Code::refused));
    EXPECT_TRUE(
        fails_with(resume_upload(reporter.uploads, {base::CaseId::random(), place.object_id}, sealed), Code::refused));

    const Bytes longest = *seal_upload(reporter.uploads, place, {key.clone(), {}, Bytes(max_upload_json, 'x')});
    EXPECT_EQ(longest.size(), upload_sealed);
    EXPECT_EQ(resume_upload(reporter.uploads, place, longest)->json.size(), max_upload_json);
    EXPECT_FALSE(resume_upload(reporter.uploads, place, longest)->length);
    EXPECT_TRUE(
        fails_with(seal_upload(reporter.uploads, place, {key.clone(), {}, Bytes(max_upload_json + 1)}), Code::invalid));
}
