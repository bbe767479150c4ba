#include "crypto/officer/file_open.h"

#include "crypto/officer/sealed_object.h"

#include <algorithm>

namespace crypto {

Result<SealedObject> seal_officer_file(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header,
                                       const FileKey &file, const FileFacts &facts, View json) {
    const Scratch text(file_text(facts, json));
    Scratch inside(FileKey::size + text.view().size());
    std::ranges::copy(file.reveal(raw_secret), inside.span().begin());
    std::ranges::copy(text.view(), inside.span().begin() + FileKey::size);
    return seal_signed(file_description_key(key), author, Kind::file, file_domain, header, inside.view());
}

Result<OpenedFile> OpenedFile::open(const CaseKey &key, const BoxPublicKey &reporter, const Roster &roster,
                                    const ObjectHeader &header, View sealed) {
    RETURN_IF_FAILED(demand(header, Kind::file));
    FileKey file;
    if (header.author.is_zero()) {
        ASSIGN_OR_RETURN(const View body, open_boxed_key(key, reporter, sealed, file.fill(raw_secret)));
        ASSIGN_OR_RETURN(const Scratch text, open_padded(file_text_key(file), header, body));
        return read(header, file, text.view());
    }
    ASSIGN_OR_RETURN(const Scratch inside,
                     open_signed(file_description_key(key), roster, Kind::file, file_domain, header, sealed));
    if (inside.view().size() < FileKey::size) return base::fail(base::Code::refused, "file: described without a key");
    std::ranges::copy(inside.view().first(FileKey::size), file.fill(raw_secret).begin());
    return read(header, file, inside.view().subspan(FileKey::size));
}

Result<OpenedFile> OpenedFile::read(const ObjectHeader &header, const FileKey &key, View text) {
    base::Reader reader(text);
    FileFacts facts;
    facts.length = reader.u64();
    facts.digest = reader.array<32>();
    if (!reader.ok() || facts.length > max_file_length)
        return base::fail(base::Code::refused, "file: its description is not of its format");
    OpenedFile out = of({header.case_id, header.object_id}, key, facts);
    out.json_ = base::copy(reader.rest());
    return out;
}

OpenedFile OpenedFile::of(const FilePlace &place, const FileKey &key, const FileFacts &facts) {
    OpenedFile out;
    out.place_ = place;
    out.facts_ = facts;
    out.shape_ = FileShape::of(facts.length);
    out.key_ = chunk_key(key);
    return out;
}

Result<Bytes> OpenedFile::chunk(std::uint64_t number, View sealed) const {
    if (number >= shape_.chunks || sealed.size() != shape_.plain_size(number) + aead_overhead)
        return base::fail(base::Code::refused, "file: a chunk that it does not have");
    ASSIGN_OR_RETURN(Bytes plain, aead_open(key_, chunk_place(place_, number, shape_.is_last(number)), sealed));
    const std::uint64_t begin = number * file_chunk;
    const auto true_size =
        static_cast<std::size_t>(std::clamp<std::uint64_t>(facts_.length, begin, begin + plain.size()) - begin);
    if (!std::ranges::all_of(View(plain).subspan(true_size), [](Byte b) { return b == 0; })) {
        wipe(plain);
        return base::fail(base::Code::refused, "file: padding that is not zero");
    }
    plain.resize(true_size);
    return plain;
}

} // namespace crypto
