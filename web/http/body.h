// Bodies that are too large to be held: an ordinary function, which may block, reads or makes them piece by piece.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>

namespace http {

// The rest will not come: the client has gone or was too slow, had to make room for others, or the server stops.
struct BodyCut {};

// The body of a request, while it comes.
class BodyReader {
public:
    virtual ~BodyReader() = default;
    virtual std::size_t length() const = 0; // of the whole body
    // Waits until `out` is full or nothing more comes: how many bytes it got; 0: the body was whole. What came before
    // a cut is given first.
    virtual std::expected<std::size_t, BodyCut> read(std::span<char> out) = 0;
};

// The body of an answer, while it goes out. Called on the thread that answers.
class BodySource {
public:
    virtual ~BodySource() = default;
    virtual std::size_t length() const = 0;
    // Makes the next bytes, at least one and at most `out`: how many. Nothing: it cannot go on, and the connection ends,
    // so that nobody takes the part for the whole.
    virtual std::optional<std::size_t> read(std::span<char> out) = 0;
};

} // namespace http
