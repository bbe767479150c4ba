#include "service/runtime/inspect_commands.h"

#include "service/runtime/officer_list.h"
#include "service/runtime/process.h"

namespace runtime {

InspectCommands::InspectCommands(CLI::App &app) {
    options_.share = SUCHARIT_SHARE;
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
    doctor_ = with_options(app.add_subcommand("doctor", "look at everything that can be wrong, and say what to do"));
    doctor_->add_option("--share", options_.share, "folder of templates, catalogues and static files")->capture_default_str();
    auto *officer = app.add_subcommand("officer", "accounts of officers");
    officer->require_subcommand(1);
    officer_list_ = with_options(officer->add_subcommand("list", "logins, posts and states of the accounts"));
}

std::optional<int> InspectCommands::run() {
    if (!audit_verify_->parsed() && !doctor_->parsed() && !officer_list_->parsed())
        return std::nullopt;
    options_.folder = folder_;
    if (options_.credential.empty())
        options_.credential = folder_ + ".key";
    harden_process();
    crypto::start();
    return audit_verify_->parsed() ? audit_verify(options_) : doctor_->parsed() ? doctor(options_) : officer_list(options_);
}

} // namespace runtime
