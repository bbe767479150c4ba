#include "web/pages/common/site.h"

namespace pages {

Loaded<Site> Site::load(const std::string &share_folder, const AgencyProfile &profile,
                        std::span<const PageFile> pages, Offered offered) {
    if (profile.name.th.empty() || profile.name.en.empty())
        return std::unexpected("The agency needs a name in Thai and in English.");
    if (!profile.exit_url.starts_with("https://"))
        return std::unexpected("The address of the quick exit must begin with https://.");
    auto catalogue = Catalogue::load(share_folder);
    if (!catalogue) return std::unexpected(catalogue.error());
    auto files = StaticFiles::load(share_folder, profile.colour);
    if (!files) return std::unexpected(files.error());
    auto templates = Templates::load(share_folder, *catalogue, pages);
    if (!templates) return std::unexpected(templates.error());
    return Site(std::make_shared<const Catalogue>(std::move(*catalogue)),
                std::make_shared<const Templates>(std::move(*templates)), std::move(*files), profile, offered);
}

Site Site::with(const AgencyProfile &profile) const {
    return Site(catalogue_, templates_, files_.coloured(profile.colour), profile, offered_);
}

Site Site::with_emblem(std::string_view ending, std::optional<std::string> picture) const {
    return Site(catalogue_, templates_, files_.with_emblem(ending, std::move(picture)), profile_, offered_);
}

Site LiveSite::dressed(const AgencyProfile &profile) const {
    const auto emblem = domain::emblem_from(profile.emblem);
    const std::string_view ending = emblem ? domain::emblem_ending(emblem->type) : "";
    return last_->with(profile).with_emblem(ending, emblem ? emblem_of_(*emblem) : std::nullopt);
}

std::shared_ptr<const Site> LiveSite::of(const std::shared_ptr<const domain::ProfileVersion> &profile) {
    const std::lock_guard lock(mutex_);
    // A request that took its profile before the last change must not bring the old one back for those after it.
    if (profile != shown_ && (!shown_ || profile->version > shown_->version)) {
        last_ = std::make_shared<const Site>(dressed(profile->profile));
        shown_ = profile;
    }
    return last_;
}

http::Response Site::page(std::string_view page, const Frame &frame, View view, unsigned status) const {
    const Language language = frame.language;
    const Language other = language == Language::th ? Language::en : Language::th;
    const std::string other_query = "?" + (frame.query.empty() ? "" : frame.query + "&") + "lang=" + std::string(http::code(other));
    std::string title = text(frame, frame.title_key);
    if (frame.faulty) title = catalogue_->text(language, "layout.title_faulty", {{"TITLE", title}});
    view.set("LANG", std::string(http::code(language)));
    view.set("TITLE", title);
    view.set("AGENCY", in(profile_.name, language));
    view.set("Q", language_query(frame));
    view.set("STYLE_URL", files_.url("style.css"));
    view.list("MORE_STYLE");
    const Sheets sheets = templates_->sheets(page);
    if (sheets != Sheets::reading) view.row("MORE_STYLE").set("MORE_STYLE_URL", files_.url("forms.css"));
    if (sheets == Sheets::officer) view.row("MORE_STYLE").set("MORE_STYLE_URL", files_.url("officer.css"));
    view.set("FONT_URL", files_.url(language == Language::th ? "sarabun-thai-400.woff2" : "sarabun-latin-400.woff2"));
    if (templates_->shape(page).uses("EXIT_URL")) // the officers' layout has no quick exit
        view.set("SCRIPT_URL", files_.url("exit.js")).set("EXIT_URL", profile_.exit_url);
    if (templates_->shape(page).uses("FILES_SCRIPT_URL")) view.set("FILES_SCRIPT_URL", files_.url("files.js"));
    view.set("OTHER_LANG", std::string(http::code(other)));
    view.set("OTHER_LANG_NAME", catalogue_->text(other, "language.name"));
    view.show("NOT_INDEXED", !frame.indexed);
    view.list("EMBLEM");
    if (files_.has("emblem"))
        view.row("EMBLEM")
            .set("EMBLEM_URL", files_.url("emblem"))
            .set("EMBLEM_ALT", catalogue_->text(language, "layout.emblem", {{"AGENCY", in(profile_.name, language)}}));
    view.list("REFRESH");
    if (frame.refresh > 0) view.row("REFRESH").set("REFRESH_SECONDS", std::to_string(frame.refresh));
    view.list("SWITCH_LINK").list("SWITCH_BUTTON");
    const auto shown = offered_ == Offered::both ? frame.languages : Frame::Languages::none;
    if (shown == Frame::Languages::link) view.row("SWITCH_LINK").set("SWITCH_URL", frame.path + other_query);
    if (shown == Frame::Languages::form)
        view.row("SWITCH_BUTTON")
            .set("SWITCH_URL", frame.path + other_query)
            .set("SWITCH_FORM", frame.again.form)
            .set("SWITCH_NAME", frame.again.name)
            .set("SWITCH_VALUE", frame.again.value)
            .set("DEFAULT_STEP", frame.again.default_value);
    http::Response response;
    response.status = status;
    response.body = templates_->render(language, page, view);
    response.content_language = http::code(language);
    return response;
}

Frame frame_of(const http::Request &request, std::string_view title_key) {
    Frame frame;
    frame.language = http::language_of(request);
    frame.language_chosen = request.lang_query.has_value();
    frame.path = request.path;
    frame.title_key = title_key;
    frame.given_back = request.given_back;
    return frame;
}

std::string language_query(const Frame &frame) {
    return frame.language_chosen ? "?lang=" + std::string(http::code(frame.language)) : "";
}

std::string code_label(const Site &site, const Frame &frame, std::string_view family, std::string_view id) {
    const auto &list = family == "category" ? site.profile().categories : site.profile().channels;
    for (const domain::CodeLabel &entry : list)
        if (entry.id == id && !in(entry.label, frame.language).empty()) return in(entry.label, frame.language);
    return site.text(frame, family == "category" ? "category." + std::string(id) : "channel." + std::string(id));
}

std::string post_names(const Site &site, const Frame &frame, std::span<const domain::Post> posts) {
    std::string out;
    for (const domain::Post post : posts)
        out += (out.empty() ? "" : ", ") + site.text(frame, "post." + std::string(domain::id(post)));
    return out;
}

} // namespace pages
