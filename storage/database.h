// One encrypted connection: opened with a raw 256-bit key, every setting read back, SQL as literals only. database.cpp
// is the only file that sees SQLCipher.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/reporter/instance.h"

#include <concepts>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

namespace storage {

using base::Array;
using base::Bytes;
using base::Code;
using base::Day;
using base::Result;
using base::View;
using Place = std::source_location;

class Connection; // in database.cpp

// SQL that was a string literal when the program was compiled: a string put together at run time does not convert.
class Sql {
public:
    template <std::size_t N>
    consteval Sql(const char (&text)[N]) : text_(text), size_(N - 1) {} // NOLINT(google-explicit-constructor)
    const char *text() const { return text_; }
    std::size_t size() const { return size_; }

private:
    const char *text_;
    std::size_t size_;
};

// One bound parameter. Refers to the caller's bytes for the length of the call.
class Value {
public:
    Value(std::nullptr_t) : value_(nullptr) {}
    template <class T>
    requires std::integral<T> Value(T number) : value_(static_cast<std::int64_t>(number)) {}
    template <class T>
    requires std::is_enum_v<T> Value(T number) : value_(static_cast<std::int64_t>(number)) {}
    Value(Day day) : value_(std::int64_t{day.number}) {}
    Value(View bytes) : value_(bytes) {}
    Value(const Bytes &bytes) : value_(View(bytes)) {}
    template <std::size_t N> Value(const Array<N> &bytes) : value_(View(bytes)) {}
    template <class Tag> Value(const base::StrongId<Tag> &id) : value_(id.bytes()) {}
    Value(std::string_view text) : value_(text) {}
    Value(const std::string &text) : value_(std::string_view(text)) {}
    Value(const char *text) : value_(std::string_view(text)) {}
    template <class T> Value(const std::optional<T> &optional) : Value(optional ? Value(*optional) : Value(nullptr)) {}

private:
    friend class Database;
    std::variant<std::nullptr_t, std::int64_t, View, std::string_view> value_;
};

// What a query found. Columns are read from left to right, as base::Reader reads fields: a column of another type or
// length gives zero and makes the row unsound, which next() and sound() report as Code::storage_failed.
class Rows {
public:
    Rows(Rows &&other) noexcept;
    Rows &operator=(Rows &&) = delete;
    ~Rows();

    Result<bool> next(Place where = Place::current()); // false: no further row
    Result<> sound(Place where = Place::current()) const;

    bool null() const; // is the next column NULL? Does not move on
    void skip() { ++column_; }
    std::int64_t integer();
    template <class T> T number() {
        const std::int64_t value = integer();
        const T narrow = static_cast<T>(value);
        if (static_cast<std::int64_t>(narrow) != value) sound_ = false;
        return narrow;
    }
    // Enumerations without gaps, from 1 to `last`.
    template <class E> E enumeration(E last) {
        const std::int64_t value = integer();
        if (value < 1 || value > static_cast<std::int64_t>(last)) sound_ = false;
        return static_cast<E>(value);
    }
    Day day() { return Day{number<std::int32_t>()}; }
    std::string text();
    View blob(); // until next()
    Bytes bytes() { return base::copy(blob()); }
    template <std::size_t N> Array<N> array() {
        Array<N> out{};
        if (const View found = blob(); found.size() == N)
            std::memcpy(out.data(), found.data(), N);
        else
            sound_ = false;
        return out;
    }
    template <class Id> Id id() { return Id(array<16>()); }

private:
    friend class Database;
    Rows(Connection *connection, void *statement) : connection_(connection), statement_(statement) {}
    Connection *connection_;
    void *statement_;
    int column_ = 0;
    bool sound_ = true;
};

class Database {
public:
    enum class Access {
        create, // the file must not exist yet, or be empty
        write,  // the file must exist
        read,   // … and this connection never writes
    };
    // Code::not_found no such file; conflict it exists already; refused: plaintext, another key, an SQLCipher older
    // than 4.6, or a setting that does not hold; storage_failed when it cannot be read. Each with its own sentence.
    // Structure may be changed (setup) until serve() is called.
    static Result<Database> open(const std::filesystem::path &file, const crypto::DatabaseKey &key, Access access);

    Database(Database &&) noexcept;
    Database &operator=(Database &&) noexcept;
    ~Database();

    // Code::conflict a key that stands already; invalid another constraint; unavailable busy; storage_failed no room or
    // I/O; internal a statement that is not allowed or wrong.
    Result<> run(Sql sql, std::initializer_list<Value> values = {}, Place where = Place::current());
    Result<Rows> query(Sql sql, std::initializer_list<Value> values = {}, Place where = Place::current());
    Result<> script(Sql statements, Place where = Place::current()); // several statements; for migrations
    std::int64_t changes() const;                                    // rows of the last run()

    void serve();                                          // from now on no DDL, no pragma that sets anything
    Result<> vacuum(Place where = Place::current());       // not inside a transaction
    Result<> truncate_log(Place where = Place::current()); // Code::unavailable: a reader held it for the busy timeout
    bool in_transaction() const;
    bool broken() const; // an I/O error, no room or damage was seen: close it and open anew

private:
    explicit Database(std::unique_ptr<Connection> connection);
    std::unique_ptr<Connection> connection_;
};

// All rows, each through `read(rows)`.
template <class Read> auto collect(Rows rows, Read read) -> Result<std::vector<std::invoke_result_t<Read, Rows &>>> {
    std::vector<std::invoke_result_t<Read, Rows &>> out;
    for (;;) {
        ASSIGN_OR_RETURN(const bool more, rows.next());
        if (!more) return out;
        out.push_back(read(rows));
    }
}

// The first row, if there is one.
template <class Read> auto first(Rows rows, Read read) -> Result<std::optional<std::invoke_result_t<Read, Rows &>>> {
    std::optional<std::invoke_result_t<Read, Rows &>> out;
    ASSIGN_OR_RETURN(const bool found, rows.next());
    if (found) {
        out.emplace(read(rows));
        RETURN_IF_FAILED(rows.sound());
    }
    return out;
}

} // namespace storage
