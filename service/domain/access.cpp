#include "service/domain/access.h"

#include <boost/json.hpp>

namespace domain {
namespace {

namespace json = boost::json;

std::unexpected<base::Error> unreadable() { return base::fail(base::Code::invalid, "reading who has access"); }

void put(json::object &to, std::string_view name, const Keyed &keyed) {
    if (keyed.empty())
        return;
    json::object out;
    for (const auto &[officer, serial] : keyed)
        out[officer.text()] = serial.text();
    to[name] = std::move(out);
}

base::Result<Keyed> take(const json::object &from, std::string_view name) {
    Keyed out;
    const auto *found = from.if_contains(name);
    if (!found)
        return out;
    if (!found->is_object())
        return unreadable();
    for (const auto &field : found->get_object()) {
        const auto officer = base::OfficerId::from_text(std::string_view(field.key()));
        const auto serial = field.value().is_string()
                                ? base::CertificateSerial::from_text(std::string_view(field.value().get_string()))
                                : std::nullopt;
        if (!officer || !serial)
            return unreadable();
        out[*officer] = *serial;
    }
    return out;
}

base::Result<Conflict> conflict_from(const json::value &value) {
    const auto *object = value.if_object();
    const auto *officer = object ? object->if_contains("officer") : nullptr;
    const auto *reason = object ? object->if_contains("reason") : nullptr;
    const auto *as = object ? object->if_contains("as") : nullptr;
    const auto id = officer && officer->is_string() ? base::OfficerId::from_text(std::string_view(officer->get_string())) : std::nullopt;
    if (!id || !reason || !reason->is_string() || !as)
        return unreadable();
    Conflict out{*id, std::string(reason->get_string()), {}};
    ASSIGN_OR_RETURN(out.as, acted_as_from_json(json::serialize(*as)));
    return out;
}

} // namespace

void put_access(json::object &to, const Access &access) {
    put(to, "readers", access.readers);
    put(to, "custodians", access.custodians);
    put(to, "passed", access.passed);
}

base::Result<Access> take_access(const json::object &from) {
    Access out;
    ASSIGN_OR_RETURN(out.readers, take(from, "readers"));
    ASSIGN_OR_RETURN(out.custodians, take(from, "custodians"));
    ASSIGN_OR_RETURN(out.passed, take(from, "passed"));
    return out;
}

std::string to_json(const AccessRecord &record) {
    json::object out{{"number", record.number}};
    put_access(out, record.granted);
    json::array ended;
    for (const base::OfficerId officer : record.custody_ended)
        ended.emplace_back(officer.text());
    out["custody_ended"] = std::move(ended);
    out["begins_epoch"] = record.begins_epoch;
    if (record.conflict)
        out["conflict"] = json::object{{"officer", record.conflict->officer.text()},
                                       {"reason", record.conflict->reason},
                                       {"as", json::parse(to_json(record.conflict->as))}};
    return json::serialize(out);
}

base::Result<AccessRecord> access_from_json(std::string_view text) {
    boost::system::error_code broken;
    const auto parsed = json::parse(text, broken);
    const auto *object = broken ? nullptr : parsed.if_object();
    const auto *ended = object ? object->if_contains("custody_ended") : nullptr;
    const auto *begins = object ? object->if_contains("begins_epoch") : nullptr;
    const auto *number = object ? object->if_contains("number") : nullptr;
    if (!number || !number->is_number() || number->is_double() || !ended || !ended->is_array() || !begins || !begins->is_bool())
        return unreadable();
    AccessRecord out;
    ASSIGN_OR_RETURN(out.granted, take_access(*object));
    out.begins_epoch = begins->get_bool();
    out.number = number->to_number<std::uint32_t>(broken);
    if (broken)
        return unreadable();
    for (const auto &value : ended->get_array()) {
        const auto id = value.is_string() ? base::OfficerId::from_text(std::string_view(value.get_string())) : std::nullopt;
        if (!id)
            return unreadable();
        out.custody_ended.push_back(*id);
    }
    if (const auto *conflict = object->if_contains("conflict")) {
        ASSIGN_OR_RETURN(out.conflict, conflict_from(*conflict));
    }
    return out;
}

} // namespace domain
