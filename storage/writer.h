// The one writer: a thread that commits many commands in one transaction, each in its own savepoint, and lets their
// callers go when the commit has returned.
#pragma once

#include "storage/database.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace storage {

class Writer {
public:
    using Command = std::function<Result<>(Database &)>;
    using Opener = std::function<Result<Database>()>; // opens and verifies; called again after a failure

    struct Counts {
        std::uint64_t commands = 0, commits = 0, failed_commits = 0, reopened = 0;
    };

    // queue_limit: commands that may wait; at least 1.
    Writer(Database database, Opener open, std::size_t queue_limit);
    ~Writer(); // finishes what is queued
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    // Runs `work(Database &) -> Result<T>` once, inside a transaction that others share, and returns when it is
    // durable. An error of `work` undoes that work only. Code::storage_failed: the transaction was not made durable, no
    // part of this work stands. Code::unavailable at once: the queue is full or the writer is ending.
    template <class Work> auto commit(Work &&work) -> std::invoke_result_t<Work &, Database &> {
        using Outcome = std::invoke_result_t<Work &, Database &>;
        Outcome outcome = base::fail(Code::internal, "a command that was not run");
        const auto durable = submit(
            [&](Database &database) -> Result<> {
                outcome = work(database);
                if (!outcome) return std::unexpected(outcome.error());
                return {};
            },
            false);
        if (!durable) return std::unexpected(durable.error());
        return outcome;
    }

    // A command will come soon, of the thread that holds this until its commit() has returned: worth a short wait for the
    // commit that others need. Not to be held for longer than the work of a request takes.
    std::shared_ptr<void> announce();

    // Outside of any transaction, after what was queued before it: VACUUM.
    Result<> alone(const Command &work) { return submit(work, true); }

    Counts counts() const;
    // The last transaction could not be made durable, and none since.
    bool failing() const;
    std::size_t waiting() const; // commands that stand in the queue

private:
    struct Pending {
        const Command *work;
        bool alone;
        Result<> outcome;
        bool done = false;
        std::condition_variable released;
    };
    using Batch = std::deque<Pending *>;

    Result<> submit(const Command &work, bool alone);
    using Clock = std::chrono::steady_clock;
    void gather(std::unique_lock<std::mutex> &lock, Clock::duration last);
    void serve();
    void process(const Batch &batch);
    Result<> make_ready();
    Result<> transaction(std::span<Pending *const> commands);
    Result<> savepoint(Pending &command);
    void run_alone(Pending &command);
    void poison();

    std::optional<Database> database_; // the writer thread's only; empty after a failure
    std::optional<Database> poisoned_; // the connection that failed, until its log is cleared
    Opener open_;
    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_, left_;
    std::size_t announced_ = 0;
    std::size_t inside_ = 0; // callers waiting in submit()
    Batch queue_;
    bool ending_ = false;
    Counts counts_;
    bool failing_ = false;
    std::thread thread_;
};

} // namespace storage
