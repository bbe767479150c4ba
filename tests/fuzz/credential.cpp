// The credential file: what is taken holds one instance, one key and two different roots at least, each word once more
// readable in the file.
#include "service/runtime/credential.h"
#include "tests/fuzz/target.h"

#include <set>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using fuzz::demand;
    const std::string text(fuzz::text(data, size));
    const auto credential = runtime::parse_credential(text);
    if (!credential) return 0;
    demand(text.starts_with("sucharit-credential 1\n") && !credential->instance.is_zero() &&
           credential->roots.size() >= 2);
    std::string again = "sucharit-credential 1\ninstance " + credential->instance.text() + "\nkey " +
                        base::hex(credential->key.reveal(crypto::raw_secret)) + "\n";
    std::set<base::OfficerId> officers;
    std::size_t words = 2 + 2 + 2;
    for (const auto &root : credential->roots) {
        demand(officers.insert(root.officer).second);
        again +=
            "root " + root.officer.text() + " " + base::hex(root.box.bytes) + " " + base::hex(root.sign.bytes) + "\n";
        words += 4;
    }
    // Nothing else stands in the file: not a word more than what was understood.
    std::size_t found = 0;
    bool inside = false;
    for (const char c : text) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        found += !blank && !inside;
        inside = !blank;
    }
    demand(found == words);
    const auto second = runtime::parse_credential(again);
    demand(second && second->instance == credential->instance && second->key == credential->key &&
           second->roots.size() == credential->roots.size());
    return 0;
}
