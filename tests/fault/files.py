"""Files as a browser sends them, and what of them lies on the disk."""
import contextlib
import http.client
import re
import secrets
import time
import urllib.parse

from client import TRUSTING

PATIENCE = 60  # seconds for the answer behind the last byte
PIECE = 64 << 10
LINK = re.compile(r'href="(/cases/[0-9a-f]{32}/files/[0-9a-f]{32})[^"]*">([^<]*)</a>')
RESULT = re.compile(r'<li><strong class="app-text">([^<]*)</strong><br><span( class="govuk-error-message")?>', re.S)


def multipart(receipt, files, keep):
    """(content type, body): the form of the tracking page, its fields before its files."""
    mark = "----" + secrets.token_hex(12)
    fields = {"receipt": receipt, **({"keep": "yes"} if keep else {})}
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, content in files:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts += [head.encode(), content, b"\r\n"]
    return f"multipart/form-data; boundary={mark}", b"".join(parts) + f"--{mark}--\r\n".encode()


class Upload:
    """One form with files on its way, in as many steps as wanted."""

    def __init__(self, origin, receipt, files, keep=True):
        url = urllib.parse.urlsplit(origin)
        kind, self.body = multipart(receipt, files, keep)
        self.sent = 0
        self._connection = http.client.HTTPSConnection(url.hostname, url.port, context=TRUSTING, timeout=PATIENCE)
        self._connection.putrequest("POST", "/track/files")
        self._connection.putheader("Content-Type", kind)
        self._connection.putheader("Content-Length", str(len(self.body)))
        self._connection.endheaders()

    def send(self, until=None):
        """As many bytes of the body, in all."""
        until = len(self.body) if until is None else until
        while self.sent < until:
            piece = self.body[self.sent:min(until, self.sent + PIECE)]
            self._connection.send(piece)
            self.sent += len(piece)
        return self

    def send_at(self, bytes_per_second):
        """To its end, as slowly as that."""
        begun, piece = time.monotonic(), max(1, bytes_per_second // 10)
        while self.sent < len(self.body):
            self.send(min(len(self.body), self.sent + piece))
            time.sleep(max(0, begun + self.sent / bytes_per_second - time.monotonic()))
        return self

    def answer(self):
        """(status, {name: whether it was stored}, page)"""
        answer = self._connection.getresponse()
        page = answer.read().decode()
        self.close()
        return answer.status, {name: not refused for name, refused in RESULT.findall(page)}, page

    def close(self):
        self._connection.close()


def downloads(origin, client, page):
    """{name of a file: its bytes}, of all that the page of a case offers to the officer who is signed in with the client."""
    url = urllib.parse.urlsplit(origin)
    found = {}
    for path, name in dict.fromkeys(LINK.findall(page)):
        connection = http.client.HTTPSConnection(url.hostname, url.port, context=TRUSTING, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path + "/download", headers={"Cookie": client.cookies()})
            answer = connection.getresponse()
            found[name] = answer.read()
            assert answer.status == 200, f"{name} is answered {answer.status}"
    return found


def on_disk(agency):
    """(names of complete files, names of incomplete ones)"""
    shelves = agency.folder / "files"
    parts = [path for path in (shelves / "parts").iterdir()]
    return [path for path in shelves.glob("??/*") if path.parent.name != "parts"], parts
