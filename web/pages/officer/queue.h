// The list of cases that open for the viewer, with running totals; for posts that never read cases, what they may do.
#pragma once

#include "service/usecases/officer/roster_notice.h"
#include "web/pages/officer/frame.h"

namespace pages {

http::Response home(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response queue_page(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response queue_search(OfficerRequest &page, http::Request &request, const http::Captures &);

// The last day of the step that a case waits for, and how near it is.
void show_due(View &view, const Site &site, const Frame &frame, const usecases::QueueRow &row);
void show_turn(View &view, const Site &site, const Frame &frame, const usecases::QueueRow &row); // whom it waits for
http::Response render_queue(const Site &site, Frame frame, const Viewer &viewer, const usecases::QueueView &queue,
                            const usecases::QueueQuery &query = {}, const usecases::RosterNotice &notice = {});
// `fingerprint`: of keys that nobody has vouched for yet, else empty.
http::Response render_role(const Site &site, const Frame &frame, const Viewer &viewer,
                           const usecases::RosterNotice &notice = {}, const std::string &fingerprint = {});

} // namespace pages
