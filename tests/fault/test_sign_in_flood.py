"""A flood of sign-ins closes the door to nobody: not to an officer whose browser is known, not to one at another address,
and not to reporters; and it costs no more memory than the lane's own workers."""
import contextlib
import http.client
import pathlib
import statistics
import subprocess
import threading
import time
import unittest
import urllib.parse

from agency import running_agency
from client import TIMEOUT, TRUSTING
from forms import forms

STRANGERS = 200
SIGN_IN_WITHIN = 5  # seconds
READ_WITHIN = 2  # seconds, nineteen in twenty; on a machine that is busy with other things, ten times what it takes in peace
PAUSE = 0.5  # seconds of a stranger who found no place: two hundred in a tight loop would measure Python
MORE_MEMORY = 64  # MiB: one Argon2id of 8 MiB, the connections of the flood, what the allocator keeps


def ask(port, method, path, fields=None, cookie=None, source="127.0.0.1"):
    """(status, page, {cookie: value}) over a connection of its own from that address; None when it was cut."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=TRUSTING, timeout=TIMEOUT, source_address=(source, 0))
    body = urllib.parse.urlencode(fields) if fields else None
    head = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    try:
        connection.request(method, path, body, head | ({"Cookie": cookie} if cookie else {}))
        answer = connection.getresponse()
        page = answer.read().decode()
        set_cookies = [value.split(";")[0].split("=", 1) for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        return answer.status, page, dict(set_cookies)
    finally:
        connection.close()


def door(agency):
    """What a browser has after opening the sign-in page: (hidden field, cookie)."""
    _, page, cookies = ask(agency.officer_port, "GET", "/login")
    fields = dict(forms(page)["sign-in"].fields)
    return {"door": fields["door"]}, "__Host-sucharit-door=" + cookies["__Host-sucharit-door"]


class Flood:
    """Strangers at one address who try wrong passphrases, each again as soon as answered. `statuses`: what they were told."""

    def __init__(self, agency, cookie=None):
        self._field, self._cookie = door(agency)
        if cookie:
            self._cookie += "; " + cookie
        self._port, self._over, self._lock, self.statuses = agency.officer_port, threading.Event(), threading.Lock(), []
        self._threads = [threading.Thread(target=self._try, args=(number,)) for number in range(STRANGERS)]

    def _try(self, number):
        while not self._over.is_set():
            with contextlib.suppress(OSError, http.client.HTTPException):
                typed = {"login": f"guess{number}", "passphrase": "lusab-babad", **self._field}
                status, page, _ = ask(self._port, "POST", "/login", typed, self._cookie)
                with self._lock:
                    self.statuses.append(status)
                    full = status == 503
                    if full and (f"guess{number}" not in page or "lusab" in page):
                        self.statuses.append("the busy page does not keep the login, or shows the passphrase")
                if full:
                    self._over.wait(PAUSE)

    def wait_until_some_find_no_place(self):
        end = time.monotonic() + TIMEOUT
        while time.monotonic() < end:
            with self._lock:
                if self.statuses.count(503) >= STRANGERS // 4:
                    return
            self._over.wait(0.05)
        raise AssertionError("the flood does not fill the lane")

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join(TIMEOUT)


def resident(agency):
    status = pathlib.Path(f"/proc/{agency.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


class SignInFlood(unittest.TestCase):
    def sign_in(self, agency, login, cookie="", **options):
        """Seconds until let in, a 503 tried again as the page says; fails when that takes too long."""
        begun = time.monotonic()
        field, door_cookie = door(agency)
        fields = {"login": login, "passphrase": agency.officers()[login], **field}
        cookies = door_cookie + ("; " + cookie if cookie else "")
        while (answer := ask(agency.officer_port, "POST", "/login", fields, cookies, **options))[0] == 503:
            self.assertLess(time.monotonic() - begun, SIGN_IN_WITHIN, f"{login} finds no place")
        took = time.monotonic() - begun
        self.assertEqual(answer[0], 303)
        self.assertLess(took, SIGN_IN_WITHIN)
        return took, answer[2]

    def read_95(self, agency):
        reads = []
        for _ in range(40):  # another process: this one is busy being the flood
            told = subprocess.run(["curl", "-sk", "-o", "/dev/null", "-w", "%{http_code} %{time_total}", agency.reporters + "/"],
                                  check=True, capture_output=True, text=True, timeout=TIMEOUT).stdout.split()
            self.assertEqual(told[0], "200")
            reads.append(float(told[1]))
        return statistics.quantiles(reads, n=20)[18]

    def test_officers_and_reporters_get_in_while_strangers_crowd_the_door(self):
        with running_agency() as agency:
            _, cookies = self.sign_in(agency, "legal")
            known = "__Host-sucharit-known=" + cookies["__Host-sucharit-known"]
            before, in_peace = resident(agency), self.read_95(agency)
            with Flood(agency) as flood:
                flood.wait_until_some_find_no_place()
                by_cookie, _ = self.sign_in(agency, "legal", cookie=known)
                elsewhere, _ = self.sign_in(agency, "clerk", source="127.0.0.2")
                slowest = self.read_95(agency)
                grown = resident(agency) - before
            print(f"known browser {by_cookie:.2f} s, other address {elsewhere:.2f} s, GET / p95 {slowest:.2f} s ({in_peace:.2f} s in peace), "
                  f"{grown} MiB more, {flood.statuses.count(403)} refused, {flood.statuses.count(503)} without a place")
            self.assertLess(slowest, max(READ_WITHIN, 10 * in_peace))
            self.assertLess(grown, MORE_MEMORY)
            self.assertEqual(set(flood.statuses), {403, 503})

    def test_with_a_copied_token_strangers_shut_out_neither_its_owner_nor_another_officer(self):
        with running_agency() as agency:
            known = {login: "__Host-sucharit-known=" + self.sign_in(agency, login)[1]["__Host-sucharit-known"]
                     for login in ("legal", "clerk")}
            with Flood(agency, known["legal"]) as flood:
                flood.wait_until_some_find_no_place()
                owner, _ = self.sign_in(agency, "legal", cookie=known["legal"], source="127.0.0.2")
                another, _ = self.sign_in(agency, "clerk", cookie=known["clerk"])
            print(f"owner of the token {owner:.2f} s, another officer {another:.2f} s")

    def test_a_known_browser_finds_a_place_that_its_address_does_not(self):
        with running_agency() as agency:
            _, cookies = self.sign_in(agency, "legal")
            known = "__Host-sucharit-known=" + cookies["__Host-sucharit-known"]
            field, door_cookie = door(agency)
            fields = {"login": "legal", "passphrase": "wrong", **field}
            with Flood(agency) as flood:
                flood.wait_until_some_find_no_place()
                told = [ask(agency.officer_port, "POST", "/login", fields, f"{door_cookie}; {known}")[0] for _ in range(20)]
                forged = [ask(agency.officer_port, "POST", "/login", fields, f"{door_cookie}; {known[:-4]}AAAA")[0] for _ in range(20)]
            self.assertEqual(set(told), {403}, "a known browser was turned away")
            self.assertIn(503, forged, "a forged token finds a place: the flood is too small, or anybody is known")


if __name__ == "__main__":
    unittest.main()
