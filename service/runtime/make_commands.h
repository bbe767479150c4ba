// The commands that make an agency or its credential: `sucharit init` and `sucharit credential`.
#pragma once

#include "service/runtime/credential_command.h"
#include "service/runtime/demo.h"
#include "service/runtime/init.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace runtime {

class MakeCommands {
public:
    explicit MakeCommands(CLI::App &app);
    // Nothing when none of them was asked for. The program may start itself again first (see process.h).
    std::optional<int> run(char **argv);

private:
    void add_init(CLI::App &app);
    void add_talk(CLI::App &command);
    std::expected<void, std::string> init();
    std::expected<void, std::string> credential();

    CLI::App *init_ = nullptr, *credential_ = nullptr;
    DemoOptions demo_;
    InitOptions options_;
    bool is_demo_ = false, from_sheet_ = false;
    std::string folder_ = "var";
    std::size_t memory_mib_;
};

} // namespace runtime
