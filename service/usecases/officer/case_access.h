// Who reads a case, from its own records: the complaint says for whom it was sealed, each move and each record of access
// for whom it was sealed further.
#pragma once

#include "service/domain/access.h"
#include "service/usecases/reporter/context.h"

#include <set>

namespace usecases {

struct CaseAccess {
    // An officer with the certificate whose keys were sealed to; of one officer several, after new keys.
    using Keyed = std::set<std::pair<base::OfficerId, base::CertificateSerial>>;
    Keyed readers;                      // of the newest epoch
    Keyed custodians, passed;           // of all epochs
    std::set<base::OfficerId> ever;     // readers of any epoch
    std::set<std::pair<base::OfficerId, base::OfficerId>> given; // by a record of the first, to the second
    struct Declared {
        base::OfficerId of, by;
    };
    std::vector<Declared> conflicts;    // who was excluded since the filing
    std::uint32_t records = 0;          // of access, so far
};

class AccessHistory {
public:
    void add(const domain::Access &granted, crypto::Epoch epoch); // of the complaint, or of a move
    void add(domain::AccessRecord record, base::OfficerId author, crypto::Epoch epoch);
    // Code::refused: records with gaps in their numbers, an epoch that none or two begin, or somebody who reads although excluded by one.
    base::Result<CaseAccess> finish(crypto::Epoch newest);

private:
    std::vector<std::pair<domain::Access, crypto::Epoch>> granted_;
    struct Recorded {
        domain::AccessRecord record;
        base::OfficerId author;
        crypto::Epoch epoch;
    };
    std::vector<Recorded> records_;
};

// Whether one of the certificates gives this officer's present keys.
bool holds(const CaseAccess::Keyed &keyed, const crypto::Roster &roster, base::OfficerId officer);

} // namespace usecases
