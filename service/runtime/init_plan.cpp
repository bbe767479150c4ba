#include "service/runtime/init_plan.h"

#include "crypto/reporter/certificate.h"
#include "service/domain/account_form.h"
#include "service/domain/agency_profile.h"
#include "service/domain/passphrase.h"
#include "service/domain/text.h"
#include "service/runtime/settings.h"
#include "web/net/inspect.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace runtime {
namespace {

using domain::Fault;
using Check = std::optional<Fault>;

std::string_view answer_to(const Answers &answers, std::string_view key) {
    const auto found = answers.find(key);
    return found == answers.end() ? std::string_view() : std::string_view(found->second);
}

template <const char *text>
std::optional<std::string> always(const Answers &) {
    return text;
}
constexpr char municipality[] = "subdistrict_municipality", unit_en[] = "Legal affairs, Office of the Clerk", empty[] = "", both_languages[] = "th_en",
               local[] = "127.0.0.1", name_of_local[] = "localhost", reporter_port[] = "8443", officer_port[] = "8444",
               holder[] = "holder", executive[] = "executive", clerk[] = "clerk";

std::optional<std::string> unit_th(const Answers &before) {
    const auto kind = answer_to(before, "agency.kind");
    if (kind == "subdistrict_organisation")
        return "งานนิติการ สำนักปลัดองค์การบริหารส่วนตำบล";
    return kind == "provincial_organisation" ? "กองนิติการ สำนักปลัดองค์การบริหารส่วนจังหวัด" : "งานนิติการ สำนักปลัดเทศบาล";
}

// As the officers' page of settings would judge it.
Check profile(const std::string &key, const std::string &answer, const Answers &) {
    const std::string_view name = std::string_view(key).substr(std::string_view("agency.").size());
    domain::AgencyProfile typed;
    for (const domain::ProfileField &field : domain::profile_fields())
        if (field.name == name)
            field.of(typed) = answer;
    const auto checked = domain::check_profile(typed);
    if (!checked)
        for (Fault fault : checked.error())
            if (fault.field == name) {
                fault.field = key;
                return fault;
            }
    return {};
}

// What certificates and signed posts can hold.
Check text(const std::string &key, const std::string &answer, const Answers &) {
    static_assert(domain::most_name == domain::most_order);
    if (const auto size = domain::characters(answer); size > domain::most_name)
        return Fault{key, "fault.too_long", domain::most_name, size - domain::most_name};
    return crypto::is_display_name(answer) ? Check() : Fault{key, "init.fault.text"};
}

// Has somebody before this one answered the question of that name so?
bool is_anothers(const std::string &key, const std::string &answer, const Answers &before) {
    const auto name = std::string_view(key).substr(key.rfind('.'));
    return std::ranges::any_of(before, [&](const auto &one) {
        return one.first != key && one.first.ends_with(name) && one.second == answer;
    });
}

// The first three have to be three people: roots see to each other, and an admin never reads.
Check name(const std::string &key, const std::string &answer, const Answers &before) {
    const auto fault = text(key, answer, before);
    return !fault && is_anothers(key, answer, before) ? Fault{key, "init.fault.same_name"} : fault;
}

Check login(const std::string &key, const std::string &answer, const Answers &before) {
    if (!domain::is_login(answer))
        return Fault{key, "init.fault.login"};
    return is_anothers(key, answer, before) ? Check(Fault{key, "init.fault.same_login"}) : Check();
}

Check post(const std::string &key, const std::string &answer, const Answers &before) {
    return is_anothers(key, answer, before) ? Check(Fault{key, "init.fault.same_post"}) : Check();
}

Check passphrase(const std::string &key, const std::string &answer, const Answers &before) {
    if (answer.empty())
        return {};
    // Two roots with one passphrase are one: whoever learns it has both.
    const std::string folded = domain::fold_passphrase(answer);
    if (std::ranges::any_of(before, [&](const auto &one) {
            return one.first != key && one.first.ends_with(".passphrase") && domain::fold_passphrase(one.second) == folded;
        }))
        return Fault{key, "init.fault.same_passphrase"};
    const std::string whose = key.substr(0, key.rfind('.') + 1);
    return domain::passphrase_fault(key, folded, answer_to(before, whose + "login"), answer_to(before, whose + "name"));
}

Check host(const std::string &key, const std::string &answer, const Answers &before) {
    if (!is_host(answer))
        return Fault{key, "init.fault.host"};
    return key == "officer.host" && answer == answer_to(before, "reporter.host") ? Check(Fault{key, "init.fault.same_host"}) : Check();
}

Check port(const std::string &key, const std::string &answer, const Answers &before) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
    if (error != std::errc{} || end != answer.data() + answer.size() || number < 1 || number > 65535)
        return Fault{key, "init.fault.port"};
    return key == "officer.port" && answer == answer_to(before, "reporter.port") ? Check(Fault{key, "init.fault.same_port"}) : Check();
}

Check readable(const std::string &key, const std::string &answer, const Answers &) {
    return answer.empty() || std::ifstream(answer).good() ? Check() : Fault{key, "init.fault.unreadable"};
}

Check certificate_key(const std::string &key, const std::string &answer, const Answers &before) {
    const auto loaded = net::load_certificate(std::string(answer_to(before, "tls.certificate")), answer);
    if (!loaded)
        return Fault{key, "init.fault.certificate"};
    const auto host = [&](const char *face) { return std::string(answer_to(before, face)); };
    const auto facts = net::inspect(*loaded, {host("reporter.host"), host("officer.host")});
    if (!facts || !facts->key_fits || facts->days_left < 0)
        return Fault{key, "init.fault.certificate"};
    return facts->not_named.empty() ? Check() : Fault{key, "init.fault.certificate_names"};
}
bool has_certificate(const Answers &before) { return !answer_to(before, "tls.certificate").empty(); }

std::vector<Question> all_questions() {
    std::vector<std::string> kinds, posts, capacities;
    for (const std::string_view one : domain::kind_ids())
        kinds.emplace_back(one);
    for (const domain::Post one : domain::handling_line)
        posts.emplace_back(domain::id(one));
    for (const domain::Capacity one : domain::capacities)
        capacities.emplace_back(domain::id(one));
    std::vector<Question> out{
        {.key = "agency.kind", .words = "agency.kind", .choices = kinds, .preset = always<municipality>},
        {.key = "agency.name_th", .words = "agency.name_th", .check = profile},
        {.key = "agency.name_en", .words = "agency.name_en", .check = profile},
        {.key = "agency.unit_th", .words = "agency.unit_th", .preset = unit_th, .check = profile},
        {.key = "agency.unit_en", .words = "agency.unit_en", .preset = always<unit_en>, .check = profile},
        {.key = "agency.contact_th", .words = "agency.contact_th", .preset = always<empty>, .check = profile},
        {.key = "agency.contact_en", .words = "agency.contact_en", .preset = always<empty>, .check = profile},
        {.key = "agency.languages", .words = "agency.languages", .choices = {"th_en", "th"}, .preset = always<both_languages>},
        {.key = "reporter.host", .words = "reporter.host", .preset = always<local>, .check = host},
        {.key = "officer.host", .words = "officer.host", .preset = always<name_of_local>, .check = host},
        {.key = "reporter.port", .words = "reporter.port", .preset = always<reporter_port>, .check = port},
        {.key = "officer.port", .words = "officer.port", .preset = always<officer_port>, .check = port},
        {.key = "tls.certificate", .words = "tls.certificate", .preset = always<empty>, .check = readable},
        {.key = "tls.key", .words = "tls.key", .asked = has_certificate, .check = certificate_key},
    };
    for (const std::string who : {"root.1.", "root.2.", "admin."}) {
        out.push_back({.key = who + "name", .words = "person.name", .check = name});
        out.push_back({.key = who + "login", .words = "person.login", .check = login});
        if (who != "admin.") {
            out.push_back({.key = who + "post",
                           .words = "person.post",
                           .choices = posts,
                           .preset = who == "root.1." ? always<executive> : always<clerk>,
                           .check = post});
            out.push_back({.key = who + "capacity", .words = "person.capacity", .choices = capacities, .preset = always<holder>});
        }
        out.push_back({.key = who + "order", .words = "person.order", .check = text});
        if (who != "admin.")
            out.push_back({.key = who + "passphrase",
                           .words = "person.passphrase",
                           .hidden = true,
                           .preset = always<empty>,
                           .check = passphrase});
    }
    return out;
}

PlannedRoot root_of(const Answers &answers, const std::string &who) {
    const auto at = [&](const char *name) { return std::string(answer_to(answers, who + name)); };
    return {at("login"), at("name"), at("order"), *domain::post_from(at("post")), *domain::capacity_from(at("capacity")),
            domain::fold_passphrase(at("passphrase"))};
}

} // namespace

std::span<const Question> init_questions() {
    static const std::vector<Question> questions = all_questions();
    return questions;
}

std::optional<Fault> fault_of(const Question &question, const std::string &answer, const Answers &before) {
    if (!question.choices.empty() && std::ranges::find(question.choices, answer) == question.choices.end())
        return Fault{question.key, "fault.choice.unknown"};
    return question.check ? question.check(question.key, answer, before) : std::nullopt;
}

std::expected<InitPlan, std::vector<Fault>> plan_of(const Answers &given) {
    Answers answers;
    std::vector<Fault> faults;
    for (const Question &question : init_questions()) {
        if (question.asked && !question.asked(answers))
            continue;
        const auto found = given.find(question.key);
        const auto preset = question.preset ? question.preset(answers) : std::nullopt;
        if (found == given.end() && !preset) {
            faults.push_back({question.key, "fault.field.missing"});
            continue;
        }
        const std::string answer = found == given.end() ? *preset : found->second;
        if (auto fault = fault_of(question, answer, answers))
            faults.push_back(std::move(*fault));
        answers[question.key] = answer;
    }
    if (!faults.empty())
        return std::unexpected(std::move(faults));
    InitPlan out;
    for (const auto &[key, answer] : answers)
        if (key.starts_with("agency.") || key.ends_with(".port"))
            out.settings[key] = answer;
    out.hosts = {answers["reporter.host"], answers["officer.host"]};
    out.certificate = answers["tls.certificate"];
    out.key = answers["tls.key"];
    out.roots = {root_of(answers, "root.1."), root_of(answers, "root.2.")};
    out.admin = {answers["admin.login"], answers["admin.name"], answers["admin.order"]};
    return out;
}

} // namespace runtime
