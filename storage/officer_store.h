// What officers' use cases read and write, and the nightly batch.
#pragma once

#include "storage/access.h"
#include "storage/account.h"
#include "storage/audit_chain.h"
#include "storage/audit_reader.h"
#include "storage/case_changes.h"
#include "storage/files.h"
#include "storage/identity.h"
#include "storage/mail.h"
#include "storage/old_register.h"
#include "storage/roster.h"
#include "storage/rows.h"
#include "storage/second_factor.h"
#include "storage/settings.h"
#include "storage/writer.h"

#include <atomic>

namespace storage {

class OfficerReader final : public ports::OfficerReads {
public:
    explicit OfficerReader(Reader::Opener open) : reader_(std::move(open)) {}

    Result<std::shared_ptr<void>> one_state() override;
    Result<std::uint64_t> roster_version() override;
    Result<ports::AgencyRows> agency() override;
    Result<std::vector<ports::OfficerRow>> officers() override;
    Result<std::optional<ports::OfficerRow>> officer(base::OfficerId id) override;
    Result<std::vector<ports::SlotRow>> slots_of(base::OfficerId officer, Day today) override;
    Result<std::optional<ports::SlotRow>> slot(base::CaseId id, base::OfficerId officer, Day today) override;
    Result<std::vector<ports::ObjectRow>> objects(base::CaseId id, Day today) override;
    Result<std::vector<ports::ObjectDigest>> digests(const Array<32> &subject, base::CaseId id, Day today) override;
    Result<std::vector<crypto::AuditEntry>> prints(const Array<32> &subject) override;
    Result<ports::ChainHead> head() override;
    Result<std::optional<Day>> last_countersigned(base::OfficerId officer) override;
    ports::AuditReads &audit() override { return audit_; }
    ports::AccessReads &access() override { return access_; }
    ports::IdentityReads &identities() override { return identities_; }
    ports::AccountReads &accounts() override { return accounts_; }
    ports::SettingsReads &settings() override { return settings_; }
    ports::RosterReads &roster() override { return roster_; }
    ports::RegisterReads &old_register() override { return register_; }
    ports::FileReads &files() override { return files_; }
    ports::MailReads &mail() override { return mail_; }
    ports::CaseChangeReads &changes() override { return changes_; }

private:
    Reader reader_;
    AuditReader audit_{reader_};
    AccessReader access_{reader_};
    IdentityReader identities_{reader_};
    AccountReader accounts_{reader_};
    SettingsReader settings_{reader_};
    RosterReader roster_{reader_};
    RegisterReader register_{reader_};
    FileReader files_{reader_};
    MailReader mail_{reader_};
    CaseChangeReader changes_{reader_};
};

class OfficerWriter final : public ports::OfficerWrites {
public:
    OfficerWriter(Writer &writer, FileStore &files, ChainHash hash)
        : writer_(writer), hash_(std::move(hash)), second_factors_(writer, hash_), access_(writer, hash_),
          accounts_(writer, hash_), settings_(writer, files, hash_), files_(writer, files, hash_) {}

    // Code::not_found: no such case, or not visible yet; conflict: it has moved on, is closed (or not, for a move that
    // reopens), has other follow-ups than the move's author read, or has a newer epoch;
    // invalid: parts that do not belong together. A move that fails takes no register number.
    Result<ports::RegisterNumber> move(ports::Move move) override;
    Result<ports::EntryDone> enter(ports::NewEntry entry) override;
    Result<> reply(ports::Reply reply) override; // the same codes; a closed case may still be answered
    Result<> title(ports::CaseTitle title) override; // the same codes
    Result<> append_audit(std::vector<crypto::AuditEntry> entries) override;
    Result<std::uint32_t> add_print(crypto::AuditEntry entry) override;
    // Code::conflict: the officer has countersigned that day, or that head does not stand at its place.
    Result<> countersign(ports::Countersignature signature, crypto::AuditEntry entry) override;
    // Code::conflict: the id or the login is taken. An empty certificate (the admin's) adds none.
    Result<> add_officer(ports::NewOfficer officer, std::vector<crypto::AuditEntry> audit) override;
    ports::SecondFactorWrites &second_factors() override { return second_factors_; }
    ports::AccessWrites &access() override { return access_; }
    ports::IdentityWrites &identities() override { return identities_; }
    ports::AccountWrites &accounts() override { return accounts_; }
    ports::SettingsWrites &settings() override { return settings_; }
    ports::RosterWrites &roster() override { return roster_; }
    ports::RegisterWrites &old_register() override { return register_; }
    ports::FileWrites &files() override { return files_; }
    ports::MailWrites &mail() override { return mail_; }

private:
    Writer &writer_;
    ChainHash hash_;
    SecondFactorWriter second_factors_;
    AccessWriter access_;
    IdentityWriter identities_{writer_, hash_};
    AccountWriter accounts_;
    SettingsWriter settings_;
    RosterWriter roster_{writer_, hash_};
    RegisterWriter register_{writer_, hash_};
    FileWriter files_;
    MailWriter mail_{writer_, hash_};
};

class Nightly final : public ports::Maintenance {
public:
    Nightly(Writer &writer, FileStore &files, ChainHash hash, Reader::Opener open)
        : writer_(writer), files_(files), hash_(std::move(hash)), reader_(std::move(open)) {}

    // Code::refused: the audit log does not fit its chain (check_chain()); nothing was done.
    // Code::unavailable: a reader held the log; what was done stands, the day is not noted, call it again.
    Result<> nightly(Day today) override;
    void give_up() override;
    Result<std::optional<Day>> last_nightly() override;

private:
    Result<> chain_all();
    Result<> forget_order(std::optional<Day> since);
    Result<> lay_files_anew(std::optional<Day> since, Day today);

    Writer &writer_;
    FileStore &files_;
    ChainHash hash_;
    Reader reader_;
    std::atomic<bool> giving_up_ = false;
};

} // namespace storage
