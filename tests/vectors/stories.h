// What the stories of the vectors have in common.
#pragma once

#include "crypto/officer/casework.h"
#include "tests/vectors/vector_json.h"

namespace vectors {

using namespace crypto;

inline constexpr base::Day today{20'000};
inline constexpr Rights reading{1}, vouching{4}, everything{7};

// Written down as what it gives; a story that turns out otherwise is a fault of the program.
void opens(std::string_view name, std::string_view what, json::object in);
void refused(std::string_view name, std::string_view what, json::object in);

inline OfficerKeys officer() { return OfficerKeys::random(base::OfficerId::random()); }

struct Agency {
    InstanceKey key = InstanceKey::random();
    base::InstanceId instance = base::InstanceId::random();
    InstanceKeys keys = InstanceKeys::derive(instance, key);
    OfficerKeys executive = officer(), outside = officer(), legal = officer(), clerk = officer(), auditor = officer();
    RosterInput base_roster{instance, {root(executive), root(outside)}, {}, {}, today};
    RosterInput full;

    Agency() {
        base_roster.certificates = {certificate(executive, executive, everything), certificate(outside, outside, everything)};
        full = base_roster;
        full.certificates.push_back(certificate(executive, legal, reading));
        full.certificates.push_back(certificate(outside, clerk, reading | Right::custody));
        full.certificates.push_back(certificate(outside, auditor, vouching));
    }
    static RootKeys root(const OfficerKeys &o) { return {o.officer, o.box.public_key, o.sign.public_key}; }
    CertificateFields fields(const OfficerKeys &to, Rights rights, base::Day from = {19'000}, base::Day until = {21'000}) const {
        return {instance, base::CertificateSerial::random(), to.officer, "นางสาวสุดา ใจซื่อ", to.box.public_key,
                to.sign.public_key, rights, from, until, {}};
    }
    Bytes certificate(const OfficerKeys &issuer, const OfficerKeys &to, Rights rights, base::Day from = {19'000},
                      base::Day until = {21'000}) const {
        return *issue_certificate(issuer, fields(to, rights, from, until));
    }
    SignedRevocation revoked(const OfficerKeys &issuer, const Bytes &stored, base::Day day) const {
        return revoke(issuer, instance, StoredCertificate::parse(stored)->fields.serial, day);
    }
    json::object with_key(json::object in) const {
        in["instance"] = instance.text();
        in["key"] = hex(key);
        return in;
    }
};

struct FiledCase {
    std::string digits;
    CaseRecord record;
    CaseKey key;
};
void files(const Agency &agency, const FiledCase &filed, std::string_view suffix);
void sign_ins(const Agency &agency); // second factor and door
// Keys in the places where they wait, and certificates that the older keys of the same officer signed.
void other_places(const Agency &agency);
void rotations(const Agency &agency);
void recovery_sheets(const Agency &agency);
void accounts(const Agency &agency); // invitations, and which certificates an officer has taken note of

} // namespace vectors
