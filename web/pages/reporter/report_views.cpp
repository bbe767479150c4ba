#include "web/pages/reporter/report.h"

#include "web/pages/reporter/files.h"

#include <algorithm>
#include <array>
#include <ranges>

namespace pages {

namespace {

std::vector<std::string_view> form_fields() {
    std::vector<std::string_view> out{"category"};
    out.insert(out.end(), std::begin(filing_fields), std::end(filing_fields));
    out.push_back("acknowledge");
    return out;
}

Frame step_frame(Frame frame, std::string value, std::string default_value) {
    frame.languages = Frame::Languages::form;
    frame.again = {"report", "step", std::move(value), std::move(default_value)};
    return frame;
}

// The posts that keep an identity; who is ticked as involved keeps none.
void show_keepers(View &view, const Site &site, const Frame &frame, const ReportForm &form) {
    std::vector<std::string> posts;
    for (const domain::Holder &holder : form.line)
        if (const auto post = post_names(site, frame, std::array{holder.post}); holder.may_custody &&
                                                                   !is_ticked(form.typed, holder.officer) &&
                                                                   std::ranges::find(posts, post) == posts.end())
            posts.push_back(post);
    view.list("KEEPERS");
    if (posts.empty()) return;
    std::string names;
    for (const auto &post : posts)
        names += (names.empty() ? "" : ", ") + post;
    view.row("KEEPERS").set("KEEPERS_TEXT",
                            site.catalogue().text(frame.language, "form.anonymous.keepers", {{"POSTS", names}}));
}

// Everything typed, as hidden fields of the check page.
void show_hidden(View &view, const domain::FilingForm &typed, std::string_view once) {
    view.list("HIDDEN");
    const auto hide = [&](std::string_view name, std::string_view value) {
        if (!value.empty())
            view.row("HIDDEN").set("HIDDEN_NAME", std::string(name)).set("HIDDEN_VALUE", std::string(value));
    };
    hide("once", once);
    hide("category", typed.category);
    hide("subject_name", typed.subject_name);
    hide("subject_position", typed.subject_position);
    hide("subject_unit", typed.subject_unit);
    hide("subject_unknown", typed.subject_unknown ? "yes" : "");
    hide("when", typed.when);
    hide("where", typed.where);
    hide("facts", typed.facts);
    hide("witnesses", typed.witnesses);
    hide("elsewhere", typed.elsewhere);
    hide("wish", typed.wish);
    for (const auto &id : typed.excluded)
        hide("excluded", id);
    hide("anonymous", typed.anonymous ? "yes" : "no");
    hide("name", typed.name);
    hide("address", typed.address);
    hide("phone", typed.phone);
    hide("email", typed.email);
    hide("conceal", typed.conceal ? "yes" : "no");
    hide("acknowledge", typed.acknowledge ? "yes" : "");
}

// The rows of check-your-answers; a row's field is where its "change" leads.
class Rows {
public:
    Rows(View &view, const Site &site, const Frame &frame) : view_(view), site_(site), frame_(frame) {
        view.list("ROW");
    }
    void add(std::string_view key, std::string_view field, const std::vector<std::string> &lines) {
        View &row = view_.row("ROW").set("ROW_NAME", site_.text(frame_, key)).set("ROW_FIELD", std::string(field));
        row.list("ROW_LINE");
        for (const auto &line : lines)
            if (!line.empty()) row.row("ROW_LINE").set("LINE_TEXT", line);
        if (row.sections().at("ROW_LINE").empty())
            row.row("ROW_LINE").set("LINE_TEXT", site_.text(frame_, "check.blank"));
    }

private:
    View &view_;
    const Site &site_;
    const Frame &frame_;
};

void show_answers(View &view, const Site &site, const Frame &frame, const usecases::CheckedForm &checked) {
    const auto &complaint = checked.filing.complaint;
    const auto &identity = checked.filing.identity;
    Rows rows(view, site, frame);
    rows.add("check.row.category", "category",
             {complaint.category.empty() ? "" : code_label(site, frame, "category", complaint.category)});
    const auto labelled = [&](std::string_view label, const std::string &text) {
        return text.empty() ? text
                            : site.catalogue().text(frame.language, "label.with_text",
                                                    {{"LABEL", site.text(frame, label)}, {"TEXT", text}});
    };
    rows.add("check.row.subject", "subject_name",
             {complaint.subject_unknown ? site.text(frame, "check.row.subject_unknown") : "",
              labelled("form.subject_name.label", complaint.subject_name),
              labelled("form.subject_position.label", complaint.subject_position),
              labelled("form.subject_unit.label", complaint.subject_unit)});
    rows.add("form.facts.label", "facts", {complaint.facts});
    rows.add("form.when.label", "when", {complaint.when});
    rows.add("form.where.label", "where", {complaint.where});
    rows.add("form.witnesses.label", "witnesses", {complaint.witnesses});
    rows.add("form.elsewhere.label", "elsewhere", {complaint.elsewhere});
    rows.add("form.wish.label", "wish", {complaint.wish});
    std::vector<std::string> names;
    for (const domain::Person &person : domain::people(checked.line))
        if (std::ranges::find(complaint.excluded, person.officer) != complaint.excluded.end())
            names.push_back(post_names(site, frame, person.posts) + " – " + person.name);
    if (names.empty()) names.push_back(site.text(frame, "check.nobody_excluded"));
    rows.add("check.row.excluded", "excluded", names);
    rows.add("check.row.anonymous", "anonymous",
             {site.text(frame, complaint.anonymous ? "check.anonymous" : "check.named")});
    if (!complaint.anonymous) {
        rows.add("check.row.identity", "name",
                 {labelled("form.subject_name.label", identity.name), labelled("form.address.label", identity.address),
                  labelled("form.phone.label", identity.phone), labelled("form.email.label", identity.email)});
        rows.add("form.conceal.legend", "conceal",
                 {site.text(frame, complaint.conceal ? "form.conceal.yes" : "form.conceal.no")});
    }
}

} // namespace

http::Response render_question(const Site &site, Frame frame, bool unanswered, std::string_view about) {
    frame = step_frame(std::move(frame), "question", "start");
    View view;
    view.show("ABOUT_YES", about == "yes").show("ABOUT_NO", about == "no");
    std::vector<domain::Fault> faults;
    if (unanswered) faults.push_back({"about", "question.error"});
    frame.faulty = unanswered;
    constexpr std::array<std::string_view, 1> fields = {"about"};
    show_faults(view, site, frame, faults, fields, {}, false);
    return site.page("report-question", frame, std::move(view), unanswered ? 400 : 200);
}

http::Response render_general(const Site &site, Frame frame) {
    frame = step_frame(std::move(frame), "start", "start");
    frame.again.form = "general"; // a form of its own: the page's button answers the question the other way
    View view;
    view.set("GENERAL_TEXT", in(site.profile().general_channel, frame.language));
    // Many agencies name the centre in their own sentence; it is not said twice.
    view.show("DAMRONGDHAM", in(site.profile().general_channel, frame.language).find("1567") == std::string::npos);
    view.list("GENERAL_LINK");
    if (!site.profile().general_channel_url.empty())
        view.row("GENERAL_LINK").set("GENERAL_URL", site.profile().general_channel_url);
    return site.page("report-general", frame, std::move(view));
}

http::Response render_form(const Site &site, Frame frame, const ReportForm &form, unsigned status) {
    frame = step_frame(std::move(frame), "form", "check");
    frame.faulty = !form.faults.empty() || !form.notice.empty();
    const auto &typed = form.typed;
    View view;
    std::string first_category = "category-";
    for (const domain::CodeLabel &category : site.profile().categories | std::views::reverse)
        if (category.shown) first_category = "category-" + category.id;
    const std::string first_holder = form.line.empty() ? "excluded" : "excluded-" + form.line.front().officer.text();
    const FaultTarget targets[] = {{"category", first_category}, {"excluded", first_holder}};
    show_faults(view, site, frame, form.faults, form_fields(), targets);
    show_notice(view, site, frame, form.notice);
    view.set("ONCE", form.once);
    show_filing(view, typed);
    view.show("IDENTITY_OPEN", !typed.anonymous);
    view.show("ACKNOWLEDGE", typed.acknowledge);
    for (const domain::CodeLabel &category : site.profile().categories)
        if (category.shown || typed.category == category.id)
            view.row("CATEGORY")
                .set("CATEGORY_ID", category.id)
                .set("CATEGORY_NAME", code_label(site, frame, "category", category.id))
                .show("CATEGORY_CHECKED", typed.category == category.id);
    show_keepers(view, site, frame, form);
    show_involved(view, site, frame, form.line, typed);
    return site.page("report-form", frame, std::move(view), status);
}

http::Response render_check(const Site &site, Frame frame, const domain::FilingForm &typed,
                            const usecases::CheckedForm &checked, std::string_view once) {
    frame = step_frame(std::move(frame), "check", "check");
    View view;
    show_hidden(view, typed, once);
    show_answers(view, site, frame, checked);
    view.list("MATCHES");
    if (!checked.name_matches.empty()) {
        View &matches = view.row("MATCHES").list("MATCH");
        for (const domain::Person &person : domain::people(checked.line))
            if (std::ranges::find(checked.name_matches, person.officer) != checked.name_matches.end())
                matches.row("MATCH")
                    .set("MATCH_ID", person.officer.text())
                    .set("MATCH_LABEL",
                         site.catalogue().text(frame.language, "check.match.label",
                                               {{"NAME", person.name}, {"POST", post_names(site, frame, person.posts)}}));
    }
    return site.page("report-check", frame, std::move(view));
}

http::Response render_result(const Site &site, Frame frame, const usecases::Filed &filed) {
    frame.languages = Frame::Languages::none; // showing it again would need the text on the page
    View view;
    view.list("GROUP");
    for (std::size_t at = 0; at < filed.receipt.size();) {
        const auto end = std::min(filed.receipt.find(' ', at), filed.receipt.size());
        view.row("GROUP").set("DIGITS", filed.receipt.substr(at, end - at));
        at = end + 1;
    }
    std::string_view how = "result.how.filed";
    if (filed.how == usecases::Filed::How::filed_before) how = "result.how.filed_before";
    if (filed.how == usecases::Filed::How::added_as_follow_up) how = "result.how.added_as_follow_up";
    view.set("HOW", site.text(frame, how));
    show_send_files(view, site, frame, filed.receipt, filed.file_limits);
    view.list("FILES_FAULT").show("FILES_FAULTY", false);
    return site.page("report-result", frame, std::move(view));
}

} // namespace pages
