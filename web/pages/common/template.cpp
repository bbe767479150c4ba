#include "web/pages/common/template.h"

#include <ctemplate/template.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pages {

struct Templates::Compiled {
    std::unique_ptr<ctemplate::Template> engine;
    Shape shape;
    Sheets sheets = Sheets::reading;
};

namespace {

Loaded<std::string> read_file(const std::filesystem::path &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::unexpected("The template " + path.string() + " is missing: build or install it again.");
    return std::string(std::istreambuf_iterator<char>(file), {});
}

using Chain = std::vector<const View *>; // the innermost scope last

bool known_value(const Chain &chain, const std::string &name) {
    for (const View *view : chain)
        if (view->values().contains(name)) return true;
    return false;
}

bool known_section(const Chain &chain, const std::string &name) {
    for (const View *view : chain)
        if (view->sections().contains(name)) return true;
    return false;
}

std::string check_scope(const Shape &shape, Chain &chain) {
    const View &view = *chain.back();
    for (const auto &[name, value] : view.values())
        if (!shape.uses(name)) return "the template does not use " + name;
    for (const auto &[name, rows] : view.sections())
        if (!shape.uses(name)) return "the template has no section " + name;
    for (const auto &name : shape.values)
        if (!known_value(chain, name)) return "the page gives no value for " + name;
    for (const auto &[name, inner] : shape.sections) {
        if (!known_section(chain, name)) return "the page says nothing of the section " + name;
        // As in the engine: the nearest scope that has the section.
        for (std::size_t i = chain.size(); i-- > 0;) {
            const auto found = chain[i]->sections().find(name);
            if (found == chain[i]->sections().end()) continue;
            for (const View &row : found->second) {
                chain.push_back(&row);
                auto fault = check_scope(inner, chain);
                chain.pop_back();
                if (!fault.empty()) return fault + " (in " + name + ")";
            }
            break;
        }
    }
    return {};
}

void fill(const View &view, ctemplate::TemplateDictionary &dictionary) {
    for (const auto &[name, value] : view.values())
        dictionary.SetValue(name, value);
    for (const auto &[name, rows] : view.sections())
        for (const View &row : rows)
            fill(row, *dictionary.AddSectionDictionary(name));
}

} // namespace

Templates::Templates() = default;
Templates::Templates(Templates &&) noexcept = default;
Templates &Templates::operator=(Templates &&) noexcept = default;
Templates::~Templates() = default;

Loaded<Templates> Templates::load(const std::string &share_folder, const Catalogue &catalogue,
                                  std::span<const PageFile> pages) {
    const auto folder = std::filesystem::path(share_folder) / "templates";
    Templates templates;
    for (const PageFile &page : pages) {
        const std::string name(page.name);
        const ReadFile read = [&](const std::string &file) {
            return read_file(folder / (file == "page.html" ? name + ".html" : file));
        };
        auto layout = read(std::string(page.layout) + ".html");
        if (!layout) return std::unexpected(layout.error());
        auto source = expand_includes(*layout, name, read);
        if (!source) return std::unexpected(source.error());
        for (const Language language : languages) {
            auto text = fill_texts(*source, name, language, catalogue);
            if (!text) return std::unexpected(text.error());
            auto shape = shape_of(*text, name);
            if (!shape) return std::unexpected(shape.error());
            auto compiled = std::make_unique<Compiled>();
            compiled->shape = std::move(*shape);
            compiled->sheets = page.sheets;
            const std::string escaped = "{{%AUTOESCAPE context=\"HTML\"}}" + *text;
            compiled->engine.reset(ctemplate::Template::StringToTemplate(escaped, ctemplate::STRIP_BLANK_LINES));
            if (!compiled->engine || compiled->engine->state() != ctemplate::TS_READY)
                return std::unexpected("The template engine refuses " + name + ".");
            templates.compiled_.emplace(std::string(http::code(language)) + "/" + name, std::move(compiled));
        }
    }
    return templates;
}

std::string Templates::check(const Shape &shape, const View &view) {
    Chain chain{&view};
    return check_scope(shape, chain);
}

const Templates::Compiled &Templates::found(Language language, std::string_view page) const {
    const auto found = compiled_.find(std::string(http::code(language)) + "/" + std::string(page));
    if (found == compiled_.end()) throw std::logic_error("a page that was not loaded: " + std::string(page));
    return *found->second;
}

std::string Templates::render(Language language, std::string_view page, const View &view) const {
    const Compiled &compiled = found(language, page);
    if (const auto fault = check(compiled.shape, view); !fault.empty())
        throw std::logic_error("page " + std::string(page) + ": " + fault);
    ctemplate::TemplateDictionary dictionary("");
    fill(view, dictionary);
    std::string out;
    if (!compiled.engine->Expand(&out, &dictionary))
        throw std::logic_error("the template engine does not expand " + std::string(page));
    return out;
}

const Shape &Templates::shape(std::string_view page) const { return found(Language::th, page).shape; }
Sheets Templates::sheets(std::string_view page) const { return found(Language::th, page).sheets; }

} // namespace pages
