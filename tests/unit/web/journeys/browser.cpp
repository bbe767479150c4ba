#include "tests/unit/web/journeys/browser.h"

#include "web/http/request_parts.h"

#include <regex>

namespace journeys {

namespace {

std::string unescaped(std::string text) {
    for (const auto &[from, to] :
         {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

} // namespace

std::string urlencoded(const Fields &fields) {
    std::string out;
    const auto encode = [&](const std::string &text) {
        for (const unsigned char c : text) {
            if (std::isalnum(c)) {
                out += static_cast<char>(c);
            } else {
                out += '%';
                out += "0123456789ABCDEF"[c >> 4];
                out += "0123456789ABCDEF"[c & 15];
            }
        }
    };
    for (const auto &[name, value] : fields) {
        if (!out.empty()) out += '&';
        encode(name);
        out += '=';
        encode(value);
    }
    return out;
}

std::string input(const std::string &html, const std::string &name) {
    const auto at = html.find(" name=\"" + name + "\"");
    if (at == std::string::npos) return {};
    const auto end = html.find('>', at);
    const auto value = html.find("value=\"", at);
    if (value == std::string::npos || value > end) return {};
    return unescaped(html.substr(value + 7, html.find('"', value + 7) - value - 7));
}

std::string text_of(const std::string &html, const std::string &id) {
    const std::regex open("<([a-z0-9]+)[^>]* id=\"" + id + "\"[^>]*>");
    std::smatch found;
    if (!std::regex_search(html, found, open)) return {};
    const std::string rest = found.suffix();
    const std::string inside = rest.substr(0, rest.find("</" + found[1].str() + ">"));
    return unescaped(std::regex_replace(inside, std::regex("<[^>]*>"), ""));
}

bool has(const std::string &html, std::string_view text) { return html.find(text) != std::string::npos; }

const pages::Site &Browser::loaded(std::span<const pages::PageFile> files) {
    static const pages::Site reporters = pages_test::load(pages::reporter_page_files());
    static const pages::Site officers = pages_test::load(pages::officer_page_files());
    return files.data() == pages::reporter_page_files().data() ? reporters : officers;
}

http::Request Browser::request(http::Method method, std::string path, const Fields &fields) {
    http::Request out;
    out.method = method;
    http::set_target(out, path, true);
    out.lang_query = language;
    out.same_origin = same_origin;
    if (method == http::Method::post) {
        out.content_type = "application/x-www-form-urlencoded";
        out.body = urlencoded(fields);
    }
    return out;
}

http::Response Browser::to_reporter(http::Request asked) {
    auto context = reporter();
    pages::ReporterPage page{context, reporter_site(), {profile.manuals(), *prints, "https://report.example.go.th"}};
    if (asked.body.size() > pages::reporter_body_limit(asked.method, asked.path)) // the server reads no further
        return pages::reporter_error(reporter_site(), 413, &asked);
    auto answer = pages::answer_reporter(page, asked);
    EXPECT_TRUE(answer.set_cookies.empty());
    EXPECT_TRUE(answer.location.empty()) << "a reporter is never sent to another address";
    return answer;
}

http::Response Browser::to_officer(http::Request asked) {
    if (!cookie.empty()) asked.cookie = "__Host-sucharit=" + cookie;
    if (!door_cookie.empty()) asked.cookie += "; __Host-sucharit-door=" + door_cookie;
    auto context = officer();
    pages::OfficerPage page{context, officer_site()};
    auto answer = pages::answer_officer(page, asked);
    for (const std::string &set : answer.set_cookies) {
        EXPECT_TRUE(set.find("; Path=/; Secure; HttpOnly; SameSite=Strict") != std::string::npos);
        const auto equals = set.find('='), end = set.find(';');
        const auto name = set.substr(0, equals), value = set.substr(equals + 1, end - equals - 1);
        EXPECT_EQ(set.find("; Max-Age=15552000") != std::string::npos, name == "__Host-sucharit-known");
        if (name == "__Host-sucharit")
            cookie = value;
        else if (name == "__Host-sucharit-door")
            door_cookie = value;
        else
            known_cookie = value;
        EXPECT_TRUE(name == "__Host-sucharit" || name == "__Host-sucharit-door" || name == "__Host-sucharit-known") << name;
    }
    return answer;
}

http::Response Browser::knock(const std::string &login, const std::string &passphrase, Fields more) {
    Fields fields{{"door", input(officer_get("/login").body, "door")}, {"login", login}, {"passphrase", passphrase}};
    fields.insert(fields.end(), more.begin(), more.end());
    return officer_post("/login", fields);
}

void Browser::sign_in_as(const usecases_test::Person &who) {
    cookie.clear();
    const auto answer = knock(who.login, who.passphrase);
    ASSERT_EQ(answer.status, 303u);
    ASSERT_FALSE(cookie.empty());
}

Fields Browser::whole_report(const std::string &facts) {
    const auto form = reporter_post("/report", {{"about", "yes"}, {"step", "start"}});
    EXPECT_EQ(form.status, 200u);
    return {{"once", input(form.body, "once")},
            {"category", "procurement"},
            {"subject_name", "นายสมหมาย"},
            {"facts", facts},
            {"anonymous", "yes"},
            {"acknowledge", "yes"}};
}

std::string Browser::file_report(const std::string &facts) {
    Fields fields = whole_report(facts);
    fields.emplace_back("step", "file");
    const auto answer = reporter_post("/report", fields);
    EXPECT_EQ(answer.status, 200u);
    return text_of(answer.body, "receipt");
}

} // namespace journeys
