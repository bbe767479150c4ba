#include "service/runtime/recovery_sheet.h"

#include <gtest/gtest.h>

namespace {

using namespace runtime;

class Sheet : public testing::Test {
protected:
    Sheet() : catalogue(pages::Catalogue::load(SUCHARIT_TEST_SHARE)), key(some_key()) {}
    static crypto::PaperKey some_key() {
        crypto::start();
        return crypto::PaperKey::of(base::InstanceId::random(), crypto::InstanceKey::random());
    }
    std::expected<std::string, std::string> set(const std::string &name) const {
        return sheet_pdf({name, name, "1 มกราคม 2569", key, {{name, "0000 1111"}, {name, "2222 3333"}}}, *catalogue);
    }
    pages::Loaded<pages::Catalogue> catalogue;
    crypto::PaperKey key;
};

TEST_F(Sheet, IsAPdf) {
    const auto pdf = set("เทศบาลตำบลทดสอบ");
    ASSERT_TRUE(pdf) << pdf.error();
    EXPECT_TRUE(pdf->starts_with("%PDF-"));
    EXPECT_NE(pdf->find("%%EOF"), std::string::npos);
}

TEST_F(Sheet, HasRoomForTheLongestNamesThatAreTaken) {
    std::string longest; // 66 letters of three bytes: as many as a certificate holds
    for (int i = 0; i < 66; ++i)
        longest += "ก";
    EXPECT_TRUE(set(longest));
}

TEST_F(Sheet, IsRefusedWhenSomethingWouldFallOffThePage) {
    std::string name;
    for (int i = 0; i < 3000; ++i)
        name += "ก";
    const auto pdf = set(name);
    ASSERT_FALSE(pdf);
    EXPECT_NE(pdf.error().find("does not fit"), std::string::npos);
}

} // namespace
