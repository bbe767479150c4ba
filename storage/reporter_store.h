// What the reporter's use cases read and write.
#pragma once

#include "storage/audit_chain.h"
#include "storage/files.h"
#include "storage/rows.h"
#include "storage/writer.h"

namespace storage {

class ReporterReader final : public ports::ReporterReads {
public:
    explicit ReporterReader(Reader::Opener open) : reader_(std::move(open)) {}

    Result<std::uint64_t> roster_version() override;
    Result<ports::AgencyRows> agency() override;
    Result<std::optional<ports::ReporterCase>> find_by_tag(const Array<32> &lookup_tag) override;
    Result<std::vector<ports::ObjectRow>> replies(base::CaseId id) override;
    Result<std::vector<Day>> sent_days(base::CaseId id) override;
    Result<bool> object_exists(base::ObjectId id) override;
    Result<std::vector<Array<32>>> logged_epochs(const Array<32> &subject) override;
    ports::FileReads &files() override { return files_; }

private:
    Reader reader_;
    FileReader files_{reader_};
};

class ReporterWriter final : public ports::ReporterWrites {
public:
    ReporterWriter(Writer &writer, FileStore &files) : writer_(writer), files_(writer, files) {}

    // Code::invalid: parts that do not belong together, a time of day or an author in a reporter's row.
    Result<> file(ports::NewFiling filing) override;
    std::shared_ptr<void> coming() override { return writer_.announce(); }
    Result<> add_follow_up(ports::NewFollowUp follow_up) override; // Code::not_found: no such case; unavailable: it has a newer key
    ports::FileWrites &files() override { return files_; }

private:
    Writer &writer_;
    FileWriter files_;
};

// In the caller's transaction, without the entries of the log. Code::invalid: parts that do not belong together; conflict: the
// lookup tag stands already.
Result<> insert_filing(Database &database, const ports::NewFiling &filing);

} // namespace storage
