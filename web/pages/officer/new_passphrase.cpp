#include "web/pages/officer/new_passphrase.h"

#include "crypto/officer/passphrase.h"
#include "service/domain/passphrase.h"

namespace pages {

void show_new_passphrase(View &view, const Site &site, const Frame &frame, bool own) {
    using crypto::Wording;
    struct Offer {
        Wording wording;
        std::string_view key;
    };
    constexpr Offer thai_first[] = {{Wording::thai, "passphrase.thai"}, {Wording::english, "passphrase.english"}, {Wording::proquints, "passphrase.proquints"}};
    constexpr Offer english_first[] = {{Wording::english, "passphrase.english"}, {Wording::thai, "passphrase.thai"}, {Wording::proquints, "passphrase.proquints"}};
    view.list("OFFER").show("OWN", own);
    int number = 0;
    for (const Offer &offer : frame.language == Language::th ? thai_first : english_first)
        view.row("OFFER")
            .set("OFFER_NUMBER", std::to_string(++number))
            .set("OFFER_WORDS", crypto::generate_passphrase(offer.wording))
            .set("OFFER_KIND", site.text(frame, offer.key));
}

NewPassphrase new_passphrase(const http::Form &form, std::string_view login, std::string_view name) {
    NewPassphrase out;
    const auto chosen = form.get("passphrase_choice");
    if (chosen.empty()) {
        out.faults.push_back({"passphrase_choice", "fault.passphrase.choice"});
        return out;
    }
    out.own = chosen == "own";
    out.words = std::string(out.own ? form.get("passphrase_own") : chosen);
    const std::string folded = domain::fold_passphrase(out.words);
    // A suggestion keeps to the same rules: the server does not know any more which ones it made.
    if (auto fault = domain::passphrase_fault(out.own ? "passphrase_own" : "passphrase_choice", folded, login, name))
        out.faults.push_back(std::move(*fault));
    else if (domain::fold_passphrase(form.get("passphrase_again")) != folded)
        out.faults.push_back({"passphrase_again", "fault.passphrase.again"});
    return out;
}

} // namespace pages
