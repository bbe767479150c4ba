#include "storage/officer_store.h"

namespace storage {

Result<> Nightly::nightly(Day today) {
    {
        ASSIGN_OR_RETURN(Database *const database, reader_.connection());
        RETURN_IF_FAILED(check_chain(*database, hash_));
    }
    RETURN_IF_FAILED(writer_.commit([&](Database &database) { return chain_waiting(database, hash_); }));
    // Overflow pages lie in the order of arrival until VACUUM has copied the rows in the order of their random keys,
    // and the log keeps that order until it is truncated.
    RETURN_IF_FAILED(writer_.alone([](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.vacuum());
        return database.truncate_log();
    }));
    return writer_.commit([&](Database &database) {
        return database.run("INSERT INTO setting (name, value) VALUES ('last_nightly', ?1) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                            {today});
    });
}

Result<std::optional<Day>> Nightly::last_nightly() {
    ASSIGN_OR_RETURN(Database *const database, reader_.connection());
    ASSIGN_OR_RETURN(Rows rows, database->query("SELECT value FROM setting WHERE name = 'last_nightly'"));
    return first(std::move(rows), [](Rows &row) { return row.day(); });
}

} // namespace storage
