#include "service/domain/file_record.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

TEST(FileRecord, ComesBackFromItsJson) {
    for (const Metadata metadata : {Metadata::removed, Metadata::kept, Metadata::not_known, Metadata::failed, Metadata::too_large})
        for (const Purpose purpose : purposes) {
            const FileRecord record{"บันทึก \"ลับ\".pdf", "application/pdf", metadata, purpose};
            const auto back = file_record_from_json(to_json(record));
            ASSERT_TRUE(back);
            EXPECT_EQ(back->name, record.name);
            EXPECT_EQ(back->type, record.type);
            EXPECT_EQ(back->metadata, metadata);
            EXPECT_EQ(back->purpose, purpose);
            const auto upload = upload_record_from_json(to_json(UploadRecord{"12-34-ก", record}));
            ASSERT_TRUE(upload);
            EXPECT_EQ(upload->mark, "12-34-ก");
            EXPECT_EQ(upload->file.name, record.name);
        }
}

TEST(FileRecord, IsReadStrictly) {
    const std::string good = to_json(FileRecord{"a", "text/plain"});
    ASSERT_TRUE(file_record_from_json(good));
    for (const std::string name : {"name", "type", "metadata", "purpose", "as"}) {
        std::string without = good;
        without.replace(without.find("\"" + name + "\""), name.size() + 2, "\"other\"");
        EXPECT_FALSE(file_record_from_json(without)) << name;
    }
    for (const char *text : {"", "[]", "{}", "1", R"({"name":1,"type":"","metadata":"removed","purpose":"evidence","as":[]})",
                             R"({"name":"","type":"","metadata":"none","purpose":"evidence","as":[]})",
                             R"({"name":"","type":"","metadata":"removed","purpose":"none","as":[]})"})
        EXPECT_FALSE(file_record_from_json(text)) << text;
    EXPECT_FALSE(upload_record_from_json(good));
    EXPECT_FALSE(upload_record_from_json(R"({"mark":"m","file":{}})"));
}

} // namespace
