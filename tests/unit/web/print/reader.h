// A print as a reader gets it: by pdftotext of poppler-utils, which knows nothing of how the pages were made.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace print_test {

inline std::string text_in(const std::string &pdf, const std::string &options = "") {
    const auto *info = testing::UnitTest::GetInstance()->current_test_info();
    const std::string file = testing::TempDir() + "print-" + info->name() + ".pdf";
    std::ofstream(file, std::ios::binary) << pdf;
    const std::unique_ptr<FILE, int (*)(FILE *)> reader(::popen(("pdftotext " + options + " '" + file + "' -").c_str(), "r"), ::pclose);
    std::string out;
    std::array<char, 4096> part;
    for (std::size_t size; (size = std::fread(part.data(), 1, part.size(), reader.get())) > 0;)
        out.append(part.data(), size);
    std::filesystem::remove(file);
    return out;
}

inline std::string in_one_line(std::string text) {
    std::erase_if(text, [](char c) { return c == '\n' || c == '\f' || c == ' '; });
    return text;
}

inline std::vector<std::string> pages_of(const std::string &pdf) {
    const std::string all = text_in(pdf);
    std::vector<std::string> out;
    for (std::size_t at = 0; at < all.size();) {
        const auto end = all.find('\f', at);
        out.push_back(all.substr(at, end - at));
        at = end == std::string::npos ? all.size() : end + 1;
    }
    return out;
}

} // namespace print_test
