#include "service/usecases/officer/sessions.h"

#include <gtest/gtest.h>

namespace {

using namespace usecases;

class SessionList : public testing::Test {
protected:
    static SessionId id(base::Byte number) { return {number}; }
    void begin(base::Byte number, base::OfficerId who, base::Seconds now) {
        sessions.add(id(number), {.officer = who, .sealed_keys = {number}, .started = now, .last_used = now, .proven = now});
    }
    Sessions sessions;
    base::OfficerId legal = base::OfficerId::random(), clerk = base::OfficerId::random();
};

TEST_F(SessionList, NamesTheSessionsOfOneOfficerTheNewestUseFirst) {
    begin(1, legal, 100);
    begin(2, clerk, 110);
    begin(3, legal, 120);
    ASSERT_TRUE(sessions.use(id(1), 130));
    const auto mine = sessions.of(legal, 140);
    ASSERT_EQ(mine.size(), 2u);
    EXPECT_EQ(mine[0].id, id(1));
    EXPECT_EQ(mine[0].started, 100);
    EXPECT_EQ(mine[0].last_used, 130);
    EXPECT_EQ(mine[1].id, id(3));
    EXPECT_EQ(sessions.of(legal, 140)[0].last_used, 130) << "looking at the list uses none";
}

TEST_F(SessionList, LeavesOutWhatIsPastALimit) {
    begin(1, legal, 0);
    begin(2, legal, session_idle);
    EXPECT_EQ(sessions.of(legal, session_idle + 1).size(), 1u);
    EXPECT_EQ(sessions.of(legal, 2 * session_idle + 1).size(), 0u);
}

TEST_F(SessionList, EndsOneOfItsOfficerOnly) {
    begin(1, legal, 0);
    begin(2, clerk, 0);
    EXPECT_FALSE(sessions.end_one_of(legal, id(2))) << "somebody else's";
    EXPECT_FALSE(sessions.end_one_of(legal, id(9)));
    EXPECT_TRUE(sessions.use(id(2), 1));
    EXPECT_TRUE(sessions.end_one_of(legal, id(1)));
    EXPECT_FALSE(sessions.use(id(1), 1));
}

TEST_F(SessionList, EndsAllOthersOrAll) {
    for (base::Byte number = 1; number <= 3; ++number)
        begin(number, legal, 0);
    begin(4, clerk, 0);
    EXPECT_EQ(sessions.end_others(legal, id(2)), 2u);
    EXPECT_EQ(sessions.of(legal, 1).size(), 1u);
    EXPECT_EQ(sessions.end_all(legal), 1u);
    EXPECT_FALSE(sessions.use(id(2), 1));
    EXPECT_TRUE(sessions.use(id(4), 1)) << "somebody else's";
}

TEST_F(SessionList, ProvingAgainChangesNothingElse) {
    begin(1, legal, 100);
    sessions.prove(id(1), 500);
    sessions.prove(id(2), 500); // none of ours
    const auto kept = sessions.use(id(1), 600);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->proven, 500);
    EXPECT_EQ(kept->started, 100);
    EXPECT_EQ(kept->sealed_keys, base::Bytes{1});
    EXPECT_FALSE(sessions.use(id(2), 600));
}

} // namespace
