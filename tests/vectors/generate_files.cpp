// Files, their descriptions and what an interrupted upload leaves behind. The same stories as writer_files.py.
#include "crypto/officer/file_open.h"
#include "crypto/officer/sealed_object.h"
#include "crypto/reporter/reporters_object.h"
#include "tests/vectors/stories.h"

namespace vectors {
namespace {

Bytes content(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<base::Byte>(1 + i % 251);
    return out;
}

constexpr std::string_view description = R"({"name":"ถนน.jpg","type":"image/jpeg"})";

struct Stored {
    FileKey key = FileKey::random();
    base::ObjectId id = base::ObjectId::random();
    Bytes bytes;
    FileFacts facts;
};

// As somebody seals who does not keep the rules: the content as it is given, in the order that is given.
struct Part {
    std::uint64_t number;
    bool last;
    Bytes plain;
};
Stored forged(base::CaseId case_id, std::uint64_t length, const std::vector<Part> &parts) {
    Stored out;
    for (const Part &part : parts) {
        const Bytes sealed =
            aead_seal(chunk_key(out.key), chunk_place({case_id, out.id}, part.number, part.last), part.plain);
        out.bytes.insert(out.bytes.end(), sealed.begin(), sealed.end());
    }
    out.facts = {length, FileDigest::of(out.bytes)};
    return out;
}

Stored sealed(base::CaseId case_id, View plain) {
    Stored out;
    FileSealer sealer(out.key, {case_id, out.id}, plain.size(), [&out](View chunk) -> Result<> {
        out.bytes.insert(out.bytes.end(), chunk.begin(), chunk.end());
        return {};
    });
    if (!sealer.add(plain)) throw std::logic_error("a file that is not sealed");
    out.facts = *sealer.finish();
    return out;
}

} // namespace

void files(const Agency &agency, const FiledCase &filed, std::string_view suffix) {
    const auto named = [&](std::string_view name) { return std::string(name) + std::string(suffix); };
    const ReceiptKeys reporter = ReceiptKeys::derive(Receipt::from_digits(base::view(filed.digits)));
    const CaseRecord &record = filed.record;
    const auto described = [&](const SealedObject &object) {
        return json::object{{"key", hex(filed.key)},
                            {"reporter_key", base::hex(record.reporter_key.bytes)},
                            {"roster", roster(agency.full)},
                            {"header", header(object.header)},
                            {"sealed", base::hex(object.sealed)}};
    };
    const auto by = [&](const ReceiptKeys &who, const Stored &file, const FileFacts &facts) {
        return described(*seal_file(who, record, file.id, file.key, facts, base::view(description)));
    };
    const auto whole = [&](const Stored &file, const FileFacts &facts, View bytes) {
        json::object in = by(reporter, file, facts);
        in["stored"] = base::hex(bytes);
        return in;
    };
    const Stored file = sealed(record.case_id, content(65'540));
    opens(named("file description"), "file_description", by(reporter, file, file.facts));
    const Bytes waiting = *seal_upload(reporter.uploads, {record.case_id, file.id},
                                       {file.key.clone(), 65'540, base::copy(base::view(description))});
    const auto upload = [&](const Bytes &state) {
        return json::object{{"digits", filed.digits},
                            {"case_id", record.case_id.text()},
                            {"object_id", file.id.text()},
                            {"sealed", base::hex(state)}};
    };
    opens(named("upload"), "upload", upload(waiting));
    if (!suffix.empty()) return;
    opens("file", "file", whole(file, file.facts, file.bytes));
    opens("upload of unknown length", "upload",
          upload(*seal_upload(reporter.uploads, {record.case_id, file.id}, {file.key.clone(), {}, {}})));

    const ReceiptKeys stranger = ReceiptKeys::derive(Receipt::from_digits(base::view(std::string(26, '7'))));
    refused("file described by another reporter", "file_description", by(stranger, file, file.facts));
    const ObjectHeader place{Kind::file, record.case_id, file.id, record.epoch, {}};
    const Scratch text(file_text(file.facts, base::view(description)));
    const Bytes body = *seal_text(file_text_key(file.key), place, text.view());
    refused("file described by nobody", "file_description",
            described(
                {place, base::Writer().raw(*box_seal(record.case_key, file.key.reveal(raw_secret))).raw(body).take()}));
    FileFacts endless = file.facts;
    endless.length = max_file_length + 1;
    refused("file longer than the format knows", "file_description", by(reporter, file, endless));

    const OfficerKeys &legal = agency.legal;
    const ObjectHeader attached{Kind::file, record.case_id, file.id, record.epoch, legal.officer};
    const auto by_officer = [&](const OfficerKeys &author) {
        return described(
            *seal_officer_file(filed.key, author, attached, file.key, file.facts, base::view(description)));
    };
    opens("file description of an officer", "file_description", by_officer(legal));
    refused("file description of an officer signed by another hand", "file_description",
            by_officer(OfficerKeys::random(legal.officer)));
    const Bytes inside = base::Writer().raw(file.key.reveal(raw_secret)).raw(text.view()).take();
    refused("file description of an officer signed as a move", "file_description",
            described(*seal_signed(file_description_key(filed.key), legal, Kind::file, move_domain, attached, inside)));

    FileFacts other = file.facts;
    other.length = 65'538;
    refused("file of another length", "file", whole(file, other, file.bytes));
    other = file.facts;
    other.digest[0] ^= 1;
    refused("file of another digest", "file", whole(file, other, file.bytes));
    const auto refused_parts = [&](std::string_view name, std::uint64_t length, const std::vector<Part> &parts) {
        const Stored made = forged(record.case_id, length, parts);
        refused(name, "file", whole(made, made.facts, made.bytes));
    };
    const Bytes chunk = content(file_chunk), padding_not_zero = content(file_chunk);
    refused_parts("file with padding that is not zero", 10, {{0, true, padding_not_zero}});
    refused_parts("file without an end", 10, {{0, false, Bytes(file_chunk)}});
    refused_parts("file reordered", 131'072, {{1, true, chunk}, {0, false, chunk}});
    refused_parts("file with a chunk repeated", 131'072, {{0, false, chunk}, {0, true, chunk}});
    refused_parts("file in a class that is not its own", 10, {{0, false, Bytes(file_chunk)}, {1, true, Bytes(2048)}});
    refused_parts("file whose chunk is another's", 65'536, {{1, true, chunk}});
}

} // namespace vectors
