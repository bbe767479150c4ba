// Prints that anyone may have, once made, for all lanes: setting one takes many times as long as a page.
#pragma once

#include "web/print/pdf.h"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace pages {

class Prints {
public:
    using Bytes = std::shared_ptr<const std::string>;
    // The one of this name, or else a new one; one is made at a time, whatever many people ask. Null when it could not be made, or those
    // before it take too long: the caller answers that it is busy. `name` says everything that `document` depends on.
    Bytes get(const std::string &name, const std::function<print::Document()> &document);

    static constexpr std::size_t kept = 32; // the latest
    static constexpr std::chrono::seconds patience{2};

private:
    Bytes known(const std::string &name);

    std::timed_mutex making_;
    std::mutex mutex_; // of what follows; held for moments
    std::deque<std::pair<std::string, Bytes>> made_;
};

} // namespace pages
