// The conversation of `sucharit init`: questions, faults, and what each root is shown once.
#pragma once

#include "service/runtime/enrol.h"
#include "service/runtime/init_plan.h"
#include "service/runtime/terminal.h"
#include "web/pages/common/catalogue.h"

namespace runtime {

inline constexpr std::string_view interrupted = "it was interrupted, and nothing of it is left";

class Talk {
public:
    Talk(const pages::Catalogue &catalogue, pages::Language language, bool in_terminal)
        : catalogue_(catalogue), language_(language), in_terminal_(in_terminal) {}

    const pages::Catalogue &catalogue() const { return catalogue_; }
    pages::Language language() const { return language_; }

    // Every question, each again until its answer is right.
    std::expected<Answers, std::string> ask();
    std::string faults(std::span<const domain::Fault> faults) const; // one line for each
    // Shows somebody their own secrets and has a code of the new second factor typed; false when it was interrupted. Without a
    // terminal they wait for farewell().
    bool hand_over(FirstOfficer &who, std::string_view issuer, bool generated);
    // The first admin, who need not be there: a code to be handed over on paper.
    bool hand_over(const usecases::AdminToBe &admin, const usecases::Invitation &invitation, const std::string &address);
    // The agency stands. Without a terminal: everybody's secrets as a table on stdout.
    void farewell(const std::string &sheet, const std::string &credential);

private:
    std::string text(std::string_view key) const { return catalogue_.text(language_, key); }
    std::string text(const domain::Fault &fault) const;
    std::string heading(const Question &question) const; // of a person whose first question this is
    std::string choice(const Question &question, const std::string &id) const;
    std::string prompt(const Question &question, const std::optional<std::string> &preset) const;
    std::expected<std::string, Unanswered> answer(const Question &question, const Answers &before);
    bool show_secrets(const FirstOfficer &who, bool generated);
    bool confirm_second_factor(FirstOfficer &who);

    const pages::Catalogue &catalogue_;
    pages::Language language_;
    bool in_terminal_;
    std::string table_;
    Terminal terminal_;
};

} // namespace runtime
