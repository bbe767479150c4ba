// The officer face: sign-in, queue, cases. Every POST is demanded to come from our own page (CSRF token of the
// session); an address that a person may not see answers exactly like one that does not exist.
#pragma once

#include "service/usecases/officer/act.h"
#include "service/usecases/officer/cases.h"
#include "web/http/route.h"
#include "web/pages/common/site.h"

namespace pages {

struct OfficerPage {
    usecases::OfficerContext &use;
    const Site &site;
};

// One request, as handlers see it. The session is there on every route for Audience::officer.
struct OfficerRequest {
    usecases::OfficerContext &use;
    const Site &site;
    std::optional<usecases::OfficerSession> session;
    std::string cookie; // its field, empty without one
    std::string new_door{}; // of the cookie that this answer sets: see door.h
};

enum class OfficerRight {
    none,
    read_cases,
    work_cases,
    decide_identity,
    read_audit,
    change_settings,
    confirm_settings,
    see_accounts,
};
using OfficerRoute = http::Route<OfficerRequest, OfficerRight>;

std::span<const OfficerRoute> officer_routes();
std::span<const PageFile> officer_page_files();

bool may_use(const usecases::OfficerSession &session, const OfficerRoute &route); // by the right that the table names
// Finds the route, resumes the session, checks the right of the table, runs the handler. Throws only for bugs.
http::Response answer_officer(OfficerPage &page, http::Request &request);
std::chrono::milliseconds officer_answer_step(http::Method method, std::string_view path);
std::size_t officer_body_limit(http::Method method, std::string_view path); // bytes
bool officer_streamed(http::Method method, std::string_view path); // whether the body is read while it comes
http::Lane officer_lane(http::Method method, std::string_view path);
// Whose browser it comes from, as far as a kept place in the password lane needs it: it says nothing about who asks.
std::optional<base::OfficerId> known_officer(const crypto::InstanceKeys &keys, base::Day today, const http::Request &request);
// When `request` still has the body of a case's form, its texts are shown so that they can be copied.
http::Response officer_error(const Site &site, unsigned status, const http::Request *request);

// Renders every page with samples in both languages: a sentence naming the first that does not fit, or empty.
std::string check_officer_pages(const Site &site);

} // namespace pages
