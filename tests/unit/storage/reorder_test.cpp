// What somebody with the file and its key could read from the places of pages, before and after the rows were laid anew.
#include "storage/reorder.h"
#include "tests/unit/storage/fixtures.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <openssl/evp.h>

namespace storage_test {
namespace {

constexpr std::size_t page_size = 4096, reserved = 80, iv_size = 16; // SQLCipher 4: IV and HMAC end each page

class ReorderTest : public StoreTest {
protected:
    // Cases one after the other, each with a text that fills pages of its own.
    void file_many(int count, Day day) {
        for (int i = 0; i < count; ++i) {
            auto filing = storage_test::filing({legal}, day, day);
            filing.sealed.complaint.sealed = random_bytes(9000);
            ids.push_back(filing.sealed.record.case_id);
            texts.push_back(filing.sealed.complaint.sealed);
            ASSERT_TRUE(succeeded(store->reporter_writes().file(std::move(filing))));
        }
    }
    void reorder(std::optional<Day> since) {
        auto database = look();
        const std::atomic<bool> go_on = false;
        ASSERT_TRUE(succeeded(storage::reorder_cases(store->writer(), database, since, go_on)));
    }
    // Number of the page in which the text's end lies; the database is opened as its thief would.
    std::vector<double> places() {
        EXPECT_TRUE(succeeded(store->writer().alone([](storage::Database &d) { return d.truncate_log(); })));
        std::ifstream in(folder.database(), std::ios::binary);
        const std::string file((std::istreambuf_iterator<char>(in)), {});
        std::vector<double> out(texts.size(), -1);
        for (std::size_t page = 1; (page + 1) * page_size <= file.size(); ++page) {
            const std::string plain = decrypted(file.substr(page * page_size, page_size));
            for (std::size_t i = 0; i < texts.size(); ++i)
                if (plain.find(std::string(texts[i].end() - 16, texts[i].end())) != plain.npos)
                    out[i] = static_cast<double>(page);
        }
        return out;
    }
    // Rank correlation of the places with the order of arrival: 1 tells it wholly, 0 nothing.
    static double order_told(const std::vector<double> &places) {
        const auto n = static_cast<double>(places.size());
        double sum = 0;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto rank = std::ranges::count_if(places, [&](double other) { return other < places[i]; });
            const double difference = static_cast<double>(rank) - static_cast<double>(i);
            sum += difference * difference;
        }
        return 1 - 6 * sum / (n * (n * n - 1));
    }

    const base::OfficerId legal = [this] {
        auto row = officer("legal");
        const base::OfficerId id = row.row.id;
        EXPECT_TRUE(store->officer_writes().add_officer(std::move(row), {}));
        return id;
    }();
    std::vector<base::CaseId> ids;
    std::vector<Bytes> texts;

private:
    std::string decrypted(const std::string &page) const {
        std::string out(page_size, '\0');
        int size = 0;
        EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
        const auto *bytes = reinterpret_cast<const unsigned char *>(page.data());
        EVP_DecryptInit_ex(context, EVP_aes_256_cbc(), nullptr, key.reveal(crypto::raw_secret).data(),
                           bytes + page_size - reserved);
        EVP_CIPHER_CTX_set_padding(context, 0);
        EVP_DecryptUpdate(context, reinterpret_cast<unsigned char *>(out.data()), &size, bytes, page_size - reserved);
        EVP_CIPHER_CTX_free(context);
        return out;
    }
};

TEST_F(ReorderTest, PlacesOfPagesTellTheOrderOfArrivalBeforeAndNothingAfter) {
    file_many(120, day_one);
    const auto before = places();
    ASSERT_EQ(std::ranges::count(before, -1.0), 0) << "the search does not find every text";
    EXPECT_GT(order_told(before), 0.95);
    reorder(std::nullopt);
    const auto after = places();
    ASSERT_EQ(std::ranges::count(after, -1.0), 0);
    EXPECT_LT(std::abs(order_told(after)), 0.45); // by chance once in a million runs
}

TEST_F(ReorderTest, ChangesNothingThatIsKept) {
    file_many(5, day_one);
    const auto state = [&] {
        std::vector<std::string> out;
        auto database = look();
        for (const storage::Sql sql : {storage::Sql("SELECT lookup_tag FROM complaint_case ORDER BY case_id"),
                                       storage::Sql("SELECT sealed FROM slot ORDER BY case_id"),
                                       storage::Sql("SELECT sealed FROM object ORDER BY object_id")}) {
            auto rows = database.query(sql);
            while (rows && rows->next().value_or(false)) {
                const auto bytes = rows->bytes();
                out.emplace_back(bytes.begin(), bytes.end());
            }
        }
        return out;
    };
    const auto before = state();
    ASSERT_EQ(before.size(), 5u * 5);
    reorder(day_one);
    EXPECT_EQ(state(), before);
    EXPECT_EQ(count("SELECT count(*) FROM complaint_case WHERE channel = 'web' AND version = 1"), 5);
    auto database = look();
    auto check = database.query("PRAGMA integrity_check");
    ASSERT_TRUE(check && check->next().value_or(false));
    EXPECT_EQ(check->text(), "ok");
}

TEST_F(ReorderTest, LeavesOlderDaysWhereTheyLie) {
    file_many(20, day_one);
    const auto before = places();
    reorder(day_two);
    EXPECT_EQ(places(), before);
}

TEST_F(ReorderTest, EndsWhenItIsToldTo) {
    file_many(1, day_one);
    auto database = look();
    const std::atomic<bool> give_up = true;
    EXPECT_TRUE(failed_with(storage::reorder_cases(store->writer(), database, std::nullopt, give_up), Code::unavailable));
}

TEST_F(ReorderTest, ABatchThatWasGivenUpIsNotNoted) {
    file_many(1, day_one);
    store->maintenance().give_up();
    EXPECT_TRUE(failed_with(store->maintenance().nightly(day_one), Code::unavailable));
    EXPECT_EQ(store->maintenance().last_nightly().value_or(day_one), std::nullopt);
}

} // namespace
} // namespace storage_test
