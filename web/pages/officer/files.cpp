#include "web/pages/officer/files.h"

#include "web/http/range.h"
#include "web/pages/common/file_form.h"
#include "web/pages/officer/sign_in.h"

#include <algorithm>

namespace pages {

namespace {

using usecases::MayAttachFiles, usecases::MayReadFiles;

// The bytes of an open file, or of a part of it, as they are asked for.
class FileSource final : public http::BodySource {
public:
    FileSource(usecases::FileReading reading, const http::Part &part)
        : reading_(std::move(reading)), at_(part.first), end_(part.first + part.size), size_(part.size) {}

    std::size_t length() const override { return size_; }
    std::optional<std::size_t> read(std::span<char> out) override {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), end_ - at_));
        const auto read = reading_.read(at_, {reinterpret_cast<base::Byte *>(out.data()), wanted});
        if (!read) return std::nullopt; // altered since it was compared: the connection ends
        at_ += *read;
        return *read;
    }

private:
    usecases::FileReading reading_;
    std::uint64_t at_, end_;
    std::size_t size_;
};

// Why a file cannot be shown or given away.
http::Response cannot_open(OfficerRequest &page, const http::Request &request, base::Code code) {
    const Viewer viewer = viewer_of(*page.session);
    if (code == base::Code::not_found) return officer_error_page(page.site, 404, &request, &viewer);
    if (code == base::Code::refused) return render_tampered(page.site, frame_of(request, ""), viewer);
    return officer_error_page(page.site, 503, &request, &viewer, code == base::Code::storage_failed ? "unlogged" : "");
}

http::Response show_file(OfficerRequest &page, const http::Request &request, const http::Captures &captures, unsigned status) {
    const auto permitted = MayReadFiles::check(page.session->actor);
    if (!permitted) return cannot_open(page, request, base::Code::not_found);
    const auto shown = usecases::file_of_case(*permitted, page.use, *page.session, captures[0], captures[1]);
    if (!shown) return cannot_open(page, request, shown.error().code);
    return render_file(page.site, frame_of(request, ""), viewer_of(*page.session), *shown, status);
}

http::Response give(OfficerRequest &page, const http::Request &request, const http::Captures &captures, usecases::FileUse use) {
    const auto permitted = MayReadFiles::check(page.session->actor);
    if (!permitted) return cannot_open(page, request, base::Code::not_found);
    auto reading = usecases::open_file(*permitted, page.use, *page.session, captures[0], captures[1], use);
    if (!reading && reading.error().code == base::Code::refused) return show_file(page, request, captures, 500); // says which it is
    if (!reading) return cannot_open(page, request, reading.error().code);
    const http::Part part = http::parse_range(request.range, reading->length());
    http::Response out;
    out.status = part.status;
    out.sandboxed = true;
    out.content_range = http::content_range(part, reading->length());
    const bool view = use == usecases::FileUse::view;
    out.content_type = view ? reading->record().type : "application/octet-stream";
    if (!view) out.download_name = download_name(page.site, frame_of(request, ""), reading->record());
    if (part.size != 0) out.stream = std::make_shared<FileSource>(std::move(*reading), part);
    return out;
}

// The form that brings files, while it comes.
class Attaching {
public:
    Attaching(OfficerRequest &page, const http::Request &request, std::string_view id) : page_(page), request_(request), id_(id) {}

    // The form's fields stand before its files, and what they say is looked at before the first byte of one.
    std::optional<FileSteps> begin(const http::Form &fields, std::string_view name) {
        if (!attach_ && !open(fields)) return std::nullopt;
        return steps_of(std::shared_ptr(attach_->begin(name, *purpose_, fields.get("keep") == "yes")));
    }
    std::optional<base::Code> refused; // what the case says

private:
    bool open(const http::Form &fields) {
        purpose_ = domain::purpose_from(fields.get("purpose"));
        const auto permitted = MayAttachFiles::check(page_.session->actor);
        // A change of language sends the form, too, with whatever is chosen in it.
        const bool to_show = fields.get("step") == "show";
        if (to_show || !is_ours(page_, request_, fields) || !purpose_ || !permitted) return false;
        auto attach = usecases::AttachFiles::to(*permitted, page_.use, *page_.session, id_);
        if (attach)
            attach_.emplace(std::move(*attach));
        else
            refused = attach.error().code;
        return attach.has_value();
    }

    OfficerRequest &page_;
    const http::Request &request_;
    std::string_view id_;
    std::optional<domain::Purpose> purpose_;
    std::optional<usecases::AttachFiles> attach_;
};

CaseForm typed_form(const http::Form &fields) {
    CaseForm out;
    out.event = "files";
    for (const char *name : {"purpose", "keep"})
        if (fields.has(name)) out.values.emplace(name, fields.get(name));
    return out;
}

// No file came, or none was taken: what is wrong with the form.
http::Response nothing_stored(OfficerRequest &page, const http::Request &request, std::string_view id, const http::Form &fields) {
    CaseForm typed = typed_form(fields);
    if (!is_ours(page, request, fields)) {
        typed.notice = "case.notice.form";
        return show_case(page, request, id, typed, 403);
    }
    if (fields.get("step") == "show") return show_case(page, request, id, typed);
    if (!domain::purpose_from(fields.get("purpose"))) typed.faults.push_back({"purpose", "fault.file.purpose"});
    typed.faults.push_back({"files", "fault.file.chosen"});
    return show_case(page, request, id, typed, 400);
}

} // namespace

http::Response case_file(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return show_file(page, request, captures, 200);
}

http::Response case_file_view(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return give(page, request, captures, usecases::FileUse::view);
}

http::Response case_file_download(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    return give(page, request, captures, usecases::FileUse::download);
}

http::Response case_attach(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const std::string id(captures[0]);
    if (!request.stream || !http::multipart_boundary(request.content_type)) { // a form without files, or one that comes back unsent
        const auto fields = http::parse_form(request);
        if (!fields) return officer_error_page(page.site, 400, &request, &viewer);
        return nothing_stored(page, request, id, *fields);
    }
    Attaching attaching(page, request, id);
    FileForm files([&](const http::Form &fields, std::string_view name) { return attaching.begin(fields, name); });
    const auto read = files.read(request);
    if (attaching.refused) return cannot_open(page, request, *attaching.refused);
    if (files.results().empty() && (read == FileForm::Read::broken || read == FileForm::Read::cut))
        return officer_error_page(page.site, 400, &request, &viewer);
    if (files.results().empty()) return nothing_stored(page, request, id, files.fields());
    CaseForm form;
    form.event = "files";
    form.files = files.results();
    if (read != FileForm::Read::whole) form.notice = "file.notice.rest";
    return show_case(page, request, id, form);
}

} // namespace pages
