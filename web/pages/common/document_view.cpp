#include "web/pages/common/document_view.h"

#include "web/pages/common/picture.h"
#include "web/print/whole_words.h"

namespace pages {
namespace {

constexpr std::string_view kinds[] = {"SECTION", "SUBSECTION", "PARAGRAPH", "NOTICE_BOX", "BULLETS", "STEPS", "CONTACTS", "TABLE", "PICTURE"};

// For parts/words.html: a narrow cell breaks a line at almost every word, and must not do so within one.
void show_words(View &view, std::string_view text) {
    view.list("RUN");
    const auto run = [&](std::string_view words, bool whole) {
        if (!words.empty())
            view.row("RUN").set("RUN_TEXT", std::string(words)).show("RUN_WHOLE", whole).show("RUN_PLAIN", !whole);
    };
    while (!text.empty()) {
        std::size_t next = text.size(), length = 0;
        for (const std::string_view word : print::whole_words)
            if (const auto at = text.find(word); at < next) {
                next = at;
                length = word.size();
            }
        run(text.substr(0, next), false);
        run(text.substr(next, length), true);
        text.remove_prefix(next + length);
    }
}

struct Shown {
    View &page;

    View &block(std::string_view kind) const {
        View &row = page.row("BLOCK");
        for (const std::string_view each : kinds)
            row.list(each);
        return row.row(kind);
    }

    void operator()(const print::Heading &heading) const {
        if (heading.level > 1) block(heading.level == 2 ? "SECTION" : "SUBSECTION").set("HEADING_TEXT", heading.text);
    }
    void operator()(const print::Paragraph &paragraph) const { block("PARAGRAPH").set("PARAGRAPH_TEXT", paragraph.text); }
    void operator()(const print::Notice &notice) const {
        block("NOTICE_BOX").set("NOTICE_TITLE", notice.title).set("NOTICE_TEXT", notice.text);
    }
    void operator()(const print::List &list) const {
        using Kind = print::List::Kind;
        View &rows = block(list.kind == Kind::bullets ? "BULLETS" : list.kind == Kind::steps ? "STEPS" : "CONTACTS");
        for (const print::Item &item : list.items) {
            View &row = rows.row("ITEM").set("ITEM_TEXT", item.text);
            if (list.kind == Kind::contacts) row.set("ITEM_VALUE", item.value);
            if (list.kind == Kind::bullets) row.list("ITEM_LINK").show("ITEM_PLAIN", item.link.empty());
            if (list.kind == Kind::bullets && !item.link.empty()) row.row("ITEM_LINK").set("ITEM_URL", item.link);
        }
    }
    void operator()(const print::Table &table) const {
        View &shown = block("TABLE").set("TABLE_NAME", table.name);
        for (const std::string &column : table.columns)
            shown.row("COLUMN").set("COLUMN_NAME", column);
        shown.list("ROW");
        for (const auto &cells : table.rows) {
            View &row = shown.row("ROW").list("CELL");
            show_words(row, cells.front());
            for (std::size_t i = 1; i < cells.size(); ++i)
                show_words(row.row("CELL").set("CELL_LABEL", i < table.columns.size() ? table.columns[i] : ""), cells[i]);
        }
    }
    void operator()(const print::Drawing &drawing) const {
        View &shown = block("PICTURE").set("PICTURE_NAME", drawing.name).set("PICTURE_TOLD", drawing.told);
        show_picture(shown, drawing.picture);
    }
    void operator()(const print::PageEnd &) const {}
    void operator()(const print::Room &) const {}
    void operator()(const print::Signature &) const {}
};

} // namespace

void show_document(View &view, const print::Document &document) {
    view.list("BLOCK");
    for (const print::Block &block : document.blocks)
        std::visit(Shown{view}, block);
}

} // namespace pages
