#include "web/pages/common/template_source.h"

#include "web/print/whole_words.h"

#include <vector>

namespace pages {

namespace {

constexpr int deepest_include = 6;

bool is_upper_name(std::string_view name) {
    if (name.empty() || name[0] < 'A' || name[0] > 'Z') return false;
    return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == std::string_view::npos;
}

using Arguments = std::vector<std::pair<std::string, std::string>>;

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_not_of(" \n", at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find_first_of(" \n", begin), text.size());
        found.emplace_back(text.substr(begin, end - begin));
        at = end;
    }
    return found;
}

Loaded<std::string> fill_arguments(std::string text, const std::string &name, const Arguments &arguments) {
    for (const auto &[argument, value] : arguments) {
        const std::string mark = "%" + argument + "%";
        bool used = false;
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size())) {
            text.replace(at, mark.size(), value);
            used = true;
        }
        if (!used) return std::unexpected("Template " + name + " does not use the argument " + argument + ".");
    }
    return text;
}

Loaded<std::string> expand(const std::string &source, const std::string &name, const ReadFile &read, int depth) {
    if (depth > deepest_include) return std::unexpected("Template " + name + " includes itself.");
    std::string out;
    for (std::size_t at = 0;;) {
        const auto open = source.find("[[>", at);
        if (open == std::string::npos) return out.append(source, at);
        const auto close = source.find("]]", open);
        if (close == std::string::npos) return std::unexpected("Template " + name + " has an include without an end.");
        out.append(source, at, open - at);
        const auto parts = words(std::string_view(source).substr(open + 3, close - open - 3));
        if (parts.empty()) return std::unexpected("Template " + name + " has an include without a name.");
        Arguments arguments;
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto equals = parts[i].find('=');
            if (equals == std::string::npos)
                return std::unexpected("Template " + name + " has an include argument without '='.");
            arguments.emplace_back(parts[i].substr(0, equals), parts[i].substr(equals + 1));
        }
        const std::string file = parts[0] + ".html";
        auto text = read(file);
        if (!text) return std::unexpected(text.error());
        auto filled = fill_arguments(std::move(*text), file, arguments);
        if (!filled) return filled;
        auto inner = expand(*filled, file, read, depth + 1);
        if (!inner) return inner;
        out += *inner;
        at = close + 2;
    }
}

struct Scope {
    std::string name;
    Shape *shape;
};

// One marker {{…}}; a sentence when it is refused, else empty.
std::string take_marker(std::string_view marker, std::vector<Scope> &open) {
    if (marker.starts_with('#')) {
        const std::string name(marker.substr(1));
        if (!is_upper_name(name)) return "a section with a bad name";
        open.push_back({name, &open.back().shape->sections[name]});
        return {};
    }
    if (marker.starts_with('/')) {
        if (open.size() < 2 || open.back().name != marker.substr(1))
            return "a section that ends where it did not begin: " + std::string(marker.substr(1));
        open.pop_back();
        return {};
    }
    // Line breaks survive pre_escape, and it escapes like the default; ":none" and the like would let HTML through.
    if (marker.ends_with(":pre_escape")) marker.remove_suffix(std::string_view(":pre_escape").size());
    if (!is_upper_name(marker)) return "a marker that is refused: {{" + std::string(marker) + "}}";
    open.back().shape->values.emplace(marker);
    return {};
}

} // namespace

bool Shape::uses(std::string_view name) const {
    if (values.contains(name) || sections.contains(name)) return true;
    for (const auto &[section, shape] : sections)
        if (shape.uses(name)) return true;
    return false;
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

namespace {

// In an attribute or the title there is no room for an element.
bool is_running_text(std::string_view before) {
    const auto open = before.rfind('<'), close = before.rfind('>');
    if (open == std::string_view::npos) return true;
    if (close == std::string_view::npos || open > close) return false;
    const auto tag = before.substr(open);
    return !tag.starts_with("<title") && !tag.starts_with("<option") && !tag.starts_with("<textarea");
}

// Not word joiners: whoever searches the page, or reads it with a program, finds the word as it is written.
std::string keep_words_whole(std::string text) {
    for (const std::string_view word : print::whole_words) {
        const std::string kept = "<span class=\"app-whole\">" + std::string(word) + "</span>";
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + kept.size()))
            text.replace(at, word.size(), kept);
    }
    return text;
}

} // namespace

Loaded<std::string> expand_includes(const std::string &source, const std::string &name, const ReadFile &read) {
    return expand(source, name, read, 0);
}

Loaded<std::string> fill_texts(const std::string &source, const std::string &name, Language language,
                               const Catalogue &catalogue) {
    std::string out;
    for (std::size_t at = 0;;) {
        const auto open = source.find("[[", at);
        if (open == std::string::npos) return out.append(source, at);
        const auto close = source.find("]]", open);
        if (close == std::string::npos) return std::unexpected("Template " + name + " has [[ without ]].");
        out.append(source, at, open - at);
        const std::string key = source.substr(open + 2, close - open - 2);
        if (!catalogue.has(language, key))
            return std::unexpected("Template " + name + " names the text " + key + ", which the catalogue " +
                                   std::string(http::code(language)) + " does not have.");
        std::string text = escape_html(catalogue.text(language, key));
        out += is_running_text(out) ? keep_words_whole(std::move(text)) : text;
        at = close + 2;
    }
}

Loaded<Shape> shape_of(const std::string &source, const std::string &name) {
    Shape shape;
    std::vector<Scope> open{{"", &shape}};
    for (std::size_t at = 0;;) {
        const auto begin = source.find("{{", at);
        if (begin == std::string::npos) break;
        const auto end = source.find("}}", begin);
        if (end == std::string::npos) return std::unexpected("Template " + name + " has {{ without }}.");
        const auto fault = take_marker(std::string_view(source).substr(begin + 2, end - begin - 2), open);
        if (!fault.empty()) return std::unexpected("Template " + name + " has " + fault + ".");
        at = end + 2;
    }
    if (open.size() > 1)
        return std::unexpected("Template " + name + " does not end the section " + open.back().name + ".");
    return shape;
}

} // namespace pages
