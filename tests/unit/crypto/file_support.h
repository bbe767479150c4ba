// A file as it comes in parts of any size, and the chunks that it becomes.
#pragma once

#include "crypto/reporter/file_seal.h"
#include "tests/unit/crypto/support.h"

#include <numeric>

namespace crypto_test {

inline Bytes content(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i)
        out[i] = static_cast<base::Byte>(1 + i % 251);
    return out;
}

struct StoredFile {
    FileKey key = FileKey::random();
    FilePlace place{base::CaseId::random(), base::ObjectId::random()};
    std::vector<Bytes> chunks;
    FileFacts facts;

    FileSealer::Sink sink() {
        return [this](View sealed) -> Result<> {
            chunks.push_back(base::copy(sealed));
            return {};
        };
    }
    Bytes bytes() const {
        Bytes out;
        for (const Bytes &chunk : chunks)
            out.insert(out.end(), chunk.begin(), chunk.end());
        return out;
    }
    static StoredFile of(base::CaseId id, View plain, std::size_t part = 10'007) {
        StoredFile out;
        out.place.case_id = id;
        FileSealer sealer(out.key, out.place, plain.size(), out.sink());
        for (std::size_t begin = 0; begin < plain.size(); begin += part)
            EXPECT_TRUE(sealer.add(plain.subspan(begin, std::min(part, plain.size() - begin))));
        out.facts = *sealer.finish();
        return out;
    }
};

} // namespace crypto_test
