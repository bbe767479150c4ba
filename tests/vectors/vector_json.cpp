#include "tests/vectors/vector_json.h"

#include <fstream>
#include <iterator>

namespace vectors {

base::Bytes bytes(const json::value &hex) {
    auto out = base::from_hex(std::string_view(hex.as_string()));
    if (!out)
        throw std::invalid_argument("a field that is not hex");
    return std::move(*out);
}

const json::value &at(const json::value &object, std::string_view name) { return object.as_object().at(name); }

std::string text(const json::value &value) { return std::string(value.as_string()); }

std::string seed_hex(const crypto::SignSecretKey &key) { return base::hex(key.reveal(crypto::raw_secret).first(32)); }

crypto::CaseRecord record(const json::value &row) {
    return {.case_id = id<base::CaseId>(at(row, "case_id")),
            .epoch = at(row, "epoch").to_number<crypto::Epoch>(),
            .commitment = array<32>(at(row, "commitment")),
            .identity_commitment = array<32>(at(row, "identity_commitment")),
            .case_key = {array<32>(at(row, "case_key"))},
            .reporter_key = {array<32>(at(row, "reporter_key"))},
            .record_mac = array<32>(at(row, "record_mac"))};
}

json::object row(const crypto::CaseRecord &record) {
    return {{"case_id", record.case_id.text()},
            {"epoch", record.epoch},
            {"commitment", base::hex(record.commitment)},
            {"identity_commitment", base::hex(record.identity_commitment)},
            {"case_key", base::hex(record.case_key.bytes)},
            {"reporter_key", base::hex(record.reporter_key.bytes)},
            {"record_mac", base::hex(record.record_mac)}};
}

crypto::ObjectHeader header(const json::value &value) {
    return {.kind = static_cast<crypto::Kind>(at(value, "kind").to_number<std::uint8_t>()),
            .case_id = id<base::CaseId>(at(value, "case_id")),
            .object_id = id<base::ObjectId>(at(value, "object_id")),
            .epoch = at(value, "epoch").to_number<crypto::Epoch>(),
            .author = id<base::OfficerId>(at(value, "author"))};
}

json::object header(const crypto::ObjectHeader &header) {
    return {{"kind", static_cast<int>(header.kind)},
            {"case_id", header.case_id.text()},
            {"object_id", header.object_id.text()},
            {"epoch", header.epoch},
            {"author", header.author.text()}};
}

RosterInput roster(const json::value &value) {
    RosterInput out;
    out.instance = id<base::InstanceId>(at(value, "instance"));
    out.today.number = at(value, "today").to_number<std::int32_t>();
    for (const json::value &root : at(value, "roots").as_array())
        out.roots.push_back({id<base::OfficerId>(at(root, "officer")), {array<32>(at(root, "box"))}, {array<32>(at(root, "sign"))}});
    for (const json::value &certificate : at(value, "certificates").as_array())
        out.certificates.push_back(bytes(certificate));
    for (const json::value &revocation : at(value, "revocations").as_array())
        out.revocations.push_back({id<base::CertificateSerial>(at(revocation, "serial")),
                                   {at(revocation, "day").to_number<std::int32_t>()},
                                   id<base::OfficerId>(at(revocation, "issuer")),
                                   array<64>(at(revocation, "signature"))});
    return out;
}

json::object roster(const RosterInput &input) {
    json::array roots, certificates, revocations;
    for (const crypto::RootKeys &root : input.roots)
        roots.push_back({{"officer", root.officer.text()}, {"box", base::hex(root.box.bytes)}, {"sign", base::hex(root.sign.bytes)}});
    for (const base::Bytes &certificate : input.certificates)
        certificates.emplace_back(base::hex(certificate));
    for (const crypto::SignedRevocation &revocation : input.revocations)
        revocations.push_back({{"serial", revocation.serial.text()},
                               {"day", revocation.day.number},
                               {"issuer", revocation.issuer.text()},
                               {"signature", base::hex(revocation.signature)}});
    return {{"instance", input.instance.text()},
            {"roots", std::move(roots)},
            {"certificates", std::move(certificates)},
            {"revocations", std::move(revocations)},
            {"today", input.today.number}};
}

json::value load(const char *path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error(std::string("cannot read ") + path);
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

} // namespace vectors
