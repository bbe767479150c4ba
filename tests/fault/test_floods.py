"""Slow and silent clients by the hundred, against the real program. While they are there an honest client is served as always, and
afterwards the program lets go of every one of them."""
import asyncio
import http.client
import math
import resource
import socket
import threading
import time
import unittest
import urllib.parse

from agency import running_agency, stopped_agency
from client import TRUSTING, TIMEOUT, Client
from forms import forms
from people import Citizen

SLOW = 500       # clients at a time
SILENT = 1200    # sockets that never speak TLS, more than a face has places
SAMPLES = 40     # honest ones of each kind
P95 = 2.0        # seconds
BANDWIDTH = 20_000     # bytes per second of the slowest honest line
LONGEST = {"subject_unknown": "yes", "facts": "ก" * 10_000, "witnesses": "ข" * 2_000, "elsewhere": "ค" * 800, "wish": "ง" * 800}
FEW_FILES = 660        # a limit of open files that leaves a few dozen connections
ANSWERS = {"subject_unknown": "yes", "facts": "เหตุการณ์ระหว่างที่มีผู้ก่อกวน " * 100}
POST = "POST /report HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "


def p95(samples):
    return sorted(samples)[math.ceil(len(samples) * 0.95) - 1]


class Slow:
    """Clients in a loop of their own thread, all connected when `with` begins and closed when it ends."""

    def __init__(self, port, count, behave):
        self.port, self.count, self.behave = port, count, behave
        self.loop, self.writers, self.tasks = asyncio.new_event_loop(), [], []

    def __enter__(self):
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self._open(), self.loop).result(timeout=50)
        return self

    async def _open(self):
        for start in range(0, self.count, 50):
            await asyncio.gather(*(self._one() for _ in range(min(50, self.count - start))))

    async def _one(self):
        line = socket.socket()
        # Small windows and segments, so that answers which nobody reads do not vanish in the buffers between.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        line.setblocking(False)
        await self.loop.sock_connect(line, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=line, ssl=TRUSTING, server_hostname="localhost", limit=4096)
        self.writers.append(writer)
        self.tasks.append(self.loop.create_task(self.behave(reader, writer)))

    def __exit__(self, *_):
        async def close():
            for task in self.tasks:
                task.cancel()
            for writer in self.writers:
                writer.transport.abort()
            await asyncio.gather(*self.tasks, return_exceptions=True)
        asyncio.run_coroutine_threadsafe(close(), self.loop).result(timeout=20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


async def drip(writer, text):
    for byte in text:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)  # this is how they behave, nothing waits for it


async def slow_head(_, writer):
    await drip(writer, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Filler: " + b"a" * 1000)


async def slow_body(_, writer):
    writer.write((POST + "200000\r\n\r\n").encode())
    await drip(writer, b"a" * 200000)


async def never_read(_, writer):
    writer.transport.pause_reading()
    while True:
        writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        await asyncio.sleep(1)


def silent_sockets(port, count, source):
    sockets = []
    for _ in range(count):
        sockets.append(socket.create_connection(("127.0.0.1", port), TIMEOUT, source_address=(source, 0)))
    return sockets


def page_time(port, source, path="/"):
    """Seconds until the page is there, from an address of its own."""
    begun = time.monotonic()
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=TRUSTING, timeout=TIMEOUT, source_address=(source, 0))
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, answer.status
    return time.monotonic() - begun


class Floods(unittest.TestCase):
    def setUp(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))

    def honest_times(self, agency):
        """Seconds for the home page, and for the last step of a filing, each on a connection of its own."""
        browser = Client()
        citizen = Citizen(agency.reporters, browser.get, browser.post)
        pages, filings = [], []
        for _ in range(SAMPLES):
            check = citizen.check(ANSWERS)
            begun = time.monotonic()
            citizen.send(check)
            filings.append(time.monotonic() - begun)
            pages.append(page_time(agency.reporter_port, "127.0.0.1"))
        return pages, filings

    def withstands(self, behave):
        with running_agency() as agency:
            with Slow(agency.reporter_port, SLOW, behave):
                pages, filings = self.honest_times(agency)
            self.assertLess(p95(pages), P95)
            self.assertLess(p95(filings), P95)
            agency.wait_until_released()
            print(f"p95 in seconds: page {p95(pages):.3f}, filing {p95(filings):.3f}")

    def test_five_hundred_slow_heads_delay_nobody(self):
        self.withstands(slow_head)

    def test_five_hundred_slow_bodies_delay_nobody(self):
        self.withstands(slow_body)

    def test_five_hundred_who_read_nothing_delay_nobody(self):
        self.withstands(never_read)

    def test_sockets_that_never_speak_keep_nobody_out(self):
        with running_agency() as agency:
            silent = silent_sockets(agency.reporter_port, SILENT, "127.0.0.3")
            try:
                for source in ("127.0.0.2", "127.0.0.3"):
                    self.assertLess(page_time(agency.reporter_port, source), P95, source)
            finally:
                for each in silent:
                    each.close()
            agency.wait_until_released()

    def test_a_line_of_20_kB_a_second_carries_the_longest_form(self):
        with running_agency() as agency:
            browser = Client()
            form = Citizen(agency.reporters, browser.get, browser.post).form()
            body = urllib.parse.urlencode(form.filled({**LONGEST, "acknowledge": "yes", "step": "check"}))
            connection = http.client.HTTPSConnection("127.0.0.1", agency.reporter_port, context=TRUSTING, timeout=TIMEOUT)
            connection.connect()
            sender = connection.sock
            sender.sendall((POST + f"{len(body)}\r\n\r\n").encode())
            for start in range(0, len(body), BANDWIDTH // 4):
                sender.sendall(body[start:start + BANDWIDTH // 4].encode())
                time.sleep(0.25)  # this is how fast the line is
            answer = http.client.HTTPResponse(sender, method="POST")
            answer.begin()
            page = answer.read().decode()
            sender.close()
            self.assertEqual(answer.status, 200)
            self.assertIn(LONGEST["facts"], page)

    def test_few_descriptors_keep_nobody_out_and_end_nothing(self):
        with stopped_agency() as agency:
            agency.prefix = ["prlimit", f"--nofile={FEW_FILES}:{FEW_FILES}"]
            agency.start()
            silent = silent_sockets(agency.reporter_port, 2 * FEW_FILES, "127.0.0.3")
            try:
                self.assertLess(page_time(agency.reporter_port, "127.0.0.2"), P95)
                self.assertLess(page_time(agency.officer_port, "127.0.0.2", "/login"), P95)
            finally:
                for each in silent:
                    each.close()
            agency.wait_until_released()
            self.assertEqual(agency.end(), 0)


if __name__ == "__main__":
    unittest.main()
