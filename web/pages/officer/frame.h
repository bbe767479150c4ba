// What the officers' layout shows of the person signed in, and the small words that their pages share.
#pragma once

#include "service/usecases/officer/cases.h"
#include "web/http/form.h"
#include "web/pages/common/faults.h"
#include "web/pages/officer/face.h"

namespace pages {

struct Viewer {
    std::string name;
    std::vector<domain::Post> posts;
    std::string csrf;
    bool custodian = false; // decides requests to see an identity
    bool settings = false;  // may see what the agency says of itself
    bool accounts = false;  // the menu leads to accounts and posts
    bool readers = false;   // there are readers to take note of
};
Viewer viewer_of(const usecases::OfficerSession &session);
bool may_read_audit(const Viewer &viewer);
// What somebody whom nobody has vouched for yet reads out to a colleague (parts/fingerprint); empty for everybody else.
std::string fingerprint_to_read(const OfficerRequest &page);
void show_fingerprint(View &view, const std::string &fingerprint);

// A page of the officer face; without a viewer the menu is left out.
http::Response officer_page(const Site &site, std::string_view page, const Frame &frame, View view,
                            const Viewer *viewer, unsigned status = 200);
http::Response officer_error_page(const Site &site, unsigned status, const http::Request *request,
                                  const Viewer *viewer, std::string_view said = {});
// Whether a POST comes from our own page of this session.
bool is_ours(const OfficerRequest &page, const http::Request &request, const http::Form &form);
// csrf, door, version, seen, named, once, step: fields of our forms that nobody types.
bool is_machinery(std::string_view field);
http::Response see_other(std::string location, const Frame &frame);

std::string post_name(const Site &site, const Frame &frame, domain::Post post);
// "หัวหน้าสำนักปลัด รักษาราชการแทนปลัด ตามคำสั่งที่ 7/2569": own post, capacity, the post acted for, and the order.
std::string acted_name(const Site &site, const Frame &frame, const domain::ActedAs &as);
std::string acted_names(const Site &site, const Frame &frame, std::span<const domain::ActedAs> list);
// Name, post and days of somebody who may have signed on paper.
std::string signer_name(const Site &site, const Frame &frame, const usecases::Signer &signer);
std::string state_name(const Site &site, const Frame &frame, domain::State state);
std::string category_name(const Site &site, const Frame &frame, std::string_view id); // empty: not yet classified
std::string register_number(const Site &site, const Frame &frame, const ports::RegisterNumber &number);
// "นิติกร, ปลัด", or that it is nobody's turn.
std::string turn_of(const Site &site, const Frame &frame, std::span<const domain::Post> posts);

// Catalogue texts of a move's field: its label ("outcome_2" speaks of the second issue) and the name of a choice.
std::string field_label(const Site &site, const Frame &frame, std::string_view name,
                        std::span<const std::string> allegations);
std::string in_both(const Site &site, std::string_view key); // a text for the reporter, whose language nobody knows
// What the reporter is told by a move that nobody words by hand, in both languages; empty for the others.
std::string standard_notice(const Site &site, std::string_view event);
std::string choice_name(const Site &site, const Frame &frame, std::string_view field, std::string_view choice);

} // namespace pages
