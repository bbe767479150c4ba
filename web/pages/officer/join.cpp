#include "web/pages/officer/join.h"

#include "web/pages/officer/door.h"
#include "web/pages/officer/new_passphrase.h"

namespace pages {

namespace {

using Why = usecases::JoinRefused::Why;

http::Response refused(const Site &site, const Frame &frame, JoinForm form, Why why) {
    if (why == Why::busy) form.notice = "case.notice.busy";
    if (why == Why::unknown) form.faults = {{"code", "fault.join.unknown"}};
    if (why == Why::over) form.faults = {{"code", "fault.join.over"}};
    if (why == Why::weak) form.faults = {{"passphrase_own", "fault.passphrase.name"}};
    if (why != Why::weak) form.whose.reset();
    return render_join(site, frame, form, why == Why::busy ? 503 : 400);
}

} // namespace

http::Response render_join(const Site &site, Frame frame, const JoinForm &form, unsigned status) {
    frame.path = join_path;
    frame.title_key = "page.join.title";
    frame.faulty = !form.faults.empty();
    if (!form.joined) {
        frame.languages = Frame::Languages::form; // the code stays typed
        frame.again = {"join", "step", form.whose ? "show" : "again", form.whose ? "make" : "show"};
    }
    View view;
    constexpr std::string_view fields[] = {"code", new_passphrase_fields[0], new_passphrase_fields[1], new_passphrase_fields[2]};
    constexpr FaultTarget targets[] = {{"passphrase_choice", "offer-1"}};
    show_faults(view, site, frame, form.faults, fields, targets, false);
    show_notice(view, site, frame, form.notice);
    view.set("DOOR", form.door);
    view.list("ASK_CODE").list("ASK_PASSPHRASE").show("JOINED", form.joined);
    if (form.whose && !form.joined) {
        View &ask = view.row("ASK_PASSPHRASE");
        ask.set("NAME", form.whose->name).set("LOGIN", form.whose->login).set("CODE", form.code);
        show_new_passphrase(ask, site, frame, form.own);
    } else if (!form.joined) {
        view.row("ASK_CODE").set("CODE", form.code);
    }
    return officer_page(site, "join", frame, std::move(view), nullptr, status);
}

http::Response join_page(OfficerRequest &page, http::Request &request, const http::Captures &) {
    return render_join(page.site, frame_of(request, ""), {.door = door_field(page, request)});
}

http::Response join_post(OfficerRequest &page, http::Request &request, const http::Captures &) {
    const Frame frame = frame_of(request, "");
    const auto typed = http::parse_form(request);
    if (!typed) return officer_error_page(page.site, 400, &request, nullptr);
    JoinForm form{.door = door_field(page, request), .code = std::string(typed->get("code"))};
    if (!door_is_right(page, request, *typed)) {
        form.notice = "door.stale";
        return render_join(page.site, frame, form, 403);
    }
    const auto step = typed->get("step");
    if (step == "again") return render_join(page.site, frame, form);
    const auto whose = usecases::invited(page.use, form.code);
    if (!whose) return refused(page.site, frame, std::move(form), whose.error().why);
    form.whose = *whose;
    if (step != "make") return render_join(page.site, frame, form);
    auto fresh = new_passphrase(*typed, whose->login, whose->name);
    form.own = fresh.own;
    form.faults = std::move(fresh.faults);
    if (!form.faults.empty()) return render_join(page.site, frame, form, 400);
    const auto done = usecases::join(page.use, form.code, fresh.words);
    if (!done) return refused(page.site, frame, std::move(form), done.error().why);
    form.joined = true;
    return render_join(page.site, frame, form);
}

} // namespace pages
