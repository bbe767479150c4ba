#include "web/pages/officer/prints.h"

#include "web/pages/common/dates.h"
#include "web/pages/officer/case.h"
#include "web/pages/officer/case_facts.h"
#include "web/pages/officer/case_print.h"
#include "web/pages/officer/sign_in.h"
#include "web/print/odt.h"
#include "web/print/pdf.h"

#include <array>
#include <chrono>
#include <mutex>

namespace pages {

namespace {

using domain::PrintKind;
using MayPrint = domain::Permitted<domain::Action::work_cases>;

// Of one at a time: a case file of many pages takes a second, and other officers' pages go on meanwhile.
std::timed_mutex setting;
constexpr std::chrono::seconds patience{2};

std::string print_name(const Site &site, const Frame &frame, PrintKind kind) { return site.text(frame, "print." + std::string(domain::id(kind))); }

void show_head(View &view, const Site &site, const Frame &frame, const usecases::CaseView &shown) {
    view.set("SECRECY", secrecy_name(site, frame, shown.secrecy))
        .set("CASE_ID", shown.row.id.text())
        .set("CASE_TITLE", case_title(site, frame, shown.row.number));
}

http::Response show_form(OfficerRequest &page, const http::Request &request, std::string_view id, PrintKind kind,
                         std::optional<TypedPrint> typed, unsigned status = 200) {
    const Viewer viewer = viewer_of(*page.session);
    const Frame frame = frame_of(request, "page.print.title");
    const auto reading = domain::Permitted<domain::Action::read_cases>::check(page.session->actor);
    if (!reading) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::open_case(*reading, page.use, *page.session, id);
    if (!shown) return unopened(page, request, shown.error());
    if (!usecases::can_be_printed(*shown, kind)) return see_other("/cases/" + std::string(id) + "/print", frame); // which says what can be
    if (!typed) typed = TypedPrint{first_form(page.site, frame, *shown, kind)};
    return render_print(page.site, frame, viewer, *shown, kind, *typed, status);
}

struct Made {
    std::string bytes;
    std::string_view refused{}; // catalogue key, or empty
};
Made made(const print::Document &document, bool editable) {
    if (editable) {
        auto odt = print::to_odt(document);
        return odt ? Made{std::move(*odt)} : Made{{}, "print.notice.failed"};
    }
    auto pdf = print::to_pdf(document);
    if (pdf) return {std::move(pdf->bytes)};
    switch (pdf.error()) {
    case print::Refused::typeface: return {{}, "print.notice.typeface"};
    case print::Refused::too_long: return {{}, "print.notice.too_long"};
    case print::Refused::failed: break;
    }
    return {{}, "print.notice.failed"};
}

// Says nothing of the matter: it stands in the list of downloads.
std::string name_of(const usecases::Copy &copy, bool editable) {
    return std::string(domain::id(*copy.kind)) + "-" + usecases::reference(copy) + (editable ? ".odt" : ".pdf");
}

} // namespace

http::Response render_prints(const Site &site, Frame frame, const Viewer &viewer, const usecases::CasePrints &shown) {
    frame.path = "/cases/" + shown.shown.row.id.text() + "/print";
    View view;
    show_head(view, site, frame, shown.shown);
    view.list("PAPER").show("NO_NUMBER", !shown.shown.row.number).list("COPIES").show("NO_COPIES", shown.copies.empty());
    for (const PrintKind kind : domain::print_kinds)
        if (usecases::can_be_printed(shown.shown, kind))
            view.row("PAPER").set("PAPER_ID", std::string(domain::id(kind))).set("PAPER_NAME", print_name(site, frame, kind));
    if (!shown.copies.empty()) {
        View &table = view.row("COPIES").list("COPY");
        for (const usecases::Copy &copy : shown.copies)
            table.row("COPY")
                .set("COPY_NUMBER", std::to_string(copy.number))
                .set("COPY_PAPER", copy.kind ? print_name(site, frame, *copy.kind) : site.text(frame, "print.unknown"))
                .set("COPY_REFERENCE", usecases::reference(copy))
                .set("COPY_WHO", copy.who)
                .set("COPY_WHEN", long_time(site.catalogue(), frame.language, copy.time));
    }
    return officer_page(site, "case-prints", frame, std::move(view), &viewer);
}

http::Response render_print(const Site &site, Frame frame, const Viewer &viewer, const usecases::CaseView &shown, PrintKind kind,
                            const TypedPrint &typed, unsigned status) {
    const std::string id(domain::id(kind));
    frame.faulty = !typed.faults.empty() || !typed.notice.empty();
    frame.path = "/cases/" + shown.row.id.text() + "/print/" + id;
    frame.languages = Frame::Languages::form;
    frame.again = {"form-print", "step", "show", "make"};
    View view;
    constexpr std::array<std::string_view, 4> fields = {"print_number", "letter_date", "addressee", "letter_text"};
    show_faults(view, site, frame, typed.faults, fields);
    show_notice(view, site, frame, typed.notice);
    show_head(view, site, frame, shown);
    view.set("PAPER_ID", id).set("PAPER_NAME", print_name(site, frame, kind)).set("FORM_CSRF", viewer.csrf);
    view.show("LETTER", domain::takes_letter(kind)).show("REFERRAL", kind == PrintKind::referral).show("ODT", typed.editable).show("PDF", !typed.editable);
    view.set("PRINT_NUMBER", typed.form.print_number)
        .set("LETTER_DATE", typed.form.letter_date)
        .set("ADDRESSEE", typed.form.addressee)
        .set("LETTER_TEXT", typed.form.letter_text);
    return officer_page(site, "case-print", frame, std::move(view), &viewer, status);
}

http::Response case_prints(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto permitted = MayPrint::check(page.session->actor);
    if (!permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto shown = usecases::case_prints(*permitted, page.use, *page.session, captures[0]);
    if (!shown) return unopened(page, request, shown.error());
    return render_prints(page.site, frame_of(request, "page.prints.title"), viewer, *shown);
}

http::Response case_print(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const auto kind = domain::print_kind_from(captures[1]);
    const Viewer viewer = viewer_of(*page.session);
    if (!kind) return officer_error_page(page.site, 404, &request, &viewer);
    return show_form(page, request, captures[0], *kind, std::nullopt);
}

http::Response case_print_make(OfficerRequest &page, http::Request &request, const http::Captures &captures) {
    const Viewer viewer = viewer_of(*page.session);
    const auto kind = domain::print_kind_from(captures[1]);
    const auto form = http::parse_form(request);
    if (!form) return officer_error_page(page.site, 400, &request, &viewer);
    const auto permitted = MayPrint::check(page.session->actor);
    if (!kind || !permitted) return officer_error_page(page.site, 404, &request, &viewer);
    const auto text = [&](std::string_view name) { return std::string(form->get(name)); };
    TypedPrint typed{{text("print_number"), text("letter_date"), text("addressee"), text("letter_text")}, text("format") == "odt"};
    const auto again = [&](std::string_view notice, unsigned status) {
        typed.notice = notice;
        return show_form(page, request, captures[0], *kind, typed, status);
    };
    if (!is_ours(page, request, *form)) return again("case.notice.form", 403);
    if (form->get("step") == "show") return again("", 200);
    // The whole case on paper is an export of it.
    if (*kind == PrintKind::whole && !usecases::RecentlySignedIn::check(*page.session, page.use.clock.now()))
        return ask_to_sign_in_again(page, request);
    auto checked = domain::check_print(*kind, typed.form);
    if (!checked) {
        typed.faults = std::move(checked.error());
        return again("", 400);
    }
    const std::unique_lock mine(setting, patience);
    if (!mine) return again("case.notice.busy", 503);
    const auto printed = usecases::print_case(*permitted, page.use, *page.session, captures[0], *kind);
    if (!printed && printed.error().code == base::Code::not_found) return again("", 404); // or there is nothing to print of it yet
    if (!printed) return unopened(page, request, printed.error(), printed.error().code == base::Code::storage_failed ? "unlogged" : "");
    auto paper = made(case_document(page.site, frame_of(request, ""), *printed, *checked), typed.editable);
    if (!paper.refused.empty()) return again(paper.refused, 503);
    http::Response response;
    response.content_type = typed.editable ? "application/vnd.oasis.opendocument.text" : "application/pdf";
    response.body = std::move(paper.bytes);
    response.download_name = name_of(printed->copy, typed.editable);
    return response;
}

} // namespace pages
