#include "service/usecases/officer/case_log.h"

#include "crypto/reporter/instance.h"

#include <map>

namespace usecases {
namespace {

// Officers' acts on a case stand in its history with their time of day.
bool has_time(crypto::Kind kind) { return kind == crypto::Kind::move || kind == crypto::Kind::reply; }

// What officers do is there at once; what a reporter sent, at the latest when the longest delay is over. Answers count from that day.
bool is_seen_in_time(const ports::ObjectRow &object) {
    const auto held = object.visible_from.number - object.day.number;
    return object.header.author.is_zero() ? held >= 0 && held <= ports::longest_queue_delay : held == 0;
}

} // namespace

base::Result<> check_against_log(OfficerContext &context, base::CaseId id, std::span<const ports::ObjectRow> objects) {
    ASSIGN_OR_RETURN(const auto digests,
                     context.reads.digests(crypto::case_pseudonym(context.keys, id), id, context.clock.today()));
    std::map<base::ObjectId, ports::ObjectDigest> logged;
    for (const auto &entry : digests)
        logged[entry.object] = entry;
    if (logged.size() != objects.size())
        return base::fail(base::Code::refused, "a case whose objects are not those of the log");
    for (const auto &object : objects) {
        const auto found = logged.find(object.header.object_id);
        if (found == logged.end() || found->second.digest != crypto::digest(object.sealed))
            return base::fail(base::Code::refused, "an object that is not the one in the log");
        if (found->second.day != object.day || (has_time(object.header.kind) && found->second.time != object.time))
            return base::fail(base::Code::refused, "an object of another moment than the one in the log");
        if (!is_seen_in_time(object))
            return base::fail(base::Code::refused, "an object that was held back longer than any agency holds it");
    }
    return {};
}

crypto::AuditEntry case_entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                              base::CaseId case_id) {
    return {.event = event,
            .day = context.clock.today(),
            .time = context.clock.now(),
            .actor = actor,
            .subject = crypto::case_pseudonym(context.keys, case_id),
            .object = {},
            .digest = {}};
}

} // namespace usecases
