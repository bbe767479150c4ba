// What the agency says of itself, changed while the program runs: texts at once, names and addresses when a second person has
// confirmed them. No case is in reach.
#pragma once

#include "service/domain/deadlines.h"
#include "service/usecases/officer/session.h"

#include <expected>

namespace usecases {

// The profile in force, shared by all lanes of both faces. Whatever happens to the stored rows meanwhile, the last good one
// stays.
class CurrentProfile {
public:
    // `versions`: stored_profiles()
    CurrentProfile(domain::AgencyProfile from_file, std::vector<domain::ProfileVersion> versions);
    std::shared_ptr<const domain::ProfileVersion> now() const;
    std::shared_ptr<const domain::Deadlines> deadlines() const;
    std::shared_ptr<const domain::ManualVersions> manuals() const;
    std::shared_ptr<const std::vector<domain::ProfileVersion>> versions() const; // oldest first
    void publish(domain::ProfileVersion next); // nothing when a newer one is in force
    const domain::AgencyProfile &from_file() const { return from_file_; } // what version 1 was a change of

private:
    const domain::AgencyProfile from_file_;
    mutable std::mutex mutex_; // held for copying a pointer, and while a version is added
    std::shared_ptr<const std::vector<domain::ProfileVersion>> versions_;
    std::shared_ptr<const domain::ProfileVersion> now_;
    std::shared_ptr<const domain::Deadlines> deadlines_;
};

// At start: the settings file's and every stored version, oldest first. Code::refused: the newest cannot be read, or the audit
// log does not have its digest. An older one of which that is true is left out: its limits are those of the one before.
base::Result<std::vector<domain::ProfileVersion>> stored_profiles(ports::SettingsReads &reads, const domain::AgencyProfile &from_file);

struct SettingsProposal {
    base::ProposalId id;
    base::Seconds time = 0;
    std::string by;
    bool mine = false;
    bool damaged = false; // not what was proposed: can only be withdrawn
    std::vector<domain::ProfileChange> changes;
};

struct SettingsVersion {
    std::uint64_t version = 0;
    base::Seconds time = 0;
    std::string by, second; // second: empty where one person sufficed
    bool damaged = false;
    std::vector<domain::ProfileChange> changes; // from the version before
};

struct SettingsView {
    std::shared_ptr<const domain::ProfileVersion> current;
    bool damaged = false; // the newest stored version is not what is in force
    std::optional<SettingsProposal> proposal;
    std::vector<SettingsVersion> history; // newest first, the last settings_shown
};
inline constexpr std::size_t settings_shown = 30;

struct SettingsRefused {
    enum class Why {
        faults,
        stale,         // changed by somebody else meanwhile
        proposal_open, // one waits already: it is confirmed or withdrawn first
        own_proposal,  // the second person must be another
        damaged,
        not_found,
        busy,
        storage_failed,
    };
    Why why;
    std::vector<domain::Fault> faults;
};

struct SettingsDone {
    bool in_force = false; // a new version is shown from the next request on
    bool proposed = false; // … or waits for the second person; neither: nothing differed
};

using MaySee = domain::Permitted<domain::Action::confirm_settings>;
using MayChange = domain::Permitted<domain::Action::change_settings>;

// Whether a proposal waits that this officer may confirm: somebody else's.
base::Result<bool> waits_to_be_confirmed(const MaySee &permitted, OfficerContext &context);
base::Result<SettingsView> agency_settings(const MaySee &permitted, OfficerContext &context);
// `version`: the one that the form was made from. `typed` is a whole profile.
std::expected<SettingsDone, SettingsRefused> change_settings(const MayChange &permitted, OfficerContext &context,
                                                             std::uint64_t version, const domain::AgencyProfile &typed);
// An earlier version once more, as a new change under the same rules.
std::expected<SettingsDone, SettingsRefused> restore_settings(const MayChange &permitted, OfficerContext &context,
                                                              std::uint64_t version, std::uint64_t restored);
// Who else may be the second person, with the posts that allow it.
base::Result<std::vector<domain::Person>> settings_confirmers(const MayChange &permitted, OfficerContext &context);
std::expected<void, SettingsRefused> confirm_settings(const MaySee &permitted, const RecentlySignedIn &recently,
                                                      OfficerContext &context, std::string_view proposal);
std::expected<void, SettingsRefused> withdraw_settings(const MayChange &permitted, OfficerContext &context,
                                                       std::string_view proposal);

} // namespace usecases
