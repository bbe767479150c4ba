// Files: one at a time, beside what cipher and TLS take for the same bytes.
#include "tests/bench/client.h"
#include "tests/bench/filings.h"
#include "tests/bench/plain_tls.h"
#include "tests/bench/sections.h"
#include "tests/bench/sign_in.h"

#include "crypto/primitives/file.h"

#include <algorithm>
#include <cstring>
#include <random>
#include <set>
#include <stdexcept>

namespace bench {
namespace {

constexpr double goal = 0.6; // of the lower limit
constexpr std::size_t megabyte = 1'000'000;

// Nothing that has a type, and nothing that could be packed.
std::string any_bytes(std::size_t size) {
    std::mt19937_64 numbers(7);
    std::string out(size, '\0');
    for (std::size_t at = 0; at + 8 <= size; at += 8) {
        const std::uint64_t number = numbers();
        std::memcpy(out.data() + at, &number, sizeof number);
    }
    return out;
}

std::string upload_request(const std::string &receipt, const std::string &file) {
    const std::string mark = "----bench", part = "--" + mark + "\r\nContent-Disposition: form-data; name=";
    const std::string before = part + "\"receipt\"\r\n\r\n" + receipt + "\r\n" + part + "\"keep\"\r\n\r\nyes\r\n" + part +
                               "\"files\"; filename=\"evidence.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n";
    const std::string behind = "\r\n--" + mark + "--\r\n";
    return "POST /track/files HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=" + mark +
           "\r\nContent-Length: " + std::to_string(before.size() + file.size() + behind.size()) + "\r\n\r\n" + before + file + behind;
}

template <class Work>
double seconds_of(Work work) {
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> all) {
    std::ranges::sort(all);
    return all[all.size() / 2];
}

double cipher_seconds(const std::string &file) {
    const auto key = crypto::FileKey::random();
    const auto chunks = crypto::chunk_key(key);
    const base::View bytes = base::view(file);
    return seconds_of([&] {
        for (std::size_t at = 0; at < bytes.size(); at += crypto::file_chunk)
            if (crypto::aead_seal(chunks, {}, bytes.subspan(at, std::min(crypto::file_chunk, bytes.size() - at))).empty())
                throw std::runtime_error("nothing was sealed");
    });
}

// One request and its answer on a connection of its own, as many times as wanted.
double copy_seconds(std::uint16_t port, const std::string &request) {
    bool answered = false;
    const double out = seconds_of([&] { answered = ask(port, request).starts_with("HTTP/1.1 200 "); });
    if (!answered) throw std::runtime_error("the plain TLS server does not answer");
    return out;
}

std::string rate(std::size_t bytes, double seconds) { return number(static_cast<double>(bytes) / seconds / megabyte) + " MB/s"; }

// What a row and its goal are made of.
struct Measured {
    std::vector<double> seconds{}, processor{};
    double lower = 0; // seconds of the slower limit
};

template <class Work>
void measure(const Agency &agency, Measured &into, Work work) {
    const double used = agency.cpu_seconds();
    into.seconds.push_back(seconds_of(work));
    into.processor.push_back(agency.cpu_seconds() - used);
}

void report(const std::string &what, const Measured &one, const std::string &limit, std::size_t bytes, const Options &options, Table &table) {
    const double took = median(one.seconds);
    table.add({what, rate(bytes, took) + ", " + number(median(one.processor), 2) + " s of the server's processor", limit, one.lower / took});
    if (options.strict) table.demand(one.lower >= goal * took, what + ": at least 60 % of the lower limit");
}

// Where the officers' pages offer the files that were sent.
std::vector<std::string> addresses(const Agency &agency, const std::string &cookie) {
    std::set<std::string> cases;
    const std::string link = "href=\"/cases/";
    for (std::string page = ask(agency.officers(), get_request("/triage/new", cookie)); page.find(link) != page.npos;
         page.erase(0, page.find(link) + link.size()))
        cases.insert("/cases/" + text_between(page, link, "\"").substr(0, 32));
    std::vector<std::string> out;
    for (const std::string &one : cases) {
        const std::string page = ask(agency.officers(), get_request(one, cookie));
        const std::string begin = one + "/files/";
        out.push_back(begin + text_between(page, "href=\"" + begin, "\"").substr(0, 32) + "/download");
    }
    return out;
}

void measure_downloads(const Agency &agency, const std::string &file, double cipher, const Options &options, Table &table) {
    const std::string cookie = "Cookie: " + cookie_of(ask(agency.officers(), sign_in_request(agency, "legal"))) + "\r\n";
    const PlainTls plain(agency.folder() / "tls/certificate.pem", agency.folder() / "tls/key.pem", file.size());
    std::vector<double> copy;
    Measured first, again;
    bool same = true;
    for (const std::string &address : addresses(agency, cookie)) {
        copy.push_back(copy_seconds(plain.port(), get_request("/")));
        for (Measured *const one : {&first, &again}) {
            std::string answer;
            measure(agency, *one, [&] { answer = ask(agency.officers(), get_request(address, cookie)); });
            same = same && answer.ends_with(file);
        }
    }
    table.demand(same && first.seconds.size() == options.file_rounds, "every download is the file that was sent");
    first.lower = again.lower = std::max(cipher, median(copy));
    const std::string limit = rate(file.size(), cipher) + " plain cipher, " + rate(file.size(), median(copy)) + " plain TLS copy";
    report("download of it, the first time: its digest is compared before", first, limit, file.size(), options, table);
    report("download of it, again", again, limit, file.size(), options, table);
}

} // namespace

void measure_files(const Options &options, Table &table) {
    Agency agency(options.paths, options.folder, 1, 8);
    agency.start();
    const FilingRequests filings(agency.credential());
    const std::string file = any_bytes(options.file_megabytes * megabyte);
    const auto certificate = agency.folder() / "tls/certificate.pem", key = agency.folder() / "tls/key.pem";
    std::vector<double> cipher, copy;
    Measured upload;
    bool stored = true;
    double grown = 0;
    for (std::size_t round = 0; round < options.file_rounds; ++round) {
        const auto filed = ask(agency.reporters(), filings.make(1).front());
        const std::string request = upload_request(FilingRequests::receipt_of(filed), file);
        cipher.push_back(cipher_seconds(file));
        {
            const PlainTls plain(certificate, key, 1000);
            copy.push_back(copy_seconds(plain.port(), request));
        }
        const double before = agency.forget_peak();
        std::string page;
        measure(agency, upload, [&] { page = ask(agency.reporters(), request); });
        grown = std::max(grown, agency.peak_mib() - before);
        stored = stored && page.starts_with("HTTP/1.1 200 ") && page.find("evidence.bin") != page.npos && page.find("govuk-error-message") == page.npos;
    }
    upload.lower = std::max(median(cipher), median(copy));
    report("upload of " + std::to_string(options.file_megabytes) + " MB, until it is durable", upload,
           rate(file.size(), median(cipher)) + " plain cipher, " + rate(file.size(), median(copy)) + " plain TLS copy", file.size(), options, table);
    table.add({"memory that the server takes for it at most", number(grown, 1) + " MiB", "8 MiB", 0});
    table.demand(stored, "every upload is stored");
    if (options.strict) table.demand(grown < 8, "an upload takes less than 8 MiB");
    measure_downloads(agency, file, median(cipher), options, table);
    agency.stop();
}

} // namespace bench
