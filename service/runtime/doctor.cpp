#include "service/runtime/doctor.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace runtime {
namespace {

std::string_view name(Health health) {
    return health == Health::good ? "good" : health == Health::warning ? "warning" : "wrong";
}

void print_as_json(const Findings &findings, bool well) {
    boost::json::array checks;
    for (const Checked &one : findings.all()) {
        boost::json::object check{{"check", one.what}, {"health", name(one.health)}, {"found", one.found}};
        if (!one.advice.empty())
            check["advice"] = one.advice;
        checks.push_back(std::move(check));
    }
    fmt::print("{}\n", boost::json::serialize(boost::json::object{{"well", well}, {"checks", std::move(checks)}}));
}

void print_for_people(const Findings &findings, std::FILE *out) {
    const auto count = [&](Health health) { return std::ranges::count(findings.all(), health, &Checked::health); };
    for (const Checked &one : findings.all()) {
        fmt::print(out, "{:8} {:20} {}\n", name(one.health), one.what, one.found);
        if (!one.advice.empty())
            fmt::print(out, "{:8} {:20} → {}\n", "", "", one.advice);
    }
    fmt::print(out, "{} good, {} warnings, {} wrong\n", count(Health::good), count(Health::warning), count(Health::wrong));
}

Findings examine(const DoctorOptions &options) {
    Findings out;
    check_files(options, out);
    check_libraries(out);
    check_machine(options, out);
    check_inspector(FileInspector::installed(options.share), out);
    check_serving(options, out);
    check_instance(options, base::SystemClock(), out);
    return out;
}

} // namespace

void report_health(const DoctorOptions &options, std::FILE *out) { print_for_people(examine(options), out); }

int doctor(const DoctorOptions &options) {
    const Findings findings = examine(options);
    const bool well = std::ranges::none_of(findings.all(), [](const Checked &one) { return one.health == Health::wrong; });
    if (options.json)
        print_as_json(findings, well);
    else
        print_for_people(findings, stdout);
    return well ? 0 : 1;
}

} // namespace runtime
