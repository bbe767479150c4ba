"""A disk that is full or fails: nobody is shown a receipt for what does not stand, the text stays on the page, reading goes on, and
when there is room again the program goes on without a restart."""
import contextlib
import errno
import os
import random
import subprocess
import tempfile
import unittest

from agency import PATIENCE, refused_start, running_agency, stopped_agency
from client import SteadyClient
from faulty_disk import FaultyDisk
from forms import forms, receipt_of, text_of
from kills import assert_whole, check_store
from load import text_with
from people import WRITTEN, Citizen, Officer
from small_disk import small_disk

NOT_ACCEPTED = "ระบบบันทึกเรื่องไม่ได้ เรื่องยังไม่ได้ส่ง ข้อความที่ท่านพิมพ์ยังอยู่ครบ"
NOT_WRITTEN = "ระบบทำรายการไม่ได้ ข้อความยังไม่ได้ส่ง สิ่งที่ท่านพิมพ์ยังอยู่ครบ"
UNLOGGED = "จะไม่เปิดเรื่องใดโดยไม่มีบันทึกว่าใครเปิดอ่าน"
NOT_ACTED = "จึงยังไม่ได้บันทึกสิ่งใด คัดลอกข้อความด้านล่างไว้ก่อน"
UNSAVED, SAVED = "error complaints cannot be saved: ", "info complaints are saved again"
MARKS = random.Random(3)


def fresh_text():
    return text_with(f"M{MARKS.getrandbits(80):020x}")


class People:
    """A citizen with a receipt from better days, and an officer who has the case open."""

    def __init__(self, test, agency):
        self.test, self.agency = test, agency
        self.client, self.desk, self.texts = SteadyClient(), SteadyClient(), [fresh_text()]
        self.move_in()
        self.receipts = [self.citizen.file({"facts": self.texts[0], "subject_unknown": "yes"})]
        self.sign_in()
        self.path = self.officer.cases().pop()
        self.page = self.officer.act(self.officer.get(self.path), "register", {"category": "procurement"})

    def move_in(self):
        """After each start: its ports are others."""
        self.citizen = Citizen(self.agency.reporters, self.client.get, self.client.post)
        self.officer = Officer(self.agency.officer_face, self.desk.get, self.desk.post)

    def sign_in(self):
        self.officer.sign_in("legal", self.agency.officers()["legal"])
        if hasattr(self, "path"):
            self.page = self.officer.get(self.path)

    def prepared(self):
        """A check page that was shown before the disk failed: (form, text)."""
        text = fresh_text()
        return self.citizen.check({"facts": text, "subject_unknown": "yes"}), text

    def file(self, form, text):
        """Whether it was accepted; otherwise the page says so and keeps the text."""
        page = self.citizen.post(form, {"step": "file"})
        if self.client.status == 200:
            self.receipts.append(receipt_of(page))
            self.texts.append(text)
            return True
        self.test.assertEqual(self.client.status, 503)
        self.test.assertIn(NOT_ACCEPTED, page)
        self.test.assertIsNone(text_of(page, "receipt"))
        self.test.assertIn(("facts", text), forms(page)["report"].fields, "the text is gone")
        return False

    def write(self, receipt, text):
        case = forms(self.citizen.track(receipt))["track"]
        page = self.citizen.post(case, {"message": text, "action": "write"})
        if WRITTEN in page:
            return True
        self.test.assertIn(NOT_WRITTEN, page)
        self.test.assertIn(("message", text), forms(page)["track"].fields, "the text is gone")
        return False

    def act(self, event, texts, **ticked):
        """On the page that the officer has open. What was typed is shown again; a box is ticked again."""
        page = self.officer.act(self.page, event, {**texts, **ticked})
        if self.desk.status == 503:
            self.test.assertIn(NOT_ACTED, page)
            for text in texts.values():
                self.test.assertTrue(text in page, "the text is gone")
        return self.desk.status == 200

    def assert_reading_goes_on(self):
        self.assert_readers_go_on()
        self.test.assertIn(self.path, self.officer.get("/queue"))
        self.test.assertEqual(self.desk.status, 200)

    def assert_readers_go_on(self):
        self.test.assertIn("1205", self.citizen.get("/"))
        self.test.assertEqual(self.client.status, 200)
        for receipt in self.receipts:
            self.test.assertTrue(text_of(self.citizen.track(receipt), "state"), "a receipt that was shown does not open")

    def assert_the_operator_is_told(self):
        self.agency.wait_for_log(UNSAVED)
        self.agency.ask()  # it looks again
        self.test.assertNotIn(SAVED, self.log(), "the disk takes nothing yet")

    def assert_the_operator_is_told_that_it_is_over(self):
        """Before anybody sends something."""
        self.agency.wait_for_log(SAVED)
        self.test.assertEqual((self.log().count(UNSAVED), self.log().count(SAVED)), (1, 1))

    def log(self):
        return (self.agency.home / "stderr.log").read_text()

    def assert_no_case_opens_unlogged(self):
        page = self.officer.get(self.path)
        self.test.assertEqual(self.desk.status, 503)
        self.test.assertIn(UNLOGGED, page)
        self.test.assertFalse(self.texts[0] in page)

    def assert_nothing_is_written(self, forms_and_texts):
        """`forms_and_texts`: of reports. Each is refused, then a message, a reply and a move."""
        for form, text in forms_and_texts:
            self.test.assertFalse(self.file(form, text))
        self.test.assertFalse(self.write(self.receipts[0], fresh_text()))
        self.test.assertFalse(self.act("reply", {"message": fresh_text()}))
        self.test.assertFalse(self.act("screen", {}, no_conflict="yes"))

    def assert_writing_goes_on(self, forms_and_texts):
        """The same forms, sent again."""
        for form, text in forms_and_texts:
            self.test.assertTrue(self.file(form, text))
        more, reply = fresh_text(), fresh_text()
        self.test.assertTrue(self.write(self.receipts[0], more))
        self.test.assertTrue(self.act("reply", {"message": reply}))
        page = self.officer.get(self.path)
        self.test.assertTrue(self.texts[0] in page, "an officer does not read what was sent")
        self.test.assertTrue(more in page, "an officer does not read what was written")
        self.test.assertEqual(page.count(reply), 1)
        self.assert_reading_goes_on()

    def assert_whole_after_the_end(self):
        self.test.assertEqual(self.agency.end(), 0)
        found = assert_whole(self.agency.folder, f"{self.agency.folder}.key")
        self.test.assertEqual(found["count.cases"], len(self.receipts), "something stands for which nobody has a receipt")
        self.agency.start()
        self.move_in()
        self.sign_in()
        pages = [self.officer.get(path) for path in self.officer.cases()]
        for text in self.texts:
            self.test.assertEqual(sum(text in page for page in pages), 1, "an officer does not read what was sent")


class FailingDisk(unittest.TestCase):
    @contextlib.contextmanager
    def people(self):
        with stopped_agency() as agency:
            disk = FaultyDisk(agency)
            agency.start()
            people = People(self, agency)
            yield people, disk
            disk.heal()
            people.assert_whole_after_the_end()

    def assert_refused_until_healed(self, **faults):
        with self.people() as (people, disk):
            prepared = [people.prepared() for _ in range(3)]
            for name, value in faults.items():
                setattr(disk, name, value)
            people.assert_nothing_is_written(prepared)
            self.assertGreater(disk.failed, 0, "the disk did not fail")
            people.assert_reading_goes_on()
            people.assert_no_case_opens_unlogged()
            people.assert_the_operator_is_told()
            disk.heal()
            people.assert_the_operator_is_told_that_it_is_over()
            people.assert_writing_goes_on(prepared)

    def test_no_room(self):
        self.assert_refused_until_healed(write_errno=errno.ENOSPC)

    def test_a_write_that_fails(self):
        self.assert_refused_until_healed(write_errno=errno.EIO)

    def test_a_sync_that_fails(self):
        self.assert_refused_until_healed(sync_errno=errno.EIO)

    def test_a_quota(self):
        self.assert_refused_until_healed(write_errno=errno.EDQUOT)

    def test_half_of_a_write_and_then_no_room(self):
        self.assert_refused_until_healed(write_errno=errno.ENOSPC, write_after=3, short_writes=1)

    def test_failing_after_any_number_of_writes_leaves_nothing_by_halves(self):
        with self.people() as (people, disk):
            for after in (1, 2, 5, 9, 14, 20, 40):
                for fault in (errno.ENOSPC, errno.EIO):
                    prepared = [people.prepared() for _ in range(2)]
                    failed = disk.failed
                    disk.write_after, disk.write_errno = after, fault
                    refused = [each for each in prepared if not people.file(*each)]
                    self.assertTrue(refused or disk.failed == failed)
                    people.assert_reading_goes_on()
                    disk.heal()
                    self.assertTrue(all(people.file(*each) for each in refused))

    def test_short_writes_are_completed(self):
        with self.people() as (people, disk):
            disk.short_writes = 1
            people.assert_writing_goes_on([people.prepared() for _ in range(3)])

    def test_a_log_that_cannot_be_cut_off_harms_nobody(self):
        with self.people() as (people, disk):
            disk.truncate_errno = errno.EIO
            people.assert_writing_goes_on([people.prepared() for _ in range(3)])

    def test_a_read_that_fails_is_told_and_harms_nobody(self):
        with self.people() as (people, disk):
            entry = forms(people.citizen.get("/track"))["track"]
            self.assertTrue(people.file(*people.prepared()))  # so that readers find their pages changed
            disk.read_errno = errno.EIO
            page = people.citizen.post(entry, {"receipt": people.receipts[0], "action": "open"})
            self.assertIn("ระบบทำรายการไม่ได้", page)
            self.assertEqual(dict(forms(page)["track"].fields)["receipt"], people.receipts[0])
            self.assertIn("1205", people.citizen.get("/"))
            people.officer.get(people.path)
            self.assertEqual(people.desk.status, 503)
            disk.heal()
            people.assert_writing_goes_on([people.prepared()])

    def test_a_night_that_fails_is_told_and_harms_nobody(self):
        for faults in ({"write_errno": errno.ENOSPC}, {"write_errno": errno.EIO, "write_after": 60}, {"sync_errno": errno.EIO},
                       {"truncate_errno": errno.EIO}):
            with self.subTest(str(faults)), self.people() as (people, disk):
                self.assertEqual(people.agency.end(), 0)
                check_store(people.agency.folder, f"{people.agency.folder}.key", "--miss-a-night")
                for name, value in faults.items():
                    setattr(disk, name, value)
                people.agency.start()
                people.agency.wait_for_log("error nightly batch failed: ")
                people.move_in()
                people.assert_readers_go_on()
                disk.heal()
                people.sign_in()
                people.assert_writing_goes_on([people.prepared()])


class SmallDisk(unittest.TestCase):
    SIZE = 24 << 20  # bytes

    def fill(self, place, but=0):
        """Somebody else's file takes all the room."""
        with open(f"{place}/filler", "ab") as filler:
            room = os.statvfs(place)
            filler.write(bytes(max(0, room.f_bavail * room.f_frsize - but)))

    def empty(self, place):
        os.unlink(f"{place}/filler")

    def test_a_full_disk(self):
        with small_disk(self, self.SIZE) as place, running_agency(parent=place) as agency:
            people = People(self, agency)
            prepared = [people.prepared() for _ in range(60)]
            self.fill(place, but=300_000)
            refused = []
            for each in prepared:
                if not people.file(*each):
                    refused.append(each)
                    self.fill(place)  # what the program gave back is taken by others
            self.assertTrue(1 < len(refused) < len(prepared), "the disk did not fill up on the way")
            people.assert_reading_goes_on()
            self.assertFalse(people.act("reply", {"message": fresh_text() * 20}))
            people.assert_the_operator_is_told()
            self.empty(place)
            people.assert_the_operator_is_told_that_it_is_over()
            people.assert_writing_goes_on(refused)
            people.assert_whole_after_the_end()

    def test_a_start_on_a_full_disk_says_so_and_one_with_little_room_warns(self):
        with small_disk(self, self.SIZE) as place, running_agency(parent=place) as agency:
            people = People(self, agency)
            self.assertNotIn("a fifth", (agency.home / "stderr.log").read_text())
            self.assertEqual(agency.end(), 0)
            self.fill(place)
            status, said = refused_start(agency.folder)
            self.assertNotEqual(status, 0)
            self.assertIn("no room left", said)
            self.empty(place)
            self.fill(place, but=self.SIZE // 6)
            agency.start()
            people.move_in()
            agency.wait_for_log("warning less than a fifth of the disk")
            people.assert_readers_go_on()
            self.empty(place)
            people.assert_whole_after_the_end()


if __name__ == "__main__":
    unittest.main()
