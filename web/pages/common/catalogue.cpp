#include "web/pages/common/catalogue.h"

#include <boost/locale/generator.hpp>
#include <boost/locale/message.hpp>

#include <filesystem>
#include <stdexcept>

namespace pages {

namespace {

using Messages = boost::locale::message_format<char>;

const char *find(const std::locale &locale, std::string_view key) {
    const std::string name(key);
    return std::use_facet<Messages>(locale).get(0, nullptr, name.c_str());
}

} // namespace

Loaded<Catalogue> Catalogue::load(const std::string &share_folder) {
    const std::filesystem::path folder = std::filesystem::path(share_folder) / "locale";
    Catalogue catalogue;
    for (const Language language : languages) {
        const std::string name(http::code(language));
        const auto file = folder / name / "LC_MESSAGES" / "sucharit.mo";
        if (std::error_code error; !std::filesystem::is_regular_file(file, error))
            return std::unexpected("The catalogue " + file.string() + " is missing: build or install it again.");
        boost::locale::generator generate;
        generate.categories(boost::locale::category_t::message);
        generate.add_messages_path(folder.string());
        generate.add_messages_domain("sucharit");
        catalogue.locales_[language == Language::th ? 0 : 1] =
            generate(language == Language::th ? "th_TH.UTF-8" : "en_GB.UTF-8");
        if (!catalogue.has(language, "language.name"))
            return std::unexpected("The catalogue " + file.string() + " cannot be read: build or install it again.");
    }
    return catalogue;
}

bool Catalogue::has(Language language, std::string_view key) const { return find(locale(language), key) != nullptr; }

std::string Catalogue::text(Language language, std::string_view key) const {
    if (const char *found = find(locale(language), key)) return found;
    throw std::logic_error("a catalogue key that does not exist: " + std::string(key));
}

std::string Catalogue::text(Language language, std::string_view key, std::initializer_list<Filling> fillings) const {
    const std::string source = text(language, key);
    std::string out;
    std::size_t used = 0;
    for (std::size_t at = 0; at < source.size();) {
        const auto open = source.find("{{", at);
        const auto close = open == std::string::npos ? open : source.find("}}", open);
        if (close == std::string::npos) {
            out.append(source, at);
            break;
        }
        out.append(source, at, open - at);
        const std::string_view name = std::string_view(source).substr(open + 2, close - open - 2);
        bool filled = false;
        for (const Filling &filling : fillings)
            if (filling.name == name) {
                out += filling.value;
                filled = true;
                ++used;
            }
        if (!filled) throw std::logic_error("a placeholder without a value in " + std::string(key));
        at = close + 2;
    }
    if (used < fillings.size()) throw std::logic_error("a value without a placeholder in " + std::string(key));
    return out;
}

} // namespace pages
