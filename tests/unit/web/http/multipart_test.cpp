#include "web/http/multipart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace http {
namespace {

// Writes down what it hears; data of one file in one line, however it came.
class Notes : public FileSink {
public:
    bool begin(const FilePart &part) override {
        said.push_back("begin " + std::string(part.field) + "|" + std::string(part.name) + "|" +
                       std::string(part.content_type));
        said.emplace_back("data ");
        return stop_at != "begin";
    }
    bool data(std::string_view bytes) override {
        EXPECT_FALSE(bytes.empty());
        said.back() += bytes;
        return stop_at != "data";
    }
    bool end() override {
        said.emplace_back("end");
        return stop_at != "end";
    }
    std::vector<std::string> said;
    std::string stop_at;
};

struct Read {
    std::expected<void, MultipartFault> result;
    std::vector<std::string> files, fields;
    bool operator==(const Read &) const = default;
};

// Fed in pieces that end at these places.
Read read(std::string_view body, const std::vector<std::size_t> &cuts = {}, const MultipartLimits &limits = {},
          const std::string &stop_at = "") {
    Notes notes;
    notes.stop_at = stop_at;
    MultipartParser parser("b", notes, limits);
    std::size_t at = 0;
    for (const std::size_t cut : cuts) {
        (void)parser.feed(body.substr(at, cut - at));
        at = cut;
    }
    (void)parser.feed(body.substr(at));
    Read out{parser.finish(), notes.said, {}};
    for (const auto &field : parser.fields().fields())
        out.fields.push_back(field.name + "=" + field.value);
    return out;
}

std::string part(std::string_view head, std::string_view data) {
    return "--b\r\n" + std::string(head) + "\r\n\r\n" + std::string(data) + "\r\n";
}
std::string field(std::string_view name, std::string_view value) {
    return part("Content-Disposition: form-data; name=\"" + std::string(name) + "\"", value);
}
std::string file(std::string_view parameters, std::string_view data = "x") {
    return part("Content-Disposition: form-data; name=\"f\"; " + std::string(parameters), data);
}
const std::string last = "--b--\r\n";

// The name that a sink is told.
std::string name_of(std::string_view parameters) {
    const auto got = read(file(parameters) + last);
    return got.result && got.files.size() == 3 ? got.files[0] : "refused";
}

const std::string everything =
    "--b\r\ncontent-disposition: form-data; name=\"receipt\"\r\n\r\n1234 ก\r\nข\r\n"
    "--b \t\r\nContent-Disposition: form-data; name=\"f\"; filename=\"รูป.JPG\"\r\nContent-Type: image/JPEG; x=y\r\n"
    "X-Other: 1\r\n\r\n\r\n\r\n--\r\n--\r--b\r\n-\n--b\r\n--a\r\r\n\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"h\"; filename=\"empty\"\r\n\r\n\r\n"
    "--b--\r\nbehind";

const Read all_of_it = {{},
                        {"begin f|รูป.JPG|image/jpeg", "data \r\n\r\n--\r\n--\r--b\r\n-\n--b\r\n--a\r\r\n", "end",
                         "begin h|empty|", "data ", "end"},
                        {"receipt=1234 ก\nข"}};

TEST(Multipart, ReadsFieldsAndPassesFilesOn) { EXPECT_EQ(read(everything), all_of_it); }

TEST(Multipart, ReadsTheSameHoweverItIsCut) {
    for (std::size_t cut = 0; cut <= everything.size(); ++cut)
        EXPECT_EQ(read(everything, {cut}), all_of_it) << cut;
    std::vector<std::size_t> everywhere;
    for (std::size_t cut = 1; cut < everything.size(); ++cut)
        everywhere.push_back(cut);
    EXPECT_EQ(read(everything, everywhere), all_of_it);
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        std::vector<std::size_t> cuts(random() % 12);
        for (auto &place : cuts)
            place = random() % everything.size();
        std::ranges::sort(cuts);
        EXPECT_EQ(read(everything, cuts), all_of_it);
    }
}

TEST(Multipart, HasNoFilesWhereNothingWasChosen) {
    const auto got = read(file("filename=\"\"", "") + last);
    EXPECT_TRUE(got.result);
    EXPECT_TRUE(got.files.empty());
    EXPECT_EQ(read(file("filename=\"\"", "ab") + last).files,
              (std::vector<std::string>{"begin f||", "data ab", "end"}));
    EXPECT_TRUE(read(last).result);
}

TEST(Multipart, DecodesNamesAsBrowsersEncodeThem) {
    EXPECT_EQ(name_of("filename=\"a%22b%0D%0Ac%41%2\""), "begin f|a\"b\r\nc%41%2|");
    EXPECT_EQ(name_of("filename=\"C:\\dir\\\""), "begin f|C:\\dir\\|"); // a backslash is a letter like any other
    EXPECT_EQ(name_of("filename=\"a;b=c\""), "begin f|a;b=c|");
    EXPECT_EQ(name_of("filename=plain.txt"), "begin f|plain.txt|");
    EXPECT_EQ(name_of("filename=\"x\"; filename*=UTF-8''%E0%B8%81%2fb"), "begin f|ก/b|");
    EXPECT_EQ(name_of("filename*=utf-8'th'a%00"), std::string("begin f|a\0|", 11));
    EXPECT_EQ(name_of("filename=\"" + std::string("a\0\x01\xff", 4) + "\u202egpj.exe\""),
              "begin f|" + std::string("a\0\x01\xff", 4) + "\u202egpj.exe|");
    EXPECT_EQ(name_of("filename=\"" + std::string(4096, 'n') + "\""), "begin f|" + std::string(4096, 'n') + "|");
}

TEST(Multipart, RefusesNamesThatCanBeReadInTwoWays) {
    for (const char *bad :
         {"filename=\"a\\\"b\"", "filename=\"a", "filename=\"a\"b", "filename=a b", "filename=\"a\"; filename=\"b\"",
          "filename=\"a\"; FILENAME=\"b\"", "filename*=latin1''a", "filename*=UTF-8''%4", "filename*=UTF-8''%zz",
          "filename*=\"a\"", "filename", "filename=", "=a", "filename=\"a\";", "name=\"g\"; filename=\"a\"",
          "a=1; b=1; c=1; d=1; e=1; g=1; h=1; filename=\"a\""})
        EXPECT_EQ(name_of(bad), "refused") << bad;
}

TEST(Multipart, TakesNoTypeThatIsNone) {
    const auto type_of = [](const std::string &type) {
        const auto got = read(part("Content-Disposition: form-data; name=\"f\"; filename=\"a\"\r\nContent-Type: " + type, "x") + last);
        return got.files.empty() ? "refused" : got.files[0].substr(10);
    };
    EXPECT_EQ(type_of("Text/HTML;charset=\"x\""), "text/html");
    EXPECT_EQ(type_of("text/html, image/png"), "");
    EXPECT_EQ(type_of("image"), "");
    EXPECT_EQ(type_of("a/" + std::string(126, 'b')), "");
    EXPECT_EQ(type_of("<script>"), "");
    EXPECT_EQ(type_of("Multipart/mixed; boundary=c"), "refused");
}

TEST(Multipart, RefusesWhatNoBrowserSends) {
    const std::string good = "Content-Disposition: form-data; name=\"a\"";
    for (const std::string &bad : {
             std::string(), std::string("--b"), std::string("--b--").substr(0, 4), field("a", "1"), field("a", "1") + "--b\r\n",
             field("a", "1") + "--bx\r\n", field("a", "1") + "--b-x" + last, field("a", "1") + "--b \rx" + last,
             field("a", "1") + "--b -" + last, field("a", "1") + "--b" + std::string(17, ' ') + "\r\n" + last,
             field("a", std::string("\0", 1)) + last, field("a", "\xff") + last, field("", "1") + last,
             field("\xff", "1") + last, field(std::string(65, 'n'), "1") + last, part("", "1") + last,
             part("X: 1", "1") + last, part(good + "\r\n folded: 1", "1") + last, part(good + "\r\n" + good, "1") + last,
             part(good + "\r\nX: a\nb", "1") + last, part(good + "\r\nX: a\rb", "1") + last, part(good + "\r\nX", "1") + last,
             part("Content-Disposition: attachment; name=\"a\"", "1") + last,
             part("Content-Disposition: form-data", "1") + last,
             part(good + "\r\nContent-Transfer-Encoding: base64", "MQ==") + last,
             part(good + "\r\nContent-Type: multipart/mixed; boundary=c", "1") + last,
             part(good + "\r\nContent-Type:", "1") + last,
         }) {
        const auto got = read(bad);
        ASSERT_FALSE(got.result) << bad;
        EXPECT_EQ(got.result.error(), MultipartFault::form) << bad;
        for (std::size_t cut = 0; cut < bad.size(); ++cut)
            EXPECT_EQ(read(bad, {cut}).result, got.result) << bad;
    }
    EXPECT_TRUE(read(part(good + "\r\nContent-Transfer-Encoding: Binary", "1") + last).result);
}

TEST(Multipart, KeepsItsLimits) {
    const MultipartLimits limits{.parts = 2, .head_bytes = 100, .name_bytes = 3, .field_bytes = 4, .around_bytes = 5};
    const auto status = [&](const std::string &body) { return read(body, {}, limits).result; };
    const auto too_much = std::unexpected(MultipartFault::too_much);
    EXPECT_TRUE(status(field("abc", "12") + field("b", "34") + last));
    EXPECT_EQ(status(field("abc", "123") + field("b", "45") + last), too_much);
    EXPECT_EQ(status(field("a", "") + field("b", "") + field("c", "") + last), too_much);
    const std::string head = "Content-Disposition: form-data; name=\"a\"\r\nX: ";
    EXPECT_TRUE(status(part(head + std::string(96 - head.size(), 'x'), "1") + last));
    EXPECT_EQ(status(part(head + std::string(97 - head.size(), 'x'), "1") + last), too_much);
    EXPECT_TRUE(status("abc\r\n" + field("a", "1") + "--b--"));
    EXPECT_EQ(status("abcd\r\n" + field("a", "1") + "--b--"), too_much);
    EXPECT_TRUE(status("--b--12345"));
    EXPECT_EQ(status("--b--123456"), too_much);
    EXPECT_TRUE(status(file("filename=\"a\"", std::string(100'000, 'x')) + last)); // files are bounded by their sink
}

TEST(Multipart, StopsWhereTheSinkSaysSoAndStaysThere) {
    for (const char *where : {"begin", "data", "end"}) {
        const auto got = read(file("filename=\"a\"") + file("filename=\"b\"") + last, {}, {}, where);
        EXPECT_EQ(got.result, std::unexpected(MultipartFault::stopped)) << where;
        EXPECT_EQ(std::ranges::count(got.files, std::string("begin f|b|")), 0) << where;
    }
}

TEST(Multipart, FindsTheBoundaryInTheContentType) {
    EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryAb1"), "----WebKitFormBoundaryAb1");
    EXPECT_EQ(multipart_boundary("Multipart/Form-Data;charset=utf-8;Boundary=\"a b:c\""), "a b:c");
    EXPECT_TRUE(multipart_boundary("multipart/form-data; boundary=" + std::string(70, 'x')));
    for (const std::string &bad :
         {std::string("multipart/form-data"), std::string("multipart/form-data; boundary="), std::string("text/plain; boundary=a"),
          std::string("multipart/form-data; boundary=a; boundary=b"), std::string("multipart/form-data; boundary=\"a \""),
          std::string("multipart/form-data; boundary=\"a\r\nb\""), std::string("multipart/form-data; boundary=\"a*b\""),
          "multipart/form-data; boundary=" + std::string(71, 'x'), std::string("multipart/form-data; boundary=a b")})
        EXPECT_FALSE(multipart_boundary(bad)) << bad;
}

// A body of which only so much comes.
class Body : public BodyReader {
public:
    Body(std::string_view bytes, std::size_t comes) : bytes_(bytes), comes_(comes) {}
    std::size_t length() const override { return bytes_.size(); }
    std::expected<std::size_t, BodyCut> read(std::span<char> out) override {
        if (at_ == comes_ && at_ != bytes_.size()) return std::unexpected(BodyCut{});
        const auto got = bytes_.substr(at_, comes_ - at_).copy(out.data(), out.size());
        at_ += got;
        return got;
    }

private:
    const std::string_view bytes_;
    const std::size_t comes_;
    std::size_t at_ = 0;
};

TEST(Multipart, IsReadFromABodyUpToItsEndOrItsFirstFault) {
    const auto read_all = [](std::string_view bytes, std::size_t comes, Notes &notes) {
        Body body(bytes, comes);
        MultipartParser parser("b", notes);
        return read_multipart(body, parser);
    };
    const std::string large = file("filename=\"a\"", std::string(300'000, 'x')) + last;
    Notes whole, cut, stopped, unended;
    EXPECT_TRUE(read_all(large, large.size(), whole));
    EXPECT_EQ(whole.said, (std::vector<std::string>{"begin f|a|", "data " + std::string(300'000, 'x'), "end"}));
    EXPECT_EQ(read_all(large, 200'000, cut), std::unexpected(MultipartFault::cut));
    ASSERT_EQ(cut.said.size(), 2u);
    EXPECT_GT(cut.said[1].size(), 199'000u);
    stopped.stop_at = "data";
    EXPECT_EQ(read_all(large, 200'000, stopped), std::unexpected(MultipartFault::stopped));
    EXPECT_EQ(read_all(std::string_view(large).substr(0, 1000), 1000, unended), std::unexpected(MultipartFault::form));
}

} // namespace
} // namespace http
