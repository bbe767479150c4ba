#include "service/runtime/agency_profile.h"

#include "service/runtime/instance.h"
#include "service/usecases/officer/emblem.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace runtime {

std::expected<domain::AgencyProfile, std::string> profile_of(const Settings &settings) {
    domain::AgencyProfile profile;
    profile.kind = settings.kind;
    profile.name = {settings.name_th, settings.name_en};
    profile.responsible_unit = {settings.unit_th, settings.unit_en};
    profile.contact = {settings.contact_th, settings.contact_en};
    profile.general_channel = {settings.general_channel_th, settings.general_channel_en};
    profile.general_channel_url = settings.general_channel_url;
    profile.exit_url = settings.exit_url;
    profile.onion = settings.onion;
    profile.colour = settings.colour;
    auto checked = domain::check_profile(profile);
    if (!checked)
        return std::unexpected(fmt::format("the settings file says something of the agency that its pages cannot show: {} ({})",
                                           checked.error().front().field, checked.error().front().key));
    return *checked;
}

std::string channel_address(const Settings &settings) {
    return settings.reporter_public_name.empty() ? "" : "https://" + settings.reporter_public_name;
}

pages::EmblemOf emblem_of(ports::FileShelf &shelf) {
    return [&shelf](const domain::Emblem &emblem) -> std::optional<std::string> {
        auto picture = usecases::open_emblem(emblem, shelf.open(usecases::file_of(emblem)));
        if (picture)
            return std::move(*picture);
        spdlog::error("{}", sentence("pages are without the agency's emblem, see sucharit doctor", picture.error()));
        return std::nullopt;
    };
}

} // namespace runtime
