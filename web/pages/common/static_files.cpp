#include "web/pages/common/static_files.h"

#include "service/domain/agency_profile.h"

#include <array>
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
    if (name.ends_with(".jpg")) return "image/jpeg";
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

Loaded<StaticFiles> StaticFiles::load(const std::string &share_folder, const std::string &colour) {
    const auto folder = std::filesystem::path(share_folder) / "static";
    const auto contrast = domain::contrast_with_white(colour);
    if (!contrast) return std::unexpected("The agency's colour must be written #rrggbb, not " + colour + ".");
    if (*contrast < domain::least_contrast)
        return std::unexpected("White text cannot be read on the agency's colour " + colour +
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
    files.style_ = std::make_shared<const std::string>(std::move(*style));
    files.add("style.css", files.style(colour));
    for (const std::string sheet : {"forms.css", "officer.css"}) {
        auto more = read(folder / sheet);
        if (!more)
            return std::unexpected("The style sheet " + (folder / sheet).string() +
                                   " is missing: build or install it again.");
        files.add(sheet, std::move(*more));
    }
    for (const std::string name : {"exit.js", "files.js"}) {
        auto script = read(folder / name);
        if (!script)
            return std::unexpected("The script " + (folder / name).string() + " is missing: build or install it again.");
        files.add(name, std::move(*script));
    }
    return files;
}

std::string StaticFiles::style(const std::string &colour) const {
    return ":root{--agency-colour:" + colour + "}" + *style_;
}

StaticFiles StaticFiles::coloured(const std::string &colour) const {
    StaticFiles out = *this;
    out.replace("style.css", "style.css", style(colour));
    return out;
}

StaticFiles StaticFiles::with_emblem(std::string_view ending, std::optional<std::string> picture) const {
    StaticFiles out = *this;
    out.replace("emblem", "emblem" + std::string(ending), std::move(picture));
    return out;
}

void StaticFiles::add(const std::string &name, const std::string &file_name, std::string body) {
    const auto dot = file_name.rfind('.');
    const std::string address = "/static/" + file_name.substr(0, dot) + "." + content_hash(body) + file_name.substr(dot);
    urls_.insert_or_assign(name, address);
    files_.insert_or_assign(address, std::make_shared<const File>(type_of(file_name), std::move(body)));
}

void StaticFiles::replace(const std::string &name, const std::string &file_name, std::optional<std::string> body) {
    const std::string now = has(name) ? url(name) : "";
    urls_.erase(name);
    if (body) add(name, file_name, std::move(*body));
    const std::string next = has(name) ? url(name) : "";
    if (next == now) return;
    std::string &before = before_[name];
    if (before != next) files_.erase(before);
    before = now;
}

std::string StaticFiles::url(std::string_view name) const {
    const auto found = urls_.find(name);
    if (found == urls_.end()) throw std::logic_error("a static file that was not loaded: " + std::string(name));
    return found->second;
}

std::size_t StaticFiles::size(std::string_view name) const { return files_.find(url(name))->second->body.size(); }

std::optional<http::Response> StaticFiles::answer(std::string_view path) const {
    const auto found = files_.find(path);
    if (found == files_.end()) return std::nullopt;
    http::Response response;
    response.content_type = found->second->type;
    response.body = found->second->body;
    response.immutable = true;
    return response;
}

} // namespace pages
