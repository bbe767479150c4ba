#include "crypto/officer/paper_code.h"

namespace crypto {
namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static_assert(alphabet.size() == 32);

char canonical(char c) {
    if (c >= 'a' && c <= 'z')
        c = static_cast<char>(c - 'a' + 'A');
    if (c == 'I' || c == 'L')
        return '1';
    return c == 'O' ? '0' : c;
}

} // namespace

PaperCode PaperCode::random() {
    PaperCode out;
    const auto bytes = out.ascii_.fill(raw_secret);
    detail::fill_random(bytes.data(), bytes.size());
    for (Byte &byte : bytes)
        byte = static_cast<Byte>(alphabet[byte & 31]);
    return out;
}

Result<PaperCode> PaperCode::parse(std::string_view typed) {
    PaperCode out;
    const auto bytes = out.ascii_.fill(raw_secret);
    std::size_t found = 0;
    for (const char c : typed) {
        if (c == ' ' || c == '-' || c == '\t')
            continue;
        const char character = canonical(c);
        if (found == characters || alphabet.find(character) == alphabet.npos)
            return base::fail(base::Code::invalid, "paper code: not of its shape");
        bytes[found++] = static_cast<Byte>(character);
    }
    if (found != characters)
        return base::fail(base::Code::invalid, "paper code: not of its length");
    return out;
}

std::string PaperCode::text() const {
    std::string out;
    for (const Byte byte : ascii_.reveal(raw_secret)) {
        if (out.size() % 5 == 4)
            out += '-';
        out += static_cast<char>(byte);
    }
    return out;
}

Array<32> invitation_hash(const InstanceKeys &keys, const PaperCode &code) {
    return keyed_hash(keys.pepper, {base::view("sucharit/invitation/v1"), code.ascii().reveal(raw_secret)});
}

} // namespace crypto
