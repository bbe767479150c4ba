#include "service/usecases/reporter/spooled_file.h"

#include <algorithm>

namespace usecases {

base::Result<> SpooledFile::add(base::View plain) {
    while (!plain.empty()) {
        const base::View part = plain.first(std::min(plain.size(), chunk - held_size_));
        std::ranges::copy(part, held_.span().begin() + static_cast<std::ptrdiff_t>(held_size_));
        held_size_ += part.size();
        size_ += part.size();
        plain = plain.subspan(part.size());
        if (held_size_ == chunk)
            RETURN_IF_FAILED(put());
    }
    return {};
}

base::Result<> SpooledFile::put() {
    RETURN_IF_FAILED(file_->append(spool_.seal(number_, held_.view().first(held_size_))));
    ++number_;
    held_size_ = 0;
    return {};
}

base::Result<> SpooledFile::read(const std::function<base::Result<>(base::View)> &take) {
    base::Bytes sealed(chunk + crypto::aead_overhead);
    for (std::uint64_t number = 0; number < number_; ++number) {
        RETURN_IF_FAILED(file_->read(number * sealed.size(), sealed));
        ASSIGN_OR_RETURN(base::Bytes opened, spool_.open(number, sealed));
        const crypto::Scratch plain(std::move(opened));
        RETURN_IF_FAILED(take(plain.view()));
    }
    return take(held_.view().first(held_size_));
}

base::Result<base::Bytes> SpooledFile::whole() {
    base::Bytes out;
    out.reserve(static_cast<std::size_t>(size_)); // once: a buffer that grows would leave copies behind
    RETURN_IF_FAILED(read([&](base::View plain) -> base::Result<> {
        out.insert(out.end(), plain.begin(), plain.end());
        return {};
    }));
    return out;
}

} // namespace usecases
