// Epoch certificates from the database: their one spelling, and chains that the input builds, rightly and wrongly. A
// chain holds exactly when every link hangs on the one before and was signed by an officer who had the reading right.
#include "crypto/primitives/hash.h"
#include "crypto/reporter/epoch.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/target.h"

namespace {

using fuzz::demand;
using namespace crypto;

constexpr base::Day today{20'000};

struct Agency {
    base::InstanceId instance{{9}};
    // A root with all rights, a reader whose certificate has run out, one who may not read, and one without a
    // certificate.
    std::vector<OfficerKeys> officers;
    Roster roster;
    BoxPublicKey case_keys[2] = {fuzz::fixed_box_pair(20).public_key, fuzz::fixed_box_pair(21).public_key};
    CaseRecord first;

    Agency() {
        for (base::Byte i = 1; i <= 4; ++i)
            officers.push_back(fuzz::fixed_officer(i));
        const OfficerKeys &root = officers[0];
        const RootKeys keys{root.officer, root.box.public_key, root.sign.public_key};
        const auto certify = [&](const OfficerKeys &to, base::Byte rights, std::int32_t until) {
            return *issue_certificate(root, {instance,
                                             base::CertificateSerial({rights}),
                                             to.officer,
                                             "ก",
                                             to.box.public_key,
                                             to.sign.public_key,
                                             Rights{rights},
                                             base::Day{18'000},
                                             base::Day{until},
                                             {}});
        };
        const std::vector<Bytes> stored{certify(root, 7, 21'000), certify(officers[1], 1, 19'000),
                                        certify(officers[2], 6, 21'000)};
        roster = Roster::verify(instance, std::span(&keys, 1), stored, {}, today);
        first.case_id = base::CaseId({8});
        first.case_key = case_keys[0];
        first.reporter_key = case_keys[1];
    }
};

const Agency &agency() {
    static const Agency made;
    return made;
}

void check_form(View stored) {
    const auto certificate = EpochCertificate::parse(stored);
    if (!certificate) return;
    demand(stored.size() == 197 && fuzz::same(certificate->stored(), stored) && certificate->epoch >= 2 &&
           !certificate->author.is_zero() && stored[0] == 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    const Agency &a = agency();
    fuzz::Input in(data, size);
    const std::uint8_t links = in.byte() % 5;
    if (links == 4) {
        check_form(in.rest());
        return 0;
    }
    std::vector<Bytes> chain;
    std::vector<CaseRecord> expected{a.first};
    Array<32> before = record_digest(a.first);
    bool right = true;
    for (std::size_t i = 0; i < links; ++i) {
        const std::uint8_t author = in.byte() % 4, signer = in.byte(), odd = in.byte(), change = in.byte();
        EpochCertificate link{a.first.case_id,
                              static_cast<Epoch>(i + 2),
                              a.case_keys[change % 2],
                              {change},
                              a.officers[author].officer,
                              before,
                              {}};
        if (odd & 1) link.epoch += change;
        if (odd & 2) link.case_id = base::CaseId({change});
        if (odd & 4) link.previous[change % 32] ^= change;
        if (odd & 8) link.case_key.bytes = {}; // low order: everybody could read what is sealed to it
        const std::size_t by = signer < 192 ? author : signer % 4;
        link.signature = sign(a.officers[by].sign.secret_key, epoch_domain, link.signed_bytes());
        if (odd & 16) link.signature[change % 64] ^= 1;
        right = right && by == author && author < 2 && link.epoch == i + 2 && link.case_id == a.first.case_id &&
                link.previous == before && !(odd & 8) && !(odd & 16);
        chain.push_back(link.stored());
        if (odd & 32) chain.back().push_back(change), right = false;
        check_form(chain.back());
        expected.push_back(a.first);
        expected.back().epoch = link.epoch;
        expected.back().case_key = link.case_key;
        expected.back().commitment = link.commitment;
        before = hash({chain.back()});
    }
    const auto verified = verify_epochs(a.first, chain, a.roster);
    demand(verified.has_value() == right);
    if (!verified) return 0;
    demand(verified->size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        demand((*verified)[i].epoch == expected[i].epoch && (*verified)[i].case_key == expected[i].case_key &&
               (*verified)[i].commitment == expected[i].commitment && (*verified)[i].record_mac == a.first.record_mac);
    return 0;
}
