// What is known of each media type: the only table of them. A type is told by content; a name only promises one.
#pragma once

#include <string_view>

namespace domain {

enum class FileKind { image, audio, video, pdf, document, sheet, slides, mail, text, page, archive, program, other };
std::string_view id(FileKind kind);

// Whether a browser shows it in the page without running anything of it: raster images and sound.
enum class Shown { image, audio, not_shown };

// What it may do to whoever opens it; the worse, the further down.
enum class Danger {
    none_known, // images, sound, film, text: still only as safe as the program that opens them
    document,   // may hold links, fonts, macros or scripts
    dangerous,  // a program, a page with scripts, an archive, or a kind that is not known
};
std::string_view id(Danger danger);

struct MediaType {
    std::string_view type; // whole, or the beginning that a family of them has
    FileKind kind;
    std::string_view endings; // of names, with their dots; the usual one first
    Danger danger;
    Shown shown = Shown::not_shown;
    bool cleaned = false; // of metadata, as a whole

    std::string_view ending() const; // the usual one; empty: none
};
// The type itself, else its family; what nothing is known of is `other` and dangerous.
const MediaType &media_type(std::string_view type);

// By the type, and by the ending of the name: what a system runs, installs or unpacks it does whatever stands in the file.
Danger danger_of(std::string_view type, std::string_view name);

// What the name's ending promises, where the content is of another kind that may do more: a picture that is a program.
// nullptr: they agree, or either says nothing.
const MediaType *disguise_of(std::string_view type, std::string_view name);

} // namespace domain
