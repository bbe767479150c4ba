#include "web/pages/common/prints.h"

#include <algorithm>

namespace pages {

Prints::Bytes Prints::known(const std::string &name, Asked asked) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(made_, name, &Made::name);
    if (found == made_.end()) return nullptr;
    if (asked == Asked::often && found->asked == Asked::seldom) {
        found->asked = Asked::often;
        demote_oldest();
    }
    return found->bytes;
}

void Prints::demote_oldest() {
    if (std::ranges::count(made_, Asked::often, &Made::asked) > static_cast<std::ptrdiff_t>(most_often))
        std::ranges::find(made_, Asked::often, &Made::asked)->asked = Asked::seldom;
}

void Prints::keep(Made made) {
    const std::lock_guard lock(mutex_);
    bytes_ += made.bytes->size();
    made_.push_back(std::move(made));
    demote_oldest();
    while (bytes_ > most_bytes_) {
        const auto oldest = std::ranges::find(made_, Asked::seldom, &Made::asked);
        if (oldest == made_.end()) return;
        bytes_ -= oldest->bytes->size();
        made_.erase(oldest);
    }
}

std::size_t Prints::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_;
}

Prints::Bytes Prints::get(const std::string &name, const std::function<print::Document()> &document, Asked asked) {
    if (auto bytes = known(name, asked)) return bytes;
    std::unique_lock making(making_, std::try_to_lock);
    if (!making) {
        {
            const std::lock_guard lock(mutex_);
            if (waiting_ == most_waiting) return nullptr;
            ++waiting_;
        }
        const bool mine = making.try_lock_for(patience);
        const std::lock_guard lock(mutex_);
        --waiting_;
        if (!mine) return nullptr;
    }
    if (auto bytes = known(name, asked)) return bytes; // made while this one waited
    auto pdf = print::to_pdf(document());
    if (!pdf) return nullptr;
    auto bytes = std::make_shared<const std::string>(std::move(pdf->bytes));
    keep({name, bytes, asked});
    return bytes;
}

} // namespace pages
