// officer_keys FOLDER CREDENTIAL: opens an agency that is not running and prints, for each line "login TAB passphrase" of stdin,
// "name hex" of that officer's secret and public keys, and of one key that a running agency always holds. What a search of
// memory must find and must not.
#include "crypto/officer/keyring.h"
#include "service/domain/passphrase.h"
#include "service/runtime/instance.h"

#include <algorithm>
#include <cstdio>
#include <iostream>

namespace {

void print(const std::string &name, base::View bytes) {
    std::printf("%s %s\n", name.c_str(), base::hex(bytes).c_str());
}

base::Result<> print_keys(const runtime::Instance &instance, const std::string &login, std::string_view passphrase) {
    ASSIGN_OR_RETURN(const auto rows, instance.store->officer_reads()->officers());
    const auto row = std::ranges::find(rows, login, &ports::OfficerRow::login);
    if (row == rows.end())
        return base::fail(base::Code::not_found, "no such officer");
    const crypto::PasswordCost cost{row->password_operations, row->password_memory};
    ASSIGN_OR_RETURN(const auto derived, crypto::derive_passphrase(domain::fold_passphrase(passphrase), row->salt, cost));
    ASSIGN_OR_RETURN(const auto keys,
                     crypto::open_keys(row->id, row->key_generation, row->box, row->sign, derived, row->sealed_keys));
    print("box_secret", keys.box.secret_key.reveal(crypto::raw_secret));
    print("sign_seed", keys.sign.secret_key.reveal(crypto::raw_secret).first(32));
    print("wrapping", derived.wrapping.reveal(crypto::raw_secret));
    print("authentication", derived.authentication.reveal(crypto::raw_secret));
    print("box_public", row->box.bytes);
    return {};
}

int fail(const std::string &why) {
    std::fprintf(stderr, "%s\n", why.c_str());
    return 1;
}

} // namespace

int main(int argc, char **argv) {
    if (argc != 3) return fail("officer_keys FOLDER CREDENTIAL");
    crypto::start();
    const auto instance = runtime::open_instance(argv[1], argv[2]);
    if (!instance) return fail(instance.error());
    print("held", instance->keys.token.reveal(crypto::raw_secret));
    for (std::string line; std::getline(std::cin, line);) {
        const auto tab = line.find('\t');
        if (tab == std::string::npos) return fail("login TAB passphrase");
        if (const auto done = print_keys(*instance, line.substr(0, tab), std::string_view(line).substr(tab + 1)); !done)
            return fail(runtime::sentence("the keys", done.error()));
    }
}
