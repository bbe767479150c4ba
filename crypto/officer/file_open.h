// Files as an officer's side sees them: described, opened chunk by chunk in whatever order a reader asks, and attached.
#pragma once

#include "crypto/officer/keyring.h"
#include "crypto/primitives/case_keys.h"
#include "crypto/reporter/file_seal.h"

namespace crypto {

// The description of an officer's file: like a move, domain "sucharit/file/v1". The file's key stands under the
// signature.
Result<SealedObject> seal_officer_file(const CaseKey &key, const OfficerKeys &author, const ObjectHeader &header,
                                       const FileKey &file, const FileFacts &facts, View json);

class OpenedFile {
public:
    // Of either side's description, by the header's author: a reporter's opens with `reporter` from OpenedComplaint, an
    // officer's when its author signed it. Code::refused for anything else.
    static Result<OpenedFile> open(const CaseKey &key, const BoxPublicKey &reporter, const Roster &roster,
                                   const ObjectHeader &header, View sealed);

    // A file that no object describes: the agency's emblem, whose key and facts stand in its profile.
    static OpenedFile of(const FilePlace &place, const FileKey &key, const FileFacts &facts);

    const FilePlace &place() const { return place_; }
    const FileFacts &facts() const { return facts_; } // whole and untouched: stored bytes with this digest
    const FileShape &shape() const { return shape_; } // another stored length: cut or longer
    const Bytes &json() const { return json_; }

    // The chunk of that number without padding, from its stored bytes. Code::refused: not the untouched chunk of this
    // file and place, or zeros that are none. One chunk says nothing of the others: whoever shows the whole compares
    // the digest first.
    Result<Bytes> chunk(std::uint64_t number, View sealed) const;

private:
    static Result<OpenedFile> read(const ObjectHeader &header, const FileKey &key, View text);
    FilePlace place_;
    FileFacts facts_;
    FileShape shape_;
    ChunkKey key_;
    Bytes json_;
};

} // namespace crypto
