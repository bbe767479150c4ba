// What is to be printed, as parts in their order: the same value makes a page of a browser, the pages of a print, and a document to be edited.
#pragma once

#include "web/print/picture.h"

#include <string>
#include <variant>
#include <vector>

namespace print {

struct Heading {
    int level; // 1: of the whole, once; 2 and 3 below it
    std::string text;
    bool middle = false;
};

struct Paragraph {
    enum class Place { start, middle, half }; // half: from the middle of the page on, as senders and days of letters stand
    std::string text;
    Place place = Place::start;
    bool strong = false, indented = false; // indented: its first line, as paragraphs of Thai letters are
};

// What only paper has; pages of a browser leave it out.
struct PageEnd {};
struct Room { // dotted lines to be written on by hand
    std::size_t lines;
};
struct Signature { // its lines in the right half, each in the middle of it; never parted
    std::vector<std::string> lines;
};

struct Notice {
    std::string title, text;
};

struct Item {
    std::string text;
    std::string value{}; // stands at the end as it is: a telephone number keeps its digits
    std::string link{};  // where a page leads from here
};

struct List {
    enum class Kind { bullets, steps, contacts };
    Kind kind;
    std::vector<Item> items;
};

struct Table {
    std::string name;
    std::vector<std::string> columns; // none: it has no head
    std::vector<std::vector<std::string>> rows; // its first cell names it
    std::vector<double> shares;                 // of the width, one for each column
};

struct Drawing {
    std::string name, told; // told: the same in words
    Picture picture;
};

using Block = std::variant<Heading, Paragraph, Notice, List, Table, Drawing, PageEnd, Room, Signature>;

struct Document {
    std::string title;
    std::string language = "th"; // by whose rules lines are broken
    std::string every_page{};    // at the head and the foot of each page: the class of secrecy
    std::string foot{};          // one line at the foot of each page: which copy it is
    bool thai_digits = false;    // see digits.h
    std::vector<Block> blocks;
};

} // namespace print
