// Which cases changed, for officers' lists.
#pragma once

#include "storage/rows.h"

namespace storage {

class CaseChangeReader final : public ports::CaseChangeReads {
public:
    explicit CaseChangeReader(Reader &reader) : reader_(reader) {}
    Result<std::vector<Listed>> listed(base::OfficerId officer, Day today) override;
    Result<std::vector<base::CaseId>> acted_on_since(std::uint64_t sequence) override;
    Result<std::vector<Arrived>> arrived(Day first, Day last) override;
    Result<std::optional<Array<32>>> hash_at(std::uint64_t sequence) override;

private:
    Reader &reader_;
};

} // namespace storage
