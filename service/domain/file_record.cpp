#include "service/domain/file_record.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <span>

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
    if (const auto *answers = member(parsed, "answers")) {
        boost::system::error_code fault;
        out.answers = answers->to_number<std::uint32_t>(fault);
        if (fault || answers->is_double())
            return broken();
    }
    return out;
}

} // namespace

std::string_view id(Metadata metadata) { return id_in<Metadata>(metadata_ids, metadata); }
std::optional<Metadata> metadata_from(std::string_view id) { return value_in<Metadata>(metadata_ids, id); }
bool tells(Metadata metadata) { return metadata != Metadata::removed && metadata != Metadata::kept; }
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
    if (record.answers)
        out["answers"] = *record.answers;
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

} // namespace domain
