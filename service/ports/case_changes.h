// What changed since an officer's list of cases was made: which cases to look at again. Says of none whether it opens for anybody.
#pragma once

#include "service/ports/rows.h"

namespace ports {

class CaseChangeReads {
public:
    virtual ~CaseChangeReads() = default;

    // Every case with a slot row of this officer, decoys included, visible on the day; in no order.
    struct Listed {
        base::CaseId id;
        bool closed = false;
        Day state_since;
    };
    virtual base::Result<std::vector<Listed>> listed(base::OfficerId officer, Day today) = 0;

    // Of which cases an officer's act stands in the log behind this entry; each once.
    virtual base::Result<std::vector<base::CaseId>> acted_on_since(std::uint64_t sequence) = 0;

    // What reporters sent and officers see from one of these days on: the log has it only after the night, and in no order.
    struct Arrived {
        base::ObjectId object;
        base::CaseId case_id;
        Day visible_from;
    };
    virtual base::Result<std::vector<Arrived>> arrived(Day first, Day last) = 0;

    virtual base::Result<std::optional<Array<32>>> hash_at(std::uint64_t sequence) = 0; // of an entry of the log
};

} // namespace ports
