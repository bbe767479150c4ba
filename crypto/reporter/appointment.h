// Who holds which post: appointments, signed by an officer with the vouching right as certificates are. A database row alone
// gives nobody a post. What the numbers of posts and capacities mean is the domain's.
#pragma once

#include "crypto/reporter/certificate.h"

namespace crypto {

struct AppointmentFields {
    base::InstanceId instance;
    base::AppointmentId id;
    base::OfficerId officer;
    std::uint8_t post = 0, capacity = 0; // not zero
    base::Day from, until;               // both inclusive
    base::OfficerId issuer;
    std::string order; // number of the written order, as is_display_name() demands
    Bytes encode() const; // as in FORMAT.md, without the signature
    // Code::invalid for anything encode() does not make from valid fields.
    static Result<AppointmentFields> decode(View bytes);
};

// What is stored: encode() ‖ signature over it.
inline constexpr std::string_view appointment_domain = "sucharit/post/v1";
Bytes stored_appointment(const AppointmentFields &fields, const Signature &signature);
struct StoredAppointment {
    AppointmentFields fields;
    Signature signature{};
    static Result<StoredAppointment> parse(View stored); // the form only
};

// Ends an appointment before its last day.
struct SignedEnding { // instance ‖ appointment id ‖ last day ‖ issuer
    base::AppointmentId appointment;
    base::Day last_day; // of the appointment; before its first it never was
    base::OfficerId issuer;
    Signature signature{};
    Bytes encode(base::InstanceId instance) const;
};
inline constexpr std::string_view ending_domain = "sucharit/post-end/v1";

// The last day that the earliest ending gives this appointment; nothing: nobody ended it. An ending counts when a holder of the
// vouching right signed it whose certificate was accepted, live or not.
std::optional<base::Day> ended_on(const Roster &roster, base::AppointmentId appointment,
                                  std::span<const SignedEnding> endings);

// The appointments that hold on a day, in the order of officer and id: of this instance, to a holder of a live certificate, signed
// with a live certificate that has the vouching right, within their days and not ended before.
std::vector<AppointmentFields> appointments_on(const Roster &roster, std::span<const Bytes> stored,
                                               std::span<const SignedEnding> endings, base::Day today);

// Every appointment that a holder of the vouching right ever signed, over or not: it explains old acts and gives nobody a post.
struct PastAppointment {
    AppointmentFields fields;
    base::Day last; // on which it held: its own last day, or that of the earliest ending
};
std::vector<PastAppointment> every_appointment(const Roster &roster, std::span<const Bytes> stored,
                                               std::span<const SignedEnding> endings);

} // namespace crypto
