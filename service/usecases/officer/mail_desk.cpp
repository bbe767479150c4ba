#include "service/usecases/officer/mail_desk.h"

#include <chrono>
#include <utility>

namespace usecases {

bool MailDesk::ask_for_test(base::OfficerId officer) {
    const std::lock_guard lock(mutex_);
    if (test_.how == Test::How::waiting) return false;
    officer_ = officer;
    test_ = {Test::How::waiting};
    woken_.notify_all();
    return true;
}

MailDesk::Test MailDesk::test_of(base::OfficerId officer) const {
    const std::lock_guard lock(mutex_);
    return officer == officer_ ? test_ : Test{};
}

void MailDesk::changed() {
    const std::lock_guard lock(mutex_);
    changed_ = true;
    woken_.notify_all();
}

std::optional<base::OfficerId> MailDesk::wanted() const {
    const std::lock_guard lock(mutex_);
    return test_.how == Test::How::waiting ? std::optional(officer_) : std::nullopt;
}

void MailDesk::tested(std::optional<ports::MailFailure> failure) {
    const std::lock_guard lock(mutex_);
    test_ = {failure ? Test::How::failed : Test::How::sent, failure};
}

bool MailDesk::take_changed() {
    const std::lock_guard lock(mutex_);
    return std::exchange(changed_, false);
}

void MailDesk::wait(base::Seconds seconds) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, std::chrono::seconds(seconds),
                    [&] { return stopped_ || changed_ || test_.how == Test::How::waiting; });
}

void MailDesk::stop() {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    woken_.notify_all();
}

bool MailDesk::stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

} // namespace usecases
