// Files by the holder of a receipt: what is stored of them, what of those that break off, and what nobody learns.
#include "service/usecases/reporter/add_files.h"

#include "crypto/officer/file_open.h"
#include "service/usecases/officer/opened_case.h"
#include "tests/unit/service/usecases/agency.h"

#include <fstream>

namespace usecases_test {
namespace {

using domain::FileFault, domain::Metadata;

class AddingFiles : public AgencyTest {
protected:
    AddingFiles() : receipt(file()) {}

    // As a form without scripts sends it.
    std::expected<domain::FileRecord, FileFault> send(std::string_view name, std::string_view bytes, bool keep = false) {
        auto context = reporter();
        auto adding = AddFiles::to(context, receipt);
        return take(*adding->begin(name, keep), bytes);
    }
    // In the middle of what stands of the only upload.
    void lose_a_piece() {
        for (const auto &entry : std::filesystem::directory_iterator(folder / "files" / "parts")) {
            std::fstream part(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
            part.seekp(100'000).write(std::string(1'000, '\0').data(), 1'000);
        }
    }
    static std::expected<domain::FileRecord, FileFault> take(FileIntake &intake, std::string_view bytes) {
        for (std::size_t at = 0; at < bytes.size(); at += 40'000)
            if (const auto added = intake.add(base::view(bytes.substr(at, 40'000))); !added)
                return std::unexpected(added.error());
        return intake.finish();
    }
    // As a script sends it, from where the store is on; `upto`: then the connection breaks.
    struct Sent {
        std::uint64_t from = 0;
        std::expected<domain::FileRecord, FileFault> outcome{};
    };
    std::optional<Sent> send_announced(const std::string &mark, std::string_view bytes, std::optional<std::size_t> upto = {},
                                       std::uint64_t announced = 0) {
        auto context = reporter();
        auto adding = AddFiles::to(context, receipt);
        auto intake = adding->begin("clip.bin", false, {mark, announced ? announced : bytes.size()});
        const auto found = intake->resume();
        const auto from = found ? intake->go_on() : found;
        if (!from)
            return std::nullopt;
        Sent out{*from};
        if (upto) {
            EXPECT_TRUE(intake->add(base::view(bytes.substr(*from, *upto - *from))));
            return out;
        }
        out.outcome = take(*intake, bytes.substr(*from));
        return out;
    }
    std::vector<ports::FileRow> rows() { return *officer_reads->files().files(id()); }
    std::vector<ports::UploadRow> uploads() { return *officer_reads->files().uploads(id()); }
    base::CaseId id() { return *base::CaseId::from_text(case_of(legal)); }

    // What an officer reads of the file.
    struct Read {
        domain::FileRecord record;
        std::string bytes;
        std::uint64_t stored = 0;
    };
    Read read(const ports::FileRow &row) {
        auto context = officer();
        const auto opened = open_by_id(context, session(legal), row.case_id.text());
        const auto objects = officer_reads->objects(row.case_id, clock.today());
        const auto object = std::ranges::find(*objects, row.file, [](const auto &one) { return one.header.object_id; });
        const auto file = crypto::OpenedFile::open(*opened->keys.of(object->header.epoch), opened->reporter_key,
                                                   opened->agency->roster, object->header, object->sealed);
        Read out{*domain::file_record_from_json(base::text(file->json())), {}, row.stored};
        const auto stored = store->files().open(row.name);
        EXPECT_EQ((*stored)->size(), file->shape().stored);
        crypto::FileDigest digest;
        for (std::uint64_t chunk = 0; chunk < file->shape().chunks; ++chunk) {
            base::Bytes sealed(file->shape().plain_size(chunk) + crypto::aead_overhead);
            EXPECT_TRUE((*stored)->read(chunk * crypto::sealed_file_chunk, sealed));
            digest.add(sealed);
            out.bytes += base::text(*file->chunk(chunk, sealed));
        }
        EXPECT_EQ(digest.finish(), file->facts().digest);
        return out;
    }
    std::size_t on_disk() {
        std::size_t out = 0;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
            out += entry.is_regular_file() && entry.path().string().find("/files/") != std::string::npos;
        return out;
    }

    std::string receipt;
};

std::string long_text(std::size_t size) {
    std::string out = "text ";
    while (out.size() < size)
        out += std::to_string(out.size()) + " ";
    out.resize(size);
    return out;
}

TEST_F(AddingFiles, AFileIsStoredAsItWasSentAndKnownToOfficersOnly) {
    const std::string bytes = long_text(200'000);
    const auto sent = send("C:\\fakepath\\บันทึก.txt", bytes);
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->metadata, Metadata::not_known);
    ASSERT_EQ(rows().size(), 1u);
    EXPECT_TRUE(uploads().empty());
    const auto read_back = read(rows()[0]);
    EXPECT_EQ(read_back.bytes, bytes);
    EXPECT_EQ(read_back.record.name, "บันทึก.txt");
    EXPECT_EQ(read_back.record.type, "text/plain");
    const auto view = tracked(receipt);
    ASSERT_EQ(view.files.size(), 1u);
    EXPECT_TRUE(view.files[0].complete);
    EXPECT_EQ(view.sent.size(), 1u) << "a file is no letter";
}

TEST_F(AddingFiles, AnEmptyFileIsNoEvidence) {
    EXPECT_EQ(send("a.jpg", "").error(), FileFault::empty);
    EXPECT_EQ(send_announced("a", "")->outcome.error(), FileFault::empty);
    EXPECT_TRUE(rows().empty());
    ASSERT_TRUE(send("", "t")) << "without a name it is a file";
    EXPECT_EQ(read(rows()[0]).bytes, "t");
}

TEST_F(AddingFiles, MetadataGoesUnlessItIsEvidence) {
    const std::string photo = "JPEG picture EXIF:camera of Somchai";
    EXPECT_EQ(send("a.jpg", photo)->metadata, Metadata::removed);
    EXPECT_EQ(read(rows()[0]).bytes, "JPEG picture ");
    EXPECT_EQ(send("b.jpg", photo, true)->metadata, Metadata::kept);
    EXPECT_EQ(send("c.jpg", "JPEG without any")->metadata, Metadata::failed);
    std::set<std::string> bytes;
    for (const auto &row : rows())
        bytes.insert(read(row).bytes);
    EXPECT_EQ(bytes, (std::set<std::string>{"JPEG picture ", photo, "JPEG without any"}));
    EXPECT_EQ(on_disk(), 3u) << "what was put aside is still there";
}

TEST_F(AddingFiles, WhatIsTooLargeToBeCleanedIsKeptAsItWasSent) {
    const std::string photo = "JPEG" + long_text((25u << 20) + 100) + "EXIF:camera";
    EXPECT_EQ(send("a.jpg", photo)->metadata, Metadata::too_large);
    EXPECT_TRUE(read(rows()[0]).bytes == photo);
}

TEST_F(AddingFiles, NothingIsKeptOfWhatCannotBeCleanedNow) {
    inspector.busy = true;
    EXPECT_EQ(send("a.jpg", "JPEG EXIF:x").error(), FileFault::busy);
    EXPECT_TRUE(rows().empty());
    EXPECT_EQ(on_disk(), 0u);
}

TEST_F(AddingFiles, AFormThatBreaksOffLeavesNothing) {
    {
        auto context = reporter();
        auto adding = AddFiles::to(context, receipt);
        auto intake = adding->begin("a.txt", false);
        EXPECT_TRUE(intake->add(base::view(long_text(300'000))));
        EXPECT_EQ(uploads().size(), 1u);
        EXPECT_FALSE(tracked(receipt).files[0].complete);
    }
    EXPECT_TRUE(uploads().empty());
    EXPECT_EQ(on_disk(), 0u);
}

TEST_F(AddingFiles, AnAnnouncedOneGoesOnWhereItBroke) {
    const std::string bytes = long_text(1'000'000);
    ASSERT_TRUE(send_announced("mark", bytes, 300'000));
    EXPECT_EQ(uploads().size(), 1u);
    const auto view = tracked(receipt);
    ASSERT_EQ(view.files.size(), 1u);
    EXPECT_FALSE(view.files[0].complete);
    const auto second = send_announced("mark", bytes, 990'000);
    ASSERT_TRUE(second);
    EXPECT_GE(second->from, 196'608u) << "of 300,000 bytes at most the last two chunks are sent again";
    EXPECT_EQ(second->from % 65'536, 0u);
    const auto last = send_announced("mark", bytes);
    ASSERT_TRUE(last && last->outcome);
    EXPECT_GE(last->from, 851'968u);
    EXPECT_TRUE(uploads().empty());
    EXPECT_TRUE(read(rows()[0]).bytes == bytes);
}

TEST_F(AddingFiles, WhatTheDiskLostIsSentAgain) {
    const std::string bytes = long_text(1'000'000);
    ASSERT_TRUE(send_announced("mark", bytes, 600'000));
    lose_a_piece();
    const auto again = send_announced("mark", bytes);
    ASSERT_TRUE(again && again->outcome);
    EXPECT_EQ(again->from, 65'536u) << "the first chunk is untouched";
    EXPECT_TRUE(read(rows()[0]).bytes == bytes);
}

TEST_F(AddingFiles, WhoTakesKeepAsItIsBackBeginsAnew) {
    const std::string photo = "JPEG" + long_text(400'000) + "EXIF:camera";
    {
        auto context = reporter();
        auto adding = AddFiles::to(context, receipt);
        auto intake = adding->begin("a.jpg", true, {"mark", photo.size()});
        ASSERT_EQ(intake->resume(), 0u);
        ASSERT_TRUE(intake->add(base::view(photo.substr(0, 300'000))));
    }
    EXPECT_EQ(uploads().size(), 1u);
    const auto without = send_announced("mark", photo);
    ASSERT_TRUE(without && without->outcome);
    EXPECT_EQ(without->from, 0u);
    EXPECT_EQ(without->outcome->metadata, Metadata::removed);
    EXPECT_TRUE(uploads().empty());
    EXPECT_EQ(read(rows()[0]).bytes.find("EXIF"), std::string::npos);
}

TEST_F(AddingFiles, APictureThatIsNotWholeIsNotStored) {
    const std::string photo = "JPEG picture EXIF:camera";
    EXPECT_EQ(send_announced("a", photo, {}, photo.size() + 1)->outcome.error(), FileFault::changed);
    EXPECT_EQ(send_announced("b", photo, {}, photo.size() - 1)->outcome.error(), FileFault::changed);
    EXPECT_TRUE(rows().empty());
}

TEST_F(AddingFiles, TheLastOneOfACaseGoesOnToo) {
    policy.files.count = 3;
    ASSERT_TRUE(send("a", "text"));
    ASSERT_TRUE(send("b", "text"));
    const std::string bytes = long_text(300'000);
    ASSERT_TRUE(send_announced("last", bytes, 200'000));
    EXPECT_EQ(send("c", "text").error(), FileFault::case_full);
    ASSERT_TRUE(send_announced("last", bytes)->outcome);
    EXPECT_EQ(rows().size(), 3u);
}

TEST_F(AddingFiles, WhatIsAnnouncedCountsBeforeItIsWhole) {
    policy.files = {.file = 300'000, .in_case = 700'000, .count = 10};
    const std::string bytes = long_text(300'000);
    ASSERT_TRUE(send_announced("a", bytes, 290'000));
    ASSERT_TRUE(send_announced("b", bytes, 290'000));
    EXPECT_EQ(send("c", bytes).error(), FileFault::case_full);
    ASSERT_TRUE(send_announced("a", bytes)->outcome);
    ASSERT_TRUE(send_announced("b", bytes)->outcome);
    EXPECT_EQ(rows().size(), 2u);
}

TEST_F(AddingFiles, OfTwoThatGrowUnannouncedTheSecondFindsTheCaseFull) {
    policy.files = {.file = 300'000, .in_case = 500'000, .count = 10};
    const std::string bytes = long_text(300'000);
    auto context = reporter();
    auto adding = AddFiles::to(context, receipt);
    auto first = adding->begin("a.bin", false), second = adding->begin("b.bin", false);
    ASSERT_TRUE(first->add(base::view(bytes)));
    ASSERT_TRUE(second->add(base::view(bytes)));
    EXPECT_TRUE(first->finish());
    EXPECT_EQ(second->finish().error(), FileFault::case_full);
    EXPECT_EQ(rows().size(), 1u);
}

TEST_F(AddingFiles, AnotherMarkOrLengthOrReceiptBeginsAnew) {
    const std::string bytes = long_text(400'000);
    ASSERT_TRUE(send_announced("mark", bytes, 300'000));
    EXPECT_EQ(send_announced("other", bytes, 100'000)->from, 0u);
    EXPECT_EQ(send_announced("mark", bytes, 100'000, 400'001)->from, 0u);
    const std::string first = std::exchange(receipt, file("อีกเรื่องหนึ่ง"));
    EXPECT_EQ(send_announced("mark", bytes, 100'000)->from, 0u);
    receipt = first;
    EXPECT_GT(send_announced("mark", bytes)->from, 0u);
}

TEST_F(AddingFiles, WhatDoesNotComeAsAnnouncedIsNotStored) {
    const std::string bytes = long_text(200'000);
    EXPECT_EQ(send_announced("longer", bytes, {}, 199'999)->outcome.error(), FileFault::changed);
    EXPECT_EQ(send_announced("shorter", bytes, {}, 200'001)->outcome.error(), FileFault::changed);
    EXPECT_TRUE(rows().empty());
}

TEST_F(AddingFiles, TwoRequestsDoNotWriteOneFile) {
    const std::string bytes = long_text(400'000);
    auto context = reporter();
    auto adding = AddFiles::to(context, receipt);
    auto first = adding->begin("a.bin", false, {"mark", bytes.size()});
    ASSERT_EQ(first->resume(), 0u);
    ASSERT_TRUE(first->add(base::view(bytes.substr(0, 300'000))));
    auto second = adding->begin("a.bin", false, {"mark", bytes.size()});
    EXPECT_EQ(second->resume().error(), FileFault::conflict);
    second.reset();
    auto early = adding->begin("b.bin", false, {"other mark", bytes.size()});
    ASSERT_EQ(early->resume(), 0u);
    auto late = adding->begin("b.bin", false, {"other mark", bytes.size()});
    EXPECT_EQ(late->resume().error(), FileFault::conflict) << "before a byte of it is there";
    early.reset();
    late.reset();
    EXPECT_EQ(adding->begin("b.bin", false, {"other mark", bytes.size()})->resume(), 0u);
    ASSERT_TRUE(take(*first, bytes.substr(300'000)));
    EXPECT_TRUE(read(rows()[0]).bytes == bytes);
}

TEST_F(AddingFiles, LimitsHoldForEachFileForTheCaseAndTheirNumber) {
    policy.files = {.file = 100'000, .in_case = 250'000, .count = 4};
    EXPECT_EQ(send("a", long_text(100'001)).error(), FileFault::too_large);
    EXPECT_TRUE(send("a", long_text(100'000)));
    EXPECT_TRUE(send("b", long_text(60'000)));
    EXPECT_EQ(send("c", long_text(90'000)).error(), FileFault::case_full) << "stored lengths are padded: they count";
    EXPECT_EQ(send("c.jpg", "JPEG" + long_text(90'000)).error(), FileFault::case_full) << "put aside, it counts as well";
    policy.files.in_case = 1'000'000;
    EXPECT_TRUE(send("c", "text"));
    EXPECT_TRUE(send("d", "text"));
    EXPECT_EQ(send("e", "text").error(), FileFault::case_full);
    EXPECT_EQ(rows().size(), 4u);
    EXPECT_EQ(on_disk(), 4u);
}

TEST_F(AddingFiles, WhatIsNoReceiptTakesNoFile) {
    auto context = reporter();
    EXPECT_TRUE(refused(AddFiles::to(context, "1234"), TrackRefused::Why::not_28_digits));
    auto mistyped = receipt;
    mistyped.back() = mistyped.back() == '0' ? '1' : '0';
    EXPECT_TRUE(refused(AddFiles::to(context, mistyped), TrackRefused::Why::wrong_check));
}

} // namespace
} // namespace usecases_test
