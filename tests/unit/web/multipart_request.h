// A form with files as a browser sends it, on its way to a handler without a network.
#pragma once

#include "web/http/message.h"

#include <algorithm>
#include <utility>

namespace web_test {

class GivenBody final : public http::BodyReader {
public:
    // `cut`: behind these bytes the client is gone.
    explicit GivenBody(std::string bytes, bool cut = false) : bytes_(std::move(bytes)), cut_(cut) {}
    std::size_t length() const override { return bytes_.size(); }
    std::expected<std::size_t, http::BodyCut> read(std::span<char> out) override {
        const auto got = bytes_.copy(out.data(), out.size(), at_);
        if (got == 0 && cut_) return std::unexpected(http::BodyCut{});
        at_ += got;
        return got;
    }

private:
    std::string bytes_;
    bool cut_;
    std::size_t at_ = 0;
};

inline std::string field_part(const std::string &name, const std::string &value) {
    return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}
inline std::string file_part(const std::string &name, const std::string &bytes) {
    return "--B\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name +
           "\"\r\nContent-Type: image/jpeg\r\n\r\n" + bytes + "\r\n";
}
inline const std::string last_part = "--B--\r\n";

inline void give_multipart(http::Request &request, std::string body, bool cut = false) {
    request.method = http::Method::post;
    request.content_type = "multipart/form-data; boundary=B";
    request.body.clear();
    request.stream = std::make_unique<GivenBody>(std::move(body), cut);
}

} // namespace web_test
