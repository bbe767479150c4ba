// What SQLCipher gives back is overwritten: looked for in all of this process's memory, as somebody who could read it would.
#include "storage/wiped_memory.h"
#include "tests/support/sanitized.h"
#include "tests/unit/storage/fixtures.h"

#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <string.h>
#include <unistd.h>

namespace storage_test {
namespace {

// A text that stands nowhere as such until written() makes it.
class Canary {
public:
    Canary() : masked_(random_bytes(24)) {}
    Bytes written(std::size_t times) const {
        Bytes out;
        out.reserve(times * masked_.size()); // growing would leave copies
        for (std::size_t i = 0; i < times; ++i)
            for (const base::Byte byte : masked_)
                out.push_back(byte ^ 0x5a);
        return out;
    }
    bool in_memory() const {
        std::ifstream maps("/proc/self/maps");
        const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
        bool found = false;
        for (std::string line; std::getline(maps, line);) {
            if (line.find(" rw") == line.npos || line.find("[stack]") != line.npos) continue;
            char dash = 0;
            std::uintptr_t from = 0, to = 0;
            std::istringstream(line) >> std::hex >> from >> dash >> to;
            if (to - from > std::uintptr_t{1} << 30) continue;
            found = found || found_between(memory, from, to);
        }
        ::close(memory);
        return found;
    }

private:
    // One page after the other into the same buffer, which is cleared: a copy of the memory would be found itself.
    bool found_between(int memory, std::uintptr_t from, std::uintptr_t to) const {
        static char page[4096];
        bool found = false;
        for (auto at = from; at < to && !found; at += sizeof page) {
            const auto own = reinterpret_cast<std::uintptr_t>(page);
            if (at + sizeof page > own && at < own + sizeof page) continue;
            if (::pread(memory, page, sizeof page, static_cast<off_t>(at)) == sizeof page) found = holds(page);
            ::explicit_bzero(page, sizeof page);
        }
        return found;
    }
    bool holds(const char (&page)[4096]) const {
        for (std::size_t at = 0; at + masked_.size() <= sizeof page; ++at) {
            std::size_t same = 0;
            while (same < masked_.size() && static_cast<base::Byte>(page[at + same] ^ 0x5a) == masked_[same])
                ++same;
            if (same == masked_.size()) return true;
        }
        return false;
    }
    Bytes masked_;
};

TEST(WipedMemoryTest, NothingOfARowIsLeftWhenTheConnectionIsGone) {
    SUCHARIT_SKIP_SANITIZED();
    const Canary canary;
    const TemporaryFolder folder;
    const auto key = crypto::DatabaseKey::random();
    {
        auto database = storage::Database::open(folder.database(), key, storage::Database::Access::create);
        ASSERT_TRUE(succeeded(database));
        ASSERT_TRUE(database->run("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB) STRICT"));
        Bytes row = canary.written(600);
        ASSERT_TRUE(succeeded(database->run("INSERT INTO t VALUES (1, ?)", {row})));
        ::explicit_bzero(row.data(), row.size());
        EXPECT_TRUE(canary.in_memory()) << "the search does not find what is there";
    }
    EXPECT_FALSE(canary.in_memory());
}

TEST(WipedMemoryTest, WhatMovesIsOverwrittenWhereItWas) {
    SUCHARIT_SKIP_SANITIZED();
    const Canary canary;
    void *memory = storage::wiped_memory::take(24 * 600);
    {
        Bytes text = canary.written(600);
        std::memcpy(memory, text.data(), text.size());
        ::explicit_bzero(text.data(), text.size());
    }
    memory = storage::wiped_memory::resize(memory, std::size_t{1} << 20);
    ASSERT_TRUE(canary.in_memory());
    ::explicit_bzero(memory, 24 * 600);
    EXPECT_FALSE(canary.in_memory());
    storage::wiped_memory::give_back(memory);
}

} // namespace
} // namespace storage_test
