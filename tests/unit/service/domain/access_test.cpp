#include "service/domain/complaint.h"
#include "service/domain/move_record.h"

#include <gtest/gtest.h>

namespace {

using namespace domain;

const base::OfficerId one({1}), two({2});
const base::CertificateSerial first({3}), second({4});

const ActedAs as{base::AppointmentId({5}), Post::clerk, Capacity::holder, "1/2569"};

AccessRecord record() {
    return {7, {{{one, first}, {two, second}}, {{two, second}}, {{one, second}}}, {two}, true, Conflict{two, "เป็นญาติ", {as}}};
}

TEST(AccessRecord, ReadsAsItWasWritten) {
    const auto read = access_from_json(to_json(record()));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, record());
    EXPECT_EQ(*access_from_json(to_json(AccessRecord{})), AccessRecord{});
}

TEST(AccessRecord, RefusesEveryOtherShape) {
    for (const char *json : {"", "{}", "[]", R"({"number":1,"custody_ended":[]})", R"({"number":1.5,"custody_ended":[],"begins_epoch":false})",
                             R"({"number":1,"custody_ended":[1],"begins_epoch":false})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":false,"readers":[]})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":false,"readers":{"x":"y"}})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":true,"conflict":1})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":true,"conflict":{"officer":"x","reason":"","as":[]}})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":true,"conflict":{"officer":"02000000000000000000000000000000","as":[]}})",
                             R"({"number":1,"custody_ended":[],"begins_epoch":true,"conflict":{"officer":"02000000000000000000000000000000","reason":""}})"})
        EXPECT_FALSE(access_from_json(json)) << json;
}

TEST(Access, StandsInAComplaintAndAMoveOnlyWhereSomebodyIsNamed) {
    Complaint complaint;
    complaint.facts = "x";
    EXPECT_EQ(to_json(complaint).find("readers"), std::string::npos) << "what is compared of a form does not depend on readers";
    complaint.access = record().granted;
    EXPECT_EQ(complaint_from_json(to_json(complaint))->access, record().granted);
    EXPECT_EQ(move_from_json(move_to_json({"register", 1, {}, record().granted}))->access, record().granted);
    EXPECT_EQ(move_to_json({"register", 1, {}, {}}).find("readers"), std::string::npos);
}

} // namespace
