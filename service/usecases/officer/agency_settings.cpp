#include "service/usecases/officer/agency_settings.h"

#include "service/domain/typed_day.h"
#include "service/usecases/officer/emblem.h"

#include <ranges>

namespace usecases {
namespace {

using Why = SettingsRefused::Why;

constexpr std::uint64_t every_version = 1'000'000;

std::unexpected<SettingsRefused> refuse(Why why, std::vector<domain::Fault> faults = {}) {
    return std::unexpected(SettingsRefused{why, std::move(faults)});
}

std::unexpected<SettingsRefused> refuse(const base::Error &error, Why conflict) {
    switch (error.code) {
    case base::Code::conflict: return refuse(conflict);
    case base::Code::unavailable: return refuse(Why::busy);
    default: return refuse(Why::storage_failed);
    }
}

crypto::AuditEntry entry(const OfficerContext &context, crypto::AuditEvent event, base::OfficerId actor,
                         std::string_view document) {
    return {.event = event, .day = context.clock.today(), .time = context.clock.now(), .actor = actor, .subject = {},
            .object = {}, .digest = crypto::digest(base::view(document))};
}

base::Result<domain::ProfileVersion> read(const ports::SettingsRow &row) {
    ASSIGN_OR_RETURN(auto out, domain::profile_from_json(row.document));
    if (!row.in_log || out.version != row.version)
        return base::fail(base::Code::refused, "the agency's settings in the database are not those that the audit log names");
    out.since = base::day_of(row.time);
    return out;
}

// As certified; of somebody who has left, as the row says.
std::string name_of(OfficerContext &context, const AgencySnapshot &agency, base::OfficerId id) {
    if (const auto *certificate = agency.roster.live(id))
        return certificate->display_name;
    const auto row = context.reads.officer(id);
    return row && *row ? (*row)->display_name : std::string();
}

std::expected<void, SettingsRefused> store(OfficerContext &context, domain::ProfileVersion next, base::OfficerId author,
                                           const ports::ProposalRow *confirmed, base::OfficerId actor) {
    ports::SettingsRow row;
    row.version = next.version;
    row.document = domain::to_json(next);
    row.time = context.clock.now();
    row.author = author;
    if (confirmed)
        row.second = actor;
    const auto logged = entry(context, crypto::AuditEvent::settings_changed, actor, row.document);
    const auto confirms = confirmed ? std::optional(confirmed->id) : std::nullopt;
    next.since = logged.day;
    if (const auto done = context.writes.settings().change(std::move(row), confirms, logged); !done)
        return refuse(done.error(), Why::stale);
    context.profile.publish(std::move(next));
    return {};
}

std::expected<void, SettingsRefused> propose(OfficerContext &context, base::OfficerId author,
                                             const domain::AgencyProfile &wanted) {
    ports::ProposalRow row;
    row.id = base::ProposalId::random();
    row.document = domain::proposal_to_json(row.id.text(), wanted);
    row.time = context.clock.now();
    row.author = author;
    const auto logged = entry(context, crypto::AuditEvent::settings_proposed, author, row.document);
    if (const auto done = context.writes.settings().propose(std::move(row), emblem_file(wanted), logged); !done)
        return refuse(done.error(), Why::proposal_open);
    return {};
}

// The day from which the limits apply; long ago where none is given.
base::Day begins(const domain::AgencyProfile &profile) { return domain::typed_day(profile.manual_from).value_or(base::Day{}); }

// The same limits from an earlier day are other limits for what came since.
bool changes_limits(const domain::AgencyProfile &before, const domain::AgencyProfile &after) {
    return before.limits != after.limits || before.manual_from != after.manual_from;
}

// The open proposal, if it is the one that the page showed.
std::expected<ports::ProposalRow, SettingsRefused> open_proposal(OfficerContext &context, std::string_view id) {
    auto row = context.reads.settings().proposal();
    if (!row)
        return refuse(row.error(), Why::stale);
    if (!*row || (*row)->id.text() != id)
        return refuse(Why::stale);
    return std::move(**row);
}

} // namespace

CurrentProfile::CurrentProfile(domain::AgencyProfile from_file, std::vector<domain::ProfileVersion> versions)
    : from_file_(std::move(from_file)), versions_(std::make_shared<const std::vector<domain::ProfileVersion>>(std::move(versions))),
      now_(std::make_shared<const domain::ProfileVersion>(versions_->back())),
      deadlines_(std::make_shared<const domain::Deadlines>(*versions_)) {}

std::shared_ptr<const domain::ProfileVersion> CurrentProfile::now() const {
    const std::lock_guard lock(mutex_);
    return now_;
}

std::shared_ptr<const domain::Deadlines> CurrentProfile::deadlines() const {
    const std::lock_guard lock(mutex_);
    return deadlines_;
}

std::shared_ptr<const domain::ManualVersions> CurrentProfile::manuals() const {
    const auto with = deadlines();
    return {with, &with->manuals()};
}

std::shared_ptr<const std::vector<domain::ProfileVersion>> CurrentProfile::versions() const {
    const std::lock_guard lock(mutex_);
    return versions_;
}

void CurrentProfile::publish(domain::ProfileVersion next) {
    const std::lock_guard lock(mutex_);
    if (next.version <= now_->version)
        return;
    auto longer = *versions_;
    longer.push_back(std::move(next));
    versions_ = std::make_shared<const std::vector<domain::ProfileVersion>>(std::move(longer));
    now_ = std::make_shared<const domain::ProfileVersion>(versions_->back());
    deadlines_ = std::make_shared<const domain::Deadlines>(*versions_);
}

base::Result<std::vector<domain::ProfileVersion>> stored_profiles(ports::SettingsReads &reads, const domain::AgencyProfile &from_file) {
    ASSIGN_OR_RETURN(auto rows, reads.versions(every_version));
    std::vector<domain::ProfileVersion> out{{0, from_file}};
    for (const ports::SettingsRow &row : std::views::reverse(rows)) {
        auto stored = read(row);
        const bool newest = &row == &rows.front();
        if (!stored && newest && stored.error().code == base::Code::invalid)
            return base::fail(base::Code::refused, "the agency's settings in the database cannot be read");
        if (!stored && newest)
            return std::unexpected(stored.error());
        if (stored)
            out.push_back(std::move(*stored));
    }
    return out;
}

base::Result<bool> waits_to_be_confirmed(const MaySee &permitted, OfficerContext &context) {
    ASSIGN_OR_RETURN(const auto proposal, context.reads.settings().proposal());
    return proposal && proposal->author != permitted.actor().officer;
}

base::Result<SettingsView> agency_settings(const MaySee &permitted, OfficerContext &context) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    SettingsView out;
    out.current = context.profile.now();
    ports::SettingsReads &reads = context.reads.settings();
    ASSIGN_OR_RETURN(const auto proposal, reads.proposal());
    if (proposal) {
        SettingsProposal shown{proposal->id, proposal->time, name_of(context, *agency, proposal->author),
                               proposal->author == permitted.actor().officer, false, {}};
        const auto wanted = domain::proposal_from_json(proposal->id.text(), proposal->document, out.current->profile);
        shown.damaged = !proposal->in_log || !wanted;
        if (!shown.damaged)
            shown.changes = domain::differences(out.current->profile, *wanted);
        out.proposal = std::move(shown);
    }
    // One more than is shown: what the oldest shown was a change of.
    ASSIGN_OR_RETURN(const auto rows, reads.versions(settings_shown + 1));
    for (std::size_t i = 0; i < rows.size() && i < settings_shown; ++i) {
        const auto after = read(rows[i]);
        SettingsVersion shown{rows[i].version, rows[i].time, name_of(context, *agency, rows[i].author),
                              rows[i].second ? name_of(context, *agency, *rows[i].second) : "", !after, {}};
        const auto before = rows[i].version == 1      ? domain::ProfileVersion{0, context.profile.from_file()}
                            : i + 1 < rows.size() ? read(rows[i + 1])
                                                  : base::fail(base::Code::not_found, "an older version");
        if (after && before)
            shown.changes = domain::differences(before->profile, after->profile);
        out.history.push_back(std::move(shown));
    }
    out.damaged = !out.history.empty() && (out.history.front().damaged || out.history.front().version > out.current->version);
    return out;
}

std::expected<SettingsDone, SettingsRefused> change_settings(const MayChange &permitted, OfficerContext &context,
                                                             std::uint64_t version, const domain::AgencyProfile &typed) {
    const auto current = context.profile.now();
    auto checked = domain::check_profile(typed);
    if (!checked)
        return refuse(Why::faults, std::move(checked.error()));
    if (version != current->version)
        return refuse(Why::stale);
    if (changes_limits(current->profile, *checked) && begins(*checked) < context.clock.today())
        return refuse(Why::faults, {{"manual_from", "fault.settings.manual_from"}});
    const base::OfficerId author = permitted.actor().officer;
    domain::AgencyProfile at_once = domain::with_confirmed(*checked, current->profile);
    SettingsDone done{at_once != current->profile, at_once != *checked};
    if (done.proposed) {
        if (const auto proposed = propose(context, author, *checked); !proposed)
            return std::unexpected(proposed.error());
    }
    if (done.in_force) {
        if (const auto stored = store(context, {version + 1, std::move(at_once)}, author, nullptr, author); !stored)
            return std::unexpected(stored.error());
    }
    return done;
}

std::expected<SettingsDone, SettingsRefused> restore_settings(const MayChange &permitted, OfficerContext &context,
                                                              std::uint64_t version, std::uint64_t restored) {
    const auto row = context.reads.settings().version(restored);
    if (!row)
        return refuse(row.error(), Why::stale);
    if (!*row)
        return refuse(Why::not_found);
    auto earlier = read(**row);
    if (!earlier)
        return refuse(Why::damaged);
    if (changes_limits(context.profile.now()->profile, earlier->profile)) // its own day has passed
        earlier->profile.manual_from = domain::day_to_type(context.clock.today());
    return change_settings(permitted, context, version, earlier->profile);
}

base::Result<std::vector<domain::Person>> settings_confirmers(const MayChange &permitted, OfficerContext &context) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    std::vector<domain::Person> out;
    for (domain::Person &person : domain::people(agency->everyone)) {
        const auto *certificate = agency->roster.live(person.officer);
        if (!certificate || person.officer == permitted.actor().officer)
            continue;
        std::erase_if(person.posts, [&](domain::Post post) {
            return !domain::allows(post, domain::Action::confirm_settings) ||
                   (!domain::stays_apart(post) && !certificate->rights.has(crypto::Right::vouching));
        });
        if (!person.posts.empty())
            out.push_back(std::move(person));
    }
    return out;
}

std::expected<void, SettingsRefused> confirm_settings(const MaySee &permitted, const RecentlySignedIn &,
                                                      OfficerContext &context, std::string_view id) {
    const auto proposal = open_proposal(context, id);
    if (!proposal)
        return std::unexpected(proposal.error());
    const base::OfficerId second = permitted.actor().officer;
    if (proposal->author == second)
        return refuse(Why::own_proposal);
    const auto current = context.profile.now();
    auto wanted = domain::proposal_from_json(proposal->id.text(), proposal->document, current->profile);
    if (!wanted || !proposal->in_log)
        return refuse(Why::damaged);
    if (const auto emblem = domain::emblem_from(wanted->emblem); emblem && wanted->emblem != current->profile.emblem)
        if (const auto whole = open_emblem(*emblem, context.files.shelf.open(file_of(*emblem))); !whole)
            return whole.error().code == base::Code::refused ? refuse(Why::damaged) : refuse(whole.error(), Why::stale);
    if (changes_limits(current->profile, *wanted) && begins(*wanted) < context.clock.today()) // it waited too long
        wanted->manual_from = domain::day_to_type(context.clock.today());
    return store(context, {current->version + 1, std::move(*wanted)}, proposal->author, &*proposal, second);
}

std::expected<void, SettingsRefused> withdraw_settings(const MayChange &permitted, OfficerContext &context,
                                                       std::string_view id) {
    const auto proposal = open_proposal(context, id);
    if (!proposal)
        return std::unexpected(proposal.error());
    const auto logged =
        entry(context, crypto::AuditEvent::settings_withdrawn, permitted.actor().officer, proposal->document);
    if (const auto done = context.writes.settings().withdraw(proposal->id, logged); !done)
        return refuse(done.error(), Why::stale);
    return {};
}

} // namespace usecases
