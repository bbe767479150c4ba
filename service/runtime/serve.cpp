#include "service/runtime/serve.h"

#include "service/runtime/agency_profile.h"
#include "service/runtime/disk_watch.h"
#include "service/runtime/doctor.h"
#include "service/runtime/file_inspector.h"
#include "service/runtime/instance.h"
#include "service/runtime/mail_thread.h"
#include "service/runtime/process.h"
#include "service/usecases/officer/agency_settings.h"
#include "service/usecases/officer/case_index.h"
#include "service/usecases/officer/files.h"
#include "web/net/lanes.h"
#include "web/net/server.h"
#include "web/pages/officer/face.h"
#include "web/pages/officer/mail.h"
#include "web/pages/reporter/face.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <thread>

namespace runtime {
namespace {

namespace fs = std::filesystem;

usecases::FileLimits file_limits(const Settings &settings) {
    const auto bytes = [](std::int64_t mib) { return static_cast<std::uint64_t>(mib) << 20; };
    return {.file = bytes(settings.file_mib), .in_case = bytes(settings.case_files_mib)};
}

// Everything that all requests share. Members are destroyed in the reverse order: lanes end before what they use.
struct App {
    App(Instance instance_, pages::Site reporter_site_, pages::Site officer_site_, domain::AgencyProfile from_file,
        std::vector<domain::ProfileVersion> versions, FileInspector::Paths paths)
        : instance(std::move(instance_)), reporter_site(std::move(reporter_site_), emblem_of(instance.store->files())),
          officer_site(std::move(officer_site_), emblem_of(instance.store->files())),
          profile(std::move(from_file), std::move(versions)), agency(instance.keys.instance, instance.roots),
          policy{static_cast<int>(instance.settings.queue_delay), instance.settings.register_year == "fiscal",
                 instance.settings.second_factor == "required", file_limits(instance.settings),
                 instance.settings.reporter_public_name.empty() ? "" : "https://" + instance.settings.reporter_public_name + "/track"},
          cost{static_cast<std::uint32_t>(instance.settings.password_operations),
               static_cast<std::size_t>(instance.settings.password_memory_mib) << 20},
          inspector(std::move(paths)), files{instance.store->files(), inspector, arriving} {}

    Instance instance;
    base::SystemClock clock;
    pages::LiveSite reporter_site, officer_site;
    usecases::CurrentProfile profile;
    pages::Prints prints;
    usecases::Agency agency;
    usecases::Policy policy;
    crypto::PasswordCost cost;
    usecases::Sessions sessions;
    FileInspector inspector;
    usecases::ArrivingFiles arriving;
    usecases::FileTools files;
    usecases::CheckedFiles checked_files;
    usecases::MailDesk mail;
    usecases::CaseIndexes indexes;
};

// One worker thread's own things: its read connection and the contexts that refer to it.
struct ReporterWorker {
    explicit ReporterWorker(App &app)
        : reads(app.instance.store->reporter_reads()),
          service{app.instance.keys, app.clock, app.policy, app.agency, *reads, app.instance.store->reporter_writes(), app.files},
          app(app) {}
    // One request is rendered from one profile, whatever changes meanwhile.
    http::Response answer(http::Request &request) {
        const auto site = app.reporter_site.of(app.profile.now());
        pages::ReporterPage page{service, *site, {app.profile.manuals(), app.prints, channel_address(app.instance.settings)}};
        return pages::answer_reporter(page, request);
    }
    std::unique_ptr<ports::ReporterReads> reads;
    usecases::ReporterContext service;
    App &app;
};

struct OfficerWorker {
    explicit OfficerWorker(App &app)
        : reads(app.instance.store->officer_reads()),
          service{app.instance.keys, app.clock,    app.policy, app.agency, *reads, app.instance.store->officer_writes(),
                  app.sessions,      app.cost,     app.profile, app.files, app.checked_files, app.mail, app.indexes},
          app(app) {}
    http::Response answer(http::Request &request) {
        const auto site = app.officer_site.of(app.profile.now());
        pages::OfficerPage page{service, *site};
        return pages::answer_officer(page, request);
    }
    std::unique_ptr<ports::OfficerReads> reads;
    usecases::OfficerContext service;
    App &app;
};

void log_bug() { spdlog::error("a handler failed: the request was answered 500"); }

template <class Worker>
using Lane = net::WorkerLane<Worker>;

template <class Worker>
std::unique_ptr<Lane<Worker>> make_lane(App &app, std::int64_t threads, std::int64_t waiting, std::int64_t kept = 0,
                                        int niceness = 0) {
    return std::make_unique<Lane<Worker>>(
        net::LaneSize{static_cast<std::size_t>(threads), static_cast<std::size_t>(waiting), static_cast<std::size_t>(kept), niceness},
        [&app] { return std::make_unique<Worker>(app); }, log_bug);
}

// Counts the requests that lanes hold: a client that goes away early leaves its request there.
class Held {
public:
    explicit Held(std::atomic<int> &count) : count_(&count) { ++count; }
    Held(Held &&other) noexcept : count_(std::exchange(other.count_, nullptr)) {}
    Held &operator=(Held &&) = delete;
    ~Held() {
        if (count_)
            --*count_;
    }

private:
    std::atomic<int> *count_;
};

// A request on its way through a lane. Destroyed in the reverse order: `held` last.
struct Handed {
    Held held;
    http::Request request;
    net::Source source;
    net::Reply reply;
};

// Where a full lane has no place for it, it is answered 503 at once, with a page that keeps what was typed. `known`: who
// takes turns for it in the kept places; when those are full it waits like everybody's, so that nobody loses by being known.
template <class Worker, class Busy>
void hand_over(Lane<Worker> &lane, Handed handed, Busy busy, std::optional<net::Source> known = {}) {
    const net::Source source = known.value_or(handed.source);
    handed.reply.otherwise(503);
    lane.post(
        [&lane, handed = std::move(handed), busy, known](Worker *worker) mutable {
            if (!worker && known)
                return hand_over(lane, std::move(handed), busy);
            if (!worker) {
                auto response = busy(handed.request);
                response.retry_after = 1;
                return handed.reply(std::move(response));
            }
            handed.reply.otherwise(500);
            try {
                handed.reply(worker->answer(handed.request));
            } catch (const std::bad_alloc &) { // in a moment there is memory again
                handed.reply.otherwise(503);
            }
        },
        source, known ? net::Place::kept : net::Place::common);
}

// Everybody who files waits for the store's one writer: when processors are short the many who make filings let it go first.
constexpr int behind_the_writer = 5;

// Few: with a copied token somebody can fill them, and then its owner waits behind so many.
constexpr std::int64_t known_browsers_waiting = 8;

// An officer has one turn, from however many browsers; whoever was disabled has none. The id is random, so a part of it tells
// officers apart.
std::optional<net::Source> turn_of_known(App &app, const http::Request &request) {
    const auto officer = pages::known_officer(app.instance.keys, app.clock.today(), request);
    const auto agency = app.agency.seen();
    if (!officer || (agency && std::ranges::find(agency->disabled, *officer) != agency->disabled.end()))
        return std::nullopt;
    std::uint64_t part;
    std::memcpy(&part, officer->bytes().data(), sizeof part);
    return net::Source{part};
}

std::expected<net::ListenerConfig, std::string> listener(const fs::path &folder, const Settings &settings) {
    const auto at = [&](const std::string &path) { return (folder / path).string(); };
    auto certificate = net::load_certificate(at(settings.certificate), at(settings.certificate_key));
    if (!certificate)
        return std::unexpected(certificate.error().sentence);
    net::ListenerConfig out;
    out.certificate = std::move(*certificate);
    return out;
}

base::Seconds next_nightly(const base::Clock &clock, std::int64_t hour) {
    constexpr base::Seconds bangkok = 7 * 3600, day = 86400;
    const base::Seconds now = clock.now();
    base::Seconds at = base::Seconds{clock.today().number} * day + hour * 3600 - bangkok;
    return at > now ? at : at + day;
}

void run_nightly(App &app, const fs::path &folder) {
    warn_when_the_disk_fills(folder);
    const auto done = app.instance.store->maintenance().nightly(app.clock.today());
    if (done)
        spdlog::info("nightly batch done");
    else if (done.error().code == base::Code::unavailable)
        spdlog::info("nightly batch not finished: it is done again at the next start or night");
    else
        spdlog::error("nightly batch failed: {}", sentence("it is tried again tomorrow", done.error()));
}

// The nightly batch on a thread of its own, beside the serving; one at a time.
class Batches {
public:
    explicit Batches(App &app) : app_(app) {}
    ~Batches() {
        app_.instance.store->maintenance().give_up();
        if (thread_.joinable())
            thread_.join();
    }
    Batches(const Batches &) = delete;
    Batches &operator=(const Batches &) = delete;

    template <class Work>
    void start(Work work) {
        if (thread_.joinable())
            thread_.join();
        thread_ = std::thread(std::move(work));
    }

private:
    App &app_;
    std::thread thread_;
};

// A batch that was missed while the machine was off is done at once.
void catch_up_nightly(App &app, const fs::path &folder) {
    const auto last = app.instance.store->maintenance().last_nightly();
    if (last && (!*last || **last < base::Day{app.clock.today().number - 1}))
        run_nightly(app, folder);
    else
        warn_when_the_disk_fills(folder);
}

void print_demo_officers(const ServeOptions &options, bool with_codes) {
    fmt::print("demo officers:\n");
    std::ifstream list(options.folder / "demo-officers.tsv");
    for (std::string line; std::getline(list, line);)
        fmt::print("  {}\n", line);
    std::error_code unknown;
    if (with_codes)
        fmt::print("a code for one sign-in of LOGIN: {} officer code --dir {} --credential {} LOGIN\n",
                   fs::read_symlink("/proc/self/exe", unknown).string(), options.folder.string(), options.credential);
}

constexpr base::Seconds upkeep_interval = 60;
constexpr std::size_t kept_memory = std::size_t{64} << 20; // that much more than at the start is no flood's

// Beyond the streams that a listener lets in at once: downloads, which it does not count.
constexpr std::int64_t streams_waiting = 8;

class Faces {
public:
    Faces(App &app, const Settings &settings)
        : reporters_(make_lane<ReporterWorker>(app, settings.reporter_workers, settings.waiting_requests, 0, behind_the_writer)),
          officers_(make_lane<OfficerWorker>(app, settings.general_workers, settings.waiting_requests)),
          passwords_(make_lane<OfficerWorker>(app, settings.password_workers, settings.waiting_requests / 8 + 1,
                                              known_browsers_waiting)),
          reporters_files_(make_lane<ReporterWorker>(app, settings.streams, streams_waiting, 0, behind_the_writer)),
          officers_files_(make_lane<OfficerWorker>(app, settings.streams, streams_waiting)) {}

    void reporter(App &app, net::ListenerConfig &config) {
        config.drop_cookies = true;
        config.dispatch = [this, &app](http::Request &&request, net::Source source, net::Reply reply) {
            const auto busy = [&app](const http::Request &refused) {
                return pages::reporter_error(*app.reporter_site.of(app.profile.now()), 503, &refused);
            };
            const bool stream = pages::reporter_lane(request.method, request.path) == http::Lane::stream;
            hand_over(stream ? *reporters_files_ : *reporters_, {Held(held_), std::move(request), source, std::move(reply)}, busy);
        };
        config.body_limit = pages::reporter_body_limit;
        config.streamed = pages::reporter_streamed;
        config.answer_step = pages::reporter_answer_step;
        config.error_page = [&app](unsigned status, const http::Request *request) {
            return pages::reporter_error(*app.reporter_site.of(app.profile.now()), status, request);
        };
    }
    void officer(App &app, net::ListenerConfig &config) {
        config.drop_cookies = false;
        config.dispatch = [this, &app](http::Request &&request, net::Source source, net::Reply reply) {
            const http::Lane lane = pages::officer_lane(request.method, request.path);
            const bool password = lane == http::Lane::password;
            const auto known = password ? turn_of_known(app, request) : std::nullopt;
            const auto busy = [&app](const http::Request &refused) {
                return pages::officer_error(*app.officer_site.of(app.profile.now()), 503, &refused);
            };
            auto &threads = password ? *passwords_ : lane == http::Lane::stream ? *officers_files_ : *officers_;
            hand_over(threads, {Held(held_), std::move(request), source, std::move(reply)}, busy, known);
        };
        config.body_limit = pages::officer_body_limit;
        config.streamed = pages::officer_streamed;
        config.answer_step = pages::officer_answer_step;
        config.error_page = [&app](unsigned status, const http::Request *request) {
            return pages::officer_error(*app.officer_site.of(app.profile.now()), status, request);
        };
    }
    int held() const { return held_; }
    void stop() {
        reporters_->stop();
        officers_->stop();
        passwords_->stop();
        reporters_files_->stop();
        officers_files_->stop();
    }

private:
    std::atomic<int> held_ = 0;
    std::unique_ptr<Lane<ReporterWorker>> reporters_;
    std::unique_ptr<Lane<OfficerWorker>> officers_, passwords_;
    std::unique_ptr<Lane<ReporterWorker>> reporters_files_; // bodies that come and go piece by piece hold a thread so long
    std::unique_ptr<Lane<OfficerWorker>> officers_files_;
};

bool thai_only(const Settings &settings) { return settings.languages == "th"; }

std::expected<std::vector<net::ListenerConfig>, std::string> listeners(const ServeOptions &options, App &app, Faces &faces) {
    const Settings &settings = app.instance.settings;
    auto reporter = listener(options.folder, settings), officer = listener(options.folder, settings);
    if (!reporter || !officer)
        return std::unexpected(reporter ? officer.error() : reporter.error());
    reporter->thai_only = officer->thai_only = thai_only(settings);
    reporter->address = settings.reporter_address;
    reporter->port = options.reporter_port.value_or(static_cast<std::uint16_t>(settings.reporter_port));
    reporter->allowed_hosts = settings.reporter_hosts;
    reporter->public_name = settings.reporter_public_name;
    officer->address = settings.officer_address;
    officer->port = options.officer_port.value_or(static_cast<std::uint16_t>(settings.officer_port));
    officer->allowed_hosts = settings.officer_hosts;
    officer->public_name = settings.officer_public_name;
    // Whoever takes or gives files, on either face, needs as many descriptors again for the file and for who looks into it.
    const auto workers = static_cast<std::size_t>(settings.reporter_workers + settings.general_workers + settings.password_workers +
                                                  2 * 2 * settings.streams);
    const auto caps =
        connection_caps(raise_descriptor_limit(), workers, static_cast<std::size_t>(settings.connections));
    if (!caps)
        return std::unexpected("the system lets this program open too few files (ulimit -Hn, LimitNOFILE)");
    reporter->limits.connections = caps->reporter;
    officer->limits.connections = caps->officer;
    reporter->limits.body_bytes = officer->limits.body_bytes = static_cast<std::size_t>(settings.body_mib) << 20;
    reporter->limits.streams = officer->limits.streams = static_cast<std::size_t>(settings.streams);
    faces.reporter(app, *reporter);
    faces.officer(app, *officer);
    std::vector<net::ListenerConfig> out;
    out.push_back(std::move(*reporter));
    out.push_back(std::move(*officer));
    return out;
}

void announce(const ServeOptions &options, const Settings &settings, const std::vector<std::uint16_t> &ports) {
    fmt::print("reporters: https://{}:{}/\n", settings.reporter_hosts.front(), ports[0]);
    fmt::print("officers:  https://{}:{}/login\n", settings.officer_hosts.front(), ports[1]);
    if (settings.demo)
        print_demo_officers(options, settings.second_factor == "required");
    fmt::print("ready\n");
    std::fflush(stdout);
}

} // namespace

std::expected<void, std::string> serve(const ServeOptions &options) {
    block_signals();
    keep_stacks_small();
    const bool locked = harden_process();
    spdlog::set_default_logger(spdlog::stderr_logger_mt("sucharit"));
    spdlog::set_pattern("%l %v"); // no time of day: the journal has its own, and nothing here is about a request
    crypto::start();
    if (!locked)
        spdlog::info("memory is not locked as a whole: swap must be off or encrypted");
    if (!print::has_typeface())
        return std::unexpected(fmt::format("the Thai typeface {} for prints is missing: apt-get install {}", print::typeface, print::typeface_package));
    auto instance = open_instance(options.folder, options.credential);
    if (!instance)
        return std::unexpected(instance.error());
    const auto from_file = profile_of(instance->settings);
    if (!from_file)
        return std::unexpected(from_file.error());
    const auto load_site = [&](std::span<const pages::PageFile> files) {
        return pages::Site::load(options.share, *from_file, files,
                                 thai_only(instance->settings) ? pages::Site::Offered::thai : pages::Site::Offered::both);
    };
    auto reporter_site = load_site(pages::reporter_page_files()), officer_site = load_site(pages::officer_page_files());
    if (!reporter_site || !officer_site)
        return std::unexpected(reporter_site ? officer_site.error() : reporter_site.error());
    for (const auto &misfit : {pages::check_reporter_pages(*reporter_site), pages::check_officer_pages(*officer_site)})
        if (!misfit.empty())
            return std::unexpected(misfit);
    auto versions = usecases::stored_profiles(instance->store->officer_reads()->settings(), *from_file);
    if (!versions)
        return std::unexpected(sentence("the pages of the agency cannot be shown", versions.error()));
    App app(std::move(*instance), std::move(*reporter_site), std::move(*officer_site), *from_file, std::move(*versions),
            FileInspector::installed(options.share));
    const auto agency = app.agency.current(*app.instance.store->reporter_reads(), app.clock.today());
    if (agency && (*agency)->everyone.empty())
        return std::unexpected("nobody in this agency holds a signed post today: it was made by an earlier version of the program, or "
                               "every appointment has run out");
    Faces faces(app, app.instance.settings);
    auto configs = listeners(options, app, faces);
    if (!configs)
        return std::unexpected(configs.error());
    net::Server server(std::move(*configs), {.on_bug = log_bug});
    const auto ports = server.start();
    if (!ports)
        return std::unexpected(ports.error().sentence);
    announce(options, app.instance.settings, *ports);
    Batches batches(app);
    batches.start([&] {
        if (!knows_types(app.inspector))
            spdlog::warn("files cannot be looked into: all are kept as they were sent; sucharit doctor says why");
        catch_up_nightly(app, options.folder);
    });
    const auto reminder = [&app, address = officers_address(app.instance.settings, (*ports)[1])] {
        return pages::reminder_text(*app.officer_site.of(app.profile.now()), address);
    };
    const MailThread mail({*app.instance.store, app.instance.keys, app.clock, app.agency, app.profile, app.mail, reminder},
                          mail_authorities(options.folder, app.instance.settings));
    const auto released = [&] { return server.connections() == 0 && faces.held() == 0; };
    DiskWatch disk(*app.instance.store, options.folder);
    const auto say_whether_released = [&] {
        disk.look();
        fmt::print("{}\n", released() ? "released" : "working");
        std::fflush(stdout);
    };
    const std::size_t at_start = resident_memory();
    base::Seconds night = next_nightly(app.clock, app.instance.settings.nightly_hour);
    while (wait_for_signal(std::min(night, app.clock.now() + upkeep_interval), say_whether_released) == Woken::deadline) {
        disk.look();
        if (released() && resident_memory() > at_start + kept_memory)
            give_back_memory(locked);
        if (app.clock.now() < night)
            continue;
        batches.start([&] { run_nightly(app, options.folder); });
        night = next_nightly(app.clock, app.instance.settings.nightly_hour);
    }
    server.stop();
    app.inspector.stop(); // else a thread would wait for a file whose sender has gone
    faces.stop();
    return {};
}

} // namespace runtime
