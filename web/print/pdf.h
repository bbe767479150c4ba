// A document as pages of A4, in PDF: Thai official margins, numbered pages, one typeface. The same document is the same bytes: no clock,
// no name of a machine or a person stands in it.
#pragma once

#include "web/print/document.h"

#include <expected>

namespace print {

struct Pdf {
    std::string bytes;
    std::size_t pages = 0;
    std::size_t unknown = 0; // characters that the typeface does not have: each is an empty frame
};

enum class Refused {
    typeface, // it is not installed; another would set Thai in boxes, or marks apart from their letters
    too_long,
    failed,
};

inline constexpr std::size_t most_pages = 500;
inline constexpr std::string_view typeface = "Laksaman", typeface_package = "fonts-thai-tlwg";

bool has_typeface();
std::expected<Pdf, Refused> to_pdf(const Document &document);

} // namespace print
