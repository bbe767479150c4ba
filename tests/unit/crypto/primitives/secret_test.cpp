#include "crypto/primitives/secret.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <string>
#include <thread>

using namespace crypto;

namespace {

using Key = SecretKey<struct FirstTag>;
using OtherKey = SecretKey<struct SecondTag>;

template <class T>
concept Streams = requires(std::ostringstream &out, const T &value) { out << value; };
template <class T>
concept TurnsIntoText = requires(const T &value) { std::string(value); } || requires(const T &value) { to_string(value); };
template <class T>
concept GivesBytesUnasked = requires(const T &value) { value.reveal(); } || requires(const T &value) { value.data(); } ||
                            requires(const T &value) { value.begin(); } || std::is_convertible_v<T, View>;
template <class A, class B>
concept Comparable = requires(const A &a, const B &b) { a == b; };
template <class T>
concept Ordered = requires(const T &a) { a < a; };

static_assert(!std::is_copy_constructible_v<Key> && !std::is_copy_assignable_v<Key>, "a secret is never copied by accident");
static_assert(std::is_nothrow_move_constructible_v<Key> && std::is_nothrow_move_assignable_v<Key>);
static_assert(!Streams<Key> && !TurnsIntoText<Key>, "a secret is never printed");
static_assert(!GivesBytesUnasked<Key>, "raw bytes only through raw_secret");
static_assert(Comparable<Key, Key> && !Comparable<Key, OtherKey>, "keys of two purposes are never compared");
static_assert(!std::is_constructible_v<Key, OtherKey> && !Ordered<Key>);

} // namespace

TEST(Secret, IsZeroWhenNewAlsoInReusedMemory) {
    for (int i = 0; i < 3; ++i) {
        Key key;
        EXPECT_TRUE(std::ranges::all_of(key.reveal(raw_secret), [](Byte b) { return b == 0; }));
        std::ranges::fill(key.fill(raw_secret), Byte{0xaa});
    }
}

TEST(Secret, IsWipedWhenReleased) {
    const Byte *memory = nullptr;
    {
        const Key key = Key::random();
        memory = key.reveal(raw_secret).data();
    }
    // The arena never gives its blocks back, so the slot can still be looked at.
    EXPECT_TRUE(std::all_of(memory, memory + 32, [](Byte b) { return b == 0; }));
}

TEST(Secret, ComparesByValue) {
    const Key a = Key::random(), b = Key::random();
    EXPECT_TRUE(a == a.clone());
    EXPECT_FALSE(a == b);
}

TEST(Secret, MovesWithoutLeavingACopy) {
    Key a = Key::random();
    const Key copy = a.clone();
    const Byte *memory = a.reveal(raw_secret).data();
    const Key b = std::move(a);
    EXPECT_EQ(b.reveal(raw_secret).data(), memory);
    EXPECT_TRUE(b == copy);
}

TEST(Arena, GrowsPastItsFirstBlockAndKeepsSecretsApart) {
    std::vector<Key> keys;
    for (int i = 0; i < 3000; ++i) {
        keys.emplace_back();
        std::ranges::fill(keys.back().fill(raw_secret), static_cast<Byte>(i));
    }
    for (std::size_t i = 0; i < keys.size(); ++i)
        ASSERT_TRUE(std::ranges::all_of(keys[i].reveal(raw_secret), [i](Byte b) { return b == static_cast<Byte>(i); }));
}

TEST(Arena, ServesManyThreads) {
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&wrong] {
            for (int i = 0; i < 2000; ++i) {
                const Key a = Key::random();
                const Key b = a.clone();
                wrong += !(a == b);
            }
        });
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(ArenaDeathTest, AbortsForASecretLargerThanASlot) {
    using Large = Secret<65, struct LargeTag>;
    EXPECT_DEATH(Large(), "larger than an arena slot");
}
