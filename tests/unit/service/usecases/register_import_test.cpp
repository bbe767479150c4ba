// What an agency's register may call channels and categories, and that an import is logged.
#include "service/usecases/officer/register_import.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {
namespace {

domain::RegisterNames names(const domain::AgencyProfile &profile) {
    const WordingOf thai = [](std::string_view key) { return key == "channel.phone" ? "โทรศัพท์" : "ไทย " + std::string(key); };
    const WordingOf english = [](std::string_view key) { return key == "channel.phone" ? "telephone" : "English " + std::string(key); };
    const WordingOf both[] = {thai, english};
    return register_names(profile, both);
}

domain::CodeLabel &channel(domain::AgencyProfile &profile, std::string_view id) {
    return *std::ranges::find(profile.channels, id, &domain::CodeLabel::id);
}

TEST(RegisterNames, IdsTheProgramsWordingAndTheAgencysOwn) {
    domain::AgencyProfile profile;
    channel(profile, "box").label.th = "ตู้แดงหน้าเทศบาล";
    const auto known = names(profile);
    EXPECT_EQ(known.channels.at("phone"), "phone");
    EXPECT_EQ(known.channels.at("โทรศัพท์"), "phone");
    EXPECT_EQ(known.channels.at("telephone"), "phone");
    EXPECT_EQ(known.channels.at("ตู้แดงหน้าเทศบาล"), "box");
    EXPECT_EQ(known.categories.at("English category.bribery"), "bribery");
    EXPECT_FALSE(known.categories.contains("โทรศัพท์"));
}

TEST(RegisterNames, AWordingThatTwoShareMeansNeitherAndAnIdAlwaysItself) {
    domain::AgencyProfile profile;
    channel(profile, "line").label.th = channel(profile, "facebook").label.th = "สื่อสังคมออนไลน์";
    channel(profile, "post").label.en = "box";
    const auto known = names(profile);
    EXPECT_FALSE(known.channels.contains("สื่อสังคมออนไลน์"));
    EXPECT_EQ(known.channels.at("box"), "box");
}

class RegisterImport : public AgencyTest {};

TEST_F(RegisterImport, IsLoggedWithoutAnActorAndVerifies) {
    const domain::RegisterEntry entry{2568, "1", {20000}, "phone", "bribery", State::screening, {}, {}};
    const auto reads = store->officer_reads();
    const auto done = import_register({*reads, store->officer_writes(), keys, clock}, std::span(&entry, 1), base::view("the file"));
    ASSERT_TRUE(done);
    EXPECT_EQ(*done, (ports::ImportCounts{1, 0, 0}));
    int found = 0;
    (void)reads->audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
        const auto said = crypto::AuditEntry::decode(row.entry);
        if (said && said->event == crypto::AuditEvent::register_imported) {
            ++found;
            EXPECT_TRUE(said->actor.is_zero());
            EXPECT_EQ(said->time, clock.now());
        }
        return true;
    });
    EXPECT_EQ(found, 1);
}

} // namespace
} // namespace usecases_test
