#include "service/runtime/inspect_commands.h"

#include "service/runtime/process.h"

namespace runtime {

InspectCommands::InspectCommands(CLI::App &app) {
    const auto with_options = [this](CLI::App *command) {
        command->add_option("--dir", folder_, "data folder")->capture_default_str();
        command->add_option("--credential", options_.credential, "credential file; default <dir>.key");
        command->add_flag("--json", options_.json, "the result as JSON");
        return command;
    };
    auto *audit = app.add_subcommand("audit", "the audit log");
    audit->require_subcommand(1);
    audit_verify_ = with_options(audit->add_subcommand(
        "verify", "walk the log and name each entry that was altered, swapped, added or taken out"));
}

std::optional<int> InspectCommands::run() {
    if (!audit_verify_->parsed())
        return std::nullopt;
    options_.folder = folder_;
    if (options_.credential.empty())
        options_.credential = folder_ + ".key";
    harden_process();
    crypto::start();
    return audit_verify(options_);
}

} // namespace runtime
