// A form with files, of either face: each file is taken while it comes, and what became of each is told afterwards.
#pragma once

#include "crypto/base/bytes.h"
#include "service/domain/file_record.h"
#include "web/http/multipart.h"
#include "web/pages/common/site.h"

#include <functional>

namespace pages {

// How a face takes one file.
struct FileSteps {
    std::function<std::expected<void, domain::FileFault>(base::View bytes)> add;
    std::function<std::expected<domain::FileRecord, domain::FileFault>()> finish;
};
template <class Intake> FileSteps steps_of(std::shared_ptr<Intake> intake) {
    return {[intake](base::View bytes) { return intake->add(bytes); }, [intake] { return intake->finish(); }};
}

struct FileResult {
    std::string name; // domain::file_name()
    std::expected<domain::FileRecord, domain::FileFault> outcome;
};

class FileForm final : public http::FileSink {
public:
    // Asked for each file, with the fields that stand before it. Nothing: none is taken, and the form is read no further.
    using Begin = std::function<std::optional<FileSteps>(const http::Form &fields, std::string_view name_as_sent)>;
    explicit FileForm(Begin begin) : begin_(std::move(begin)) {}

    enum class Read {
        whole,
        stopped, // as `begin` said, or because too much came that is not taken
        broken,  // no form with files, or not as browsers send one
        cut,     // the rest will not come: nobody waits for an answer
    };
    Read read(http::Request &request); // once

    const http::Form &fields() const; // after read(): those that came
    const std::vector<FileResult> &results() const { return results_; }

private:
    bool begin(const http::FilePart &part) override;
    bool data(std::string_view bytes) override;
    bool end() override;

    Begin begin_;
    std::optional<http::MultipartParser> parser_;
    std::optional<FileSteps> now_; // none while what comes is thrown away
    std::vector<FileResult> results_;
    std::uint64_t skipped_ = 0;
};

// Section FILE_RESULTS (parts/file-results.html): each file with what became of it. Nothing without results.
void show_file_results(View &view, const Site &site, const Frame &frame, std::span<const FileResult> results);

// "12 MB": rounded up to what a person compares, in units of 1,024.
std::string size_text(const Site &site, const Frame &frame, std::uint64_t bytes);

} // namespace pages
