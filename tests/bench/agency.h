// A demo agency in a folder of its own, served by the program as it is delivered, in a process of its own.
#pragma once

#include "crypto/reporter/receipt.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>

namespace bench {

struct Paths {
    std::filesystem::path program; // sucharit
    std::filesystem::path share;
};

class Agency {
public:
    // A new folder below `parent`, which is removed in the end.
    Agency(Paths paths, const std::filesystem::path &parent, unsigned password_operations, unsigned password_memory_mib);
    ~Agency();
    Agency(const Agency &) = delete;
    Agency &operator=(const Agency &) = delete;

    double start(); // seconds until the program says that it is ready
    void stop();    // as the operator ends it
    void kill();
    double verify_audit() const; // seconds that `sucharit audit verify` takes; what it says goes to stderr
    void set(const std::string &setting); // one line for the settings file

    std::uint16_t reporters() const { return reporters_; }
    std::uint16_t officers() const { return officers_; }
    pid_t process() const { return process_; }
    double resident_mib() const; // of the server
    double forget_peak() const;  // the peak begins anew at what is resident now, which is returned
    double peak_mib() const;     // the most that was resident since
    double cpu_seconds() const;  // that the server has used
    std::string passphrase(const std::string &login) const;
    std::filesystem::path folder() const { return home_ / "agency"; }
    std::string credential() const { return (home_ / "agency.key").string(); }

private:
    double status_mib(const std::string &field) const;
    Paths paths_;
    std::filesystem::path home_;
    pid_t process_ = -1;
    int output_ = -1;
    std::uint16_t reporters_ = 0, officers_ = 0;
};

} // namespace bench
