// A new complaint sealed: for its readers and custodians, with a row for everybody who could be one. What a filing from the web and
// one that an officer types have in common.
#pragma once

#include "service/domain/complaint.h"
#include "service/usecases/reporter/context.h"

namespace usecases {

// Everything that one form says, in the shapes in which it is sealed and compared.
struct FilingTexts {
    std::string complaint, identity;
    base::Bytes exclusions_and_identity;
    base::Bytes all;
};
FilingTexts texts_of(const domain::CheckedFiling &filing);

// Without days and audit entries. `author`: an officer who types it and reads it too, whoever else does.
// Code::refused: fewer than two readers are left.
base::Result<ports::NewFiling> seal_case(const crypto::InstanceKeys &instance, const AgencySnapshot &agency,
                                         const crypto::ReceiptKeys &keys, const domain::CheckedFiling &filing,
                                         const FilingTexts &texts, std::optional<base::OfficerId> author = {});

} // namespace usecases
