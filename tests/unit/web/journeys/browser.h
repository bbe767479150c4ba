// A browser without a network: requests go straight to the faces, over real use cases, real keys and a real store.
#pragma once

#include "service/usecases/officer/emblem.h"
#include "tests/unit/service/usecases/agency.h"
#include "tests/unit/web/pages/fixture.h"
#include "web/pages/officer/face.h"
#include "web/pages/reporter/face.h"

namespace journeys {

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string urlencoded(const Fields &fields);
// The value of the hidden or visible input `name`, unescaped; empty when the page has none.
std::string input(const std::string &html, const std::string &name);
// What stands between the tags of the element with this id, tags removed.
std::string text_of(const std::string &html, const std::string &id);
bool has(const std::string &html, std::string_view text);

class Browser : public usecases_test::AgencyTest {
protected:
    http::Request request(http::Method method, std::string path, const Fields &fields = {});
    http::Response reporter_get(std::string path) { return to_reporter(request(http::Method::get, std::move(path))); }
    http::Response reporter_post(std::string path, const Fields &fields) {
        return to_reporter(request(http::Method::post, std::move(path), fields));
    }
    http::Response to_reporter(http::Request asked);

    http::Response officer_get(std::string path) { return to_officer(request(http::Method::get, std::move(path))); }
    http::Response officer_post(std::string path, const Fields &fields) {
        return to_officer(request(http::Method::post, std::move(path), fields));
    }
    http::Response to_officer(http::Request asked); // keeps the cookie
    void sign_in_as(const usecases_test::Person &who);
    // The sign-in page opened and sent with these fields.
    http::Response knock(const std::string &login, const std::string &passphrase, Fields more = {});

    Fields whole_report(const std::string &facts);     // as the form page sends it
    std::string file_report(const std::string &facts); // the receipt

    // As the agency's profile is now: each request takes one.
    const pages::Site &reporter_site() { return *(reporter_now = live_reporters.of(profile.now())); }
    const pages::Site &officer_site() { return *(officer_now = live_officers.of(profile.now())); }
    static const pages::Site &loaded(std::span<const pages::PageFile> files); // once for all tests

    pages::EmblemOf emblem_of = [this](const domain::Emblem &emblem) -> std::optional<std::string> {
        auto picture = usecases::open_emblem(emblem, store->files().open(usecases::file_of(emblem)));
        return picture ? std::optional(std::move(*picture)) : std::nullopt;
    };
    pages::LiveSite live_reporters{loaded(pages::reporter_page_files()), emblem_of},
        live_officers{loaded(pages::officer_page_files()), emblem_of};
    std::shared_ptr<const pages::Site> reporter_now, officer_now;

    std::optional<pages::Prints> prints{std::in_place};
    std::string language = "th";
    std::string cookie; // of the officer
    std::string door_cookie;
    std::string known_cookie; // says that an officer used this browser; kept, but sent by the tests that look at it only
    bool same_origin = true;
};

} // namespace journeys
