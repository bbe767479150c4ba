// An officer's list of the cases that open for them, sealed for themselves: in the server's memory and on the disk it stands in no other
// form. What it says belongs to the program.
#pragma once

#include "crypto/officer/keyring.h"

namespace crypto {

// Parts of one list are sealed apart, so that a page of it does not open all: bound to instance, officer and number of the part.
// Which parts belong together says part 0, by their tags.
using IndexKey = SecretKey<struct IndexKeyTag>;
IndexKey index_key(const OfficerKeys &keys);

struct IndexPart {
    base::InstanceId instance;
    base::OfficerId officer;
    std::uint32_t number = 0;
};
Bytes seal_index(const IndexKey &key, const IndexPart &part, View plain);
Result<Bytes> open_index(const IndexKey &key, const IndexPart &part, View sealed); // the caller wipes it

using IndexTag = Array<16>; // of the cipher: another sealing has another, also of the same text
IndexTag index_tag(View sealed);

} // namespace crypto
