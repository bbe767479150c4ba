// Bounded worker lanes: handlers are ordinary functions that may block on the database or on Argon2id, each thread with
// a context of its own (its read connection). Sources take turns, so that a flood from one of them delays itself only;
// a full lane says so at once instead of letting a queue grow.
#pragma once

#include "crypto/base/result.h"
#include "web/http/wipe.h"
#include "web/net/fair_queue.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

namespace net {

struct LaneSize {
    std::size_t threads;
    std::size_t waiting;  // jobs that may wait besides those being worked on
    std::size_t kept = 0; // and as many more in the kept places
    int niceness = 0;     // of its threads, added to the process' own: who goes first when processors are short
};

// A kept place is for those whom a flood must not shut out. Whoever waits there goes before the others, but never twice
// in a row while another waits.
enum class Place { common, kept };

template <class Context> class WorkerLane {
public:
    // Called once: with a worker's context, or with null when there is no place (any more), to say so.
    using Job = std::move_only_function<void(Context *)>;
    using MakeContext = std::function<std::unique_ptr<Context>()>;

    // Contexts are made here, on the caller's thread, so that what they need fails at start; a null context is a bug.
    // `on_bug` hears of a job that threw.
    WorkerLane(LaneSize size, const MakeContext &make_context, std::function<void()> on_bug = {})
        : on_bug_(std::move(on_bug)), common_(size.waiting), kept_(size.kept) {
        for (std::size_t i = 0; i < size.threads; ++i) {
            contexts_.push_back(make_context());
            if (!contexts_.back()) base::broken("a lane without a context");
        }
        for (auto &context : contexts_)
            threads_.emplace_back([this, &context, niceness = size.niceness] {
                (void)::nice(niceness); // on Linux of this thread alone
                work(*context);
            });
    }
    ~WorkerLane() { stop(); }
    WorkerLane(const WorkerLane &) = delete;
    WorkerLane &operator=(const WorkerLane &) = delete;

    // Where the places of its kind are full, the newest job of the source with most of them is left out (FairQueue),
    // and called with null on this thread. After stop() every job is.
    void post(Job job, Source source, Place place = Place::common) {
        std::optional<Job> left_out;
        {
            std::lock_guard lock(mutex_);
            if (stopping_)
                left_out = std::move(job);
            else
                left_out = (place == Place::kept ? kept_ : common_).push(std::move(job), source);
        }
        wake_.notify_one();
        if (left_out) call(*left_out, nullptr);
    }

    // Finishes every job that was taken, then ends the threads. Safe to call twice.
    void stop() {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        for (auto &thread : threads_)
            if (thread.joinable()) thread.join();
    }

private:
    bool none_waits() const { return common_.empty() && kept_.empty(); }

    Job next() {
        kept_was_last_ = !kept_.empty() && (common_.empty() || !kept_was_last_);
        return (kept_was_last_ ? kept_ : common_).pop();
    }

    void call(Job &job, Context *context) {
        try {
            job(context);
        } catch (...) { // what() may hold a person's text: nothing of it goes further
            if (on_bug_) on_bug_();
        }
    }

    void work(Context &context) {
        for (;;) {
            {
                Job job;
                {
                    std::unique_lock lock(mutex_);
                    wake_.wait(lock, [this] { return stopping_ || !none_waits(); });
                    if (none_waits()) return;
                    job = next();
                }
                call(job, &context);
            }
            http::wipe_stack();
        }
    }

    std::function<void()> on_bug_;
    std::mutex mutex_;
    std::condition_variable wake_;
    FairQueue<Job> common_, kept_;
    bool kept_was_last_ = false;
    bool stopping_ = false;
    std::vector<std::unique_ptr<Context>> contexts_;
    std::vector<std::thread> threads_;
};

} // namespace net
