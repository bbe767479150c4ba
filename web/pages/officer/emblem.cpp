#include "service/usecases/officer/emblem.h"

#include "web/http/multipart.h"
#include "web/pages/officer/settings.h"
#include "web/pages/officer/sign_in.h"

namespace pages {

namespace {

// The picture in memory, as far as it can be an emblem and one byte more; the rest is read and thrown away, because a
// browser shows an answer only after it has sent everything.
class PictureSink final : public http::FileSink {
public:
    bool chosen() const { return chosen_; }
    base::View picture() const { return picture_; }

private:
    bool begin(const http::FilePart &) override { return !std::exchange(chosen_, true); } // there is one file in the form
    bool data(std::string_view bytes) override {
        const auto taken = bytes.substr(0, domain::max_emblem + 1 - picture_.size());
        picture_.insert(picture_.end(), taken.begin(), taken.end());
        return true;
    }
    bool end() override { return true; }

    base::Bytes picture_;
    bool chosen_ = false;
};

http::Response show_form(OfficerRequest &page, const http::Request &request, EmblemForm form, unsigned status = 200) {
    if (const auto permitted = usecases::MayChange::check(page.session->actor))
        if (auto confirmers = usecases::settings_confirmers(*permitted, page.use)) form.confirmers = std::move(*confirmers);
    return render_emblem(page.site, frame_of(request, ""), viewer_of(*page.session), form, status);
}

} // namespace

http::Response emblem_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return show_form(page, request, {page.use.profile.now()->version, {}, ""});
}

http::Response emblem_send(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Viewer viewer = viewer_of(*page.session);
    const auto boundary = http::multipart_boundary(request.content_type);
    if (!request.stream || !boundary) return officer_error_page(page.site, 400, &request, &viewer);
    PictureSink sink;
    http::MultipartParser parser(*boundary, sink);
    if (!http::read_multipart(*request.stream, parser)) return officer_error_page(page.site, 400, &request, &viewer);
    if (!is_ours(page, request, parser.fields())) return officer_error_page(page.site, 403, &request, &viewer);
    const auto permitted = usecases::MayChange::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    EmblemForm form{page.use.profile.now()->version, {}, ""};
    const bool removes = parser.fields().get("step") == "remove";
    if (!removes && !sink.chosen()) {
        form.faults = {{"emblem", "fault.emblem.chosen"}};
        return show_form(page, request, std::move(form), 400);
    }
    const std::uint64_t version = version_typed(parser.fields());
    const auto done = removes ? usecases::propose_no_emblem(*permitted, page.use, version)
                              : usecases::propose_emblem(*permitted, page.use, version, sink.picture());
    if (done) return settings_changed(request, *done);
    form.faults = done.error().faults;
    form.notice = notice_of(done.error().why);
    return show_form(page, request, std::move(form), status_of(done.error().why));
}

http::Response emblem_view(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = usecases::MaySee::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    auto found = usecases::emblem_picture(*permitted, page.use, captures[0]);
    const auto code = found ? base::Code::internal : found.error().code;
    const bool lost = code == base::Code::not_found || code == base::Code::refused;
    if (!found) return officer_error_page(page.site, lost ? 404 : 503, &request, &viewer);
    http::Response out;
    out.sandboxed = true;
    out.content_type = std::move(found->type);
    out.body = std::move(found->bytes);
    return out;
}

} // namespace pages
