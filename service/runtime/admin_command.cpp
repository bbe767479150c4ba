#include "service/runtime/admin_command.h"

#include "service/runtime/instance.h"

#include <fmt/format.h>

namespace runtime {
namespace {

std::string reason(const usecases::RosterRefused &refused) {
    if (refused.why != usecases::RosterRefused::Why::faults)
        return "the database does not take it now: try again";
    const domain::Fault &first = refused.faults.front();
    return first.key == "fault.officers.login_taken"
               ? "somebody else has this login"
               : fmt::format("--{} is not right: logins have 2 to 32 of a-z, digits, dot and dashes, names and orders up to {} characters",
                             first.field, domain::most_name);
}

} // namespace

std::expected<std::string, std::string> invite_admin_at(const std::filesystem::path &folder, const std::string &credential,
                                                        const usecases::AdminToBe &wanted) {
    const auto instance = open_instance(folder, credential);
    if (!instance)
        return std::unexpected(instance.error());
    const auto reads = instance->store->officer_reads();
    const base::SystemClock clock;
    const auto invitation = usecases::invite_admin({*reads, instance->store->officer_writes(), instance->keys, clock}, wanted);
    if (!invitation)
        return std::unexpected(reason(invitation.error()));
    const auto day = invitation->until.date();
    return fmt::format("{}\t{:04}-{:02}-{:02}", invitation->code, static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

} // namespace runtime
