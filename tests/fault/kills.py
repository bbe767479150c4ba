"""Kills the server at random points under fifty writers and looks at what it leaves: every receipt that was shown opens with the
right state, officers read the right text, nothing is half-filed, and the next start answers within five seconds.

SUCHARIT_BUILD=build python3 tests/fault/kills.py [--kills 200] [--seed N] [--power-cuts]
"""
import argparse
import concurrent.futures
import random
import re
import shutil
import socket
import statistics
import subprocess
import time

from agency import BUILD, PATIENCE, stopped_agency
from client import SteadyClient
from faulty_disk import FaultyDisk
from forms import text_of
from load import MARK, STATES, WRITERS, Load, Shown, text_with
from people import CASE, Officer

BACK_IN = 5.0  # seconds from the start to the first answer
LONGEST_LOAD, LONGEST_START, LONGEST_STOP = 0.8, 0.5, 0.3  # seconds until the kill
SYNC_DELAY_US = 3000  # as a slow disk: more kills fall between a write and its sync
KINDS = ("load", "load", "load", "start", "night", "stop")
READERS = 16
OF_ONE_AGENCY = 13  # kills; then everything is read and a fresh one begins, because every look takes time for all cases
SOME_CASES = 40
OLDER = 20  # receipts of earlier rounds that are opened after each kill


def check_store(folder, credential, *options):
    """{name: number} of what store_check says about an agency that is not running."""
    done = subprocess.run([BUILD / "tests/fault/store_check", folder, credential, *options], text=True, capture_output=True,
                          timeout=PATIENCE)
    assert done.returncode == 0, f"the store does not open: {done.stderr}"
    return {name: int(number) for name, number in (line.split() for line in done.stdout.splitlines())}


def assert_whole(folder, credential):
    found = check_store(folder, credential)
    wrong = {name: number for name, number in found.items() if number and not name.startswith("count.")}
    assert not wrong, f"not whole: {wrong}"
    assert "fault.cipher" in found, f"not everything was looked at: {found}"
    return found


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def nothing():
    """What comes before a kill at any moment."""


class Kills:
    """`known`: {path of a case: mark of its report}; `back`: seconds from each start to the first answer; `unsynced`: bytes that the
    power cuts met unsynced."""

    def __init__(self, agency, seed, power_cuts=False, tell=None, longest_load=LONGEST_LOAD):
        self._longest_load = longest_load
        self.agency, self.chance, self._tell = agency, random.Random(seed), tell
        self.shown, self.known = Shown(), {}
        self.disk = FaultyDisk(agency, power_cuts=True) if power_cuts else None
        if self.disk:
            self.disk.sync_delay_us = SYNC_DELAY_US
        self.back, self.unsynced, self._opened = [], 0, 0

    def run(self, kills):
        self.agency.start()
        kinds = [KINDS[number % len(KINDS)] for number in range(kills)]  # each kind in a short run too
        self.chance.shuffle(kinds)
        for number, kind in enumerate(kinds):
            getattr(self, "_kill_at_" + kind)()
            self._after_the_kill()
            self._start_measured()
            self.verify(everything=False)
            if self._tell:
                self._tell(f"{number + 1:4} {kind:5}  receipts {len(self.shown.receipts):6}  cases {len(self.known):6}  "
                           f"back in {self.back[-1]:.2f} s  unsynced {self.unsynced}")
        self.verify(everything=True)
        assert len(self.shown.receipts) > kills, "too few were shown a receipt for this to mean anything"
        slow = [seconds for seconds in self.back if seconds >= BACK_IN]
        assert not slow, f"{len(slow)} of {kills} starts took longer than {BACK_IN} s, the longest {max(slow):.2f} s"

    # ---- the moments

    def _wait(self, longest):
        """The moment of a kill: nothing else here waits for time to pass."""
        time.sleep(self.chance.uniform(0, longest))

    def _kill_at_load(self, *, ended=nothing):
        load = Load(self.agency, self.shown, self.chance, self.known)
        load.start()
        self._wait(self._longest_load)
        ended()
        self.agency.kill()
        load.join()
        if ended is nothing:
            assert load.cut_off >= WRITERS / 2, f"only {load.cut_off} of {WRITERS} were at work: such a kill says little"

    def _kill_at_stop(self):
        def ended():
            self.agency.process.terminate()
            self._wait(LONGEST_STOP)
        self._kill_at_load(ended=ended)

    def _kill_at_start(self):
        self._kill_at_load()
        self._after_the_kill()
        self.agency.begin()
        self._wait(LONGEST_START)
        self.agency.kill()

    def _kill_at_night(self):
        """A missed batch runs before the program says that it is ready; people are let in meanwhile."""
        self._kill_at_load()
        self._after_the_kill()
        check_store(self.agency.folder, f"{self.agency.folder}.key", "--miss-a-night")
        if self.disk:
            self.disk.take_image()
        self.agency.reporter_port, self.agency.officer_port = free_port(), free_port()
        self.agency.begin("--reporter-port", str(self.agency.reporter_port), "--officer-port", str(self.agency.officer_port))
        self._wait_until_let_in()
        self._kill_at_load()

    def _wait_until_let_in(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.agency.officer_port), timeout=PATIENCE).close()
                return
            except OSError:
                assert self.agency.process.poll() is None, "the program ended: " + (self.agency.home / "stderr.log").read_text()[-300:]
        raise AssertionError("nobody is let in")

    # ---- what they leave

    def _after_the_kill(self):
        if self.disk:
            self.unsynced += self.disk.cut_power(self.chance)
        copy = self.agency.home / "copy"  # the program itself must meet the files as the kill left them
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.agency.folder, copy)
        assert_whole(copy, f"{self.agency.folder}.key")

    def _start_measured(self):
        begun = time.monotonic()
        self.agency.start()
        SteadyClient().get(self.agency.reporters + "/")
        self.back.append(time.monotonic() - begun)

    def verify(self, everything=False):
        """Receipts and cases that are new since the last look, and some older ones, or everything."""
        marks = list(self.shown.receipts)
        older = self.chance.sample(marks[:self._opened], min(self._opened, OLDER))
        looked_at = set(marks) if everything else set(marks[self._opened:]) | set(older)
        self._opened = len(marks)
        states = self._read_cases(everything)
        lost = set(marks) - set(self.known.values()) if everything else None
        assert not lost, f"{len(lost)} reports whose receipt was shown are not among the officers' cases"
        # At once: an answer about a receipt leaves only at whole steps of time.
        clients = [SteadyClient() for _ in range(READERS)]
        with concurrent.futures.ThreadPoolExecutor(READERS) as readers:
            done = [readers.submit(self._open_receipts, client, list(looked_at)[number::READERS], states)
                    for number, client in enumerate(clients)]
        for each in done:
            each.result()

    def _read_cases(self, everything):
        """{mark: state} of the cases that an officer reads: all, or some of those in the queue and of those read before."""
        client = SteadyClient()
        officer = Officer(self.agency.officer_face, client.get, client.post)
        queue = officer.sign_in("legal", self.agency.officers()["legal"])
        paths = sorted(officer.cases() if everything else {*re.findall(CASE, queue), *self.known})
        states = {}
        for path in paths if everything else self.chance.sample(paths, min(len(paths), SOME_CASES)):
            page = officer.get(path)
            mark = re.search(MARK, page)[0]
            assert self.known.setdefault(path, mark) == mark, "a case has another text"
            assert text_with(mark) in page, "an officer reads another text than was sent"
            for more in self.shown.messages.get(mark, []) + self.shown.replies.get(mark, []):
                assert text_with(more) in page, "a message that was accepted is not in the case"
            states[mark] = text_of(page, "state")
            order = list(STATES)
            moved = self.shown.states.get(mark, order[0])
            assert order.index(states[mark]) >= order.index(moved), f"moved to {moved}, stands at {states[mark]}"
        assert len(set(self.known.values())) == len(self.known), "a report stands twice"
        return states

    def _open_receipts(self, client, marks, states):
        for mark in marks:
            self._open_receipt(client, mark, states.get(mark))

    def _open_receipt(self, client, mark, state):
        page = client.post(self.agency.reporters + "/track", {"receipt": self.shown.receipts[mark], "action": "open"})
        assert client.status == 200, f"a receipt that was shown is answered {client.status}"
        told, least = text_of(page, "state"), STATES[self.shown.states.get(mark, list(STATES)[0])]
        fits = told == STATES[state] if state else told in list(STATES.values())[list(STATES.values()).index(least):]
        assert fits, f"told {told}, moved to {least}, stands at {state}"
        sent = page.split('id="sent"')[1].split("</ul>")[0].count("<li>")
        assert sent >= 1 + len(self.shown.messages.get(mark, [])), "a message that was accepted is not listed"
        for reply in self.shown.replies.get(mark, []):
            assert text_with(reply) in page, "a reply that was accepted is not told"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    arguments.add_argument("--power-cuts", action="store_true", help="each kill also loses what was not synced")
    given = arguments.parse_args()
    print(f"seed {given.seed}", flush=True)
    receipts, back, unsynced = 0, [], 0
    for begun in range(0, given.kills, OF_ONE_AGENCY):
        with stopped_agency() as agency:
            kills = Kills(agency, given.seed + begun, given.power_cuts, lambda line: print(line, flush=True))
            kills.run(min(OF_ONE_AGENCY, given.kills - begun))
            assert agency.end() == 0
            found = assert_whole(agency.folder, f"{agency.folder}.key")
        receipts, back, unsynced = receipts + len(kills.shown.receipts), back + kills.back, unsynced + kills.unsynced
        print(f"{begun + len(kills.back)} kills, {receipts} receipts shown and all open, {found['count.cases']} cases in this agency, "
              f"back in at most {max(back):.2f} s (median {statistics.median(back):.2f} s)"
              + (f", {unsynced} bytes met unsynced" if given.power_cuts else ""), flush=True)


if __name__ == "__main__":
    main()
