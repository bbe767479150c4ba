#include "tests/inprocess/behind.h"

#include "service/runtime/credential.h"
#include "storage/officer_store.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace inprocess {

storage::Database database() {
    const auto credential = runtime::read_credential(Program::get().credential());
    if (!credential) throw std::runtime_error(credential.error());
    const auto keys = crypto::InstanceKeys::derive(credential->instance, credential->key);
    std::ifstream file(Program::get().folder() / "database.key", std::ios::binary);
    const base::Bytes wrapped{std::istreambuf_iterator<char>(file), {}};
    const auto key = crypto::unwrap_database_key(keys, wrapped);
    return std::move(storage::Database::open(Program::get().folder() / "sucharit.db", key.value(),
                                             storage::Database::Access::write)
                         .value());
}

crypto::TotpSecret give_second_factor(const std::string &login) {
    storage::OfficerReader reader([] { return base::Result<storage::Database>(database()); });
    const auto officers = reader.officers();
    for (const auto &row : officers.value()) {
        if (row.login != login) continue;
        const auto keys = crypto::derive_passphrase(Program::get().passphrase(login), row.salt,
                                                    {row.password_operations, row.password_memory});
        auto secret = crypto::TotpSecret::random();
        const auto sealed = crypto::seal_second_factor(secret, row.id, keys.value());
        if (!database().run("INSERT INTO second_factor (officer, sealed, last_step) VALUES (?, ?, 0) ON CONFLICT (officer) "
                            "DO UPDATE SET sealed = excluded.sealed, last_step = 0", {row.id, sealed}))
            throw std::runtime_error("the second factor was not written");
        return secret;
    }
    throw std::runtime_error("no officer " + login);
}

} // namespace inprocess
