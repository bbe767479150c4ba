// ส่งมอบงาน: an officer who goes seals all cases that they read, closed ones too, for a successor, and prints the list.
#pragma once

#include "service/usecases/officer/access_plan.h"

namespace usecases {

struct HandoverRow {
    QueueRow row;
    // Sealed for the successor by the officer who asks; read by the successor without that; still to do; may never be.
    enum class Stands { handed_over, already, open, excluded } stands = Stands::open;
    bool too_few = false; // without whoever hands over, fewer than two readers are left
};
struct Handover {
    domain::Person successor;
    std::vector<HandoverRow> rows; // by register number, then by day received
    std::size_t left = 0;          // cases still to be handed over
};

// Able to read cases, and not the officer who asks: in the order of the line.
std::vector<domain::Person> successors(const AgencySnapshot &agency, base::OfficerId leaver);

// Code::not_found: nobody to whom cases can be handed over. Of the cases that open for the viewer.
base::Result<Handover> handover(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                const OfficerSession &session, base::OfficerId successor);

// At most `most` cases in one call, each in its own commit: call it again while the list has some left. A call that hands
// anything over stands in the log with its successor, before the cases do.
base::Result<> hand_over(const domain::Permitted<domain::Action::work_cases> &permitted, const RecentlySignedIn &recent,
                         OfficerContext &context, const OfficerSession &session, base::OfficerId successor,
                         std::size_t most = 64);

} // namespace usecases
