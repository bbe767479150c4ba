// Filings to measure with: whole requests for the server, and the rows that the same form becomes.
#pragma once

#include "service/runtime/instance.h"

#include <chrono>

#include <string>
#include <vector>

namespace bench {

inline constexpr std::size_t facts_bytes = 9'000; // UTF-8; three for each letter of Thai

// Thai sentences, cut at a letter.
std::string thai_text(std::size_t bytes);

// The form as a browser sends it at its last step, each with a one-time token of its own.
class FilingRequests {
public:
    explicit FilingRequests(const std::string &credential);
    std::vector<std::string> make(std::size_t count) const;
    static bool is_receipt(std::string_view answer);
    static std::string receipt_of(std::string_view answer);

private:
    crypto::InstanceKeys keys_;
    std::string rest_; // of the form, encoded
};

// What the use case hands to the store for such a form: made by the use case itself.
std::vector<ports::NewFiling> filing_rows(runtime::Instance &instance, std::size_t count,
                                          std::size_t facts = facts_bytes);

// Limits, on a store that nobody else uses. A commit: the rows are there, the writer alone works. A look-up: a receipt's
// keys, its case and what its page shows of it.
double commits_per_second(runtime::Instance &instance, std::vector<ports::NewFiling> rows, std::size_t threads,
                          std::chrono::milliseconds duration);
double seals_per_second(runtime::Instance &instance, std::size_t threads, std::chrono::milliseconds duration);
double lookups_per_second(runtime::Instance &instance, const std::vector<std::string> &receipts, std::size_t threads,
                          std::chrono::milliseconds duration);

// So many cases of one day that open for their officers, with short texts.
void file_cases(runtime::Instance &instance, std::size_t cases, base::Day day);

// So many cases of one day, with short texts, filed through the store's own writer.
void fill(runtime::Instance &instance, std::size_t cases, base::Day day);

} // namespace bench
