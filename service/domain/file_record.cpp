#include "service/domain/file_record.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>

namespace domain {
namespace {

namespace json = boost::json;

template <class Value> struct Named {
    Value value;
    std::string_view id;
};

constexpr auto metadata_ids = std::to_array<Named<Metadata>>({
    {Metadata::removed, "removed"},
    {Metadata::kept, "kept"},
    {Metadata::not_known, "not_known"},
    {Metadata::failed, "failed"},
    {Metadata::too_large, "too_large"},
});
constexpr auto purpose_ids = std::to_array<Named<Purpose>>({
    {Purpose::evidence, "evidence"},
    {Purpose::signed_paper, "signed_paper"},
    {Purpose::letter, "letter"},
    {Purpose::other, "other"},
});

constexpr auto fault_ids = std::to_array<Named<FileFault>>({
    {FileFault::empty, "empty"},
    {FileFault::too_large, "too_large"},
    {FileFault::case_full, "case_full"},
    {FileFault::no_room, "no_room"},
    {FileFault::busy, "busy"},
    {FileFault::conflict, "conflict"},
    {FileFault::changed, "changed"},
    {FileFault::failed, "failed"},
});

template <class Value> std::string_view id_in(std::span<const Named<Value>> table, Value value) {
    return std::ranges::find(table, value, &Named<Value>::value)->id;
}
template <class Value> std::optional<Value> value_in(std::span<const Named<Value>> table, std::string_view id) {
    const auto found = std::ranges::find(table, id, &Named<Value>::id);
    return found == table.end() ? std::nullopt : std::optional(found->value);
}

bool is_in(std::span<const std::string_view> list, std::string_view value) {
    return std::ranges::find(list, value) != list.end();
}

// The last ending of a name, in small letters: what a system goes by when somebody opens it.
std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string out(dot == name.npos ? "" : name.substr(dot + 1));
    std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

constexpr std::string_view images[] = {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/x-ms-bmp"};
constexpr std::string_view sounds[] = {"audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg",  "audio/x-wav",
                                       "audio/wav",  "audio/aac", "audio/x-hx-aac-adts", "audio/flac", "audio/webm"};
constexpr std::string_view documents[] = {
    "application/pdf",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "message/rfc822",
    "text/rtf",
};
// Endings by which a system runs, installs or unpacks, whatever stands in the file.
constexpr std::string_view running[] = {
    "exe", "com", "bat", "cmd", "msi", "msp", "scr",  "pif",  "cpl", "dll", "lnk",  "url",  "vbs", "vbe",  "js",   "jse",
    "wsf", "wsh", "hta", "ps1", "jar", "apk", "app",  "dmg",  "iso", "img", "vhd",  "vhdx", "sh",  "py",   "html", "htm",
    "svg", "xml", "xht", "chm", "reg", "inf", "docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "zip", "rar", "7z",  "one"};

const json::value *member(const json::value &from, std::string_view name) {
    const auto *object = from.if_object();
    return object ? object->if_contains(name) : nullptr;
}

std::optional<std::string_view> text_of(const json::value &from, std::string_view name) {
    const auto *value = member(from, name);
    return value && value->is_string() ? std::optional(std::string_view(value->get_string())) : std::nullopt;
}

base::Result<FileRecord> record_from(const json::value &parsed) {
    const auto broken = [] { return base::fail(base::Code::invalid, "reading what is known of a file"); };
    const auto name = text_of(parsed, "name"), type = text_of(parsed, "type"), metadata = text_of(parsed, "metadata"),
               purpose = text_of(parsed, "purpose");
    const auto *as = member(parsed, "as");
    if (!name || !type || !metadata || !purpose || !as)
        return broken();
    const auto known_metadata = metadata_from(*metadata);
    const auto known_purpose = purpose_from(*purpose);
    if (!known_metadata || !known_purpose)
        return broken();
    FileRecord out{std::string(*name), std::string(*type), *known_metadata, *known_purpose};
    ASSIGN_OR_RETURN(out.as, acted_as_from_json(json::serialize(*as)));
    if (const auto *time = member(parsed, "time")) {
        if (!time->is_int64() || time->get_int64() <= 0)
            return broken();
        out.time = time->get_int64();
    }
    return out;
}

} // namespace

std::string_view id(Metadata metadata) { return id_in<Metadata>(metadata_ids, metadata); }
std::optional<Metadata> metadata_from(std::string_view id) { return value_in<Metadata>(metadata_ids, id); }
std::string_view id(FileFault fault) { return id_in<FileFault>(fault_ids, fault); }
std::string_view id(Purpose purpose) { return id_in<Purpose>(purpose_ids, purpose); }
std::optional<Purpose> purpose_from(std::string_view id) { return value_in<Purpose>(purpose_ids, id); }

std::string to_json(const FileRecord &record) {
    json::object out{{"name", record.name},
                     {"type", record.type},
                     {"metadata", id(record.metadata)},
                     {"purpose", id(record.purpose)},
                     {"as", json::parse(to_json(record.as))}};
    if (record.time != 0)
        out["time"] = record.time;
    return json::serialize(out);
}

base::Result<FileRecord> file_record_from_json(std::string_view text) {
    boost::system::error_code fault;
    return record_from(json::parse(text, fault));
}

std::string to_json(const UploadRecord &record) {
    return json::serialize(json::object{{"mark", record.mark}, {"file", json::parse(to_json(record.file))}});
}

base::Result<UploadRecord> upload_record_from_json(std::string_view text) {
    boost::system::error_code fault;
    const auto parsed = json::parse(text, fault);
    const auto mark = text_of(parsed, "mark");
    const auto *file = member(parsed, "file");
    if (!mark || !file)
        return base::fail(base::Code::invalid, "reading what is known of an upload");
    UploadRecord out{std::string(*mark), {}};
    ASSIGN_OR_RETURN(out.file, record_from(*file));
    return out;
}

Shown shown_as(std::string_view type) {
    return is_in(images, type) ? Shown::image : is_in(sounds, type) ? Shown::audio : Shown::not_shown;
}

Danger danger_of(std::string_view type, std::string_view name) {
    if (is_in(running, ending_of(name)))
        return Danger::dangerous;
    if (is_in(documents, type))
        return Danger::document;
    const bool plain = type == "text/plain" || type == "text/csv" || type == "image/heic" || type == "image/heif" || type == "image/tiff";
    if (plain || shown_as(type) != Shown::not_shown || type.starts_with("video/") || type.starts_with("audio/"))
        return Danger::none_known;
    return Danger::dangerous;
}

} // namespace domain
