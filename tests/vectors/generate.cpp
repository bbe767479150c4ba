// Writes vectors sealed by the library, which the independent reader must open. The same stories as writer.py.
//
// usage: vectors_generate OUT
#include "crypto/officer/epoch.h"
#include "crypto/officer/identity_letter.h"
#include "crypto/officer/known_browser.h"
#include "crypto/officer/mail_sealed.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/audit_entry.h"
#include "crypto/reporter/slot.h"
#include "tests/vectors/stories.h"

#include <fstream>

using namespace crypto;
using namespace vectors;

namespace {

json::array out;

} // namespace

namespace vectors {

void opens(std::string_view name, std::string_view what, json::object in) {
    auto result = run(what, in);
    if (!result)
        throw std::logic_error(std::string(name) + " does not open");
    out.push_back({{"name", name}, {"what", what}, {"outcome", "opens"}, {"in", std::move(in)}, {"out", std::move(*result)}});
}

void refused(std::string_view name, std::string_view what, json::object in) {
    if (run(what, in))
        throw std::logic_error(std::string(name) + " opens");
    out.push_back({{"name", name}, {"what", what}, {"outcome", "refused"}, {"in", std::move(in)}});
}

} // namespace vectors

namespace {

Receipt receipts(const Agency &agency) {
    const Once token = Once::issue(agency.keys, 1'700'000'000);
    Receipt receipt = token.receipt(agency.keys);
    const std::string digits(base::text(receipt.digits()));
    std::string thai, wrong = receipt.grouped();
    for (const char c : receipt.grouped())
        thai += c == ' ' ? std::string("\u00a0\u2013") : std::string("\xe0\xb9") + static_cast<char>(0x90 + (c - '0'));
    wrong.back() = wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    opens("receipt", "receipt", {{"digits", digits}});
    opens("receipt in Thai digits", "typed_receipt", {{"typed", thai}});
    refused("receipt with a wrong check digit", "typed_receipt", {{"typed", wrong}});
    opens("instance keys", "instance", {{"key", hex(agency.key)}});
    opens("database key", "database_key",
          agency.with_key({{"wrapped", base::hex(wrap_database_key(agency.keys, DatabaseKey::random()))}}));
    opens("once", "once", agency.with_key({{"field", token.field()}}));
    opens("lookup tag", "lookup_tag", agency.with_key({{"digits", digits}}));
    opens("compare tag", "compare_tag", {{"digits", digits}, {"text", "ข้อความเดียวกัน"}});
    return receipt;
}

void officers(const Agency &agency) {
    const OfficerKeys &legal = agency.legal;
    const Salt salt = random_salt();
    const PasswordCost cost{1, 8192};
    const PassphraseKeys passphrase = *derive_passphrase("lusab-babad", salt, cost);
    opens("officer keys", "officer_keys",
          agency.with_key({{"passphrase", "lusab-babad"},
                           {"salt", base::hex(salt)},
                           {"operations", cost.operations},
                           {"memory", cost.memory_bytes},
                           {"officer", legal.officer.text()},
                           {"generation", 3},
                           {"box", base::hex(legal.box.public_key.bytes)},
                           {"sign", base::hex(legal.sign.public_key.bytes)},
                           {"sealed", base::hex(seal_keys(legal, passphrase, 3))}}));
    const SessionCookie cookie = SessionCookie::random();
    opens("session", "session",
          agency.with_key({{"cookie", cookie.field()},
                           {"officer", legal.officer.text()},
                           {"sealed", base::hex(seal_session_keys(legal, cookie))}}));
    const auto on_day = [&](base::Day day) {
        return agency.with_key({{"token", known_browser(agency.keys, legal.officer, today)}, {"today", day.number}});
    };
    opens("known browser", "known_browser", on_day(today));
    refused("known browser after its last day", "known_browser", on_day({today.number + 1}));
    opens("mail address", "mail_address",
          agency.with_key({{"officer", legal.officer.text()},
                           {"sealed", base::hex(seal_mail_address(agency.keys, legal.officer, "nitikorn@example.go.th"))}}));
    opens("mail document", "mail_document",
          agency.with_key({{"sealed", base::hex(seal_mail_document(agency.keys, R"({"server":"mail.example.go.th"})"))}}));
    const Array<32> head = hash({base::view("head")});
    const Signature signature =
        sign(legal.sign.secret_key, head_domain, head_message(agency.instance, 7, head, 2, today));
    opens("countersignature", "countersignature",
          {{"sign", base::hex(legal.sign.public_key.bytes)},
           {"instance", agency.instance.text()},
           {"sequence", 7},
           {"head", base::hex(head)},
           {"roster_version", 2},
           {"day", today.number},
           {"signature", base::hex(signature)}});
    AuditEntry created, filed, moved;
    created.event = AuditEvent::instance_created;
    filed.event = AuditEvent::case_filed;
    moved.event = AuditEvent::case_moved;
    created.day = filed.day = moved.day = today;
    filed.digest = moved.digest = hash({base::view("sealed")});
    moved.time = 1'728'000'000;
    moved.actor = legal.officer;
    moved.object = base::ObjectId::random();
    const std::string case_id = base::CaseId::random().text();
    const auto hexed = [](const AuditEntry &entry) { return base::hex(entry.encode()); };
    opens("audit", "audit",
          agency.with_key({{"case_id", case_id}, {"entries", json::array{hexed(created), hexed(filed), hexed(moved)}}}));
    Bytes telling = filed.encode();
    telling[7] = 1; // the lowest byte of the time
    refused("audit entry that tells the time of a reporter's act", "audit",
            agency.with_key({{"case_id", case_id}, {"entries", json::array{base::hex(telling)}}}));
    Bytes numbered = created.encode();
    json::array registered;
    for (unsigned event = 0; event < 256; ++event) {
        numbered[1] = static_cast<base::Byte>(event);
        if (AuditEntry::decode(numbered))
            registered.emplace_back(base::hex(numbered));
    }
    opens("audit, every event", "audit", agency.with_key({{"case_id", case_id}, {"entries", std::move(registered)}}));
    numbered[1] = 19;
    refused("audit entry of an event without a meaning", "audit",
            agency.with_key({{"case_id", case_id}, {"entries", json::array{base::hex(numbered)}}}));
}

void rosters(const Agency &a) {
    const auto story = [&a](std::string_view name, std::vector<Bytes> certificates, std::vector<SignedRevocation> revocations) {
        RosterInput input = a.base_roster;
        input.certificates.insert(input.certificates.end(), certificates.begin(), certificates.end());
        input.revocations = std::move(revocations);
        opens(name, "roster", {{"roster", roster(input)}});
    };
    const OfficerKeys head = officer(), friend_ = officer();
    const Bytes vouched = a.certificate(a.executive, head, vouching), by_head = a.certificate(head, friend_, reading);
    story("chain of vouchers", {vouched, by_head}, {});
    story("issuer without the vouching right", {a.certificate(a.executive, head, reading), by_head}, {});
    story("cycle", {a.certificate(head, friend_, everything), a.certificate(friend_, head, everything)}, {});
    story("self-issued", {a.certificate(friend_, friend_, everything)}, {});
    story("root with other keys", {a.certificate(a.outside, OfficerKeys::random(a.executive.officer), everything)}, {});
    CertificateFields foreign = a.fields(friend_, reading);
    foreign.instance = base::InstanceId::random();
    story("another instance", {*issue_certificate(a.executive, foreign)}, {});
    CertificateFields low = a.fields(friend_, reading);
    low.issuer = a.executive.officer;
    low.box = BoxPublicKey{{1}};
    story("low-order key in a certificate",
          {stored_certificate(low, sign(a.executive.sign.secret_key, certificate_domain, low.encode()))}, {});
    Bytes altered = by_head;
    altered.back() ^= 1;
    story("altered certificate", {altered, vouched}, {});
    story("not yet, no longer", {a.certificate(a.executive, head, reading, {today.number + 1}),
                                 a.certificate(a.executive, friend_, reading, {1}, {2})}, {});
    story("revoked", {vouched, by_head}, {a.revoked(a.outside, vouched, {19'500})});
    story("issued after the issuer was revoked", {vouched, a.certificate(head, friend_, reading, {19'501})},
          {a.revoked(a.outside, vouched, {19'500})});
    story("revoked by somebody who may not", {vouched, by_head}, {a.revoked(friend_, vouched, {19'500})});
    story("revoked by its own officer", {vouched, by_head}, {a.revoked(friend_, by_head, today)});
    story("renewed", {a.certificate(a.executive, OfficerKeys::random(friend_.officer), reading, {19'900}),
                      a.certificate(a.executive, friend_, reading)}, {});
    opens("certificate", "certificate", {{"certificate", base::hex(by_head)}});
}

// A case as filed, with what its two readers find in their slots.
struct Case {
    std::string digits;
    SealedFiling filing;
    CaseKey key;
    IdentityKey identity_key;

    Case(const Agency &agency, const Receipt &receipt) : digits(base::text(receipt.digits())) {
        const Roster roster = agency.full.verify();
        const base::OfficerId legal = agency.legal.officer, clerk = agency.clerk.officer;
        const SlotPlan plans[] = {{legal, roster.live(legal), SlotPurpose::case_key},
                                  {clerk, roster.live(clerk), SlotPurpose::case_key},
                                  {clerk, roster.live(clerk), SlotPurpose::identity_key},
                                  {legal, nullptr, SlotPurpose::case_key}};
        filing = *seal_filing(ReceiptKeys::derive(receipt), base::view(complaint), {}, plans);
        key = *open_slot(agency.legal, filing.record, filing.slots[0].sealed);
        identity_key = *open_identity_slot(agency.clerk, filing.record, filing.slots[2].sealed);
    }
    static constexpr std::string_view complaint = R"({"facts":"ถนนไม่ได้มาตรฐาน"})";
    ObjectHeader header(Kind kind, base::OfficerId author) const {
        return {kind, filing.record.case_id, base::ObjectId::random(), filing.record.epoch, author};
    }
    json::object slot(const OfficerKeys &reader, SlotPurpose purpose, const Bytes &sealed) const {
        return {{"officer", reader.officer.text()},
                {"box_secret", hex(reader.box.secret_key)},
                {"purpose", static_cast<int>(purpose)},
                {"row", row(filing.record)},
                {"sealed", base::hex(sealed)}};
    }
    json::object object(const SealedObject &object) const {
        return {{"key", hex(key)}, {"header", vectors::header(object.header)}, {"sealed", base::hex(object.sealed)}};
    }
    json::object follow_up(const SealedObject &sealed) const {
        json::object in = object(sealed);
        in["reporter_key"] = base::hex(filing.record.reporter_key.bytes);
        return in;
    }
    ReceiptKeys reporter() const { return ReceiptKeys::derive(Receipt::from_digits(base::view(digits))); }
};

void case_keys(const Agency &agency, const Case &ours, const std::string &suffix) {
    const SealedFiling &filing = ours.filing;
    opens("record" + suffix, "record", {{"digits", ours.digits}, {"row", row(filing.record)}});
    opens("slot" + suffix, "slot", ours.slot(agency.legal, SlotPurpose::case_key, filing.slots[0].sealed));
    json::object in = ours.object(filing.complaint);
    in["row"] = row(filing.record);
    opens("complaint" + suffix, "complaint", in);
    opens("follow-up" + suffix, "follow_up",
          ours.follow_up(*seal_follow_up(ours.reporter(), filing.record, base::ObjectId::random(), base::view(Case::complaint))));
}

void forged_follow_ups(const Case &ours, const Case &other) {
    const CaseRecord &record = ours.filing.record;
    const View text = base::view(Case::complaint);
    refused("follow-up sealed by another reporter", "follow_up",
            ours.follow_up(*seal_follow_up(other.reporter(), record, base::ObjectId::random(), text)));
    const ObjectHeader header = ours.header(Kind::follow_up, {});
    const MessageKey message = MessageKey::random();
    const Bytes anonymous = *box_seal(record.case_key, message.reveal(raw_secret));
    const Bytes inner = *box_to(record.case_key, ours.reporter().pair, message.reveal(raw_secret));
    const Bytes body = aead_seal(message, header.associated_data(), *pad_text(header.kind, text));
    refused("follow-up sealed by nobody", "follow_up",
            ours.follow_up({header, base::Writer().raw(anonymous).raw(body).take()}));
    refused("follow-up sealed by its reporter for the receipt too", "follow_up",
            ours.follow_up({header, base::Writer().raw(inner).raw(body).take()}));
}

void objects(const Agency &agency, const Case &ours) {
    const SealedFiling &filing = ours.filing;
    opens("identity slot", "slot", ours.slot(agency.clerk, SlotPurpose::identity_key, filing.slots[2].sealed));
    refused("decoy", "slot", ours.slot(agency.legal, SlotPurpose::case_key, filing.slots[3].sealed));
    const Roster verified = agency.full.verify();
    const SlotPlan to_legal{agency.legal.officer, verified.live(agency.legal.officer), SlotPurpose::case_key};
    const CaseKey other_key = CaseKey::random();
    const SealedSlot other = *seal_slot(to_legal, filing.record.case_id, filing.record.epoch, other_key.reveal(raw_secret));
    refused("slot with a key that is not the committed one", "slot",
            ours.slot(agency.legal, SlotPurpose::case_key, other.sealed));
    json::object identity = ours.object(filing.identity);
    identity["key"] = hex(ours.identity_key);
    opens("identity", "identity", identity);

    const auto with_roster = [&](const SealedObject &object) {
        json::object in = ours.object(object);
        in["roster"] = roster(agency.full);
        return in;
    };
    const auto as_reporter = [&](const SealedObject &object) {
        json::object in = with_roster(object);
        in.erase("key");
        in["digits"] = ours.digits;
        return in;
    };
    const View text = base::view(Case::complaint);
    ObjectHeader header = ours.header(Kind::move, agency.legal.officer);
    opens("move", "move", with_roster(*seal_move(ours.key, agency.legal, header, text)));
    refused("move signed by another hand", "move",
            with_roster(*seal_move(ours.key, OfficerKeys::random(agency.legal.officer), header, text)));
    header = ours.header(Kind::access, agency.legal.officer);
    opens("access", "access", with_roster(*seal_access(ours.key, agency.legal, header, text)));
    refused("access signed by another hand", "access",
            with_roster(*seal_access(ours.key, OfficerKeys::random(agency.legal.officer), header, text)));
    header = ours.header(Kind::title, agency.legal.officer);
    opens("title", "title", with_roster(*seal_title(ours.key, agency.legal, header, text)));
    refused("title signed by another hand", "title",
            with_roster(*seal_title(ours.key, OfficerKeys::random(agency.legal.officer), header, text)));
    header = ours.header(Kind::reply, agency.clerk.officer);
    const BoxPublicKey reporter = filing.record.reporter_key;
    const SealedObject reply = *seal_reply(ours.key, agency.clerk, header, reporter, text);
    opens("reply", "reply", with_roster(reply));
    opens("reply to the reporter", "reply_as_reporter", as_reporter(reply));
    const SealedObject forged = *seal_reply(ours.key, OfficerKeys::random(agency.clerk.officer), header, reporter, text);
    refused("reply signed by another hand", "reply", with_roster(forged));
    refused("reply to the reporter signed by another hand", "reply_as_reporter", as_reporter(forged));
}

void letters(const Agency &agency, const Case &ours) {
    const Roster verified = agency.full.verify();
    const base::ObjectId request = base::ObjectId::random();
    const auto vector = [&](LetterKind kind, const OfficerKeys &reader, Result<Bytes> sealed) -> json::object {
        return {{"kind", static_cast<int>(kind)},         {"case_id", ours.filing.record.case_id.text()},
                {"request", request.text()},              {"officer", reader.officer.text()},
                {"box_secret", hex(reader.box.secret_key)}, {"roster", roster(agency.full)},
                {"sealed", base::hex(*sealed)}};
    };
    const auto written = [&](LetterKind kind, const OfficerKeys &reader, const OfficerKeys &author, View text) {
        const LetterPlace place{kind, ours.filing.record.case_id, request};
        return vector(kind, reader, seal_letter(author, place, *verified.live(reader.officer), text));
    };
    const OfficerKeys &legal = agency.legal, &clerk = agency.clerk;
    const View reason = base::view("ต้องนัดหมาย");
    opens("letter, a request", "letter", written(LetterKind::request, clerk, legal, reason));
    opens("letter, a decision", "letter", written(LetterKind::decision, legal, clerk, reason));
    opens("letter, a copy", "letter", written(LetterKind::copy, legal, clerk, Bytes(max_letter_text, 'x')));
    opens("letter, an empty copy", "letter", written(LetterKind::copy, legal, clerk, {}));
    refused("letter, a copy by a reader without custody", "letter", written(LetterKind::copy, clerk, legal, reason));
    refused("letter in another's name", "letter",
            written(LetterKind::request, clerk, OfficerKeys::random(legal.officer), reason));
    refused("letter, a decoy", "letter", vector(LetterKind::request, clerk, seal_decoy_letter()));
}

// Two officers take access away, one after the other; the legal officer's slot is a decoy from then on.
struct Epochs {
    NextEpoch second, third;
    std::vector<Bytes> chain;

    static NextEpoch next(const Agency &agency, const CaseKey &key, const CaseRecord &record, View previous,
                          const OfficerKeys &author) {
        const Roster roster = agency.full.verify();
        const base::OfficerId legal = agency.legal.officer, clerk = agency.clerk.officer;
        const SlotPlan plans[] = {{legal, nullptr, SlotPurpose::case_key},
                                  {clerk, roster.live(clerk), SlotPurpose::case_key}};
        return *begin_epoch(key, record, previous, author, plans);
    }
    Epochs(const Agency &agency, const Case &of)
        : second(next(agency, of.key, of.filing.record, {}, agency.clerk)),
          third(next(agency, second.key, second.record, second.certificate.stored(), agency.executive)),
          chain{second.certificate.stored(), third.certificate.stored()} {}
};

json::object chain_of(const Agency &agency, const Case &of, const std::vector<Bytes> &certificates) {
    json::array hexed;
    for (const Bytes &certificate : certificates)
        hexed.emplace_back(base::hex(certificate));
    return {{"digits", of.digits},
            {"row", row(of.filing.record)},
            {"certificates", hexed},
            {"roster", roster(agency.full)}};
}

void forged_epochs(const Agency &agency, const Case &ours, const Case &other, const Epochs &epochs) {
    const auto refuse = [&](std::string_view name, const std::vector<Bytes> &certificates) {
        refused(name, "epochs", chain_of(agency, ours, certificates));
    };
    const auto link = [&](const OfficerKeys &author, auto change) {
        EpochCertificate certificate = epochs.second.certificate;
        certificate.author = author.officer;
        change(certificate);
        certificate.signature = sign(author.sign.secret_key, epoch_domain, certificate.signed_bytes());
        return certificate.stored();
    };
    const auto same = [](EpochCertificate &) {};
    refuse("epochs, one skipped", {epochs.chain[1]});
    refuse("epochs reordered", {epochs.chain[1], epochs.chain[0]});
    refuse("epochs, one repeated", {epochs.chain[0], epochs.chain[0]});
    refuse("epochs, a number skipped", {link(agency.clerk, [](EpochCertificate &e) { e.epoch = 3; })});
    refuse("epochs, another case named",
           {link(agency.clerk, [&](EpochCertificate &e) { e.case_id = other.filing.record.case_id; })});
    refuse("epochs, hanging on another", {link(agency.legal, same), epochs.chain[1]});
    refuse("epochs, a degenerate case key",
           {link(agency.clerk, [](EpochCertificate &e) { e.case_key = BoxPublicKey{{1}}; })});
    refuse("epochs signed without the reading right", {link(agency.auditor, same)});
    refuse("epochs signed by an officer unknown to the roster", {link(officer(), same)});
    refuse("epochs signed by another hand", {link(OfficerKeys::random(agency.clerk.officer), same)});
}

void epochs(const Agency &agency, const Case &ours, const Case &other) {
    const Epochs epochs(agency, ours), others(agency, other);
    opens("epochs", "epochs", chain_of(agency, ours, epochs.chain));
    opens("epochs of another case", "epochs", chain_of(agency, other, others.chain));
    opens("epochs, still the first", "epochs", chain_of(agency, ours, {}));
    forged_epochs(agency, ours, other, epochs);
    const auto older = [](const CaseKey &key, const CaseRecord &newer, const CaseRecord &before, const Bytes &sealed) {
        return json::object{
            {"key", hex(key)}, {"row", row(newer)}, {"older", row(before)}, {"sealed", base::hex(sealed)}};
    };
    const NextEpoch &second = epochs.second, &third = epochs.third;
    const CaseRecord &first = ours.filing.record;
    opens("older key", "older_key", older(second.key, second.record, first, second.older_key));
    opens("older key of a later epoch", "older_key", older(third.key, third.record, second.record, third.older_key));
    opens("older key of another case", "older_key",
          older(others.second.key, others.second.record, other.filing.record, others.second.older_key));
    const Bytes place = base::Writer().raw(first.case_id.bytes()).u32(1).u32(2).take();
    const CaseKey false_key = CaseKey::random();
    refused("older key that is not the committed one", "older_key",
            older(second.key, second.record, first,
                  aead_seal(older_key_wrap(second.key), place, false_key.reveal(raw_secret))));
    json::object slot = ours.slot(agency.clerk, SlotPurpose::case_key, second.slots[1].sealed);
    slot["row"] = row(second.record);
    opens("slot of a later epoch", "slot", slot);
    slot = ours.slot(agency.legal, SlotPurpose::case_key, second.slots[0].sealed);
    slot["row"] = row(second.record);
    refused("slot taken away", "slot", slot);
    json::object said = ours.follow_up(
        *seal_follow_up(ours.reporter(), second.record, base::ObjectId::random(), base::view(Case::complaint)));
    refused("follow-up of a later epoch under the old key", "follow_up", said);
    said["key"] = hex(second.key);
    opens("follow-up of a later epoch", "follow_up", said);
}

void public_keys(const BoxPublicKey &good) {
    Array<32> twice = good.bytes, minus_one{}, prime{};
    twice[31] |= 0x80;
    minus_one.fill(0xff);
    prime.fill(0xff);
    minus_one[31] = prime[31] = 0x7f;
    minus_one[0] = 0xec;
    prime[0] = 0xed;
    for (const Array<32> &bad : {Array<32>{}, Array<32>{1}, minus_one, prime, twice})
        refused("public key " + base::hex(bad), "public_key", {{"box", base::hex(bad)}});
    opens("public key", "public_key", {{"box", base::hex(good.bytes)}});
}

} // namespace

int main(int count, char **arguments) {
    if (count != 2)
        return 2;
    start();
    const Agency agency;
    const Receipt receipt = receipts(agency), second = Once::issue(agency.keys, 1'700'000'000).receipt(agency.keys);
    officers(agency);
    other_places(agency);
    sign_ins(agency);
    rosters(agency);
    rotations(agency);
    accounts(agency);
    recovery_sheets(agency);
    const Case ours(agency, receipt), other(agency, second);
    case_keys(agency, ours, "");
    case_keys(agency, other, " of another case");
    forged_follow_ups(ours, other);
    objects(agency, ours);
    epochs(agency, ours, other);
    letters(agency, ours);
    files(agency, {ours.digits, ours.filing.record, ours.key.clone()}, "");
    files(agency, {other.digits, other.filing.record, other.key.clone()}, " of another case");
    public_keys(agency.legal.box.public_key);
    std::ofstream file(arguments[1], std::ios::binary);
    file << "{\"format\":1,\"made_by\":\"c++\",\"vectors\":[\n";
    for (std::size_t i = 0; i < out.size(); ++i)
        file << (i ? ",\n" : "") << json::serialize(out[i]);
    file << "\n]}\n";
    return file.flush() ? 0 : 1;
}
