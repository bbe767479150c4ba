// JSON of the vector files to and from the types of crypto/: hex for bytes, numbers for numbers.
#pragma once

#include "crypto/officer/casework.h"

#include <boost/json.hpp>

namespace vectors {

namespace json = boost::json;
using base::Result;

base::Bytes bytes(const json::value &hex);                         // throws for what is not hex
const json::value &at(const json::value &object, std::string_view name); // throws when it is missing
std::string text(const json::value &value);

template <std::size_t N>
base::Array<N> array(const json::value &hex) {
    const base::Bytes found = bytes(hex);
    if (found.size() != N)
        throw std::invalid_argument("a field of another length");
    base::Array<N> out{};
    std::copy(found.begin(), found.end(), out.begin());
    return out;
}

template <class Id>
Id id(const json::value &hex) {
    return Id(array<16>(hex));
}

template <class Key>
Key key(const json::value &hex) {
    return Key::from(crypto::raw_secret, std::span<const base::Byte, 32>(array<32>(hex)));
}

template <std::size_t N, class Tag>
std::string hex(const crypto::Secret<N, Tag> &secret) {
    return base::hex(secret.reveal(crypto::raw_secret));
}
std::string seed_hex(const crypto::SignSecretKey &key); // libsodium's secret key begins with the seed

crypto::CaseRecord record(const json::value &row);
json::object row(const crypto::CaseRecord &record);
crypto::ObjectHeader header(const json::value &value);
json::object header(const crypto::ObjectHeader &header);

// The input of a roster, kept together.
struct RosterInput {
    base::InstanceId instance;
    std::vector<crypto::RootKeys> roots;
    std::vector<base::Bytes> certificates;
    std::vector<crypto::SignedRevocation> revocations;
    base::Day today;
    crypto::Roster verify() const {
        return crypto::Roster::verify(instance, roots, certificates, revocations, today);
    }
};
RosterInput roster(const json::value &value);
json::object roster(const RosterInput &input);

// What a vector of this kind gives for this input, or the refusal.
Result<json::object> run(std::string_view what, const json::value &in);

json::value load(const char *path);

} // namespace vectors
