#include "service/runtime/command_line.h"

#include "service/runtime/admin_command.h"
#include "service/runtime/import_command.h"
#include "service/runtime/inspect_commands.h"
#include "service/runtime/make_commands.h"
#include "service/runtime/officer_code.h"
#include "service/runtime/process.h"
#include "service/runtime/serve.h"
#include "service/runtime/settings.h"

#include <CLI/CLI.hpp>

#include <cstdio>

namespace runtime {
namespace {

int tell(const std::expected<void, std::string> &done) {
    if (done)
        return 0;
    std::fprintf(stderr, "sucharit: %s\n", done.error().c_str());
    return 1;
}

} // namespace

int run(int argc, char **argv) {
    CLI::App app{"Sucharit: a confidential complaint server for local governments"};
    app.require_subcommand(1);
    MakeCommands make(app);

    std::string folder = "var";
    ServeOptions options;
    options.share = SUCHARIT_SHARE;
    auto *serve_command = app.add_subcommand("serve", "serve an agency until SIGTERM or Ctrl-C");
    serve_command->add_option("--dir", folder, "data folder")->capture_default_str();
    serve_command->add_option("--credential", options.credential, "credential file; default <dir>.key");
    serve_command->add_option("--reporter-port", options.reporter_port, "instead of the setting reporter.port");
    serve_command->add_option("--officer-port", options.officer_port, "instead of the setting officer.port");
    serve_command->add_option("--share", options.share, "folder of templates, catalogues and static files")
        ->capture_default_str();
    serve_command->footer("Settings in <dir>/sucharit.toml:\n" + settings_reference());

    InspectCommands inspect(app);
    ImportCommand import(app);
    std::string login;
    auto *code = app.get_subcommand("officer")->add_subcommand("code", "the code that a demo officer's telephone would show now");
    code->add_option("--dir", folder, "data folder")->capture_default_str();
    code->add_option("--credential", options.credential, "credential file; default <dir>.key");
    code->add_option("login", login, "whose code")->required();

    usecases::AdminToBe admin;
    auto *invite = app.get_subcommand("officer")->add_subcommand("invite-admin", "an invitation for an admin, when there is none who could make one");
    invite->add_option("--dir", folder, "data folder")->capture_default_str();
    invite->add_option("--credential", options.credential, "credential file; default <dir>.key");
    invite->add_option("--name", admin.name, "name of the person")->required();
    invite->add_option("--order", admin.order, "number of the written order")->required();
    invite->add_option("login", admin.login, "who is invited, or was and has not joined")->required();

    CLI11_PARSE(app, argc, argv);
    if (const auto done = make.run(argv))
        return *done;
    if (const auto done = inspect.run())
        return *done;
    if (const auto done = import.run())
        return *done;
    options.folder = folder;
    if (options.credential.empty())
        options.credential = folder + ".key";
    if (code->parsed() || invite->parsed()) {
        harden_process();
        crypto::start();
        const auto found = code->parsed() ? officer_code(folder, options.credential, login)
                                          : invite_admin_at(folder, options.credential, admin);
        if (found)
            std::printf("%s\n", found->c_str());
        return tell(found ? std::expected<void, std::string>() : std::unexpected(found.error()));
    }
    ensure_freed_memory_is_overwritten(argv);
    return tell(serve(options));
}

} // namespace runtime
