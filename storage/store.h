// The store as the composition root sees it: one encrypted database, one writer, and readers for the worker lanes.
#pragma once

#include "storage/officer_store.h"
#include "storage/reporter_store.h"

namespace storage {

class Store {
public:
    struct Options {
        std::filesystem::path database;
        std::size_t queue_limit = 1024; // commands that may wait for the writer; more are answered Code::unavailable
        FileStore::RoomOf room = {};    // of the disk; for tests
    };

    // create(): a new database; Code::conflict when one exists. open(): an existing one, brought to the newest schema;
    // every refusal carries its own sentence (see Database::open(), migrate(), check_head()). Call crypto::start()
    // first.
    static Result<std::unique_ptr<Store>> create(Options options, crypto::DatabaseKey key, ChainHash hash);
    static Result<std::unique_ptr<Store>> open(Options options, crypto::DatabaseKey key, ChainHash hash);

    // Each with its own read-only connection, for one thread at a time. They must not outlive the store.
    std::unique_ptr<ports::ReporterReads> reporter_reads() const;
    std::unique_ptr<ports::OfficerReads> officer_reads() const;

    // Shared by all threads; each call returns when it is durable.
    ports::ReporterWrites &reporter_writes() { return reporter_writes_; }
    ports::OfficerWrites &officer_writes() { return officer_writes_; }
    ports::Maintenance &maintenance() { return nightly_; } // one caller at a time
    ports::FileShelf &files() { return *files_; }

    Writer &writer() { return writer_; }
    // A small write that changes nothing, made durable: does the disk take writes again?
    Result<> try_to_write();

private:
    struct Shared {
        Options options;
        crypto::DatabaseKey key;
        ChainHash hash;
    };
    static Result<std::unique_ptr<Store>> start(Options options, crypto::DatabaseKey key, ChainHash hash,
                                                Database::Access access);
    static Result<Database> connect(const Shared &shared, Database::Access access);
    Store(std::unique_ptr<const Shared> shared, Database database, std::unique_ptr<FileStore> files);
    Reader::Opener reader() const;

    std::unique_ptr<const Shared> shared_;
    std::unique_ptr<FileStore> files_;
    Writer writer_;
    ReporterWriter reporter_writes_;
    OfficerWriter officer_writes_;
    Nightly nightly_;
};

} // namespace storage
