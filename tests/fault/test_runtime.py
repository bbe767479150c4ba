"""What the running process is: closed to other processes, its memory overwritten when freed, its files its owner's alone, and
silent about everybody who uses it."""
import contextlib
import os
import pathlib
import re
import shutil
import stat
import subprocess
import unittest

from agency import PATIENCE, PROGRAM, SHARE, running_agency, serve_command, stopped_agency
from client import Client
from forms import text_of
from people import SCREENING, Citizen, Officer

WANTED = {"GLIBC_TUNABLES": "glibc.malloc.perturb=165:glibc.malloc.tcache_count=0", "LD_BIND_NOW": "1"}
NOBODY = 65534
ANSWERS = {"facts": "เรียกเงินค่าลงนาม", "subject_name": "นายทดสอบ", "anonymous": "no", "name": "นางผู้แจ้ง",
           "email": "someone@example.com"}
# Everything that may ever be said; where anything stands, it is an address or a demo officer.
STDOUT = (r"reporters: https://127\.0\.0\.1:\d+/", r"officers:  https://127\.0\.0\.1:\d+/login", r"demo officers:",
          r"  login\tpassphrase\tsecond_factor\troles", r"  [a-z]+\t[a-z-]+\t-\t[a-z_]+", r"ready", r"released", r"working")
STDERR = (r"info memory is not locked as a whole: swap must be off or encrypted", r"info nightly batch done",
          r"warning less than a fifth of the disk of the data folder is free: .*")


def environment_of(pid):
    # Some versions of glibc put a zero byte in the place of each colon between their settings once they have read them.
    words = pathlib.Path(f"/proc/{pid}/environ").read_bytes().replace(b"\0glibc.", b":glibc.").split(b"\0")
    return dict(word.decode(errors="replace").split("=", 1) for word in words if b"=" in word)


def somebody_else():
    """Popen's arguments for a user without rights; when the tests run as one already, that one."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def can_look_into(pid):
    """What another process of somebody_else() is let to see of the process."""
    seen = []
    for name, command in (("environ", "cat"), ("maps", "cat"), ("exe", "readlink"), ("fd", "ls")):
        done = subprocess.run([command, f"/proc/{pid}/{name}"], capture_output=True, timeout=PATIENCE, cwd="/",
                              **somebody_else())
        seen += [name] if done.returncode == 0 and done.stdout else []
    return seen


@contextlib.contextmanager
def process(command, **options):
    """A process that is killed at the end; its standard output is a pipe."""
    started = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)
    try:
        yield started
    finally:
        started.kill()
        started.communicate(timeout=PATIENCE)


def person(agency):
    client = Client()
    return Citizen(agency.reporters, client.get, client.post)


def signed_in(agency, login):
    client = Client()
    officer = Officer(agency.officer_face, client.get, client.post)
    return officer, officer.sign_in(login, agency.officers()[login])


def cases_in(queue):
    return {part.split('"')[0] for part in queue.split('href="')[1:] if part.startswith("/cases/")}


class Process(unittest.TestCase):
    def test_it_leaves_no_core(self):
        with running_agency() as agency:
            limits = pathlib.Path(f"/proc/{agency.process.pid}/limits").read_text()
            self.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")

    def test_nobody_without_rights_sees_into_it(self):
        with stopped_agency() as agency:
            # A place that somebody else may enter, with all that the program needs.
            program, share = agency.home / "program", agency.home / "share"
            shutil.copy(PROGRAM, program)
            shutil.copytree(SHARE, share)
            if os.geteuid() == 0:
                for path in (agency.home, *agency.home.rglob("*")):
                    os.chown(path, NOBODY, NOBODY)
            command = [program, *serve_command(agency.folder, "--share", share)[1:]]
            with process(["cat"], **somebody_else()) as other:
                other.stdin.write(b"x\n")
                other.stdin.flush()
                other.stdout.readline()  # it runs
                self.assertEqual(can_look_into(other.pid), ["environ", "maps", "exe", "fd"], "the look itself does not work")
            with process(command, cwd=agency.home, stderr=subprocess.DEVNULL, **somebody_else()) as served:
                self.assertIn(b"ready\n", iter(served.stdout.readline, b""))
                self.assertEqual(can_look_into(served.pid), [])

    def test_freed_memory_is_overwritten_and_symbols_are_bound_at_the_start(self):
        with running_agency() as agency:
            found = environment_of(agency.process.pid)
            self.assertEqual({name: found.get(name) for name in WANTED}, WANTED)

    def test_the_same_holds_whatever_of_it_the_starter_has_set(self):
        for given in ({"GLIBC_TUNABLES": WANTED["GLIBC_TUNABLES"]}, {"GLIBC_TUNABLES": "glibc.malloc.perturb=0"},
                      {"LD_BIND_NOW": "1"}, {"GLIBC_TUNABLES": WANTED["GLIBC_TUNABLES"], "LD_BIND_NOW": ""}, WANTED):
            with self.subTest(str(given)), running_agency_with(given) as agency:
                found = environment_of(agency.process.pid)
                self.assertEqual({name: found.get(name) for name in WANTED}, WANTED)

    def test_its_files_are_its_owners_alone_whatever_umask_it_is_started_with(self):
        self.addCleanup(os.umask, os.umask(0))
        with running_agency() as agency:
            person(agency).file(ANSWERS)
            status = pathlib.Path(f"/proc/{agency.process.pid}/status").read_text()
            self.assertRegex(status, r"(?m)^Umask:\s+0077$")
            seen = {path: stat.S_IMODE(path.stat().st_mode) for path in (agency.folder, *agency.folder.rglob("*"))}
            self.assertIn(agency.folder / "sucharit.db-wal", seen)
            for path, mode in seen.items():
                self.assertEqual(oct(mode), oct(0o700 if path.is_dir() else 0o600), path)
            self.assertEqual(stat.S_IMODE(os.stat(f"{agency.folder}.key").st_mode), 0o400)


@contextlib.contextmanager
def running_agency_with(given):
    with stopped_agency() as agency:
        agency.environment = {name: value for name, value in os.environ.items() if name not in WANTED} | given
        yield agency.start()
        assert agency.end() == 0


class Silence(unittest.TestCase):
    def whole_story(self, agency):
        """Somebody who reports, asks and writes; officers who act; requests that are refused."""
        citizen = person(agency)
        receipt = citizen.file(ANSWERS)
        legal, queue = signed_in(agency, "legal")
        case = cases_in(queue).pop()
        page = legal.act(legal.get(case), "register", {"category": "procurement"})
        page = legal.act(page, "reply", {"message": "ขอทราบวันที่"})
        page = legal.act(page, "screen", {"no_conflict": "yes"})
        legal.act(page, "propose", {**SCREENING, "allegations": "ข้อหนึ่ง", "proposed_order": "ยุติเรื่อง"})
        citizen.write(receipt, "กลางเดือนมกราคม")
        clerk, _ = signed_in(agency, "clerk")
        clerk.close(clerk.get(case), reason="ไม่พบหลักฐาน", notice="พิจารณาแล้ว")
        self.assertIn("พิจารณาแล้ว", citizen.track(receipt))
        for path in ("/nowhere", "/cases/1"):
            citizen.get(path)
            Client().get(agency.officer_face + path)
        stranger = Client()
        Officer(agency.officer_face, stranger.get, stranger.post).sign_in("legal", "wrong")
        Client().post(agency.reporters + "/track", {"receipt": "0000 0000 0000 0000 0000 0000 0000", "action": "open"})

    def assert_only(self, patterns, text):
        for line in text.splitlines():
            self.assertTrue(any(re.fullmatch(pattern, line) for pattern in patterns), f"said: {line}")

    def test_a_whole_story_leaves_no_word_in_the_journal(self):
        with running_agency() as agency:
            self.whole_story(agency)
            agency.wait_until_released()
            self.assertEqual(agency.end(), 0)
            said, logged = (agency.home / "stdout.log").read_text(), (agency.home / "stderr.log").read_text()
            self.assertIn("released", said)
            self.assert_only(STDOUT, said)
            self.assert_only(STDERR, logged)


class Settings(unittest.TestCase):
    def agency_with_delay(self, agency, days):
        path = agency.folder / "sucharit.toml"
        text = path.read_text(encoding="utf-8")
        self.assertIn("queue_delay = 0\n", text)
        path.write_text(text.replace("queue_delay = 0\n", f"queue_delay = {days}\n"), encoding="utf-8")
        return agency.start()

    def test_with_a_delay_no_officer_sees_a_complaint_on_the_day_it_was_sent(self):
        with stopped_agency() as agency:
            self.agency_with_delay(agency, 1)
            citizen = person(agency)
            receipt = citizen.file(ANSWERS)
            self.assertTrue(text_of(citizen.track(receipt), "state"), "the reporter sees it at once")
            for login in agency.officers():
                _, queue = signed_in(agency, login)
                self.assertIn("/logout", queue, "not signed in")
                self.assertEqual(cases_in(queue), set(), login)
                self.assertIn(text_of(queue, "total"), ("0", None), login)


class Nightly(unittest.TestCase):
    def batches(self, agency):
        return (agency.home / "stderr.log").read_text().splitlines().count("info nightly batch done")

    def test_a_batch_that_was_missed_is_done_beside_the_serving_and_only_once(self):
        with running_agency() as agency:
            agency.wait_for_log("info nightly batch done")
            self.assertEqual(self.batches(agency), 1)
            self.assertEqual(agency.end(), 0)
            agency.start()
            self.assertEqual(self.batches(agency), 1, "yesterday's was not missed")


if __name__ == "__main__":
    unittest.main()
