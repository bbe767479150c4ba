#include "web/http/form.h"

#include "web/http/request_parts.h"
#include "web/http/wipe.h"

#include <algorithm>

namespace http {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// False where a '%' has no two hex digits. `out` has room for all of it beforehand, so that no copy stays behind.
bool decode(std::string_view text, std::string &out) {
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (text.size() - i < 3) return false;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return false;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return true;
}

// Browsers send the lines of a textarea with CR LF, programs as they please.
void normalise_lines(std::string &text) {
    std::size_t to = 0;
    for (std::size_t from = 0; from < text.size(); ++from) {
        if (text[from] == '\r') {
            if (from + 1 < text.size() && text[from + 1] == '\n') ++from;
            text[to++] = '\n';
        } else {
            text[to++] = text[from];
        }
    }
    wipe(text.data() + to, text.size() - to);
    text.resize(to);
}

bool is_text(std::string_view text) { return text.find('\0') == std::string_view::npos && is_utf8(text); }

// How many bytes the character at the front has, or 0 when it is not well-formed.
std::size_t character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t size = first >= 0xc2 && first <= 0xdf   ? 2
                             : (first & 0xf0) == 0xe0         ? 3
                             : first >= 0xf0 && first <= 0xf4 ? 4
                                                              : 0;
    if (size == 0 || text.size() < size) return 0;
    const unsigned least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    const unsigned most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < least || byte(1) > most) return 0;
    for (std::size_t i = 2; i < size; ++i)
        if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
    return size;
}

} // namespace

Form::Field::~Field() {
    wipe(name);
    wipe(value);
}

bool Form::has(std::string_view name) const {
    return std::ranges::any_of(fields_, [&](const Field &field) { return field.name == name; });
}

std::string_view Form::get(std::string_view name) const {
    const auto found = std::ranges::find_if(fields_, [&](const Field &field) { return field.name == name; });
    return found == fields_.end() ? std::string_view{} : std::string_view{found->value};
}

std::vector<std::string_view> Form::all(std::string_view name) const {
    std::vector<std::string_view> out;
    for (const Field &field : fields_)
        if (field.name == name) out.push_back(field.value);
    return out;
}

void Form::add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }

std::expected<Form, FormFault> parse_form(std::string_view body, const FormLimits &limits) {
    using enum FormFault::Kind;
    Form form;
    std::size_t count = 0;
    while (!body.empty()) {
        const auto end = body.find('&');
        const auto pair = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view{} : body.substr(end + 1);
        if (pair.empty()) continue;
        if (++count > limits.fields) return std::unexpected(FormFault{too_many_fields, {}});

        const auto equals = pair.find('=');
        const auto raw_name = pair.substr(0, equals);
        Form::Field field{{}, {}};
        if (raw_name.empty() || raw_name.size() > 3 * limits.name_bytes) return std::unexpected(FormFault{name, {}});
        if (!decode(raw_name, field.name)) return std::unexpected(FormFault{encoding, {}});
        if (field.name.size() > limits.name_bytes || !is_text(field.name)) return std::unexpected(FormFault{name, {}});
        if (equals != std::string_view::npos && !decode(pair.substr(equals + 1), field.value))
            return std::unexpected(FormFault{encoding, field.name});
        if (!is_text(field.value)) return std::unexpected(FormFault{text, field.name});
        normalise_lines(field.value);
        form.add(std::move(field.name), std::move(field.value));
    }
    return form;
}

std::expected<Form, FormFault> parse_form(const Request &request, const FormLimits &limits) {
    if (request.body.empty()) return Form{};
    const std::string_view type = request.content_type;
    if (lower(trimmed(type.substr(0, type.find(';')))) != "application/x-www-form-urlencoded")
        return std::unexpected(FormFault{FormFault::Kind::content_type, {}});
    return parse_form(std::string_view(request.body), limits);
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t size = character(text);
        if (size == 0) return false;
        text.remove_prefix(size);
    }
    return true;
}

} // namespace http
