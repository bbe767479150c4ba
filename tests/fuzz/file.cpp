// Files: their descriptions from the database and their chunks from the disk. The input chooses content, length, who
// sealed, and what was changed afterwards; what opens is the content, whole, or nothing.
#include "crypto/officer/file_open.h"
#include "crypto/officer/sealed_object.h"
#include "crypto/reporter/reporters_object.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/padded.h"

namespace {

using fuzz::demand;
using namespace crypto;

constexpr base::Day today{20'000};

struct Agency {
    OfficerKeys author = fuzz::fixed_officer(1), stranger = fuzz::fixed_officer(2);
    CaseKey case_key = fuzz::fixed_key<CaseKey>(3);
    ReceiptKeys reporter = ReceiptKeys::derive(Receipt::from_digits(base::view("12345678901234567890123456")));
    FileKey file = fuzz::fixed_key<FileKey>(4);
    CaseRecord record;
    FilePlace place{base::CaseId({7}), base::ObjectId({8})};
    ObjectHeader reporters{Kind::file, place.case_id, place.object_id, 1, {}};
    ObjectHeader officers{Kind::file, place.case_id, place.object_id, 1, author.officer};
    Roster roster;
    Bytes boxed; // made once: it costs a key exchange

    Agency() {
        const base::InstanceId instance{{5}};
        const CertificateFields fields{
            instance,  {},    author.officer, "ก", author.box.public_key, author.sign.public_key,
            Rights{7}, today, today,          {}};
        const RootKeys root{author.officer, author.box.public_key, author.sign.public_key};
        const std::vector<Bytes> certificates{*issue_certificate(author, fields)};
        roster = Roster::verify(instance, std::span(&root, 1), certificates, {}, today);
        record.case_id = place.case_id;
        record.case_key = case_pair(case_key).public_key;
        boxed = *box_for_case(reporter, record, file.reveal(raw_secret));
    }
    Result<OpenedFile> open(const ObjectHeader &header, View sealed) const {
        return OpenedFile::open(case_key, reporter.pair.public_key, roster, header, sealed);
    }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

// No key was used: nothing may open.
void check_raw(View bytes) {
    const Agency &a = agency();
    demand(!a.open(a.reporters, bytes) && !a.open(a.officers, bytes));
    demand(!resume_upload(a.reporter.uploads, a.place, bytes));
}

// A second reading of length ‖ digest ‖ JSON.
void demand_facts(const Result<OpenedFile> &opened, View text) {
    if (text.size() < 40) return demand(!opened);
    std::uint64_t length = 0;
    for (std::size_t i = 0; i < 8; ++i)
        length |= std::uint64_t{text[i]} << (8 * i);
    demand(opened.has_value() == (length <= max_file_length));
    if (opened)
        demand(opened->facts().length == length && fuzz::same(opened->facts().digest, text.subspan(8, 32)) &&
               fuzz::same(opened->json(), text.subspan(40)));
}

void check_reporters(fuzz::Input in) {
    const Agency &a = agency();
    const Bytes inside = fuzz::chosen_padding(in, {});
    const Bytes body = aead_seal(file_text_key(a.file), a.reporters.associated_data(), inside);
    const auto opened = a.open(a.reporters, base::Writer().raw(a.boxed).raw(body).take());
    demand_facts(opened, fuzz::reference_unpad(inside).value_or(Bytes()));
}

void check_officers(fuzz::Input in) {
    const Agency &a = agency();
    const std::uint8_t flaw = in.byte();
    fuzz::Input rest = in;
    (void)rest.bytes(4); // what chosen_padding takes for itself
    const View text = rest.rest();
    const Signature signature = sign((flaw == 1 ? a.stranger : a.author).sign.secret_key,
                                     flaw == 2 ? move_domain : file_domain, signed_message(a.officers, text));
    const Bytes inside = fuzz::chosen_padding(in, signature);
    const auto opened =
        a.open(a.officers, aead_seal(file_description_key(a.case_key), a.officers.associated_data(), inside));
    const auto plain = fuzz::reference_unpad(inside);
    const bool untouched = plain && plain->size() == 64 + text.size() && fuzz::same(View(*plain).subspan(64), text);
    if (!untouched || flaw == 1 || flaw == 2 || text.size() < 32) return demand(!opened);
    demand_facts(opened, text.subspan(32));
}

// A file of one or two chunks, and one change of what lies on the disk: the content comes back whole, or a chunk
// refuses.
void check_chunks(fuzz::Input in) {
    const Agency &a = agency();
    Bytes plain((in.byte() & 1 ? file_chunk : 0) + in.byte());
    for (std::size_t i = 0; i < plain.size(); ++i)
        plain[i] = static_cast<Byte>(i | 1);
    const std::uint8_t change = in.byte();
    const std::uint32_t at = in.u32();
    const std::uint8_t value = in.byte();
    const std::size_t part = 1 + in.u32() % 70'000;
    Bytes stored;
    FileSealer sealer(a.file, a.place, {}, [&stored](View sealed) -> Result<> {
        stored.insert(stored.end(), sealed.begin(), sealed.end());
        return {};
    });
    for (std::size_t begin = 0; begin < plain.size(); begin += part)
        demand(sealer.add(View(plain).subspan(begin, std::min(part, plain.size() - begin))).has_value());
    FileFacts facts = *sealer.finish();
    const Bytes untouched = stored;
    if (change & 1) stored[at % stored.size()] ^= value;
    if (change & 2) facts.length ^= value;
    if (change & 4) std::rotate(stored.begin(), stored.begin() + at % 3 * (aead_overhead + 1), stored.end());
    const Scratch text(file_text(facts, {}));
    const auto opened =
        a.open(a.reporters,
               base::Writer().raw(a.boxed).raw(*seal_text(file_text_key(a.file), a.reporters, text.view())).take());
    demand(opened.has_value());
    if (opened->shape().stored != stored.size()) return;
    Bytes read;
    std::size_t begin = 0;
    bool all = true;
    for (std::uint64_t number = 0; number < opened->shape().chunks; ++number) {
        const std::size_t size = opened->shape().plain_size(number) + aead_overhead;
        const auto chunk = opened->chunk(number, View(stored).subspan(begin, size));
        begin += size;
        if (chunk)
            read.insert(read.end(), chunk->begin(), chunk->end());
        else
            all = false;
    }
    // A length that reaches into the zeros is the author's own word: it gives zeros.
    demand(all == (stored == untouched && facts.length >= plain.size()));
    if (all) demand(read.size() == facts.length && fuzz::same(View(read).first(plain.size()), plain));
}

void check_upload(fuzz::Input in) {
    const Agency &a = agency();
    const std::uint8_t choice = in.byte(), at = in.byte(), value = in.byte();
    const std::uint64_t length = in.u32();
    const Bytes json = base::copy(in.bytes(max_upload_json));
    Bytes sealed = *seal_upload(a.reporter.uploads, a.place,
                                {a.file.clone(), choice & 1 ? std::optional(length) : std::nullopt, json});
    demand(sealed.size() == upload_sealed);
    if (choice & 2) sealed[std::size_t{at} * 8] ^= value;
    const auto found = resume_upload(a.reporter.uploads, a.place, sealed);
    demand(found.has_value() == (!(choice & 2) || value == 0));
    if (found)
        demand(found->key == a.file && found->json == json && found->length.has_value() == ((choice & 1) != 0) &&
               found->length.value_or(length) == length);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    fuzz::Input in(data, size);
    switch (in.byte() % 5) {
    case 0:
        check_raw(in.rest());
        break;
    case 1:
        check_reporters(in);
        break;
    case 2:
        check_officers(in);
        break;
    case 3:
        check_chunks(in);
        break;
    default:
        check_upload(in);
        break;
    }
    return 0;
}
