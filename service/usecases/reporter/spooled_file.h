// A file that is put aside until it is whole, because it is cleaned as a whole: as ciphertext on the disk, without a name,
// under a key that goes with this object. In memory is one chunk of it.
#pragma once

#include "crypto/reporter/spool.h"
#include "service/ports/files.h"

#include <functional>
#include <memory>

namespace usecases {

class SpooledFile {
public:
    explicit SpooledFile(std::unique_ptr<ports::IncomingFile> file) : file_(std::move(file)) {}
    base::Result<> add(base::View plain);
    std::uint64_t size() const { return size_; }

    // In order, as it was added; nothing is added after it.
    base::Result<> read(const std::function<base::Result<>(base::View plain)> &take);
    base::Result<base::Bytes> whole(); // the caller wipes it

private:
    base::Result<> put();

    static constexpr std::size_t chunk = 64 * 1024;
    std::unique_ptr<ports::IncomingFile> file_;
    crypto::Spool spool_;
    crypto::Scratch held_{chunk};
    std::size_t held_size_ = 0;
    std::uint64_t number_ = 0, size_ = 0;
};

} // namespace usecases
