#include "web/pages/common/manual.h"

#include "web/pages/common/channel.h"

namespace pages {

Diagram manual_diagram(const Site &site, const Frame &frame, double width) {
    const auto with_step = [&](std::string_view key) {
        return [&site, &frame, key](const domain::Transition &step) {
            return site.catalogue().text(frame.language, key, {{"STEP", step_name(site, frame, step)}});
        };
    };
    return draw_workflow(domain::transitions(),
                         {[&](domain::State state) { return site.text(frame, "state." + std::string(domain::id(state))); },
                          [&](const domain::Transition &step) { return step_name(site, frame, step); },
                          with_step("diagram.returns"), with_step("diagram.stays")},
                         width);
}

} // namespace pages
