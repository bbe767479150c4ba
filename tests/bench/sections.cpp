#include "tests/bench/sections.h"

#include "crypto/officer/passphrase.h"
#include "tests/bench/client.h"
#include "tests/bench/filings.h"
#include "tests/bench/plain_server.h"
#include "tests/bench/sign_in.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

namespace bench {
namespace {

constexpr double goal = 0.7; // of the lower limit, filing with 64 clients
constexpr std::size_t most_clients = 64;

std::size_t processors() { return std::max(1u, std::thread::hardware_concurrency()); }

std::string latencies(const Load &load) {
    return number(load.rate()) + "/s, p50 " + number(load.percentile(0.5), 1) + " ms, p99 " +
           number(load.percentile(0.99), 1) + " ms, " + std::to_string(load.failed) + " failed" +
           (load.server_cpu > 0 ? ", " + number(load.server_cpu, 2) + " ms of the server's processor each" : "");
}

runtime::Instance opened(const Agency &agency) {
    auto instance = runtime::open_instance(agency.folder(), agency.credential());
    if (!instance) throw std::runtime_error(instance.error());
    return std::move(*instance);
}

void close_the_day(runtime::Instance &instance, base::Day day) {
    if (!instance.store->maintenance().nightly(day)) throw std::runtime_error("the nightly batch fails");
}

double measure_commits(const Agency &agency, const Options &options) {
    auto instance = opened(agency);
    const auto enough = static_cast<std::size_t>(2 * options.duration.count()); // 2,000 a second
    return commits_per_second(instance, filing_rows(instance, enough), most_clients, options.duration);
}

Load file(const Agency &agency, const FilingRequests &filings, std::size_t clients, const Options &options,
          std::vector<std::string> &receipts) {
    auto requests = filings.make(static_cast<std::size_t>(2 * options.duration.count()));
    std::size_t next = 0;
    const double before = agency.cpu_seconds();
    Load load = drive({.port = agency.reporters(),
                       .clients = clients,
                       .request = [&] { return next < requests.size() ? std::move(requests[next++]) : std::string(); },
                       .is_right =
                           [&](std::string_view answer) {
                               if (receipts.size() < 1000) receipts.push_back(FilingRequests::receipt_of(answer));
                               return FilingRequests::is_receipt(answer);
                           },
                       .duration = options.duration});
    load.server_cpu = (agency.cpu_seconds() - before) * 1000 / static_cast<double>(std::max<std::size_t>(1, load.asked));
    return load;
}

Load track(const Agency &agency, const std::vector<std::string> &receipts, const Options &options) {
    std::size_t next = 0;
    return drive({.port = agency.reporters(),
                  .clients = most_clients,
                  .request =
                      [&] { return post_request("/track", "action=open&receipt=" + receipts[next++ % receipts.size()]); },
                  .is_right =
                      [](std::string_view answer) {
                          return answer.starts_with("HTTP/1.1 200 ") && answer.find("name=\"message\"") != answer.npos;
                      },
                  .duration = options.duration});
}

void measure_connections(const Agency &agency, const Options &options, Table &table) {
    const Load ours = connect_often(agency.reporters(), 8, options.duration);
    const PlainServer plain(agency.folder() / "tls/certificate.pem", agency.folder() / "tls/key.pem");
    const Load theirs = connect_often(plain.port(), 8, options.duration);
    table.add({"new TLS connections, 8 at a time", latencies(ours),
               number(theirs.rate()) + "/s with openssl s_server (" +
                   number(plain.s_time(options.duration)) + "/s as openssl s_time counts them)",
               ours.rate() / theirs.rate()});
    table.demand(ours.failed == 0, "no TLS connection fails");
}

void measure_idle(Agency &agency, const Options &options, Table &table) {
    agency.start();
    const double before = agency.resident_mib();
    table.add({"resident memory, nothing asked yet", number(before, 1) + " MiB", "", 0});
    for (const std::size_t count : {options.most_idle / 10, options.most_idle}) {
        const Idle idle(agency.reporters(), count);
        const double with = agency.resident_mib();
        const std::size_t standing = idle.size(); // on a slow machine the first reach their deadline before the last come
        table.add({"resident memory with " + std::to_string(standing) + " idle connections", number(with, 1) + " MiB",
                   number((with - before) * 1024 / static_cast<double>(std::max<std::size_t>(1, standing)), 1) +
                       " KiB each",
                   0});
        table.demand(standing >= count / 2, "at least half of " + std::to_string(count) + " idle connections stand at once");
    }
    agency.stop();
}

// Filing between two measurements of the same store: what it holds makes both slower.
struct Filing {
    std::size_t clients;
    double commits_before = 0, commits_after = 0;
    Load load{};
    double commits() const { return (commits_before + commits_after) / 2; }
    std::string name() const { return std::to_string(clients) + (clients == 1 ? " client" : " clients"); }
};

void report(const std::vector<Filing> &all, double seals, const Options &options, Table &table) {
    for (const Filing &one : all) {
        const double lower = std::min(one.commits(), seals);
        table.add({"filing, " + one.name(), latencies(one.load),
                   number(one.commits()) + " plain commits/s, " + number(seals) + " plain sealings/s",
                   one.load.rate() / lower});
        table.demand(one.load.failed == 0 && !one.load.milliseconds.empty(), "no filing fails with " + one.name());
        if (options.strict && one.clients == most_clients)
            table.demand(one.load.rate() >= goal * lower, "filing with 64 clients reaches at least 70 % of the lower limit");
    }
}

} // namespace

void measure_filing(const Options &options, Table &table) {
    Agency agency(options.paths, options.folder, 1, 8);
    agency.set("[work]\nconnections = " + std::to_string(options.most_idle + 500));
    {
        auto instance = opened(agency); // the server would else catch the night's batch up, beside what is measured
        close_the_day(instance, base::SystemClock().today());
    }
    measure_idle(agency, options, table);
    const FilingRequests requests(agency.credential());
    std::vector<std::string> receipts;
    std::vector<Filing> filings{{1}, {8}, {most_clients}};
    double commits = measure_commits(agency, options);
    for (Filing &one : filings) {
        one.commits_before = commits;
        agency.start();
        one.load = file(agency, requests, one.clients, options, receipts);
        agency.stop();
        one.commits_after = commits = measure_commits(agency, options);
    }
    agency.start();
    const Load tracking = track(agency, receipts, options);
    measure_connections(agency, options, table);
    agency.stop();
    auto instance = opened(agency);
    const double seals = seals_per_second(instance, processors(), options.duration);
    const double lookups = lookups_per_second(instance, receipts, processors(), options.duration);
    report(filings, seals, options, table);
    table.add({"tracking, 64 clients", latencies(tracking), number(lookups) + " plain look-ups/s", tracking.rate() / lookups});
    table.demand(tracking.failed == 0, "no tracking fails");
}

void measure_sign_in(const Options &options, Table &table, unsigned operations, unsigned memory_mib) {
    Agency agency(options.paths, options.folder, operations, memory_mib);
    agency.start();
    const std::string request = sign_in_request(agency, "legal");
    const Load load = drive({.port = agency.officers(),
                             .clients = 4,
                             .request = [&] { return request; },
                             .is_right = [](std::string_view answer) { return answer.starts_with("HTTP/1.1 303 "); },
                             .duration = options.duration});
    agency.stop();
    const auto salt = crypto::random_salt();
    std::size_t plain = 0;
    const auto begin = Clock::now();
    for (; Clock::now() < begin + options.duration; ++plain)
        if (!crypto::derive_passphrase("passphrase", salt, {operations, std::size_t{memory_mib} << 20}))
            throw std::runtime_error("no memory for Argon2id");
    const double limit = static_cast<double>(plain) / std::chrono::duration<double>(Clock::now() - begin).count();
    table.add({"sign-in, 4 clients, Argon2id " + std::to_string(operations) + " × " + std::to_string(memory_mib) + " MiB",
               latencies(load), number(limit, 1) + " plain Argon2id/s on one thread", load.rate() / limit});
    table.demand(load.failed == 0, "no sign-in fails");
}

namespace {

// All but the newest came before the last batch: what a night has to do is one day's.
void fill_and_close_the_day(const Agency &agency, const Options &options, Table &table) {
    auto instance = opened(agency);
    const base::Day today = base::SystemClock().today(), yesterday{today.number - 1};
    const auto since = [](Clock::time_point begin) {
        return number(std::chrono::duration<double>(Clock::now() - begin).count(), 1) + " s";
    };
    close_the_day(instance, yesterday);
    const auto begin = Clock::now();
    fill(instance, options.cases, {today.number - 30});
    table.add({"filling a store with " + std::to_string(options.cases) + " cases", since(begin), "", 0});
    close_the_day(instance, yesterday);
    fill(instance, options.cases_of_the_day, today);
    const auto filled = Clock::now();
    close_the_day(instance, today);
    table.add({"its nightly batch, " + std::to_string(options.cases_of_the_day) + " cases of the day", since(filled), "", 0});
}

} // namespace

void measure_start(const Options &options, Table &table) {
    Agency agency(options.paths, options.folder, 1, 8);
    fill_and_close_the_day(agency, options, table);
    double seconds = 0;
    for (const bool killed : {false, true}) {
        const auto start = Clock::now();
        agency.start();
        const bool answered = ask(agency.reporters(), get_request("/")).starts_with("HTTP/1.1 200 ");
        seconds = std::max(seconds, std::chrono::duration<double>(Clock::now() - start).count());
        table.demand(answered, "the first request is answered");
        killed ? agency.stop() : agency.kill();
    }
    table.add({"start to first answer with " + std::to_string(options.cases) + " cases, also after kill -9",
               number(seconds, 2) + " s", "5 s", 0});
    if (options.strict) table.demand(seconds < 5, "a start takes less than 5 s, also after kill -9");
    table.add({"audit verify, an entry and two sealed objects for each of the cases", number(agency.verify_audit(), 1) + " s", "", 0});
}

} // namespace bench
