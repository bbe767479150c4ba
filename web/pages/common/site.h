// What all pages of one face share, loaded once at start and never changed: catalogue, templates, static files and how
// the agency calls itself. Turns a page's view into an answer inside the layout.
#pragma once

#include "service/domain/posts.h"
#include "web/pages/common/static_files.h"
#include "web/pages/common/template.h"

namespace pages {

// How the agency shows itself; data of the deployment, not of the program. Texts in both languages.
struct AgencyProfile {
    struct Both {
        std::string th, en;
        const std::string &in(Language language) const { return language == Language::th ? th : en; }
    };
    Both name;                                       // เทศบาลตำบล…
    Both responsible_unit;                           // งานนิติการ สำนักปลัด
    Both contact;                                    // address and telephone of the unit, one line
    Both general_channel;                            // where other grievances go: a sentence
    std::string general_channel_url;                 // may be empty
    std::string exit_url = "https://www.tmd.go.th/"; // the weather: a page that anyone may have open
    std::string onion;                               // http://….onion, may be empty
    std::string colour = "#0d4f63";
    std::string emblem_file; // may be empty
};

// What the layout needs to know of one answer.
struct Frame {
    Language language = Language::th;
    bool language_chosen = false; // by ?lang=: links keep it
    std::string path;             // of this page, for the language switch
    std::string title_key;
    bool faulty = false; // the title says that something is wrong
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
    static Loaded<Site> load(const std::string &share_folder, const AgencyProfile &profile,
                             std::span<const PageFile> pages);

    http::Response page(std::string_view page, const Frame &frame, View view, unsigned status = 200) const;

    const Catalogue &catalogue() const { return catalogue_; }
    const Templates &templates() const { return templates_; }
    const StaticFiles &files() const { return files_; }
    const AgencyProfile &profile() const { return profile_; }

    std::string text(const Frame &frame, std::string_view key) const { return catalogue_.text(frame.language, key); }

private:
    Site(Catalogue catalogue, Templates templates, StaticFiles files, AgencyProfile profile)
        : catalogue_(std::move(catalogue)), templates_(std::move(templates)), files_(std::move(files)),
          profile_(std::move(profile)) {}
    Catalogue catalogue_;
    Templates templates_;
    StaticFiles files_;
    AgencyProfile profile_;
};

// The frame of an ordinary page: language from ?lang= or the browser.
Frame frame_of(const http::Request &request, std::string_view title_key);
// "?lang=en" when the language was chosen, else empty: what internal links carry.
std::string language_query(const Frame &frame);

// Names of posts, joined by commas.
std::string post_names(const Site &site, const Frame &frame, std::span<const domain::Post> posts);

} // namespace pages
