// Settings of the mail, officers' addresses, and the day's reminders that are still to be sent.
#pragma once

#include "storage/audit_chain.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class MailReader final : public ports::MailReads {
public:
    explicit MailReader(Reader &reader) : reader_(reader) {}
    Result<std::optional<Bytes>> settings() override;
    Result<std::optional<Bytes>> address(base::OfficerId officer) override;
    Result<std::vector<ports::MailAddressRow>> addresses() override;
    Result<ports::MailStanding> standing() override;
    Result<std::vector<ports::ReminderRow>> waiting() override;

private:
    Reader &reader_;
};

class MailWriter final : public ports::MailWrites {
public:
    MailWriter(Writer &writer, const ChainHash &hash) : writer_(writer), hash_(hash) {}
    Result<> set_settings(const std::optional<Bytes> &as_read, Bytes sealed, bool forget,
                          crypto::AuditEntry entry) override;
    Result<> set_address(base::OfficerId officer, std::optional<Bytes> sealed, crypto::AuditEntry entry) override;
    Result<> begin_day(Day day, std::vector<ports::ReminderRow> rows) override;
    Result<> sent(const ports::ReminderRow &row) override;
    Result<> round_ended(std::optional<ports::MailFailure> failure) override;

private:
    Writer &writer_;
    const ChainHash &hash_;
};

} // namespace storage
