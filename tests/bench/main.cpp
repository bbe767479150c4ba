// Prints the table of README.md. Without --quick: ends with 1 when a goal is missed.
#include "tests/bench/sections.h"

#include "crypto/primitives/secret.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <sys/resource.h>

int main(int argc, char **argv) {
    bench::Options options{.paths = {SUCHARIT_BENCH_PROGRAM, SUCHARIT_BENCH_SHARE}, .folder = SUCHARIT_BENCH_FOLDER};
    bool quick = false;
    std::string only;
    CLI::App app{"Measures a demo agency of its own, on this machine"};
    app.add_option("--folder", options.folder, "where its store is made: on the disk to measure")->capture_default_str();
    app.add_option("--cases", options.cases, "cases of the store that is started")->capture_default_str();
    app.add_option("--listed-cases", options.listed_cases, "cases that one officer reads")->capture_default_str();
    app.add_option("--only", only, "one section")->check(CLI::IsMember({"filing", "sign-in", "files", "queue", "start"}));
    app.add_flag("--quick", quick, "a few of everything, to see that it works");
    CLI11_PARSE(app, argc, argv);
    if (quick) {
        options.duration = std::chrono::milliseconds(200);
        options.cases = std::min<std::size_t>(options.cases, 200);
        options.listed_cases = std::min<std::size_t>(options.listed_cases, 500);
        options.most_idle = 100;
        options.file_megabytes = options.file_rounds = 1;
        options.whole_cost = options.strict = false;
    }
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    crypto::start();
    try {
        bench::Table table;
        const auto wanted = [&](std::string_view section) { return only.empty() || only == section; };
        if (wanted("filing")) bench::measure_filing(options, table);
        if (wanted("sign-in")) bench::measure_sign_in(options, table, 1, 8);
        if (wanted("sign-in") && options.whole_cost) bench::measure_sign_in(options, table, 3, 256);
        if (wanted("files")) bench::measure_files(options, table);
        if (wanted("queue")) bench::measure_queue(options, table);
        if (wanted("start")) bench::measure_start(options, table);
        return table.end();
    } catch (const std::exception &fault) {
        std::fprintf(stderr, "bench: %s\n", fault.what());
        return 2;
    }
}
