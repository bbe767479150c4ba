#include "service/runtime/init_talk.h"

#include "service/domain/passphrase.h"
#include "service/domain/text.h"
#include "service/runtime/terminal_qr.h"
#include "web/pages/common/dates.h"
#include "web/pages/officer/qr.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace runtime {

std::string Talk::text(const domain::Fault &fault) const {
    if (fault.limit > 0)
        return catalogue_.text(language_, fault.key,
                               {{"LIMIT", std::to_string(fault.limit)}, {"OVER", std::to_string(fault.over)}});
    return text(fault.key);
}

std::string Talk::faults(std::span<const domain::Fault> all) const {
    std::string out = "the answers are not right:";
    for (const domain::Fault &fault : all)
        out += fmt::format("\n  {}: {}", fault.field, text(fault));
    return out;
}

std::string Talk::heading(const Question &question) const {
    if (question.key == "admin.name")
        return text("init.admin");
    return question.words == "person.name" ? catalogue_.text(language_, "init.root", {{"NUMBER", question.key.substr(5, 1)}}) : "";
}

std::string Talk::choice(const Question &question, const std::string &id) const {
    if (question.words == "agency.kind")
        return text("kind." + id);
    if (question.words == "agency.languages")
        return text("init.languages." + id);
    return question.words == "person.post" ? text("post." + id) : text("capacity." + id);
}

std::string Talk::prompt(const Question &question, const std::optional<std::string> &preset) const {
    std::string out = fmt::format("\n{}\n  {}\n", text("init.ask." + question.words), text("init.why." + question.words));
    for (std::size_t i = 0; i < question.choices.size(); ++i)
        out += fmt::format("  {}. {}\n", i + 1, choice(question, question.choices[i]));
    if (!preset || preset->empty())
        return out + "> ";
    const auto chosen = std::ranges::find(question.choices, *preset);
    const std::string shown = chosen == question.choices.end()
                                  ? *preset
                                  : std::to_string(chosen - question.choices.begin() + 1);
    return out + fmt::format("[{}] > ", shown);
}

// A choice is typed by its number or its id.
std::expected<std::string, Unanswered> Talk::answer(const Question &question, const Answers &before) {
    const auto preset = question.preset ? question.preset(before) : std::nullopt;
    for (;;) {
        auto typed = terminal_.line(prompt(question, preset), question.hidden);
        if (!typed)
            return typed;
        std::string value = domain::clean_line(*typed);
        if (value.empty() && preset)
            value = *preset;
        std::size_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        if (error == std::errc{} && end == value.data() + value.size() && number >= 1 && number <= question.choices.size())
            value = question.choices[number - 1];
        const auto fault = value.empty() && !preset ? std::optional(domain::Fault{question.key, "fault.field.missing"})
                                                    : fault_of(question, value, before);
        if (!fault && question.hidden && !value.empty()) {
            const auto second = terminal_.line(text("init.again"), true);
            if (!second)
                return second;
            if (domain::fold_passphrase(*second) == domain::fold_passphrase(value))
                return value;
            terminal_.say("! " + text("init.again.wrong"));
            continue;
        }
        if (!fault)
            return value;
        terminal_.say("! " + text(*fault));
    }
}

std::expected<Answers, std::string> Talk::ask() {
    terminal_.say(text("init.title"));
    terminal_.say(text("init.lead"));
    Answers out;
    for (const Question &question : init_questions()) {
        if (question.asked && !question.asked(out))
            continue;
        if (const auto whose = heading(question); !whose.empty())
            terminal_.say("\n" + whose);
        auto given = answer(question, out);
        if (!given)
            return std::unexpected(std::string(interrupted));
        out[question.key] = std::move(*given);
    }
    return out;
}

bool Talk::confirm_second_factor(FirstOfficer &who) {
    for (;;) {
        const auto typed = terminal_.line(text("init.code"));
        if (!typed)
            return false;
        if (const auto step = crypto::totp_step_of(*who.second_factor, *typed, base::SystemClock().now(), 0)) {
            who.last_step = *step;
            return true;
        }
        terminal_.say("! " + text("init.code.wrong"));
    }
}

// A screen to be copied on paper, before the next one with the QR code, which takes all of a small terminal.
bool Talk::show_secrets(const FirstOfficer &who, bool generated) {
    terminal_.say(catalogue_.text(language_, "init.login", {{"LOGIN", who.login}}));
    if (generated)
        terminal_.say(text("init.passphrase") + "\n" + who.passphrase + "\n");
    terminal_.say(text("init.recovery") + "\n" + who.recovery->text() + "\n");
    return terminal_.line(text("init.written")).has_value();
}

bool Talk::hand_over(FirstOfficer &who, std::string_view issuer, bool generated) {
    const auto uri = crypto::otpauth_uri(*who.second_factor, issuer, who.login);
    if (!in_terminal_) {
        table_ += fmt::format("{}\t{}\t{}\t{}\t{}\t-\n", who.login, generated ? who.passphrase : "-",
                              crypto::totp_text(*who.second_factor), uri, who.recovery->text());
        return true;
    }
    terminal_.clear();
    bool shown = terminal_.line(catalogue_.text(language_, "init.alone", {{"NAME", who.name}})).has_value();
    shown = shown && show_secrets(who, generated);
    if (shown) {
        terminal_.clear();
        // The picture last: in a terminal of 24 lines it is the text that scrolls away.
        terminal_.say(text("init.second_factor") + "\n" + pages::in_groups(crypto::totp_text(*who.second_factor)));
        terminal_.say(qr_blocks(uri));
        shown = confirm_second_factor(who);
    }
    terminal_.clear();
    return shown;
}

bool Talk::hand_over(const usecases::AdminToBe &admin, const usecases::Invitation &invitation, const std::string &address) {
    if (!in_terminal_) {
        table_ += fmt::format("{}\t-\t-\t-\t-\t{}\n", admin.login, invitation.code);
        return true;
    }
    terminal_.say(catalogue_.text(language_, "init.invitation",
                                  {{"NAME", admin.name}, {"LOGIN", admin.login}}) +
                  "\n" + invitation.code + "\n");
    terminal_.say(catalogue_.text(language_, "invitation.until", {{"DAY", pages::long_date(catalogue_, language_, invitation.until)}}));
    terminal_.say(catalogue_.text(language_, "invitation.address", {{"ADDRESS", address}}));
    terminal_.say(text("invitation.then"));
    const bool written = terminal_.line(text("init.written")).has_value();
    terminal_.clear();
    return written;
}

void Talk::farewell(const std::string &sheet, const std::string &credential) {
    if (!in_terminal_)
        fmt::print("login\tpassphrase\tsecond_factor\totpauth\trecovery_code\tinvitation\n{}", table_);
    std::fflush(stdout);
    fmt::print(stderr, "\n{}\n", catalogue_.text(language_, "init.done", {{"SHEET", sheet}, {"CREDENTIAL", credential}}));
}

} // namespace runtime
