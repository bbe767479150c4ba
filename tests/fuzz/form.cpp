// A form's body: within its limits or refused, and what is accepted is text.
#include "web/http/cookie.h"
#include "web/http/form.h"
#include "web/http/language.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char *>(data), size);
    const http::FormLimits limits;
    if (const auto form = http::parse_form(body, limits)) {
        if (form->fields().size() > limits.fields)
            std::abort();
        for (const auto &field : form->fields())
            if (field.name.empty() || field.name.size() > limits.name_bytes || !http::is_utf8(field.value) ||
                field.value.find('\0') != std::string::npos || field.value.find('\r') != std::string::npos)
                std::abort();
    }
    http::choose_language(body);
    if (const auto value = http::cookie(body, "session"); value && value->size() > body.size())
        std::abort();
    return 0;
}
