// Runs a target without libFuzzer: every seed as it is, then changed in the same ways at every run. For the ordinary
// build, whose tests must notice a target that no longer holds or no longer compiles.
//
// usage: replay_NAME SEEDS EXECUTIONS
#include "tests/fuzz/target.h"

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <vector>

namespace {

using Bytes = std::vector<std::uint8_t>;

const Bytes *running = nullptr;

// The input of a finding, in hexadecimal: `xxd -r -p` makes a file of it that the fuzz target takes.
extern "C" void show_input(int) {
    static constexpr char digits[] = "0123456789abcdef";
    char line[] = "finding, its input in hexadecimal:\n";
    (void)!::write(2, line, sizeof line - 1);
    for (const std::uint8_t byte : *running) {
        const char two[] = {digits[byte >> 4], digits[byte & 15]};
        (void)!::write(2, two, 2);
    }
    (void)!::write(2, "\n", 1);
}

void run(const Bytes &input) {
    running = &input;
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

class Changer {
public:
    explicit Changer(const std::vector<Bytes> &seeds) : seeds_(seeds) {}

    Bytes next() {
        Bytes out = seeds_[below(seeds_.size())];
        for (std::size_t change = below(4); change < 4; ++change)
            once(out);
        return out;
    }

private:
    std::size_t below(std::size_t limit) { // xorshift64*; the same numbers at every run
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<std::size_t>((state_ * 0x2545f4914f6cdd1dULL) >> 33) % limit;
    }

    void once(Bytes &bytes) {
        static constexpr std::uint8_t telling[] = {0,   1,   2,   0x7f, 0x80, 0xff, '\r', '\n',
                                                   ' ', '%', '&', '=',  ';',  '"',  '9'};
        const std::size_t at = below(bytes.size() + 1);
        const auto place = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        const std::size_t left = bytes.size() - at;
        switch (below(6)) {
        case 0:
            if (left > 0) bytes[at] ^= static_cast<std::uint8_t>(1u << below(8));
            break;
        case 1:
            if (left > 0) bytes[at] = telling[below(std::size(telling))];
            break;
        case 2:
            bytes.insert(place, telling[below(std::size(telling))]);
            break;
        case 3:
            bytes.erase(place, place + static_cast<std::ptrdiff_t>(below(left + 1) % 9));
            break;
        case 4: { // once more what stands here
            const Bytes again(place, place + static_cast<std::ptrdiff_t>(std::min<std::size_t>(left, 1 + below(32))));
            bytes.insert(place, again.begin(), again.end());
            break;
        }
        default: { // the rest of another seed
            const Bytes &other = seeds_[below(seeds_.size())];
            bytes.erase(place, bytes.end());
            bytes.insert(bytes.end(), other.begin() + static_cast<std::ptrdiff_t>(below(other.size() + 1)),
                         other.end());
        }
        }
    }

    const std::vector<Bytes> &seeds_;
    std::uint64_t state_ = 0x9e3779b97f4a7c15ULL;
};

std::vector<Bytes> read_seeds(const char *folder) {
    std::vector<std::filesystem::path> names;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path());
    std::ranges::sort(names);
    std::vector<Bytes> seeds;
    for (const auto &name : names) {
        std::ifstream file(name, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return seeds;
}

} // namespace

int main(int argc, char **argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s SEEDS EXECUTIONS\n", argv[0]);
        return 2;
    }
    const std::vector<Bytes> seeds = read_seeds(argv[1]);
    if (seeds.empty()) {
        std::fprintf(stderr, "%s holds no seed\n", argv[1]);
        return 2;
    }
    std::signal(SIGABRT, show_input);
    std::signal(SIGSEGV, show_input);
    for (const Bytes &seed : seeds)
        run(seed);
    Changer changer(seeds);
    const unsigned long executions = std::strtoul(argv[2], nullptr, 10);
    for (unsigned long i = 0; i < executions; ++i)
        run(changer.next());
    std::printf("%zu seeds and %lu changes of them: no finding\n", seeds.size(), executions);
    return 0;
}
