#include "service/usecases/officer/case_index.h"

#include "crypto/primitives/object.h"

#include <algorithm>
#include <bit>

namespace usecases {
namespace {

constexpr std::uint8_t layout = 1; // of what is sealed: another one is not read, the list is made anew
static_assert(std::endian::native == std::endian::little);

template <class Id>
void put_ids(base::Writer &out, const std::vector<Id> &ids) {
    out.u32(static_cast<std::uint32_t>(ids.size()));
    for (const Id &id : ids)
        out.raw(id.bytes());
}

template <class Id>
std::vector<Id> take_ids(base::Reader &in) {
    const std::uint32_t count = in.u32();
    const base::View all = in.raw(std::size_t{count} * 16);
    std::vector<Id> out;
    out.reserve(all.size() / 16);
    for (std::size_t at = 0; at < all.size(); at += 16)
        out.push_back(*Id::from(all.subspan(at, 16)));
    return out;
}

void put_officer(base::Writer &out, const std::optional<base::OfficerId> &officer) {
    out.raw(officer.value_or(base::OfficerId()).bytes());
}

// A transition is named by where it begins and its event.
void put_transition(base::Writer &out, const domain::Transition *transition) {
    out.u8(transition ? static_cast<std::uint8_t>(transition->from) : 0).text16(transition ? transition->event : "");
}

struct Named {
    const domain::Transition *transition = nullptr;
    bool sound = false;
};
Named take_transition(base::Reader &in) {
    const std::uint8_t from = in.u8();
    const std::string_view event = in.text16();
    if (from == 0)
        return {nullptr, event.empty()};
    const auto *found = domain::find_transition(static_cast<domain::State>(from), event);
    return {found, found != nullptr};
}

void put_course(base::Writer &out, const domain::Course &course) {
    out.u8(static_cast<std::uint8_t>(course.state)).u32(static_cast<std::uint32_t>(course.since.number));
    put_officer(out, course.proposer);
    out.u8(course.uncounted ? static_cast<std::uint8_t>(*course.uncounted) : 0);
    for (const auto &due : {course.due, course.outside_due})
        out.u8(due.has_value()).u32(static_cast<std::uint32_t>(due.value_or(base::Day{}).number));
    out.u8(course.by_hand);
    out.u8(static_cast<std::uint8_t>(course.before.size()));
    for (const domain::State state : course.before)
        out.u8(static_cast<std::uint8_t>(state));
    put_transition(out, course.ending ? course.ending->proposed : nullptr);
    out.raw((course.ending ? course.ending->by : base::OfficerId()).bytes());
    put_transition(out, course.paper ? course.paper->decision : nullptr);
    out.raw((course.paper ? course.paper->entered : base::OfficerId()).bytes());
    out.raw((course.paper ? course.paper->signer : base::OfficerId()).bytes());
    put_ids(out, course.finders);
}

bool take_course(base::Reader &in, domain::Course &out) {
    out.state = static_cast<domain::State>(in.u8());
    out.since = {static_cast<std::int32_t>(in.u32())};
    const base::OfficerId proposer(in.array<16>());
    if (!proposer.is_zero())
        out.proposer = proposer;
    if (const std::uint8_t uncounted = in.u8())
        out.uncounted = static_cast<domain::Outcome>(uncounted);
    for (auto *due : {&out.due, &out.outside_due}) {
        const bool is_set = in.u8() != 0;
        const base::Day day{static_cast<std::int32_t>(in.u32())};
        if (is_set)
            *due = day;
    }
    out.by_hand = in.u8() != 0;
    for (std::uint8_t left = in.u8(); left > 0 && in.ok(); --left)
        out.before.push_back(static_cast<domain::State>(in.u8()));
    const Named ending = take_transition(in);
    const base::OfficerId by(in.array<16>());
    if (ending.transition)
        out.ending = {ending.transition, by};
    const Named decision = take_transition(in);
    const base::OfficerId entered(in.array<16>()), signer(in.array<16>());
    if (decision.transition)
        out.paper = {decision.transition, entered, signer};
    out.finders = take_ids<base::OfficerId>(in);
    return in.ok() && ending.sound && decision.sound;
}

} // namespace

std::size_t SealedIndex::size() const {
    std::size_t out = rows.size();
    for (const auto &part : details)
        out += part->size();
    return out;
}

std::shared_ptr<const SealedIndex> CaseIndexes::of(base::OfficerId officer) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(officer);
    if (found == kept_.end())
        return nullptr;
    found->second.used = ++uses_;
    return found->second.index;
}

void CaseIndexes::keep(base::OfficerId officer, std::shared_ptr<const SealedIndex> index) {
    std::lock_guard lock(mutex_);
    Kept &own = kept_[officer];
    own.index = std::move(index);
    own.used = ++uses_;
    for (;;) {
        std::size_t bytes = 0;
        auto stalest = kept_.end();
        for (auto one = kept_.begin(); one != kept_.end(); ++one) {
            bytes += one->second.index->size();
            if (one->first != officer && (stalest == kept_.end() || one->second.used < stalest->second.used))
                stalest = one;
        }
        if (bytes <= most_bytes_ || stalest == kept_.end())
            return;
        kept_.erase(stalest);
    }
}

std::size_t CaseIndexes::next_looked_at(base::OfficerId officer, std::size_t rows) {
    std::lock_guard lock(mutex_);
    const auto found = kept_.find(officer);
    if (found == kept_.end() || rows == 0)
        return 0;
    return found->second.looked_at++ % rows;
}

std::uint64_t category_tag(std::string_view id) {
    if (id.empty())
        return 0;
    const auto digest = crypto::digest(base::view(id));
    std::uint64_t out;
    std::memcpy(&out, digest.data(), sizeof out);
    return out | 1;
}

base::Bytes encode(const domain::Course &course) {
    base::Writer out;
    put_course(out, course);
    return out.take();
}

base::Bytes encode(const IndexDetail &detail) {
    base::Writer out;
    out.text16(detail.search).text16(detail.title).text16(detail.category);
    put_course(out, detail.course);
    put_ids(out, detail.excluded);
    return out.take();
}

base::Result<IndexDetail> decode_detail(base::View bytes) {
    base::Reader in(bytes);
    IndexDetail out;
    out.search = in.text16();
    out.title = in.text16();
    out.category = in.text16();
    const bool sound = take_course(in, out.course);
    out.excluded = take_ids<base::OfficerId>(in);
    if (!sound || !in.finished())
        return base::fail(base::Code::refused, "a list of cases of another layout");
    return out;
}

CaseIndex::CaseIndex(base::InstanceId instance, const crypto::OfficerKeys &keys)
    : instance_(instance), officer_(keys.officer), key_(crypto::index_key(keys)) {}

CaseIndex::~CaseIndex() {
    crypto::wipe({reinterpret_cast<base::Byte *>(rows_.data()), rows_.size() * sizeof(IndexRow)});
    for (Part &part : parts_)
        for (base::Bytes &detail : part.details)
            crypto::wipe(detail);
}

crypto::IndexPart CaseIndex::place(std::size_t part) const { return {instance_, officer_, static_cast<std::uint32_t>(part)}; }

base::Result<CaseIndex> CaseIndex::open(base::InstanceId instance, const crypto::OfficerKeys &keys, const SealedIndex &sealed) {
    CaseIndex out(instance, keys);
    ASSIGN_OR_RETURN(base::Bytes bytes, crypto::open_index(out.key_, out.place(0), sealed.rows));
    const crypto::Scratch plain(std::move(bytes));
    RETURN_IF_FAILED(out.read(plain.view()));
    if (out.parts_.size() != sealed.details.size())
        return base::fail(base::Code::refused, "a list of cases with other parts than it names");
    for (std::size_t i = 0; i < out.parts_.size(); ++i) {
        out.parts_[i].sealed = sealed.details[i];
        if (crypto::index_tag(*sealed.details[i]) != out.parts_[i].tag)
            return base::fail(base::Code::refused, "a part of another list of cases");
    }
    return out;
}

base::Result<> CaseIndex::read(base::View plain) {
    base::Reader in(plain);
    if (in.u8() != layout)
        return base::fail(base::Code::refused, "a list of cases of another layout");
    known_.begun = true;
    known_.sequence = in.u64();
    known_.hash = in.array<32>();
    known_.day = {static_cast<std::int32_t>(in.u32())};
    known_.agency = in.array<32>();
    known_.cases = in.u64();
    const base::View rows = in.raw(std::size_t{in.u32()} * sizeof(IndexRow));
    rows_.resize(rows.size() / sizeof(IndexRow));
    std::memcpy(rows_.data(), rows.data(), rows.size());
    parts_.resize((rows_.size() + in_part - 1) / in_part);
    for (Part &part : parts_)
        part.tag = in.array<16>();
    known_.todo = take_ids<base::CaseId>(in);
    known_.seen = take_ids<base::ObjectId>(in);
    for (std::uint16_t left = in.u16(); left > 0 && in.ok(); --left)
        names_.emplace_back(in.text16());
    if (!in.finished())
        return base::fail(base::Code::refused, "a list of cases of another layout");
    return {};
}

base::Result<CaseIndex::Part *> CaseIndex::opened(std::size_t number) {
    Part &part = parts_[number];
    if (part.open)
        return &part;
    ASSIGN_OR_RETURN(base::Bytes bytes, crypto::open_index(key_, place(number + 1), *part.sealed));
    const crypto::Scratch plain(std::move(bytes));
    base::Reader in(plain.view());
    const std::size_t count = std::min(in_part, rows_.size() - number * in_part);
    for (std::size_t i = 0; i < count; ++i)
        part.details.push_back(base::copy(in.raw(in.u32())));
    if (!in.finished())
        return base::fail(base::Code::refused, "a list of cases of another layout");
    part.open = true;
    return &part;
}

base::Result<base::View> CaseIndex::detail(std::size_t row) {
    ASSIGN_OR_RETURN(const Part *part, opened(row / in_part));
    return base::View(part->details[row % in_part]);
}

base::Result<> CaseIndex::add(const IndexRow &row, const IndexDetail &detail) {
    const std::size_t number = rows_.size() / in_part;
    if (number == parts_.size())
        parts_.push_back({.open = true});
    ASSIGN_OR_RETURN(Part *const part, opened(number));
    rows_.push_back(row);
    part->details.push_back(encode(detail));
    part->changed = changed_ = true;
    return {};
}

base::Result<> CaseIndex::remove(base::CaseId id) {
    const auto found = std::ranges::find_if(rows_, [&](const IndexRow &row) { return row.case_id() == id; });
    if (found == rows_.end())
        return {};
    const auto at = static_cast<std::size_t>(found - rows_.begin()), last = rows_.size() - 1;
    ASSIGN_OR_RETURN(Part *const from, opened(last / in_part));
    ASSIGN_OR_RETURN(Part *const to, opened(at / in_part));
    std::swap(to->details[at % in_part], from->details[last % in_part]);
    std::swap(rows_[at], rows_[last]);
    crypto::wipe(from->details.back());
    from->details.pop_back();
    rows_.pop_back();
    if (from->details.empty())
        parts_.pop_back();
    else
        from->changed = true;
    if (at / in_part < parts_.size())
        parts_[at / in_part].changed = true;
    changed_ = true;
    return {};
}

void CaseIndex::replace(std::size_t row, const IndexRow &with) {
    rows_[row] = with;
    changed_ = true;
}

void CaseIndex::clear() {
    rows_.clear();
    parts_.clear();
    names_.clear();
    known_ = {};
    changed_ = true;
}

std::uint16_t CaseIndex::place_of(std::string_view name) {
    const auto found = std::ranges::find(names_, name);
    const auto place = static_cast<std::uint16_t>(found - names_.begin());
    if (found == names_.end())
        names_.emplace_back(name);
    return place;
}

std::shared_ptr<const SealedIndex> CaseIndex::seal() {
    auto out = std::make_shared<SealedIndex>();
    base::Writer tags;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        Part &part = parts_[i];
        if (part.changed) {
            base::Writer plain;
            for (const base::Bytes &detail : part.details)
                plain.u32(static_cast<std::uint32_t>(detail.size())).raw(detail);
            const crypto::Scratch whole(plain.take());
            part.sealed = std::make_shared<const base::Bytes>(crypto::seal_index(key_, place(i + 1), whole.view()));
            part.tag = crypto::index_tag(*part.sealed);
            part.changed = false;
        }
        out->details.push_back(part.sealed);
        tags.raw(part.tag);
    }
    base::Writer plain;
    plain.u8(layout).u64(known_.sequence).raw(known_.hash).u32(static_cast<std::uint32_t>(known_.day.number)).raw(known_.agency);
    plain.u64(known_.cases).u32(static_cast<std::uint32_t>(rows_.size()));
    plain.raw({reinterpret_cast<const base::Byte *>(rows_.data()), rows_.size() * sizeof(IndexRow)}).raw(tags.seen());
    put_ids(plain, known_.todo);
    put_ids(plain, known_.seen);
    plain.u16(static_cast<std::uint16_t>(names_.size()));
    for (const std::string &name : names_)
        plain.text16(name);
    const crypto::Scratch whole(plain.take());
    out->rows = crypto::seal_index(key_, place(0), whole.view());
    changed_ = false;
    return out;
}

} // namespace usecases
