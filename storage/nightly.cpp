#include "storage/officer_store.h"

#include "storage/reorder.h"

namespace storage {

namespace {

constexpr std::int64_t entries_at_once = 1000;
// Pages (4 KiB) of a file that VACUUM copies in memory within a second: its order is the best there is. A larger one is
// reordered where it lies, and only what came since the last batch.
constexpr std::int64_t most_pages_to_vacuum = 16384;

Result<std::int64_t> pages(Database &database) {
    ASSIGN_OR_RETURN(Rows rows, database.query("PRAGMA page_count"));
    ASSIGN_OR_RETURN(const auto count, first(std::move(rows), [](Rows &row) { return row.integer(); }));
    return count.value_or(0);
}

} // namespace

// Entries of filings that come meanwhile are chained too.
Result<> Nightly::chain_all() {
    for (;;) {
        if (giving_up_) return base::fail(Code::unavailable, "the program ends");
        ASSIGN_OR_RETURN(const bool more, writer_.commit([&](Database &database) {
            return chain_waiting(database, hash_, entries_at_once);
        }));
        if (!more) return {};
    }
}

// The log keeps the order of arrival until it is truncated.
Result<> Nightly::forget_order(std::optional<Day> since) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(const std::int64_t size, pages(*database));
    if (size > most_pages_to_vacuum) RETURN_IF_FAILED(reorder_cases(writer_, *database, since, giving_up_));
    return writer_.alone([&](Database &writing) -> Result<> {
        if (size <= most_pages_to_vacuum) RETURN_IF_FAILED(writing.vacuum());
        return writing.truncate_log();
    });
}

Result<> Nightly::lay_files_anew(std::optional<Day> since, Day today) {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    RETURN_IF_FAILED(end_stale_uploads(writer_, *database, files_, today));
    return renew_files(*database, files_, since, giving_up_);
}

Result<> Nightly::nightly(Day today) {
    if (giving_up_) return base::fail(Code::unavailable, "the program ends");
    ASSIGN_OR_RETURN(const auto last, last_nightly());
    {
        ASSIGN_OR_RETURN(Database *const database, reader_.connection());
        RETURN_IF_FAILED(check_chain(*database, hash_));
    }
    RETURN_IF_FAILED(chain_all());
    RETURN_IF_FAILED(writer_.commit([&](Database &database) { return delete_stale_identities(database, today); }));
    const auto files = lay_files_anew(last, today);
    RETURN_IF_FAILED(forget_order(last)); // whatever became of the files
    if (!files) return files;
    return writer_.commit([&](Database &database) {
        return database.run("INSERT INTO setting (name, value) VALUES ('last_nightly', ?1) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            {today});
    });
}

void Nightly::give_up() { giving_up_ = true; }

Result<std::optional<Day>> Nightly::last_nightly() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    return read_last_nightly(*database);
}

} // namespace storage
