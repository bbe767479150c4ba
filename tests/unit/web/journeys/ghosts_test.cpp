// Officers whom nobody let in: rows written straight into the database, with keys and a passphrase that work.
#include "tests/unit/web/journeys/browser.h"

namespace journeys {

using usecases_test::Person;
using domain::Post;

class Ghosts : public Browser {
protected:
    static constexpr std::uint8_t all_rights = 7;
    static constexpr const char *name = "นายผี ไม่มีใครรับรอง";

    // `voucher`: who signs certificate and appointment; nobody: the ghost, as only a root may.
    Person ghost(const Person *voucher, std::string login = "ghost") {
        auto out = enrol(Post::legal_officer, std::move(login), name, all_rights, voucher);
        reload_agency();
        return out;
    }
    // The last byte of both is the signature's.
    void spoil_signatures(const Person &who) {
        const auto rows = officer_reads->agency();
        ASSERT_TRUE(rows);
        for (auto stored : rows->certificates)
            if (crypto::StoredCertificate::parse(stored)->fields.officer == who.id()) {
                stored.back() ^= 1;
                ASSERT_TRUE(database().run("UPDATE certificate SET certificate = ?2 WHERE officer = ?1", {who.id(), stored}));
            }
        for (auto stored : rows->appointments)
            if (crypto::StoredAppointment::parse(stored)->fields.officer == who.id()) {
                stored.back() ^= 1;
                ASSERT_TRUE(database().run("UPDATE appointment SET signed = ?2 WHERE officer = ?1", {who.id(), stored}));
            }
        reload_agency();
    }
    std::string answered(http::Response answer, const std::string &path) {
        EXPECT_EQ(answer.status, 404u) << path;
        return text_of(answer.body, "main");
    }
    void is_nobody(const Person &who) {
        file_report("ข้อความลับของผู้ร้อง");
        // Sealed: to nobody by this name.
        const auto slots = officer_reads->slots_of(who.id(), clock.today());
        ASSERT_TRUE(slots);
        EXPECT_TRUE(slots->empty());
        const auto id = case_of(legal);
        // Opened: no case, whatever is asked, and the answer is that of a case that never was.
        sign_in_as(who);
        const auto queue = officer_get("/queue");
        EXPECT_EQ(queue.status, 200u) << "the passphrase is right";
        EXPECT_TRUE(has(queue.body, "id=\"fingerprint\"")) << "keys that wait to be vouched for";
        EXPECT_EQ(text_of(officer_get("/account").body, "fingerprint"), text_of(queue.body, "fingerprint")) << "where an enrolment ends";
        EXPECT_FALSE(has(queue.body, "/cases/"));
        const std::string never = "/cases/0123456789abcdef0123456789abcdef";
        const Fields form{{"csrf", input(queue.body, "csrf")}, {"version", "1"}, {"category", "procurement"}, {"secrecy", "confidential"}};
        EXPECT_EQ(answered(officer_get("/cases/" + id), id), answered(officer_get(never), never));
        EXPECT_EQ(answered(officer_post("/cases/" + id + "/register", form), id),
                  answered(officer_post(never + "/register", form), never));
        for (const char *path : {"/access", "/triage", "/identity", "/audit", "/settings", "/officers"})
            EXPECT_EQ(officer_get(path).status, 404u) << path;
        // Shown: neither to reporters as somebody who may read, nor to officers as a reader, successor or voucher.
        for (const char *path : {"/keys", "/report", "/manual", "/"})
            EXPECT_FALSE(has(reporter_get(path).body, name)) << path;
        sign_in_as(legal);
        for (const std::string &path : {std::string("/queue"), std::string("/access"), "/cases/" + id})
            EXPECT_FALSE(has(officer_get(path).body, name)) << path;
        sign_in_as(executive);
        const auto account = text_of(officer_get("/officers/" + who.id().text()).body, "main");
        EXPECT_TRUE(has(account, catalogue_text("account.state.lapsed"))) << "the list of accounts shows what it is";
        EXPECT_FALSE(has(account, catalogue_text("post.legal_officer")));
    }
    std::string catalogue_text(std::string_view key) {
        return officer_site().catalogue().text(language == "th" ? pages::Language::th : pages::Language::en, key);
    }
};

TEST_F(Ghosts, ARootThatTheCredentialDoesNotNameIsNobody) { is_nobody(ghost(nullptr)); }

TEST_F(Ghosts, AReaderWhomAGhostRootVouchedForIsNobody) {
    const Person root = ghost(nullptr, "root");
    is_nobody(ghost(&root));
}

TEST_F(Ghosts, AReaderWhomAnOfficerWithoutTheRightVouchedForIsNobody) { is_nobody(ghost(&clerk)); }

TEST_F(Ghosts, AReaderWhoseRowsNobodySignedIsNobody) {
    const Person unsigned_one = ghost(&executive);
    spoil_signatures(unsigned_one);
    is_nobody(unsigned_one);
}

// What the tests above would miss if it did not: the same rows, signed by who may.
TEST_F(Ghosts, WhomAVoucherLetInIsThere) {
    const Person real = ghost(&executive);
    file_report("ข้อความ");
    sign_in_as(real);
    EXPECT_TRUE(has(officer_get("/queue").body, "/cases/"));
    EXPECT_TRUE(has(reporter_get("/keys").body, name));
}

} // namespace journeys
