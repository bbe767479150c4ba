#include "web/pages/common/static_files.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace pages {

namespace {

constexpr std::array fonts = {"sarabun-thai-400.woff2", "sarabun-thai-700.woff2", "sarabun-latin-400.woff2",
                              "sarabun-latin-700.woff2"};

// FNV-1a, 64 bit: names a version for caches, protects nothing.
std::string content_hash(std::string_view body) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const unsigned char c : body)
        hash = (hash ^ c) * 0x100000001b3u;
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4)
        out += "0123456789abcdef"[(hash >> shift) & 15];
    return out;
}

std::string type_of(std::string_view name) {
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".woff2")) return "font/woff2";
    if (name.ends_with(".svg")) return "image/svg+xml";
    return "image/png";
}

std::optional<std::string> read(const std::filesystem::path &path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    std::string body((std::istreambuf_iterator<char>(file)), {});
    return body.empty() ? std::nullopt : std::optional(std::move(body));
}

void replace_all(std::string &text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

} // namespace

std::optional<double> contrast_with_white(std::string_view colour) {
    if (colour.size() != 7 || colour[0] != '#' ||
        colour.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string_view::npos)
        return std::nullopt;
    const auto channel = [&](std::size_t at) {
        const double value = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    const double luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    return 1.05 / (luminance + 0.05);
}

Loaded<StaticFiles> StaticFiles::load(const std::string &share_folder, const StaticOptions &options) {
    const auto folder = std::filesystem::path(share_folder) / "static";
    const auto contrast = contrast_with_white(options.colour);
    if (!contrast) return std::unexpected("The agency's colour must be written #rrggbb, not " + options.colour + ".");
    if (*contrast < 4.5)
        return std::unexpected("White text cannot be read on the agency's colour " + options.colour +
                               ": choose a darker one.");
    StaticFiles files;
    auto style = read(folder / "style.css");
    if (!style)
        return std::unexpected("The style sheet " + (folder / "style.css").string() +
                               " is missing: build or install it again.");
    for (const std::string font : fonts) {
        auto body = read(folder / font);
        if (!body)
            return std::unexpected("The typeface " + (folder / font).string() +
                                   " is missing: build or install it again.");
        files.add(font, std::move(*body));
        replace_all(*style, font, files.url(font));
    }
    files.add("style.css", ":root{--agency-colour:" + options.colour + "}" + *style);
    for (const std::string sheet : {"forms.css", "officer.css"}) {
        auto more = read(folder / sheet);
        if (!more)
            return std::unexpected("The style sheet " + (folder / sheet).string() +
                                   " is missing: build or install it again.");
        files.add(sheet, std::move(*more));
    }
    auto script = read(folder / "exit.js");
    if (!script)
        return std::unexpected("The script " + (folder / "exit.js").string() +
                               " is missing: build or install it again.");
    files.add("exit.js", std::move(*script));
    if (!options.emblem_file.empty()) {
        const bool vector = options.emblem_file.ends_with(".svg");
        auto emblem = read(options.emblem_file);
        if (!emblem || !(vector || options.emblem_file.ends_with(".png")))
            return std::unexpected("The emblem " + options.emblem_file + " is missing or is neither .svg nor .png.");
        files.add(vector ? "emblem.svg" : "emblem.png", std::move(*emblem));
    }
    return files;
}

void StaticFiles::add(const std::string &name, std::string body) {
    const auto dot = name.rfind('.');
    const std::string address = "/static/" + name.substr(0, dot) + "." + content_hash(body) + name.substr(dot);
    urls_.emplace(name, address);
    files_.emplace(address, File{type_of(name), std::move(body)});
}

std::string StaticFiles::url(std::string_view name) const {
    const auto found = urls_.find(name);
    if (found == urls_.end()) throw std::logic_error("a static file that was not loaded: " + std::string(name));
    return found->second;
}

std::size_t StaticFiles::size(std::string_view name) const { return files_.find(url(name))->second.body.size(); }

std::optional<http::Response> StaticFiles::answer(std::string_view path) const {
    const auto found = files_.find(path);
    if (found == files_.end()) return std::nullopt;
    http::Response response;
    response.content_type = found->second.type;
    response.body = found->second.body;
    response.immutable = true;
    return response;
}

} // namespace pages
