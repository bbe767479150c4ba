#include "crypto/officer/seen.h"

namespace crypto {
namespace {

constexpr std::size_t serial_size = 16;

Bytes joined(const Serials &serials) {
    base::Writer out;
    for (const base::CertificateSerial &serial : serials)
        out.raw(serial.bytes());
    return out.take();
}

Bytes message(base::InstanceId instance, base::OfficerId officer, View serials) {
    return base::Writer().raw(instance.bytes()).raw(officer.bytes()).raw(serials).take();
}

} // namespace

Bytes sign_seen(const OfficerKeys &keys, base::InstanceId instance, const Serials &serials) {
    const Bytes list = joined(serials);
    const Signature signature = sign(keys.sign.secret_key, seen_domain, message(instance, keys.officer, list));
    return base::Writer().raw(list).raw(signature).take();
}

Result<Serials> read_seen(base::InstanceId instance, base::OfficerId officer, const SignPublicKey &key, View stored) {
    Signature signature{};
    if (stored.size() < signature.size() || (stored.size() - signature.size()) % serial_size != 0)
        return base::fail(base::Code::invalid, "seen certificates: not of their form");
    const View list = stored.first(stored.size() - signature.size());
    std::memcpy(signature.data(), stored.last(signature.size()).data(), signature.size());
    if (!verify(key, seen_domain, message(instance, officer, list), signature))
        return base::fail(base::Code::refused, "seen certificates: not signed by their officer");
    Serials out;
    base::Reader reader(list);
    for (std::size_t at = 0; at < list.size(); at += serial_size) {
        const base::CertificateSerial serial(reader.array<serial_size>());
        if (!out.empty() && serial <= *out.rbegin())
            return base::fail(base::Code::invalid, "seen certificates: not in their order");
        out.insert(out.end(), serial);
    }
    return out;
}

} // namespace crypto
