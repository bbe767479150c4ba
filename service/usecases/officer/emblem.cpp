#include "service/usecases/officer/emblem.h"

#include "crypto/officer/file_open.h"

#include <algorithm>

namespace usecases {
namespace {

using base::Code;
using Why = SettingsRefused::Why;

// A picture of the agency belongs to no case.
crypto::FilePlace place_of(const domain::Emblem &emblem) { return {base::CaseId{}, emblem.id}; }

std::unexpected<SettingsRefused> refuse(Why why) { return std::unexpected(SettingsRefused{why, {}}); }
std::unexpected<SettingsRefused> refuse(std::string_view fault) {
    return std::unexpected(SettingsRefused{Why::faults, {{"emblem", fault}}});
}

Why why_of(const base::Error &error) { return error.code == Code::unavailable ? Why::busy : Why::storage_failed; }

// Complete and durable when this returns. What a failure leaves has no row: the next start sweeps it.
base::Result<domain::Emblem> seal(ports::FileShelf &shelf, base::View picture, std::string type) {
    domain::Emblem out{base::ObjectId::random(), {}, {}, std::move(type), picture.size()};
    const auto key = crypto::FileKey::random();
    std::ranges::copy(key.reveal(crypto::raw_secret), out.key.begin());
    ASSIGN_OR_RETURN(const auto file, shelf.receive(file_of(out), crypto::FileShape::of(out.length).stored));
    crypto::FileSealer sealer(key, place_of(out), out.length, [&](base::View sealed) { return file->append(sealed); });
    RETURN_IF_FAILED(sealer.add(picture));
    ASSIGN_OR_RETURN(const auto facts, sealer.finish());
    RETURN_IF_FAILED(file->finish());
    out.digest = facts.digest;
    return out;
}

// Refused before a byte of a picture is looked into or stored: what would be refused afterwards all the same.
std::expected<void, SettingsRefused> may_propose(OfficerContext &context, std::uint64_t version) {
    if (context.profile.now()->version != version)
        return refuse(Why::stale);
    const auto open = context.reads.settings().proposal();
    if (!open)
        return refuse(why_of(open.error()));
    if (*open)
        return refuse(Why::proposal_open);
    return {};
}

std::expected<SettingsDone, SettingsRefused> propose(const MayChange &permitted, OfficerContext &context, std::uint64_t version,
                                                     std::string line) {
    auto typed = context.profile.now()->profile;
    typed.emblem = std::move(line);
    return change_settings(permitted, context, version, typed);
}

} // namespace

ports::FileName file_of(const domain::Emblem &emblem) { return *ports::FileName::from(emblem.id.bytes()); }

std::optional<ports::FileName> emblem_file(const domain::AgencyProfile &profile) {
    return domain::emblem_from(profile.emblem).transform(file_of);
}

std::expected<SettingsDone, SettingsRefused> propose_emblem(const MayChange &permitted, OfficerContext &context,
                                                            std::uint64_t version, base::View picture) {
    if (const auto free = may_propose(context, version); !free)
        return std::unexpected(free.error());
    if (picture.empty())
        return refuse("fault.emblem.empty");
    if (picture.size() > domain::max_emblem)
        return refuse("fault.emblem.too_large");
    auto &inspector = context.files.inspector;
    auto type = inspector.media_type(picture);
    if (!type)
        return refuse(Why::busy);
    if (domain::emblem_ending(*type).empty())
        return refuse("fault.emblem.type");
    const auto cleaned = inspector.without_metadata([&] { return base::Result<base::Bytes>(base::copy(picture)); }, *type);
    if (!cleaned)
        return refuse(why_of(cleaned.error()));
    if (!*cleaned || (*cleaned)->empty())
        return refuse("fault.emblem.unreadable");
    if ((*cleaned)->size() > domain::max_emblem)
        return refuse("fault.emblem.too_large_cleaned");
    const auto emblem = seal(context.files.shelf, **cleaned, std::move(*type));
    if (!emblem) // the disk is full, or does not take it
        return refuse(Why::storage_failed);
    return propose(permitted, context, version, domain::to_line(*emblem));
}

std::expected<SettingsDone, SettingsRefused> propose_no_emblem(const MayChange &permitted, OfficerContext &context,
                                                               std::uint64_t version) {
    if (const auto free = may_propose(context, version); !free)
        return std::unexpected(free.error());
    return propose(permitted, context, version, {});
}

base::Result<std::string> open_emblem(const domain::Emblem &emblem,
                                      const base::Result<std::unique_ptr<ports::StoredFile>> &stored) {
    if (!stored && stored.error().code == Code::not_found)
        return base::fail(Code::refused, "the agency's emblem is gone from the disk");
    if (!stored)
        return std::unexpected(stored.error());
    const auto shape = crypto::FileShape::of(emblem.length);
    if ((*stored)->size() != shape.stored)
        return base::fail(Code::refused, "the agency's emblem has another length on the disk");
    base::Bytes sealed(static_cast<std::size_t>(shape.stored));
    RETURN_IF_FAILED((*stored)->read(0, sealed));
    if (crypto::FileDigest::of(sealed) != emblem.digest)
        return base::fail(Code::refused, "the agency's emblem has another digest");
    const auto key = crypto::FileKey::from(crypto::raw_secret, emblem.key);
    const auto file = crypto::OpenedFile::of(place_of(emblem), key, {emblem.length, emblem.digest});
    std::string out;
    for (std::uint64_t number = 0; number < shape.chunks; ++number) {
        const auto begin = static_cast<std::size_t>(number * crypto::sealed_file_chunk);
        const auto chunk = base::View(sealed).subspan(begin).first(std::min(crypto::sealed_file_chunk, sealed.size() - begin));
        ASSIGN_OR_RETURN(const auto plain, file.chunk(number, chunk));
        out += base::text(plain);
    }
    return out;
}

base::Result<EmblemPicture> emblem_picture(const MaySee &, OfficerContext &context, std::string_view id) {
    const auto versions = context.profile.versions();
    ASSIGN_OR_RETURN(const auto proposal, context.reads.settings().proposal());
    std::vector<std::string> lines;
    for (const domain::ProfileVersion &version : *versions)
        lines.push_back(version.profile.emblem);
    if (proposal && proposal->in_log)
        if (const auto wanted = domain::proposal_from_json(proposal->id.text(), proposal->document, versions->back().profile))
            lines.push_back(wanted->emblem);
    for (const std::string &line : lines)
        if (const auto emblem = domain::emblem_from(line); emblem && emblem->id.text() == id) {
            ASSIGN_OR_RETURN(auto bytes, open_emblem(*emblem, context.files.shelf.open(file_of(*emblem))));
            return EmblemPicture{emblem->type, std::move(bytes)};
        }
    return base::fail(Code::not_found, "an emblem that neither the proposal nor a version names");
}

} // namespace usecases
