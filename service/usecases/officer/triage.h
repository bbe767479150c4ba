// Sorting many filings quickly, so that a flood of spam does not bury what is real: one officer reads and proposes, another
// reads and confirms, anyone brings back. Each case is a move of its own, signed and committed by itself.
#pragma once

#include "service/usecases/officer/act.h"

#include <span>

namespace usecases {

enum class Pile {
    fresh,    // nobody has registered it
    proposed, // waits for another reader
    voided,   // ended as a test or spam
};

inline constexpr std::size_t pile_page_size = 20; // also the most that one form sorts
inline constexpr std::size_t preview_characters = 300, preview_follow_ups = 3;
inline constexpr std::size_t confirm_characters = 2000; // of each text, for who confirms that it is spam

struct PileItem {
    QueueRow row; // `damaged`: nothing else is filled
    std::uint32_t version = 0, follow_ups = 0;
    std::uint32_t files = 0; // of the follow-ups, so many are files
    std::string secrecy; // as registered; empty before
    std::string subject; // whom it is about, as far as the reporter says
    struct Text {
        bool follow_up = false; // else the complaint
        std::string words;      // its beginning
        bool goes_on = false;
    };
    std::vector<Text> texts; // the complaint and the latest follow-ups
    bool confirm_on_case = false; // the viewer may confirm, but not from here: `texts` is not all that the reporter wrote
    std::optional<HistoryEntry> proposal, confirmation;
    std::vector<const domain::Transition *> moves; // by which the viewer may take it from this pile
};

struct PilePage {
    Pile pile = Pile::fresh;
    std::size_t page = 1, pages = 1, total = 0;
    std::vector<PileItem> items;
};

// The page that is asked for, or the last one. Opens only the cases of that page, and logs that they were opened.
base::Result<PilePage> pile_page(const domain::Permitted<domain::Action::read_cases> &permitted, OfficerContext &context,
                                 const OfficerSession &session, Pile pile, std::size_t page);

struct PileMove {
    std::string case_id;
    MoveForm form;
};
struct PileMoved {
    std::map<std::string, std::size_t> done; // by event
    struct Left {
        std::string case_id;
        ActRefused::Why why;
    };
    std::vector<Left> left; // as it was
};
// Confirms only what the pile shows whole; the rest is left with Why::faults.
PileMoved move_pile(const domain::Permitted<domain::Action::work_cases> &permitted, OfficerContext &context,
                    const OfficerSession &session, std::span<const PileMove> moves);

} // namespace usecases
