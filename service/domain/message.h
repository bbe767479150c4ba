// Texts that pass between reporter and officers after the filing, as they are sealed.
#pragma once

#include "service/domain/complaint.h"

namespace domain {

struct Message {
    std::string text;
    std::optional<Post> from;         // officers' replies: the post, and nothing else of who wrote it: the receipt opens it
    std::optional<Complaint> refiled; // the filing form sent again with other text
    std::optional<std::uint32_t> answers{}; // a reporter's: the version of the case in which it was written, where it may wait for that
};

std::string to_json(const Message &message);
base::Result<Message> message_from_json(std::string_view json);

// Cleaned text, or the fault of field "message" (fault.message.missing, fault.too_long).
std::expected<std::string, Fault> check_message(std::string_view typed);

} // namespace domain
