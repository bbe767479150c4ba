// The files' ciphertext, outside the database: DATA/files/xx/NAME when complete, DATA/files/parts/NAME before. The only
// place that knows where a file lies. Names are random, times are one fixed day.
#pragma once

#include "service/ports/files.h"
#include "storage/descriptor.h"
#include "storage/room.h"

#include <filesystem>
#include <functional>
#include <mutex>
#include <set>

namespace storage {

class FileStore final : public ports::FileShelf {
public:
    using RoomOf = std::function<base::Result<Room>()>;

    static std::filesystem::path folder_beside(const std::filesystem::path &database) {
        return database.parent_path() / "files";
    }
    // Makes the folders (0700) where they are missing. Code::storage_failed: they cannot be made or read.
    static base::Result<std::unique_ptr<FileStore>> open(const std::filesystem::path &folder, RoomOf room = {});

    base::Result<std::unique_ptr<ports::IncomingFile>> receive(ports::FileName name, std::uint64_t coming) override;
    base::Result<std::unique_ptr<ports::StoredFile>> open(ports::FileName name) override;
    base::Result<std::unique_ptr<ports::IncomingFile>> put_aside() override;

    // One complete file, read only: beside a running server, or without one. Codes as of open().
    static base::Result<std::unique_ptr<ports::StoredFile>> look(const std::filesystem::path &folder,
                                                                 ports::FileName name);

    bool stands(ports::FileName name, std::uint64_t size) const; // complete, of that size
    base::Result<> remove(ports::FileName name);                 // complete or not; not there: nothing to do
    base::Result<> take_back(ports::FileName name) const; // a complete file whose row did not come: incomplete again

    // What the rows know. Everything else goes. A complete file whose row never came is incomplete again, so that
    // nothing of it is lost: whoever goes on sends its end once more.
    struct Known {
        std::set<ports::FileName> complete, incomplete;
    };
    base::Result<> sweep(const Known &known); // while nobody uses the store

    // Copies a complete file into its own place, so that neither its place on the disk nor any of its times tells when
    // it came. Without room for a copy only the times that can be set. Not there (any more): nothing to do.
    base::Result<> renew(ports::FileName name);

private:
    class Incoming;
    FileStore(Descriptor folder, Descriptor parts, RoomOf room);
    Descriptor shelf_of(ports::FileName name, bool make = false) const;
    enum class Place { empty, taken };
    base::Result<> put_in_place(const std::string &part, ports::FileName name, Place place) const;
    base::Result<> sweep_parts(const std::set<ports::FileName> &incomplete);
    base::Result<> sweep_shelf(const std::string &shelf, const Known &known);
    bool has_room(std::uint64_t taking) const;

    Descriptor folder_, parts_;
    RoomOf room_;
    std::mutex replacing_; // a file that goes while it is renewed must not come back
};

} // namespace storage
