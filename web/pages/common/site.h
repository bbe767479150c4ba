// What all pages of one face share: catalogue, templates, static files and how the agency calls itself. Never changed: when
// the agency's profile changes while the program runs, LiveSite makes another one of the same parts. Turns a page's view into an
// answer inside the layout.
#pragma once

#include "service/domain/agency_profile.h"
#include "service/domain/emblem.h"
#include "service/domain/posts.h"
#include "web/pages/common/static_files.h"
#include "web/pages/common/template.h"

#include <functional>
#include <memory>
#include <mutex>

namespace pages {

using AgencyProfile = domain::AgencyProfile;
inline const std::string &in(const domain::Both &texts, Language language) {
    return language == Language::th ? texts.th : texts.en;
}

// What the layout needs to know of one answer.
struct Frame {
    Language language = Language::th;
    bool language_chosen = false; // by ?lang=: links keep it
    std::string path;             // of this page, for the language switch …
    std::string query;            // … and what of its query the page has understood: "turn=mine&page=2"
    int refresh = 0;              // seconds after which the browser asks again by itself; 0: never
    std::string title_key;
    bool faulty = false;    // the title says that something is wrong
    std::string given_back; // id of a form that is not sent yet: the officers' layout says so and leads to it
    // A page that answers a POST switches language by sending its form again, with everything typed.
    struct Switch {
        std::string form;          // id of the form
        std::string name, value;   // of the button that shows the same page again
        std::string default_value; // what Enter inside the form means: the button in the header would come first else
    };
    enum class Languages { link, form, none };
    Languages languages = Languages::link;
    Switch again;         // for Languages::form
    bool indexed = false; // content pages may be found by search engines, forms and receipts not
};

class Site {
public:
    enum class Offered { both, thai }; // languages; with one there is no switch
    static Loaded<Site> load(const std::string &share_folder, const AgencyProfile &profile,
                             std::span<const PageFile> pages, Offered offered = Offered::both);
    // The same pages with another profile, which domain::check_profile() has accepted; the emblem stays as it is shown.
    Site with(const AgencyProfile &profile) const;
    Site with_emblem(std::string_view ending, std::optional<std::string> picture) const;

    http::Response page(std::string_view page, const Frame &frame, View view, unsigned status = 200) const;

    const Catalogue &catalogue() const { return *catalogue_; }
    const Templates &templates() const { return *templates_; }
    const StaticFiles &files() const { return files_; }
    const AgencyProfile &profile() const { return profile_; }

    std::string text(const Frame &frame, std::string_view key) const { return catalogue_->text(frame.language, key); }

private:
    Site(std::shared_ptr<const Catalogue> catalogue, std::shared_ptr<const Templates> templates, StaticFiles files,
         AgencyProfile profile, Offered offered)
        : catalogue_(std::move(catalogue)), templates_(std::move(templates)), files_(std::move(files)),
          profile_(std::move(profile)), offered_(offered) {}
    std::shared_ptr<const Catalogue> catalogue_;
    std::shared_ptr<const Templates> templates_;
    StaticFiles files_;
    AgencyProfile profile_;
    Offered offered_;
};

// The picture; nothing when it is lost or altered: the pages are then without it.
using EmblemOf = std::function<std::optional<std::string>(const domain::Emblem &emblem)>;

// A face's site as the agency's profile now is. A request takes one and renders everything from it, whatever changes meanwhile.
class LiveSite {
public:
    LiveSite(Site start, EmblemOf emblem_of)
        : emblem_of_(std::move(emblem_of)), last_(std::make_shared<const Site>(std::move(start))) {}
    // The site of this profile; made once for each.
    std::shared_ptr<const Site> of(const std::shared_ptr<const domain::ProfileVersion> &profile);

private:
    Site dressed(const AgencyProfile &profile) const;
    const EmblemOf emblem_of_;
    std::mutex mutex_; // held for copying a pointer, but for the first request after a change
    std::shared_ptr<const domain::ProfileVersion> shown_;
    std::shared_ptr<const Site> last_;
};

// The frame of an ordinary page: language from ?lang= or the browser.
Frame frame_of(const http::Request &request, std::string_view title_key);
// "?lang=en" when the language was chosen, else empty: what internal links carry.
std::string language_query(const Frame &frame);

// The agency's own wording of an entry of a code list, else the program's. `family`: "category" or "channel".
std::string code_label(const Site &site, const Frame &frame, std::string_view family, std::string_view id);

// Names of posts, joined by commas.
std::string post_names(const Site &site, const Frame &frame, std::span<const domain::Post> posts);

} // namespace pages
