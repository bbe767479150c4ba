#include "service/runtime/recovery_sheet.h"

#include <cairo-pdf.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <memory>

namespace runtime {
namespace {

constexpr double page_width = 595, page_height = 842, margin = 56, dots_per_inch = 72; // A4 in points
constexpr const char *family = "Laksaman"; // another one would set Thai in boxes or apart from its marks

struct Free {
    void operator()(cairo_surface_t *surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t *drawing) const { cairo_destroy(drawing); }
    void operator()(PangoLayout *layout) const { g_object_unref(layout); }
    void operator()(PangoFont *font) const { g_object_unref(font); }
    void operator()(PangoFontDescription *font) const { pango_font_description_free(font); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

cairo_status_t append(void *out, const unsigned char *bytes, unsigned int size) {
    static_cast<std::string *>(out)->append(reinterpret_cast<const char *>(bytes), size);
    return CAIRO_STATUS_SUCCESS;
}

enum class Look { title, heading, text, number };

class Paper {
public:
    explicit Paper(std::string &out)
        : surface_(cairo_pdf_surface_create_for_stream(append, &out, page_width, page_height)), drawing_(cairo_create(surface_.get())) {}

    bool has_typeface() const {
        const Owned<PangoLayout> layout(pango_cairo_create_layout(drawing_.get()));
        const Owned<PangoFontDescription> wanted(pango_font_description_from_string(family));
        auto *context = pango_layout_get_context(layout.get());
        const Owned<PangoFont> font(pango_font_map_load_font(pango_context_get_font_map(context), context, wanted.get()));
        if (!font)
            return false;
        const Owned<PangoFontDescription> found(pango_font_describe(font.get()));
        return std::string_view(pango_font_description_get_family(found.get())) == family;
    }

    void write(Look look, const std::string &text, double left = 0) {
        const Owned<PangoLayout> layout(pango_cairo_create_layout(drawing_.get()));
        pango_cairo_context_set_resolution(pango_layout_get_context(layout.get()), dots_per_inch);
        const int size = look == Look::title ? 22 : look == Look::heading ? 15 : look == Look::number ? 16 : 12;
        const Owned<PangoFontDescription> font(pango_font_description_from_string(
            fmt::format("{} {} {}", family, look == Look::text ? "" : "bold", size).c_str()));
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>((page_width - 2 * margin - left) * PANGO_SCALE));
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
        pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
        cairo_move_to(drawing_.get(), margin + left, at_);
        pango_cairo_show_layout(drawing_.get(), layout.get());
        int height = 0;
        pango_layout_get_pixel_size(layout.get(), nullptr, &height);
        at_ += height + (look == Look::text ? 3 : 2);
    }
    // Numbered groups in two columns, read line by line.
    void write_groups(const crypto::PaperKey &key, int first, int last) {
        const double top = at_;
        double bottom = top;
        for (int number = first; number <= last; ++number) {
            const int place = number - first;
            const double left = place % 2 * 240.0, row = top + place / 2 * 23;
            at_ = row + 5;
            write(Look::text, std::to_string(number), left);
            at_ = row;
            write(Look::number, key.group(number), left + 28);
            bottom = at_;
        }
        at_ = bottom + 4;
    }
    void space(double points) { at_ += points; }
    bool fits() const { return at_ <= page_height - margin / 2; }
    bool finish() {
        cairo_show_page(drawing_.get());
        cairo_surface_finish(surface_.get());
        return cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS && cairo_status(drawing_.get()) == CAIRO_STATUS_SUCCESS;
    }

private:
    Owned<cairo_surface_t> surface_;
    Owned<cairo_t> drawing_;
    double at_ = margin / 2;
};

} // namespace

std::expected<std::string, std::string> sheet_pdf(const RecoverySheet &sheet, const pages::Catalogue &catalogue) {
    std::string out;
    out.reserve(std::size_t{256} * 1024); // it grows nowhere else: a copy left behind would hold the key
    Paper paper(out);
    if (!paper.has_typeface())
        return std::unexpected("the Thai typeface Laksaman is missing: apt-get install fonts-thai-tlwg");
    const auto both = [&](Look look, std::string_view key) {
        for (const auto language : pages::languages)
            paper.write(look, catalogue.text(language, key));
        paper.space(4);
    };
    const auto beside = [&](Look look, std::string_view key) {
        paper.space(8);
        paper.write(look, catalogue.text(pages::Language::th, key) + " / " + catalogue.text(pages::Language::en, key));
    };
    beside(Look::title, "sheet.title");
    paper.write(Look::heading, sheet.name_th + " / " + sheet.name_en);
    paper.write(Look::text, catalogue.text(pages::Language::th, "sheet.made", {{"DAY", sheet.made}}));
    paper.space(6);
    both(Look::text, "sheet.what");
    both(Look::text, "sheet.keep");
    beside(Look::heading, "sheet.id");
    paper.write_groups(sheet.key, 1, crypto::paper_key_begins - 1);
    beside(Look::heading, "sheet.key");
    paper.write_groups(sheet.key, crypto::paper_key_begins, crypto::paper_groups);
    beside(Look::heading, "sheet.roots");
    for (const SheetRoot &root : sheet.roots) {
        paper.write(Look::text, root.name);
        paper.write(Look::number, root.fingerprint, 16);
    }
    paper.space(12);
    both(Look::text, "sheet.use");
    if (!paper.fits())
        return std::unexpected("the recovery sheet does not fit on its page: shorten the agency's name");
    if (!paper.finish())
        return std::unexpected("the recovery sheet could not be set");
    return out;
}

} // namespace runtime
