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
    enum class Asked { often, seldom }; // often: it is not given up for others
    explicit Prints(std::size_t most_bytes = 64 * 1024 * 1024) : most_bytes_(most_bytes) {}

    // The one of this name, or else a new one; one is made at a time, whatever many people ask. Null when it could not be made, when
    // those before it take too long, or at once when some wait already: the caller answers that it is busy. `name` says everything that
    // `document` depends on.
    Bytes get(const std::string &name, const std::function<print::Document()> &document, Asked asked = Asked::seldom);

    std::size_t waiting() const;

    // Each who waits holds a thread that others could have a file by.
    static constexpr std::size_t most_waiting = 2;
    static constexpr std::size_t most_often = 4; // the manual in force and the one before it, in two languages
    static constexpr std::chrono::seconds patience{2};

private:
    struct Made {
        std::string name;
        Bytes bytes;
        Asked asked;
    };
    Bytes known(const std::string &name, Asked asked);
    void keep(Made made);
    void demote_oldest();

    const std::size_t most_bytes_;
    std::timed_mutex making_;
    mutable std::mutex mutex_; // of what follows; held for moments
    std::deque<Made> made_;    // the latest last
    std::size_t bytes_ = 0, waiting_ = 0;
};

} // namespace pages
