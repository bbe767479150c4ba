// The agency's emblem: proposed, compared, confirmed, and never shown when it is not what was confirmed.
#include "service/usecases/officer/emblem.h"
#include "tests/unit/service/usecases/agency.h"

#include <fstream>

namespace usecases_test {

namespace {

using Why = SettingsRefused::Why;
namespace fs = std::filesystem;

const std::string picture = "PNG of an elephant EXIF: made by somebody", cleaned = "PNG of an elephant ";

class Emblems : public AgencyTest {
protected:
    std::expected<SettingsDone, SettingsRefused> propose(std::string_view bytes = picture) {
        auto context = officer();
        return propose_emblem(*MayChange::check(admin.actor()), context, profile.now()->version, base::view(bytes));
    }
    std::string fault(std::string_view bytes) {
        const auto done = propose(bytes);
        if (done || done.error().why != Why::faults || done.error().faults.size() != 1) return "no fault";
        EXPECT_EQ(done.error().faults[0].field, "emblem");
        return std::string(done.error().faults[0].key);
    }
    std::expected<void, SettingsRefused> confirm() {
        auto context = officer();
        const auto signed_in = session(executive);
        const auto row = officer_reads->settings().proposal();
        const std::string id = row && *row ? (*row)->id.text() : "";
        return confirm_settings(*MaySee::check(executive.actor()), *RecentlySignedIn::check(signed_in, clock.now()), context, id);
    }
    std::expected<void, SettingsRefused> withdraw() {
        auto context = officer();
        const auto row = *officer_reads->settings().proposal();
        return withdraw_settings(*MayChange::check(admin.actor()), context, row->id.text());
    }
    domain::Emblem in_force() { return *domain::emblem_from(profile.now()->profile.emblem); }
    domain::Emblem proposed() {
        const auto row = *officer_reads->settings().proposal();
        return *domain::emblem_from(domain::proposal_from_json(row->id.text(), row->document, profile.now()->profile)->emblem);
    }
    base::Result<std::string> read(const domain::Emblem &emblem) {
        return open_emblem(emblem, store->files().open(file_of(emblem)));
    }
    fs::path place(const domain::Emblem &emblem) {
        const std::string name = file_of(emblem).text();
        return folder / "files" / name.substr(0, 2) / name;
    }
    std::size_t on_disk() {
        const auto is_file = [](const fs::directory_entry &one) { return one.is_regular_file(); };
        return static_cast<std::size_t>(std::ranges::count_if(fs::recursive_directory_iterator(folder / "files"), is_file));
    }
};

TEST_F(Emblems, AreCleanedSealedAndShownOnceASecondPersonHasConfirmed) {
    const auto done = propose();
    ASSERT_TRUE(done && done->proposed && !done->in_force);
    EXPECT_EQ(profile.now()->profile.emblem, "");
    EXPECT_EQ(proposed().type, "image/png");
    EXPECT_EQ(proposed().length, cleaned.size());
    EXPECT_EQ(read(proposed()), cleaned);
    EXPECT_EQ(fs::file_size(place(proposed())), crypto::FileShape::of(0).stored) << "of the size of any small file";
    std::ifstream stored(place(proposed()), std::ios::binary);
    EXPECT_EQ(std::string((std::istreambuf_iterator<char>(stored)), {}).find("elephant"), std::string::npos);
    ASSERT_TRUE(confirm());
    EXPECT_EQ(read(in_force()), cleaned);
    const auto stored_versions = stored_profiles(officer_reads->settings(), file_profile());
    ASSERT_TRUE(stored_versions);
    EXPECT_EQ(domain::emblem_from(stored_versions->back().profile.emblem), in_force()) << "after a start as well";
}

TEST_F(Emblems, OfAnotherKindAreRefusedByTheirContent) {
    EXPECT_EQ(fault(""), "fault.emblem.empty");
    EXPECT_EQ(fault("<svg onload=alert(1)> EXIF:"), "fault.emblem.type");
    EXPECT_EQ(fault("<html> EXIF:"), "fault.emblem.type");
    EXPECT_EQ(fault("GIF89a EXIF:"), "fault.emblem.type");
    EXPECT_EQ(fault("PNG that nothing can clean"), "fault.emblem.unreadable");
    EXPECT_EQ(fault("PNG EXIF:" + std::string(domain::max_emblem, 'x')), "fault.emblem.too_large");
    inspector.grows = true;
    EXPECT_EQ(fault(picture), "fault.emblem.too_large_cleaned");
    inspector.busy = true;
    EXPECT_TRUE(refused(propose(), Why::busy));
    EXPECT_EQ(on_disk(), 0U);
    EXPECT_FALSE(*officer_reads->settings().proposal());
}

TEST_F(Emblems, AreNotLookedIntoWhileAnotherProposalWaitsOrTheFormIsOld) {
    ASSERT_TRUE(propose());
    EXPECT_TRUE(refused(propose(), Why::proposal_open));
    EXPECT_EQ(on_disk(), 1U);
    ASSERT_TRUE(confirm());
    auto context = officer();
    EXPECT_TRUE(refused(propose_emblem(*MayChange::check(admin.actor()), context, 0, base::view(picture)), Why::stale));
    EXPECT_EQ(on_disk(), 1U);
}

TEST_F(Emblems, ThatAreWithdrawnGoFromTheDiskAndThoseOfAVersionStay) {
    ASSERT_TRUE(propose());
    ASSERT_TRUE(withdraw());
    EXPECT_EQ(on_disk(), 0U);
    ASSERT_TRUE(propose());
    ASSERT_TRUE(confirm());
    const auto first = in_force();
    auto context = officer();
    const auto none = propose_no_emblem(*MayChange::check(admin.actor()), context, profile.now()->version);
    ASSERT_TRUE(none && none->proposed && !none->in_force) << "to have none needs two as well";
    EXPECT_EQ(in_force(), first);
    ASSERT_TRUE(confirm());
    EXPECT_EQ(profile.now()->profile.emblem, "");
    EXPECT_EQ(read(first), cleaned) << "an earlier version can be used again";
    ASSERT_TRUE(restore_settings(*MayChange::check(admin.actor()), context, 2, 1));
    ASSERT_TRUE(confirm());
    EXPECT_EQ(in_force(), first);
}

TEST_F(Emblems, AreWhatWasConfirmedOrNothing) {
    ASSERT_TRUE(propose());
    ASSERT_TRUE(confirm());
    const auto emblem = in_force();
    const auto file = place(emblem);
    const auto whole = [&] {
        std::ifstream in(file, std::ios::binary);
        return std::string((std::istreambuf_iterator<char>(in)), {});
    }();
    const auto put = [&](const std::string &bytes) { std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes; };
    for (const std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
        std::string altered = whole;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        put(altered);
        EXPECT_TRUE(fails_with(read(emblem), Code::refused));
    }
    for (const std::string &other : {whole.substr(0, whole.size() - 1), whole + "x", std::string()}) {
        put(other);
        EXPECT_TRUE(fails_with(read(emblem), Code::refused));
    }
    // Whoever knows the key makes another picture that opens: the digest does not let it through.
    std::string other;
    const auto key = crypto::FileKey::from(crypto::raw_secret, emblem.key);
    crypto::FileSealer sealer(key, {{}, emblem.id}, cleaned.size(), [&](base::View sealed) -> base::Result<> {
        other += base::text(sealed);
        return {};
    });
    ASSERT_TRUE(sealer.add(base::view(std::string(cleaned.size(), 'x'))));
    ASSERT_TRUE(sealer.finish());
    put(other);
    EXPECT_TRUE(fails_with(read(emblem), Code::refused));
    fs::remove(file);
    EXPECT_TRUE(fails_with(read(emblem), Code::refused));
    put(whole);
    EXPECT_EQ(read(emblem), cleaned);
}

TEST_F(Emblems, ThatWereAlteredWhileTheyWaitedCannotBeConfirmed) {
    ASSERT_TRUE(propose());
    fs::resize_file(place(proposed()), 1000);
    EXPECT_TRUE(refused(confirm(), Why::damaged));
    EXPECT_EQ(profile.now()->version, 0U);
}

TEST_F(Emblems, ALostOneKeepsNoOtherChangeBack) {
    ASSERT_TRUE(propose());
    ASSERT_TRUE(confirm());
    fs::remove(place(in_force()));
    auto context = officer();
    auto typed = profile.now()->profile;
    typed.exit_url = "https://exit.example.go.th/";
    ASSERT_TRUE(change_settings(*MayChange::check(admin.actor()), context, 1, typed));
    ASSERT_TRUE(confirm());
    EXPECT_EQ(profile.now()->profile.exit_url, "https://exit.example.go.th/");
}

TEST_F(Emblems, AreComparedByWhoConfirmsAndNothingElseIsGivenOut) {
    auto context = officer();
    const auto see = *MaySee::check(executive.actor());
    ASSERT_TRUE(propose());
    const std::string id = proposed().id.text();
    const auto shown = emblem_picture(see, context, id);
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->bytes, cleaned);
    EXPECT_EQ(shown->type, "image/png");
    EXPECT_TRUE(fails_with(emblem_picture(see, context, base::ObjectId::random().text()), Code::not_found));
    EXPECT_TRUE(fails_with(emblem_picture(see, context, ""), Code::not_found));
    ASSERT_TRUE(withdraw());
    EXPECT_TRUE(fails_with(emblem_picture(see, context, id), Code::not_found));
}

} // namespace
} // namespace usecases_test
