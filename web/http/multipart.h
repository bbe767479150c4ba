// multipart/form-data as browsers send it (RFC 7578, RFC 2046 section 5.1.1, WHATWG HTML), read while it comes: fields
// are collected like those of any form, files go on as they arrive and are never held here.
#pragma once

#include "web/http/body.h"
#include "web/http/form.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace http {

struct MultipartLimits {
    std::size_t parts = 64;
    std::size_t head_bytes = 8 * 1024;   // the header of one part: names of files may be long
    std::size_t name_bytes = 64;         // of a field
    std::size_t field_bytes = 16 * 1024; // all fields together
    std::size_t around_bytes = 1024;     // before the first part, and behind the last
};

enum class MultipartFault {
    form,     // not what a browser sends
    too_much, // beyond a limit
    stopped,  // the sink wants no more
    cut       // the rest will not come
};

// The name as it was sent, without its encoding: any bytes. domain::file_name() makes a name of it that can be shown.
struct FilePart {
    std::string_view field;        // UTF-8
    std::string_view name;         // empty: none was sent
    std::string_view content_type; // "image/jpeg", lower case, without parameters; empty when it is none
};

// Where files go. False stops the reading. A file input without a choice is no file; one without a name has bytes.
class FileSink {
public:
    virtual ~FileSink() = default;
    virtual bool begin(const FilePart &part) = 0;
    virtual bool data(std::string_view bytes) = 0; // any size but 0
    virtual bool end() = 0;                        // this file is whole
};

// The boundary in the content type of a request; nothing when it is not multipart/form-data with exactly one of 1 to 70
// of the characters that may stand there.
std::optional<std::string> multipart_boundary(std::string_view content_type);

// Fed with the body piece by piece. However it is cut, the sink hears the same, except for the sizes of data. After a
// fault there is nothing but this fault.
class MultipartParser {
public:
    // Both must outlive the parser.
    MultipartParser(std::string_view boundary, FileSink &sink, const MultipartLimits &limits = {});
    ~MultipartParser(); // clears what it held
    MultipartParser(const MultipartParser &) = delete;
    MultipartParser &operator=(const MultipartParser &) = delete;

    std::expected<void, MultipartFault> feed(std::string_view bytes);
    std::expected<void, MultipartFault> finish(); // the body has ended: a fault unless the last part has, too

    const Form &fields() const { return fields_; } // those that are whole so far

private:
    enum class State { before, part, delimiter, head, after };
    enum class Part { field, file, nameless_file };

    void until_delimiter(std::string_view &bytes);
    void content(std::string_view bytes);
    void behind_delimiter(std::string_view &bytes);
    void head(std::string_view &bytes);
    void begin_part(std::string_view head);
    void end_part();
    void around(std::size_t bytes);
    void fail(MultipartFault fault);
    std::expected<void, MultipartFault> outcome() const;

    const std::string delimiter_; // CR LF, two hyphens, boundary: its one CR is its first byte
    FileSink &sink_;
    const MultipartLimits limits_;
    std::optional<MultipartFault> fault_;
    State state_ = State::before;
    std::size_t matched_ = 2; // of the delimiter, at the end of what came: a body begins as if behind a line's end
    std::size_t around_ = 0, parts_ = 0, field_bytes_ = 0;
    std::string held_; // the rest of a delimiter's line, or the header of a part
    Part part_ = Part::field;
    std::string name_, type_, value_; // name: of the field or of the file input
    Form fields_;
};

// Reads the whole body through the parser, or up to its first fault.
std::expected<void, MultipartFault> read_multipart(BodyReader &body, MultipartParser &parser);

} // namespace http
