#include "web/print/pdf.h"

#include "web/print/digits.h"
#include "web/print/typesetter.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace print {
namespace {

constexpr double cm = 72 / 2.54;
constexpr double left = 3 * cm, right = page_width - 2 * cm, top = 2.5 * cm, bottom = page_height - 2 * cm; // as official letters have them
constexpr double usable = bottom - top, measure = right - left;

constexpr Style body{12.5}, strong{12.5, true}, cell{11.5}, cell_strong{11.5, true}, small{11}, fine{9};
constexpr Style heading[] = {{18, true}, {15, true}, {13, true}};
constexpr double before_heading[] = {0, 16, 10}, after = 6, indent = 18, cell_padding = 4, indent_of_paragraph = 2.5 * cm, line_by_hand = 26;
constexpr double least_words = 8.5; // points, of the words in a picture

// What is never parted. It is set where the page has room for it, and for what it must not be parted from.
struct Piece {
    double height = 0;
    bool with_next = false;
    std::function<void(double y)> draw;
    double before = 0; // white, not at the head of a page
    const std::vector<Piece> *again = nullptr; // of a table: what stands above it once more on each page
    bool ends_page = false;
};

class Setter {
public:
    Setter(const Document &document, Typesetter &type) : document_(document), type_(type) {}

    void prepare(const Heading &block) {
        const auto level = static_cast<std::size_t>(block.level - 1);
        const std::string text = digits(block.text);
        const std::size_t first = pieces_.size();
        set_lines(text, heading[level], left, measure, before_heading[level], 4, true, 0, block.middle);
        pieces_[first].draw = [this, text, level = block.level, draw = std::move(pieces_[first].draw)](double y) {
            type_.bookmark(text, level, y);
            draw(y);
        };
    }
    void prepare(const Paragraph &block) {
        using Place = Paragraph::Place;
        const double x = block.place == Place::half ? left + measure / 2 : left;
        const Style style = block.strong ? strong : body;
        const double begins = block.indented ? indent_of_paragraph : 0;
        set_lines(digits(block.text), style, x, right - x, 0, after, false, begins, block.place == Place::middle);
    }
    void prepare(const PageEnd &) {
        if (!pieces_.empty()) pieces_.back().ends_page = true;
    }
    void prepare(const Room &block) {
        for (std::size_t i = 0; i < block.lines; ++i)
            add({line_by_hand, false, [this](double y) { type_.dots(left, right, y + line_by_hand - after); }});
    }
    void prepare(const Signature &block) {
        const double half = measure / 2;
        std::vector<Typesetter::Lines> lines;
        double height = 0;
        for (const std::string &text : block.lines)
            height += line_sum(lines.emplace_back(type_.lines(digits(text), body, half)), body);
        add({height + after, false, [this, lines, half](double y) {
                 for (const auto &each : lines)
                     for (std::size_t i = 0; i < each.count(); ++i, y += body.line_height())
                         type_.draw(each, i, left + half + (half - each.width(i)) / 2, y);
             }, 3 * after});
    }
    void prepare(const Notice &block) {
        const auto title = type_.lines(digits(block.title), strong, measure - 2 * after);
        const auto text = type_.lines(digits(block.text), body, measure - 2 * after);
        const double height = line_sum(title, strong) + line_sum(text, body) + 2 * after;
        add({height + after, false, [this, title, text, height](double y) {
                 type_.frame(left, y, measure, height);
                 write(text, body, left + after, write(title, strong, left + after, y + after));
             }, after});
    }
    void prepare(const List &block) {
        for (std::size_t i = 0; i < block.items.size(); ++i) {
            const Item &item = block.items[i];
            const bool contact = block.kind == List::Kind::contacts;
            const std::string mark = block.kind == List::Kind::steps ? digits(std::to_string(i + 1)) + "." : "•";
            const std::size_t first = pieces_.size();
            set_lines(digits(item.text) + (contact ? " " + item.value : item.value), body, left + indent, measure - indent, 0,
                      i + 1 == block.items.size() ? after : 2, false);
            pieces_[first].draw = [this, lines = type_.lines(mark, body, indent), draw = std::move(pieces_[first].draw)](double y) {
                type_.draw(lines, 0, left, y);
                draw(y);
            };
        }
    }
    void prepare(const Table &block) {
        const double all = std::accumulate(block.shares.begin(), block.shares.end(), 0.0);
        std::vector<double> widths;
        for (const double share : block.shares)
            widths.push_back(measure * share / all);
        auto &head = heads_.emplace_back(std::make_unique<std::vector<Piece>>());
        if (!block.columns.empty()) add_row(*head, block.columns, widths, true);
        for (Piece &piece : *head)
            piece.with_next = true;
        pieces_.insert(pieces_.end(), head->begin(), head->end());
        const std::size_t first = pieces_.size();
        for (const auto &row : block.rows)
            add_row(pieces_, row, widths, false);
        for (std::size_t i = first; i < pieces_.size(); ++i)
            pieces_[i].again = head.get();
        if (!pieces_.empty()) pieces_.back().height += after;
    }
    // In columns beside each other, as even as its breaks allow, and then on further pages.
    void prepare(const Drawing &block) {
        const auto told = type_.lines(digits(block.told), body, measure);
        set_lines(digits(block.told), body, left, measure, 0, after, true);
        const Picture &picture = block.picture;
        constexpr double between = 20;
        const double scale = std::max(least_words / picture.text_size, (measure - between) / 2 / picture.width);
        const auto columns = static_cast<std::size_t>(std::max(1.0, (measure + between) / (picture.width * scale + between)));
        const double page = (usable - 3 * body.line_height() - line_sum(told, body)) / scale;
        double height = std::min(page, picture.height / static_cast<double>(columns));
        while (height < page && cuts(picture, height).size() - 1 > columns)
            height += 10;
        const auto edges = cuts(picture, std::min(height, page));
        for (std::size_t at = 0; at + 1 < edges.size(); at += columns) {
            const auto end = std::min(at + columns, edges.size() - 1);
            double tallest = 0;
            for (std::size_t i = at; i < end; ++i)
                tallest = std::max(tallest, (edges[i + 1] - edges[i]) * scale);
            add({tallest + after, false, [this, &picture, edges, at, end, scale](double y) {
                     double x = left;
                     for (std::size_t i = at; i < end; ++i, x += picture.width * scale + between)
                         type_.picture(picture, edges[i], edges[i + 1], x, y, scale);
                 }, after});
        }
    }

    std::size_t set_pages() {
        begin_page();
        for (std::size_t at = 0; at < pieces_.size() && page_ <= most_pages;) {
            std::size_t end = at;
            double height = 0;
            do
                height += pieces_[end].height + (end > at ? pieces_[end].before : 0);
            while (pieces_[end++].with_next && end < pieces_.size());
            const double before = y_ > top ? pieces_[at].before : 0;
            if (y_ > top && y_ + before + height > bottom) turn(at);
            const std::size_t together = y_ + height > bottom ? at + 1 : end; // higher than a page: as much as goes
            for (bool ended = false; at < together && !ended; ++at) {
                place(pieces_[at]);
                ended = pieces_[at].ends_page && at + 1 < pieces_.size();
                if (ended) turn(at + 1);
            }
        }
        type_.end_page();
        return page_;
    }

private:
    std::string digits(const std::string &text) const { return document_.thai_digits ? with_thai_digits(text) : text; }

    static double line_sum(const Typesetter::Lines &lines, Style style) {
        return static_cast<double>(lines.count()) * style.line_height();
    }

    double write(const Typesetter::Lines &lines, Style style, double x, double y) {
        for (std::size_t i = 0; i < lines.count(); ++i, y += style.line_height())
            type_.draw(lines, i, x, y);
        return y;
    }

    void add(Piece piece) { pieces_.push_back(std::move(piece)); }

    // One piece for each line; the first and the last two stay together, and all of a heading with what it stands above.
    void set_lines(const std::string &text, Style style, double x, double width, double before, double behind, bool is_heading,
                   double begins = 0, bool middle = false) {
        const auto lines = type_.lines(text, style, width, begins);
        for (std::size_t i = 0; i < lines.count(); ++i) {
            const bool last = i + 1 == lines.count();
            Piece piece{style.line_height() + (last ? behind : 0), is_heading || (!last && (i == 0 || i + 2 == lines.count())),
                        [this, lines, i, at = x + (i == 0 ? begins : 0) + (middle ? (width - lines.width(i)) / 2 : 0)](double y) {
                            type_.draw(lines, i, at, y);
                        }, i == 0 ? before : 0};
            add(std::move(piece));
        }
    }

    // A row is one piece unless it is higher than a page could be.
    void add_row(std::vector<Piece> &out, const std::vector<std::string> &cells, const std::vector<double> &widths, bool is_head) {
        std::vector<Typesetter::Lines> texts;
        std::size_t lines = 1;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Style style = is_head || i == 0 ? cell_strong : cell;
            texts.push_back(type_.lines(digits(cells[i]), style, widths[i] - 2 * cell_padding));
            lines = std::max(lines, texts.back().count());
        }
        const auto most = static_cast<std::size_t>((usable / 2) / cell.line_height());
        const std::size_t each = lines <= most ? lines : most;
        for (std::size_t from = 0; from < lines; from += each) {
            const std::size_t end = std::min(from + each, lines);
            const bool last = end == lines;
            const double height = static_cast<double>(end - from) * cell.line_height() + 2 * cell_padding;
            out.push_back({height, false, [this, texts, widths, from, end, height, last, is_head](double y) {
                               double x = left;
                               for (std::size_t i = 0; i < texts.size(); ++i) {
                                   for (std::size_t line = from; line < std::min(end, texts[i].count()); ++line)
                                       type_.draw(texts[i], line, x + cell_padding,
                                                  y + cell_padding + static_cast<double>(line - from) * cell.line_height());
                                   x += widths[i];
                               }
                               if (last) type_.rule(left, y + height, right, y + height, is_head ? 0 : 0.6);
                           }});
        }
    }

    void begin_page() {
        y_ = top;
        const auto centred = [&](const std::string &text, Style style, double y) {
            const auto lines = type_.lines(text, style, measure);
            for (std::size_t i = 0; i < lines.count(); ++i, y += style.line_height())
                type_.draw(lines, i, left + (measure - lines.width(i)) / 2, y);
        };
        if (!document_.every_page.empty()) {
            centred(document_.every_page, heading[1], 0.7 * cm);
            centred(document_.every_page, heading[1], page_height - 1.5 * cm);
        }
        if (!document_.foot.empty()) centred(digits(document_.foot), fine, page_height - 2 * cm);
        if (page_ > 1) centred("- " + digits(std::to_string(page_)) + " -", small, 1.5 * cm);
    }

    void turn(std::size_t next) {
        type_.end_page();
        ++page_;
        begin_page();
        if (const auto *head = pieces_[next].again)
            for (const Piece &piece : *head)
                place(piece);
    }

    void place(const Piece &piece) {
        if (y_ > top) y_ += piece.before;
        piece.draw(y_);
        y_ += piece.height;
    }

    const Document &document_;
    Typesetter &type_;
    std::vector<Piece> pieces_;
    std::vector<std::unique_ptr<std::vector<Piece>>> heads_; // of tables
    double y_ = top;
    std::size_t page_ = 1;
};

} // namespace

std::expected<Pdf, Refused> to_pdf(const Document &document) {
    Pdf out;
    auto type = Typesetter::start(out.bytes, document.title, document.language);
    if (!type) return std::unexpected(Refused::typeface);
    Setter setter(document, *type);
    for (const Block &block : document.blocks)
        std::visit([&](const auto &of_kind) { setter.prepare(of_kind); }, block);
    out.pages = setter.set_pages();
    out.unknown = type->unknown();
    if (!type->finish()) return std::unexpected(Refused::failed);
    if (out.pages > most_pages) return std::unexpected(Refused::too_long);
    return out;
}

} // namespace print
