#include "storage/writer.h"

#include <algorithm>
#include <span>

namespace storage {

namespace {

constexpr std::chrono::milliseconds longest_gathering{50};

// An exception is a bug or missing memory: it must not end the writer that everybody shares.
Result<> guarded(const Writer::Command &work, Database &database) {
    try {
        return work(database);
    } catch (...) {
        return base::fail(Code::internal, "an exception in a write");
    }
}

} // namespace

Writer::Writer(Database database, Opener open, std::size_t queue_limit)
    : database_(std::move(database)), open_(std::move(open)), queue_limit_(std::max<std::size_t>(queue_limit, 1)),
      thread_([this] { serve(); }) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_one();
    thread_.join();
    std::unique_lock lock(mutex_);
    left_.wait(lock, [&] { return inside_ == 0; }); // whoever was released may still be on the way out of submit()
}

Writer::Counts Writer::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

bool Writer::failing() const {
    const std::lock_guard lock(mutex_);
    return failing_;
}

std::size_t Writer::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

Result<> Writer::submit(const Command &work, bool alone) {
    Pending pending{&work, alone, {}, false, {}};
    std::unique_lock lock(mutex_);
    if (ending_ || queue_.size() >= queue_limit_)
        return base::fail(Code::unavailable, "the writer has no place left in its queue");
    queue_.push_back(&pending);
    ++inside_;
    arrived_.notify_one();
    pending.released.wait(lock, [&] { return pending.done; });
    if (--inside_ == 0) left_.notify_all();
    return pending.outcome;
}

// Waits until half of the commands that were announced are there, at most as long as the last batch took: pages that several
// of them change are then encrypted and synced once. The other half is made while this one is written; with all of them
// in one batch, either they would be idle or the writer. Whoever writes alone waits for nobody.
void Writer::gather(std::unique_lock<std::mutex> &lock, Clock::duration last) {
    const auto end = Clock::now() + std::min<Clock::duration>(last, longest_gathering);
    arrived_.wait_until(lock, end, [&] { return ending_ || 2 * queue_.size() >= announced_; });
}

std::shared_ptr<void> Writer::announce() {
    const std::lock_guard announcing(mutex_);
    ++announced_;
    return {this, [this](void *) {
                {
                    const std::lock_guard lock(mutex_);
                    --announced_;
                }
                arrived_.notify_one();
            }};
}

void Writer::serve() {
    std::unique_lock lock(mutex_);
    Clock::duration last{}; // how long the last batch took
    for (;;) {
        arrived_.wait(lock, [&] { return ending_ || !queue_.empty(); });
        if (queue_.empty()) return;
        gather(lock, last);
        const Batch batch = std::exchange(queue_, {});
        lock.unlock();
        const auto began = Clock::now();
        process(batch);
        last = Clock::now() - began;
        lock.lock();
        counts_.commands += batch.size();
        // Under the lock: a caller that wakes destroys its Pending.
        for (Pending *pending : batch) {
            pending->done = true;
            pending->released.notify_one();
        }
    }
}

void Writer::process(const Batch &batch) {
    std::vector<Pending *> group;
    const auto flush = [&] {
        if (group.empty()) return;
        Result<> durable = make_ready();
        if (durable) durable = transaction(group);
        {
            const std::lock_guard lock(mutex_);
            failing_ = !durable;
        }
        if (!durable)
            for (Pending *pending : group)
                pending->outcome = base::fail(Code::storage_failed, durable.error().what, durable.error().where);
        group.clear();
    };
    for (Pending *pending : batch) {
        if (!pending->alone) {
            group.push_back(pending);
            continue;
        }
        flush();
        run_alone(*pending);
    }
    flush();
}

// After a failure a new connection is opened and verified before a command is taken. Before that the old one, which
// alone knows which frames of the log were committed, brings those into the database and truncates the log: closed at
// once it would leave the frames of the failed commit behind, and recovery would take them for committed.
Result<> Writer::make_ready() {
    if (database_) return {};
    if (poisoned_) {
        if (poisoned_->in_transaction()) RETURN_IF_FAILED(poisoned_->run("ROLLBACK"));
        RETURN_IF_FAILED(poisoned_->truncate_log());
        poisoned_.reset();
    }
    ASSIGN_OR_RETURN(Database fresh, open_());
    database_.emplace(std::move(fresh));
    const std::lock_guard lock(mutex_);
    ++counts_.reopened;
    return {};
}

void Writer::poison() {
    poisoned_.swap(database_);
    const std::lock_guard lock(mutex_);
    ++counts_.failed_commits;
}

// An error means that nothing of the transaction stands, and the connection is gone.
Result<> Writer::transaction(std::span<Pending *const> commands) {
    Result<> outcome = database_->run("BEGIN IMMEDIATE");
    for (std::size_t i = 0; outcome && i < commands.size(); ++i)
        outcome = savepoint(*commands[i]);
    if (outcome) outcome = database_->run("COMMIT");
    if (!outcome) {
        if (database_->in_transaction()) (void)database_->run("ROLLBACK");
        poison();
        return outcome;
    }
    const std::lock_guard lock(mutex_);
    ++counts_.commits;
    return {};
}

// An error here is the transaction's, not the command's: that stands in its outcome.
Result<> Writer::savepoint(Pending &command) {
    RETURN_IF_FAILED(database_->run("SAVEPOINT command"));
    command.outcome = guarded(*command.work, *database_);
    // SQLite itself rolls everything back after some I/O errors; what went before in this transaction is gone with it.
    if (database_->broken() || !database_->in_transaction())
        return base::fail(Code::storage_failed,
                          command.outcome ? "the transaction ended before its commit" : command.outcome.error().what);
    if (!command.outcome) RETURN_IF_FAILED(database_->run("ROLLBACK TO command"));
    return database_->run("RELEASE command");
}

void Writer::run_alone(Pending &command) {
    command.outcome = make_ready();
    if (!command.outcome) return;
    command.outcome = guarded(*command.work, *database_);
    if (database_->in_transaction() || database_->broken()) poison();
}

} // namespace storage
