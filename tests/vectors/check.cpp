// Checks vector files against the library: what opens gives the same result, what is refused is refused.
//
// usage: vectors_check REFUSALS VECTORS...
#include "tests/vectors/vector_json.h"

#include <cstdio>
#include <map>

namespace {

using namespace vectors;
using Vectors = std::map<std::string, const json::object *>;

std::vector<std::string> names(std::string_view path) {
    std::vector<std::string> out(1);
    for (const char c : path) {
        if (c == '.')
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

json::value &place(json::value &root, std::string_view path) {
    json::value *out = &root;
    for (const std::string &name : names(path))
        out = out->is_array() ? &out->as_array().at(std::stoul(name)) : &out->as_object().at(name);
    return *out;
}

// As the README says: set, copy, cut, extend, flip, swap.
void edit(json::value &in, const json::array &change, const Vectors &all) {
    const std::string operation = text(change.at(0)), path = text(change.at(1));
    json::value &field = place(in, path);
    const json::value &argument = change.at(2);
    if (operation == "set") {
        field = argument;
        return;
    }
    if (operation == "copy") {
        json::value source = all.at(text(argument))->at("in");
        field = place(source, path);
        return;
    }
    base::Bytes data = bytes(field);
    const auto number = argument.to_number<std::size_t>();
    if (operation == "cut")
        data.resize(number == 0 ? 0 : data.size() - number);
    else if (operation == "extend")
        data.resize(data.size() + number);
    else if (operation == "flip")
        data.at(number) ^= 1;
    else if (operation == "swap" && data.size() >= 2 * number)
        std::swap_ranges(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(number),
                         data.begin() + static_cast<std::ptrdiff_t>(number));
    else
        throw std::invalid_argument("an edit that README.md does not know");
    field = base::hex(data);
}

int check(const char *path, const json::array &refusals) {
    const json::value file = load(path);
    Vectors all;
    int faults = 0;
    const auto fault = [&](const std::string &name, std::string_view what) {
        std::fprintf(stderr, "%s: %s: %.*s\n", path, name.c_str(), static_cast<int>(what.size()), what.data());
        ++faults;
    };
    for (const json::value &value : at(file, "vectors").as_array()) {
        const json::object &vector = value.as_object();
        const std::string name = text(vector.at("name"));
        all[name] = &vector;
        const auto result = run(text(vector.at("what")), vector.at("in"));
        if (vector.at("outcome") == "refused" && result)
            fault(name, "opens");
        if (vector.at("outcome") == "opens" && !result)
            fault(name, result.error().what);
        if (vector.at("outcome") == "opens" && result && *result != vector.at("out").as_object())
            fault(name, "gives " + json::serialize(*result));
    }
    for (const json::value &refusal : refusals) {
        const json::object &vector = *all.at(text(at(refusal, "like")));
        json::value in = vector.at("in");
        for (const json::value &change : at(refusal, "change").as_array())
            edit(in, change.as_array(), all);
        const std::string name = text(at(refusal, "like")) + ", " + text(at(refusal, "note"));
        if (in == vector.at("in"))
            fault(name, "a refusal that changes nothing");
        else if (run(text(vector.at("what")), in))
            fault(name, "opens");
    }
    std::printf("%s: %zu vectors, %zu refusals, %d faults\n", path, all.size(), refusals.size(), faults);
    return faults;
}

} // namespace

int main(int count, char **arguments) {
    if (count < 3) {
        std::fputs("usage: vectors_check REFUSALS VECTORS...\n", stderr);
        return 2;
    }
    try {
        crypto::start();
        const json::value refusals = load(arguments[1]);
        int faults = 0;
        for (int i = 2; i < count; ++i)
            faults += check(arguments[i], at(refusals, "refusals").as_array());
        return faults == 0 ? 0 : 1;
    } catch (const std::exception &error) {
        std::fprintf(stderr, "vectors_check: %s\n", error.what());
        return 2;
    }
}
