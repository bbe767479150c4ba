// Who asks, decides and is shown a reporter's identity, with real keys over a real store.
#pragma once

#include "service/usecases/officer/identity.h"

#include "tests/unit/service/usecases/agency.h"

#include <set>

namespace usecases_test {

class Identities : public AgencyTest {
protected:
    using MayWork = domain::Permitted<Action::work_cases>;
    using MayDecide = domain::Permitted<Action::decide_identity>;

    domain::FilingForm named(std::vector<const Person *> excluded = {}) {
        auto out = form("เรียกเงินจากผู้รับเหมา", std::move(excluded));
        out.anonymous = false;
        out.name = "นายสมศักดิ์ กล้าหาญ";
        out.phone = "081-234-5678";
        out.conceal = true;
        return out;
    }
    static MayWork works(const Person &who) { return *MayWork::check(who.actor()); }
    static MayDecide decides(const Person &who) {
        auto actor = who.actor();
        actor.certified.custody = true; // the certificate in the store decides
        return *MayDecide::check(actor);
    }
    RecentlySignedIn recent(const OfficerSession &of) { return *RecentlySignedIn::check(of, clock.now()); }

    std::expected<void, IdentityRefused> ask(const Person &who, const std::string &id, std::string_view reason = "ต้องนัดหมายเพื่อสอบปากคำ",
                                             const std::string &once_field = new_reply_id()) {
        auto context = officer();
        const auto signed_in = session(who);
        return ask_identity(works(who), recent(signed_in), context, signed_in, id, reason, once_field);
    }
    std::vector<WaitingIdentity> waiting(const Person &who) {
        auto context = officer();
        const auto found = waiting_identities(decides(who), context, session(who));
        EXPECT_TRUE(found);
        return found.value_or(std::vector<WaitingIdentity>{});
    }
    std::expected<DecidedIdentity, IdentityRefused> decide(const Person &who, const std::string &request, std::optional<bool> grant,
                                                           std::string reason = "จำเป็นต่อการสืบสวน") {
        auto context = officer();
        const auto signed_in = session(who);
        return decide_identity(decides(who), recent(signed_in), context, signed_in, request, {grant, std::move(reason)});
    }
    std::expected<ShownIdentity, IdentityRefused> show(const Person &who, const std::string &id) {
        auto context = officer();
        const auto signed_in = session(who);
        return show_identity(works(who), recent(signed_in), context, signed_in, id);
    }
    IdentityStanding standing(const Person &who, const std::string &id) {
        auto context = officer();
        return identity_of_case(works(who), context, session(who), id)->standing;
    }
    std::string asked_by(const Person &who, const std::string &id, const Person &custodian) {
        EXPECT_TRUE(ask(who, id));
        const auto found = waiting(custodian);
        EXPECT_EQ(found.size(), 1U);
        return found.empty() ? std::string() : found.front().request.text();
    }
    std::int64_t one(storage::Sql sql) {
        auto db = database();
        auto rows = *db.query(sql);
        EXPECT_TRUE(*rows.next());
        return rows.integer();
    }
    std::vector<crypto::AuditEntry> logged() { // about identities
        auto db = database();
        auto rows = *db.query("SELECT entry FROM audit ORDER BY sequence");
        std::vector<crypto::AuditEntry> out;
        while (*rows.next())
            if (const auto entry = *crypto::AuditEntry::decode(rows.bytes()); entry.event >= crypto::AuditEvent::identity_requested)
                out.push_back(entry);
        return out;
    }
    std::set<std::size_t> sizes(storage::Sql sql) {
        auto db = database();
        auto rows = *db.query(sql);
        std::set<std::size_t> out;
        while (*rows.next())
            out.insert(rows.blob().size());
        return out;
    }
    void disable(const Person &who) {
        behind_the_back("UPDATE officer SET disabled = 1 WHERE officer = ?", {who.id()});
        behind_the_back("UPDATE setting SET value = value + 1 WHERE name = 'roster_version'");
    }
    void behind_the_back(storage::Sql sql, std::initializer_list<storage::Value> values = {}) {
        ASSERT_TRUE(database().run(sql, values));
    }
};

} // namespace usecases_test
