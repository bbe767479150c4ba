// A complaint that came by telephone, letter, box or in person, typed by who took it; and what the person is given of it.
#pragma once

#include "service/usecases/officer/entry.h"
#include "web/pages/common/filing_form.h"
#include "web/pages/officer/frame.h"
#include "web/print/document.h"

namespace pages {

http::Response entry_form(OfficerRequest &page, http::Request &request, const http::Captures &);
http::Response entry_send(OfficerRequest &page, http::Request &request, const http::Captures &);
// The receipt as PDF, out of what the form of the result holds: nothing of it is stored.
http::Response entry_slip(OfficerRequest &page, http::Request &request, const http::Captures &);

// What the form had in it when it could not be carried out, and what to say.
struct TypedEntry {
    domain::EntryForm form{};
    bool wants_receipt = true; // there is somebody to give it to
    bool others = false;       // nobody of the line is meant by a name like theirs
    std::string once{};
    std::vector<domain::Fault> faults{};
    std::vector<base::OfficerId> matches{};
    std::string_view notice{}; // catalogue key, or empty
};
http::Response render_entry(const Site &site, Frame frame, const Viewer &viewer, std::span<const domain::Holder> line,
                            const TypedEntry &typed, unsigned status = 200);
http::Response render_entered(const Site &site, Frame frame, const Viewer &viewer, const usecases::Entered &entered, bool with_receipt);

// The printed receipt: how the person follows their complaint. `number`: in words.
print::Document receipt_slip(const Site &site, const Frame &frame, const std::string &receipt, const std::string &number,
                             const std::string &address);

} // namespace pages
