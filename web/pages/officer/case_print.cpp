#include "web/pages/officer/case_print.h"

#include "service/domain/typed_day.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/files.h"

#include <algorithm>
#include <ranges>

namespace pages {
namespace {

using domain::PrintKind;
using print::Paragraph;
using Place = print::Paragraph::Place;
using Values = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view dots = "........................................";
constexpr std::size_t lines_of_an_order = 4, lines_of_a_statement = 12, lines_of_a_list = 4;

// The entry of the history that a paper rests on; nullptr: there is none.
const usecases::HistoryEntry *latest(const usecases::CaseView &shown, std::span<const std::string_view> events) {
    const auto found = std::ranges::find_if(shown.history.rbegin(), shown.history.rend(), [&](const usecases::HistoryEntry &entry) {
        return std::ranges::find(events, entry.event) != events.end();
    });
    return found == shown.history.rend() ? nullptr : &*found;
}
const usecases::HistoryEntry *latest(const usecases::CaseView &shown, std::string_view event) { return latest(shown, std::span(&event, 1)); }

std::string as_lines(const std::vector<Fact> &facts) {
    std::string out;
    for (const Fact &fact : facts)
        out += (out.empty() ? "" : "\n") + fact.name + ": " + fact.text;
    return out;
}

class Writer {
public:
    Writer(const Site &site, const Frame &frame, const usecases::CasePrint &printed, const domain::PrintForm &form)
        : site_(site), frame_(frame), printed_(printed), shown_(printed.shown), form_(form), kind_(*printed.copy.kind) {}

    print::Document write() && {
        const std::string number = register_number(site_, frame_, *shown_.row.number);
        out_.language = http::code(frame_.language);
        out_.thai_digits = frame_.language == Language::th;
        out_.every_page = secrecy_name(site_, frame_, shown_.secrecy);
        out_.title = say("print." + std::string(domain::id(kind_)));
        out_.foot = say("print.foot", {{"COPY", std::to_string(printed_.copy.number)},
                                       {"REFERENCE", usecases::reference(printed_.copy)},
                                       {"NAME", printed_.copy.who},
                                       {"TIME", long_time(site_.catalogue(), frame_.language, printed_.copy.time)}});
        cover(number);
        fill(number);
        switch (kind_) {
        case PrintKind::registration: registration(); break;
        case PrintKind::proposal: memo("print.subject.proposal", "propose"); break;
        case PrintKind::appointment: appointment(); break;
        case PrintKind::statement: statement(); break;
        case PrintKind::report: memo("print.subject.report", "report"); break;
        case PrintKind::referral: letter("print.subject.referral", "refer"); break;
        case PrintKind::result: letter("print.subject.result", ""); break;
        case PrintKind::contents: contents(); break;
        case PrintKind::whole: whole(); break;
        }
        return std::move(out_);
    }

private:
    using Fillings = std::initializer_list<Catalogue::Filling>;
    std::string say(std::string_view key) const { return site_.text(frame_, key); }
    std::string say(std::string_view key, Fillings fillings) const { return site_.catalogue().text(frame_.language, key, fillings); }
    std::string day(base::Day day) const { return long_date(site_.catalogue(), frame_.language, day); }
    const std::string &agency() const { return in(site_.profile().name, frame_.language); }
    const std::string &unit() const { return in(site_.profile().responsible_unit, frame_.language); }

    void add(print::Block block) { out_.blocks.push_back(std::move(block)); }
    void heading(int level, std::string text) { add(print::Heading{level, std::move(text), level == 1}); }
    void text(std::string text, Place place = Place::start, bool strong = false) { add(Paragraph{std::move(text), place, strong}); }
    // "ที่ ………": a name and what was typed, or dots.
    void line(std::string_view key, const std::string &value) { text(say(key) + "  " + (value.empty() ? std::string(dots) : value)); }
    void table(std::string name, std::vector<std::string> columns, std::vector<std::vector<std::string>> rows, std::vector<double> shares) {
        add(print::Table{std::move(name), std::move(columns), std::move(rows), std::move(shares)});
    }
    void facts(std::string name, const std::vector<Fact> &facts) {
        std::vector<std::vector<std::string>> rows;
        for (const Fact &fact : facts)
            rows.push_back({fact.name, fact.text});
        table(std::move(name), {}, std::move(rows), {1, 2});
    }

    // What lies on top wherever the paper is carried.
    void cover(const std::string &number) {
        text("");
        text(say("print.cover.title"), Place::middle, true);
        heading(1, out_.every_page);
        text(agency(), Place::middle, true);
        text(unit(), Place::middle);
        text("");
        facts(say("print.cover.title"), {{say("print.cover.paper"), out_.title},
                                         {say("queue.col.number"), number},
                                         {say("print.cover.copy"), std::to_string(printed_.copy.number)},
                                         {say("print.cover.reference"), usecases::reference(printed_.copy)}});
        text(say("print.cover.rule"));
        heading(3, say("print.cover.holders"));
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 1; i <= lines_of_a_list; ++i)
            rows.push_back({std::to_string(i), "", "", ""});
        table(say("print.cover.holders"), {say("print.col.row"), say("print.col.name"), say("print.col.signature"), say("print.col.day")},
              std::move(rows), {1, 4, 3, 2});
        add(print::PageEnd{});
    }

    std::string field(const usecases::HistoryEntry *entry, std::string_view name) const {
        if (!entry) return {};
        const auto value = std::ranges::find(entry->fields, name, &usecases::FieldValue::name);
        if (value == entry->fields.end()) return {};
        return value_text(site_, frame_, rule_of(transition_of(entry->event), name), *value);
    }
    std::string listed(const std::vector<std::string> &lines) const {
        std::string out;
        for (std::size_t i = 0; i < lines.size(); ++i)
            out += (i ? "\n" : "") + std::to_string(i + 1) + ". " + lines[i];
        return out;
    }
    // The fields of an entry whose name begins so, for each allegation in its order.
    std::string of_each_allegation(const usecases::HistoryEntry *entry, std::string_view name) const {
        std::vector<std::string> lines;
        for (std::size_t i = 0; i < shown_.allegations.size(); ++i)
            lines.push_back(shown_.allegations[i] + " – " + field(entry, std::string(name) + "_" + std::to_string(i + 1)));
        return listed(lines);
    }

    void fill(const std::string &number) {
        constexpr std::string_view orders[] = {"order_facts", "reassign"};
        const auto *proposal = latest(shown_, "propose"), *order = latest(shown_, orders), *report = latest(shown_, "report"),
                   *refer = latest(shown_, "refer");
        values_ = {{"AGENCY", agency()},
                   {"NUMBER", number},
                   {"RECEIVED", day(shown_.row.received)},
                   {"CATEGORY", category_name(site_, frame_, shown_.row.category)},
                   {"COMPLAINT", as_lines(complaint_facts(site_, frame_, shown_.complaint))},
                   {"ISSUES", listed(shown_.allegations)},
                   {"SCREENING", screening(proposal)},
                   {"ORDER", field(proposal, "proposed_order")},
                   {"FACT_FINDERS", named(order)},
                   {"DUE_DATE", field(order, "due_date")},
                   {"ORDER_NUMBER", field(order, "order_number")},
                   {"ORDER_DATE", field(order, "order_date")},
                   {"FINDINGS", field(report, "findings")},
                   {"EVIDENCE", field(report, "evidence")},
                   {"OPINIONS", of_each_allegation(report, "opinion")},
                   {"BASIS", field(refer, "basis")},
                   {"MASKED", say(masked(refer) ? "print.masked.yes" : "print.masked.no")},
                   {"TEXT", form_.letter_text},
                   {"NOTICE", last_notice()}};
    }
    std::string screening(const usecases::HistoryEntry *proposal) const {
        std::vector<Fact> out;
        for (const std::string_view name : {"sufficient_person", "sufficient_unit", "sufficient_time_place", "sufficient_conduct",
                                            "older_than_five_years", "other_agency_acts", "in_court"})
            out.push_back({field_label(site_, frame_, name, shown_.allegations), field(proposal, name)});
        return as_lines(out);
    }
    std::string named(const usecases::HistoryEntry *order) const {
        std::vector<std::string> lines;
        for (const auto part : std::views::split(field(order, "fact_finders"), '\n'))
            lines.emplace_back(part.begin(), part.end());
        return listed(lines);
    }
    static bool masked(const usecases::HistoryEntry *refer) {
        if (!refer) return true;
        const auto value = std::ranges::find(refer->fields, "masked", &usecases::FieldValue::name);
        return value == refer->fields.end() || value->value != "no";
    }
    // What the reporter was told at the end: the last message that a move sent.
    std::string last_notice() const {
        for (std::size_t at = shown_.history.size(); at-- > 1;)
            if (shown_.history[at].event == "reply" && transition_of(shown_.history[at - 1].event)) return shown_.history[at].text;
        return {};
    }

    void wording() {
        const std::string filled = domain::fill_places(wording_of(site_, frame_, kind_), values_);
        for (const auto part : std::views::split(filled, '\n')) {
            const std::string_view line(part.begin(), part.end());
            if (line.empty()) continue;
            if (line.starts_with("# ")) heading(3, std::string(line.substr(2)));
            else add(Paragraph{std::string(line), Place::start, false, true});
        }
    }

    void signature(const usecases::HistoryEntry *by) {
        print::Signature out{{say("print.sign"), "( " + (by ? by->who : std::string(dots)) + " )"}};
        out.lines.push_back(by ? acted_names(site_, frame_, by->as) : say("print.sign.post"));
        add(std::move(out));
    }
    void sign_for(std::string_view key) { add(print::Signature{{say("print.sign") + " " + say(key), "( " + std::string(dots) + " )"}}); }

    void registration() {
        heading(1, out_.title);
        text(agency(), Place::half);
        std::vector<Fact> rows{{say("queue.col.number"), values_["NUMBER"]}, {say("case.received"), values_["RECEIVED"]},
                               {say("case.category"), values_["CATEGORY"]}, {say("field.secrecy.label"), out_.every_page}};
        const auto *taken = latest(shown_, "register");
        if (taken) rows.push_back({say("print.registered_by"), taken->who});
        facts(out_.title, rows);
        wording();
        signature(taken);
    }

    void memo(std::string_view subject, std::string_view event) {
        heading(1, out_.title);
        text(say("print.office") + "  " + unit() + " " + agency());
        line("print.number", form_.print_number);
        line("print.date", date());
        text(say("print.subject") + "  " + say(subject, {{"NUMBER", values_["NUMBER"]}}));
        line("print.to", form_.addressee);
        wording();
        signature(latest(shown_, event));
        heading(3, say("print.superior"));
        add(print::Room{lines_of_an_order});
        signature(nullptr);
    }
    std::string date() const {
        const auto typed = domain::typed_day(form_.letter_date);
        return typed ? day(*typed) : std::string();
    }

    void appointment() {
        constexpr std::string_view orders[] = {"order_facts", "reassign"};
        const auto *order = latest(shown_, orders);
        heading(1, say("print.order_of", {{"AGENCY", agency()}}));
        text(say("print.number") + " " + values_["ORDER_NUMBER"], Place::middle);
        text(say("print.subject") + " " + say("print.subject.appointment"), Place::middle);
        wording();
        text(say("print.ordered_on", {{"DATE", values_["ORDER_DATE"]}}), Place::half);
        signature(order);
    }

    void statement() {
        heading(1, out_.title);
        line("print.written_at", "");
        line("print.date", "");
        wording();
        add(print::Room{lines_of_a_statement});
        text(say("print.statement.end"));
        for (const std::string_view who : {"print.sign.speaker", "print.sign.writer", "print.sign.witness"})
            sign_for(who);
    }

    void letter(std::string_view subject, std::string_view event) {
        line("print.number", form_.print_number);
        text(agency(), Place::half);
        if (const auto &contact = in(site_.profile().contact, frame_.language); !contact.empty()) text(contact, Place::half);
        text(form_.letter_date.empty() ? std::string(dots) : date(), Place::half);
        text(say("print.subject") + "  " + say(subject));
        line("print.to", form_.addressee);
        if (const std::string enclosed = field(latest(shown_, "refer"), "enclosures"); kind_ == PrintKind::referral && !enclosed.empty())
            text(say("print.enclosed") + "  " + enclosed);
        wording();
        text(say("print.closing"), Place::half);
        signature(event.empty() ? nullptr : latest(shown_, event));
        text(unit());
    }

    void contents() {
        heading(2, say("print.contents"));
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < shown_.history.size(); ++i) {
            const Told told = history_entry(site_, frame_, shown_, i);
            rows.push_back({std::to_string(i + 1), told.when, told.title, told.who});
        }
        table(say("print.contents"), {say("print.col.row"), say("print.col.day"), say("print.col.paper"), say("print.col.by")},
              std::move(rows), {1, 3, 5, 5});
        files();
    }

    void files() {
        heading(3, say("files.title"));
        if (shown_.files.empty()) return text(say("files.none"));
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < shown_.files.size(); ++i)
            rows.push_back({std::to_string(i + 1), day(shown_.files[i].day), shown_.files[i].record.name,
                            shown_.files[i].who.empty() ? say("case.the_reporter") : shown_.files[i].who});
        table(say("files.title"), {say("print.col.row"), say("print.col.day"), say("print.col.paper"), say("print.col.by")}, std::move(rows),
              {1, 3, 6, 4});
    }

    void whole() {
        contents();
        add(print::PageEnd{});
        heading(2, say("case.complaint"));
        facts(say("case.complaint"), complaint_facts(site_, frame_, shown_.complaint));
        if (!shown_.allegations.empty()) {
            heading(2, say("case.allegations"));
            print::List list{print::List::Kind::steps, {}};
            for (const std::string &allegation : shown_.allegations)
                list.items.push_back({allegation});
            add(std::move(list));
        }
        heading(2, say("case.history"));
        for (std::size_t i = 0; i < shown_.history.size(); ++i) {
            const Told told = history_entry(site_, frame_, shown_, i);
            heading(3, std::to_string(i + 1) + ". " + told.title);
            text(told.when + " · " + told.who);
            for (const auto part : std::views::split(told.text, '\n'))
                if (!part.empty()) text(std::string(part.begin(), part.end()));
            if (!told.facts.empty()) facts(told.title, told.facts);
        }
    }

    const Site &site_;
    const Frame &frame_;
    const usecases::CasePrint &printed_;
    const usecases::CaseView &shown_;
    const domain::PrintForm &form_;
    const PrintKind kind_;
    Values values_;
    print::Document out_;
};

} // namespace

std::string wording_of(const Site &site, const Frame &frame, PrintKind kind) {
    const auto worded = std::ranges::find(domain::worded_kinds, kind);
    const std::string &own = site.profile().wordings[static_cast<std::size_t>(worded - domain::worded_kinds.begin())];
    return own.empty() ? site.text(frame, "print.wording." + std::string(domain::id(kind))) : own;
}

domain::PrintForm first_form(const Site &site, const Frame &frame, const usecases::CaseView &shown, PrintKind kind) {
    domain::PrintForm out;
    const auto *refer = latest(shown, "refer");
    const auto field = [&](std::string_view name) {
        const auto value = std::ranges::find(refer->fields, name, &usecases::FieldValue::name);
        return value == refer->fields.end() ? std::string() : value_text(site, frame, rule_of(transition_of("refer"), name), *value);
    };
    if (kind == PrintKind::result) out.addressee = site.text(frame, "print.to.reporter");
    if (kind != PrintKind::referral || !refer) return out;
    out.addressee = field("referred_to");
    if (const std::string office = field("office"); !office.empty()) out.addressee += " " + office;
    out.print_number = field("letter_number");
    out.letter_text = as_lines(matter_facts(site, frame, shown.complaint));
    return out;
}

print::Document case_document(const Site &site, const Frame &frame, const usecases::CasePrint &printed, const domain::PrintForm &form) {
    return Writer(site, frame, printed, form).write();
}

} // namespace pages
