#include "service/usecases/officer/audit_walk.h"

namespace usecases {
namespace {

// How many numbers may be missing from or added to a log whose later entries were all renumbered to hide it.
constexpr std::uint64_t most_renumbered = 16;
// Finding where an entry belongs means trying all of them; a log that is wrong from end to end needs no such search.
constexpr std::size_t most_searches = 100;

class Walk {
public:
    Walk(std::vector<WalkedEntry> &rows, const ChainStep &step) : rows_(rows), step_(step) {}

    std::vector<AuditFinding> run() {
        while (at_ < rows_.size()) {
            skip_gap();
            if (!proven_)
                take_on_trust();
            else if (fits(at_, number_, previous_))
                go_on();
            else
                judge();
        }
        return std::move(findings_);
    }

private:
    bool fits(std::size_t row, std::uint64_t number, const base::Array<32> &previous) const {
        return row < rows_.size() && step_(number, previous, rows_[row].entry) == rows_[row].hash;
    }
    // Does the row after `row` follow from this hash, under that number?
    bool next_follows(std::size_t row, std::uint64_t number, const base::Array<32> &hash) const {
        return row + 1 < rows_.size() && rows_[row + 1].sequence == rows_[row].sequence + 1 && fits(row + 1, number, hash);
    }
    void tell(AuditFault fault, std::uint64_t other = 0) { findings_.push_back({fault, number_, other, {}}); }
    void tell_missing(std::uint64_t count) {
        for (; count > 0; --count, ++number_)
            tell(AuditFault::missing);
    }

    void skip_gap() {
        const std::uint64_t here = rows_[at_].sequence + shift_;
        if (here <= number_)
            return;
        tell_missing(here - number_);
        proven_ = false;
    }
    void go_on() { go_on_from(rows_[at_].hash); }
    void go_on_from(const base::Array<32> &hash) {
        rows_[at_].sequence = number_;
        previous_ = hash;
        proven_ = true;
        ++at_;
        ++number_;
    }
    // Its own hash cannot be computed. What comes after it shows at least whether that hash is the chain's.
    void take_on_trust() {
        tell(AuditFault::unproven);
        go_on();
    }

    void judge() {
        if (entry_stands_elsewhere())
            return;
        if (next_follows(at_, number_ + 1, rows_[at_].hash)) {
            tell(AuditFault::altered);
            return go_on();
        }
        const auto computed = step_(number_, previous_, rows_[at_].entry);
        if (next_follows(at_, number_ + 1, computed)) {
            tell(AuditFault::hash_altered);
            return go_on_from(computed);
        }
        if (row_stands_elsewhere() || renumbered())
            return;
        tell(AuditFault::altered);
        go_on();
        proven_ = at_ == rows_.size(); // nothing says which hash was the chain's
    }

    // Two entries changed places and left their hashes behind.
    bool entry_stands_elsewhere() {
        if (++searches_ > most_searches)
            return false;
        for (std::size_t other = at_ + 1; other < rows_.size(); ++other)
            if (step_(number_, previous_, rows_[other].entry) == rows_[at_].hash) {
                tell(AuditFault::swapped, rows_[other].sequence + shift_);
                findings_.push_back({AuditFault::swapped, rows_[other].sequence + shift_, number_, {}});
                std::swap(rows_[at_].entry, rows_[other].entry);
                return true;
            }
        return false;
    }

    // Somewhere further on stands, with its hash, what belongs here: both changed places, or what stands before it was put in.
    bool row_stands_elsewhere() {
        if (++searches_ > most_searches)
            return false;
        for (std::size_t other = at_ + 1; other < rows_.size(); ++other) {
            if (!fits(other, number_, previous_))
                continue;
            const std::uint64_t there = rows_[other].sequence + shift_;
            const auto &before = other == at_ + 1 ? rows_[other].hash : rows_[other - 1].hash;
            if (!fits(at_, there, before) && next_follows_or_ends(other)) {
                take_out(other - at_);
            } else {
                tell(AuditFault::swapped, there);
                findings_.push_back({AuditFault::swapped, there, number_, {}});
                std::swap(rows_[at_].entry, rows_[other].entry);
                std::swap(rows_[at_].hash, rows_[other].hash);
            }
            return true;
        }
        return false;
    }
    bool next_follows_or_ends(std::size_t row) const {
        return row + 1 == rows_.size() || next_follows(row, number_ + 1, rows_[row].hash);
    }
    void take_out(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            findings_.push_back({AuditFault::added, rows_[at_ + i].sequence, 0, {}});
        const auto from = rows_.begin() + static_cast<std::ptrdiff_t>(at_);
        rows_.erase(from, from + static_cast<std::ptrdiff_t>(count));
        shift_ -= count; // modulo 2^64: so are the sums
    }

    // Entries were taken out and the later ones renumbered: their hashes still say which numbers they had.
    bool renumbered() {
        for (std::uint64_t gone = 1; gone <= most_renumbered; ++gone) {
            if (!next_follows(at_, number_ + gone + 1, rows_[at_].hash))
                continue;
            tell_missing(gone);
            shift_ += gone;
            take_on_trust();
            return true;
        }
        return false;
    }

    std::vector<WalkedEntry> &rows_;
    const ChainStep &step_;
    std::vector<AuditFinding> findings_;
    std::size_t at_ = 0, searches_ = 0;
    std::uint64_t number_ = 1, shift_ = 0;
    base::Array<32> previous_{};
    bool proven_ = true; // is `previous_` the head before this row?
};

} // namespace

std::vector<AuditFinding> walk_chain(std::vector<WalkedEntry> &rows, const ChainStep &step) { return Walk(rows, step).run(); }

} // namespace usecases
