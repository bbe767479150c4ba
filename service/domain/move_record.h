// What is sealed of a move. Its JSON, read strictly.
#pragma once

#include "service/domain/access.h"
#include "service/domain/acted_as.h"
#include "service/domain/workflow.h"

namespace domain {

// `version` is the case's before it: the moves of a case are numbered 1, 2, 3 …, so that their order is signed and none can
// be left out. `as`: the posts in which its author acted.
struct MoveRecord {
    std::string event;
    std::uint32_t version = 0;
    MoveValues values;
    Access access{}; // whom its author sealed the case for in the same commit
    std::vector<ActedAs> as{};
};
std::string move_to_json(const MoveRecord &move);
base::Result<MoveRecord> move_from_json(std::string_view json);

} // namespace domain
