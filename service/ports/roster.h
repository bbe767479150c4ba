// What admins propose of accounts and posts, what vouchers sign of it, and which readers an officer has taken note of. A proposal
// gives nobody anything: only what is signed counts.
#pragma once

#include "service/ports/rows.h"

namespace ports {

// A person who is to get a certificate: a new account, or one whose keys, rights or days change.
struct ProposedAccount {
    base::OfficerId officer;
    std::string login;
    std::string display_name;
    crypto::Rights rights;
    base::OfficerId proposed_by;
    Day proposed_on;
    std::optional<Day> invited_until{}; // an invitation waits to be redeemed; inclusive
};

struct ProposedPost {
    base::AppointmentId id; // of the appointment that it is to become
    base::OfficerId officer;
    std::uint8_t post = 0, capacity = 0;
    Day from, until;
    std::string order;
    base::OfficerId proposed_by;
    Day proposed_on;
};

struct ProposedEnding {
    base::AppointmentId appointment;
    Day last_day;
    base::OfficerId proposed_by;
    Day proposed_on;
};

struct Proposals {
    std::vector<ProposedAccount> accounts;
    std::vector<ProposedPost> posts;
    std::vector<ProposedEnding> endings;
};

// One act of an admin. `roster_version` is the one that was looked at: Code::conflict when it is another meanwhile.
struct Proposal {
    std::uint64_t roster_version = 0;
    std::optional<ProposedAccount> account{};  // replaces an earlier one of the same person; conflict: the login is taken
    std::optional<Array<32>> invitation{};     // hash of its code, with account->invited_until
    std::vector<ProposedPost> posts{};
    std::vector<ProposedEnding> endings{};
    std::optional<base::OfficerId> disable{};  // ends this officer's sign-in at once
};

struct Redeemed {
    Array<32> invitation{};
    Day today;
    OfficerRow row; // of the invited officer; key_generation is the store's
};

// One act of a voucher.
struct SignedActs {
    std::uint64_t roster_version = 0; // as in Proposal
    std::optional<base::OfficerId> vouched{}; // their proposal is done with, and they may sign in
    std::optional<base::OfficerId> disable{};
    struct Certificate {
        base::OfficerId officer;
        Bytes stored;
    };
    std::vector<Certificate> certificates{};
    std::vector<crypto::SignedRevocation> revocations{};
    std::vector<Bytes> appointments{}; // a proposal of the same id is done with
    std::vector<crypto::SignedEnding> endings{};
};

class RosterReads {
public:
    virtual ~RosterReads() = default;
    virtual base::Result<Proposals> proposals() = 0;
    virtual base::Result<std::optional<ProposedAccount>> invited(const Array<32> &invitation) = 0; // expired ones too
    virtual base::Result<Bytes> seen_certificates(base::OfficerId officer) = 0;                    // empty: never confirmed
};

class RosterWrites {
public:
    virtual ~RosterWrites() = default;
    virtual base::Result<> propose(Proposal proposal, std::vector<crypto::AuditEntry> audit) = 0;
    // Takes back what was proposed: an account (with the posts of somebody who never joined), a post or an ending.
    // Code::not_found: nothing of it waits.
    virtual base::Result<> withdraw_account(base::OfficerId officer, std::vector<crypto::AuditEntry> audit) = 0;
    virtual base::Result<> withdraw_post(base::AppointmentId id, std::vector<crypto::AuditEntry> audit) = 0;
    // Once only: Code::not_found for every later or late one. What was sealed under the keys before goes with them.
    virtual base::Result<> redeem(Redeemed redeemed, std::vector<crypto::AuditEntry> audit) = 0;
    virtual base::Result<> sign(SignedActs acts, std::vector<crypto::AuditEntry> audit) = 0;
    virtual base::Result<> confirm_seen(base::OfficerId officer, Bytes seen) = 0;
};

} // namespace ports
