// Writes that go to the store: a test overrides the one that it wants to come between.
#pragma once

#include "service/ports/officer_store.h"

namespace usecases_test {

struct Forwarding : ports::OfficerWrites {
    explicit Forwarding(ports::OfficerWrites &store_writes) : real(store_writes) {}
    base::Result<ports::RegisterNumber> move(ports::Move row) override { return real.move(std::move(row)); }
    base::Result<ports::EntryDone> enter(ports::NewEntry row) override { return real.enter(std::move(row)); }
    base::Result<> reply(ports::Reply row) override { return real.reply(std::move(row)); }
    base::Result<> title(ports::CaseTitle row) override { return real.title(std::move(row)); }
    base::Result<> append_audit(std::vector<crypto::AuditEntry> entries) override { return real.append_audit(std::move(entries)); }
    base::Result<std::uint32_t> add_print(crypto::AuditEntry entry) override { return real.add_print(std::move(entry)); }
    base::Result<> countersign(ports::Countersignature signature, crypto::AuditEntry entry) override {
        return real.countersign(std::move(signature), std::move(entry));
    }
    base::Result<> add_officer(ports::NewOfficer row, std::vector<crypto::AuditEntry> audit) override {
        return real.add_officer(std::move(row), std::move(audit));
    }
    ports::SecondFactorWrites &second_factors() override { return real.second_factors(); }
    ports::AccessWrites &access() override { return real.access(); }
    ports::IdentityWrites &identities() override { return real.identities(); }
    ports::AccountWrites &accounts() override { return real.accounts(); }
    ports::RosterWrites &roster() override { return real.roster(); }
    ports::RegisterWrites &old_register() override { return real.old_register(); }
    ports::SettingsWrites &settings() override { return real.settings(); }
    ports::FileWrites &files() override { return real.files(); }
    ports::MailWrites &mail() override { return real.mail(); }

    ports::OfficerWrites &real;
};

} // namespace usecases_test
