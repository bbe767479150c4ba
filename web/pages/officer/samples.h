// Every page of the face with invented content: rendered at start to prove that pages and templates agree, and by
// tests.
#pragma once

#include "service/usecases/officer/printing.h"
#include "web/pages/officer/frame.h"

namespace pages {

struct OfficerSample {
    std::string name;
    http::Response answer;
};
std::vector<OfficerSample> audit_samples(const Site &site, Language language); // part of the others
void add_officers_samples(std::vector<OfficerSample> &out, const Site &site, Language language); // accounts, posts, joining
std::vector<OfficerSample> officer_samples(const Site &site, Language language);

// Parts of the list above that stand in files of their own.
void add_account_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, const Viewer &viewer);
void add_mail_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, Viewer admin);
void add_entry_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, const Viewer &legal);
void add_settings_samples(std::vector<OfficerSample> &out, const Site &site, Frame at, Viewer admin);
// `shown`: an ended case, no copies.
void add_print_samples(std::vector<OfficerSample> &out, const Site &site, const Frame &frame, const Viewer &legal, usecases::CasePrints shown);

} // namespace pages
