// How failure travels between modules: in the signature. Exceptions are for bugs and for running out of memory only.
#pragma once

#include <expected>
#include <source_location>
#include <string_view>
#include <utility>

namespace base {

// What went wrong, as a caller may need to tell it apart. Never a person's text: an Error can be logged as it is.
enum class Code {
    not_found,      // it does not exist, or whoever asks may not know that it does
    invalid,        // bytes or a request that break their format
    refused,        // understood and not allowed: a signature, a commitment, a right
    conflict,       // somebody else was faster: the state or the key is taken
    expired,        // a token, a certificate or a session past its time
    unavailable,    // busy or full for the moment: the same request may work later
    storage_failed, // the store could not make it durable; nothing of it was kept
    internal,
};

std::string_view name(Code code);

struct Error {
    Code code;
    std::string_view what; // a literal: what was being done, for the log
    std::source_location where;
};

template <class T = void>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> fail(Code code, std::string_view what,
                                   std::source_location where = std::source_location::current()) {
    return std::unexpected(Error{code, what, where});
}

// A broken invariant: says where on stderr (no data) and aborts. For states that no input can reach.
[[noreturn]] void broken(std::string_view what, std::source_location where = std::source_location::current());

} // namespace base

// ASSIGN_OR_RETURN(auto key, parse(bytes)): the value, or the error handed to the caller.
// (libstdc++ 12 has std::expected without and_then.)
#define SUCHARIT_JOIN2(a, b) a##b
#define SUCHARIT_JOIN(a, b) SUCHARIT_JOIN2(a, b)
#define ASSIGN_OR_RETURN(declaration, expression)                                                                      \
    auto SUCHARIT_JOIN(result_, __LINE__) = (expression);                                                              \
    if (!SUCHARIT_JOIN(result_, __LINE__))                                                                             \
        return std::unexpected(SUCHARIT_JOIN(result_, __LINE__).error());                                              \
    declaration = std::move(*SUCHARIT_JOIN(result_, __LINE__))
#define RETURN_IF_FAILED(expression)                                                                                   \
    if (auto SUCHARIT_JOIN(result_, __LINE__) = (expression); !SUCHARIT_JOIN(result_, __LINE__))                       \
    return std::unexpected(SUCHARIT_JOIN(result_, __LINE__).error())
