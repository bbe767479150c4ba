#include "service/usecases/officer/register_intake.h"

#include "crypto/reporter/register_tag.h"
#include "service/domain/typed_day.h"
#include "service/usecases/officer/sealed_entry.h"

#include <algorithm>

namespace usecases {
namespace {

constexpr int oldest_days = 30 * 366; // a register may be old

struct Read {
    std::vector<IntakeFault> faults;
    std::vector<domain::RegisterRow> rows;
    std::vector<domain::CheckedEntry> entries; // of the rows, in their order, where there is no fault
};

// The same row among the imported counting facts would count twice.
base::Result<bool> is_counted(OfficerContext &context, const domain::RegisterRow &row) {
    domain::RegisterEntry entry;
    entry.year = row.year;
    entry.number = row.number;
    ASSIGN_OR_RETURN(const auto counts, context.reads.old_register().compare(std::span(&entry, 1)));
    return counts.added == 0;
}

base::Result<> check_row(OfficerContext &context, const AgencySnapshot &agency, base::OfficerId author, const domain::RegisterRow &row, Read &out) {
    auto checked = domain::check(row.form, agency.holders, author, agency.day, oldest_days);
    if (!checked)
        for (domain::Fault &fault : checked.error())
            out.faults.push_back({row.line, std::move(fault)});
    else if (!domain::name_matches(checked->filing.complaint, agency.holders).empty())
        out.faults.push_back({row.line, {"subject_name", "fault.register.matches"}});
    ASSIGN_OR_RETURN(const bool counted, is_counted(context, row));
    if (counted)
        out.faults.push_back({row.line, {"register_no", "fault.register.counted"}});
    if (checked)
        out.entries.push_back(std::move(*checked));
    return {};
}

base::Result<Read> read(OfficerContext &context, const AgencySnapshot &agency, base::OfficerId author, std::string_view bytes,
                        const domain::RegisterNames &names) {
    Read out;
    auto rows = domain::read_register_texts(bytes, names);
    if (!rows) {
        for (domain::RowFault &fault : rows.error())
            out.faults.push_back({fault.line, {std::move(fault.column), fault.key, 0, 0, std::move(fault.measured)}});
        return out;
    }
    out.rows = std::move(*rows);
    for (const domain::RegisterRow &row : out.rows)
        RETURN_IF_FAILED(check_row(context, agency, author, row, out));
    return out;
}

IntakeRefused::Why why(const base::Error &error) {
    return error.code == base::Code::unavailable ? IntakeRefused::Why::busy : IntakeRefused::Why::storage_failed;
}

// Whether it was new.
base::Result<bool> take_in(OfficerContext &context, const OfficerSession &session, const domain::RegisterRow &row,
                           const domain::CheckedEntry &entry, const std::shared_ptr<const AgencySnapshot> &agency) {
    // Nobody is there to take a receipt: its keys are random and go with this call.
    const auto receipt = crypto::Once::issue(context.keys, context.clock.now()).receipt(context.keys);
    ASSIGN_OR_RETURN(auto sealed, sealed_entry(context, session, crypto::ReceiptKeys::derive(receipt), entry, agency));
    sealed.filing.lookup_tag = crypto::register_tag(context.keys, row.form.values.at("channel"), row.year, row.number);
    const auto done = context.writes.enter(std::move(sealed));
    if (!done && done.error().code == base::Code::conflict)
        return false;
    if (!done)
        return std::unexpected(done.error());
    return !done->before;
}

} // namespace

base::Result<IntakeLook> look_at_register(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                                          std::string_view bytes, const domain::RegisterNames &names) {
    ASSIGN_OR_RETURN(const auto agency, context.snapshot());
    if (!may_enter(*agency, permitted.actor().officer))
        return base::fail(base::Code::not_found, "a post that enters complaints");
    ASSIGN_OR_RETURN(auto found, read(context, *agency, permitted.actor().officer, bytes, names));
    IntakeLook out{std::move(found.faults), {}};
    for (domain::RegisterRow &row : found.rows)
        out.rows.push_back({row.line, std::move(row.number), row.form.values["channel"], row.form.values["category"],
                            domain::typed_day(row.form.values["received"]).value_or(base::Day{}), std::move(row.form.complaint.facts)});
    return out;
}

std::expected<IntakeDone, IntakeRefused> take_in_register(const domain::Permitted<domain::Action::work_cases> &permitted,
                                                          OfficerContext &context, const OfficerSession &session, std::string_view bytes,
                                                          const domain::RegisterNames &names, std::size_t from) {
    using Why = IntakeRefused::Why;
    const base::OfficerId author = permitted.actor().officer;
    const auto agency = context.snapshot();
    if (!agency)
        return std::unexpected(IntakeRefused{why(agency.error())});
    if (!may_enter(**agency, author))
        return std::unexpected(IntakeRefused{Why::not_found});
    const auto found = read(context, **agency, author, bytes, names);
    if (!found)
        return std::unexpected(IntakeRefused{why(found.error())});
    if (!found->faults.empty())
        return std::unexpected(IntakeRefused{Why::faults});
    IntakeDone done{.rows = found->rows.size()};
    for (done.next = std::min(from, done.rows); done.next < done.rows && done.taken < rows_at_once; ++done.next) {
        const auto fresh = take_in(context, session, found->rows[done.next], found->entries[done.next], *agency);
        if (!fresh)
            return std::unexpected(IntakeRefused{why(fresh.error()), done});
        ++(*fresh ? done.taken : done.there);
    }
    return done;
}

} // namespace usecases
