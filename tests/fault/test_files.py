"""Files that come while the program is killed, the disk is full or the line is slow."""
import contextlib
import os
import pathlib
import random
import secrets
import shutil
import struct
import threading
import unittest
import zlib

from agency import running_agency, stopped_agency
from client import Client
from files import Upload, downloads, on_disk
from forms import text_of
from kills import assert_whole
from load import CUT_OFF
from people import Citizen, Officer
from small_disk import small_disk
from traces import SYSTEM_FOLDERS, Canary, entries, files_new_since, open_files, own_temporary_folder

UPLOADERS = 20
KILLS = 3
PATIENCE = 60  # s
FILE = 3 << 20  # bytes
SLOW = 20_000  # bytes a second
NO_ROOM = "ที่เก็บข้อมูลใกล้เต็ม ระบบสงวนที่ที่เหลือไว้รับเรื่อง โปรดส่งใหม่ภายหลัง ข้อความยังส่งได้ตามปกติ"
SMALL_DISK = 48 << 20  # bytes; a fifth of it is kept for complaints
MEANWHILE = {"facts": "ก" * 90, "subject_unknown": "yes"}


def citizen_of(agency):
    client = Client()
    return Citizen(agency.reporters, client.get, client.post)


class Uploaders:
    """Each sends one file after the other to a case of its own until its connection breaks. `told`: {name: content} of what was called stored."""

    def __init__(self, agency, receipts, told):
        self.cut_off, self._stored, self._told, self._lock = 0, 0, told, threading.Condition()
        self._threads = [threading.Thread(target=self._send, args=(agency.reporters, receipt)) for receipt in receipts]
        for thread in self._threads:
            thread.start()

    def _send(self, origin, receipt):
        try:
            while True:
                name, content = f"{secrets.token_hex(8)}.bin", os.urandom(FILE)
                with contextlib.closing(Upload(origin, receipt, [(name, content)])) as upload:
                    status, stored, _ = upload.send().answer()
                assert status in (200, 503), status
                if stored == {name: True}:
                    with self._lock:
                        self._told[name] = content
                        self._stored += 1
                        self._lock.notify_all()
        except CUT_OFF:
            with self._lock:
                self.cut_off += 1

    def wait_for(self, stored):
        """Until so many files were called stored: the others are on their way then."""
        with self._lock:
            assert self._lock.wait_for(lambda: self._stored >= stored, PATIENCE), f"{self._stored} were stored"

    def join(self):
        for thread in self._threads:
            thread.join()


class FilesTest(unittest.TestCase):
    def test_kills_in_the_middle_of_uploads(self):
        chance = random.Random(5)
        with stopped_agency() as agency:
            with open(agency.folder / "sucharit.toml", "a", encoding="utf-8") as settings:
                settings.write(f"\n[work]\nstreams = {UPLOADERS + 4}\n")
            agency.start()
            receipts = [citizen_of(agency).file(MEANWHILE) for _ in range(UPLOADERS)]
            told = {}
            for _ in range(KILLS):
                uploaders = Uploaders(agency, receipts, told)
                uploaders.wait_for(chance.randint(1, 2 * UPLOADERS))  # the moment of the kill
                agency.kill()
                uploaders.join()
                self.assertEqual(uploaders.cut_off, UPLOADERS, "some were not at work")
                copy = agency.home / "copy"
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(agency.folder, copy)
                found = assert_whole(copy, agency.credential)
                self.assertGreaterEqual(found["count.files"], len(told), "a file that was called stored has no row")
                agency.start()
                complete, parts = on_disk(agency)
                self.assertEqual(len(complete), found["count.files"], "a file without a row, or a row without its file")
                self.assertLessEqual(len(parts), found["count.uploads"], "what is left of an upload without a row is not swept")
            self.assertGreater(len(told), KILLS, "too few were called stored for this to mean anything")
            for receipt in receipts:
                self.assertTrue(text_of(citizen_of(agency).track(receipt), "state"))
            desk = Client()
            officer = Officer(agency.officer_face, desk.get, desk.post)
            officer.sign_in("legal", agency.officers()["legal"])
            opened = {}
            for path in officer.cases():
                opened.update(downloads(agency.officer_face, desk, officer.get(path)))
            self.assertEqual([name for name, content in told.items() if opened.get(name) != content], [],
                             "a file that was called stored does not open with its bytes")
            self.assertEqual(len(opened), found["count.files"])
            self.assertEqual(agency.end(), 0)

    def test_a_disk_that_fills_in_the_middle(self):
        with small_disk(self, SMALL_DISK) as place, running_agency(parent=place) as agency:
            citizen = citizen_of(agency)
            receipt = citizen.file(MEANWHILE)
            upload = Upload(agency.reporters, receipt, [("evidence.bin", os.urandom(FILE)), ("second.bin", os.urandom(FILE))])
            upload.send(FILE // 2)
            citizen.get("/")  # answered later, so what was sent has been read
            ballast = pathlib.Path(place) / "ballast"
            ballast.write_bytes(bytes(shutil.disk_usage(place).free - (4 << 20)))
            status, stored, page = upload.send().answer()
            self.assertEqual((status, stored), (200, {"evidence.bin": False, "second.bin": False}))
            self.assertIn(NO_ROOM, page)
            self.assertTrue(text_of(citizen.track(receipt), "state"), "tracking does not go on")
            self.assertEqual(on_disk(agency), ([], []), "something is left of what was refused")
            ballast.unlink()
            status, stored, _ = Upload(agency.reporters, receipt, [("evidence.bin", os.urandom(FILE))]).send().answer()
            self.assertEqual((status, stored), (200, {"evidence.bin": True}), "it does not recover by itself")
            self.assertEqual([len(found) for found in on_disk(agency)], [1, 0])

    def test_nothing_of_a_file_reaches_a_disk_or_stays_in_memory(self):
        canary, control = Canary(), Canary()
        with stopped_agency() as agency:
            own_temporary_folder(agency)
            before = entries(SYSTEM_FOLDERS)
            agency.start()
            receipt = citizen_of(agency).file(MEANWHILE)
            text = (canary.text("content", 40) + "\n").encode()
            files = [(canary.text("name", 1) + ".txt", text * 400),
                     (canary.text("picture", 1) + ".png", picture_with(canary.text("metadata", 1)))]
            half = Upload(agency.reporters, receipt, files[:1]).send(len(text) * 200)
            everything = lambda: [path for path in pathlib.Path(agency.home).rglob("*") if path.is_file()]
            Client().get(agency.reporters + "/")  # answered later, so what was sent has been read
            if os.geteuid() == 0:
                self.assertTrue(canary.found_in_memory(agency.process.pid), "a file that is coming is not found")
                self.assertEqual(canary.found_in_files(open_files(agency.process.pid)), [], "while it comes")
            self.assertEqual(canary.found_in_files(everything()), [], "while it comes")
            half.close()
            for keep in (True, False):
                status, stored, _ = Upload(agency.reporters, receipt, files, keep).send().answer()
                self.assertEqual((status, list(stored.values())), (200, [True, True]))
            agency.wait_until_released()
            if os.geteuid() == 0:
                self.assertEqual(canary.found_in_memory(agency.process.pid), [], "afterwards")
            agency.kill()
            (agency.folder / "control").write_text(control.text("control"))
            self.assertTrue(control.found_in_files(everything()), "the search does not find what is there")
            self.assertEqual(canary.found_in_files(everything()), [])
            self.assertEqual(canary.found_in_files(files_new_since(before, SYSTEM_FOLDERS)), [])

    def test_a_slow_line_gets_through(self):
        """The long one is a command of its own: slow_upload.py."""
        with running_agency() as agency:
            receipt = citizen_of(agency).file(MEANWHILE)
            status, stored, _ = Upload(agency.reporters, receipt, [("evidence.bin", os.urandom(5 * SLOW))]).send_at(SLOW).answer()
            self.assertEqual((status, stored), (200, {"evidence.bin": True}))


def picture_with(comment):
    """One point, with a text that says something of its maker."""
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)) +
            chunk(b"iTXt", b"Comment\0\0\0\0\0" + comment.encode()) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b""))


if __name__ == "__main__":
    unittest.main()
