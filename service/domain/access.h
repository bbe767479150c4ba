// Who reads a case, as it is recorded under the case's own key: slots do not show it, because decoys look alike.
#pragma once

#include "crypto/base/result.h"
#include "service/domain/acted_as.h"

#include <map>
#include <optional>
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

// An officer declares an interest of their own in the matter, or somebody who works the case says that another has one: this one is
// excluded from here on, as if the complaint had named them.
struct Conflict {
    base::OfficerId officer;
    std::string reason; // may be empty of one's own
    std::vector<ActedAs> as; // the posts in which its author said so
    bool operator==(const Conflict &) const = default;
};
inline constexpr std::size_t max_conflict_reason = 1000;

// Changes outside of moves.
struct AccessRecord {
    std::uint32_t number = 1; // of a case's records 1, 2, 3 …: their order is signed
    Access granted;
    std::vector<base::OfficerId> custody_ended; // their slot of the identity key became a decoy
    bool begins_epoch = false;                  // then `granted.readers` are all who read from here on
    std::optional<Conflict> conflict{};         // begins an epoch, whether or not the officer could read
    bool operator==(const AccessRecord &) const = default;
};
std::string to_json(const AccessRecord &record);
base::Result<AccessRecord> access_from_json(std::string_view json); // Code::invalid for another shape

// Parts of other objects' JSON: absent when empty, so that what is compared of a form does not depend on its readers.
void put_access(boost::json::object &to, const Access &access);
base::Result<Access> take_access(const boost::json::object &from);

} // namespace domain
