// One officer's list of the cases that open for them: what a row of the queue shows and what it is found by. It lives in the server's memory
// sealed for that officer, and is open for the length of a request only.
#pragma once

#include "crypto/officer/case_index.h"
#include "service/domain/workflow.h"
#include "service/ports/rows.h"

#include <map>
#include <memory>
#include <mutex>

namespace usecases {

struct SealedIndex {
    base::Bytes rows;                                          // part 0
    std::vector<std::shared_ptr<const base::Bytes>> details{}; // parts 1, 2 …
    std::size_t size() const;
};

// The lists of all officers. Nothing of them opens without their keys; what was left out is made anew.
class CaseIndexes {
public:
    explicit CaseIndexes(std::size_t most_bytes = std::size_t{256} << 20) : most_bytes_(most_bytes) {}
    std::shared_ptr<const SealedIndex> of(base::OfficerId officer);
    // Forgets those that were not used for longest when there is no room for all.
    void keep(base::OfficerId officer, std::shared_ptr<const SealedIndex> index);
    // Which row is looked at again next: round and round, so that what somebody did to a case behind the log is seen.
    std::size_t next_looked_at(base::OfficerId officer, std::size_t rows);
    // Of many cases to open, one officer opens a piece at a time: the other threads are for everybody else.
    std::unique_lock<std::mutex> one_piece() { return std::unique_lock(pieces_, std::try_to_lock); }

private:
    struct Kept {
        std::shared_ptr<const SealedIndex> index;
        std::uint64_t used = 0;
        std::size_t looked_at = 0;
    };
    std::mutex mutex_, pieces_;
    std::map<base::OfficerId, Kept> kept_;
    std::uint64_t uses_ = 0;
    const std::size_t most_bytes_;
};

// What every request needs of every case: plain numbers, of one size.
struct IndexRow {
    enum Flag : std::uint8_t { my_turn = 1, elsewhere = 2, news = 4, damaged = 8, restricted = 16 };
    static constexpr std::int32_t no_day = -0x7fffffff;

    base::Array<16> id{};
    base::Array<16> stamp{};        // of the rows from which it was made
    std::uint64_t access_class = 0; // cases of one class need the same readers: see access.cpp
    std::uint64_t category = 0;     // of its id: see category_tag()
    std::int32_t received = 0, state_since = 0, last_from_reporter = 0, due = no_day;
    std::int32_t since = 0;         // when the step began that has the due day
    std::int32_t year = 0;
    std::uint32_t manual = 0;       // 0: a draft
    std::uint32_t number = 0;       // 0: none yet
    std::uint16_t proposed_by = 0, confirmed_by = 0; // of what ended outside the totals: places in names
    std::uint8_t series = 0, state = 0, uncounted = 0, flags = 0;
    std::uint8_t turn[8] = {};      // posts; 0: no more

    base::CaseId case_id() const { return base::CaseId(id); }
    bool has(Flag flag) const { return flags & flag; }
    void set(Flag flag, bool on) { flags = static_cast<std::uint8_t>(on ? flags | flag : flags & ~flag); }
};
static_assert(sizeof(IndexRow) == 96 && std::has_unique_object_representations_v<IndexRow>);
std::uint64_t category_tag(std::string_view id);

// What a row that is shown needs besides, and what its turn and due day are made of.
struct IndexDetail {
    std::string search; // folded: see domain::folded_line(); a line for each text
    std::string title, category;
    domain::Course course;
    std::vector<base::OfficerId> excluded;
};
base::Bytes encode(const domain::Course &course);
base::Bytes encode(const IndexDetail &detail);
base::Result<IndexDetail> decode_detail(base::View bytes);

class CaseIndex {
public:
    CaseIndex(base::InstanceId instance, const crypto::OfficerKeys &keys);
    // Code::refused for whatever is not, whole, what this officer sealed.
    static base::Result<CaseIndex> open(base::InstanceId instance, const crypto::OfficerKeys &keys, const SealedIndex &sealed);
    CaseIndex(CaseIndex &&) = default;
    CaseIndex &operator=(CaseIndex &&) = delete;
    ~CaseIndex();

    // How far it knows what happened.
    struct Known {
        bool begun = false;
        std::uint64_t sequence = 0;     // of the log …
        base::Array<32> hash{};         // … and what stood there
        base::Day day;                  // up to which it knows what reporters sent
        std::vector<base::ObjectId> seen{}; // of that day and the one before
        base::Array<32> agency{};       // as which turns and due days were worked out
        std::uint64_t cases = 0;        // with a slot row when it was begun
        std::vector<base::CaseId> todo{}; // to be opened; the last first
    };
    const Known &known() const { return known_; }
    Known &change() { changed_ = true; return known_; }

    const std::vector<IndexRow> &rows() const { return rows_; }
    base::Result<base::View> detail(std::size_t row); // its bytes, until the next call that changes something
    base::Result<> add(const IndexRow &row, const IndexDetail &detail); // of a case that it does not have
    base::Result<> remove(base::CaseId id);
    void replace(std::size_t row, const IndexRow &with); // its detail stays
    void clear();
    std::uint16_t place_of(std::string_view name); // in names()
    const std::vector<std::string> &names() const { return names_; }

    bool changed() const { return changed_; }
    std::shared_ptr<const SealedIndex> seal();

private:
    static constexpr std::size_t in_part = 256;
    struct Part {
        std::shared_ptr<const base::Bytes> sealed{};
        crypto::IndexTag tag{};
        std::vector<base::Bytes> details{}; // when open
        bool open = false, changed = false;
    };
    crypto::IndexPart place(std::size_t part) const;
    base::Result<Part *> opened(std::size_t part);
    base::Result<> read(base::View plain);

    base::InstanceId instance_;
    base::OfficerId officer_;
    crypto::IndexKey key_;
    Known known_{};
    std::vector<IndexRow> rows_;
    std::vector<Part> parts_;
    std::vector<std::string> names_;
    bool changed_ = false;
};

} // namespace usecases
