// Every sentence that a person sees, by key and language: the gettext catalogues <share>/locale/<th|en>/LC_MESSAGES/
// sucharit.mo. Keys are symbolic ("report.facts.label"), so that a changed sentence changes no code.
#pragma once

#include "web/http/language.h"

#include <array>
#include <expected>
#include <locale>
#include <string>
#include <string_view>

namespace pages {

using http::Language;
inline constexpr std::array<Language, 2> languages = {Language::th, Language::en};

// Why the server does not start: one sentence for the operator.
template <class T> using Loaded = std::expected<T, std::string>;

class Catalogue {
public:
    static Loaded<Catalogue> load(const std::string &share_folder);

    bool has(Language language, std::string_view key) const;
    // A key that is not there is a bug: throws std::logic_error.
    std::string text(Language language, std::string_view key) const;

    struct Filling {
        std::string_view name;  // NAME of a placeholder {{NAME}}
        std::string_view value; // plain text
    };
    // The text with its placeholders filled. One that is left over, or one that the text does not have, is a bug.
    std::string text(Language language, std::string_view key, std::initializer_list<Filling> fillings) const;

private:
    const std::locale &locale(Language language) const { return locales_[language == Language::th ? 0 : 1]; }
    std::array<std::locale, 2> locales_;
};

} // namespace pages
