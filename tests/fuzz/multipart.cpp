// A form with files: a second reading of the whole body at once comes to the same fields and files, wherever the
// streaming one is cut. The first byte says where.
#include "web/http/multipart.h"
#include "web/http/request_parts.h"
#include "web/http/text.h"
#include "tests/fuzz/target.h"

#include <map>
#include <string>
#include <vector>

namespace {

using fuzz::demand;
using Lines = std::vector<std::string>;
constexpr http::MultipartLimits limits{.parts = 4, .head_bytes = 200, .name_bytes = 8, .field_bytes = 32, .around_bytes = 16};

class Notes : public http::FileSink {
public:
    bool begin(const http::FilePart &part) override {
        demand(!open_ && http::is_text(part.field) && part.field.size() <= limits.name_bytes);
        open_ = true;
        said.push_back(std::string(part.field) + "|" + std::string(part.name) + "|" + std::string(part.content_type));
        said.emplace_back();
        return true;
    }
    bool data(std::string_view bytes) override {
        demand(open_ && !bytes.empty());
        said.back() += bytes;
        return true;
    }
    bool end() override {
        demand(open_);
        open_ = false;
        said.emplace_back("end");
        return true;
    }
    Lines said;

private:
    bool open_ = false;
};

struct Outcome {
    bool good = false;
    Lines files, fields;
};

Outcome streamed(std::string_view body, std::size_t step) {
    Notes notes;
    http::MultipartParser parser("b", notes, limits);
    for (std::size_t at = 0; at < body.size(); at += step)
        if (!parser.feed(body.substr(at, step))) break;
    const bool good = parser.finish().has_value();
    demand(good == parser.feed("").has_value());
    Outcome out{good, notes.said, {}};
    for (const auto &field : parser.fields().fields()) {
        out.fields.push_back(field.name);
        out.fields.push_back(field.value);
    }
    demand(out.fields.size() + notes.said.size() <= 3 * limits.parts);
    return out;
}

void replace_all(std::string &text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// The second reading: nothing in it is shared with the first but the questions whether something is a token or text.
struct Whole {
    std::string_view rest;
    Outcome out{};

    static bool parameters(std::string text, std::string &value, std::map<std::string, std::string> &named) {
        std::size_t at = text.find(';');
        value = http::lower(http::trimmed(std::string_view(text).substr(0, at)));
        while (at != text.npos) {
            at = text.find_first_not_of(" \t", at + 1);
            const auto equals = at == text.npos ? text.npos : text.find('=', at);
            if (equals == text.npos) return false;
            const std::string name = http::lower(std::string_view(text).substr(at, equals - at));
            const bool quoted = equals + 1 < text.size() && text[equals + 1] == '"';
            const auto from = equals + (quoted ? 2 : 1);
            const auto to = quoted ? text.find('"', from) : std::min(text.find_first_of("; \t", from), text.size());
            if (to == text.npos || !http::is_token(name) || named.size() == 8) return false;
            const std::string found = text.substr(from, to - from);
            if ((!quoted && !http::is_token(found)) || !named.emplace(name, found).second) return false;
            at = text.find_first_not_of(" \t", to + (quoted ? 1 : 0));
            if (at != text.npos && text[at] != ';') return false;
        }
        return true;
    }

    static bool extended(std::string &name) {
        if (http::lower(std::string_view(name).substr(0, 6)) != "utf-8'") return false;
        const auto quote = name.find('\'', 6);
        if (quote == name.npos) return false;
        std::string out;
        for (std::size_t i = quote + 1; i < name.size(); ++i) {
            if (name[i] != '%') {
                out += name[i];
                continue;
            }
            const std::string two = name.substr(i + 1, 2);
            if (two.size() != 2 || two.find_first_not_of("0123456789abcdefABCDEF") != two.npos) return false;
            out += static_cast<char>(std::stoi(two, nullptr, 16));
            i += 2;
        }
        name = out;
        return true;
    }

    static void browser_decoded(std::string &name) {
        replace_all(name, "%22", "\"");
        replace_all(name, "%0D", "\r");
        replace_all(name, "%0d", "\r");
        replace_all(name, "%0A", "\n");
        replace_all(name, "%0a", "\n");
    }

    static bool header(std::string_view head, std::map<std::string, std::string> &ours) {
        for (auto end = head.find("\r\n"); end != head.npos; end = head.find("\r\n")) {
            const auto line = head.substr(0, end);
            const auto colon = line.find(':');
            if (line.find_first_of("\r\n") != line.npos || colon == line.npos || !http::is_token(line.substr(0, colon)))
                return false;
            const auto name = http::lower(line.substr(0, colon));
            const std::string value(http::trimmed(line.substr(colon + 1)));
            if ((name == "content-disposition" || name == "content-type" || name == "content-transfer-encoding") &&
                (value.empty() || !ours.emplace(name, value).second))
                return false;
            head.remove_prefix(end + 2);
        }
        return true;
    }

    bool part(std::string_view head, std::string_view data) {
        std::map<std::string, std::string> ours, named, ignored;
        std::string value, type;
        if (!header(head, ours) || !parameters(ours["content-disposition"], value, named) || value != "form-data") return false;
        const std::string encoding = http::lower(ours["content-transfer-encoding"]);
        if (!encoding.empty() && encoding != "7bit" && encoding != "8bit" && encoding != "binary") return false;
        if (http::lower(ours["content-type"]).starts_with("multipart/")) return false;
        if (!named.contains("name")) return false;
        std::string name = named["name"];
        browser_decoded(name);
        if (name.empty() || name.size() > limits.name_bytes || !http::is_text(name)) return false;
        if (!named.contains("filename") && !named.contains("filename*")) {
            out.fields.push_back(name);
            std::string text(data);
            replace_all(text, "\r\n", "\n");
            replace_all(text, "\r", "\n");
            out.fields.push_back(text);
            return http::is_text(data);
        }
        const auto slash = [&] { return type.find('/'); };
        if (!parameters(ours["content-type"], type, ignored) || slash() == type.npos || type.size() > 127 ||
            !http::is_token(type.substr(0, slash())) || !http::is_token(type.substr(slash() + 1)))
            type.clear();
        std::string file = named.contains("filename*") ? named["filename*"] : named["filename"];
        if (!named.contains("filename*"))
            browser_decoded(file);
        else if (!extended(file))
            return false;
        if (!file.empty() || !data.empty()) out.files.insert(out.files.end(), {name + "|" + file + "|" + type, std::string(data), "end"});
        return true;
    }

    bool read() {
        std::size_t parts = 0, field_bytes = 0;
        auto at = rest.find("\r\n--b");
        if (at == rest.npos || at > limits.around_bytes) return false;
        const std::size_t before = at;
        for (;;) {
            rest.remove_prefix(at + 5);
            if (rest.starts_with("--")) return before + rest.size() - 2 <= limits.around_bytes;
            const auto blanks = rest.find_first_not_of(" \t");
            if (blanks == rest.npos || blanks > 16 || !rest.substr(blanks).starts_with("\r\n")) return false;
            rest.remove_prefix(blanks + 2);
            const auto head_end = rest.find("\r\n\r\n");
            if (head_end == rest.npos || head_end + 4 > limits.head_bytes || rest.starts_with("\r\n") || ++parts > limits.parts)
                return false;
            const auto head = rest.substr(0, head_end + 2);
            rest.remove_prefix(head_end + 4);
            at = rest.find("\r\n--b");
            const std::size_t fields = out.fields.size();
            if (at == rest.npos || !part(head, rest.substr(0, at))) return false;
            if (out.fields.size() != fields) field_bytes += at;
            if (field_bytes > limits.field_bytes) return false;
        }
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view body = fuzz::text(data, size).substr(1);
    const std::size_t step = data[0] % 64 + 1;
    const std::string behind_a_line = "\r\n" + std::string(body);
    Whole whole{behind_a_line};
    const bool good = whole.read();
    const Outcome one = streamed(body, body.size() + 1), cut = streamed(body, step);
    demand(one.good == good && cut.good == good);
    demand(cut.files == one.files && cut.fields == one.fields);
    if (good) demand(one.files == whole.out.files && one.fields == whole.out.fields);
    if (const auto boundary = http::multipart_boundary(body))
        demand(!boundary->empty() && boundary->size() <= 70 && boundary->find_first_of("\r\n\"") == boundary->npos);
    return 0;
}
