// Orders given on paper (คำสั่งบนกระดาษ): who may have signed one, and whether what was entered of it may stand. The signer
// need not sign in; the posts are those of the day on which they signed.
#pragma once

#include "service/usecases/officer/opened_case.h"

namespace usecases {

// Who may have signed since the case was put before the superiors: not `entering`, nobody excluded, never the proposer.
std::vector<Signer> signers_of(const OpenedCase &opened, base::OfficerId entering);

// Faults of the fields order_date and signer, both of their form already: fault.date.future, fault.date.before_proposal,
// fault.choice.unknown, fault.signer.not_that_day.
std::vector<domain::Fault> check_paper(const OpenedCase &opened, const domain::Transition &decision,
                                       const domain::MoveValues &values, base::OfficerId entering, base::Day today);

// Of a signed record: Code::refused for what check_paper() would never have let through, whoever had left or come since.
base::Result<PaperOrder> read_paper(const OpenedCase &opened, const domain::Transition &decision,
                                    const domain::MoveValues &values, base::OfficerId entered, base::Day day);

} // namespace usecases
