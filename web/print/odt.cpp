#include "web/print/odt.h"

#include "web/print/digits.h"

#include <zip.h>

#include <memory>
#include <numeric>

namespace print {
namespace {

constexpr std::string_view media_type = "application/vnd.oasis.opendocument.text";

// The typeface of official letters; where it is not installed the office program takes the next.
constexpr std::string_view faces =
    R"(<office:font-face-decls><style:font-face style:name="Letter" svg:font-family="'TH SarabunPSK', 'TH Sarabun New', 'Sarabun', 'Laksaman'"/></office:font-face-decls>)";

constexpr std::string_view spaces =
    R"(xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" )"
    R"(xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" )"
    R"(xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" )"
    R"(xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" )"
    R"(xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0")";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c; // XML knows no other control character
    }
    return out;
}

std::string part(std::string_view root, std::string_view content) {
    return R"(<?xml version="1.0" encoding="UTF-8"?>)"
           "\n<office:" + std::string(root) + " " + std::string(spaces) + R"( office:version="1.3">)" + std::string(content) +
           "</office:" + std::string(root) + ">\n";
}

// A style of paragraphs: its name, what it adds to a paragraph, what to its letters. Letters have each size twice: once for Latin ones.
std::string style(std::string_view name, std::string_view paragraph, int size, bool strong) {
    const std::string points = std::to_string(size) + "pt", weight = strong ? "bold" : "normal";
    return R"(<style:style style:name=")" + std::string(name) + R"(" style:family="paragraph"><style:paragraph-properties )" +
           std::string(paragraph) + R"(/><style:text-properties style:font-name="Letter" style:font-name-complex="Letter" fo:font-size=")" +
           points + R"(" style:font-size-complex=")" + points + R"(" fo:font-weight=")" + weight + R"(" style:font-weight-complex=")" +
           weight + R"("/></style:style>)";
}

std::string paragraph(std::string_view of_style, std::string_view text) {
    std::string out = R"(<text:p text:style-name=")" + std::string(of_style) + R"(">)";
    for (const char c : escaped(text))
        out += c == '\n' ? std::string("<text:line-break/>") : std::string(1, c);
    return out + "</text:p>";
}

// Of tables: offices know them only where the tables stand, not by name.
constexpr std::string_view tables =
    R"(<style:style style:name="Sheet" style:family="table"><style:table-properties style:width="16cm" table:align="left"/></style:style>)"
    R"(<style:style style:name="Box" style:family="table-cell"><style:table-cell-properties fo:padding="0.1cm" fo:border-bottom="0.5pt solid #808080"/></style:style>)";

class Writer {
public:
    explicit Writer(const Document &document) : document_(document) {
        for (const Block &block : document.blocks)
            std::visit([this](const auto &of_kind) { add(of_kind); }, block);
    }

    std::string content() const {
        return part("document-content", std::string(faces) + "<office:automatic-styles>" + std::string(tables) + columns_ +
                                            "</office:automatic-styles><office:body><office:text>" + body_ + "</office:text></office:body>");
    }

    std::string styles() const {
        const std::string secrecy = paragraph("Secrecy", digits(document_.every_page));
        return part("document-styles",
                    std::string(faces) + "<office:styles>" + style("Body", R"(fo:margin-bottom="0.2cm")", 16, false) +
                        style("Strong", R"(fo:margin-bottom="0.2cm")", 16, true) +
                        style("Indented", R"(fo:text-indent="2.5cm" fo:margin-bottom="0.2cm")", 16, false) +
                        style("Middle", R"(fo:text-align="center" fo:margin-bottom="0.2cm")", 16, false) +
                        style("MiddleStrong", R"(fo:text-align="center" fo:margin-bottom="0.2cm")", 16, true) +
                        style("Half", R"(fo:margin-left="8cm" fo:margin-bottom="0.2cm")", 16, false) +
                        style("Signed", R"(fo:margin-left="8cm" fo:text-align="center" fo:keep-with-next="always")", 16, false) +
                        style("Cell", "", 15, false) + style("CellStrong", "", 15, true) +
                        style("Heading1", R"(fo:margin-bottom="0.3cm" fo:keep-with-next="always")", 20, true) +
                        style("Heading1Middle", R"(fo:text-align="center" fo:margin-bottom="0.3cm" fo:keep-with-next="always")", 20, true) +
                        style("Heading2", R"(fo:margin-top="0.5cm" fo:keep-with-next="always")", 18, true) +
                        style("Heading3", R"(fo:margin-top="0.3cm" fo:keep-with-next="always")", 16, true) +
                        style("Secrecy", R"(fo:text-align="center")", 18, true) + style("Foot", R"(fo:text-align="center")", 12, false) +
                        R"(<style:style style:name="PageEnd" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>)"
                        "</office:styles><office:automatic-styles>"
                        R"(<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" )"
                        R"(fo:margin-top="1cm" fo:margin-bottom="1cm" fo:margin-left="3cm" fo:margin-right="2cm"/>)"
                        R"(<style:header-style><style:header-footer-properties fo:min-height="1.5cm"/></style:header-style>)"
                        R"(<style:footer-style><style:header-footer-properties fo:min-height="1.5cm"/></style:footer-style></style:page-layout>)"
                        "</office:automatic-styles><office:master-styles>"
                        R"(<style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>)" + secrecy +
                        "</style:header><style:footer>" + paragraph("Foot", digits(document_.foot)) + secrecy +
                        "</style:footer></style:master-page></office:master-styles>");
    }

    std::string meta() const {
        return part("document-meta", "<office:meta><dc:title>" + escaped(document_.title) + "</dc:title><dc:language>" +
                                         escaped(document_.language) + "</dc:language></office:meta>");
    }

private:
    std::string digits(const std::string &text) const { return document_.thai_digits ? with_thai_digits(text) : text; }
    void put(std::string_view of_style, const std::string &text) { body_ += paragraph(of_style, digits(text)); }

    void add(const Heading &heading) {
        const std::string level = std::to_string(heading.level);
        body_ += R"(<text:h text:outline-level=")" + level + R"(" text:style-name="Heading)" + level + (heading.middle ? "Middle" : "") + R"(">)" +
                 escaped(digits(heading.text)) + "</text:h>";
    }
    void add(const Paragraph &text) {
        using Place = Paragraph::Place;
        if (text.place == Place::half) put("Half", text.text);
        else if (text.place == Place::middle) put(text.strong ? "MiddleStrong" : "Middle", text.text);
        else put(text.strong ? "Strong" : text.indented ? "Indented" : "Body", text.text);
    }
    void add(const Notice &notice) {
        put("Strong", notice.title);
        put("Body", notice.text);
    }
    void add(const List &list) {
        std::size_t number = 0;
        for (const Item &item : list.items) {
            const std::string mark = list.kind == List::Kind::steps ? digits(std::to_string(++number)) + ". " : "• ";
            body_ += paragraph("Body", mark + digits(item.text) + (item.value.empty() ? "" : " " + item.value));
        }
    }
    void add(const Table &table) {
        const std::string name = "T" + std::to_string(++count_);
        const double all = std::accumulate(table.shares.begin(), table.shares.end(), 0.0);
        body_ += R"(<table:table table:style-name="Sheet" table:name=")" + escaped(table.name) + " " + std::to_string(count_) + R"(">)";
        for (std::size_t i = 0; i < table.shares.size(); ++i) {
            const std::string column = name + "C" + std::to_string(i);
            columns_ += R"(<style:style style:name=")" + column + R"(" style:family="table-column"><style:table-column-properties style:column-width=")" +
                        std::to_string(static_cast<int>(160 * table.shares[i] / all)) + R"(mm"/></style:style>)";
            body_ += R"(<table:table-column table:style-name=")" + column + R"("/>)";
        }
        if (!table.columns.empty()) {
            body_ += "<table:table-header-rows>";
            add_row(table.columns, true);
            body_ += "</table:table-header-rows>";
        }
        for (const auto &row : table.rows)
            add_row(row, false);
        body_ += "</table:table>";
        put("Body", "");
    }
    void add(const Drawing &drawing) { put("Body", drawing.told); }
    void add(const PageEnd &) { body_ += paragraph("PageEnd", ""); }
    void add(const Room &room) {
        for (std::size_t i = 0; i < room.lines; ++i)
            put("Body", std::string(90, '.'));
    }
    void add(const Signature &signature) {
        put("Signed", "");
        for (const std::string &line : signature.lines)
            put("Signed", line);
        put("Body", "");
    }

    void add_row(const std::vector<std::string> &cells, bool is_head) {
        body_ += "<table:table-row>";
        for (std::size_t i = 0; i < cells.size(); ++i)
            body_ += R"(<table:table-cell table:style-name="Box" office:value-type="string">)" +
                     paragraph(is_head || i == 0 ? "CellStrong" : "Cell", digits(cells[i])) + "</table:table-cell>";
        body_ += "</table:table-row>";
    }

    const Document &document_;
    std::string body_, columns_;
    int count_ = 0;
};

struct Free {
    void operator()(zip_source_t *bytes) const { ::zip_source_free(bytes); }
    void operator()(zip_t *zip) const { ::zip_discard(zip); }
};

constexpr zip_uint16_t first_day = 1 << 5 | 1; // 1 January 1980, with which times of such archives begin

// `bytes` stay where they are until the archive is written.
bool put(zip_t *zip, const char *name, std::string_view bytes, zip_int32_t method) {
    zip_source_t *source = ::zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    if (!source) return false;
    const auto index = ::zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) ::zip_source_free(source);
    const auto at = static_cast<zip_uint64_t>(index);
    return index >= 0 && ::zip_set_file_compression(zip, at, method, 0) == 0 && ::zip_file_set_dostime(zip, at, 0, first_day, 0) == 0;
}

} // namespace

std::optional<std::string> to_odt(const Document &document) {
    const Writer writer(document);
    const std::string list =
        R"(<?xml version="1.0" encoding="UTF-8"?>)"
        "\n<manifest:manifest " + std::string(spaces) + R"( manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type=")" +
        std::string(media_type) + R"("/>)"
        R"(<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>)"
        R"(<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>)"
        R"(<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>)";
    const std::string content = writer.content(), styles = writer.styles(), meta = writer.meta();
    const std::unique_ptr<zip_source_t, Free> bytes(::zip_source_buffer_create(nullptr, 0, 0, nullptr));
    if (!bytes) return std::nullopt;
    ::zip_source_keep(bytes.get()); // the archive takes one, the bytes are read from the other
    std::unique_ptr<zip_t, Free> zip(::zip_open_from_source(bytes.get(), ZIP_TRUNCATE, nullptr));
    if (!zip) ::zip_source_free(bytes.get());
    // The type comes first and is not compressed: by it the file is known for what it is.
    if (!zip || !put(zip.get(), "mimetype", media_type, ZIP_CM_STORE) || !put(zip.get(), "META-INF/manifest.xml", list, ZIP_CM_DEFLATE) ||
        !put(zip.get(), "content.xml", content, ZIP_CM_DEFLATE) || !put(zip.get(), "styles.xml", styles, ZIP_CM_DEFLATE) ||
        !put(zip.get(), "meta.xml", meta, ZIP_CM_DEFLATE) || ::zip_close(zip.get()) != 0)
        return std::nullopt;
    zip.release(); // closed
    zip_stat_t size;
    ::zip_stat_init(&size);
    if (::zip_source_stat(bytes.get(), &size) != 0 || ::zip_source_open(bytes.get()) != 0) return std::nullopt;
    std::string out(size.size, '\0');
    const bool whole = ::zip_source_read(bytes.get(), out.data(), out.size()) == static_cast<zip_int64_t>(out.size());
    ::zip_source_close(bytes.get());
    if (!whole) return std::nullopt;
    return out;
}

} // namespace print
