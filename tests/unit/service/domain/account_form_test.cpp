#include "service/domain/account_form.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using namespace domain;
constexpr base::Day today{20'000}; // 2024-10-04

AccountForm whole() {
    return {"Somsri.J", "นางสมศรี ใจงาม", {.reading = true}, {"legal_officer", "holder", "12/2567", "4/10/2567", "30/9/2568"}};
}

std::vector<std::string> faulty(const AccountForm &form) {
    WantedPost wanted;
    std::vector<std::string> out;
    for (const Fault &fault : faults_of(form, today, wanted))
        out.push_back(fault.field + ":" + std::string(fault.key));
    return out;
}

TEST(AccountForm, IsTakenWhole) {
    WantedPost wanted;
    EXPECT_TRUE(faults_of(whole(), today, wanted).empty());
    EXPECT_EQ(wanted.post, Post::legal_officer);
    EXPECT_EQ(wanted.capacity, Capacity::holder);
    EXPECT_EQ(wanted.from, today);
    EXPECT_EQ(wanted.until.number, 20'361);
    EXPECT_EQ(canonical_login(" Somsri.J "), "somsri.j");
}

TEST(AccountForm, NamesEveryFaultInTheOrderOfTheForm) {
    EXPECT_EQ(faulty({}), (std::vector<std::string>{"login:fault.officers.login", "name:fault.officers.name",
                                                    "post:fault.officers.post", "capacity:fault.officers.capacity",
                                                    "order:fault.officers.order", "from:fault.officers.from",
                                                    "until:fault.officers.until"}));
    auto form = whole();
    form.login = "สมศรี";
    EXPECT_EQ(faulty(form), std::vector<std::string>{"login:fault.officers.login"});
    form.login = std::string(33, 'a');
    EXPECT_EQ(faulty(form), std::vector<std::string>{"login:fault.too_long"});
}

TEST(AccountForm, HasDaysThatFollowEachOther) {
    auto form = whole();
    form.post.until = "3/10/2567";
    EXPECT_EQ(faulty(form), std::vector<std::string>{"until:fault.officers.until_before"});
    form.post.from = "1/10/2567";
    EXPECT_EQ(faulty(form), std::vector<std::string>{"until:fault.officers.until_past"});
    form.post.until = "1/10/2580";
    EXPECT_EQ(faulty(form), std::vector<std::string>{"until:fault.officers.until_far"});
}

TEST(AccountForm, NeverMakesAReaderOfAnAdmin) {
    for (const char *post : {"admin", "auditor"}) {
        auto form = whole();
        form.post.post = post;
        EXPECT_EQ(faulty(form), std::vector<std::string>{"rights:fault.officers.apart"});
        form.rights = {};
        EXPECT_TRUE(faulty(form).empty());
    }
    const Post both[] = {Post::admin, Post::clerk}, apart[] = {Post::admin, Post::auditor};
    EXPECT_TRUE(mixes_apart(both, {}));
    EXPECT_FALSE(mixes_apart(apart, {}));
    for (const Certified &rights : {Certified{.reading = true}, Certified{.custody = true}, Certified{.vouching = true}})
        EXPECT_TRUE(mixes_apart(apart, rights));
}

} // namespace
