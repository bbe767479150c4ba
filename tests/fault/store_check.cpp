// Opens an agency that is not running through the program's own code, as its start does, and prints what stands there
// by halves and what the integrity checks say: lines of "name value", every "half." and "fault." value 0 when all is well.
#include "service/runtime/instance.h"

#include <cstdio>
#include <cstring>

namespace {

using storage::Database;

// No row without what it belongs to, and nothing that one commit makes without the rest of it.
struct Half {
    const char *name;
    storage::Sql count;
};
const Half halves[] = {
    {"half.case_without_its_complaint",
     "SELECT count(*) FROM complaint_case AS c WHERE (SELECT count(*) FROM object AS o WHERE o.case_id = c.case_id AND o.kind = 1) < 1"},
    {"half.case_without_its_identity",
     "SELECT count(*) FROM complaint_case AS c WHERE (SELECT count(*) FROM object AS o WHERE o.case_id = c.case_id AND o.kind = 2) < 1"},
    {"half.case_without_readers",
     "SELECT count(*) FROM complaint_case AS c LEFT JOIN (SELECT case_id, epoch, count(*) AS rows FROM slot "
     "WHERE purpose = 1 GROUP BY case_id, epoch) AS s ON s.case_id = c.case_id AND s.epoch = "
     "coalesce((SELECT max(e.epoch) FROM case_epoch AS e WHERE e.case_id = c.case_id), 1) WHERE coalesce(s.rows, 0) < 2"},
    {"half.case_whose_version_has_no_move",
     "SELECT count(*) FROM complaint_case AS c WHERE c.version - 1 <> (SELECT count(*) FROM object AS o "
     "WHERE o.case_id = c.case_id AND o.kind = 5)"},
    {"half.object_without_case",
     "SELECT count(*) FROM object AS o LEFT JOIN complaint_case AS c ON c.case_id = o.case_id WHERE c.case_id IS NULL"},
    {"half.slot_without_case",
     "SELECT count(*) FROM slot AS s LEFT JOIN complaint_case AS c ON c.case_id = s.case_id WHERE c.case_id IS NULL"},
    {"half.audit_entry_without_object",
     "SELECT count(*) FROM (SELECT object FROM audit UNION ALL SELECT object FROM audit_waiting) AS a "
     "LEFT JOIN object AS o ON o.object_id = a.object WHERE a.object IS NOT NULL AND o.object_id IS NULL"},
    {"half.object_without_audit_entry",
     "SELECT count(*) FROM object AS o LEFT JOIN (SELECT object, count(*) AS entries FROM (SELECT object FROM audit "
     "UNION ALL SELECT object FROM audit_waiting) GROUP BY object) AS a ON a.object = o.object_id "
     "WHERE coalesce(a.entries, 0) < 1 OR (o.kind <> 7 AND a.entries > 1)"}, // each look at a file is an entry too
    {"half.file_without_its_description",
     "SELECT count(*) FROM file AS f LEFT JOIN object AS o ON o.object_id = f.file AND o.kind = 7 WHERE o.object_id IS NULL"},
    {"half.description_without_its_file",
     "SELECT count(*) FROM object AS o LEFT JOIN file AS f ON f.file = o.object_id WHERE o.kind = 7 AND f.file IS NULL"},
    {"half.complete_file_that_is_still_coming", "SELECT count(*) FROM upload AS u CROSS JOIN file AS f ON f.file = u.file"},
    {"half.register_with_a_gap",
     "SELECT count(*) FROM register_counter AS r WHERE r.last <> (SELECT count(*) FROM complaint_case AS c "
     "WHERE c.series = r.series AND c.year = r.year)"},
    {"count.cases", "SELECT count(*) FROM complaint_case"},
    {"count.files", "SELECT count(*) FROM file"},
    {"count.uploads", "SELECT count(*) FROM upload"},
    {"count.objects", "SELECT count(*) FROM object"},
    {"count.audit", "SELECT count(*) FROM audit"},
    {"count.audit_waiting", "SELECT count(*) FROM audit_waiting"},
};

base::Result<> print_counts(Database &database) {
    for (const Half &half : halves) {
        ASSIGN_OR_RETURN(auto rows, database.query(half.count));
        ASSIGN_OR_RETURN(const bool found, rows.next());
        std::printf("%s %lld\n", half.name, found ? static_cast<long long>(rows.integer()) : -1LL);
    }
    return {};
}

// Rows of a check that says "ok", or nothing, when it has found nothing.
base::Result<> print_faults(Database &database, const char *name, storage::Sql check) {
    ASSIGN_OR_RETURN(auto rows, database.query(check));
    long long faults = 0;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) break;
        faults += rows.text() == "ok" ? 0 : 1;
    }
    std::printf("%s %lld\n", name, faults);
    return {};
}

base::Result<> check(runtime::Instance &instance, const crypto::DatabaseKey &key) {
    RETURN_IF_FAILED(instance.store->writer().alone([](Database &database) { return print_counts(database); }));
    ASSIGN_OR_RETURN(auto database, Database::open(instance.folder.database(), key, Database::Access::read));
    RETURN_IF_FAILED(print_faults(database, "fault.integrity", "PRAGMA integrity_check"));
    // This check reads the file alone, and a checkpoint that was cut off leaves pages of it to the write-ahead log.
    RETURN_IF_FAILED(instance.store->writer().alone([](Database &writing) { return writing.truncate_log(); }));
    return print_faults(database, "fault.cipher", "PRAGMA cipher_integrity_check");
}

int fail(const std::string &why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    return 1;
}

} // namespace

// store_check FOLDER CREDENTIAL [--miss-a-night]: with the option the next start finds that a nightly batch was missed.
int main(int argc, char **argv) {
    if (argc < 3) return fail("store_check FOLDER CREDENTIAL [--miss-a-night]");
    crypto::start();
    auto instance = runtime::open_instance(argv[1], argv[2]); // also walks the whole audit log
    if (!instance) return fail(instance.error());
    const auto wrapped = instance->folder.read_database_key();
    const auto key = wrapped ? crypto::unwrap_database_key(instance->keys, *wrapped) : std::unexpected(wrapped.error());
    if (!key) return fail("the database key does not open");
    if (argc > 3 && std::strcmp(argv[3], "--miss-a-night") == 0) {
        const auto missed = instance->store->writer().commit(
            [](Database &database) { return database.run("DELETE FROM setting WHERE name = 'last_nightly'"); });
        return missed ? 0 : fail(runtime::sentence("the night", missed.error()));
    }
    const auto done = check(*instance, *key);
    return done ? 0 : fail(runtime::sentence("the check", done.error()));
}
