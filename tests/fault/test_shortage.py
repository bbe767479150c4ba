"""Too little memory or too few descriptors: some are answered 503 or not at all, nobody is shown a receipt that does not stand, and
once there is enough again everything is as before. The limits are set on the running program."""
import contextlib
import pathlib
import resource
import socket
import threading
import unittest

from agency import running_agency
from client import Client
from forms import forms, receipt_of, text_of
from kills import assert_whole
from load import CUT_OFF
from people import Citizen

CROWD = 24
LARGE = "ก" * 9000  # the longest that the form takes in one field
UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


class Shortage(unittest.TestCase):
    def setUp(self):
        self.receipts, self.statuses, self.lock = [], {}, threading.Lock()

    @contextlib.contextmanager
    def agency(self):
        with running_agency() as agency:
            client = Client()
            self.citizen = Citizen(agency.reporters, client.get, client.post)
            yield agency
            self.assertIsNone(agency.process.poll(), "the program ended")
            self.assertEqual(text_of(self.citizen.track(self.citizen.file({"facts": LARGE, "subject_unknown": "yes"})), "finished"), None)
            for receipt in self.receipts:
                self.assertTrue(text_of(self.citizen.track(receipt), "state"), "a receipt that was shown does not open")
            self.assertEqual(agency.end(), 0)
            assert_whole(agency.folder, f"{agency.folder}.key")

    def visit(self, agency, form, login):
        """One person's step; how it was answered is counted."""
        client = Client()
        try:
            if login:
                page = client.get(agency.officer_face + "/login")
                if client.status == 200:
                    knock = forms(page)["sign-in"].filled({"login": "legal", "passphrase": "wrong"})
                    client.post(agency.officer_face + "/login", knock)
            else:
                page = client.post(agency.reporters + form.action, form.filled({"step": "file"}))
                if client.status == 200:
                    with self.lock:
                        self.receipts.append(receipt_of(page))
            answered = client.status
        except CUT_OFF:
            answered = "closed"
        with self.lock:
            self.statuses[answered] = self.statuses.get(answered, 0) + 1

    def crowd(self, agency, prepared):
        people = [threading.Thread(target=self.visit, args=(agency, form, number % 4 == 0)) for number, form in enumerate(prepared)]
        for person in people:
            person.start()
        for person in people:
            person.join()

    def test_short_of_memory(self):
        with self.agency() as agency:
            pid = agency.process.pid
            checks = [self.citizen.check({"facts": LARGE, "subject_unknown": "yes"}) for _ in range(CROWD)]
            for spare in (4 << 20, 1 << 20, 256 << 10, 0):
                resource.prlimit(pid, resource.RLIMIT_AS, (mapped(pid) + spare, resource.RLIM_INFINITY))
                self.crowd(agency, checks)
                resource.prlimit(pid, resource.RLIMIT_AS, UNLIMITED)
                self.assertIsNone(agency.process.poll(), f"the program ended with {spare} spare bytes: {self.statuses}")
            self.assertLessEqual(set(self.statuses), {200, 403, 500, 503, "closed"})
            self.assertGreater(sum(count for status, count in self.statuses.items() if status not in (200, 403)), 0,
                               f"memory was not short: {self.statuses}")

    def test_short_of_descriptors(self):
        with self.agency() as agency:
            pid = agency.process.pid
            checks = [self.citizen.check({"facts": LARGE, "subject_unknown": "yes"}) for _ in range(CROWD)]
            used = len(list(pathlib.Path(f"/proc/{pid}/fd").iterdir()))
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 8, 4096))
            with contextlib.ExitStack() as idle:
                for port in (agency.reporter_port, agency.officer_port) * 20:
                    idle.enter_context(contextlib.closing(socket.create_connection(("127.0.0.1", port), timeout=10)))
                resource.prlimit(pid, resource.RLIMIT_NOFILE, (used + 8, 4096))
                self.assertIsNone(agency.process.poll(), "the program ended")
            self.crowd(agency, checks)
            resource.prlimit(pid, resource.RLIMIT_NOFILE, (4096, 4096))
            self.assertIsNone(agency.process.poll(), f"the program ended: {self.statuses}")
            self.assertLessEqual(set(self.statuses), {200, 403, 503, "closed"})


def mapped(pid):
    """Bytes of address space that the process has."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmSize:")[1].split()[0]) << 10


if __name__ == "__main__":
    unittest.main()
