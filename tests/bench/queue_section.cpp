// The officers' list of very many cases, beside the same pages of a hundred.
#include "tests/bench/client.h"
#include "tests/bench/filings.h"
#include "tests/bench/sections.h"
#include "tests/bench/sign_in.h"

#include <algorithm>
#include <stdexcept>

namespace bench {
namespace {

constexpr double goal_ms = 50; // of the 99th percentile
constexpr std::size_t few = 100;

struct Visit {
    std::string cookie, csrf; // the session's
};

std::string page_of(const Agency &agency, const Visit &visit, const std::string &path) {
    return ask(agency.officers(), get_request(path, visit.cookie));
}

Visit sign_in(const Agency &agency) {
    return {"Cookie: " + cookie_of(ask(agency.officers(), sign_in_request(agency, "legal"))) + "\r\n", ""};
}

bool is_list(std::string_view answer) { return answer.starts_with("HTTP/1.1 200 ") && answer.find("id=\"queue\"") != answer.npos; }

struct Prepared {
    double first = 0, whole = 0; // seconds until the first page, and until the list was whole
    std::size_t pages = 0;
};

Prepared prepare(const Agency &agency, Visit &visit) {
    Prepared out;
    const auto begin = Clock::now();
    const auto passed = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
    for (;;) {
        const std::string page = page_of(agency, visit, "/queue");
        if (!is_list(page)) throw std::runtime_error("the list does not come");
        if (out.pages++ == 0) out.first = passed();
        if (page.find("id=\"preparing\"") == page.npos) {
            out.whole = passed();
            visit.csrf = text_between(page, "name=\"csrf\" value=\"", "\"");
            return out;
        }
    }
}

struct Pages {
    Load list, filtered, found;
};

Load load_of(const Agency &agency, const Options &options, const std::function<std::string()> &request) {
    const double before = agency.cpu_seconds();
    Load out = drive({.port = agency.officers(), .clients = 1, .request = request, .is_right = is_list, .duration = options.duration});
    out.server_cpu = (agency.cpu_seconds() - before) * 1000 / static_cast<double>(std::max<std::size_t>(1, out.asked));
    return out;
}

Pages measure_pages(const Agency &agency, const Visit &visit, std::size_t cases, const Options &options) {
    std::size_t number = 0;
    Pages out;
    out.list = load_of(agency, options, [&] { return get_request("/queue", visit.cookie); });
    const std::size_t pages = (cases + 24) / 25;
    out.filtered = load_of(agency, options, [&] { // somewhere among them, by each order
        constexpr const char *orders[] = {"due", "received", "number"};
        ++number;
        return get_request("/queue?state=submitted&sort=" + std::string(orders[number % 3]) + "&page=" + std::to_string(1 + number * 7 % pages),
                           visit.cookie);
    });
    out.found = load_of(agency, options, [&] {
        return post_request("/queue", "csrf=" + urlencoded(visit.csrf) + "&search=" + urlencoded("สมมุติ"),
                            "Origin: https://127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n" + visit.cookie);
    });
    return out;
}

std::string said(const Load &load) {
    return "p50 " + number(load.percentile(0.5), 1) + " ms, p99 " + number(load.percentile(0.99), 1) + " ms, " + std::to_string(load.failed) +
           " failed, " + number(load.server_cpu, 1) + " ms of the server's processor each";
}

struct Measured {
    Prepared prepared{};
    double filled = 0, before = 0, with = 0, again = 0; // seconds; MiB; the first page of another session
    Pages pages{};
};

Measured measure(std::size_t cases, const Options &options) {
    Agency agency(options.paths, options.folder, 1, 8);
    Measured out;
    {
        auto instance = runtime::open_instance(agency.folder(), agency.credential());
        if (!instance) throw std::runtime_error(instance.error());
        const base::Day today = base::SystemClock().today();
        const auto begin = Clock::now();
        file_cases(*instance, cases, {today.number - 3});
        if (!instance->store->maintenance().nightly(today)) throw std::runtime_error("the nightly batch fails");
        out.filled = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    agency.start();
    Visit visit = sign_in(agency);
    out.before = agency.resident_mib();
    out.prepared = prepare(agency, visit);
    out.with = agency.resident_mib();
    Visit another = sign_in(agency);
    out.again = prepare(agency, another).first;
    out.pages = measure_pages(agency, visit, cases, options);
    agency.stop();
    return out;
}

} // namespace

void measure_queue(const Options &options, Table &table) {
    const Measured small = measure(std::min(few, options.listed_cases), options), large = measure(options.listed_cases, options);
    const std::string cases = std::to_string(options.listed_cases) + " cases";
    table.add({"a store with " + cases + " that open for the officer", number(large.filled, 1) + " s", "", 0});
    table.add({"their list after a start: its first page, with what waits longest", number(large.prepared.first, 2) + " s", "", 0});
    table.add({"… until it is whole", number(large.prepared.whole, 1) + " s, in " + std::to_string(large.prepared.pages) + " pages", "", 0});
    table.add({"the first page of another session", number(large.again * 1000, 0) + " ms", "", 0});
    table.add({"resident memory with the list", number(large.with, 1) + " MiB", number(large.before, 1) + " MiB before", 0});
    const auto row = [&](const std::string &what, const Load &many, const Load &hundred) {
        table.add({what + ", " + cases, said(many), "the same with " + std::to_string(std::min(few, options.listed_cases)) + " cases: " + said(hundred),
                   many.percentile(0.99) > 0 ? hundred.percentile(0.99) / many.percentile(0.99) : 0});
        table.demand(many.failed == 0 && !many.milliseconds.empty(), what + ": none fails");
        if (options.strict) table.demand(many.percentile(0.99) < goal_ms, what + ": 99 of 100 in less than 50 ms");
    };
    row("the list of work", large.pages.list, small.pages.list);
    row("filtered, sorted, any page", large.pages.filtered, small.pages.filtered);
    row("searched", large.pages.found, small.pages.found);
}

} // namespace bench
