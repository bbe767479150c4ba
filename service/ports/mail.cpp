#include "service/ports/mail.h"

namespace ports {

std::string_view id(MailFailure failure) {
    switch (failure) {
    case MailFailure::unreachable:
        return "unreachable";
    case MailFailure::timeout:
        return "timeout";
    case MailFailure::no_tls:
        return "no_tls";
    case MailFailure::certificate:
        return "certificate";
    case MailFailure::login:
        return "login";
    case MailFailure::refused:
        return "refused";
    case MailFailure::broken:
        return "broken";
    case MailFailure::stopped:
        return "stopped";
    }
    base::broken("a failure of the mail without a name");
}

} // namespace ports
