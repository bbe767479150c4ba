#include "web/pages/common/prints.h"

#include <algorithm>

namespace pages {

Prints::Bytes Prints::known(const std::string &name) {
    const std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(made_, name, &std::pair<std::string, Bytes>::first);
    return found == made_.end() ? nullptr : found->second;
}

Prints::Bytes Prints::get(const std::string &name, const std::function<print::Document()> &document) {
    if (auto bytes = known(name)) return bytes;
    const std::unique_lock making(making_, patience);
    if (!making) return nullptr;
    if (auto bytes = known(name)) return bytes; // made while this one waited
    auto pdf = print::to_pdf(document());
    if (!pdf) return nullptr;
    auto bytes = std::make_shared<const std::string>(std::move(pdf->bytes));
    const std::lock_guard lock(mutex_);
    made_.emplace_back(name, bytes);
    if (made_.size() > kept) made_.pop_front();
    return bytes;
}

} // namespace pages
