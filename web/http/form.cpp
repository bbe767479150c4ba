#include "web/http/form.h"

#include "web/http/request_parts.h"
#include "web/http/text.h"
#include "web/http/wipe.h"

#include <algorithm>

namespace http {
namespace {

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

} // namespace http
