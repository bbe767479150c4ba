// Posts of the handling line, what each may do, and the type that proves it was checked.
#pragma once

#include "crypto/base/ids.h"
#include "crypto/base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// The order of the first five is the line up which a case goes when too few readers are left.
enum class Post : std::uint8_t {
    legal_officer = 1,   // นิติกร
    head_office = 2,     // หัวหน้าสำนักปลัด
    clerk = 3,           // ปลัด
    executive = 4,       // นายก
    outside_officer = 5, // ผู้รับเรื่องจากภายนอกหน่วยงาน
    admin = 6,           // ผู้ดูแลระบบ: never case content
    auditor = 7,         // ผู้ตรวจสอบภายใน: audit log and figures, never case content
};
inline constexpr Post handling_line[] = {Post::legal_officer, Post::head_office, Post::clerk, Post::executive,
                                         Post::outside_officer};

std::string_view id(Post post); // "legal_officer" …: stored, and the key of its name in the catalogue ("post.<id>")
std::optional<Post> post_from(std::string_view id);
bool is_intake(Post post); // reads every new complaint: legal officer and head of office

enum class Action : std::uint8_t {
    read_cases, // the queue and the cases whose slot opens
    work_cases, // moves, replies
    see_totals, // running totals of what the viewer can open
};
bool allows(Post post, Action action); // the one table of rights

struct Actor {
    base::OfficerId officer;
    Post post;
    std::string name;
};

// Exists only if the table allowed it. Use cases demand it, so that forgetting the check does not compile.
template <Action A>
class Permitted {
public:
    const Actor &actor() const { return actor_; }
    static base::Result<Permitted> check(const Actor &actor) {
        if (!allows(actor.post, A))
            return base::fail(base::Code::not_found, "a right that the post does not have");
        return Permitted(actor);
    }

private:
    explicit Permitted(Actor actor) : actor_(std::move(actor)) {}
    Actor actor_;
};

// A person of the agency with a post, as far as the line needs to know.
struct Holder {
    base::OfficerId officer;
    Post post;
    std::string name;
    bool may_read;    // a live certificate with the reading right
    bool may_custody; // … with the custody right
};

// Who reads a new complaint: the intake posts less the excluded; while fewer than two are left, the next up the line.
// Fewer than two in the end → Code::refused: the complaint must not be accepted.
base::Result<std::vector<base::OfficerId>> readers_of_new(std::span<const Holder> holders,
                                                          std::span<const base::OfficerId> excluded);

// Custodians of the identity: everyone with the custody right less the excluded; may be empty.
std::vector<base::OfficerId> custodians_of_new(std::span<const Holder> holders, std::span<const base::OfficerId> excluded);

// Who acts for the given posts in a case: their holders less the excluded and less `never` (who screened may not order);
// when none is left, the next up the line who is not excluded. Empty when nobody is left.
std::vector<base::OfficerId> actors_for(std::span<const Post> posts, std::span<const Holder> holders,
                                        std::span<const base::OfficerId> excluded,
                                        std::optional<base::OfficerId> never = std::nullopt);

} // namespace domain
