// `sucharit doctor`: looks at everything that can be wrong with an agency and its machine, beside a running server or without
// one, and says what to do. Changes nothing and prints no secret.
#pragma once

#include "service/runtime/audit_command.h"
#include "service/runtime/file_inspector.h"
#include "service/usecases/reporter/context.h"

#include <cstdio>
#include <vector>

namespace runtime {

enum class Health { good, warning, wrong };

struct Checked {
    std::string what; // "data_folder": scripts know it by this name
    Health health = Health::good;
    std::string found;  // one sentence
    std::string advice; // what to do; empty when good
};

class Findings {
public:
    void good(std::string what, std::string found) { all_.push_back({std::move(what), Health::good, std::move(found), {}}); }
    void warn(std::string what, std::string found, std::string advice) {
        all_.push_back({std::move(what), Health::warning, std::move(found), std::move(advice)});
    }
    void wrong(std::string what, std::string found, std::string advice) {
        all_.push_back({std::move(what), Health::wrong, std::move(found), std::move(advice)});
    }
    const std::vector<Checked> &all() const { return all_; }

private:
    std::vector<Checked> all_;
};

struct DoctorOptions : InspectOptions {
    std::string share;
};

// The same for people on another stream: how `init` ends.
void report_health(const DoctorOptions &options, std::FILE *out);
// 0: nothing is wrong (there may be warnings); 1: something is.
int doctor(const DoctorOptions &options);

// ---- its parts, each by itself for the tests
void check_files(const DoctorOptions &options, Findings &out);
void check_machine(const DoctorOptions &options, Findings &out);
void check_libraries(Findings &out);
void check_inspector(const FileInspector::Paths &paths, Findings &out);
void check_serving(const DoctorOptions &options, Findings &out);                      // settings, certificate, ports, share folder
void check_instance(const DoctorOptions &options, const base::Clock &clock, Findings &out); // database, log, night, clock, people
void check_people(ports::OfficerReads &reads, const usecases::AgencySnapshot &agency, std::span<const crypto::RootKeys> roots,
                  Findings &out);
void check_mail(ports::MailReads &reads, Findings &out);

// Does the inspector do its work here? For the server too, whose unit may forbid what the operator's shell allows.
bool knows_types(FileInspector &inspector);

// Does a process hold the lock of this data folder?
bool is_served(const std::filesystem::path &folder);

} // namespace runtime
