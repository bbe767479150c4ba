// A form with files: what is asked for each, what is told of each, and what a broken one leaves.
#include "web/pages/common/file_form.h"

#include "tests/unit/web/multipart_request.h"

#include <gtest/gtest.h>

namespace {

using domain::FileFault;
using pages::FileForm, pages::FileSteps;
using web_test::last_part;
const auto field = web_test::field_part, file = web_test::file_part;

http::Request request(std::string body, bool cut = false) {
    http::Request out;
    web_test::give_multipart(out, std::move(body), cut);
    return out;
}

// Takes what it is given; refuses what begins with "large".
struct Taken {
    std::vector<std::string> files, finished;
    std::string receipt;

    FileForm::Begin begin() {
        return [this](const http::Form &fields, std::string_view name) -> std::optional<FileSteps> {
            receipt = fields.get("receipt");
            if (receipt == "wrong") return std::nullopt;
            const auto at = files.size();
            files.emplace_back();
            return FileSteps{[this, at](base::View bytes) -> std::expected<void, FileFault> {
                                 files[at] += base::text(bytes);
                                 if (files[at].starts_with("large")) return std::unexpected(FileFault::too_large);
                                 return {};
                             },
                             [this, sent = std::string(name)]() -> std::expected<domain::FileRecord, FileFault> {
                                 finished.push_back(sent);
                                 return domain::FileRecord{sent, "text/plain"};
                             }};
        };
    }
};

TEST(FileForm, TakesEachFileWithTheFieldsBeforeIt) {
    Taken taken;
    FileForm form(taken.begin());
    auto sent = request(field("receipt", "right") + file("C:\\a.txt", "first") + file("b.txt", "second") + last_part);
    EXPECT_EQ(form.read(sent), FileForm::Read::whole);
    EXPECT_EQ(taken.files, (std::vector<std::string>{"first", "second"}));
    EXPECT_EQ(taken.receipt, "right");
    ASSERT_EQ(form.results().size(), 2u);
    EXPECT_EQ(form.results()[0].name, "a.txt");
    EXPECT_TRUE(form.results()[0].outcome && form.results()[1].outcome);
}

TEST(FileForm, OneThatIsRefusedDoesNotKeepTheOthersOut) {
    Taken taken;
    FileForm form(taken.begin());
    auto sent = request(field("receipt", "right") + file("a", "large" + std::string(200'000, 'x')) + file("b", "small") + last_part);
    EXPECT_EQ(form.read(sent), FileForm::Read::whole);
    ASSERT_EQ(form.results().size(), 2u);
    EXPECT_EQ(form.results()[0].outcome.error(), FileFault::too_large);
    EXPECT_TRUE(form.results()[1].outcome);
    EXPECT_EQ(taken.finished, std::vector<std::string>{"b"});
    EXPECT_LT(taken.files[0].size(), 200'000u) << "it is read on for nothing";
}

TEST(FileForm, NothingIsTakenWhereTheFieldsDoNotAllowIt) {
    Taken taken;
    FileForm form(taken.begin());
    auto sent = request(field("receipt", "wrong") + file("a", "first") + last_part);
    EXPECT_EQ(form.read(sent), FileForm::Read::stopped);
    EXPECT_TRUE(form.results().empty());
    EXPECT_EQ(form.fields().get("receipt"), "wrong");
}

TEST(FileForm, AFileThatDoesNotComeToItsEndIsNotFinished) {
    for (const bool cut : {true, false}) {
        Taken taken;
        FileForm form(taken.begin());
        auto sent = request(field("receipt", "right") + "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nfirst", cut);
        EXPECT_EQ(form.read(sent), cut ? FileForm::Read::cut : FileForm::Read::broken);
        EXPECT_TRUE(taken.finished.empty());
        ASSERT_EQ(form.results().size(), 1u);
        EXPECT_FALSE(form.results()[0].outcome);
    }
}

TEST(FileForm, WhatIsNoSuchFormIsBroken) {
    Taken taken;
    FileForm form(taken.begin());
    auto sent = request("receipt=right");
    sent.content_type = "application/x-www-form-urlencoded";
    EXPECT_EQ(form.read(sent), FileForm::Read::broken);
    EXPECT_FALSE(form.fields().has("receipt"));
}

TEST(FileForm, AChoiceOfNothingIsNoFile) {
    Taken taken;
    FileForm form(taken.begin());
    auto sent = request(field("receipt", "right") + file("", "") + last_part);
    EXPECT_EQ(form.read(sent), FileForm::Read::whole);
    EXPECT_TRUE(form.results().empty());
}

} // namespace
