#include "web/net/sources.h"

#include "crypto/base/ids.h"
#include "crypto/base/result.h"
#include "web/http/wipe.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cstring>

namespace net {
namespace {

// A provider hands one subscriber a /64 to a /56 of IPv6, so anything longer would count one client many times.
constexpr std::size_t ipv6_network_bytes = 7;

} // namespace

Sources::Sources() : table_(buckets) { renew(Clock::now()); }

Sources::~Sources() { http::wipe(key_.data(), key_.size()); }

void Sources::renew(Clock::time_point now) {
    for (std::size_t half : {0, 16})
        std::ranges::copy(base::random_id_bytes(), key_.begin() + static_cast<std::ptrdiff_t>(half));
    std::ranges::fill(table_, Bucket{});
    made_ = now;
}

Source Sources::of(const boost::asio::ip::address &client, Clock::time_point now) {
    std::array<unsigned char, 1 + 16> network{};
    std::size_t size = 1;
    if (client.is_v4() || client.to_v6().is_v4_mapped()) {
        const auto bytes = client.is_v4() ? client.to_v4().to_bytes()
                                          : make_address_v4(boost::asio::ip::v4_mapped, client.to_v6()).to_bytes();
        network[0] = 4;
        size += bytes.size();
        std::ranges::copy(bytes, network.begin() + 1);
    } else {
        const auto bytes = client.to_v6().to_bytes();
        network[0] = 6;
        size += ipv6_network_bytes;
        std::copy_n(bytes.begin(), ipv6_network_bytes, network.begin() + 1);
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    {
        std::lock_guard lock(mutex_);
        if (now - made_ >= key_life) renew(now);
        if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), network.data(), size, mac.data(), nullptr) ==
            nullptr)
            throw std::bad_alloc(); // it fails for nothing else
    }
    http::wipe(network.data(), network.size());
    std::uint64_t hash = 0;
    std::memcpy(&hash, mac.data(), sizeof hash);
    return Source{hash};
}

Sources::Clock::duration Sources::admit(Source source, Clock::time_point now) {
    constexpr double most = burst + rate * std::chrono::duration<double>(max_delay).count();
    std::lock_guard lock(mutex_);
    Bucket &bucket = table_[static_cast<std::uint64_t>(source) % buckets];
    const double since = std::chrono::duration<double>(now - bucket.at).count();
    bucket.at = now;
    bucket.taken = std::min(std::max(0.0, bucket.taken - since * rate) + 1, most);
    return std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(std::max(0.0, bucket.taken - burst) / rate));
}

} // namespace net
