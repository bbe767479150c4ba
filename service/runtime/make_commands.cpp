#include "service/runtime/make_commands.h"

#include "service/runtime/doctor.h"
#include "service/runtime/process.h"
#include "service/runtime/terminal.h"

#include <cstdio>

namespace runtime {

MakeCommands::MakeCommands(CLI::App &app) : memory_mib_(demo_.cost.memory_bytes >> 20) {
    options_.share = SUCHARIT_SHARE;
    options_.language = english_locale() ? "en" : "th";
    add_init(app);
    credential_ = app.add_subcommand("credential", "write the credential file again from the recovery sheet");
    credential_->add_flag("--from-sheet", from_sheet_, "asks for what stands on the sheet")->required();
    credential_->add_option("--dir", folder_, "data folder")->capture_default_str();
    credential_->add_option("--credential", options_.credential, "the file to be written; default <dir>.key");
    add_talk(*credential_);
}

// What both ask with.
void MakeCommands::add_talk(CLI::App &command) {
    command.add_option("--language", options_.language, "of the questions: th or en; default by LANG, else th")
        ->check(CLI::IsMember({"th", "en"}));
    command.add_option("--share", options_.share, "folder of templates, catalogues and static files")->capture_default_str();
}

void MakeCommands::add_init(CLI::App &app) {
    init_ = app.add_subcommand("init", "make an agency in an empty data folder");
    auto *demo = init_->add_flag("--demo", is_demo_, "a demo agency with seven officers whose passphrases stand in a file");
    init_->add_flag("!--no-second-factor", demo_.second_factors, "of a demo: no officer has a second factor, and none is asked for")
        ->needs(demo);
    init_->add_option("--answers", options_.answers, "a file instead of questions in the terminal")->excludes(demo);
    init_->add_option("--dir", folder_, "data folder")->capture_default_str();
    init_->add_option("--credential", options_.credential, "credential file, outside the data folder; default <dir>.key");
    init_->add_option("--sheet", options_.sheet, "recovery sheet to be made; default <credential>.pdf")->excludes(demo);
    add_talk(*init_);
    init_->add_option("--password-operations", demo_.cost.operations, "Argon2id passes")
        ->capture_default_str()
        ->check(CLI::Range(1, 10));
    init_->add_option("--password-memory-mib", memory_mib_, "Argon2id memory")->capture_default_str()->check(CLI::Range(8, 1024));
    init_->footer(answers_reference());
}

std::expected<void, std::string> MakeCommands::init() {
    demo_.cost.memory_bytes = memory_mib_ << 20;
    if (is_demo_) {
        demo_.folder = folder_;
        demo_.credential = options_.credential;
        return init_demo(demo_);
    }
    options_.folder = folder_;
    options_.cost = demo_.cost;
    if (options_.sheet.empty())
        options_.sheet = options_.credential + ".pdf";
    return init_agency(options_);
}

std::expected<void, std::string> MakeCommands::credential() {
    return credential_from_sheet({folder_, options_.credential, options_.language, options_.share});
}

std::optional<int> MakeCommands::run(char **argv) {
    if (!init_->parsed() && !credential_->parsed())
        return std::nullopt;
    if (!is_demo_)
        ensure_freed_memory_is_overwritten(argv);
    if (options_.credential.empty())
        options_.credential = folder_ + ".key";
    harden_process();
    crypto::start();
    block_signals(); // whoever interrupts it finds no half of a data folder, with its keys, beside the place
    const auto done = init_->parsed() ? init() : credential();
    if (!done)
        std::fprintf(stderr, "sucharit: %s\n", done.error().c_str());
    unblock_signals(); // whoever interrupted it sees it end by the signal
    if (!done)
        return 1;
    if (init_->parsed() && !is_demo_) {
        DoctorOptions look;
        look.folder = folder_;
        look.credential = options_.credential;
        look.share = options_.share;
        report_health(look, stderr);
    }
    return 0;
}

} // namespace runtime
