// The commands that look at an instance and change nothing: they run beside a server and without one.
#pragma once

#include "service/runtime/doctor.h"

#include <CLI/CLI.hpp>

#include <optional>

namespace runtime {

class InspectCommands {
public:
    explicit InspectCommands(CLI::App &app);
    std::optional<int> run(); // nothing when none of them was asked for

private:
    CLI::App *audit_verify_, *doctor_, *officer_list_;
    DoctorOptions options_;
    std::string folder_ = "var";
};

} // namespace runtime
