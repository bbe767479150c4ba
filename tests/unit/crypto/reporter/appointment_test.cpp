#include "crypto/reporter/appointment.h"

#include "tests/unit/crypto/support.h"

using namespace crypto_test;

namespace {

AppointmentFields appointment(const Agency &agency, base::OfficerId officer, base::Day from = {19'500}, base::Day until = {20'500}) {
    return {.instance = agency.instance,
            .id = base::AppointmentId::random(),
            .officer = officer,
            .post = 3,
            .capacity = 2,
            .from = from,
            .until = until,
            .issuer = agency.executive.officer,
            .order = "123/2569"};
}

// An agency with one clerk, appointed by the executive.
struct Appointed {
    Agency agency;
    OfficerKeys clerk = agency.enrol(reading);
    AppointmentFields fields = appointment(agency, clerk.officer);
    std::vector<Bytes> stored{*issue_appointment(agency.executive, fields)};
    std::vector<SignedEnding> endings;
    std::size_t held(base::Day day = today) const { return appointments_on(agency.roster(day), stored, endings, day).size(); }
    void sign_as(const OfficerKeys &issuer) { stored = {*issue_appointment(issuer, fields)}; }
    void end(const OfficerKeys &issuer, base::Day last_day) {
        endings = {end_appointment(issuer, agency.instance, fields.id, last_day)};
    }
};

} // namespace

TEST(Appointment, ReadsBackWhatItWrote) {
    const Appointed one;
    const auto read = StoredAppointment::parse(one.stored[0]);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->fields.encode(), one.fields.encode());
    EXPECT_EQ(read->fields.order, "123/2569");
    EXPECT_EQ(read->fields.capacity, 2);
}

TEST(Appointment, RefusesBytesThatBreakItsFormat) {
    const Bytes good = Appointed().fields.encode();
    ASSERT_TRUE(AppointmentFields::decode(good));
    for (std::size_t i = 0; i < good.size(); ++i)
        EXPECT_FALSE(AppointmentFields::decode(View(good).first(i))) << i;
    for (const auto &[at, value] : {std::pair<std::size_t, base::Byte>{0, 2}, {49, 0}, {50, 0}}) { // version, post, capacity
        Bytes bad = good;
        bad[at] = value;
        EXPECT_TRUE(fails_with(AppointmentFields::decode(bad), Code::invalid)) << at;
    }
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(AppointmentFields::decode(longer));
}

TEST(Appointment, IsNotIssuedWithoutAnOrderOrWithDaysInReverse) {
    Appointed one;
    for (const std::string &order : {std::string(), std::string("a\nb"), std::string(201, 'a')}) {
        one.fields.order = order;
        EXPECT_TRUE(fails_with(issue_appointment(one.agency.executive, one.fields), Code::invalid));
    }
    one.fields.order = "1";
    one.fields.until = {one.fields.from.number - 1};
    EXPECT_TRUE(fails_with(issue_appointment(one.agency.executive, one.fields), Code::invalid));
}

TEST(Appointment, HoldsWithinItsDays) {
    const Appointed one;
    EXPECT_EQ(one.held({19'499}), 0u);
    EXPECT_EQ(one.held({19'500}), 1u);
    EXPECT_EQ(one.held({20'500}), 1u);
    EXPECT_EQ(one.held({20'501}), 0u);
}

TEST(Appointment, RefusesEveryAlteredByte) {
    Appointed one;
    const Bytes good = one.stored[0];
    for (std::size_t i = 0; i < good.size(); ++i) {
        one.stored[0] = good;
        one.stored[0][i] ^= 1;
        EXPECT_EQ(one.held(), 0u) << i;
    }
}

TEST(Appointment, RefusesWhoeverMayNotVouch) {
    Appointed one;
    one.sign_as(one.clerk);
    EXPECT_EQ(one.held(), 0u) << "one's own post, without the right";
    one.sign_as(OfficerKeys::random(one.agency.executive.officer));
    EXPECT_EQ(one.held(), 0u) << "another's name, with keys of one's own";
    one.sign_as(one.agency.outside);
    EXPECT_EQ(one.held(), 1u);
}

TEST(Appointment, OfAnotherInstanceIsRefused) {
    Appointed one;
    one.fields.instance = base::InstanceId::random();
    one.sign_as(one.agency.executive);
    EXPECT_EQ(one.held(), 0u);
}

TEST(Appointment, LapsesWithTheCertificateOfEitherSide) {
    Appointed one;
    OfficerKeys voucher = one.agency.enrol(vouching);
    one.sign_as(voucher);
    ASSERT_EQ(one.held(), 1u);
    const auto serial_of = [&](const OfficerKeys &keys) { return one.agency.roster().live(keys.officer)->serial; };
    one.agency.revocations = {revoke(one.agency.executive, one.agency.instance, serial_of(voucher), today)};
    EXPECT_EQ(one.held(), 0u);
    one.agency.revocations.clear();
    one.agency.revocations = {revoke(one.agency.executive, one.agency.instance, serial_of(one.clerk), today)};
    EXPECT_EQ(one.held(), 0u);
}

TEST(Appointment, EndsAfterTheLastDayThatAVoucherSigned) {
    Appointed one;
    one.end(one.agency.outside, {19'900});
    EXPECT_EQ(one.held({19'900}), 1u);
    EXPECT_EQ(one.held({19'901}), 0u);
    one.end(one.clerk, {19'900});
    EXPECT_EQ(one.held(), 1u) << "who may not vouch ends nothing";
    one.end(one.agency.outside, {19'900});
    one.endings[0].last_day = {20'400};
    EXPECT_EQ(one.held({20'450}), 1u) << "another day than the signed one";
    one.end(one.agency.outside, {19'900});
    one.endings[0].appointment = base::AppointmentId::random();
    EXPECT_EQ(one.held(), 1u) << "another appointment than the signed one";
}

TEST(EveryAppointment, IsKnownBeyondItsDaysAndItsSignersAndEndsWithTheEarliestEnding) {
    Appointed one;
    const auto known = [&](base::Day day) { return every_appointment(one.agency.roster(day), one.stored, one.endings); };
    ASSERT_EQ(known({20'501}).size(), 1u);
    EXPECT_EQ(known({20'501})[0].last, base::Day{20'500});
    EXPECT_EQ(known({19'000}).size(), 1u);
    one.endings = {end_appointment(one.agency.executive, one.agency.instance, one.fields.id, {19'900}),
                   end_appointment(one.agency.executive, one.agency.instance, one.fields.id, {19'800}),
                   end_appointment(one.clerk, one.agency.instance, one.fields.id, {19'600})};
    EXPECT_EQ(known(today)[0].last, base::Day{19'800}) << "the clerk may not end it";
    one.stored[0].back() ^= 1;
    EXPECT_TRUE(known(today).empty());
    one.sign_as(one.clerk);
    EXPECT_TRUE(known(today).empty()) << "whose certificate has not the vouching right";
}
