// Between the pages and the one thread that sends mail: a test mail that an admin asks for, and word that something
// changed. Nobody waits here but that thread.
#pragma once

#include "service/ports/mail.h"

#include <condition_variable>
#include <mutex>

namespace usecases {

class MailDesk {
public:
    struct Test {
        enum class How { none, waiting, sent, failed };
        How how = How::none;
        std::optional<ports::MailFailure> failure{}; // when it failed
    };

    // From any lane. False: another one is on its way.
    bool ask_for_test(base::OfficerId officer);
    Test test_of(base::OfficerId officer) const; // the last that this officer asked for, since the start
    void changed();                              // the settings are others: what failed is tried again at once

    // Of the sending thread.
    std::optional<base::OfficerId> wanted() const; // who waits for a test mail
    void tested(std::optional<ports::MailFailure> failure);
    bool take_changed();
    void wait(base::Seconds seconds); // at most; less when something is wanted or it ends

    void stop();
    bool stopped() const;

private:
    mutable std::mutex mutex_;
    std::condition_variable woken_;
    base::OfficerId officer_;
    Test test_;
    bool changed_ = false, stopped_ = false;
};

} // namespace usecases
