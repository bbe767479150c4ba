#include "service/domain/complaint.h"

#include "crypto/primitives/object.h"
#include "tests/unit/service/domain/line.h"

namespace {

using namespace domain_test;

FilingForm whole_form() {
    FilingForm form;
    form.category = "procurement";
    form.subject_name = "นายสมหมาย โกงกิน";
    form.facts = "เรียกเงินจากผู้รับเหมาสร้างถนน";
    form.acknowledge = true;
    return form;
}

struct Expected {
    std::string field;
    std::string_view key;
    std::size_t limit = 0, over = 0;
};

testing::AssertionResult faults_are(const FilingForm &form, const std::vector<Expected> &expected,
                                    const std::vector<Holder> &holders = line()) {
    const auto checked = check(form, holders);
    const std::vector<Fault> faults = checked ? std::vector<Fault>{} : checked.error();
    std::string said;
    bool same = faults.size() == expected.size();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const Fault &fault = faults[i];
        said += fault.field + ": " + std::string(fault.key) + " " + std::to_string(fault.limit) + "+" +
                std::to_string(fault.over) + "; ";
        same = same && fault.field == expected[i].field && fault.key == expected[i].key &&
               fault.limit == expected[i].limit && fault.over == expected[i].over;
    }
    return same ? testing::AssertionSuccess() : testing::AssertionFailure() << "faults: " << said;
}

std::string times(std::string_view what, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += what;
    return out;
}

TEST(Complaint, AWholeFormBecomesAComplaintWithoutAnIdentity) {
    const auto checked = check(whole_form(), line());
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->complaint.category, "procurement");
    EXPECT_EQ(checked->complaint.facts, "เรียกเงินจากผู้รับเหมาสร้างถนน");
    EXPECT_TRUE(checked->complaint.anonymous);
    EXPECT_TRUE(checked->complaint.conceal) << "a name stays hidden unless the reporter says otherwise";
    EXPECT_TRUE(checked->identity.empty());
}

TEST(Complaint, EveryFaultIsToldAtOnceInTheOrderOfTheForm) {
    FilingForm form;
    form.category = "gossip";
    form.subject_unit = times("ก", 201);
    form.when = times("ก", 301);
    form.where = times("ก", 301);
    form.witnesses = times("ก", 2001);
    form.elsewhere = times("ก", 801);
    form.wish = times("ก", 802);
    form.excluded = {legal.text(), head.text(), clerk.text(), executive.text()};
    form.anonymous = false;
    form.name = times("ก", 121);
    form.address = times("ก", 301);
    form.phone = times("0", 51);
    form.email = "not-an-address";
    EXPECT_TRUE(faults_are(form, {{"category", "fault.category.unknown"},
                                  {"subject_unit", "fault.too_long", 200, 1},
                                  {"subject_name", "fault.subject.missing"},
                                  {"facts", "fault.facts.missing"},
                                  {"when", "fault.too_long", 300, 1},
                                  {"where", "fault.too_long", 300, 1},
                                  {"witnesses", "fault.too_long", 2000, 1},
                                  {"elsewhere", "fault.too_long", 800, 1},
                                  {"wish", "fault.too_long", 800, 2},
                                  {"excluded", "fault.excluded.nobody_left"},
                                  {"name", "fault.too_long", 120, 1},
                                  {"address", "fault.too_long", 300, 1},
                                  {"phone", "fault.too_long", 50, 1},
                                  {"email", "fault.email.invalid"},
                                  {"acknowledge", "fault.acknowledge.missing"}}));
}

TEST(Complaint, FactsAreDemandedAndBlanksAreNone) {
    FilingForm form = whole_form();
    form.facts = " \r\n\u200B ";
    EXPECT_TRUE(faults_are(form, {{"facts", "fault.facts.missing"}}));
}

TEST(Complaint, SomebodyMustBeNamedByNameOrPositionOrBeUnknown) {
    FilingForm form = whole_form();
    form.subject_name = " ";
    EXPECT_TRUE(faults_are(form, {{"subject_name", "fault.subject.missing"}}));
    form.subject_position = "ผู้อำนวยการกองช่าง";
    EXPECT_TRUE(check(form, line()));
    form.subject_position.clear();
    form.subject_unknown = true;
    EXPECT_TRUE(check(form, line()));
}

TEST(Complaint, TheAcknowledgementIsDemanded) {
    FilingForm form = whole_form();
    form.acknowledge = false;
    EXPECT_TRUE(faults_are(form, {{"acknowledge", "fault.acknowledge.missing"}}));
}

TEST(Complaint, TheCategoryMayBeLeftOpenAndAllKnownOnesAreTaken) {
    FilingForm form = whole_form();
    EXPECT_EQ(category_ids().size(), 12U);
    for (std::string_view category : category_ids()) {
        form.category = category;
        EXPECT_TRUE(check(form, line())) << category;
    }
    form.category.clear();
    EXPECT_TRUE(check(form, line()));
    form.category = "Bribery";
    EXPECT_TRUE(faults_are(form, {{"category", "fault.category.unknown"}}));
}

TEST(Complaint, LimitsCountCharactersAndTheLastOneStillFits) {
    const struct {
        const char *field;
        std::string FilingForm::*member;
        std::size_t limit;
    } texts[] = {{"subject_name", &FilingForm::subject_name, max_line},
                 {"subject_position", &FilingForm::subject_position, max_line},
                 {"subject_unit", &FilingForm::subject_unit, max_line},
                 {"facts", &FilingForm::facts, max_facts},
                 {"when", &FilingForm::when, max_when},
                 {"where", &FilingForm::where, max_where},
                 {"witnesses", &FilingForm::witnesses, max_witnesses},
                 {"elsewhere", &FilingForm::elsewhere, max_elsewhere},
                 {"wish", &FilingForm::wish, max_wish},
                 {"name", &FilingForm::name, max_name},
                 {"address", &FilingForm::address, max_address},
                 {"phone", &FilingForm::phone, max_phone}};
    for (const auto &text : texts) {
        FilingForm form = whole_form();
        form.anonymous = false;
        form.name = "ก";
        form.*text.member = "  " + times("ที่", text.limit / 3) + times("ก", text.limit % 3) + " \r\n";
        EXPECT_TRUE(faults_are(form, {})) << text.field << ": blanks at the ends do not count";
        form.*text.member = times("\U0001F600", text.limit + 7);
        EXPECT_TRUE(faults_are(form, {{text.field, "fault.too_long", text.limit, 7}}));
    }
    FilingForm form = whole_form();
    form.anonymous = false;
    form.email = times("a", max_email) + "@";
    EXPECT_TRUE(faults_are(form, {{"email", "fault.too_long", max_email, 1}}));
}

TEST(Complaint, TextsAreCleanedBeforeTheyAreKept) {
    FilingForm form = whole_form();
    form.subject_name = "  เเดง \u200B\r\n ใจ\u0E4Dา ";
    form.facts = "น\u0E33\u0E49ท่วม\r\n\r\nถนน ";
    const auto checked = check(form, line());
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->complaint.subject_name, "แดง ใจ\u0E33");
    EXPECT_EQ(checked->complaint.facts, "น\u0E49\u0E33ท่วม\n\nถนน");
}

TEST(Exclusions, AreSortedAndEachCountsOnce) {
    FilingForm form = whole_form();
    form.excluded = {executive.text(), legal.text(), executive.text()};
    const auto checked = check(form, line());
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->complaint.excluded, (std::vector{legal, executive}));
}

TEST(Exclusions, OfSomebodyOutsideTheLineAreAFaultNotIgnored) {
    for (const std::string &other : {nobody.text(), std::string("x"), std::string(), legal.text() + "0"}) {
        FilingForm form = whole_form();
        form.excluded = {legal.text(), other};
        EXPECT_TRUE(faults_are(form, {{"excluded", "fault.excluded.unknown"}})) << other;
    }
}

TEST(Exclusions, ForEverySubsetTheComplaintIsTakenOnlyWhenItCanBeReadAndDecided) {
    const auto holders = line();
    for_each_subset(ids(holders), [&](const std::vector<OfficerId> &excluded) {
        FilingForm form = whole_form();
        for (OfficerId id : excluded)
            form.excluded.push_back(id.text());
        const bool possible = readers_of_new(holders, excluded) && can_be_decided(holders, excluded);
        EXPECT_TRUE(faults_are(form, possible ? std::vector<Expected>{}
                                              : std::vector<Expected>{{"excluded", "fault.excluded.nobody_left"}}));
    });
}

TEST(Exclusions, NameThoseWhoCannotBeExcludedTogetherAndNobodyElse) {
    const auto holders = line();
    const auto name = [&](OfficerId id) { return std::ranges::find(holders, id, &Holder::officer)->name; };
    FilingForm form = whole_form();
    form.excluded = {legal.text(), executive.text(), outside.text()};
    const auto checked = check(form, holders);
    ASSERT_FALSE(checked);
    const std::string &named = checked.error().at(0).measured;
    for (const OfficerId id : {executive, outside})
        EXPECT_NE(named.find(name(id)), std::string::npos) << named;
    EXPECT_EQ(named.find(name(legal)), std::string::npos) << named;
    for (const OfficerId unticked : {executive, outside}) {
        form.excluded = {legal.text(), unticked.text()};
        EXPECT_TRUE(check(form, holders)) << "either of them may be";
    }
}

TEST(Exclusions, ANameThatNobodyIsLeftToKeepIsRefusedAndAnonymityIsNot) {
    FilingForm form = whole_form();
    form.excluded = {clerk.text(), outside.text()};
    EXPECT_TRUE(check(form, line())) << "anonymous: there is nothing to keep";
    form.anonymous = false;
    form.name = "นางสาวกานดา";
    EXPECT_TRUE(faults_are(form, {{"excluded", "fault.excluded.no_custodian"}}));
}

TEST(Exclusions, WithoutAnyAnEmptyLineCannotTakeAComplaint) {
    EXPECT_TRUE(faults_are(whole_form(), {{"excluded", "fault.excluded.nobody_at_all"}}, {}));
}

TEST(IdentityRule, WhatAnAnonymousReporterTypedIsNotKept) {
    FilingForm form = whole_form();
    form.name = "นางสาวกานดา";
    form.email = "not an address";
    const auto checked = check(form, line());
    ASSERT_TRUE(checked);
    EXPECT_TRUE(checked->identity.empty());
}

TEST(IdentityRule, WhoWantsToBeKnownGivesSomethingToKnowThemBy) {
    FilingForm form = whole_form();
    form.anonymous = false;
    EXPECT_TRUE(faults_are(form, {{"name", "fault.identity.missing"}}));
    for (auto member : {&FilingForm::name, &FilingForm::address, &FilingForm::phone, &FilingForm::email}) {
        FilingForm one = form;
        one.*member = "a@b";
        const auto checked = check(one, line());
        ASSERT_TRUE(checked);
        EXPECT_FALSE(checked->identity.empty());
        EXPECT_FALSE(checked->complaint.anonymous);
    }
}

TEST(NameMatches, FindTheHolderBehindTitlesBlanksAndParts) {
    const auto match = [](const char *typed) {
        Complaint complaint;
        complaint.subject_name = typed;
        return name_matches(complaint, line());
    };
    for (const char *typed : {"นายสมชาย ใจดี", "สมชาย ใจดี", "สมชาย  ใจดี", "นาย สมชาย ใจดี", "คุณสมชาย", "สมชาย", "ใจดี",
                              "สมชาย บุญมา", "หัวหน้าสมชาย ใจดี สำนักปลัด"})
        EXPECT_EQ(match(typed), std::vector{head}) << typed;
    for (const char *typed : {"น.ส. สุดา ใจซื่อ", "นส.สุดา", "น.ส.สุดา ใจซื่อ"})
        EXPECT_EQ(match(typed), std::vector{legal}) << typed;
    for (const char *typed : {"jane doe", "Ms. Jane DOE", "Jane"})
        EXPECT_EQ(match(typed), std::vector{outside}) << typed;
    for (const char *typed : {"", "นาย", "นาง", "นายกิตติ", "ดี", "สมหมาย", ".", "Mr.", "กานดา มีสุข"})
        EXPECT_TRUE(match(typed).empty()) << typed;
}

TEST(NameMatches, AskAboutTheHolderOfAPostThatIsNamed) {
    const auto match = [](const char *name, const char *position) {
        Complaint complaint;
        complaint.subject_name = name;
        complaint.subject_position = position;
        return name_matches(complaint, line());
    };
    EXPECT_EQ(match("", "ปลัดเทศบาล"), std::vector{clerk});
    EXPECT_EQ(match("", "นายกเทศมนตรี"), std::vector{executive});
    EXPECT_EQ(match("นายก", ""), std::vector{executive});
    EXPECT_EQ(match("นายกฯ คนปัจจุบัน", ""), std::vector{executive});
    EXPECT_EQ(match("", "หัวหน้าสำนักปลัด"), std::vector{head});
    EXPECT_EQ(match("", "นิติกรชำนาญการ"), std::vector{legal});
    EXPECT_EQ(match("the Mayor", ""), std::vector{executive});
    EXPECT_EQ(match("", "Municipal Clerk"), std::vector{clerk});
    EXPECT_EQ(match("", "เจ้าหน้าที่ธุรการ สำนักปลัด"), std::vector<base::OfficerId>{}) << "an office is not its head";
    EXPECT_EQ(match("นายกานต์", "ช่างโยธา"), std::vector<base::OfficerId>{}) << "a name that begins like นายก";
}

TEST(SubjectRule, ANameAndNotKnowingItContradict) {
    FilingForm form = whole_form();
    form.subject_name = "สมหมาย";
    form.subject_unknown = true;
    EXPECT_TRUE(faults_are(form, {{"subject_name", "fault.subject.both"}}));
}

TEST(NameMatches, DoNotAskAboutWhomTheReporterTicked) {
    Complaint complaint;
    complaint.subject_name = "สมชาย ใจดี";
    complaint.excluded = {head};
    EXPECT_TRUE(name_matches(complaint, line()).empty());
}

Complaint every_field() {
    return {.category = "bribery", .subject_name = "ก \"ข\" \\", .subject_position = "ปลัด", .subject_unit = "กองช่าง",
            .subject_unknown = true, .when = "เดือนก่อน", .where = "ที่ทำการ", .facts = "บรรทัดหนึ่ง\nสอง \U0001F600",
            .witnesses = "ภาพ", .elsewhere = "ป.ป.ช.", .wish = "ให้ตรวจสอบ", .excluded = {legal, clerk},
            .anonymous = false, .conceal = false};
}

TEST(ComplaintJson, GoesThereAndBack) {
    const Complaint before = every_field();
    const auto after = complaint_from_json(to_json(before));
    ASSERT_TRUE(after);
    EXPECT_EQ(to_json(*after), to_json(before));
    EXPECT_EQ(after->subject_name, before.subject_name);
    EXPECT_EQ(after->facts, before.facts);
    EXPECT_EQ(after->excluded, before.excluded);
    EXPECT_TRUE(after->subject_unknown);
    EXPECT_FALSE(after->anonymous);
    EXPECT_FALSE(after->conceal);
    EXPECT_EQ(to_json(*complaint_from_json(to_json(Complaint{}))), to_json(Complaint{}));
}

TEST(ComplaintJson, HostileBytesAreRefused) {
    const std::string good = to_json(every_field());
    ASSERT_TRUE(complaint_from_json(good));
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(complaint_from_json(std::string_view(good).substr(0, size)));
    const std::string nested = times("[", 100000);
    const std::string rest = R"("subject_unknown":false,"anonymous":true,"conceal":true)";
    for (const std::string &hostile :
         {std::string("null"), std::string("[]"), std::string("1"), std::string("\"\""), std::string("{}"), nested, good + "x",
          good + good, "{" + rest + "}", "{" + rest + R"(,"excluded":{}})", "{" + rest + R"(,"excluded":["zz"]})",
          "{" + rest + R"(,"excluded":[1]})", "{" + rest + R"(,"excluded":[],"facts":7})",
          "{" + rest + R"(,"excluded":[],"facts":null})",
          std::string(R"({"subject_unknown":0,"anonymous":true,"conceal":true,"excluded":[]})"),
          std::string(R"({"subject_unknown":false,"anonymous":"no","conceal":true,"excluded":[]})"),
          std::string(R"({"subject_unknown":false,"conceal":true,"excluded":[]})"),
          "{" + rest + ",\"excluded\":[],\"facts\":\"\xFF\"}"})
        EXPECT_FALSE(complaint_from_json(hostile)) << hostile.substr(0, 80);
    EXPECT_TRUE(complaint_from_json("{" + rest + R"(,"excluded":[]})")) << "what the hostile ones were made from";
}

TEST(IdentityJson, IsNothingWhenThereIsNoneAndGoesThereAndBack) {
    EXPECT_EQ(to_json(Identity{}), "");
    EXPECT_TRUE(identity_from_json("")->empty());
    const auto after = identity_from_json(to_json(Identity{"ก", "ข\nค", "081", "a@b"}));
    ASSERT_TRUE(after);
    EXPECT_EQ(after->name, "ก");
    EXPECT_EQ(after->address, "ข\nค");
    EXPECT_EQ(after->phone, "081");
    EXPECT_EQ(after->email, "a@b");
    for (const char *hostile : {"[]", "{", R"({"name":1})", R"({"email":["a"]})", "null"})
        EXPECT_FALSE(identity_from_json(hostile)) << hostile;
}

// The longest form that check() takes, in the characters that cost most: four bytes each, and a quotation mark or a
// line break, which JSON writes with a backslash, never costs more.
TEST(Sizes, TheLargestComplaintAndIdentityFitWhatIsSealed) {
    std::vector<Holder> holders;
    for (base::Byte i = 1; i <= 60; ++i)
        holders.push_back({person(i), Post::legal_officer, "ก", true, true});
    for (const Holder &holder : line())
        holders.push_back({person(static_cast<base::Byte>(holder.officer.bytes()[0] + 100)), holder.post, "ก", true, true});
    for (const char *letter : {"\U0001F600", "\"", "\\", "ก"}) {
        const std::string_view x = letter;
        FilingForm form;
        form.category = "conflict_of_interest";
        form.subject_name = form.subject_position = form.subject_unit = times(x, max_line);
        form.when = times(x, max_when);
        form.where = times(x, max_where);
        form.facts = times(x, max_facts);
        form.witnesses = times(x, max_witnesses);
        form.elsewhere = form.wish = times(x, max_elsewhere);
        form.anonymous = false;
        form.name = times(x, max_name);
        form.address = times(x, max_address);
        form.phone = times(x, max_phone);
        form.email = times(x, max_email - 1) + "@";
        form.acknowledge = true;
        for (base::Byte i = 1; i <= 60; ++i)
            form.excluded.push_back(person(i).text());
        const auto checked = check(form, holders);
        ASSERT_TRUE(checked);
        EXPECT_LE(to_json(checked->complaint).size(), crypto::max_json);
        EXPECT_LE(to_json(checked->identity).size(), crypto::max_identity);
    }
}

} // namespace
