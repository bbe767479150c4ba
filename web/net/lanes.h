// Bounded worker lanes: handlers are ordinary functions that may block on the database or on Argon2id, each thread with
// a context of its own (its read connection). A full lane says so at once instead of letting a queue grow.
#pragma once

#include "crypto/base/result.h"
#include "web/http/wipe.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace net {

template <class Context> class WorkerLane {
public:
    using Job = std::move_only_function<void(Context &)>;
    using MakeContext = std::function<std::unique_ptr<Context>()>;

    // `capacity`: jobs that may wait besides those being worked on. Contexts are made here, on the caller's thread, so
    // that what they need fails at start; a null context is a bug. `on_bug` hears of a job that threw.
    WorkerLane(std::size_t threads, std::size_t capacity, const MakeContext &make_context,
               std::function<void()> on_bug = {})
        : capacity_(capacity), on_bug_(std::move(on_bug)) {
        for (std::size_t i = 0; i < threads; ++i) {
            contexts_.push_back(make_context());
            if (!contexts_.back()) base::broken("a lane without a context");
        }
        for (auto &context : contexts_)
            threads_.emplace_back([this, &context] { work(*context); });
    }
    ~WorkerLane() { stop(); }
    WorkerLane(const WorkerLane &) = delete;
    WorkerLane &operator=(const WorkerLane &) = delete;

    // False, and the job is dropped, when the lane is full or stopped: a net::Reply in it then answers by itself.
    bool post(Job job) {
        {
            std::lock_guard lock(mutex_);
            if (stopping_ || waiting_.size() >= capacity_) return false;
            waiting_.push_back(std::move(job));
        }
        wake_.notify_one();
        return true;
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
    void work(Context &context) {
        for (;;) {
            {
                Job job;
                {
                    std::unique_lock lock(mutex_);
                    wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
                    if (waiting_.empty()) return;
                    job = std::move(waiting_.front());
                    waiting_.pop_front();
                }
                try {
                    job(context);
                } catch (...) { // what() may hold a person's text: nothing of it goes further
                    if (on_bug_) on_bug_();
                }
            }
            http::wipe_stack();
        }
    }

    const std::size_t capacity_;
    std::function<void()> on_bug_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> waiting_;
    bool stopping_ = false;
    std::vector<std::unique_ptr<Context>> contexts_;
    std::vector<std::thread> threads_;
};

} // namespace net
