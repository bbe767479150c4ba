#include "storage/store.h"

#include "storage/migrations.h"

namespace storage {

// A writing connection, ready: settings, schema and the end of the audit log verified.
Result<Database> Store::connect(const Shared &shared, Database::Access access) {
    ASSIGN_OR_RETURN(Database database, Database::open(shared.options.database, shared.key, access));
    RETURN_IF_FAILED(migrate(database));
    database.serve();
    RETURN_IF_FAILED(check_head(database, shared.hash));
    return database;
}

Result<std::unique_ptr<Store>> Store::start(Options options, crypto::DatabaseKey key, ChainHash hash,
                                            Database::Access access) {
    auto shared = std::make_unique<const Shared>(std::move(options), std::move(key), std::move(hash));
    ASSIGN_OR_RETURN(Database database, connect(*shared, access));
    RETURN_IF_FAILED(check_chain(database, shared->hash));
    // Files lie beside the database. What stands there without a row was cut off by the end of an earlier run.
    ASSIGN_OR_RETURN(auto files,
                     FileStore::open(FileStore::folder_beside(shared->options.database), shared->options.room));
    ASSIGN_OR_RETURN(const FileStore::Known known, known_files(database));
    RETURN_IF_FAILED(files->sweep(known));
    return std::unique_ptr<Store>(new Store(std::move(shared), std::move(database), std::move(files)));
}

Result<std::unique_ptr<Store>> Store::create(Options options, crypto::DatabaseKey key, ChainHash hash) {
    return start(std::move(options), std::move(key), std::move(hash), Database::Access::create);
}

Result<std::unique_ptr<Store>> Store::open(Options options, crypto::DatabaseKey key, ChainHash hash) {
    return start(std::move(options), std::move(key), std::move(hash), Database::Access::write);
}

Store::Store(std::unique_ptr<const Shared> shared, Database database, std::unique_ptr<FileStore> files)
    : shared_(std::move(shared)), files_(std::move(files)),
      writer_(
          std::move(database), [this] { return connect(*shared_, Database::Access::write); },
          shared_->options.queue_limit),
      reporter_writes_(writer_, *files_), officer_writes_(writer_, *files_, shared_->hash),
      nightly_(writer_, *files_, shared_->hash, reader()) {}

Result<> Store::try_to_write() {
    return writer_.commit([](Database &database) -> Result<> {
        RETURN_IF_FAILED(database.run("INSERT INTO setting (name, value) VALUES ('try_to_write', 0)"));
        return database.run("DELETE FROM setting WHERE name = 'try_to_write'");
    });
}

Reader::Opener Store::reader() const {
    return [shared = shared_.get()] {
        return Database::open(shared->options.database, shared->key, Database::Access::read);
    };
}

std::unique_ptr<ports::ReporterReads> Store::reporter_reads() const {
    return std::make_unique<ReporterReader>(reader());
}
std::unique_ptr<ports::OfficerReads> Store::officer_reads() const { return std::make_unique<OfficerReader>(reader()); }

} // namespace storage
