// Files by the holder of a receipt: as one form that any browser sends, and piece by piece with a script that goes on after a
// broken connection.
#pragma once

#include "web/pages/common/file_form.h"
#include "web/pages/reporter/tracking.h"

namespace pages {

// receipt, keep and files, in this order: the answer is the case's page, with what became of each file.
http::Response track_files(ReporterPage &page, http::Request &request, const http::Captures &);

// receipt, keep, name, size, mark and offset, then a file: what is missing of one file from `offset` on. Without a file:
// where to go on. The answer is JSON: state "stored" or "refused", each with a sentence, and whether to `care`; or "send" with the offset from
// which on bytes are missing; or "wait": another request is still taking the file.
http::Response track_upload(ReporterPage &page, http::Request &request, const http::Captures &);

// Section of parts/send-files.html; `frame` of the page that it stands on.
void show_send_files(View &view, const Site &site, const Frame &frame, const std::string &receipt, const domain::FileLimits &limits);

} // namespace pages
