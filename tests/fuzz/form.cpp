// A form's body: within its limits or refused; what is accepted is text, and reads the same when it is sent again.
#include "web/http/form.h"
#include "web/http/text.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;

std::string encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += "0123456789ABCDEF"[byte >> 4];
        out += "0123456789abcdef"[byte & 15];
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view body = fuzz::text(data, size);
    const http::FormLimits limits{.fields = 8, .name_bytes = 16};
    const auto form = http::parse_form(body, limits);
    if (!form) {
        demand(form.error().field.size() <= limits.name_bytes);
        return 0;
    }
    demand(form->fields().size() <= limits.fields);
    std::string again;
    std::size_t total = 0;
    for (const auto &field : form->fields()) {
        demand(!field.name.empty() && field.name.size() <= limits.name_bytes && http::is_utf8(field.name));
        demand(http::is_utf8(field.value) && field.value.find('\0') == std::string::npos &&
               field.value.find('\r') == std::string::npos && field.name.find('\0') == std::string::npos);
        demand(form->has(field.name) && !form->all(field.name).empty() &&
               form->all(field.name).front() == form->get(field.name));
        again += "&" + encoded(field.name) + "=" + encoded(field.value);
        total += field.name.size() + field.value.size();
    }
    demand(total <= body.size());
    const auto second = http::parse_form(again, limits);
    demand(second && std::ranges::equal(second->fields(), form->fields(), [](const auto &a, const auto &b) {
               return a.name == b.name && a.value == b.value;
           }));
    return 0;
}
