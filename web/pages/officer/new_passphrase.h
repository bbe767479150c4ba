// The part of a form in which somebody takes a new passphrase: one of three that are offered, or their own (parts/new-passphrase).
#pragma once

#include "web/http/form.h"
#include "web/pages/officer/frame.h"

#include <array>

namespace pages {

inline constexpr std::array<std::string_view, 3> new_passphrase_fields = {"passphrase_choice", "passphrase_own", "passphrase_again"};

// Three new suggestions each time: nothing that was typed or chosen comes back in a page. `own`: the own one stays chosen.
void show_new_passphrase(View &view, const Site &site, const Frame &frame, bool own);

struct NewPassphrase {
    std::string words;
    bool own = false;
    std::vector<domain::Fault> faults;
};
NewPassphrase new_passphrase(const http::Form &form, std::string_view login, std::string_view name);

} // namespace pages
