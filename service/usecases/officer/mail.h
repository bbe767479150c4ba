// Reminders by mail as admins set them up, and the address that officers give for them, or do not.
#pragma once

#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/mail_desk.h"

#include <set>

namespace usecases {

struct MailView {
    std::optional<domain::MailSettings> settings; // without the password, which is shown to nobody
    bool damaged = false;                         // what is stored does not open: it must be typed anew
    std::string seen;                             // names what is stored, for change_mail()
    ports::MailStanding standing;
    std::size_t reached = 0, officers = 0; // of those with a post today, and how many of them gave an address
    bool own_address = false;
    MailDesk::Test test;
};
base::Result<MailView> mail_settings(const MayChange &permitted, OfficerContext &context);

struct MailRefused {
    enum class Why {
        faults,
        stale,      // changed by somebody else meanwhile
        not_set_up, // for a test: there are no settings yet
        no_address, // for a test: of the admin's own
        under_way,  // another test is
        busy,
    };
    Why why;
    std::vector<domain::Fault> faults{};
};
// `seen`: of the view that the form was made from. Who points the program at another server types the password anew.
std::expected<void, MailRefused> change_mail(const MayChange &permitted, const RecentlySignedIn &recently,
                                             OfficerContext &context, const domain::MailForm &typed,
                                             std::string_view seen);
// The very mail that everybody gets, to the admin's own address, once; what became of it stands in MailView::test a
// little later.
std::expected<void, MailRefused> test_mail(const MayChange &permitted, OfficerContext &context);

enum class AddressRefused { not_one, busy };
base::Result<std::string> own_mail_address(OfficerContext &context, const OfficerSession &session); // empty: none
// Empty: no more mail. Open to everybody who is signed in.
std::expected<void, AddressRefused> set_own_mail_address(OfficerContext &context, const OfficerSession &session,
                                                         std::string_view typed);

// Who gets a reminder today if they gave an address: whoever holds a post and may sign in.
std::set<base::OfficerId> reminded(const AgencySnapshot &agency);

} // namespace usecases
