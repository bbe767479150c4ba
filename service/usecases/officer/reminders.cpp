#include "service/usecases/officer/reminders.h"

#include "crypto/officer/mail_sealed.h"
#include "service/usecases/officer/mail.h"

#include <algorithm>

namespace usecases {
namespace {

// A clock that is set, a machine that slept: nothing is waited for longer than this without looking.
constexpr base::Seconds longest_wait = 15 * 60;
constexpr base::Seconds until_store_is_back = 60;

} // namespace

base::Seconds Reminders::look() {
    if (context_.desk.take_changed()) next_try_ = 0;
    const auto stored = settings();
    test(stored ? *stored : std::nullopt);
    if (!stored) return until_store_is_back;
    if (!*stored || !(*stored)->on) return longest_wait;
    const int hour = (*stored)->hour;
    const domain::WorkCalendar calendar(context_.profile.now()->profile.holidays);
    const base::Seconds now = context_.clock.now();
    if (domain::reminders_may_go(now, hour, calendar)) {
        if (!begin(base::day_of(now))) return until_store_is_back;
        if (now >= next_try_ && !round(**stored, base::day_of(now))) return until_store_is_back;
    }
    const base::Seconds later = context_.clock.now();
    const base::Seconds next = next_try_ > later ? next_try_ : domain::next_reminders(later, hour, calendar);
    return std::clamp<base::Seconds>(next - later, 1, longest_wait);
}

base::Result<std::optional<domain::MailSettings>> Reminders::settings() {
    ASSIGN_OR_RETURN(const auto stored, context_.reads.mail().settings());
    if (!stored) return std::nullopt;
    const auto json = crypto::open_mail_document(context_.keys, *stored);
    auto out = json ? domain::mail_settings_from_json(*json) : std::unexpected(json.error());
    return out ? std::optional(std::move(*out)) : std::nullopt; // the page says that it must be typed anew
}

void Reminders::test(const std::optional<domain::MailSettings> &settings) {
    const auto officer = context_.desk.wanted();
    if (!officer) return;
    const auto address = context_.reads.mail().address(*officer);
    if (!settings || !address || !*address) return context_.desk.tested(ports::MailFailure::broken);
    const auto sent = send(*settings, *officer, **address, context_.clock.today(), base::random_id_bytes());
    context_.desk.tested(sent ? std::nullopt : std::optional(sent.error()));
}

base::Result<> Reminders::begin(base::Day today) {
    if (day_ != today) {
        day_ = today;
        sent_.clear();
        failed_rounds_ = 0;
        next_try_ = 0;
    }
    ASSIGN_OR_RETURN(const auto standing, context_.reads.mail().standing());
    if (standing.last_day == today) return {};
    ASSIGN_OR_RETURN(const auto agency, context_.agency.current(context_.reads, today));
    ASSIGN_OR_RETURN(const auto addresses, context_.reads.mail().addresses());
    const auto officers = reminded(*agency);
    std::vector<ports::ReminderRow> rows;
    for (const ports::MailAddressRow &row : addresses)
        if (officers.contains(row.officer)) rows.push_back({row.officer, base::random_id_bytes()});
    return context_.writes.begin_day(today, std::move(rows));
}

// All of them in the random order of their ids. One that is refused holds up no other; when the server cannot be talked
// to, the round is over.
base::Result<> Reminders::round(const domain::MailSettings &settings, base::Day today) {
    ASSIGN_OR_RETURN(const auto waiting, context_.reads.mail().waiting());
    if (waiting.empty()) return {};
    ASSIGN_OR_RETURN(const auto agency, context_.agency.current(context_.reads, today));
    const auto officers = reminded(*agency);
    std::optional<ports::MailFailure> failure;
    for (const ports::ReminderRow &row : waiting) {
        if (context_.desk.stopped()) return {};
        ASSIGN_OR_RETURN(const auto address, context_.reads.mail().address(row.officer));
        if (address && !sent_.contains(row.officer) && officers.contains(row.officer)) {
            const auto sent = send(settings, row.officer, *address, today, row.message);
            if (!sent && sent.error() == ports::MailFailure::stopped) return {};
            if (!sent) {
                failure = sent.error();
                if (failure == ports::MailFailure::refused) continue;
                break;
            }
            sent_.insert(row.officer);
        }
        RETURN_IF_FAILED(context_.writes.sent(row));
    }
    failed_rounds_ = failure ? failed_rounds_ + 1 : 0;
    next_try_ = failure ? context_.clock.now() + domain::pause_after(failed_rounds_) : 0;
    return context_.writes.round_ended(failure);
}

std::expected<void, ports::MailFailure> Reminders::send(const domain::MailSettings &settings, base::OfficerId officer,
                                                        const base::Bytes &address, base::Day today,
                                                        const base::Array<16> &message) {
    const auto to = crypto::open_mail_address(context_.keys, officer, address);
    if (!to) return std::unexpected(ports::MailFailure::refused); // not what the officer gave: nothing is sent there
    const std::string mail =
        domain::reminder_mail(context_.text(), settings.sender, *to, today, settings.hour, message);
    return context_.sender.send(settings.server, settings.sender, *to, mail);
}

} // namespace usecases
