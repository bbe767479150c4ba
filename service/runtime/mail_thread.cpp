#include "service/runtime/mail_thread.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace runtime {

std::string mail_authorities(const std::filesystem::path &folder, const Settings &settings) {
    return settings.mail_authorities.empty() ? std::string() : (folder / settings.mail_authorities).string();
}

std::string officers_address(const Settings &settings, std::uint16_t port) {
    return settings.officer_public_name.empty() ? fmt::format("https://{}:{}/", settings.officer_hosts.front(), port)
                                                : fmt::format("https://{}/", settings.officer_public_name);
}

MailThread::MailThread(Uses uses, std::string authorities)
    : uses_(std::move(uses)), sender_(std::move(authorities)), thread_([this] { run(); }) {}

MailThread::~MailThread() {
    uses_.desk.stop();
    sender_.stop();
    thread_.join();
}

void MailThread::run() {
    const auto reads = uses_.store.officer_reads();
    usecases::Reminders reminders({uses_.keys, uses_.clock, uses_.agency, *reads, uses_.store.officer_writes().mail(),
                                   uses_.profile, sender_, uses_.text, uses_.desk});
    while (!uses_.desk.stopped()) {
        base::Seconds pause = 60;
        try {
            pause = reminders.look();
        } catch (const std::exception &) { // out of memory, or a bug: the pages are served on
            spdlog::error("sending mail failed: it is tried again in a minute");
            if (uses_.desk.wanted()) uses_.desk.tested(ports::MailFailure::broken);
        }
        sender_.forget_connection();
        uses_.desk.wait(pause);
    }
}

} // namespace runtime
