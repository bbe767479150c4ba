// The file of answers of `sucharit init --answers`.
#include "service/runtime/init_plan.h"

#include "service/domain/text.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <sys/stat.h>

namespace runtime {
namespace {

// Flattens tables and the list of roots: "agency.name_th", "root.1.login".
void flatten(const toml::node &node, const std::string &key, Answers &out, std::string &fault) {
    if (const auto *table = node.as_table()) {
        for (const auto &[name, value] : *table)
            flatten(value, key.empty() ? std::string(name.str()) : key + "." + std::string(name.str()), out, fault);
    } else if (const auto *list = node.as_array()) {
        for (std::size_t i = 0; i < list->size(); ++i)
            flatten((*list)[i], fmt::format("{}.{}", key, i + 1), out, fault);
    } else if (const auto *text = node.as_string()) {
        out[key] = domain::clean_line(text->get());
    } else if (const auto *number = node.as_integer()) {
        out[key] = std::to_string(number->get());
    } else {
        fault = fmt::format("{} has a value that is neither text nor a number", key);
    }
}

// A pipe has no mode to speak of.
bool others_read(const std::string &path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && S_ISREG(found.st_mode) && (found.st_mode & 077) != 0;
}

} // namespace

std::expected<Answers, std::string> read_answers(const std::string &path) {
    Answers out;
    std::string fault;
    std::ifstream file(path); // may be a pipe: a file with passphrases need not lie on a disk
    if (!file)
        return std::unexpected(fmt::format("the file of answers {} cannot be read", path));
    std::ostringstream text;
    text << file.rdbuf();
    try {
        flatten(toml::parse(text.str()), "", out, fault);
    } catch (const toml::parse_error &error) {
        return std::unexpected(fmt::format("the file of answers {} cannot be read (line {}): {}", path, error.source().begin.line,
                                           error.description()));
    }
    for (const auto &[key, value] : out)
        if (std::ranges::find(init_questions(), key, &Question::key) == init_questions().end())
            fault = fmt::format("{} is not asked", key);
    const bool secret = std::ranges::any_of(out, [](const auto &one) {
        return one.first.ends_with(".passphrase") && !one.second.empty();
    });
    if (fault.empty() && secret && others_read(path))
        return std::unexpected(fmt::format("the file of answers {} holds passphrases and others may read it: chmod 600 {}, and "
                                           "choose other passphrases if somebody may have seen it", path, path));
    if (!fault.empty())
        return std::unexpected(fmt::format("the file of answers {}: {}; sucharit init --help lists every key", path, fault));
    return out;
}

} // namespace runtime
