// `sucharit serve`: opens the instance, wires storage, use cases and pages, and serves until told to end.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>

namespace runtime {

struct ServeOptions {
    std::filesystem::path folder;
    std::string credential;
    std::string share;
    std::optional<std::uint16_t> reporter_port, officer_port;
};

// Prints the addresses and "ready" on stdout. On SIGUSR1 prints "released" once no request is in memory any more, or
// "working". Ends cleanly on SIGTERM and SIGINT.
std::expected<void, std::string> serve(const ServeOptions &options);

} // namespace runtime
