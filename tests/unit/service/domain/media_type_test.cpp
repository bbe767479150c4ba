#include "service/domain/media_type.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

TEST(MediaType, OnlyPicturesAndSoundsAreShownInAPage) {
    EXPECT_EQ(media_type("image/jpeg").shown, Shown::image);
    EXPECT_EQ(media_type("audio/mpeg").shown, Shown::audio);
    for (const char *type : {"image/svg+xml", "text/html", "application/pdf", "video/mp4", "image/tiff", "text/plain", ""})
        EXPECT_EQ(media_type(type).shown, Shown::not_shown) << type;
}

TEST(MediaType, IsFoundWholeThenByItsFamilyThenAsAnUnknownOne) {
    EXPECT_EQ(media_type("application/pdf").kind, FileKind::pdf);
    EXPECT_EQ(media_type("application/pdfx").kind, FileKind::other);
    EXPECT_EQ(media_type("audio/of-tomorrow").kind, FileKind::audio);
    EXPECT_EQ(media_type("text/x-of-tomorrow").kind, FileKind::program);
    EXPECT_EQ(media_type("text/of-tomorrow").kind, FileKind::text);
    for (const char *type : {"", "application/octet-stream", "none"}) {
        EXPECT_EQ(media_type(type).kind, FileKind::other) << type;
        EXPECT_EQ(media_type(type).danger, Danger::dangerous) << type;
        EXPECT_TRUE(media_type(type).ending().empty()) << type;
    }
    EXPECT_EQ(media_type("image/jpeg").ending(), ".jpg");
    EXPECT_EQ(media_type("image/png").ending(), ".png");
}

TEST(MediaType, WhatIsNotKnownWholeIsNotCleaned) {
    for (const char *type : {"image/jpeg", "application/pdf", "audio/mpeg", "video/mp4", "image/heic"})
        EXPECT_TRUE(media_type(type).cleaned && !media_type(type).ending().empty()) << type;
    for (const char *type : {"image/tiff", "audio/x-m4a", "video/3gpp", "application/vnd.ms-excel", "application/zip", "text/plain", "audio/new", ""})
        EXPECT_FALSE(media_type(type).cleaned) << type;
}

TEST(MediaType, WhatMayActIsDangerousWhateverItIsCalled) {
    EXPECT_EQ(danger_of("image/jpeg", "a.jpg"), Danger::none_known);
    EXPECT_EQ(danger_of("image/jpeg", "a"), Danger::none_known);
    EXPECT_EQ(danger_of("video/mp4", "a.mp4"), Danger::none_known);
    EXPECT_EQ(danger_of("application/pdf", "a.pdf"), Danger::document);
    for (const auto &[type, name] : std::initializer_list<std::pair<const char *, const char *>>{
             {"text/html", "a.jpg"}, {"image/svg+xml", "a.png"}, {"application/x-dosexec", "photo.jpg"}, {"application/zip", "a"},
             {"application/octet-stream", "a.jpg"}, {"image/jpeg", "a.jpg.exe"}, {"text/plain", "a.VBS"}, {"application/pdf", "a.lnk"},
             {"image/newest", "a.jpg"}, {"text/newest", "a.txt"},
             {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "a.docm"}})
        EXPECT_EQ(danger_of(type, name), Danger::dangerous) << type << " " << name;
}

// Endings by which a system runs, installs or unpacks, whatever stands in the file.
TEST(MediaType, EveryEndingThatRunsIsDangerous) {
    for (const std::string_view ending :
         {"exe", "com", "bat", "cmd", "msi", "msp", "scr",  "pif",  "cpl", "dll", "lnk",  "url",  "vbs", "vbe",  "js",   "jse",
          "wsf", "wsh", "hta", "ps1", "jar", "apk", "app",  "dmg",  "iso", "img", "vhd",  "vhdx", "sh",  "py",   "html", "htm",
          "svg", "xml", "xht", "chm", "reg", "inf", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "zip", "rar", "7z",  "one"})
        EXPECT_EQ(danger_of("image/jpeg", "a." + std::string(ending)), Danger::dangerous) << ending;
}

TEST(MediaType, ANameThatPromisesLessThanTheContentDoesIsADisguise) {
    ASSERT_TRUE(disguise_of("application/x-dosexec", "photo.JPG"));
    EXPECT_EQ(disguise_of("application/x-dosexec", "photo.JPG")->kind, FileKind::image);
    for (const auto &[type, name] : std::initializer_list<std::pair<const char *, const char *>>{
             {"text/html", "a.jpg"}, {"text/html", "a.txt"}, {"application/zip", "a.docx"}, {"application/pdf", "a.png"},
             {"text/x-shellscript", "a.txt"}, {"image/svg+xml", "a.png"}})
        EXPECT_TRUE(disguise_of(type, name)) << type << " " << name;
    for (const auto &[type, name] : std::initializer_list<std::pair<const char *, const char *>>{
             {"image/png", "a.jpg"}, {"image/jpeg", "a"}, {"text/plain", "a.pdf"}, {"audio/x-m4a", "a.mp4"}, {"video/3gpp", "a.m4a"},
             {"application/octet-stream", "a.mp3"}, {"text/html", "a.html"}, {"text/html", "a.unheard"}, {"text/plain", "a.vbs"},
             {"application/x-dosexec", "a.exe"}, {"application/java-archive", "a.zip"}})
        EXPECT_FALSE(disguise_of(type, name)) << type << " " << name;
}

} // namespace
