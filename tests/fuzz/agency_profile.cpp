// The agency's settings as they stand in the database: what is read passes its own check, and written again it is the same.
#include "service/domain/agency_profile.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

namespace {

using fuzz::demand;
using namespace domain;

void check(const AgencyProfile &profile) {
    const auto checked = check_profile(profile);
    demand(checked && *checked == profile && differences(profile, *checked).empty());
    for (const ProfileField &field : profile_fields())
        demand(http::is_utf8(field.in(profile)));
    demand(*contrast_with_white(profile.colour) >= least_contrast && !profile.exit_url.starts_with("javascript"));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view input = fuzz::text(data, size);
    if (const auto version = profile_from_json(input)) {
        check(version->profile);
        const auto again = profile_from_json(to_json(*version));
        demand(again && again->version == version->version && again->profile == version->profile);
    }
    AgencyProfile base;
    base.name = base.responsible_unit = {"x", "x"};
    if (const auto wanted = proposal_from_json("0a", input, base)) {
        check(*wanted);
        const auto again = proposal_from_json("0a", proposal_to_json("0a", *wanted), base);
        demand(again && *again == *wanted && again->colour == base.colour);
    }
    if (!http::is_utf8(input)) return 0;
    // The same texts as somebody types them: checked twice is checked once.
    for (const ProfileField &field : profile_fields())
        field.of(base) = std::string(input.substr(0, 64));
    if (const auto once = check_profile(base)) check(*once);
    for (const ProfileField &field : profile_fields()) {
        AgencyProfile typed;
        typed.name = typed.responsible_unit = {"x", "x"};
        field.of(typed) = std::string(input);
        if (const auto once = check_profile(typed)) check(*once);
    }
    return 0;
}
