// The audit log and what it speaks of, as the auditor reads them.
#pragma once

#include "storage/rows.h"

namespace storage {

class AuditReader final : public ports::AuditReads {
public:
    explicit AuditReader(Reader &reader) : reader_(reader) {}

    Result<std::shared_ptr<void>> one_state() override;
    Result<> walk(std::uint64_t from, ports::Direction direction,
                  const std::function<bool(const ports::AuditRow &)> &take) override;
    Result<std::vector<ports::AuditRow>> waiting() override;
    Result<std::vector<ports::Countersignature>> countersignatures() override;
    Result<std::vector<ports::LoggedRow>> logged_rows() override;
    Result<> each_object(const std::function<void(const ports::ObjectSeen &)> &take) override;

private:
    Reader &reader_;
};

} // namespace storage
