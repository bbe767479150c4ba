// The operator of the machine invites an admin when no admin is there who could.
#include "service/usecases/officer/admin_invitation.h"
#include "tests/unit/service/usecases/officers.h"

namespace usecases_test {

class AdminInvitation : public OfficersTest {
protected:
    auto invite(const AdminToBe &wanted) {
        auto context = officer();
        return invite_admin({context.reads, context.writes, context.keys, context.clock}, wanted);
    }
    static AdminToBe somebody() { return {"preecha", "นายปรีชา ดูแลดี", "15/2569"}; }
    bool manages_accounts(base::OfficerId id) {
        auto context = officer();
        return domain::allows(context.snapshot().value()->actor(id, ""), domain::Action::manage_accounts);
    }
};

TEST_F(AdminInvitation, GivesNothingBeforeAVoucherSigns) {
    const auto invited = invite(somebody());
    ASSERT_TRUE(invited);
    ASSERT_TRUE(redeem(invited->code));
    EXPECT_FALSE(manages_accounts(invited->officer));
    ASSERT_TRUE(vouch_for(executive, invited->officer));
    EXPECT_TRUE(manages_accounts(invited->officer));
    EXPECT_EQ(view(invited->officer).certificate->rights, crypto::Rights{});
}

TEST_F(AdminInvitation, IsNobodysOfTheAgencySoEveryVoucherMaySignIt) {
    const auto invited = invite(somebody());
    ASSERT_TRUE(invited);
    EXPECT_TRUE(view(invited->officer).proposed_by.empty());
    ASSERT_TRUE(redeem(invited->code));
    EXPECT_TRUE(vouch_for(outside, invited->officer));
}

TEST_F(AdminInvitation, AgainVoidsTheCodeBeforeAlsoWhenItsDaysAreOver) {
    const auto first = invite(somebody());
    ASSERT_TRUE(first);
    for (int day = 0; day <= invitation_days; ++day)
        clock.next_day();
    const auto second = invite(somebody());
    ASSERT_TRUE(second);
    EXPECT_EQ(first->officer, second->officer);
    EXPECT_EQ(redeem(first->code).error().why, JoinWhy::unknown);
    EXPECT_TRUE(redeem(second->code));
    EXPECT_FALSE(invite(somebody())) << "who has joined already";
}

TEST_F(AdminInvitation, OpensNobodyElsesAccount) {
    open(form("somsri"));
    for (const char *login : {"somsri", "executive"}) {
        const auto refused = invite({login, "นางสมศรี ใจงาม", "15/2569"});
        ASSERT_FALSE(refused) << login;
        EXPECT_EQ(refused.error().faults.front().key, "fault.officers.login_taken");
    }
}

TEST_F(AdminInvitation, NamesWhatIsWrong) {
    const auto refused = invite({"x", "", ""});
    ASSERT_FALSE(refused);
    std::vector<std::string> fields;
    for (const auto &fault : refused.error().faults)
        fields.push_back(fault.field);
    EXPECT_EQ(fields, (std::vector<std::string>{"login", "name", "order"}));
}

} // namespace usecases_test
