// What the address of the queue asks for, and the addresses of its other pages: names of states, orders and pages, never anybody's words.
#pragma once

#include "service/usecases/officer/queue.h"
#include "web/pages/officer/frame.h"

namespace pages {

// What no page of ours offers is left out.
usecases::QueueQuery queue_query(const Site &site, std::string_view query);
// "state=screening&page=2", as queue_query() reads it; without what was typed.
std::string query_text(const usecases::QueueQuery &query);
std::string queue_url(const Frame &frame, const usecases::QueueQuery &query);

// The form that filters and sorts.
void show_filter(View &view, const Site &site, const Frame &frame, const usecases::QueueQuery &query);

} // namespace pages
