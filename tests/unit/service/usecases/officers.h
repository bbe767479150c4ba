// The agency of the use cases' tests, with people who come and go.
#pragma once

#include "service/usecases/officer/joining.h"
#include "service/usecases/officer/roster_notice.h"
#include "service/usecases/officer/vouching.h"
#include "tests/unit/service/usecases/agency.h"

namespace usecases_test {

using Why = RosterRefused::Why;
using JoinWhy = JoinRefused::Why;
inline constexpr const char *own_passphrase = "แมวสีดำนอนใต้ต้นมะม่วง";

class OfficersTest : public AgencyTest {
protected:
    Admin as_admin() { return Admin::check(admin.actor()).value(); }
    RecentlySignedIn recent() { return RecentlySignedIn::check(proven(), clock.now()).value(); }
    OfficerSession proven() {
        OfficerSession out;
        out.proven = clock.now();
        return out;
    }
    // Without the passphrase: many tests act in one second.
    OfficerSession session_of(const Person &who) {
        auto context = officer();
        auto actor = context.snapshot().value()->actor(who.id(), who.name);
        return {std::move(actor), {who.id(), {who.keys.box.public_key, who.keys.box.secret_key.clone()},
                                   {who.keys.sign.public_key, who.keys.sign.secret_key.clone()}}, "", clock.now(), {}};
    }
    static domain::AccountForm form(const char *login = "somsri", const char *post = "legal_officer") {
        return {login, "นางสมศรี ใจงาม", {.reading = true}, {post, "holder", "9/2569", "2/3/2569", "1/3/2571"}};
    }
    Invitation open(const domain::AccountForm &typed) {
        auto context = officer();
        auto out = open_account(as_admin(), context, recent(), typed);
        EXPECT_TRUE(out) << static_cast<int>(out.error().why);
        return out ? *out : Invitation{};
    }
    auto redeem(const std::string &code) {
        auto context = officer();
        return join(context, code, own_passphrase);
    }
    AccountView view(base::OfficerId id) {
        auto context = officer();
        const auto list = accounts(context, admin.actor());
        const auto *found = list ? list->find(id) : nullptr;
        EXPECT_NE(found, nullptr);
        return found ? *found : AccountView{};
    }
    std::string read_aloud(base::OfficerId id) {
        const auto row = officer_reads->officer(id).value();
        return crypto::fingerprint(row->box, row->sign);
    }
    RosterResult<> vouch_for(const Person &by, base::OfficerId id, std::string fingerprint, std::string shown) {
        auto context = officer();
        const auto session = session_of(by);
        return vouch(Voucher::check(session.actor).value(), {context, session}, recent(), id, fingerprint, shown);
    }
    RosterResult<> vouch_for(const Person &by, base::OfficerId id) {
        return vouch_for(by, id, read_aloud(id), shown_proposals(view(id)));
    }
    // Somebody new who has joined, and is vouched for.
    Person member(const domain::AccountForm &typed, const Person &voucher) {
        const auto invitation = open(typed);
        EXPECT_TRUE(redeem(invitation.code));
        const auto vouched = vouch_for(voucher, invitation.officer);
        EXPECT_TRUE(vouched) << static_cast<int>(vouched.error().why);
        return person(typed.login, domain::post_from(typed.post.post).value());
    }
    // Whoever signs in with the passphrase of these tests.
    Person person(const std::string &login, Post post) {
        auto context = officer();
        const auto signed_in = sign_in(context, login, own_passphrase);
        EXPECT_TRUE(signed_in);
        auto session = resume(context, signed_in->cookie);
        return {std::move(session->keys), post, login, own_passphrase, session->actor.name};
    }
    RosterResult<> revoked_by(const Person &by, base::OfficerId id) {
        auto context = officer();
        const auto session = session_of(by);
        return revoke_account(Voucher::check(session.actor).value(), {context, session}, recent(), id);
    }
    RosterResult<> disabled(base::OfficerId id) {
        auto context = officer();
        return disable_account(as_admin(), context, recent(), id);
    }
    RosterResult<> signed_posts(const Person &by, base::OfficerId id, const std::string &shown) {
        auto context = officer();
        const auto session = session_of(by);
        return sign_posts(Voucher::check(session.actor).value(), {context, session}, recent(), id, shown);
    }
    RosterResult<> signed_posts(const Person &by, base::OfficerId id) { return signed_posts(by, id, shown_proposals(view(id))); }
    RosterResult<std::size_t> taken_over(const Person &by, base::OfficerId leaver) {
        auto context = officer();
        const auto session = session_of(by);
        return take_over(Voucher::check(session.actor).value(), {context, session}, recent(), leaver);
    }
    std::shared_ptr<const AgencySnapshot> snapshot() { return officer().snapshot().value(); }
};

} // namespace usecases_test
