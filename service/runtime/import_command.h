// `sucharit import`: the counting facts of an old register, from a file.
#pragma once

#include <CLI/CLI.hpp>

#include <optional>
#include <string>

namespace runtime {

class ImportCommand {
public:
    explicit ImportCommand(CLI::App &app);
    std::optional<int> run(); // nothing when it was not asked for

private:
    int import();
    CLI::App *command_;
    std::string file_, folder_ = "var", credential_, share_, language_;
    bool dry_run_ = false, json_ = false;
};

} // namespace runtime
