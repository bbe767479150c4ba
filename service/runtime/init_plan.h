// What `sucharit init` has to know, as a table of questions: a terminal asks them in this order, a file of answers names them by
// key. Both go through the same checks.
#pragma once

#include "service/domain/fault.h"
#include "service/domain/posts.h"
#include "service/usecases/officer/admin_invitation.h"

#include <array>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace runtime {

using Answers = std::map<std::string, std::string, std::less<>>; // "root.1.login" → as typed, blanks at the ends gone

struct Question {
    std::string key;   // "root.1.login"
    std::string words; // "root.login": catalogue keys "init.ask.<words>" and "init.why.<words>"
    bool hidden = false;
    std::vector<std::string> choices{}; // ids; empty: free
    std::optional<std::string> (*preset)(const Answers &) = nullptr; // what Enter means; nothing: must be answered
    bool (*asked)(const Answers &) = nullptr;                        // else it is always
    // The fault of an answer, empty when it is good; with what was answered before.
    std::optional<domain::Fault> (*check)(const std::string &key, const std::string &answer, const Answers &before) = nullptr;
};
std::span<const Question> init_questions();

struct PlannedRoot {
    std::string login, name, order;
    domain::Post post;
    domain::Capacity capacity;
    std::string passphrase; // folded; empty: one is generated
};

struct InitPlan {
    Answers settings; // of sucharit.toml, by their keys
    std::string certificate, key; // files; empty: a self-signed one is made
    std::vector<std::string> hosts;
    std::array<PlannedRoot, 2> roots;
    usecases::AdminToBe admin;
};

// One answer against its question: the fault, or nothing.
std::optional<domain::Fault> fault_of(const Question &question, const std::string &answer, const Answers &before);
// All answers there and right, else every fault.
std::expected<InitPlan, std::vector<domain::Fault>> plan_of(const Answers &answers);

// A file of answers: TOML, tables agency, reporter, officer, tls, two of [[root]] and admin. One sentence when it is no such file or
// names what nobody asks.
std::expected<Answers, std::string> read_answers(const std::string &path);

} // namespace runtime
