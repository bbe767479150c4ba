// Forms as browsers send them, application/x-www-form-urlencoded (WHATWG URL section 5.1), decoded strictly and within
// bounds. The values are what people typed: a form clears its memory when it goes.
#pragma once

#include "web/http/message.h"

#include <cstddef>
#include <expected>
#include <span>
#include <utility>

namespace http {

struct FormLimits {
    std::size_t fields = 200;
    std::size_t name_bytes = 64;
};

struct FormFault {
    enum class Kind {
        content_type, // not a urlencoded form
        encoding,     // a '%' without two hex digits
        text,         // not UTF-8, or a NUL
        name,         // an empty or too long field name
        too_many_fields,
    };
    Kind kind;
    std::string field; // its name, where it could be read; else empty
};

class Form {
public:
    struct Field {
        Field(std::string name_, std::string value_) : name(std::move(name_)), value(std::move(value_)) {}
        Field(Field &&) = default;
        Field &operator=(Field &&) = default;
        ~Field(); // clears both

        std::string name;
        std::string value; // UTF-8, lines end with \n
    };

    bool has(std::string_view name) const;
    // The first value of that name; empty when there is none. Valid as long as the form.
    std::string_view get(std::string_view name) const;
    std::vector<std::string_view> all(std::string_view name) const; // in the order sent
    std::span<const Field> fields() const { return fields_; }
    void add(std::string name, std::string value);

private:
    std::vector<Field> fields_;
};

std::expected<Form, FormFault> parse_form(std::string_view body, const FormLimits &limits = {});
// The form of a POST: checks its content type first. An empty body is an empty form.
std::expected<Form, FormFault> parse_form(const Request &request, const FormLimits &limits = {});

} // namespace http
