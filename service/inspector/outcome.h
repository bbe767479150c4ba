// What the inspector's exit status says to the program that started it.
#pragma once

namespace inspector {

enum Outcome : int {
    done = 0,
    not_cleaned = 3, // no parser for it, or the parser refused: what cannot be understood is not touched
    no_sandbox = 5,  // the kernel shuts nothing in: the file was not looked at
    misused = 6,
};

} // namespace inspector
