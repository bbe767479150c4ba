#include "web/pages/common/faults.h"

namespace pages {

std::string upper(std::string_view name) {
    std::string out(name);
    for (char &c : out)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
}

namespace {

std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, ",");
    return digits;
}

} // namespace

std::string fault_text(const Site &site, const Frame &frame, const domain::Fault &fault) {
    if (fault.limit > 0)
        return site.catalogue().text(frame.language, fault.key,
                                     {{"LIMIT", with_commas(fault.limit)}, {"OVER", with_commas(fault.over)}});
    if (!fault.measured.empty())
        return site.catalogue().text(frame.language, fault.key, {{"MEASURED", fault.measured}});
    return site.text(frame, fault.key);
}

namespace {

// In the summary "too long" needs the name of its field; other faults name it themselves.
std::string summary_text(const Site &site, const Frame &frame, const domain::Fault &fault) {
    std::string text = fault_text(site, frame, fault);
    for (const char *prefix : {"form.", "field."}) {
        const std::string label = prefix + fault.field + ".label";
        const bool names_itself = fault.limit == 0 && !fault.key.starts_with("fault.field.");
        if (!names_itself && site.catalogue().has(frame.language, label))
            return site.catalogue().text(frame.language, "errors.with_label",
                                         {{"LABEL", site.text(frame, label)}, {"TEXT", text}});
    }
    return text;
}

} // namespace

void show_faults(View &view, const Site &site, const Frame &frame, std::span<const domain::Fault> faults,
                 std::span<const std::string_view> fields, std::span<const FaultTarget> targets, bool typed) {
    view.list("ERRORS");
    if (!faults.empty()) {
        View &summary = view.row("ERRORS").list("ERROR").show("ERRORS_KEPT", typed);
        for (const auto &fault : faults) {
            std::string id = fault.field;
            for (const FaultTarget &target : targets)
                if (target.field == fault.field) id = target.id;
            summary.row("ERROR").set("ERROR_FIELD", id).set("ERROR_TEXT", summary_text(site, frame, fault));
        }
    }
    for (const std::string_view field : fields) {
        const std::string name = upper(field);
        view.list(name + "_FAULTY").list(name + "_FAULT");
        for (const auto &fault : faults)
            if (fault.field == field) {
                view.row(name + "_FAULTY");
                view.row(name + "_FAULT").set("FAULT_TEXT", fault_text(site, frame, fault));
                break;
            }
    }
}

void show_notice(View &view, const Site &site, const Frame &frame, std::string_view key) {
    view.list("NOTICE");
    if (!key.empty()) view.row("NOTICE").set("NOTICE_TEXT", site.text(frame, key));
}

} // namespace pages
