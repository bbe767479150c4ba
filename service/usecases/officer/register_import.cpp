#include "service/usecases/officer/register_import.h"

#include "crypto/primitives/object.h"
#include "service/domain/text.h"

namespace usecases {
namespace {

void add_names(std::map<std::string, std::string> &out, const std::string &family, std::span<const domain::CodeLabel> list,
               std::span<const WordingOf> languages) {
    // An id always means itself; a wording that two entries share means neither.
    for (const domain::CodeLabel &entry : list)
        out[entry.id] = entry.id;
    std::map<std::string, std::string> wordings;
    for (const domain::CodeLabel &entry : list) {
        std::vector<std::string> names{entry.label.th, entry.label.en};
        for (const WordingOf &wording : languages)
            names.push_back(wording(family + "." + entry.id));
        for (const std::string &name : names)
            if (const std::string clean = domain::clean_line(name); !clean.empty()) {
                const auto [at, fresh] = wordings.try_emplace(clean, entry.id);
                if (!fresh && at->second != entry.id) at->second.clear();
            }
    }
    for (const auto &[name, id] : wordings)
        if (!id.empty()) out.try_emplace(name, id);
}

} // namespace

domain::RegisterNames register_names(const domain::AgencyProfile &profile, std::span<const WordingOf> languages) {
    domain::RegisterNames out;
    add_names(out.channels, "channel", profile.channels, languages);
    add_names(out.categories, "category", profile.categories, languages);
    return out;
}

base::Result<ports::ImportCounts> import_register(const AtTheMachine &at, std::span<const domain::RegisterEntry> entries, base::View file) {
    const base::Seconds now = at.clock.now();
    return at.writes.old_register().import(
        entries, crypto::digest(file),
        {.event = crypto::AuditEvent::register_imported, .day = base::day_of(now), .time = now, .actor = {}, .subject = {}, .object = {}, .digest = {}});
}

} // namespace usecases
