#include "service/usecases/reporter/track.h"

#include "service/domain/message.h"
#include "service/usecases/reporter/case_key.h"
#include "service/usecases/reporter/file_complaint.h"
#include "service/usecases/reporter/found_case.h"

#include <algorithm>

namespace usecases {
namespace {

using Why = TrackRefused::Why;

std::unexpected<TrackRefused> refuse(Why why) { return std::unexpected(TrackRefused{why, {}}); }

std::unexpected<TrackRefused> refuse(const base::Error &error) {
    return refuse(error.code == base::Code::unavailable ? Why::busy : Why::storage_failed);
}

crypto::Receipt nobodys_receipt() { return crypto::Receipt::from_digits(base::view("00000000000000000000000000")); }

base::Result<std::vector<TrackMessage>> messages(ReporterContext &context, const FoundCase &found) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    ASSIGN_OR_RETURN(const auto rows, context.reads.replies(found.found.row.record.case_id));
    std::vector<TrackMessage> out;
    for (const auto &row : rows) {
        const auto plain = crypto::open_reply_as_reporter(found.keys, agency->roster, row.header, row.sealed);
        auto message = plain ? domain::message_from_json(base::text(*plain)) : std::unexpected(plain.error());
        if (message && message->from)
            out.push_back({row.day, *message->from, std::move(message->text)});
        else
            out.push_back({row.day, domain::Post::legal_officer, {}, true});
    }
    return out;
}

// An order that was entered from paper is none before it is confirmed. Who has written since the day on which they were
// asked is not asked again.
domain::State shown_to_reporter(const ports::CaseRow &row, std::span<const base::Day> sent) {
    using enum domain::State;
    if (row.state == awaiting_information && !sent.empty() && sent.back() > row.state_since)
        return screening;
    return row.state == paper_recorded ? pending_order : row.state;
}

base::Result<> add(ReporterContext &context, const FoundCase &found, const std::string &text, const crypto::Once &once) {
    // From the form and its text: the same form sent twice is one message, an edited one is a second message.
    base::Writer form;
    form.raw(once.object_id(found.keys).bytes()).raw(base::view(text));
    const auto tag = crypto::compare_tag(found.keys, form.seen());
    const auto id = *base::ObjectId::from(base::View(tag).first(16));
    ASSIGN_OR_RETURN(const bool sent_before, context.reads.object_exists(id));
    if (sent_before)
        return {};
    if (once.expired(context.clock.now()))
        return base::fail(base::Code::expired, "writing more with an old form");
    const std::string json = to_json(domain::Message{text, std::nullopt, std::nullopt, answers(found.found.row)});
    ASSIGN_OR_RETURN(auto object, crypto::seal_follow_up(found.keys, found.record, id, base::view(json)));
    const base::Day today = context.clock.today();
    const crypto::AuditEntry audit{.event = crypto::AuditEvent::follow_up,
                                   .day = today,
                                   .actor = {},
                                   .subject = crypto::case_pseudonym(context.keys, object.header.case_id),
                                   .object = id,
                                   .digest = crypto::digest(object.sealed)};
    auto done = context.writes.add_follow_up(
        {std::move(object), today, {today.number + context.policy.queue_delay_days}, audit});
    if (!done && done.error().code == base::Code::conflict)
        return {};
    return done;
}

// Of the reporter's own, by day; of those that are not complete only those that are still kept.
base::Result<std::vector<TrackView::SentFile>> sent_files(ReporterContext &context, base::CaseId id) {
    std::vector<TrackView::SentFile> out;
    ASSIGN_OR_RETURN(const auto complete, context.reads.files().files(id));
    ASSIGN_OR_RETURN(const auto incomplete, context.reads.files().uploads(id));
    for (const auto &file : complete)
        if (file.author.is_zero())
            out.push_back({file.day, true});
    for (const auto &upload : incomplete)
        if (upload.author.is_zero())
            out.push_back({upload.day, false});
    std::ranges::stable_sort(out, {}, &TrackView::SentFile::day);
    return out;
}

} // namespace

std::optional<std::uint32_t> answers(const ports::CaseRow &row) {
    return domain::may_wait_for_answer(row.state) ? std::optional(row.version) : std::nullopt;
}

std::expected<FoundCase, TrackRefused> find_case(ReporterContext &context, std::string_view typed_receipt) {
    const auto receipt = crypto::Receipt::parse(typed_receipt);
    auto keys = receipt ? crypto::ReceiptKeys::derive(*receipt) : crypto::ReceiptKeys::derive(nobodys_receipt());
    auto found = context.reads.find_by_tag(crypto::lookup_tag(keys, context.keys));
    if (!found)
        return refuse(found.error());
    if (!receipt)
        return refuse(receipt.error() == crypto::Receipt::Fault::wrong_check ? Why::wrong_check : Why::not_28_digits);
    if (!*found)
        return refuse(Why::unknown);
    // A row that somebody rewrote must not make a follow-up readable to them.
    const auto record = case_key_now(context, keys, **found);
    if (!record && record.error().code == base::Code::refused)
        return refuse(Why::damaged);
    if (!record)
        return refuse(record.error());
    return FoundCase{std::move(keys), std::move(**found), *record};
}

std::expected<TrackView, TrackRefused> view_of(ReporterContext &context, const FoundCase &found) {
    auto said = messages(context, found);
    if (!said)
        return refuse(said.error());
    auto sent = context.reads.sent_days(found.found.row.record.case_id);
    if (!sent)
        return refuse(sent.error());
    auto files = sent_files(context, found.found.row.record.case_id);
    if (!files)
        return refuse(files.error());
    return TrackView{shown_to_reporter(found.found.row, *sent), found.found.row.received, std::move(*said), std::move(*sent),
                     std::move(*files), context.policy.files, new_once(context)};
}

std::expected<TrackView, TrackRefused> track(ReporterContext &context, std::string_view typed_receipt) {
    const auto found = find_case(context, typed_receipt);
    if (!found)
        return std::unexpected(found.error());
    return view_of(context, *found);
}

std::expected<TrackView, TrackRefused> write_more(ReporterContext &context, std::string_view typed_receipt,
                                                  std::string_view message, std::string_view once_field) {
    const auto found = find_case(context, typed_receipt);
    if (!found)
        return std::unexpected(found.error());
    const auto text = domain::check_message(message);
    if (!text)
        return std::unexpected(TrackRefused{Why::faults, text.error().key, text.error().limit, text.error().over});
    const auto once = crypto::Once::parse(context.keys, once_field);
    if (!once)
        return refuse(Why::form_expired);
    const auto done = add(context, *found, *text, *once);
    if (!done && done.error().code == base::Code::expired)
        return refuse(Why::form_expired);
    if (!done)
        return refuse(done.error());
    return view_of(context, *found);
}

} // namespace usecases
