#include "web/pages/common/file_form.h"

#include "service/domain/file_name.h"

namespace pages {

namespace {

// Of files that are not taken: a browser shows a page only after it has sent everything.
constexpr std::uint64_t most_skipped = std::uint64_t{512} << 20;

// More files than a case takes: each is told of by its name.
constexpr std::size_t most_parts = 256;

} // namespace

FileForm::Read FileForm::read(http::Request &request) {
    const auto boundary = http::multipart_boundary(request.content_type);
    if (!boundary || !request.stream) return Read::broken;
    parser_.emplace(*boundary, *this, http::MultipartLimits{.parts = most_parts});
    const auto read = http::read_multipart(*request.stream, *parser_);
    now_.reset(); // a file that did not come to its end
    if (read) return Read::whole;
    switch (read.error()) {
    case http::MultipartFault::stopped:
        return Read::stopped;
    case http::MultipartFault::cut:
        return Read::cut;
    case http::MultipartFault::form:
    case http::MultipartFault::too_much:
        return Read::broken;
    }
    return Read::broken;
}

const http::Form &FileForm::fields() const {
    static const http::Form none;
    return parser_ ? parser_->fields() : none;
}

bool FileForm::begin(const http::FilePart &part) {
    now_ = begin_(parser_->fields(), part.name);
    if (!now_) return false;
    results_.push_back({domain::file_name(part.name), std::unexpected(domain::FileFault::failed)});
    return true;
}

bool FileForm::data(std::string_view bytes) {
    if (!now_) return (skipped_ += bytes.size()) <= most_skipped;
    if (const auto taken = now_->add(base::view(bytes)); !taken) {
        results_.back().outcome = std::unexpected(taken.error());
        now_.reset();
    }
    return true;
}

bool FileForm::end() {
    if (now_) results_.back().outcome = now_->finish();
    now_.reset();
    return true;
}

void show_file_results(View &view, const Site &site, const Frame &frame, std::span<const FileResult> results) {
    view.list("FILE_RESULTS");
    if (results.empty()) return;
    View &section = view.row("FILE_RESULTS").list("FILE_RESULT");
    for (const FileResult &result : results) {
        const auto id = result.outcome ? "file.metadata." + std::string(domain::id(result.outcome->metadata))
                                       : "file.fault." + std::string(domain::id(result.outcome.error()));
        section.row("FILE_RESULT")
            .set("FILE_NAME", result.name.empty() ? site.text(frame, "file.nameless") : result.name)
            .set("FILE_OUTCOME", site.text(frame, result.outcome ? "file.stored" : "file.not_stored"))
            .show("FILE_REFUSED", !result.outcome)
            .show("FILE_TELLS", result.outcome && domain::tells(result.outcome->metadata))
            .set("FILE_DETAIL", site.text(frame, id));
    }
}

std::string size_text(const Site &site, const Frame &frame, std::uint64_t bytes) {
    constexpr std::uint64_t kib = 1024, mib = kib * kib;
    const bool large = bytes >= mib;
    const std::uint64_t unit = large ? mib : kib;
    return site.catalogue().text(frame.language, large ? "file.size.mb" : "file.size.kb",
                                 {{"NUMBER", std::to_string((bytes + unit - 1) / unit)}});
}

} // namespace pages
