// The reminder that officers get by mail on each working day: one and the same for everybody, whether or not anything
// is due, so that whoever reads mail, or counts it, learns nothing of any complaint.
#pragma once

#include "crypto/base/bytes.h"
#include "service/domain/work_calendar.h"

namespace domain {

struct ReminderText {
    std::string subject, body; // UTF-8; lines end with \n
};

// The whole mail as it travels (RFC 5322, UTF-8 in base64, lines end with \r\n). Two of them differ in receiver, day
// and message id, in nothing else. `from`, `to`: as mail_address() gives them. Its date is the hour itself, whenever it
// was sent, and its id says nothing of the machine.
std::string reminder_mail(const ReminderText &text, std::string_view from, std::string_view to, base::Day day, int hour,
                          const base::Array<16> &message);

inline constexpr int reminders_end = 20; // hour: what could not be sent until then is not sent

base::Seconds at_hour(base::Day day, int hour); // in Thailand
// Is it a working day, at this hour or later, and before the end?
bool reminders_may_go(base::Seconds now, int hour, const WorkCalendar &calendar);
// The next moment after `now` at which they may begin to go.
base::Seconds next_reminders(base::Seconds now, int hour, const WorkCalendar &calendar);
// Seconds until they are tried again after so many rounds that failed, at least 1: five minutes, then twice as long
// each time.
base::Seconds pause_after(int failed_rounds);

} // namespace domain
