// The JSON inside sealed objects: what is read is text, and written again it reads as the same.
#include "service/domain/message.h"
#include "service/domain/move_record.h"
#include "tests/fuzz/target.h"
#include "web/http/text.h"

namespace {

using fuzz::demand;
using namespace domain;

void check(const Complaint &c) {
    for (const auto *value : {&c.category, &c.subject_name, &c.subject_position, &c.subject_unit, &c.when, &c.where,
                              &c.facts, &c.witnesses, &c.elsewhere, &c.wish})
        demand(http::is_utf8(*value));
    const std::string json = to_json(c);
    const auto again = complaint_from_json(json);
    demand(again && to_json(*again) == json && again->excluded == c.excluded && again->facts == c.facts &&
           again->anonymous == c.anonymous && again->conceal == c.conceal && again->wish == c.wish);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const std::string_view json = fuzz::text(data, size);
    if (const auto complaint = complaint_from_json(json)) check(*complaint);
    if (const auto identity = identity_from_json(json)) {
        demand(http::is_utf8(identity->name) && http::is_utf8(identity->address));
        const auto again = identity_from_json(to_json(*identity));
        demand(again && again->name == identity->name && again->address == identity->address &&
               again->phone == identity->phone && again->email == identity->email);
    }
    if (const auto message = message_from_json(json)) {
        demand(http::is_utf8(message->text));
        if (message->refiled) check(*message->refiled);
        const auto again = message_from_json(to_json(*message));
        demand(again && again->text == message->text && again->from == message->from &&
               again->refiled.has_value() == message->refiled.has_value());
    }
    if (const auto move = move_from_json(json)) {
        for (const auto &[name, value] : move->values.values)
            demand(http::is_utf8(name) && http::is_utf8(value));
        const auto again = move_from_json(move_to_json(*move));
        demand(again && again->event == move->event && again->version == move->version &&
               again->values.values == move->values.values && again->as == move->as);
    }
    return 0;
}
