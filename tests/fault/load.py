"""Fifty people at work until the server is gone, and what they were told that stands."""
import http.client
import random
import re
import ssl
import threading

from agency import PATIENCE
from client import SteadyClient
from forms import forms, receipt_of, text_of
from people import WRITTEN, Citizen, Officer

WRITERS = 50
CUT_OFF = (OSError, ssl.SSLError, http.client.HTTPException)  # what a killed server's clients meet
WORDS = "เจ้าหน้าที่ เรียกเงิน ค่าลงนาม ตรวจรับงาน ไม่ตรง ตามแบบ ผู้รับจ้าง รายเดิม ทุกครั้ง".split()
MARK = r"M[0-9a-f]{20}"
# Officers' states as far as the officer here moves a case, and what the reporter is told of each.
STATES = {"ได้รับเรื่อง (รอลงทะเบียน)": "ได้รับเรื่องแล้ว", "ลงทะเบียนรับเรื่องแล้ว": "ได้รับเรื่องแล้ว",
          "อยู่ระหว่างพิจารณาเบื้องต้น": "กำลังพิจารณา"}


def text_with(mark):
    """A text that its mark decides whole, so that a part of it or of another one is seen."""
    chance = random.Random(mark)
    return " ".join((mark, *(chance.choice(WORDS) for _ in range(chance.randint(20, 400))), mark))


class Shown:
    """By the mark of the report: its receipt, the marks of further messages and of replies, the state it was moved to."""

    def __init__(self):
        self.lock = threading.Lock()
        self.receipts, self.messages, self.replies, self.states = {}, {}, {}, {}

    def note(self, table, mark, value):
        with self.lock:
            if table is self.messages or table is self.replies:
                table.setdefault(mark, []).append(value)
            else:
                table[mark] = value


class Load:
    """`known`: {path of a case: mark of its report}, for the officer among them. `cut_off`: how many were in the middle of a request when
    the server went."""

    def __init__(self, agency, shown, chance, known, writers=WRITERS):
        self._agency, self._shown, self._known = agency, shown, dict(known)
        self._gone, self._surprise, self.cut_off = threading.Event(), None, 0
        people = [self._officer, *[self._citizen] * (writers - 1)]
        self._threads = [threading.Thread(target=self._work, args=(person, chance.getrandbits(80))) for person in people]

    def start(self):
        for thread in self._threads:
            thread.start()

    def join(self):
        """After the kill."""
        self._gone.set()
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a writer hangs"
        if self._surprise:
            raise self._surprise

    def _work(self, person, seed):
        try:
            person(random.Random(seed))
        except CUT_OFF:
            with self._shown.lock:
                self.cut_off += 1
        except Exception as surprise:  # raised by join()
            self._surprise = surprise

    def _citizen(self, chance):
        client, origin = SteadyClient(), self._agency.reporters
        while not self._gone.is_set():
            mark = f"M{chance.getrandbits(80):020x}"
            form = client.post(origin + "/report", {"about": "yes", "step": "start"})
            once = re.search(r'name="once" value="([^"]*)"', form)
            if not once and client.status == 503:
                continue
            page = client.post(origin + "/report", {"once": once[1], "step": "file", "acknowledge": "yes",
                                                    "subject_unknown": "yes", "facts": text_with(mark)})
            if client.status == 503:
                continue
            receipt = receipt_of(page)
            self._shown.note(self._shown.receipts, mark, receipt)
            if chance.random() < 0.3:
                more = f"M{chance.getrandbits(80):020x}"
                if WRITTEN in Citizen(origin, client.get, client.post).write(receipt, text_with(more)):
                    self._shown.note(self._shown.messages, mark, more)

    def _officer(self, chance):
        client = SteadyClient()
        officer = Officer(self._agency.officer_face, client.get, client.post)
        officer.sign_in("legal", self._agency.officers()["legal"])
        paths = list(self._known)
        while paths and not self._gone.is_set():
            path = paths.pop(chance.randrange(len(paths)))
            mark, page = self._known[path], officer.get(path)
            for event, answers in (("register", {"category": "procurement"}), ("screen", {"no_conflict": "yes"})):
                if "form-" + event in forms(page):
                    page = officer.act(page, event, answers)
                    if client.status == 200:
                        self._shown.note(self._shown.states, mark, text_of(page, "state"))
            reply = f"M{chance.getrandbits(80):020x}"
            if "form-reply" in forms(page):
                officer.act(page, "reply", {"message": text_with(reply)})
                if client.status == 200:
                    self._shown.note(self._shown.replies, mark, reply)
