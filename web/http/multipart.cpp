#include "web/http/multipart.h"

#include "web/http/parameters.h"
#include "web/http/request_parts.h"
#include "web/http/text.h"
#include "web/http/wipe.h"

#include <algorithm>

namespace http {
namespace {

constexpr std::size_t most_padding = 16; // behind a delimiter: no browser sends any
constexpr std::size_t most_type = 127;   // bytes of a media type (RFC 6838 section 4.2 allows one such word)

bool is_boundary(std::string_view text) { // RFC 2046 section 5.1.1
    constexpr std::string_view marks = "'()+_,-./:=? ";
    return !text.empty() && text.size() <= 70 && !text.ends_with(' ') && std::ranges::all_of(text, [&](char c) {
        return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') || marks.find(c) != marks.npos;
    });
}

// Browsers write three bytes of a name otherwise and no more: a '%' before anything else is a '%'.
void append_name(std::string_view sent, std::string &out) {
    grow(out, sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        const std::string_view three = sent.substr(i, 3);
        const char meant = three == "%22"                     ? '"'
                           : three == "%0D" || three == "%0d" ? '\r'
                           : three == "%0A" || three == "%0a" ? '\n'
                                                              : '\0';
        out += meant != '\0' ? meant : sent[i];
        if (meant != '\0') i += 2;
    }
}

// UTF-8''%E0%B8%81 (RFC 8187): no browser sends it, some programs do. False: not such a value.
bool append_extended_name(std::string_view sent, std::string &out) {
    const auto first = sent.find('\''), second = first == sent.npos ? sent.npos : sent.find('\'', first + 1);
    if (second == sent.npos || lower(sent.substr(0, first)) != "utf-8") return false;
    sent.remove_prefix(second + 1);
    grow(out, sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (sent[i] != '%') {
            out += sent[i];
            continue;
        }
        const int high = i + 2 < sent.size() ? hex_digit(sent[i + 1]) : -1;
        const int low = i + 2 < sent.size() ? hex_digit(sent[i + 2]) : -1;
        if (high < 0 || low < 0) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

struct PartHead {
    std::string_view disposition, type, encoding;
};

// Nothing: not lines of a header, or one of ours twice.
std::optional<PartHead> split_head(std::string_view head) {
    PartHead out;
    while (!head.empty()) {
        const auto line = head.substr(0, head.find("\r\n"));
        head.remove_prefix(line.size() + 2);
        const auto colon = line.find(':');
        if (colon == line.npos || !is_token(line.substr(0, colon)) || line.find_first_of("\r\n") != line.npos)
            return std::nullopt; // a folded line begins with a blank, which no token does
        const auto name = lower(line.substr(0, colon));
        std::string_view *ours = name == "content-disposition"         ? &out.disposition
                                 : name == "content-type"              ? &out.type
                                 : name == "content-transfer-encoding" ? &out.encoding
                                                                       : nullptr;
        if (ours == nullptr) continue;
        if (ours->data() != nullptr) return std::nullopt;
        *ours = trimmed(line.substr(colon + 1));
        if (ours->empty()) return std::nullopt;
    }
    return out;
}

// No part of parts, and nothing that would have to be decoded (RFC 7578 section 4.7).
bool is_plain(const PartHead &head) {
    const std::string encoding = lower(head.encoding);
    return !lower(head.type).starts_with("multipart/") &&
           (encoding.empty() || encoding == "7bit" || encoding == "8bit" || encoding == "binary");
}

std::string media_type(std::string_view sent) {
    const auto parsed = parse_parameters(sent);
    return parsed && parsed->value.size() <= most_type && parsed->value.contains('/') ? lower(parsed->value) : "";
}

} // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    const auto parsed = parse_parameters(content_type);
    if (!parsed || lower(parsed->value) != "multipart/form-data") return std::nullopt;
    const auto boundary = parsed->get("boundary");
    if (!boundary || !is_boundary(*boundary)) return std::nullopt;
    return std::string(*boundary);
}

MultipartParser::MultipartParser(std::string_view boundary, FileSink &sink, const MultipartLimits &limits)
    : delimiter_("\r\n--" + std::string(boundary)), sink_(sink), limits_(limits) {}

MultipartParser::~MultipartParser() {
    for (std::string *text : {&held_, &name_, &type_, &value_})
        wipe(*text);
}

std::expected<void, MultipartFault> MultipartParser::feed(std::string_view bytes) {
    while (!bytes.empty() && !fault_) {
        switch (state_) {
        case State::before:
        case State::part:
            until_delimiter(bytes);
            break;
        case State::delimiter:
            behind_delimiter(bytes);
            break;
        case State::head:
            head(bytes);
            break;
        case State::after:
            around(bytes.size());
            bytes = {};
        }
    }
    return outcome();
}

std::expected<void, MultipartFault> MultipartParser::finish() {
    if (state_ != State::after) fail(MultipartFault::form);
    return outcome();
}

std::expected<void, MultipartFault> MultipartParser::outcome() const {
    if (fault_) return std::unexpected(*fault_);
    return {};
}

void MultipartParser::fail(MultipartFault fault) {
    if (!fault_) fault_ = fault;
}

void MultipartParser::around(std::size_t bytes) {
    around_ += bytes;
    if (around_ > limits_.around_bytes) fail(MultipartFault::too_much);
}

void MultipartParser::until_delimiter(std::string_view &bytes) {
    while (matched_ != 0 && matched_ != delimiter_.size() && !bytes.empty()) {
        if (bytes.front() == delimiter_[matched_]) {
            ++matched_;
            bytes.remove_prefix(1);
            continue;
        }
        content(std::string_view(delimiter_).substr(0, std::exchange(matched_, 0)));
        if (fault_) return;
    }
    if (matched_ == 0) {
        auto end = bytes.find(delimiter_);
        if (end != bytes.npos) {
            matched_ = delimiter_.size();
        } else { // it may have begun at the last CR
            const auto cr = bytes.rfind('\r');
            if (cr != bytes.npos && delimiter_.starts_with(bytes.substr(cr))) matched_ = bytes.size() - cr;
            end = bytes.size() - matched_;
        }
        content(bytes.substr(0, end));
        bytes.remove_prefix(end + matched_);
        if (fault_) return;
    }
    if (matched_ != delimiter_.size()) return;
    matched_ = 0;
    if (state_ == State::part) end_part();
    state_ = State::delimiter;
}

void MultipartParser::content(std::string_view bytes) {
    if (bytes.empty()) return;
    if (state_ == State::before) return around(bytes.size());
    if (part_ == Part::nameless_file) { // a file after all
        part_ = Part::file;
        if (!sink_.begin({name_, {}, type_})) return fail(MultipartFault::stopped);
    }
    if (part_ == Part::file) {
        if (!sink_.data(bytes)) fail(MultipartFault::stopped);
        return;
    }
    field_bytes_ += bytes.size();
    if (field_bytes_ > limits_.field_bytes) return fail(MultipartFault::too_much);
    grow(value_, value_.size() + bytes.size());
    value_ += bytes;
}

// "--" behind the last part, else blanks at most and the end of the line.
void MultipartParser::behind_delimiter(std::string_view &bytes) {
    while (!bytes.empty() && !fault_ && state_ == State::delimiter) {
        held_ += bytes.front();
        bytes.remove_prefix(1);
        const auto blanks = std::min(held_.find_first_not_of(" \t"), held_.size());
        const auto rest = std::string_view(held_).substr(blanks);
        if (held_ == "--")
            state_ = State::after;
        else if (rest == "\r\n")
            state_ = State::head;
        else if (held_ != "-" && ((!rest.empty() && rest != "\r") || blanks > most_padding))
            fail(MultipartFault::form);
    }
    if (state_ != State::delimiter) held_.clear();
}

void MultipartParser::head(std::string_view &bytes) {
    while (!bytes.empty() && !fault_ && state_ == State::head) {
        if (held_.size() == limits_.head_bytes) return fail(MultipartFault::too_much);
        grow(held_, held_.size() + 1);
        held_ += bytes.front();
        bytes.remove_prefix(1);
        if (held_ == "\r\n") return fail(MultipartFault::form); // without a header it has no name
        if (!held_.ends_with("\r\n\r\n")) continue;
        state_ = State::part;
        begin_part(std::string_view(held_).substr(0, held_.size() - 2));
        wipe(held_);
    }
}

void MultipartParser::begin_part(std::string_view text) {
    if (++parts_ > limits_.parts) return fail(MultipartFault::too_much);
    const auto head = split_head(text);
    const auto parsed = head ? parse_parameters(head->disposition) : std::nullopt;
    if (!parsed || !is_plain(*head) || lower(parsed->value) != "form-data") return fail(MultipartFault::form);
    const auto name = parsed->get("name"), plain = parsed->get("filename"), extended = parsed->get("filename*");
    if (!name || name->size() > 3 * limits_.name_bytes) return fail(MultipartFault::form);
    append_name(*name, name_);
    if (name_.empty() || name_.size() > limits_.name_bytes || !is_text(name_)) return fail(MultipartFault::form);
    part_ = plain || extended ? Part::nameless_file : Part::field;
    if (part_ == Part::field) return;
    type_ = media_type(head->type);
    std::string file; // RFC 6266 section 4.3: the extended name goes before the plain one
    const bool readable = !extended || append_extended_name(*extended, file);
    if (!extended) append_name(*plain, file);
    if (!readable)
        fail(MultipartFault::form);
    else if (!file.empty()) {
        part_ = Part::file;
        if (!sink_.begin({name_, file, type_})) fail(MultipartFault::stopped);
    }
    wipe(file);
}

void MultipartParser::end_part() {
    if (part_ == Part::file && !sink_.end()) fail(MultipartFault::stopped);
    if (part_ == Part::field) {
        if (!is_text(value_)) return fail(MultipartFault::form);
        normalise_lines(value_);
        fields_.add(name_, value_);
    }
    wipe(name_);
    wipe(value_);
}

std::expected<void, MultipartFault> read_multipart(BodyReader &body, MultipartParser &parser) {
    constexpr std::size_t piece_bytes = 64 * 1024;
    std::string piece(piece_bytes, '\0');
    std::expected<void, MultipartFault> out;
    for (std::size_t got = piece_bytes; out && got != 0;) {
        const auto read = body.read(piece);
        got = read.value_or(0);
        if (!read)
            out = std::unexpected(MultipartFault::cut);
        else
            out = got == 0 ? parser.finish() : parser.feed(std::string_view(piece).substr(0, got));
    }
    wipe(piece);
    return out;
}

} // namespace http
