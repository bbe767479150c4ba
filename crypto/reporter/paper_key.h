// The instance's id and key as they stand on the recovery sheet: numbered groups of twelve digits, each with its own check.
#pragma once

#include "crypto/reporter/instance.h"

#include <string>

namespace crypto {

// Four bytes in each group: as ten decimal digits, and two check digits that know the group's number as well, so that two groups
// in each other's place are noticed. The id takes groups 1 to 4, the key 5 to 12.
inline constexpr int paper_groups = 12, paper_key_begins = 5;

class PaperKey {
public:
    static PaperKey of(base::InstanceId instance, const InstanceKey &key);
    PaperKey() = default; // nothing read yet

    std::string group(int number) const; // "4294 9672 9538"; from 1. Of the key's groups: to be shown, never kept
    // Takes the group as somebody typed it: Thai digits, blanks and hyphens as in a receipt. False for a slip.
    bool take(int number, std::string_view typed);

    base::InstanceId instance() const;
    InstanceKey key() const;

private:
    Secret<48, struct PaperKeyTag> bytes_;
};

} // namespace crypto
