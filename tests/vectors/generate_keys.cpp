// Keys that wait for somebody who lost the passphrase or for slots that are sealed anew, and certificates for new keys.
#include "crypto/officer/door.h"
#include "crypto/officer/recovery.h"
#include "crypto/officer/rotation.h"
#include "crypto/officer/second_factor.h"
#include "crypto/officer/seen.h"
#include "crypto/reporter/paper_key.h"
#include "tests/vectors/stories.h"

namespace vectors {

void other_places(const Agency &agency) {
    const OfficerKeys &legal = agency.legal;
    const json::object common = {{"officer", legal.officer.text()},
                                 {"generation", 3},
                                 {"box", base::hex(legal.box.public_key.bytes)},
                                 {"sign", base::hex(legal.sign.public_key.bytes)}};
    const PaperCode code = PaperCode::random();
    json::object in = agency.with_key(common);
    in["code"] = code.text();
    in["sealed"] = base::hex(seal_recovery(legal, recovery_keys(code, legal.officer), 3));
    opens("recovery", "recovery", in);
    const OfficerKeys now = OfficerKeys::random(legal.officer);
    in = common;
    in["now"] = hex(now.box.secret_key);
    in["sealed"] = base::hex(*seal_former(now, legal, 3));
    opens("former keys", "former_keys", in);
}

void sign_ins(const Agency &agency) {
    const Salt salt = random_salt();
    const PasswordCost cost{1, 8192};
    const PassphraseKeys passphrase = *derive_passphrase("lusab-babad", salt, cost);
    const Bytes sealed = seal_second_factor(TotpSecret::random(), agency.legal.officer, passphrase);
    opens("second factor", "second_factor",
          {{"passphrase", "lusab-babad"},
           {"salt", base::hex(salt)},
           {"operations", cost.operations},
           {"memory", cost.memory_bytes},
           {"officer", agency.legal.officer.text()},
           {"sealed", base::hex(sealed)},
           {"seconds", 1'728'000'029},
           {"issuer", "เทศบาลตำบลตัวอย่าง & ทดสอบ"},
           {"login", "legal"}});
    opens("door", "door", agency.with_key({{"cookie", new_door()}}));
}

void rotations(const Agency &a) {
    const OfficerKeys head = officer(), fresh = OfficerKeys::random(head.officer), stranger = OfficerKeys::random(head.officer);
    const Bytes vouched = a.certificate(a.executive, head, vouching);
    const auto story = [&](std::string_view name, std::vector<Bytes> certificates, std::vector<SignedRevocation> revocations = {}) {
        RosterInput input = a.base_roster;
        input.certificates.push_back(vouched);
        input.certificates.insert(input.certificates.end(), certificates.begin(), certificates.end());
        input.revocations = std::move(revocations);
        opens(name, "roster", {{"roster", roster(input)}});
    };
    const auto rotated = [&](Rights rights = vouching, base::Day from = {19'900}, base::Day until = {21'000}) {
        return a.certificate(head, fresh, rights, from, until);
    };
    story("new keys", {rotated()});
    story("new keys, and again newer ones", {rotated(), a.certificate(fresh, stranger, vouching, {19'950})});
    story("new keys with fewer days and no right", {rotated({}, {19'900}, {20'500})});
    story("new keys with a right more", {rotated(vouching | Right::reading)});
    story("new keys with a day more", {rotated(vouching, {19'900}, {21'001})});
    CertificateFields renamed = a.fields(fresh, vouching, {19'900});
    renamed.display_name = "นายก";
    story("new keys with another name", {*issue_certificate(head, renamed)});
    story("new keys before the old ones", {rotated(vouching, {18'999})});
    story("new keys signed by themselves", {a.certificate(fresh, fresh, vouching, {19'900})});
    story("new keys signed by a stranger", {a.certificate(stranger, fresh, vouching, {19'900})});
    story("new keys of a revoked certificate", {rotated()}, {a.revoked(a.outside, vouched, {19'899})});
    story("new keys whose old certificate was revoked later", {rotated()}, {a.revoked(a.outside, vouched, {19'950})});
    story("new keys of a root", {a.certificate(a.executive, OfficerKeys::random(a.executive.officer), everything, {19'900})});
}

void accounts(const Agency &agency) {
    for (const char *typed : {"0123-4567-89AB-CDEF-GHJK-MNPQ-RT", "o123 4567 89ab cdef ghjk mnpq rt", "OIL34567-89ABCDEFGHJKMNPQRT"})
        opens("invitation typed as " + std::string(typed), "invitation", agency.with_key({{"code", typed}}));
    for (const char *typed : {"", "0123-4567-89AB-CDEF-GHJK-MNPQ-R", "0123-4567-89AB-CDEF-GHJK-MNPQ-RTV", "U123-4567-89AB-CDEF-GHJK-MNPQ-RT"})
        refused("invitation typed as " + std::string(typed), "invitation", agency.with_key({{"code", typed}}));
    const auto list = [&](const Serials &serials) {
        return json::object{{"instance", agency.instance.text()},
                            {"officer", agency.legal.officer.text()},
                            {"sign", base::hex(agency.legal.sign.public_key.bytes)},
                            {"stored", base::hex(sign_seen(agency.legal, agency.instance, serials))}};
    };
    Serials three;
    while (three.size() < 3)
        three.insert(base::CertificateSerial::random());
    opens("seen certificates", "seen", list(three));
    opens("seen certificates, none", "seen", list({}));
}

void recovery_sheets(const Agency &agency) {
    const PaperKey paper = PaperKey::of(agency.instance, agency.key);
    json::array groups, thai;
    for (int number = 1; number <= paper_groups; ++number) {
        groups.emplace_back(paper.group(number));
        std::string typed;
        for (const char c : paper.group(number))
            typed += c == ' ' ? std::string("-") : std::string("\xe0\xb9") + static_cast<char>(0x90 + (c - '0'));
        thai.emplace_back(typed);
    }
    const auto with = [&](std::size_t place, json::value group) {
        auto changed = groups;
        changed[place] = std::move(group);
        return json::object{{"groups", std::move(changed)}};
    };
    opens("recovery sheet", "recovery_sheet", {{"groups", groups}});
    opens("recovery sheet in Thai digits", "recovery_sheet", {{"groups", thai}});
    refused("recovery sheet with a group in another's place", "recovery_sheet", with(4, groups[5]));
    refused("recovery sheet with a group of more than four bytes", "recovery_sheet", with(0, "9999 9999 9998"));
    refused("recovery sheet with half a group", "recovery_sheet", with(11, "0000 0000"));
}

} // namespace vectors
