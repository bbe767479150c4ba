// The Cookie field: the one value of that name, or nothing as soon as there are two.
#include "web/http/cookie.h"
#include "tests/fuzz/target.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    const std::string_view header = fuzz::text(data, size);
    for (const std::string name : {"a", "__Host-sucharit"}) {
        const auto value = http::cookie(header, name);
        const std::string whole(header);
        if (value) {
            demand(header.find(name + "=" + std::string(*value)) != header.npos && value->find(';') == value->npos);
            demand(!value->ends_with(' ') && !value->ends_with('\t'));
            demand(!http::cookie(whole + "; " + name + "=x", name));
            demand(!http::cookie(name + "=x;" + whole, name));
            demand(http::cookie(name + "b=x; b" + name + "=x ;;" + whole, name) == value);
        } else {
            // Nothing: it was not there, or twice; one more of it is the only one, or still too many.
            const std::string longer = whole + "; " + name + "=x";
            const auto added = http::cookie(longer, name);
            demand(!added || *added == "x");
            demand(added.has_value() || header.find(name + "=") != header.npos);
        }
    }
    return 0;
}
