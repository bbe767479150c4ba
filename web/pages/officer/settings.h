// What the agency says of itself, on the officers' face: overview with the open proposal and the history, one form for each part,
// the preview. Nothing of a case is in reach.
#pragma once

#include "service/usecases/officer/agency_settings.h"
#include "web/http/form.h"
#include "web/pages/officer/frame.h"

#include <map>

namespace pages {

http::Response settings_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response settings_done(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response settings_form(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response settings_step(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response settings_proposal(OfficerRequest &page, http::Request &request, const http::Captures &captures);
http::Response settings_restore(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response emblem_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response emblem_send(OfficerRequest &page, http::Request &request, const http::Captures &);
// One of the pictures that are compared.
http::Response emblem_view(OfficerRequest &page, http::Request &request, const http::Captures &captures);

// What every form of the settings says of its outcome: a catalogue key or nothing, the status, where a change leads.
std::string_view notice_of(usecases::SettingsRefused::Why why);
unsigned status_of(usecases::SettingsRefused::Why why);
http::Response settings_changed(const http::Request &request, const usecases::SettingsDone &what);
std::uint64_t version_typed(const http::Form &form); // 0: none

// texts, identity, manual, wordings, categories, channels: the forms, by their addresses. The emblem has one of its own, with a file.
inline constexpr std::string_view settings_parts[] = {"texts", "identity", "manual", "wordings", "categories", "channels"};

// A form as typed: fields of the table by their names; of a code list <list>_place_<id>, _th_, _en_ and _shown_ ("yes" or "").
struct SettingsForm {
    std::string_view part;
    std::uint64_t version = 0;
    std::map<std::string, std::string, std::less<>> typed;
    std::vector<domain::Fault> faults;
    std::string_view notice; // catalogue key, or empty
    std::vector<domain::Person> confirmers{}; // who may be the second person
};
// The fields of the table that a form has; nothing for the code lists.
std::optional<domain::ProfilePart> fields_part(std::string_view part);
bool proposes(std::string_view part); // its change waits for a second person
SettingsForm settings_form_of(const Site &site, std::string_view part, std::uint64_t version);
// The site's profile with what was typed; places that are no numbers become faults.
domain::AgencyProfile profile_typed(const Site &site, SettingsForm &form);

struct EmblemForm {
    std::uint64_t version = 0;
    std::vector<domain::Fault> faults;
    std::string_view notice; // catalogue key, or empty
    std::vector<domain::Person> confirmers{}; // who may be the second person
};
http::Response render_emblem(const Site &site, Frame frame, const Viewer &viewer, const EmblemForm &form, unsigned status = 200);

struct SettingsSays {
    std::string_view notice, done; // catalogue keys, or empty
};
http::Response render_settings(const Site &site, const Frame &frame, const Viewer &viewer, const usecases::SettingsView &shown,
                               bool may_change, const SettingsSays &says, unsigned status = 200);
http::Response render_settings_form(const Site &site, Frame frame, const Viewer &viewer, const SettingsForm &form,
                                    unsigned status = 200);
http::Response render_settings_preview(const Site &site, Frame frame, const Viewer &viewer, const SettingsForm &form,
                                       const domain::AgencyProfile &draft, const domain::ManualVersions &drafted, base::Day today);

} // namespace pages
