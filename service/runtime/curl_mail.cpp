#include "service/runtime/curl_mail.h"

#include "service/domain/mail_address.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstring>

namespace runtime {
namespace {

using ports::MailFailure;

struct Reading {
    std::string_view left;
};

std::size_t read_mail(char *into, std::size_t size, std::size_t count, void *from) {
    auto &left = static_cast<Reading *>(from)->left;
    const std::size_t taken = std::min(size * count, left.size());
    std::memcpy(into, left.data(), taken);
    left.remove_prefix(taken);
    return taken;
}

int ends_when_stopped(void *stopped, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool> *>(stopped)->load() ? 1 : 0;
}

struct List {
    explicit List(const std::string &only) : head(curl_slist_append(nullptr, only.c_str())) {
        if (!head) throw std::bad_alloc();
    }
    ~List() { curl_slist_free_all(head); }
    List(const List &) = delete;
    List &operator=(const List &) = delete;
    curl_slist *head;
};

MailFailure failure_of(CURLcode code, long answered) {
    switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
        return MailFailure::stopped;
    case CURLE_OPERATION_TIMEDOUT:
        return MailFailure::timeout;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return MailFailure::unreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
        return MailFailure::certificate;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
        return MailFailure::no_tls;
    case CURLE_LOGIN_DENIED:
        return MailFailure::login;
    default:
        return answered >= 400 ? MailFailure::refused : MailFailure::broken;
    }
}

} // namespace

struct CurlMail::Handle {
    Handle() : curl(curl_easy_init()) {
        if (!curl) throw std::bad_alloc();
    }
    ~Handle() { curl_easy_cleanup(curl); }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    template <class T> void set(CURLoption option, T value) {
        if (const CURLcode done = curl_easy_setopt(curl, option, value); done == CURLE_OUT_OF_MEMORY)
            throw std::bad_alloc();
        else if (done != CURLE_OK) // one that this libcurl does not know could be the one that demands TLS
            base::broken("libcurl refuses an option");
    }
    CURL *curl;
};

CurlMail::CurlMail(std::string authorities, MailLimits limits) : authorities_(std::move(authorities)), limits_(limits) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) throw std::bad_alloc();
}

CurlMail::~CurlMail() {
    handle_.reset();
    curl_global_cleanup();
}

void CurlMail::forget_connection() { handle_.reset(); }

std::expected<void, MailFailure> CurlMail::send(const domain::MailServer &server, std::string_view from,
                                                std::string_view to, std::string_view mail) {
    if (stopped_) return std::unexpected(MailFailure::stopped);
    if (!handle_) handle_ = std::make_unique<Handle>();
    Handle &handle = *handle_;
    curl_easy_reset(handle.curl); // options go, the connection stays
    const bool implicit = server.tls == domain::MailTls::implicit;
    // Behind the host stands the name by which we greet: the sender's domain and not this machine's name.
    const std::string url = (implicit ? "smtps://" : "smtp://") + server.host + ":" + std::to_string(server.port) +
                            "/" + std::string(domain::mail_domain(from));
    const List receivers{std::string(to)};
    Reading reading{mail};
    handle.set(CURLOPT_URL, url.c_str());
    handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    handle.set(CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL)); // STARTTLS, or nothing
    handle.set(CURLOPT_SSL_VERIFYPEER, 1L);
    handle.set(CURLOPT_SSL_VERIFYHOST, 2L);
    handle.set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!authorities_.empty()) {
        handle.set(CURLOPT_CAINFO, authorities_.c_str());
        handle.set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
    }
    handle.set(CURLOPT_PROXY, "");    // whatever the environment says
    handle.set(CURLOPT_NOSIGNAL, 1L); // a closed connection is no signal anyway: the process ignores SIGPIPE
    handle.set(CURLOPT_CONNECTTIMEOUT, limits_.connect_seconds);
    handle.set(CURLOPT_TIMEOUT, limits_.whole_seconds);
    handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, limits_.whole_seconds);
    handle.set(CURLOPT_NOPROGRESS, 0L);
    handle.set(CURLOPT_XFERINFOFUNCTION, &ends_when_stopped);
    handle.set(CURLOPT_XFERINFODATA, static_cast<void *>(&stopped_));
    if (!server.user.empty()) {
        handle.set(CURLOPT_USERNAME, server.user.c_str());
        handle.set(CURLOPT_PASSWORD, server.password.c_str());
    }
    const std::string sender(from);
    handle.set(CURLOPT_MAIL_FROM, sender.c_str());
    handle.set(CURLOPT_MAIL_RCPT, receivers.head);
    handle.set(CURLOPT_UPLOAD, 1L);
    handle.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(mail.size()));
    handle.set(CURLOPT_READFUNCTION, &read_mail);
    handle.set(CURLOPT_READDATA, static_cast<void *>(&reading));
    const CURLcode done = curl_easy_perform(handle.curl);
    long answered = 0;
    curl_easy_getinfo(handle.curl, CURLINFO_RESPONSE_CODE, &answered);
    curl_easy_reset(handle.curl); // it points into what goes with this call
    if (done == CURLE_OK) return {};
    if (stopped_) return std::unexpected(MailFailure::stopped);
    return std::unexpected(failure_of(done, answered));
}

} // namespace runtime
