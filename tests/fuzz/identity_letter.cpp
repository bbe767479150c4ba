// A letter about an identity as the input chooses its inside: which reader, place, author, key of signature, length and zeros. It opens
// exactly when all of them are right, and its JSON reads back as the same.
#include "crypto/officer/identity_letter.h"
#include "service/domain/identity.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;
using namespace crypto;

constexpr base::Day today{20'000};

struct Agency {
    OfficerKeys author = fuzz::fixed_officer(1), reader = fuzz::fixed_officer(2);
    base::InstanceId instance{{3}};
    Roster roster;
    Agency() {
        std::vector<Bytes> certificates;
        std::vector<RootKeys> roots;
        for (const OfficerKeys *who : {&author, &reader}) {
            const CertificateFields fields{instance, {}, who->officer, "ก", who->box.public_key, who->sign.public_key,
                                           Rights{7}, today, today, {}};
            roots.push_back({who->officer, who->box.public_key, who->sign.public_key});
            certificates.push_back(*issue_certificate(*who, fields));
        }
        roster = Roster::verify(instance, roots, certificates, {}, today);
    }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

void check_json(std::string_view json) {
    if (const auto request = domain::identity_request_from_json(json)) {
        const auto again = domain::identity_request_from_json(to_json(*request));
        demand(again && again->reason == request->reason && again->number == request->number && again->series == request->series &&
               again->year == request->year && again->time == request->time);
    }
    if (const auto decision = domain::identity_decision_from_json(json)) {
        const auto again = domain::identity_decision_from_json(to_json(*decision));
        demand(again && again->reason == decision->reason && again->granted == decision->granted && again->time == decision->time);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const Agency &a = agency();
    fuzz::Input in(data, size);
    const std::uint8_t choice = in.byte(), spot = in.byte(), value = in.byte(), off_by = in.byte();
    const LetterPlace place{LetterKind::request, base::CaseId({7}), base::ObjectId({8})};
    const View text = in.rest();
    check_json(base::text(text));
    if (choice & 128) {
        demand(!open_letter(a.reader, a.roster, place, text));
        return 0;
    }
    const bool cut = text.size() > max_letter_text;
    const View kept = cut ? text.first(max_letter_text) : text;
    Bytes head = base::Writer().u8(1).u8(1).raw(place.case_id.bytes()).raw(place.request.bytes()).raw(a.reader.officer.bytes())
                     .raw(a.author.officer.bytes()).take();
    bool right = true;
    if ((choice & 1) && value != 0) { // signed as it is: only the place is wrong
        head[spot % head.size()] ^= value;
        right = false;
    }
    Bytes message = head;
    message.insert(message.end(), kept.begin(), kept.end());
    Signature signature =
        sign((choice & 2 ? a.reader : a.author).sign.secret_key, choice & 4 ? "sucharit/move/v1" : "sucharit/identity/v1", message);
    right = right && !(choice & 2) && !(choice & 4);
    const auto length = static_cast<std::uint32_t>(kept.size()) + (choice & 8 ? off_by : 0u) - (choice & 16 ? off_by : 0u);
    right = right && length == kept.size();
    Bytes plain = base::Writer().raw(head).raw(signature).u32(length).raw(kept).take();
    plain.resize(letter_plain);
    if ((choice & 32) && value != 0 && kept.size() < max_letter_text) {
        plain.back() = value;
        right = false;
    }
    const auto opened = open_letter(a.reader, a.roster, place, *box_seal(a.reader.box.public_key, plain));
    demand(opened.has_value() == right);
    demand(!opened || (opened->from == a.author.officer && fuzz::same(opened->text, kept)));
    return 0;
}
