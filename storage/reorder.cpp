#include "storage/reorder.h"

#include "storage/random_order.h"
#include "storage/rows.h"

#include <algorithm>
#include <limits>

namespace storage {

namespace {

// Cases of one piece: about 2 MB of memory, and a tenth of a second during which filings wait.
constexpr std::ptrdiff_t piece_size = 64;
// Rows change places within a piece. After two rounds, each over pieces drawn anew, a row may lie where any other of
// 4,096 cases lay.
constexpr int rounds = 2;

struct CaseCell {
    base::CaseId id;
    Array<32> lookup_tag;
    std::string channel;
};

struct SlotCell {
    base::OfficerId officer;
    std::int64_t purpose, epoch;
    base::CaseId id;
    Bytes sealed;
};

struct FileCell {
    base::ObjectId id;
    Array<16> name;
    std::int64_t stored;
};

struct Piece {
    std::vector<CaseCell> cases;
    std::vector<SlotCell> slots;
    std::vector<ports::ObjectRow> objects;
    std::vector<FileCell> files;
};

template <class T> void append(std::vector<T> &to, std::vector<T> more) {
    std::ranges::move(more, std::back_inserter(to));
}

Result<> read_case_into(Database &database, base::CaseId id, Piece &piece) {
    ASSIGN_OR_RETURN(Rows cases, database.query("SELECT lookup_tag, channel FROM complaint_case WHERE case_id = ?", {id}));
    ASSIGN_OR_RETURN(auto found, collect(std::move(cases), [&](Rows &row) {
                         const auto tag = row.array<32>();
                         return CaseCell{id, tag, row.text()};
                     }));
    append(piece.cases, std::move(found));
    // Slots are kept by officer: each officer's are looked up.
    ASSIGN_OR_RETURN(Rows slots, database.query("SELECT s.officer, s.purpose, s.epoch, s.sealed FROM officer AS f "
                                                "CROSS JOIN slot AS s ON s.officer = f.officer AND s.purpose IN (1, 2) "
                                                "AND s.case_id = ?",
                                                {id}));
    ASSIGN_OR_RETURN(auto kept, collect(std::move(slots), [&](Rows &row) {
                         const auto officer = row.id<base::OfficerId>();
                         const std::int64_t purpose = row.integer(), epoch = row.integer();
                         return SlotCell{officer, purpose, epoch, id, row.bytes()};
                     }));
    append(piece.slots, std::move(kept));
    ASSIGN_OR_RETURN(Rows objects,
                     database.query("SELECT " SUCHARIT_OBJECT_COLUMNS " FROM object AS o WHERE o.case_id = ?", {id}));
    ASSIGN_OR_RETURN(auto sealed, collect(std::move(objects), read_object));
    append(piece.objects, std::move(sealed));
    ASSIGN_OR_RETURN(Rows files, database.query("SELECT f.file, f.name, f.stored FROM object AS o CROSS JOIN file AS f "
                                                "ON f.file = o.object_id WHERE o.case_id = ?",
                                                {id}));
    ASSIGN_OR_RETURN(auto lying, collect(std::move(files), [](Rows &row) {
                         const auto file = row.id<base::ObjectId>();
                         const auto name = row.array<16>();
                         return FileCell{file, name, row.integer()};
                     }));
    append(piece.files, std::move(lying));
    return {};
}

// Frees the rows' places, in an order of its own. A case stays, since other rows refer to it, but of another length.
Result<> clear(Database &database, Piece &piece) {
    shuffle(piece.objects);
    shuffle(piece.slots);
    shuffle(piece.cases);
    shuffle(piece.files);
    for (const FileCell &file : piece.files)
        RETURN_IF_FAILED(database.run("DELETE FROM file WHERE file = ?", {file.id}));
    for (const auto &object : piece.objects)
        RETURN_IF_FAILED(database.run("DELETE FROM object WHERE object_id = ?", {object.header.object_id}));
    for (const SlotCell &slot : piece.slots)
        RETURN_IF_FAILED(database.run("UPDATE slot SET sealed = x'' WHERE officer = ? AND purpose = ? AND case_id = ? "
                                      "AND epoch = ?",
                                      {slot.officer, slot.purpose, slot.id, slot.epoch}));
    for (const CaseCell &one : piece.cases) {
        Array<32> nobodys{};
        for (std::size_t at = 0; at < nobodys.size(); at += 16)
            std::ranges::copy(base::random_id_bytes(), nobodys.begin() + static_cast<std::ptrdiff_t>(at));
        RETURN_IF_FAILED(database.run("UPDATE complaint_case SET lookup_tag = ?, channel = '' WHERE case_id = ?",
                                      {nobodys, one.id}));
    }
    return {};
}

// Takes the freed places in another order.
Result<> restore(Database &database, Piece &piece) {
    shuffle(piece.objects);
    shuffle(piece.slots);
    shuffle(piece.cases);
    shuffle(piece.files);
    for (const FileCell &file : piece.files)
        RETURN_IF_FAILED(database.run("INSERT INTO file (file, name, stored) VALUES (?, ?, ?)",
                                      {file.id, file.name, file.stored}));
    for (const CaseCell &one : piece.cases)
        RETURN_IF_FAILED(database.run("UPDATE complaint_case SET lookup_tag = ?, channel = ? WHERE case_id = ?",
                                      {one.lookup_tag, one.channel, one.id}));
    for (const SlotCell &slot : piece.slots)
        RETURN_IF_FAILED(database.run("UPDATE slot SET sealed = ? WHERE officer = ? AND purpose = ? AND case_id = ? "
                                      "AND epoch = ?",
                                      {slot.sealed, slot.officer, slot.purpose, slot.id, slot.epoch}));
    for (auto &object : piece.objects)
        RETURN_IF_FAILED(insert_object(database, {object.header, std::move(object.sealed)}, object.day,
                                       object.visible_from, object.time));
    return {};
}

Result<> reorder_piece(Database &database, std::span<const base::CaseId> cases) {
    Piece piece;
    for (const base::CaseId id : cases)
        RETURN_IF_FAILED(read_case_into(database, id, piece));
    RETURN_IF_FAILED(clear(database, piece));
    return restore(database, piece);
}

} // namespace

Result<> reorder_cases(Writer &writer, Database &reader, std::optional<Day> since, const std::atomic<bool> &give_up) {
    constexpr Day the_first_day{std::numeric_limits<std::int32_t>::min()};
    ASSIGN_OR_RETURN(Rows rows, reader.query("SELECT DISTINCT case_id FROM object INDEXED BY object_by_case WHERE day >= ?",
                                             {since.value_or(the_first_day)}));
    ASSIGN_OR_RETURN(auto cases, collect(std::move(rows), [](Rows &row) { return row.id<base::CaseId>(); }));
    const int needed = std::ssize(cases) > piece_size ? rounds : 1;
    for (int round = 0; round < needed; ++round) {
        shuffle(cases);
        for (std::span<const base::CaseId> left(cases); !left.empty();) {
            if (give_up) return base::fail(Code::unavailable, "the program ends");
            const auto piece = left.first(std::min<std::size_t>(left.size(), piece_size));
            RETURN_IF_FAILED(writer.commit([&](Database &database) { return reorder_piece(database, piece); }));
            left = left.subspan(piece.size());
        }
    }
    return {};
}

} // namespace storage
