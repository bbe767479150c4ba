#include "web/pages/common/manual.h"

#include "service/domain/fiscal_year.h"
#include "web/pages/common/channel.h"
#include "web/pages/common/dates.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <set>

namespace pages {
namespace {

std::string who(const Site &site, const Frame &frame, const domain::Transition &step) {
    if (std::ranges::equal(step.by, domain::handling_line)) return site.text(frame, "manual.any_reader");
    if (step.named) return site.text(frame, "post." + std::string(domain::id(domain::Post::fact_finder)));
    std::string out;
    for (const domain::Post post : step.by) {
        const std::string name = site.text(frame, "post." + std::string(domain::id(post)));
        out = out.empty() ? name : site.catalogue().text(frame.language, "manual.or", {{"ONE", out}, {"OTHER", name}});
    }
    if (step.takes_effect && domain::on_paper(step)) return out + " " + site.text(frame, "manual.never_the_recorder");
    return step.never_the_proposer ? out + " " + site.text(frame, "manual.never_the_proposer") : out;
}

constexpr std::string_view draft_address = "draft";

std::string days_of(const Site &site, const Frame &frame, const domain::ManualVersion &version) {
    const auto day = [&](base::Day which) { return long_date(site.catalogue(), frame.language, which); };
    const bool open = !version.until || (version.since && *version.until < *version.since);
    if (open && !version.since) return site.text(frame, "manual.days.beginning");
    if (open) return site.catalogue().text(frame.language, "manual.days.from", {{"FROM", day(*version.since)}});
    const base::Day last{version.until->number - 1};
    if (!version.since) return site.catalogue().text(frame.language, "manual.days.until", {{"UNTIL", day(last)}});
    if (last < *version.since) return site.catalogue().text(frame.language, "manual.days.within", {{"DAY", day(*version.since)}});
    return site.catalogue().text(frame.language, "manual.days.from_until", {{"FROM", day(*version.since)}, {"UNTIL", day(last)}});
}

// Writes one version of the manual, part after part.
class Manual {
public:
    Manual(const Site &site, const Frame &frame, const domain::ManualVersion &version)
        : site_(site), frame_(frame), version_(version), profile_(version.profile) {}

    print::Document write(int year, const ManualPlace &place) && {
        out_.language = http::code(frame_.language);
        out_.title = say("manual.title", {{"YEAR", std::to_string(year)}});
        add(print::Heading{1, out_.title});
        add(print::Paragraph{in(profile_.name, frame_.language)});
        add(standing());
        list("manual.one.title", print::List::Kind::bullets,
             {"manual.one.helps", "manual.one.anonymous", "manual.one.false", "manual.one.secret"});
        list("manual.two.title", print::List::Kind::steps,
             {"manual.two.one", "manual.two.two", "manual.two.three", "manual.two.four", "manual.two.files"});
        sort_steps();
        table(2, "manual.three.title", "manual.three.text", path_, {3, 4, 3});
        heading(3, "diagram.title");
        add(print::Drawing{say("diagram.title"), say("diagram.told"), manual_diagram(site_, frame_, place.diagram_width).picture});
        table(3, "manual.other.title", "manual.other.text", other_, {3, 4, 3});
        table(3, "manual.paper.title", "manual.paper.text", paper_, {1, 1});
        table(3, "manual.void.title", "manual.void.text", aside_, {1, 1});
        heading(2, "manual.four.title");
        add(print::Paragraph{in(profile_.responsible_unit, frame_.language) + " " + in(profile_.name, frame_.language)});
        add(print::Paragraph{say("kind." + profile_.kind)});
        for (const std::string &line : {in(profile_.contact, frame_.language), in(profile_.hours, frame_.language)})
            if (!line.empty()) add(print::Paragraph{line});
        table(2, "manual.five.title", "manual.five.text", limits_, {3, 1}, "manual.col.limit");
        heading(2, "manual.six.title");
        const print::Item website{say("manual.six.web"), place.paper && !place.channel.empty() ? " " + place.channel : "",
                                  place.paper ? "" : place.channel};
        add(print::List{print::List::Kind::bullets, {website, {say("manual.six.contact")}}});
        if (place.paper) out_.foot = edition() + (place.channel.empty() ? "" : " · " + place.channel);
        heading(3, "manual.six.others");
        print::List others{print::List::Kind::contacts, {}};
        for (const auto &[name, number] : {std::pair{"other.nacc", "1205"}, {"other.pacc", "1206"}, {"other.damrongdham", "1567"},
                                           {"other.ombudsman", "1676"}, {"other.government", "1111"}})
            others.items.push_back({say(name), number, {}});
        add(std::move(others));
        return std::move(out_);
    }

private:
    using Rows = std::vector<std::vector<std::string>>;

    std::string say(std::string_view key) const { return site_.text(frame_, key); }
    std::string say(std::string_view key, std::initializer_list<Catalogue::Filling> fillings) const {
        return site_.catalogue().text(frame_.language, key, fillings);
    }
    std::string day(base::Day day) const { return long_date(site_.catalogue(), frame_.language, day); }

    void add(print::Block block) { out_.blocks.push_back(std::move(block)); }
    void heading(int level, std::string_view key) { add(print::Heading{level, say(key)}); }

    void list(std::string_view title, print::List::Kind kind, std::initializer_list<std::string_view> keys) {
        heading(2, title);
        print::List out{kind, {}};
        for (const std::string_view key : keys)
            out.items.push_back({say(key)});
        add(std::move(out));
    }

    void table(int level, std::string_view title, std::string_view text, Rows rows, std::vector<double> shares,
               std::string_view last = "manual.col.by") {
        heading(level, title);
        add(print::Paragraph{say(text)});
        std::vector<std::string> columns{say("manual.col.step")};
        if (shares.size() == 3) columns.push_back(say("manual.col.to"));
        columns.push_back(say(last));
        add(print::Table{say(title), std::move(columns), std::move(rows), std::move(shares)});
    }

    // Until two people have confirmed its limits it is the program's and a draft.
    print::Notice standing() const {
        return {edition(), say(version_.number ? "manual.version.text" : "manual.draft.text")};
    }

    std::string edition() const {
        const std::string number = manual_number(site_, frame_, version_.number);
        if (!version_.number || !version_.since) return number;
        return say("manual.version.from", {{"VERSION", number}, {"DATE", day(*version_.since)}});
    }

    void sort_steps() {
        const std::string filed = say("manual.filed.step");
        path_.push_back({filed, say("state." + std::string(domain::id(domain::State::submitted))), say("case.the_reporter")});
        limits_.push_back({filed, say("manual.limit.at_once")});
        std::set<std::string_view> told; // a step that leads out of several states: once
        for (const domain::Transition &step : domain::transitions()) {
            if (!told.insert(step.event).second) continue;
            const std::string name = step_name(site_, frame_, step), by = who(site_, frame_, step);
            if (step.by_hand) limits_.push_back({name, say("manual.limit.at_once")});
            if (step.limit > 0) limits_.push_back({name, step_limit(site_, frame_, profile_, step)});
            const std::string to = say(step.returns ? "manual.returns" : "state." + std::string(domain::id(step.to)));
            if (domain::on_paper(step)) paper_.push_back({name, by});
            else if (domain::sets_aside(step)) aside_.push_back({name, by});
            else (step.main || step.by_hand ? path_ : other_).push_back({name, to, by});
        }
    }

    const Site &site_;
    const Frame &frame_;
    const domain::ManualVersion &version_;
    const AgencyProfile &profile_;
    print::Document out_;
    Rows path_, other_, paper_, aside_, limits_;
};

} // namespace

Diagram manual_diagram(const Site &site, const Frame &frame, double width) {
    const auto with_step = [&](std::string_view key) {
        return [&site, &frame, key](const domain::Transition &step) {
            return site.catalogue().text(frame.language, key, {{"STEP", step_name(site, frame, step)}});
        };
    };
    return draw_workflow(domain::transitions(),
                         {[&](domain::State state) { return site.text(frame, "state." + std::string(domain::id(state))); },
                          [&](const domain::Transition &step) { return step_name(site, frame, step); },
                          with_step("diagram.returns"), with_step("diagram.stays")},
                         width);
}

int manual_year(const domain::ManualVersion &version, base::Day today) {
    const base::Day last = version.until ? std::min(today, base::Day{version.until->number - 1}) : today;
    return domain::fiscal_year(std::max(last, version.since.value_or(last)));
}

print::Document manual_document(const Site &site, const Frame &frame, const domain::ManualVersion &version, base::Day today,
                                const ManualPlace &place) {
    return Manual(site, frame, version).write(manual_year(version, today), place);
}

std::string manual_address(std::optional<std::uint64_t> number) {
    return number ? std::to_string(*number) : std::string(draft_address);
}

const domain::ManualVersion *find_manual(const domain::ManualVersions &versions, std::string_view address) {
    if (address == draft_address) return versions.find(std::nullopt);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(address.data(), address.data() + address.size(), number);
    const bool as_written = error == std::errc{} && end == address.data() + address.size() && std::to_string(number) == address;
    return as_written ? versions.find(number) : nullptr;
}

std::string manual_number(const Site &site, const Frame &frame, std::optional<std::uint64_t> number) {
    return number ? site.catalogue().text(frame.language, "manual.version", {{"NUMBER", std::to_string(*number)}})
                  : site.text(frame, "manual.draft");
}

void show_manual_versions(View &view, const Site &site, const Frame &frame, const domain::ManualVersions &versions,
                          const domain::ManualVersion &version, base::Day today) {
    using Standing = domain::ManualVersion::Standing;
    struct Family {
        Standing standing;
        std::string_view list, title; // title: of the notice on its own page
    };
    constexpr Family families[] = {{Standing::in_force, "IN_FORCE", ""},
                                   {Standing::coming, "COMING", "manual.coming.title"},
                                   {Standing::earlier, "PAST", "manual.earlier.title"},
                                   {Standing::never, "NEVER", "manual.never.title"}};
    view.list("NOT_IN_FORCE").list("OTHER_VERSIONS");
    View *others = nullptr;
    for (const Family &family : families) {
        if (version.standing(today) == family.standing && !family.title.empty())
            view.row("NOT_IN_FORCE")
                .set("NOT_IN_FORCE_TITLE", site.text(frame, family.title))
                .set("NOT_IN_FORCE_TEXT", days_of(site, frame, version));
        View *list = nullptr;
        for (const domain::ManualVersion &other : std::views::reverse(versions.all())) {
            if (&other == &version || other.standing(today) != family.standing) continue;
            if (!others) {
                others = &view.row("OTHER_VERSIONS");
                for (const Family &each : families)
                    others->list(each.list);
            }
            if (!list) list = &others->row(family.list);
            list->row("VERSION")
                .set("VERSION_ADDRESS", manual_address(other.number))
                .set("VERSION_NAME", manual_number(site, frame, other.number) + " " + days_of(site, frame, other));
        }
    }
}

} // namespace pages
