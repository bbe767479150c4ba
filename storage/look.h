// The database as it stands, read only: beside a running server, or without one. Takes no lock, changes nothing, and does not
// refuse what does not fit: it is there to be looked at.
#pragma once

#include "storage/file_store.h"
#include "storage/officer_store.h"

namespace storage {

class Look {
public:
    // Refusals as of Database::open(); Code::refused also for a schema that is not this program's newest: a server that starts
    // brings an older one up to it.
    static Result<std::unique_ptr<Look>> open(std::filesystem::path database, const crypto::DatabaseKey &key);

    ports::OfficerReads &reads() { return reads_; }
    Result<std::unique_ptr<ports::StoredFile>> file(ports::FileName name) { return FileStore::look(files_, name); }
    Result<std::optional<Day>> last_nightly();
    // Every page against its HMAC, every row and index against each other: what is wrong, in SQLCipher's words.
    Result<std::vector<std::string>> damage();

private:
    Look(Reader::Opener open, std::filesystem::path files)
        : reads_(open), own_(std::move(open)), files_(std::move(files)) {}
    OfficerReader reads_;
    Reader own_;
    std::filesystem::path files_;
};

} // namespace storage
