#include "storage/database.h"

#include "storage/database_file.h"
#include "storage/wiped_memory.h"

#define SQLITE_HAS_CODEC
#include <sqlcipher/sqlite3.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace storage {

namespace {

// The least SQLCipher whose SQLite knows STRICT tables and trusted_schema; 3.4.1 is an SQLite of 2016.
constexpr int least_major = 4, least_minor = 6;

enum class Phase { setup, serving, vacuum };

bool contains(std::initializer_list<std::string_view> list, const char *text) {
    return text && std::find(list.begin(), list.end(), std::string_view(text)) != list.end();
}

// What a statement may do, asked by SQLite while it compiles one. Everything not named is denied: ATTACH (outside
// VACUUM, and there only of a nameless file, which temp_store=memory keeps in memory), virtual tables, extensions,
// views, triggers, and the SQL functions with which a known hole could be reached.
bool allowed(Phase phase, int action, const char *first, const char *second) {
    const std::string_view name = first ? first : "";
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return true;
    case SQLITE_READ:
        return !name.starts_with("pragma_") && !name.starts_with("json_"); // table-valued functions
    case SQLITE_FUNCTION:
        return contains({"max", "min", "count", "coalesce", "length"}, second) ||
               (phase == Phase::vacuum && contains({"quote", "like"}, second));
    case SQLITE_PRAGMA:
        return phase == Phase::setup || !second || contains({"wal_checkpoint"}, first);
    case SQLITE_CREATE_TABLE:
    case SQLITE_CREATE_INDEX:
    case SQLITE_DROP_TABLE:
    case SQLITE_DROP_INDEX:
    case SQLITE_ALTER_TABLE:
    case SQLITE_REINDEX:
        return phase != Phase::serving;
    case SQLITE_ATTACH:
        return phase == Phase::vacuum && name.empty();
    default:
        return false;
    }
}

} // namespace

class Connection {
public:
    Connection() = default;
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;
    ~Connection() {
        for (auto &[text, statement] : statements_)
            sqlite3_finalize(statement);
        sqlite3_close(handle);
    }

    static int authorize(void *self, int action, const char *first, const char *second, const char *, const char *) {
        return allowed(static_cast<Connection *>(self)->phase, action, first, second) ? SQLITE_OK : SQLITE_DENY;
    }

    std::unexpected<base::Error> fail(int status, Place where) {
        if (status == SQLITE_IOERR_SHMSIZE) status = SQLITE_FULL; // the log's index could not grow
        switch (status & 0xff) {
        case SQLITE_CONSTRAINT:
            if (status == SQLITE_CONSTRAINT_PRIMARYKEY || status == SQLITE_CONSTRAINT_UNIQUE)
                return base::fail(Code::conflict, "a key stands already", where);
            return base::fail(Code::invalid, "a row that breaks a constraint", where);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return base::fail(Code::unavailable, "the database is busy", where);
        case SQLITE_TOOBIG:
            return base::fail(Code::invalid, "a value too long for the database", where);
        case SQLITE_AUTH:
            return base::fail(Code::internal, "a statement that is not allowed", where);
        case SQLITE_FULL:
            broken = true;
            return base::fail(Code::storage_failed, "no room left for the database", where);
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            broken = true;
            return base::fail(Code::storage_failed, "the database is damaged", where);
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_NOMEM:
        case SQLITE_NOLFS:
            broken = true;
            return base::fail(Code::storage_failed, "the database cannot be read or written", where);
        default:
            return base::fail(Code::internal, "a statement that the database does not take", where);
        }
    }

    // Statements are compiled once and kept by the address of their literal.
    Result<sqlite3_stmt *> prepared(Sql sql, Place where) {
        if (const auto found = statements_.find(sql.text()); found != statements_.end()) {
            if (sqlite3_stmt_busy(found->second))
                base::broken("a statement used again while its rows are being read", where);
            return found->second;
        }
        sqlite3_stmt *statement = nullptr;
        const int status = sqlite3_prepare_v3(handle, sql.text(), static_cast<int>(sql.size() + 1),
                                              SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (status != SQLITE_OK) return fail(status, where);
        statements_.emplace(sql.text(), statement);
        return statement;
    }

    sqlite3 *handle = nullptr;
    Phase phase = Phase::setup;
    bool broken = false;

private:
    std::unordered_map<const char *, sqlite3_stmt *> statements_;
};

// ---- rows

Rows::Rows(Rows &&other) noexcept
    : connection_(other.connection_), statement_(std::exchange(other.statement_, nullptr)), column_(other.column_),
      sound_(other.sound_) {}

Rows::~Rows() {
    if (!statement_) return;
    sqlite3_reset(static_cast<sqlite3_stmt *>(statement_));
    sqlite3_clear_bindings(static_cast<sqlite3_stmt *>(statement_));
}

Result<bool> Rows::next(Place where) {
    RETURN_IF_FAILED(sound(where));
    column_ = 0;
    const int status = sqlite3_step(static_cast<sqlite3_stmt *>(statement_));
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    // A page whose HMAC does not fit ends a running statement with the plain SQLITE_ERROR.
    return connection_->fail(status == SQLITE_ERROR ? SQLITE_CORRUPT : status, where);
}

Result<> Rows::sound(Place where) const {
    if (!sound_) return base::fail(Code::storage_failed, "a row of a shape that the schema forbids", where);
    return {};
}

bool Rows::null() const { return sqlite3_column_type(static_cast<sqlite3_stmt *>(statement_), column_) == SQLITE_NULL; }

std::int64_t Rows::integer() {
    auto *statement = static_cast<sqlite3_stmt *>(statement_);
    const int column = column_++;
    if (sqlite3_column_type(statement, column) != SQLITE_INTEGER) {
        sound_ = false;
        return 0;
    }
    return sqlite3_column_int64(statement, column);
}

std::string Rows::text() {
    auto *statement = static_cast<sqlite3_stmt *>(statement_);
    const int column = column_++;
    if (sqlite3_column_type(statement, column) != SQLITE_TEXT) {
        sound_ = false;
        return {};
    }
    const auto *found = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
    return {found, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

View Rows::blob() {
    auto *statement = static_cast<sqlite3_stmt *>(statement_);
    const int column = column_++;
    if (sqlite3_column_type(statement, column) != SQLITE_BLOB) {
        sound_ = false;
        return {};
    }
    const auto *found = static_cast<const base::Byte *>(sqlite3_column_blob(statement, column));
    return {found, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

// ---- opening

namespace {

struct Setting {
    const char *set; // nullptr: only read
    const char *get;
    std::string_view expected;
    std::string_view refusal;
};

// SQLite takes an unknown or refused pragma silently, so each is read back.
constexpr Setting busy_timeout = {"PRAGMA busy_timeout = 5000", "PRAGMA busy_timeout", "5000",
                                  "busy_timeout does not hold"};
// What fails is told by our own errors; the library would write its own lines to stderr.
constexpr Setting quiet = {"PRAGMA cipher_log_level = NONE", "PRAGMA cipher_log_level", "NONE",
                           "cipher_log_level does not hold"};
constexpr Setting settings[] = {
    {nullptr, "PRAGMA cipher_use_hmac", "1", "SQLCipher does not authenticate pages"},
    {nullptr, "PRAGMA cipher_hmac_algorithm", "HMAC_SHA512", "SQLCipher does not authenticate pages with HMAC-SHA512"},
    {nullptr, "PRAGMA cipher_plaintext_header_size", "0", "SQLCipher leaves a header in the clear"},
    {nullptr, "PRAGMA cipher_page_size", "4096", "the database has another page size"},
    {"PRAGMA cipher_memory_security = OFF", "PRAGMA cipher_memory_security", "0",
     "cipher_memory_security does not hold"}, // see wiped_memory.h
    {"PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2", "temp_store=memory does not hold"},
    {"PRAGMA mmap_size = 0", "PRAGMA mmap_size", "0", "mmap_size=0 does not hold"},
    {"PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0", "trusted_schema=off does not hold"},
    {"PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1", "cell_size_check does not hold"},
    {"PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1", "foreign_keys does not hold"},
    {"PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1", "secure_delete does not hold"},
    {"PRAGMA synchronous = FULL", "PRAGMA synchronous", "2", "synchronous=full does not hold"},
};
constexpr Setting write_ahead_log = {"PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal",
                                     "journal_mode=wal does not hold"};
constexpr Setting read_write_ahead_log = {nullptr, "PRAGMA journal_mode", "wal", "journal_mode=wal does not hold"};
// A commit of many filings fits into the writer's 32 MiB; with SQLite's 2 MB pages would be written and read several
// times. There are many readers, and each forgets its pages at the next commit anyway.
constexpr Setting for_writing[] = {
    {"PRAGMA cache_size = -32768", "PRAGMA cache_size", "-32768", "cache_size does not hold"},
    {"PRAGMA wal_autocheckpoint = 8192", "PRAGMA wal_autocheckpoint", "8192", "wal_autocheckpoint does not hold"},
};
constexpr Setting for_reading[] = {
    {"PRAGMA cache_size = -1024", "PRAGMA cache_size", "-1024", "cache_size does not hold"},
    {"PRAGMA query_only = ON", "PRAGMA query_only", "1", "query_only does not hold"},
};

Result<std::string> first_text(Connection &connection, const char *pragma) {
    sqlite3_stmt *statement = nullptr;
    int status = sqlite3_prepare_v2(connection.handle, pragma, -1, &statement, nullptr);
    std::string out;
    if (status == SQLITE_OK) {
        status = sqlite3_step(statement);
        if (status == SQLITE_ROW) // a pragma that this library does not know gives no row
            if (const auto *found = sqlite3_column_text(statement, 0)) out = reinterpret_cast<const char *>(found);
    }
    sqlite3_finalize(statement);
    if (status != SQLITE_ROW && status != SQLITE_DONE) return connection.fail(status, Place::current());
    return out;
}

Result<> hold(Connection &connection, const Setting &setting) {
    if (setting.set) RETURN_IF_FAILED(first_text(connection, setting.set));
    ASSIGN_OR_RETURN(const std::string found, first_text(connection, setting.get));
    if (found != setting.expected) return base::fail(Code::refused, setting.refusal);
    return {};
}

Result<> check_version(Connection &connection) {
    ASSIGN_OR_RETURN(const std::string version, first_text(connection, "PRAGMA cipher_version"));
    int major = 0, minor = 0;
    const char *end = version.data() + version.size();
    auto [dot, fault] = std::from_chars(version.data(), end, major);
    if (fault == std::errc{} && dot != end) std::from_chars(dot + 1, end, minor);
    if (major < least_major || (major == least_major && minor < least_minor))
        return base::fail(Code::refused, "SQLCipher is older than 4.6, or another SQLite was loaded in its place");
    return {};
}

Result<> harden(Connection &connection) {
    for (const auto &[option, wanted] : {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                         {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                         {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                         {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                         {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
                                         {SQLITE_DBCONFIG_DQS_DML, 0},
                                         {SQLITE_DBCONFIG_DQS_DDL, 0}}) {
        int now = -1;
        if (sqlite3_db_config(connection.handle, option, wanted, &now) != SQLITE_OK || now != wanted)
            return base::fail(Code::refused, "SQLCipher does not take a hardening option");
    }
    sqlite3_drop_modules(connection.handle, nullptr);           // every registered virtual table
    sqlite3_limit(connection.handle, SQLITE_LIMIT_ATTACHED, 1); // VACUUM's own
    sqlite3_set_authorizer(connection.handle, Connection::authorize, &connection);
    return {};
}

// SQLCipher works in memory that is overwritten before it is given back. Can be chosen once, before the first use.
bool library_is_ready() {
    static const bool ready = [] {
        constexpr sqlite3_mem_methods memory = {
            .xMalloc = [](int size) { return wiped_memory::take(static_cast<std::size_t>(size)); },
            .xFree = wiped_memory::give_back,
            .xRealloc = [](void *old, int size) { return wiped_memory::resize(old, static_cast<std::size_t>(size)); },
            .xSize = [](void *old) { return old ? static_cast<int>(wiped_memory::size_of(old)) : 0; },
            .xRoundup = [](int size) { return (size + 7) & ~7; },
            .xInit = [](void *) { return SQLITE_OK; },
            .xShutdown = [](void *) {},
            .pAppData = nullptr,
        };
        // Nobody reads the statistics, and each allocation would take a lock for them.
        return sqlite3_config(SQLITE_CONFIG_MALLOC, &memory) == SQLITE_OK &&
               sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK;
    }();
    return ready;
}

// x'<64 hex digits>' is SQLCipher's form of a raw key; anything else would be taken for a passphrase.
int give_key(sqlite3 *handle, const crypto::DatabaseKey &key) {
    constexpr char digits[] = "0123456789abcdef";
    Array<67> out{};
    std::size_t at = 0;
    out[at++] = 'x';
    out[at++] = '\'';
    for (const base::Byte byte : key.reveal(crypto::raw_secret)) {
        out[at++] = static_cast<base::Byte>(digits[byte >> 4]);
        out[at++] = static_cast<base::Byte>(digits[byte & 15]);
    }
    out[at++] = '\'';
    const int status = sqlite3_key_v2(handle, "main", out.data(), static_cast<int>(out.size()));
    crypto::wipe(out);
    return status;
}

} // namespace

Result<Database> Database::open(const std::filesystem::path &file, const crypto::DatabaseKey &key, Access access) {
    RETURN_IF_FAILED(check_file(file, access));
    if (!library_is_ready()) return base::fail(Code::refused, "SQLCipher was used before its memory was chosen");
    const int mode = access == Access::create  ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                     : access == Access::write ? SQLITE_OPEN_READWRITE
                                               : SQLITE_OPEN_READONLY;
    auto connection = std::make_unique<Connection>();
    // Each connection is used by one thread at a time: its owner's.
    if (const int status = sqlite3_open_v2(file.c_str(), &connection->handle,
                                           mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
        status != SQLITE_OK)
        return connection->fail(status, Place::current());
    RETURN_IF_FAILED(harden(*connection));
    RETURN_IF_FAILED(check_version(*connection));
    if (give_key(connection->handle, key) != SQLITE_OK)
        return base::fail(Code::refused, "SQLCipher does not take the key");
    RETURN_IF_FAILED(hold(*connection, quiet)); // only now: giving the key sets the level anew
    RETURN_IF_FAILED(hold(*connection, busy_timeout));
    if (const int status =
            sqlite3_exec(connection->handle, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr);
        status != SQLITE_OK) {
        if ((status & 0xff) == SQLITE_NOTADB)
            return base::fail(Code::refused, "the database does not open with this key");
        return connection->fail(status, Place::current());
    }
    for (const Setting &setting : settings)
        RETURN_IF_FAILED(hold(*connection, setting));
    RETURN_IF_FAILED(hold(*connection, access == Access::read ? read_write_ahead_log : write_ahead_log));
    if (access == Access::read) {
        for (const Setting &setting : for_reading)
            RETURN_IF_FAILED(hold(*connection, setting));
        connection->phase = Phase::serving;
    } else
        for (const Setting &setting : for_writing)
            RETURN_IF_FAILED(hold(*connection, setting));
    return Database(std::move(connection));
}

Database::Database(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Database::Database(Database &&) noexcept = default;
Database &Database::operator=(Database &&) noexcept = default;
Database::~Database() = default;

// ---- statements

Result<Rows> Database::query(Sql sql, std::initializer_list<Value> values, Place where) {
    ASSIGN_OR_RETURN(sqlite3_stmt *const statement, connection_->prepared(sql, where));
    Rows rows(connection_.get(), statement);
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values.size()))
        base::broken("a statement with another number of parameters", where);
    int place = 0, status = SQLITE_OK;
    for (const Value &value : values) {
        ++place;
        if (const auto *number = std::get_if<std::int64_t>(&value.value_))
            status = sqlite3_bind_int64(statement, place, *number);
        else if (const auto *text = std::get_if<std::string_view>(&value.value_))
            status = sqlite3_bind_text(statement, place, text->data() ? text->data() : "",
                                       static_cast<int>(text->size()), SQLITE_TRANSIENT);
        else if (const auto *bytes = std::get_if<View>(&value.value_))
            status = bytes->empty() ? sqlite3_bind_zeroblob(statement, place, 0)
                                    : sqlite3_bind_blob(statement, place, bytes->data(),
                                                        static_cast<int>(bytes->size()), SQLITE_TRANSIENT);
        else
            status = sqlite3_bind_null(statement, place);
        if (status != SQLITE_OK) return connection_->fail(status, where);
    }
    return rows;
}

Result<> Database::run(Sql sql, std::initializer_list<Value> values, Place where) {
    ASSIGN_OR_RETURN(Rows rows, query(sql, values, where));
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next(where));
        if (!more) return {};
    }
}

Result<> Database::script(Sql statements, Place where) {
    if (const int status = sqlite3_exec(connection_->handle, statements.text(), nullptr, nullptr, nullptr);
        status != SQLITE_OK)
        return connection_->fail(status, where);
    return {};
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_->handle); }
void Database::serve() { connection_->phase = Phase::serving; }
bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_->handle) == 0; }
bool Database::broken() const { return connection_->broken; }

Result<> Database::vacuum(Place where) {
    const Phase before = std::exchange(connection_->phase, Phase::vacuum);
    const int status = sqlite3_exec(connection_->handle, "VACUUM", nullptr, nullptr, nullptr);
    connection_->phase = before;
    if (status != SQLITE_OK) return connection_->fail(status, where);
    return {};
}

Result<> Database::truncate_log(Place where) {
    ASSIGN_OR_RETURN(Rows rows, query("PRAGMA wal_checkpoint(TRUNCATE)", {}, where));
    ASSIGN_OR_RETURN(const bool found, rows.next(where));
    const std::int64_t busy = found ? rows.integer() : 1;
    RETURN_IF_FAILED(rows.sound(where));
    if (busy != 0) return base::fail(Code::unavailable, "readers did not let the write-ahead log be truncated", where);
    return {};
}

} // namespace storage
