// Who reads a case, as it is recorded under the case's own key: slots do not show it, because decoys look alike.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace boost::json {
class object;
}

namespace domain {

// Officers with the certificate whose keys were sealed to.
using Keyed = std::map<base::OfficerId, base::CertificateSerial>;

struct Access {
    Keyed readers, custodians;
    Keyed passed; // would read by their posts, but the complaint excludes them: they got a decoy under this certificate
    bool empty() const { return readers.empty() && custodians.empty() && passed.empty(); }
    bool operator==(const Access &) const = default;
};

// Changes outside of moves.
struct AccessRecord {
    std::uint32_t number = 1; // of a case's records 1, 2, 3 …: their order is signed
    Access granted;
    std::vector<base::OfficerId> custody_ended; // their slot of the identity key became a decoy
    bool begins_epoch = false;                  // then `granted.readers` are all who read from here on
    bool operator==(const AccessRecord &) const = default;
};
std::string to_json(const AccessRecord &record);
base::Result<AccessRecord> access_from_json(std::string_view json); // Code::invalid for another shape

// Parts of other objects' JSON: absent when empty, so that what is compared of a form does not depend on its readers.
void put_access(boost::json::object &to, const Access &access);
base::Result<Access> take_access(const boost::json::object &from);

} // namespace domain
