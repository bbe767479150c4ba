// What is to be printed, as parts in their order: the same value makes a page of a browser and the pages of a print.
#pragma once

#include "web/print/picture.h"

#include <string>
#include <variant>
#include <vector>

namespace print {

struct Heading {
    int level; // 1: of the whole, once; 2 and 3 below it
    std::string text;
};

struct Paragraph {
    std::string text;
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
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows; // each as long as `columns`; its first cell names it
    std::vector<double> shares;                 // of the width, one for each column
};

struct Drawing {
    std::string name, told; // told: the same in words
    Picture picture;
};

using Block = std::variant<Heading, Paragraph, Notice, List, Table, Drawing>;

struct Document {
    std::string title;
    std::string language = "th"; // by whose rules lines are broken
    std::string every_page{};    // at the head and the foot of each page: the class of secrecy
    bool thai_digits = false;    // see digits.h
    std::vector<Block> blocks;
};

} // namespace print
