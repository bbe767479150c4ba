#include "service/usecases/reporter/file_intake.h"

#include <algorithm>
#include <utility>

namespace usecases {
namespace {

using base::Code;

constexpr std::size_t looked_at = 64 * 1024; // of a file's beginning: what its kind is known by

std::unexpected<FileFault> fault_of(const base::Error &error) {
    switch (error.code) {
    case Code::unavailable: return std::unexpected(FileFault::no_room);
    case Code::conflict: return std::unexpected(FileFault::conflict);
    case Code::invalid: return std::unexpected(FileFault::changed);
    default: return std::unexpected(FileFault::failed);
    }
}

std::expected<void, FileFault> done(const base::Result<> &result) {
    if (!result)
        return fault_of(result.error());
    return {};
}

} // namespace

std::shared_ptr<void> ArrivingFiles::hold(const Key &key) {
    const std::lock_guard lock(mutex_);
    if (!held_.insert(key).second)
        return nullptr;
    return {this, [key](ArrivingFiles *files) {
                const std::lock_guard lock(files->mutex_);
                files->held_.erase(key);
            }};
}

// The file as it lies on the disk from now on, and its row.
struct FileIntake::Sealing {
    crypto::FilePlace place;
    ports::FileName name;
    crypto::FileKey key;
    bool counted = false; // by whoever else sends: its length stands in its row
    std::unique_ptr<ports::IncomingFile> file{};
    std::optional<crypto::FileSealer> sealer{};
    bool complete = false;
};

FileIntake::FileIntake(const FileTools &tools, FileOwner &owner, const FileLimits &limits, Wish wish)
    : tools_(tools), owner_(owner), limits_(limits), wish_(std::move(wish)), head_(looked_at) {
    record_.name = wish_.name;
    record_.purpose = wish_.purpose;
}

FileIntake::~FileIntake() {
    if (!sealing_ || sealing_->complete || resumable_)
        return;
    sealing_->sealer.reset();
    sealing_->file.reset();
    (void)owner_.writes().discard(owner_.case_id(), sealing_->place.object_id, owner_.author()); // else it ends by itself
}

std::expected<void, FileFault> FileIntake::add(base::View bytes) {
    if (!decided_) {
        const base::View part = bytes.first(std::min(bytes.size(), looked_at - head_size_));
        std::ranges::copy(part, head_.span().begin() + static_cast<std::ptrdiff_t>(head_size_));
        head_size_ += part.size();
        bytes = bytes.subspan(part.size());
        if (head_size_ == looked_at)
            if (const auto decided = decide(); !decided)
                return decided;
    }
    if (bytes.empty())
        return {};
    return spooled_ ? spool(bytes) : seal(bytes);
}

// By its beginning: put aside to be cleaned, or sealed as it comes.
FileIntake::Done FileIntake::decide() {
    decided_ = true;
    const base::View head = head_.view().first(head_size_);
    auto type = tools_.inspector.media_type(head);
    if (!type)
        return std::unexpected(FileFault::busy);
    record_.type = std::move(*type);
    const bool cleanable = tools_.inspector.can_clean(record_.type);
    const bool fits = !wish_.announced || wish_.announced->length <= ports::most_cleaned;
    record_.metadata = wish_.keep_metadata ? domain::Metadata::kept
                       : !cleanable        ? domain::Metadata::not_known
                                           : domain::Metadata::too_large;
    if (!wish_.keep_metadata && cleanable && fits) {
        if (const auto room = count_used(); !room)
            return room;
        auto file = tools_.shelf.put_aside();
        if (!file)
            return fault_of(file.error());
        spooled_ = std::make_unique<SpooledFile>(std::move(*file));
        return spool(head);
    }
    resumable_ = wish_.announced.has_value();
    std::optional<std::uint64_t> length;
    if (wish_.announced)
        length = wish_.announced->length;
    else if (head_size_ < looked_at)
        length = head_size_; // it is all there
    if (const auto begun = begin(length); !begun)
        return begun;
    return seal(head);
}

FileIntake::Done FileIntake::spool(base::View bytes) {
    if (const auto room = make_room_for(spooled_->size() + bytes.size()); !room)
        return room;
    if (wish_.announced && spooled_->size() + bytes.size() > wish_.announced->length)
        return std::unexpected(FileFault::changed);
    if (const auto added = spooled_->add(bytes); !added)
        return fault_of(added.error());
    return spooled_->size() > ports::most_cleaned ? from_spool_on() : Done{};
}

// It is longer than what is cleaned: kept as it was sent.
FileIntake::Done FileIntake::from_spool_on() {
    const auto spooled = std::move(spooled_);
    if (const auto begun = begin(std::nullopt); !begun)
        return begun;
    return done(spooled->read([&](base::View plain) { return sealing_->sealer->add(plain); }));
}

FileIntake::Done FileIntake::count_used() {
    const auto files = owner_.reads().files(owner_.case_id());
    const auto uploads = owner_.reads().uploads(owner_.case_id());
    if (!files || !uploads)
        return fault_of(files ? uploads.error() : files.error());
    const auto mine = [&](const auto &row) { return row.author.is_zero() == owner_.author().is_zero(); };
    std::uint64_t used = 0;
    std::size_t count = 0;
    for (const ports::FileRow &file : *files)
        if (mine(file)) {
            used += file.stored;
            ++count;
        }
    for (const ports::UploadRow &upload : *uploads) {
        if (!mine(upload) || (sealing_ && upload.file == sealing_->place.object_id))
            continue;
        const auto kept = crypto::resume_upload(owner_.upload_key(), {upload.case_id, upload.file}, upload.sealed);
        used += kept && kept->length ? crypto::FileShape::of(*kept->length).stored : 0; // what was not announced counts when it is whole
        ++count;
    }
    used_ = used;
    if (count >= limits_.count)
        return std::unexpected(FileFault::case_full);
    return {};
}

FileIntake::Done FileIntake::make_room_for(std::uint64_t bytes) {
    if (bytes > limits_.file)
        return std::unexpected(FileFault::too_large);
    if (*used_ + bytes > limits_.in_case)
        return std::unexpected(FileFault::case_full);
    return {};
}

// The row, and the file on the disk.
FileIntake::Done FileIntake::begin(std::optional<std::uint64_t> length) {
    if (const auto counted = count_used(); !counted)
        return counted;
    if (const auto room = make_room_for(length.value_or(0)); !room)
        return room;
    std::unique_ptr<Sealing> sealing(
        new Sealing{{owner_.case_id(), base::ObjectId::random()}, ports::FileName::random(), crypto::FileKey::random(), length.has_value()});
    auto sealed = crypto::seal_upload(owner_.upload_key(), sealing->place, {sealing->key.clone(), length, kept_of_upload()});
    if (!sealed)
        return fault_of(sealed.error());
    const auto begun = owner_.writes().begin({sealing->place.object_id, owner_.case_id(), owner_.author(), owner_.epoch(),
                                              sealing->name, owner_.today(), std::move(*sealed)});
    if (!begun) // a full disk takes no row either
        return tools_.shelf.put_aside() ? fault_of(begun.error()) : std::unexpected(FileFault::no_room);
    sealing_ = std::move(sealing);
    auto file = tools_.shelf.receive(sealing_->name, length ? crypto::FileShape::of(*length).stored : 0);
    if (!file) {
        resumable_ = false; // nothing of it is there
        return fault_of(file.error());
    }
    sealing_->file = std::move(*file);
    open_sealer(length);
    return {};
}

void FileIntake::open_sealer(std::optional<std::uint64_t> length) {
    sealing_->sealer.emplace(sealing_->key, sealing_->place, length,
                             [file = sealing_->file.get()](base::View sealed) { return file->append(sealed); });
}

base::Bytes FileIntake::kept_of_upload() const {
    const std::string text = to_json(domain::UploadRecord{wish_.announced ? wish_.announced->mark : std::string(), record_});
    return base::copy(base::view(text));
}

std::expected<std::uint64_t, FileFault> FileIntake::resume() {
    arriving_ = tools_.arriving.hold(crypto::hash({owner_.case_id().bytes(), owner_.author().bytes(), base::view(wish_.announced->mark)}));
    if (!arriving_)
        return std::unexpected(FileFault::conflict);
    if (const auto found = find_announced(); !found)
        return std::unexpected(found.error());
    return standing_chunks() * crypto::file_chunk;
}

// The upload with the same mark and length becomes this one.
FileIntake::Done FileIntake::find_announced() {
    const auto uploads = owner_.reads().uploads(owner_.case_id());
    if (!uploads)
        return fault_of(uploads.error());
    for (const ports::UploadRow &row : *uploads) {
        const crypto::FilePlace place{row.case_id, row.file};
        if (row.author != owner_.author() || row.epoch != owner_.epoch())
            continue;
        auto kept = crypto::resume_upload(owner_.upload_key(), place, row.sealed);
        auto facts = kept ? domain::upload_record_from_json(base::text(kept->json)) : std::unexpected(kept.error());
        if (!facts || facts->mark != wish_.announced->mark || kept->length != wish_.announced->length)
            continue;
        if ((facts->file.metadata == domain::Metadata::kept) != wish_.keep_metadata) { // its sender thought better of it
            (void)owner_.writes().discard(row.case_id, row.file, row.author);
            continue;
        }
        auto file = tools_.shelf.receive(row.name, 0);
        if (!file)
            return fault_of(file.error());
        record_ = std::move(facts->file);
        sealing_.reset(new Sealing{place, row.name, std::move(kept->key), true, std::move(*file)});
        decided_ = resumable_ = true;
        return {};
    }
    return {};
}

std::uint64_t FileIntake::standing_chunks() const {
    if (!sealing_)
        return 0;
    return crypto::FileSealer::chunks_to_keep(wish_.announced->length, sealing_->file->size() / crypto::sealed_file_chunk);
}

std::expected<std::uint64_t, FileFault> FileIntake::go_on() {
    if (!sealing_)
        return 0;
    if (const auto counted = count_used(); !counted && counted.error() != FileFault::case_full)
        return std::unexpected(counted.error());
    open_sealer(wish_.announced->length);
    base::Bytes chunk(crypto::sealed_file_chunk);
    std::uint64_t number = 0;
    for (const std::uint64_t stays = standing_chunks(); number < stays; ++number) {
        if (const auto read = sealing_->file->read(number * chunk.size(), chunk); !read)
            return fault_of(read.error());
        if (!sealing_->sealer->keep(chunk)) // what the disk lost is sent again
            break;
    }
    if (const auto cut = sealing_->file->cut(number * chunk.size()); !cut)
        return fault_of(cut.error());
    return number * crypto::file_chunk;
}

FileIntake::Done FileIntake::seal(base::View bytes) {
    auto &sealer = *sealing_->sealer;
    if (const auto room = make_room_for(sealer.taken() + bytes.size()); !room) {
        resumable_ = false;
        return room;
    }
    const auto added = done(sealer.add(bytes));
    if (!added && added.error() == FileFault::changed)
        resumable_ = false;
    return added;
}

FileIntake::Done FileIntake::clean() {
    const auto spooled = std::move(spooled_);
    auto cleaned = tools_.inspector.without_metadata([&] { return spooled->whole(); }, record_.type);
    if (!cleaned)
        return std::unexpected(cleaned.error().code == Code::unavailable ? FileFault::busy : FileFault::failed);
    record_.metadata = *cleaned ? domain::Metadata::removed : domain::Metadata::failed;
    if (!*cleaned) {
        if (const auto begun = begin(spooled->size()); !begun)
            return begun;
        return done(spooled->read([&](base::View plain) { return sealing_->sealer->add(plain); }));
    }
    const crypto::Scratch plain(std::move(**cleaned));
    if (const auto begun = begin(plain.view().size()); !begun)
        return begun;
    return done(sealing_->sealer->add(plain.view()));
}

std::expected<domain::FileRecord, FileFault> FileIntake::finish() {
    if (!decided_ && head_size_ == 0)
        return std::unexpected(FileFault::empty);
    if (!decided_)
        if (const auto decided = decide(); !decided)
            return std::unexpected(decided.error());
    if (spooled_ && wish_.announced && spooled_->size() != wish_.announced->length)
        return std::unexpected(FileFault::changed);
    if (spooled_)
        if (const auto cleaned = clean(); !cleaned)
            return std::unexpected(cleaned.error());
    if (const auto whole = complete(); !whole)
        return std::unexpected(whole.error());
    return record_;
}

FileIntake::Done FileIntake::complete() {
    const auto facts = sealing_->sealer->finish();
    if (!facts) {
        resumable_ = resumable_ && facts.error().code != Code::invalid;
        return fault_of(facts.error());
    }
    if (!sealing_->counted) // others may have come while it grew
        if (const auto counted = count_used(); !counted && counted.error() != FileFault::case_full)
            return counted;
    if (const auto room = make_room_for(facts->length); !room) {
        resumable_ = false;
        return room;
    }
    if (const auto finished = sealing_->file->finish(); !finished)
        return fault_of(finished.error());
    const bool resumable = std::exchange(resumable_, false); // it lies complete: only a commit that failed takes it back
    // A new key of the case that began since it was read is no reason to lose a file: it is described anew.
    for (int tries = 0; tries < 3; ++tries) {
        auto described = owner_.describe(sealing_->place.object_id, sealing_->key, *facts, record_);
        if (!described)
            return fault_of(described.error());
        described->name = sealing_->name;
        described->stored = crypto::FileShape::of(facts->length).stored;
        const auto stands = owner_.writes().complete(std::move(*described));
        if (stands) {
            sealing_->complete = true;
            return {};
        }
        if (stands.error().code != Code::unavailable) {
            resumable_ = resumable && stands.error().code != Code::conflict;
            return fault_of(stands.error());
        }
    }
    return std::unexpected(FileFault::failed);
}

} // namespace usecases
