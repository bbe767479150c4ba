#include "web/print/typesetter.h"

#include "web/print/pdf.h"
#include "web/print/whole_words.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>

namespace print {
namespace {

struct Free {
    void operator()(cairo_surface_t *surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t *drawing) const { cairo_destroy(drawing); }
    void operator()(PangoFontMap *fonts) const { g_object_unref(fonts); }
    void operator()(PangoContext *context) const { g_object_unref(context); }
    void operator()(PangoLayout *layout) const { g_object_unref(layout); }
    void operator()(PangoFont *font) const { g_object_unref(font); }
    void operator()(PangoFontDescription *font) const { pango_font_description_free(font); }
    void operator()(PangoAttrList *attributes) const { pango_attr_list_unref(attributes); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

cairo_status_t append(void *out, const unsigned char *bytes, unsigned int size) {
    static_cast<std::string *>(out)->append(reinterpret_cast<const char *>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }

Owned<PangoFontDescription> description(Style style) {
    Owned<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), std::string(typeface).c_str());
    pango_font_description_set_weight(font.get(), style.strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
    return font;
}

} // namespace

struct Typesetter::Lines::Data {
    Owned<PangoLayout> layout;
    Style style;
};

struct Typesetter::Machine {
    // Of its own for each print: what another one set is not kept in it.
    Owned<PangoFontMap> fonts{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)};
    Owned<PangoContext> context;
    Owned<cairo_surface_t> surface;
    Owned<cairo_t> drawing;
    int outline[4] = {CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT, CAIRO_PDF_OUTLINE_ROOT};
    int page = 1;
    std::size_t unknown = 0;

    Machine() : context(fonts ? pango_font_map_create_context(fonts.get()) : nullptr) {
        if (context) pango_cairo_context_set_resolution(context.get(), 72);
    }

    bool has_typeface() const {
        if (!context) return false;
        const auto wanted = description({12});
        const Owned<PangoFont> font(pango_font_map_load_font(fonts.get(), context.get(), wanted.get()));
        if (!font) return false;
        const Owned<PangoFontDescription> found(pango_font_describe(font.get()));
        return pango_font_description_get_family(found.get()) == typeface;
    }

    // Readers take the last glyph for the end of the word. A mark ends somewhere above its letter, and a blank would seem to follow:
    // so one without ink stands where the word ends.
    void close_word(std::vector<cairo_glyph_t> &glyphs, double end) {
        auto *font = cairo_get_scaled_font(drawing.get());
        cairo_glyph_t *blank = nullptr;
        int count = 0;
        if (cairo_scaled_font_text_to_glyphs(font, 0, 0, " ", 1, &blank, &count, nullptr, nullptr, nullptr) != CAIRO_STATUS_SUCCESS) return;
        cairo_text_extents_t extents;
        cairo_scaled_font_glyph_extents(font, blank, count, &extents);
        if (count == 1) glyphs.push_back({blank->index, end - extents.x_advance, glyphs.back().y});
        cairo_glyph_free(blank);
    }

    void show(const std::string &word, std::vector<cairo_glyph_t> &glyphs) {
        if (glyphs.empty()) return;
        const cairo_text_cluster_t whole{static_cast<int>(word.size()), static_cast<int>(glyphs.size())};
        cairo_show_text_glyphs(drawing.get(), word.data(), static_cast<int>(word.size()), glyphs.data(),
                               static_cast<int>(glyphs.size()), &whole, 1, cairo_text_cluster_flags_t{});
        glyphs.clear();
    }

    // A word is one cluster, so that Cairo writes its text beside it: of smaller ones readers put marks before their letters, and
    // blanks where a mark has moved the next letter.
    void draw_run(const PangoLayoutRun &run, const char *text, const PangoLogAttr *places, double x, double y) {
        cairo_set_scaled_font(drawing.get(),
                              pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(run.item->analysis.font)));
        std::vector<cairo_glyph_t> glyphs;
        std::string word;
        bool mark_last = false;
        PangoGlyphItemIter at;
        auto *item = const_cast<PangoLayoutRun *>(&run);
        for (auto more = pango_glyph_item_iter_init_start(&at, item, text); more; more = pango_glyph_item_iter_next_cluster(&at)) {
            const auto &place = places[g_utf8_pointer_to_offset(text, text + at.start_index)];
            if (place.is_word_start || place.is_word_end || place.is_white) {
                if (mark_last && !glyphs.empty()) close_word(glyphs, x);
                show(word, glyphs);
                word.clear();
            }
            word.append(text + at.start_index, static_cast<std::size_t>(at.end_index - at.start_index));
            for (int i = at.start_glyph; i < at.end_glyph; ++i) {
                const PangoGlyphInfo &glyph = run.glyphs->glyphs[i];
                const double left = x + points(glyph.geometry.x_offset), top = y + points(glyph.geometry.y_offset);
                if (glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG)
                    draw_unknown(left, top, points(glyph.geometry.width));
                else if (glyph.glyph != PANGO_GLYPH_EMPTY)
                    glyphs.push_back({glyph.glyph, left, top});
                x += points(glyph.geometry.width);
                mark_last = glyph.geometry.width == 0;
            }
        }
        if (mark_last && !glyphs.empty()) close_word(glyphs, x);
        show(word, glyphs);
    }

    void draw_unknown(double x, double y, double width) {
        ++unknown;
        cairo_rectangle(drawing.get(), x + 1, y - 8, std::max(width - 2, 1.0), 8);
        cairo_set_line_width(drawing.get(), 0.5);
        cairo_stroke(drawing.get());
    }

    void colour(unsigned number) {
        const Colour &known = colours()[number];
        cairo_set_source_rgb(drawing.get(), known.red, known.green, known.blue);
    }

    void path(std::span<const Picture::Point> points_of) {
        for (const auto &[x, y] : points_of)
            cairo_line_to(drawing.get(), x, y); // the first one moves
    }
};

Typesetter::Typesetter(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
Typesetter::Typesetter(Typesetter &&) noexcept = default;
Typesetter::~Typesetter() = default;

std::optional<Typesetter> Typesetter::start(std::string &out, const std::string &title, const std::string &language) {
    auto machine = std::make_unique<Machine>();
    if (!machine->has_typeface()) return std::nullopt;
    pango_context_set_language(machine->context.get(), pango_language_from_string(language.c_str()));
    machine->surface.reset(cairo_pdf_surface_create_for_stream(append, &out, page_width, page_height));
    auto *surface = machine->surface.get();
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5); // the first that has the text beside its glyphs
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, ""); // else the clock's
    machine->drawing.reset(cairo_create(surface));
    return Typesetter(std::move(machine));
}

std::size_t Typesetter::Lines::count() const { return static_cast<std::size_t>(pango_layout_get_line_count(data_->layout.get())); }

double Typesetter::Lines::width(std::size_t line) const {
    PangoRectangle extent;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(data_->layout.get(), static_cast<int>(line)), nullptr, &extent);
    return points(extent.width);
}

Typesetter::Lines Typesetter::lines(const std::string &text, Style style, double width, double begins) {
    Owned<PangoLayout> layout(pango_layout_new(machine_->context.get()));
    pango_layout_set_font_description(layout.get(), description(style).get());
    const Owned<PangoAttrList> attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_fallback_new(FALSE)); // a letter of another typeface would differ between machines
    for (const std::string_view word : whole_words)
        for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + word.size())) {
            PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
            whole->start_index = static_cast<guint>(at);
            whole->end_index = static_cast<guint>(at + word.size());
            pango_attr_list_insert(attributes.get(), whole);
        }
    pango_layout_set_attributes(layout.get(), attributes.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_indent(layout.get(), static_cast<int>(begins * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    Lines out;
    out.data_ = std::make_shared<Lines::Data>(std::move(layout), style);
    return out;
}

void Typesetter::draw(const Lines &lines, std::size_t line, double x, double top) {
    auto *layout = lines.data_->layout.get();
    const auto *runs = pango_layout_get_line_readonly(layout, static_cast<int>(line))->runs;
    const auto *places = pango_layout_get_log_attrs_readonly(layout, nullptr);
    machine_->colour(0);
    for (; runs; runs = runs->next) {
        const auto &run = *static_cast<const PangoLayoutRun *>(runs->data);
        machine_->draw_run(run, pango_layout_get_text(layout), places, x, top + lines.data_->style.size * 1.1);
        x += points(pango_glyph_string_get_width(run.glyphs));
    }
}

void Typesetter::rule(double left, double top, double right, double bottom, double grey) {
    auto *drawing = machine_->drawing.get();
    cairo_set_source_rgb(drawing, grey, grey, grey);
    cairo_set_line_width(drawing, 0.5);
    cairo_move_to(drawing, left, top);
    cairo_line_to(drawing, right, bottom);
    cairo_stroke(drawing);
}

void Typesetter::dots(double left, double right, double y) {
    auto *drawing = machine_->drawing.get();
    constexpr double pattern[] = {1, 2};
    machine_->colour(0);
    cairo_set_line_width(drawing, 0.6);
    cairo_set_dash(drawing, pattern, 2, 0);
    cairo_move_to(drawing, left, y);
    cairo_line_to(drawing, right, y);
    cairo_stroke(drawing);
    cairo_set_dash(drawing, nullptr, 0, 0);
}

void Typesetter::frame(double left, double top, double width, double height) {
    auto *drawing = machine_->drawing.get();
    machine_->colour(0);
    cairo_set_line_width(drawing, 1);
    cairo_rectangle(drawing, left, top, width, height);
    cairo_stroke(drawing);
}

void Typesetter::picture(const Picture &picture, double from, double to, double x, double y, double scale) {
    auto *drawing = machine_->drawing.get();
    cairo_save(drawing);
    cairo_translate(drawing, x, y - from * scale);
    cairo_scale(drawing, scale, scale);
    cairo_rectangle(drawing, 0, from, picture.width + 2, to - from);
    cairo_clip(drawing);
    for (const Picture::Line &line : picture.lines) {
        machine_->colour(line.colour);
        cairo_set_line_width(drawing, line.strong ? strong_width : line_width);
        machine_->path(line.points);
        cairo_stroke(drawing);
        if (!line.arrow) continue;
        const auto [left, right] = arrow_head(line);
        machine_->path(std::vector{line.points.back(), left, right});
        cairo_fill(drawing);
    }
    const auto within = [&](double at) { return at >= from && at < to; };
    for (const Picture::Box &box : picture.boxes) {
        if (!within(box.at.y)) continue;
        cairo_rectangle(drawing, box.at.x, box.at.y, box.width, box.height);
        cairo_set_source_rgb(drawing, 1, 1, 1);
        cairo_fill_preserve(drawing);
        machine_->colour(0);
        cairo_set_dash(drawing, &dash, box.strong ? 0 : 1, 0);
        cairo_set_line_width(drawing, box.strong ? strong_width : line_width);
        cairo_stroke(drawing);
        cairo_set_dash(drawing, nullptr, 0, 0);
    }
    for (const Picture::Dot &dot : picture.dots) {
        if (!within(dot.at.y)) continue;
        machine_->colour(dot.colour);
        cairo_arc(drawing, dot.at.x, dot.at.y, dot_radius, 0, 6.2832);
        cairo_fill(drawing);
    }
    cairo_restore(drawing);
    for (const Picture::Words &words : picture.words) {
        if (!within(words.at.y)) continue;
        const Style style{picture.text_size * scale, words.strong};
        draw(lines(words.text, style, page_width), 0, x + words.at.x * scale, y + (words.at.y - from) * scale - style.size * 1.1);
    }
}

void Typesetter::bookmark(const std::string &text, int level, double top) {
    const int parent = machine_->outline[level - 1];
    const std::string place = "page=" + std::to_string(machine_->page) + " pos=[0 " + std::to_string(static_cast<int>(top)) + "]";
    machine_->outline[level] = cairo_pdf_surface_add_outline(machine_->surface.get(), parent, text.c_str(), place.c_str(),
                                                             cairo_pdf_outline_flags_t{});
}

void Typesetter::end_page() {
    cairo_show_page(machine_->drawing.get());
    ++machine_->page;
}

bool Typesetter::finish() {
    cairo_surface_finish(machine_->surface.get());
    return cairo_surface_status(machine_->surface.get()) == CAIRO_STATUS_SUCCESS &&
           cairo_status(machine_->drawing.get()) == CAIRO_STATUS_SUCCESS;
}

std::size_t Typesetter::unknown() const { return machine_->unknown; }

bool has_typeface() {
    std::string out;
    return Typesetter::start(out, "", "th").has_value();
}

} // namespace print
