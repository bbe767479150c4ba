"""Python's own TLS client, for what curl cannot do: half a request, many writers at once, no other process."""
import http.client
import ssl
import urllib.parse

TIMEOUT = 30  # seconds for one answer


def context():
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    return trusting


TRUSTING = context()


class Client:
    """get and post for people.py. Cookies that the server sets are sent again. `status`: of the last answer."""

    def __init__(self):
        self._cookies, self.status = {}, None

    def _connection(self, url):
        return http.client.HTTPSConnection(url.hostname, url.port, context=TRUSTING, timeout=TIMEOUT)

    def _done(self, connection):
        connection.close()

    def cookies(self):
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def _ask(self, method, address, body=None):
        url = urllib.parse.urlsplit(address)
        connection = self._connection(url)
        fields = {"Cookie": self.cookies()} if self._cookies else {}
        if body is not None:
            fields["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, url.path + (f"?{url.query}" if url.query else ""), body, fields)
            answer = connection.getresponse()
            page = answer.read()
            if answer.getheader("Content-Type", "").startswith("text/"):
                page = page.decode()
        finally:
            self._done(connection)
        self.status = answer.status
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._cookies.update([value.split(";")[0].split("=", 1)])
        if answer.status == 303:
            return self._ask("GET", urllib.parse.urljoin(address, answer.getheader("Location")))
        return page

    def cookie(self, name):
        return self._cookies[name]

    def get(self, address):
        return self._ask("GET", address)

    def post(self, address, fields):
        return self._ask("POST", address, urllib.parse.urlencode(fields))


class SteadyClient(Client):
    """Keeps its connection as a browser does."""

    def __init__(self):
        super().__init__()
        self._kept = None

    def __del__(self):
        if self._kept:
            self._kept.close()

    def _connection(self, url):
        if self._kept is None or (self._kept.host, self._kept.port) != (url.hostname, url.port):
            self._kept = super()._connection(url)
        return self._kept

    def _done(self, connection):
        """http.client opens it anew when the server has closed it in good order."""
