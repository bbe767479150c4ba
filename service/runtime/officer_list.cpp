#include "service/runtime/officer_list.h"

#include "service/runtime/instance.h"
#include "service/runtime/look.h"
#include "service/usecases/reporter/context.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace runtime {
namespace {

struct Listed {
    std::string login, name, posts, state;
};

Listed listed(const ports::OfficerRow &row, const usecases::AgencySnapshot &agency) {
    const auto who = agency.actor(row.id, row.display_name);
    Listed out{row.login, who.name, {}, "active"};
    for (const domain::Post post : who.posts())
        out.posts += (out.posts.empty() ? "" : ",") + std::string(domain::id(post));
    if (row.disabled)
        out.state = "disabled";
    else if (!agency.roster.live(row.id))
        out.state = agency.roster.known(row.id) ? "lapsed" : "not vouched for";
    return out;
}

std::expected<std::vector<Listed>, std::string> everybody(const InspectOptions &options) {
    auto instance = look_at_instance(options.folder, options.credential);
    if (!instance)
        return std::unexpected(instance.error());
    auto &reads = instance->look->reads();
    usecases::Agency agency(instance->audit.instance, instance->roots);
    const auto snapshot = agency.current(reads, base::SystemClock().today());
    const auto rows = reads.officers();
    if (!snapshot || !rows)
        return std::unexpected(sentence("the accounts cannot be read", snapshot ? rows.error() : snapshot.error()));
    std::vector<Listed> out;
    for (const ports::OfficerRow &row : *rows)
        out.push_back(listed(row, **snapshot));
    std::ranges::sort(out, {}, &Listed::login);
    return out;
}

} // namespace

int officer_list(const InspectOptions &options) {
    const auto all = everybody(options);
    if (!all) {
        fmt::print(stderr, "sucharit: {}\n", all.error());
        return 1;
    }
    if (options.json) {
        boost::json::array out;
        for (const Listed &one : *all)
            out.push_back(boost::json::object{{"login", one.login}, {"name", one.name}, {"posts", one.posts}, {"state", one.state}});
        fmt::print("{}\n", boost::json::serialize(out));
        return 0;
    }
    fmt::print("login\tname\tposts\tstate\n");
    for (const Listed &one : *all)
        fmt::print("{}\t{}\t{}\t{}\n", one.login, one.name, one.posts, one.state);
    return 0;
}

} // namespace runtime
