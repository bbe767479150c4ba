// The agency's emblem: a picture that an admin sends, another officer confirms, and the pages of both faces show.
#pragma once

#include "service/domain/emblem.h"
#include "service/usecases/officer/agency_settings.h"

namespace usecases {

ports::FileName file_of(const domain::Emblem &emblem);
std::optional<ports::FileName> emblem_file(const domain::AgencyProfile &profile);

// Looked into, cleaned and sealed on the disk; then a change of the profile like any other. Faults stand at the field
// "emblem": fault.emblem.empty, fault.emblem.too_large, fault.emblem.type, fault.emblem.unreadable (what cannot be cleaned
// is not taken), fault.emblem.too_large_cleaned.
std::expected<SettingsDone, SettingsRefused> propose_emblem(const MayChange &permitted, OfficerContext &context,
                                                            std::uint64_t version, base::View picture);
std::expected<SettingsDone, SettingsRefused> propose_no_emblem(const MayChange &permitted, OfficerContext &context,
                                                               std::uint64_t version);

// The picture, of what lies under its name. Code::refused: that is not there, cut, exchanged or altered.
base::Result<std::string> open_emblem(const domain::Emblem &emblem,
                                      const base::Result<std::unique_ptr<ports::StoredFile>> &stored);

// One that the proposal or a version names, for whoever compares them. Code::not_found: none of them does.
struct EmblemPicture {
    std::string type, bytes;
};
base::Result<EmblemPicture> emblem_picture(const MaySee &permitted, OfficerContext &context, std::string_view id);

} // namespace usecases
