// Posts of the handling line, what each may do, and the type that proves it was checked.
#pragma once

#include "crypto/base/clock.h"
#include "crypto/base/ids.h"
#include "crypto/base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

enum class Post : std::uint8_t {
    legal_officer = 1,   // นิติกร
    head_office = 2,     // หัวหน้าสำนักปลัด
    clerk = 3,           // ปลัด
    executive = 4,       // นายก
    outside_officer = 5, // ผู้รับเรื่องจากภายนอกหน่วยงาน
    admin = 6,           // ผู้ดูแลระบบ: never case content
    auditor = 7,         // ผู้ตรวจสอบภายใน: audit log and figures, never case content
    registrar = 8,       // เจ้าหน้าที่รับเรื่อง / นายทะเบียนข้อมูลข่าวสารลับ
    fact_finder = 9,     // ผู้ได้รับมอบหมายสืบสวนข้อเท็จจริง: reads the cases that an order assigns, and no other
};
// The line up which a case goes when too few readers are left.
inline constexpr Post handling_line[] = {Post::registrar, Post::legal_officer, Post::head_office,
                                         Post::clerk,     Post::executive,     Post::outside_officer};
std::size_t place_in_line(Post post); // posts outside of the line stand behind it
// Every post in which somebody handles a case, in the order of the line; the fact-finder stands outside of it.
inline constexpr Post case_posts[] = {Post::registrar, Post::legal_officer,   Post::head_office, Post::clerk,
                                      Post::executive, Post::outside_officer, Post::fact_finder};
bool stays_apart(Post post); // whoever holds it never reads a case, whatever other posts they hold: admin, auditor

std::string_view id(Post post); // "legal_officer" …: stored, and the key of its name in the catalogue ("post.<id>")
std::optional<Post> post_from(std::string_view id);
std::optional<Post> post_numbered(std::uint8_t number); // as signed appointments name it
bool is_intake(Post post); // reads every new complaint

// In what capacity somebody holds a post (workflow of the manual; the written order says it).
enum class Capacity : std::uint8_t {
    holder = 1,          // ตัวจริง
    acting_vacancy = 2,  // รักษาราชการแทน
    on_behalf = 3,       // ปฏิบัติราชการแทน
    acting_position = 4, // รักษาการในตำแหน่ง
    performing = 5,      // ปฏิบัติหน้าที่
};
inline constexpr Capacity capacities[] = {Capacity::holder, Capacity::acting_vacancy, Capacity::on_behalf,
                                          Capacity::acting_position, Capacity::performing};
std::string_view id(Capacity capacity); // catalogue key "capacity.<id>"
std::optional<Capacity> capacity_from(std::string_view id);
std::optional<Capacity> capacity_numbered(std::uint8_t number);

// One post that somebody holds today, as appointed and signed.
struct Seat {
    base::AppointmentId appointment;
    Post post = Post::legal_officer;
    Capacity capacity = Capacity::holder;
    base::Day from, until;
    std::string order; // number of the written order
};

// What stands in somebody's certificate; a post alone gives none of it.
struct Certified {
    bool reading = false, custody = false, vouching = false;
};

struct Actor {
    base::OfficerId officer;
    std::string name;
    std::vector<Seat> seats; // may be several; none: an account that nobody has vouched for yet
    Certified certified;
    bool holds(Post post) const;
    std::vector<Post> posts() const; // each once, in the order of the line
};

enum class Action : std::uint8_t {
    read_cases,      // the queue and the cases whose slot opens; needs the reading right
    work_cases,      // moves, replies; the same
    see_totals,      // running totals of what the viewer can open; the same
    decide_identity, // requests to see a reporter's identity; needs the custody right
    vouch,           // signing certificates and posts; needs the vouching right
    manage_accounts, // proposing accounts and posts, disabling
    change_settings, // what the agency says of itself
    confirm_settings, // the second person of a change that needs two; outside the admins it needs the vouching right
    read_audit,      // the log, with pseudonyms for cases
};
bool allows(Post post, Action action);          // the one table of rights
bool allows(const Actor &actor, Action action); // by some seat, with what the certificate must have

// Exists only if the table allowed it. Use cases demand it, so that forgetting the check does not compile.
template <Action A>
class Permitted {
public:
    const Actor &actor() const { return actor_; }
    static base::Result<Permitted> check(const Actor &actor) {
        if (!allows(actor, A))
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
    bool may_read;    // a live certificate with the reading right, and no post that stays apart
    bool may_custody; // the same of the custody right
    Capacity capacity = Capacity::holder;
};

// Somebody with all their posts, in the order of the line: a list of people names each once.
struct Person {
    base::OfficerId officer;
    std::string name;
    std::vector<Post> posts;
    bool may_custody = false;
};
std::vector<Person> people(std::span<const Holder> holders); // in the order in which they first stand there

// Who reads a new complaint: the intake posts less the excluded; while fewer than two are left, the next up the line.
// Fewer than two in the end → Code::refused: the complaint must not be accepted.
base::Result<std::vector<base::OfficerId>> readers_of_new(std::span<const Holder> holders,
                                                          std::span<const base::OfficerId> excluded);

// Custodians of the identity: everyone with the custody right less the excluded; may be empty.
std::vector<base::OfficerId> custodians_of_new(std::span<const Holder> holders, std::span<const base::OfficerId> excluded);

// Who acts for the given posts in a case, and in which of them: their holders less the excluded; when none is left, the next up
// the line who is not excluded. Empty when nobody is left.
std::vector<Holder> acting_for(std::span<const Post> posts, std::span<const Holder> holders,
                               std::span<const base::OfficerId> excluded);
std::vector<base::OfficerId> officers_of(std::span<const Holder> holders); // each once

} // namespace domain
