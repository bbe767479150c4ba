// One function for each kind of vector: its input through the library, its output as the vector file writes it.
#include "crypto/officer/door.h"
#include "crypto/officer/epoch.h"
#include "crypto/officer/file_open.h"
#include "crypto/officer/identity_letter.h"
#include "crypto/officer/known_browser.h"
#include "crypto/officer/mail_sealed.h"
#include "crypto/officer/recovery.h"
#include "crypto/officer/rotation.h"
#include "crypto/officer/second_factor.h"
#include "crypto/officer/seen.h"
#include "crypto/primitives/hash.h"
#include "crypto/reporter/audit_entry.h"
#include "crypto/reporter/paper_key.h"
#include "tests/vectors/vector_json.h"

#include <map>
#include <set>

namespace vectors {
namespace {

using namespace crypto;
using Output = Result<json::object>;

json::object plain(View json_text) { return {{"json", base::text(json_text)}}; }

Output json_or_refusal(const Result<Bytes> &opened) {
    if (!opened)
        return std::unexpected(opened.error());
    return plain(*opened);
}

Receipt receipt_of(const json::value &in) { return Receipt::from_digits(base::view(text(at(in, "digits")))); }
ReceiptKeys receipt_keys(const json::value &in) { return ReceiptKeys::derive(receipt_of(in)); }
InstanceKeys instance_keys(const json::value &in) {
    const json::object &fields = in.as_object();
    const auto instance = fields.contains("instance") ? id<base::InstanceId>(fields.at("instance")) : base::InstanceId();
    return InstanceKeys::derive(instance, key<InstanceKey>(fields.at("key")));
}

Output receipt(const json::value &in) {
    const ReceiptKeys keys = receipt_keys(in);
    std::string shown = receipt_of(in).grouped();
    std::erase(shown, ' ');
    return json::object{{"receipt", shown},
                        {"lookup", hex(keys.lookup)},
                        {"reporter_key", base::hex(keys.pair.public_key.bytes)},
                        {"record", hex(keys.record)},
                        {"compare", hex(keys.compare)}};
}

Output typed_receipt(const json::value &in) {
    const auto parsed = Receipt::parse(text(at(in, "typed")));
    if (!parsed)
        return base::fail(base::Code::refused, "receipt");
    return json::object{{"digits", base::text(parsed->digits())}};
}

// The groups as somebody typed them; out also as the sheet shows them.
Output recovery_sheet(const json::value &in) {
    const json::array &typed = at(in, "groups").as_array();
    PaperKey read;
    if (typed.size() != paper_groups)
        return base::fail(base::Code::refused, "groups");
    json::array groups;
    for (int number = 1; number <= paper_groups; ++number) {
        if (!read.take(number, text(typed[static_cast<std::size_t>(number - 1)])))
            return base::fail(base::Code::refused, "a group");
        groups.emplace_back(read.group(number));
    }
    return json::object{{"instance", read.instance().text()}, {"key", hex(read.key())}, {"groups", std::move(groups)}};
}

Output instance(const json::value &in) {
    const InstanceKeys keys = instance_keys(in);
    return json::object{{"database_wrap", hex(keys.database_wrap)},   {"pepper", hex(keys.pepper)},
                        {"audit", hex(keys.audit)},                   {"once_mac", hex(keys.once_mac)},
                        {"receipt_source", hex(keys.receipt_source)}, {"token", hex(keys.token)}};
}

Output database_key(const json::value &in) {
    ASSIGN_OR_RETURN(const DatabaseKey opened, unwrap_database_key(instance_keys(in), bytes(at(in, "wrapped"))));
    return json::object{{"database_key", hex(opened)}};
}

Output once(const json::value &in) {
    const InstanceKeys keys = instance_keys(in);
    ASSIGN_OR_RETURN(const Once token, Once::parse(keys, text(at(in, "field"))));
    const Receipt made = token.receipt(keys);
    return json::object{{"digits", base::text(made.digits())},
                        {"follow_up_id", token.object_id(ReceiptKeys::derive(made)).text()}};
}

Output lookup(const json::value &in) {
    return json::object{{"tag", base::hex(lookup_tag(receipt_keys(in), instance_keys(in)))}};
}

Output compare(const json::value &in) {
    return json::object{{"tag", base::hex(compare_tag(receipt_keys(in), base::view(text(at(in, "text")))))}};
}

Output record_check(const json::value &in) {
    RETURN_IF_FAILED(verify_record(receipt_keys(in), record(at(in, "row"))));
    return json::object{};
}

Output epochs(const json::value &in) {
    std::vector<Bytes> certificates;
    for (const json::value &certificate : at(in, "certificates").as_array())
        certificates.push_back(bytes(certificate));
    ASSIGN_OR_RETURN(const CaseRecord found, current_case_key(receipt_keys(in), record(at(in, "row")), certificates,
                                                              roster(at(in, "roster")).verify()));
    return row(found);
}

Output older_key(const json::value &in) {
    ASSIGN_OR_RETURN(const CaseKey opened, open_older(key<CaseKey>(at(in, "key")), record(at(in, "row")),
                                                      record(at(in, "older")), bytes(at(in, "sealed"))));
    return json::object{{"key", hex(opened)}};
}

OfficerKeys box_owner(const json::value &in) {
    OfficerKeys out;
    out.officer = id<base::OfficerId>(at(in, "officer"));
    out.box.secret_key = key<BoxSecretKey>(at(in, "box_secret"));
    out.box.public_key = public_half(out.box.secret_key);
    return out;
}

Output slot(const json::value &in) {
    const CaseRecord row = record(at(in, "row"));
    const Bytes sealed = bytes(at(in, "sealed"));
    if (at(in, "purpose").to_number<int>() == static_cast<int>(SlotPurpose::case_key)) {
        ASSIGN_OR_RETURN(const CaseKey opened, open_slot(box_owner(in), row, sealed));
        return json::object{{"key", hex(opened)}};
    }
    ASSIGN_OR_RETURN(const IdentityKey opened, open_identity_slot(box_owner(in), row, sealed));
    return json::object{{"key", hex(opened)}};
}

Output complaint(const json::value &in) {
    ASSIGN_OR_RETURN(const OpenedComplaint opened,
                     open_complaint(key<CaseKey>(at(in, "key")), record(at(in, "row")), header(at(in, "header")),
                                    bytes(at(in, "sealed"))));
    return plain(opened.json);
}

Output identity(const json::value &in) {
    return json_or_refusal(
        open_identity(key<IdentityKey>(at(in, "key")), header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output follow_up(const json::value &in) {
    return json_or_refusal(
        open_follow_up(key<CaseKey>(at(in, "key")), BoxPublicKey{array<32>(at(in, "reporter_key"))},
                       header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output move(const json::value &in) {
    return json_or_refusal(open_move(key<CaseKey>(at(in, "key")), roster(at(in, "roster")).verify(), header(at(in, "header")),
                                     bytes(at(in, "sealed"))));
}

Output access(const json::value &in) {
    return json_or_refusal(open_access(key<CaseKey>(at(in, "key")), roster(at(in, "roster")).verify(),
                                       header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output title(const json::value &in) {
    return json_or_refusal(open_title(key<CaseKey>(at(in, "key")), roster(at(in, "roster")).verify(),
                                      header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output reply(const json::value &in) {
    return json_or_refusal(open_reply(key<CaseKey>(at(in, "key")), roster(at(in, "roster")).verify(),
                                      header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output reply_as_reporter(const json::value &in) {
    return json_or_refusal(open_reply_as_reporter(receipt_keys(in), roster(at(in, "roster")).verify(),
                                                  header(at(in, "header")), bytes(at(in, "sealed"))));
}

Output roster_check(const json::value &in) {
    const RosterInput input = roster(at(in, "roster"));
    const Roster verified = input.verify();
    std::set<std::string> live, known;
    for (const CertificateFields *fields : verified.all_live())
        live.insert(fields->officer.text() + " " + fields->serial.text());
    for (const Bytes &stored : input.certificates)
        if (const auto parsed = StoredCertificate::parse(stored); parsed && verified.known(parsed->fields.officer))
            known.insert(parsed->fields.officer.text());
    return json::object{{"live", json::array(live.begin(), live.end())},
                        {"known", json::array(known.begin(), known.end())},
                        {"refused", verified.refused()}};
}

Output certificate(const json::value &in) {
    ASSIGN_OR_RETURN(const StoredCertificate parsed, StoredCertificate::parse(bytes(at(in, "certificate"))));
    return json::object{{"name", parsed.fields.display_name}, {"fingerprint", fingerprint(parsed.fields)}};
}

Output public_key(const json::value &in) {
    if (!is_safe(BoxPublicKey{array<32>(at(in, "box"))}))
        return base::fail(base::Code::refused, "degenerate");
    return json::object{};
}

Result<PassphraseKeys> passphrase_keys(const json::value &in) {
    const PasswordCost cost{at(in, "operations").to_number<std::uint32_t>(), at(in, "memory").to_number<std::size_t>()};
    return derive_passphrase(text(at(in, "passphrase")), array<16>(at(in, "salt")), cost);
}

Output officer_keys(const json::value &in) {
    ASSIGN_OR_RETURN(const PassphraseKeys passphrase, passphrase_keys(in));
    const auto officer = id<base::OfficerId>(at(in, "officer"));
    ASSIGN_OR_RETURN(const OfficerKeys opened,
                     open_keys(officer, at(in, "generation").to_number<std::uint32_t>(), {array<32>(at(in, "box"))},
                               {array<32>(at(in, "sign"))}, passphrase, bytes(at(in, "sealed"))));
    return json::object{{"box_secret", hex(opened.box.secret_key)},
                        {"sign_seed", seed_hex(opened.sign.secret_key)},
                        {"authentication_hash", base::hex(authentication_hash(instance_keys(in), officer, passphrase))}};
}

json::object secrets(const OfficerKeys &keys) {
    return {{"box_secret", hex(keys.box.secret_key)}, {"sign_seed", seed_hex(keys.sign.secret_key)}};
}

Output second_factor(const json::value &in) {
    ASSIGN_OR_RETURN(const PassphraseKeys passphrase, passphrase_keys(in));
    ASSIGN_OR_RETURN(const TotpSecret secret,
                     open_second_factor(id<base::OfficerId>(at(in, "officer")), passphrase, bytes(at(in, "sealed"))));
    return json::object{{"secret", totp_text(secret)},
                        {"code", totp_code(secret, totp_step_at(at(in, "seconds").to_number<std::int64_t>()))},
                        {"address", otpauth_uri(secret, text(at(in, "issuer")), text(at(in, "login")))}};
}

Output door(const json::value &in) {
    const std::string token = door_token(instance_keys(in), text(at(in, "cookie")));
    if (token.empty())
        return base::fail(base::Code::refused, "door");
    return json::object{{"token", token}};
}

Output recovery(const json::value &in) {
    const auto officer = id<base::OfficerId>(at(in, "officer"));
    ASSIGN_OR_RETURN(const PaperCode code, PaperCode::parse(text(at(in, "code"))));
    const RecoveryKeys keys = recovery_keys(code, officer);
    ASSIGN_OR_RETURN(const OfficerKeys opened,
                     open_recovery(officer, at(in, "generation").to_number<std::uint32_t>(), {array<32>(at(in, "box"))},
                                   {array<32>(at(in, "sign"))}, keys, bytes(at(in, "sealed"))));
    json::object out = secrets(opened);
    out["check"] = base::hex(recovery_check(instance_keys(in), officer, keys));
    return out;
}

Output former_keys(const json::value &in) {
    OfficerKeys now;
    now.officer = id<base::OfficerId>(at(in, "officer"));
    now.box.secret_key = key<BoxSecretKey>(at(in, "now"));
    now.box.public_key = public_half(now.box.secret_key);
    ASSIGN_OR_RETURN(const OfficerKeys opened,
                     open_former(now, at(in, "generation").to_number<std::uint32_t>(), {array<32>(at(in, "box"))},
                                 {array<32>(at(in, "sign"))}, bytes(at(in, "sealed"))));
    return secrets(opened);
}

Output session(const json::value &in) {
    ASSIGN_OR_RETURN(const SessionCookie cookie, SessionCookie::parse(text(at(in, "cookie"))));
    ASSIGN_OR_RETURN(const OfficerKeys opened,
                     open_session_keys(cookie, id<base::OfficerId>(at(in, "officer")), bytes(at(in, "sealed"))));
    return json::object{{"box_secret", hex(opened.box.secret_key)},
                        {"sign_seed", seed_hex(opened.sign.secret_key)},
                        {"id_hash", base::hex(session_id_hash(cookie.id))},
                        {"csrf", csrf_token(instance_keys(in), cookie.id)}};
}

Output known(const json::value &in) {
    ASSIGN_OR_RETURN(const base::OfficerId officer, known_officer(instance_keys(in), text(at(in, "token")),
                                                                  {at(in, "today").to_number<std::int32_t>()}));
    return json::object{{"officer", officer.text()}};
}

Output mail_address(const json::value &in) {
    ASSIGN_OR_RETURN(std::string opened,
                     open_mail_address(instance_keys(in), id<base::OfficerId>(at(in, "officer")), bytes(at(in, "sealed"))));
    return json::object{{"text", opened}};
}

Output mail_document(const json::value &in) {
    ASSIGN_OR_RETURN(std::string opened, open_mail_document(instance_keys(in), bytes(at(in, "sealed"))));
    return json::object{{"text", opened}};
}

Output invitation(const json::value &in) {
    ASSIGN_OR_RETURN(const PaperCode code, PaperCode::parse(text(at(in, "code"))));
    return json::object{{"code", code.text()}, {"hash", base::hex(invitation_hash(instance_keys(in), code))}};
}

Output seen(const json::value &in) {
    ASSIGN_OR_RETURN(const Serials serials, read_seen(id<base::InstanceId>(at(in, "instance")), id<base::OfficerId>(at(in, "officer")),
                                                      {array<32>(at(in, "sign"))}, bytes(at(in, "stored"))));
    json::array out;
    for (const base::CertificateSerial &serial : serials)
        out.emplace_back(serial.text());
    return json::object{{"serials", std::move(out)}};
}

Output audit(const json::value &in) {
    const InstanceKeys keys = instance_keys(in);
    json::array events, heads;
    Array<32> head{};
    for (const json::value &entry : at(in, "entries").as_array()) {
        const Bytes encoded = bytes(entry);
        ASSIGN_OR_RETURN(const AuditEntry decoded, AuditEntry::decode(encoded));
        events.emplace_back(static_cast<int>(decoded.event));
        head = chain_hash(keys, heads.size() + 1, head, encoded);
        heads.emplace_back(base::hex(head));
    }
    return json::object{{"events", std::move(events)},
                        {"heads", std::move(heads)},
                        {"pseudonym", base::hex(case_pseudonym(keys, id<base::CaseId>(at(in, "case_id"))))}};
}

Output countersignature(const json::value &in) {
    const Bytes message =
        head_message(id<base::InstanceId>(at(in, "instance")), at(in, "sequence").to_number<std::uint64_t>(),
                     array<32>(at(in, "head")), at(in, "roster_version").to_number<std::uint64_t>(),
                     {at(in, "day").to_number<std::int32_t>()});
    if (!verify({array<32>(at(in, "sign"))}, head_domain, message, array<64>(at(in, "signature"))))
        return base::fail(base::Code::refused, "countersignature");
    return json::object{};
}

Output letter(const json::value &in) {
    const LetterPlace place{static_cast<LetterKind>(at(in, "kind").to_number<int>()), id<base::CaseId>(at(in, "case_id")),
                            id<base::ObjectId>(at(in, "request"))};
    ASSIGN_OR_RETURN(const Letter opened,
                     open_letter(box_owner(in), roster(at(in, "roster")).verify(), place, bytes(at(in, "sealed"))));
    json::object out = plain(opened.text);
    out["from"] = opened.from.text();
    return out;
}

Result<OpenedFile> opened_file(const json::value &in) {
    return OpenedFile::open(key<CaseKey>(at(in, "key")), BoxPublicKey{array<32>(at(in, "reporter_key"))},
                            roster(at(in, "roster")).verify(), header(at(in, "header")), bytes(at(in, "sealed")));
}

Output file_description(const json::value &in) {
    ASSIGN_OR_RETURN(const OpenedFile opened, opened_file(in));
    json::object out = plain(opened.json());
    out["length"] = opened.facts().length;
    out["digest"] = base::hex(opened.facts().digest);
    out["stored"] = opened.shape().stored;
    return out;
}

Output file(const json::value &in) {
    ASSIGN_OR_RETURN(const OpenedFile opened, opened_file(in));
    const Bytes stored = bytes(at(in, "stored"));
    if (stored.size() != opened.shape().stored || FileDigest::of(stored) != opened.facts().digest)
        return base::fail(base::Code::refused, "not the bytes that are described");
    Bytes content;
    std::size_t begin = 0;
    for (std::uint64_t number = 0; number < opened.shape().chunks; ++number) {
        const std::size_t size = opened.shape().plain_size(number) + aead_overhead;
        ASSIGN_OR_RETURN(const Bytes chunk, opened.chunk(number, View(stored).subspan(begin, size)));
        content.insert(content.end(), chunk.begin(), chunk.end());
        begin += size;
    }
    return json::object{{"content", base::hex(hash({content}))}};
}

Output upload(const json::value &in) {
    ASSIGN_OR_RETURN(const Upload state,
                     resume_upload(receipt_keys(in).uploads,
                                   {id<base::CaseId>(at(in, "case_id")), id<base::ObjectId>(at(in, "object_id"))},
                                   bytes(at(in, "sealed"))));
    json::object out = plain(state.json);
    out["key"] = hex(state.key);
    out["length"] = state.length ? json::value(*state.length) : json::value(nullptr);
    return out;
}

} // namespace

Result<json::object> run(std::string_view what, const json::value &in) {
    static const std::map<std::string_view, Output (*)(const json::value &)> kinds{
        {"receipt", receipt},
        {"typed_receipt", typed_receipt},
        {"recovery_sheet", recovery_sheet},
        {"instance", instance},
        {"database_key", database_key},
        {"once", once},
        {"lookup_tag", lookup},
        {"compare_tag", compare},
        {"record", record_check},
        {"epochs", epochs},
        {"older_key", older_key},
        {"slot", slot},
        {"complaint", complaint},
        {"identity", identity},
        {"follow_up", follow_up},
        {"move", move},
        {"access", access},
        {"title", title},
        {"reply", reply},
        {"reply_as_reporter", reply_as_reporter},
        {"roster", roster_check},
        {"certificate", certificate},
        {"public_key", public_key},
        {"officer_keys", officer_keys},
        {"second_factor", second_factor},
        {"door", door},
        {"recovery", recovery},
        {"former_keys", former_keys},
        {"session", session},
        {"known_browser", known},
        {"mail_address", mail_address},
        {"mail_document", mail_document},
        {"invitation", invitation},
        {"seen", seen},
        {"audit", audit},
        {"countersignature", countersignature},
        {"letter", letter},
        {"file_description", file_description},
        {"file", file},
        {"upload", upload},
    };
    return kinds.at(what)(in);
}

} // namespace vectors
