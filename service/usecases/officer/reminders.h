// Sends the day's reminders: to each officer with a post and an address one mail on each working day, the same for
// everybody, whether or not anything is due. Looks at no case. One thread's.
//
// At least once: a mail leaves the queue when the server has taken it and that is durable. Between the two a killed
// program sends it again, with the same id and date; the other way round somebody would miss a day without anybody
// knowing.
#pragma once

#include "service/domain/reminder.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/mail_desk.h"

#include <functional>
#include <set>

namespace usecases {

struct ReminderContext {
    const crypto::InstanceKeys &keys;
    const base::Clock &clock;
    Agency &agency;
    ports::OfficerReads &reads; // this thread's own
    ports::MailWrites &writes;
    const CurrentProfile &profile;
    ports::MailSender &sender;
    std::function<domain::ReminderText()> text;
    MailDesk &desk;
};

class Reminders {
public:
    explicit Reminders(ReminderContext context) : context_(std::move(context)) {}

    // Does what is due now: the test mail that somebody waits for, the beginning of a day, a round of what waits.
    // Returns after how many seconds to look again.
    base::Seconds look();

private:
    base::Result<std::optional<domain::MailSettings>> settings();
    void test(const std::optional<domain::MailSettings> &settings);
    base::Result<> begin(base::Day today);
    base::Result<> round(const domain::MailSettings &settings, base::Day today);
    std::expected<void, ports::MailFailure> send(const domain::MailSettings &settings, base::OfficerId officer,
                                                 const base::Bytes &address, base::Day today,
                                                 const base::Array<16> &message);

    ReminderContext context_;
    base::Day day_;                  // of what follows
    std::set<base::OfficerId> sent_; // also where the store could not be told
    int failed_rounds_ = 0;
    base::Seconds next_try_ = 0;
};

} // namespace usecases
