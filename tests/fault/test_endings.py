"""How the program ends: told to, it finishes what has begun; killed, it has lost nothing that it had called accepted."""
import http.client
import socket
import ssl
import threading
import unittest
import urllib.parse

from agency import running_agency, stopped_agency
from client import TRUSTING, TIMEOUT, Client
from forms import receipt_of, text_of
from people import Citizen

WRITERS = 8
KILLS = 5
FILED_BEFORE_A_KILL = 6
ANSWERS = {"facts": "เหตุการณ์ระหว่างที่เครื่องดับ", "subject_unknown": "yes"}


def citizen_of(agency):
    client = Client()
    return Citizen(agency.reporters, client.get, client.post)


class Writers:
    """Citizens who file one report after another until the server is gone; `receipts` are those that were shown whole."""

    def __init__(self, agency):
        self.receipts, self._news = [], threading.Condition()
        self._threads = [threading.Thread(target=self._write, args=(citizen_of(agency),)) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self, citizen):
        try:
            while True:
                receipt = citizen.file(ANSWERS)
                with self._news:
                    self.receipts.append(receipt)
                    self._news.notify_all()
        except (OSError, ssl.SSLError, http.client.HTTPException):
            pass  # the server was killed
        finally:
            with self._news:
                self._news.notify_all()

    def wait_for(self, count):
        with self._news:
            assert self._news.wait_for(lambda: len(self.receipts) >= count or not any(t.is_alive() for t in self._threads),
                                       timeout=TIMEOUT), "no receipt came"

    def join(self):
        for thread in self._threads:
            thread.join(TIMEOUT)
            assert not thread.is_alive(), "a writer hangs"


class Endings(unittest.TestCase):
    def test_every_receipt_that_was_shown_opens_after_kills_under_load(self):
        shown = []
        with stopped_agency() as agency:
            for _ in range(KILLS):
                agency.start()
                writers = Writers(agency)
                writers.wait_for(FILED_BEFORE_A_KILL)
                agency.kill()
                writers.join()
                self.assertGreaterEqual(len(writers.receipts), FILED_BEFORE_A_KILL)
                shown += writers.receipts
            agency.start()
            self.assertEqual(len(shown), len(set(shown)), "two reports have one receipt")
            citizen = citizen_of(agency)
            for receipt in shown:
                self.assertTrue(text_of(citizen.track(receipt), "state"), "a receipt that was shown does not open")
            self.assertEqual(agency.end(), 0)

    def test_a_report_sent_again_after_a_lost_answer_has_the_same_receipt(self):
        with stopped_agency() as agency:
            agency.start()
            check = citizen_of(agency).check(ANSWERS)
            first = citizen_of(agency).send(check)
            agency.kill()
            agency.start()
            citizen = citizen_of(agency)
            self.assertEqual(citizen.send(check), first)
            self.assertEqual(citizen.track(first).split('id="sent"')[1].split("</ul>")[0].count("<li>"), 1)

    def test_told_to_end_it_answers_the_request_that_has_begun(self):
        with stopped_agency() as agency:
            agency.start()
            check = citizen_of(agency).check(ANSWERS)
            body = urllib.parse.urlencode(check.filled({"step": "file"})).encode()
            head = (f"POST {check.action} HTTP/1.1\r\nHost: 127.0.0.1:{agency.reporter_port}\r\nContent-Length: {len(body)}\r\n"
                    "Content-Type: application/x-www-form-urlencoded\r\n\r\n").encode()
            raw = socket.create_connection(("127.0.0.1", agency.reporter_port), timeout=TIMEOUT)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else the kernel holds the bytes back
            with TRUSTING.wrap_socket(raw, server_hostname="127.0.0.1") as connection:
                connection.sendall(head + body[:10])
                citizen_of(agency).get("/")  # answered later, so what was sent before has been read
                agency.process.terminate()
                self.wait_until_nobody_is_let_in(agency)
                connection.sendall(body[10:])
                answer = http.client.HTTPResponse(connection)
                answer.begin()
                page = answer.read().decode()
            self.assertEqual(answer.status, 200)
            receipt = receipt_of(page)
            self.assertEqual(agency.process.wait(TIMEOUT), 0)
            agency.start()
            self.assertTrue(text_of(citizen_of(agency).track(receipt), "state"))

    def wait_until_nobody_is_let_in(self, agency):
        for _ in range(100_000):
            try:
                socket.create_connection(("127.0.0.1", agency.reporter_port), timeout=TIMEOUT).close()
            except OSError:
                return
        self.fail("it still lets people in")

    def test_interrupted_from_the_keyboard_it_ends_well(self):
        with running_agency() as agency:
            agency.process.send_signal(2)
            self.assertEqual(agency.process.wait(TIMEOUT), 0)

    def test_an_idle_connection_does_not_hold_up_the_end(self):
        with stopped_agency() as agency:
            agency.start()
            raw = socket.create_connection(("127.0.0.1", agency.reporter_port), timeout=TIMEOUT)
            with TRUSTING.wrap_socket(raw, server_hostname="127.0.0.1") as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                self.assertTrue(connection.recv(1))
                agency.process.terminate()
                self.assertEqual(agency.process.wait(TIMEOUT), 0)


if __name__ == "__main__":
    unittest.main()
