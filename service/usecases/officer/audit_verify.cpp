#include "service/usecases/officer/audit_verify.h"

#include <algorithm>
#include <map>
#include <set>

namespace usecases {
namespace {

using crypto::AuditEntry, crypto::AuditEvent;
using Digest = base::Array<32>;

bool names_its_object_for_good(AuditEvent event) {
    switch (event) {
    case AuditEvent::case_filed:
    case AuditEvent::case_entered:
    case AuditEvent::follow_up:
    case AuditEvent::case_moved:
    case AuditEvent::reply_sent:
    case AuditEvent::access_recorded:
    case AuditEvent::file_added:
    case AuditEvent::file_attached:
    case AuditEvent::title_given:
        return true;
    default:
        return false; // a copy of an identity is deleted when it was shown
    }
}

// Its digest is that of a row which is no object of a case.
bool names_a_row(AuditEvent event) {
    switch (event) {
    case AuditEvent::certificate_added:
    case AuditEvent::certificate_revoked:
    case AuditEvent::appointment_added:
    case AuditEvent::appointment_ended:
    case AuditEvent::epoch_begun:
    case AuditEvent::settings_changed:
    case AuditEvent::settings_proposed:
    case AuditEvent::register_imported:
        return true;
    default:
        return false;
    }
}

const char *table_of(AuditEvent event) {
    switch (event) {
    case AuditEvent::certificate_added: return "certificate";
    case AuditEvent::certificate_revoked: return "revocation";
    case AuditEvent::appointment_added: return "appointment";
    case AuditEvent::appointment_ended: return "ending";
    case AuditEvent::epoch_begun: return "epoch";
    case AuditEvent::settings_changed: return "settings";
    case AuditEvent::register_imported: return "import";
    default: return "proposal";
    }
}

template <std::size_t N>
base::Bytes column(const base::Array<N> &value) {
    return value == base::Array<N>{} ? base::Bytes() : base::copy(value);
}

std::string short_id(base::ObjectId id) { return "object " + id.text().substr(0, 8); }

class Verifier {
public:
    Verifier(ports::OfficerReads &reads, const crypto::InstanceKeys &keys, ports::AgencyRows agency, crypto::Roster roster)
        : reads_(reads), keys_(keys), agency_(std::move(agency)), roster_(std::move(roster)) {}

    base::Result<AuditReport> run() {
        RETURN_IF_FAILED(read_log());
        RETURN_IF_FAILED(check_signatures());
        RETURN_IF_FAILED(check_rows());
        RETURN_IF_FAILED(check_objects());
        std::ranges::sort(out_.findings, {}, [](const AuditFinding &one) { return std::pair(one.sequence - 1, one.fault); });
        return std::move(out_);
    }

private:
    struct Said { // by an entry, of an object
        std::uint64_t sequence;
        AuditEvent event;
        Digest subject, digest;
    };
    void tell(AuditFault fault, std::uint64_t sequence, std::string about = {}, std::uint64_t other = 0) {
        out_.findings.push_back({fault, sequence, other, std::move(about)});
    }

    base::Result<> read_log() {
        std::vector<WalkedEntry> rows;
        RETURN_IF_FAILED(reads_.audit().walk(0, ports::Direction::oldest_first, [&](const ports::AuditRow &row) {
            check_columns(row);
            rows.push_back({row.sequence, row.entry, row.hash});
            return true;
        }));
        out_.entries = rows.size();
        if (!rows.empty())
            out_.head = {rows.back().sequence, rows.back().hash};
        auto found = walk_chain(rows, [this](std::uint64_t sequence, const Digest &previous, base::View entry) {
            return crypto::chain_hash(keys_, sequence, previous, entry);
        });
        std::ranges::move(found, std::back_inserter(out_.findings));
        heads_[0] = {};
        for (const WalkedEntry &row : rows) {
            heads_[row.sequence] = row.hash;
            note(row.sequence, row.entry);
        }
        ASSIGN_OR_RETURN(const auto waiting, reads_.audit().waiting());
        out_.waiting = waiting.size();
        for (const ports::AuditRow &row : waiting) {
            check_columns(row);
            note(0, row.entry);
        }
        return {};
    }

    void check_columns(const ports::AuditRow &row) {
        const auto entry = AuditEntry::decode(row.entry);
        if (!entry)
            return tell(AuditFault::malformed, row.sequence);
        base::Array<16> object{};
        std::ranges::copy(entry->object.bytes(), object.begin());
        if (column(entry->subject) != row.subject || column(object) != row.object)
            tell(AuditFault::misfiled, row.sequence);
    }

    void note(std::uint64_t sequence, base::View bytes) {
        const auto entry = AuditEntry::decode(bytes);
        if (!entry)
            return;
        if (entry->event == AuditEvent::head_countersigned)
            signed_said_[{entry->actor, entry->day}] = {sequence, entry->digest};
        else if (names_a_row(entry->event))
            rows_said_.insert({{entry->event, entry->digest}, sequence});
        if (!entry->object.is_zero())
            objects_said_[entry->object].push_back({sequence, entry->event, entry->subject, entry->digest});
    }

    // What an officer signed that day counts when a certificate of that day verifies it; an account without one signs too, and
    // proves nothing by it.
    enum class Signed { rightly, uncertified, falsely };
    Signed judge(const ports::Countersignature &row) const {
        const auto message = crypto::head_message(keys_.instance, row.sequence, row.head, row.roster_version, row.day);
        bool held_one = false, later_one = false;
        for (const crypto::CertificateFields *held : roster_.held_by(row.officer)) {
            const crypto::CertificateFields &fields = *held;
            const bool right = crypto::verify(fields.sign, crypto::head_domain, message, row.signature);
            const bool that_day = fields.not_before <= row.day && row.day <= fields.not_after && !was_revoked(fields, row.day);
            if (that_day && right)
                return Signed::rightly;
            held_one = held_one || that_day;
            later_one = later_one || right;
        }
        if (held_one)
            return Signed::falsely;
        const auto account = accounts_.find(row.officer);
        const bool own_key = account != accounts_.end() &&
                             crypto::verify(account->second, crypto::head_domain, message, row.signature);
        return own_key || later_one ? Signed::uncertified : Signed::falsely;
    }
    bool was_revoked(const crypto::CertificateFields &fields, base::Day day) const {
        return std::ranges::any_of(agency_.revocations, [&](const crypto::SignedRevocation &one) {
            return one.serial == fields.serial && one.day < day &&
                   roster_.signed_by(one.issuer, crypto::revocation_domain, one.encode(keys_.instance), one.signature);
        });
    }

    base::Result<> check_signatures() {
        ASSIGN_OR_RETURN(const auto officers, reads_.officers());
        for (const ports::OfficerRow &row : officers)
            accounts_[row.id] = row.sign;
        ASSIGN_OR_RETURN(auto signatures, reads_.audit().countersignatures());
        out_.countersignatures = signatures.size();
        std::ranges::sort(signatures, {}, &ports::Countersignature::sequence);
        std::uint64_t newest_roster = 0;
        for (const ports::Countersignature &row : signatures) {
            const auto said = signed_said_.find({row.officer, row.day});
            const std::uint64_t entry = said == signed_said_.end() ? 0 : said->second.first;
            const Signed how = judge(row);
            if (how == Signed::falsely)
                tell(AuditFault::signature_false, entry, row.officer.text());
            if (said == signed_said_.end() || said->second.second != row.head)
                tell(AuditFault::signature_unlogged, entry, row.officer.text());
            if (said != signed_said_.end())
                signed_said_.erase(said);
            if (how == Signed::uncertified)
                ++out_.uncertified;
            if (how != Signed::rightly)
                continue;
            newest_roster = std::max(newest_roster, row.roster_version);
            compare_head(row);
        }
        for (const auto &[who, entry] : signed_said_)
            tell(AuditFault::signature_gone, entry.first, who.first.text());
        if (newest_roster > agency_.roster_version)
            tell(AuditFault::roster_set_back, 0, {}, newest_roster);
        return {};
    }

    void compare_head(const ports::Countersignature &row) {
        const auto head = heads_.find(row.sequence);
        if (head != heads_.end() && head->second == row.head) {
            out_.signed_up_to = row.sequence;
        } else if (row.sequence > out_.head.sequence) {
            for (std::uint64_t gone = std::max(out_.head.sequence, told_missing_) + 1; gone <= row.sequence; ++gone)
                tell(AuditFault::missing, gone, row.officer.text());
            told_missing_ = row.sequence;
        } else if (head != heads_.end()) { // else it is told as missing
            tell(AuditFault::signed_otherwise, row.sequence, row.officer.text(), out_.signed_up_to);
        }
    }

    // A row that is not in the log came past the program; an entry without its row says that one was taken away.
    base::Result<> check_rows() {
        for (const base::Bytes &row : agency_.certificates)
            match(AuditEvent::certificate_added, crypto::digest(row));
        for (const crypto::SignedRevocation &row : agency_.revocations)
            match(AuditEvent::certificate_revoked, crypto::digest(row.encode(keys_.instance)));
        for (const base::Bytes &row : agency_.appointments)
            match(AuditEvent::appointment_added, crypto::digest(row));
        for (const crypto::SignedEnding &row : agency_.endings)
            match(AuditEvent::appointment_ended, crypto::digest(row.encode(keys_.instance)));
        ASSIGN_OR_RETURN(const auto others, reads_.audit().logged_rows());
        for (const ports::LoggedRow &row : others)
            match(row.event, row.digest);
        for (const auto &[row, sequence] : rows_said_)
            if (row.first != AuditEvent::settings_proposed) // confirmed or withdrawn, and gone
                tell(AuditFault::row_gone, sequence);
        return {};
    }
    // One entry stands for one row: what was restored was logged as often.
    void match(AuditEvent event, const Digest &digest) {
        const auto said = rows_said_.find({event, digest});
        if (said == rows_said_.end())
            return tell(AuditFault::row_unlogged, 0, std::string(table_of(event)) + " " + base::hex(digest).substr(0, 16));
        rows_said_.erase(said);
    }

    base::Result<> check_objects() {
        RETURN_IF_FAILED(reads_.audit().each_object([this](const ports::ObjectSeen &object) {
            ++out_.objects;
            const auto said = objects_said_.find(object.id);
            if (said == objects_said_.end())
                return tell(AuditFault::object_unlogged, 0, short_id(object.id));
            const auto pseudonym = crypto::case_pseudonym(keys_, object.case_id);
            for (const Said &entry : said->second)
                if (names_its_object_for_good(entry.event)) {
                    if (entry.digest != object.digest)
                        tell(AuditFault::object_altered, entry.sequence, short_id(object.id));
                    if (entry.subject != pseudonym)
                        tell(AuditFault::object_moved, entry.sequence, short_id(object.id));
                }
            objects_said_.erase(said);
        }));
        for (const auto &[object, entries] : objects_said_)
            for (const Said &entry : entries)
                if (names_its_object_for_good(entry.event))
                    tell(AuditFault::object_gone, entry.sequence, short_id(object));
        return {};
    }

    ports::OfficerReads &reads_;
    const crypto::InstanceKeys &keys_;
    ports::AgencyRows agency_;
    crypto::Roster roster_;
    AuditReport out_;
    std::uint64_t told_missing_ = 0;
    std::map<std::uint64_t, Digest> heads_;
    std::map<base::OfficerId, crypto::SignPublicKey> accounts_;
    std::map<std::pair<base::OfficerId, base::Day>, std::pair<std::uint64_t, Digest>> signed_said_;
    std::multimap<std::pair<AuditEvent, Digest>, std::uint64_t> rows_said_;
    std::map<base::ObjectId, std::vector<Said>> objects_said_;
};

} // namespace

base::Result<AuditReport> verify_audit(ports::OfficerReads &reads, const crypto::InstanceKeys &keys,
                                       std::span<const crypto::RootKeys> roots, base::Day today) {
    // agency() reads in a state of its own: a change between the two would look like a row without its entry.
    ASSIGN_OR_RETURN(auto agency, reads.agency());
    ASSIGN_OR_RETURN(auto state, reads.audit().one_state());
    for (;;) {
        ASSIGN_OR_RETURN(const auto version, reads.roster_version());
        if (version == agency.roster_version)
            break;
        state.reset();
        ASSIGN_OR_RETURN(agency, reads.agency());
        ASSIGN_OR_RETURN(state, reads.audit().one_state());
    }
    auto roster = crypto::Roster::verify(keys.instance, roots, agency.certificates, agency.revocations, today);
    return Verifier(reads, keys, std::move(agency), std::move(roster)).run();
}

} // namespace usecases
