"""The first run of a real agency: asked in a terminal or from a file, whole or not at all; and the way back by the recovery sheet."""
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import time
import unittest

from agency import PATIENCE, PROGRAM
from client import Client
from first_run import ADMIN, CHEAP, FILE, OWN, ROOTS, Secrets, answer_agency, answer_people, code_of, place, step_now
from forms import forms, text_of
from people import Citizen, Officer

FACTS = "เรียกเงินค่าลงนามในใบอนุญาต"


class Asked(unittest.TestCase):
    def sign_in(self, agency, login, passphrase, secret):
        client, origin = Client(), agency.officer_face
        form = forms(client.get(origin + "/login"))["sign-in"]
        page = client.post(origin + form.action, form.filled({"login": login, "passphrase": passphrase,
                                                              "code": code_of(secret, step_now() + 1)}))
        self.assertIn("/logout", page, f"{login} is not signed in")
        self.assertNotIn("roster-notice", page, "told of somebody who was there from the beginning")
        return Officer(origin, client.get, client.post)

    def recover(self, agency, login, recovery):
        client = Client()
        form = forms(client.get(agency.officer_face + "/recover"))["recover-form"]
        own = "เรือลำเล็กล่องไปตามคลองสายยาว"
        page = client.post(agency.officer_face + form.action, form.filled({
            "login": login, "recovery_code": recovery, "passphrase_choice": "own", "passphrase_own": own, "passphrase_again": own}))
        self.assertIn('id="recovery-code"', page)

    def join(self, agency, code):
        """Redeems the invitation and signs in as an admin whom nobody has vouched for: the fingerprint that they read aloud."""
        client, own = Client(), "ต้นไทรใหญ่ริมบึงให้ร่มเงา"
        form = forms(client.get(agency.officer_face + "/join"))["join"]
        page = client.post(agency.officer_face + form.action, form.filled({"code": code}))
        self.assertEqual(text_of(page, "join-login"), ADMIN[0])
        form = forms(page)["join"]
        client.post(agency.officer_face + form.action, form.filled({"passphrase_choice": "own", "passphrase_own": own,
                                                                     "passphrase_again": own, "step": "make"}))
        form = forms(client.get(agency.officer_face + "/login"))["sign-in"]
        client.post(agency.officer_face + form.action, form.filled({"login": ADMIN[0], "passphrase": own}))
        page = client.get(agency.officer_face + "/account/second-factor")
        secret = text_of(page, "secret-text").replace(" ", "")
        form = forms(page)["factor-form"]
        client.post(agency.officer_face + form.action, form.filled({"code": code_of(secret, step_now()), "passphrase": own}))
        client.get(agency.officer_face + "/officers")
        self.assertNotEqual(client.status, 200, "a right without a signature")
        return client, text_of(client.get(agency.officer_face + "/queue"), "fingerprint")

    def vouch(self, officer, fingerprint):
        page = officer.get("/officers")
        page = officer.get(re.search(rf'href="(/officers/[0-9a-f]{{32}})[^"]*"[^>]*>[^<]*{ADMIN[1]}', page)[1])
        officer.act(page, "vouch", {"fingerprint": fingerprint})

    def works(self, here, secrets, invitation):
        """Serves, takes a complaint, and its officers open it. Everybody's recovery code opens their keys. The first admin joins, and
        can do something when a root has signed."""
        agency = here.agency()
        try:
            agency.start()
            client = Client()
            citizen = Citizen(agency.reporters, client.get, client.post)
            citizen.file({"subject_name": "นายทดสอบ", "facts": FACTS, "anonymous": "yes"})
            for login, passphrase, secret, recovery in secrets:
                officer = self.sign_in(agency, login, passphrase, secret)
                self.assertIn(FACTS, officer.get(officer.cases().pop()))
                if login == "somchai":
                    admin, fingerprint = self.join(agency, invitation)
                    self.vouch(officer, fingerprint)
                    admin.get(agency.officer_face + "/officers/new")
                    self.assertEqual(admin.status, 200)
                self.recover(agency, login, recovery)
            self.assertEqual(agency.end(), 0)
        finally:
            if agency.process.poll() is None:
                agency.kill()

    def test_an_agency_that_was_asked_for_in_a_terminal_is_whole(self):
        with place() as here, here.terminal() as terminal:
            answer_agency(terminal)
            answer_people(terminal)
            shown = []
            for login in ROOTS:
                shown.append(Secrets(terminal, login))
                terminal.answer(": ", "000000")
                terminal.until("not the code")
                shown[-1].confirm(terminal)
            invitation = re.search(rf"{ADMIN[1]}.*:\n(\S+)\n", terminal.answer("press Enter. It", ""))[1]
            said = terminal.rest()
            self.assertEqual(terminal.status, 0, said)
            self.assertIn("20 good, 6 warnings, 0 wrong", said)
            self.assertEqual([one.login for one in shown], list(ROOTS))
            self.assertNotIn(OWN, terminal.screen, "a passphrase was echoed")
            self.assertTrue(all(one.qr.count("\n") > 20 for one in shown))
            self.private(here)
            self.keeps_no_secret(here, shown)
            self.works(here, [(one.login, one.passphrase, one.secret, one.recovery) for one in shown], invitation)

    def private(self, here):
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (here.folder, *here.folder.rglob("*"))}
        for path, mode in modes.items():
            self.assertEqual(oct(mode), oct(0o700 if path.is_dir() else 0o600), path)
        self.assertEqual([oct(stat.S_IMODE(path.stat().st_mode)) for path in (here.credential, here.sheet)], [oct(0o400)] * 2)

    def keeps_no_secret(self, here, shown):
        held = b"".join(path.read_bytes() for path in here.home.rglob("*") if path.is_file())
        self.assertIn("เทศบาลเมืองทดสอบ".encode(), held, "the search itself does not find")
        for one in shown:
            for secret in (one.passphrase, one.recovery, one.secret):
                self.assertNotIn(secret.encode(), held)

    def test_an_agency_from_a_file_is_whole(self):
        with place() as here:
            done = here.from_file()
            self.assertEqual(done.returncode, 0, done.stderr)
            head, *lines = (line.split("\t") for line in done.stdout.splitlines())
            self.assertEqual(head, ["login", "passphrase", "second_factor", "otpauth", "recovery_code", "invitation"])
            self.assertEqual([line[0] for line in lines], [*ROOTS, ADMIN[0]])
            self.assertIn("0 wrong", done.stderr)
            self.private(here)
            self.works(here, [(*line[:3], line[4]) for line in lines[:2]], lines[2][5])

    def test_the_answers_may_come_through_a_pipe_and_lie_on_no_disk(self):
        with place() as here:
            done = subprocess.run([PROGRAM, "init", "--answers", "/dev/stdin", "--dir", here.folder, *CHEAP], input=FILE,
                                  timeout=PATIENCE, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)

    def test_an_agency_of_one_language_answers_in_thai_whatever_is_asked_and_offers_no_other(self):
        with place() as here:
            self.assertEqual(here.from_file(FILE.replace('[agency]', '[agency]\nlanguages = "th"')).returncode, 0)
            agency = here.agency()
            try:
                agency.start()
                for address in (agency.reporters + "/?lang=en", agency.reporters + "/nowhere?lang=en", agency.officer_face + "/login?lang=en"):
                    page = Client().get(address)
                    self.assertIn('<html lang="th"', page)
                    self.assertNotIn("lang=en", page)
                    self.assertNotIn("English", page)
                self.assertEqual(agency.end(), 0)
            finally:
                if agency.process.poll() is None:
                    agency.kill()

    def test_a_wrong_answer_is_asked_again(self):
        with place() as here, here.terminal() as terminal:
            terminal.answer("> ", "9")
            self.assertIn("Choose one of the list", terminal.answer("> ", "town_municipality"))
            terminal.answer("> ", "")
            self.assertIn("Fill this in", terminal.answer("> ", "<b>เทศบาล"))
            self.assertIn("HTML", terminal.answer("> ", "เทศบาลเมืองทดสอบ"))

    def test_an_own_passphrase_is_typed_twice_and_never_shows(self):
        with place() as here, here.terminal() as terminal:
            answer_agency(terminal)
            for line in ("นายสมชาย ใจมั่น", "somchai", "", "", "12/2569"):
                terminal.answer("> ", line)
            terminal.answer("> ", "short-and-typed")
            terminal.answer("once more: ", "another-one-typed")
            self.assertIn("differ", terminal.answer("> ", "somchai-somchai"))
            self.assertIn("your login or your name", terminal.answer("> ", OWN))
            terminal.answer("once more: ", OWN)
            terminal.answer("> ", "นางอรุณี ตั้งตรง")
            for secret in ("short-and-typed", "another-one-typed", "somchai-somchai", OWN):
                self.assertNotIn(secret, terminal.screen)

    def test_in_thai_it_asks_in_thai(self):
        with place() as here, here.terminal(language="th") as terminal:
            terminal.answer("ประเภทหน่วยงาน", "")
            terminal.until("ชื่อหน่วยงานภาษาไทย")


class AdminAgain(unittest.TestCase):
    """An invitation that nobody redeemed, or the last admin gone."""

    def invite(self, here, login, name="นายธนา ระบบดี"):
        return subprocess.run([PROGRAM, "officer", "invite-admin", login, "--name", name, "--order", "15/2569", "--dir", here.folder],
                              timeout=PATIENCE, capture_output=True, text=True)

    def test_a_new_code_voids_the_one_before_and_another_person_can_be_invited(self):
        with place() as here:
            first = here.from_file().stdout.split()[-1]
            again, other = self.invite(here, ADMIN[0]), self.invite(here, "preecha", "นายปรีชา ดูแลดี")
            for done in (again, other):
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r"^([0-9A-Z]{4}-){6}[0-9A-Z]{2}\t\d{4}-\d{2}-\d{2}\n$")
            agency = here.agency()
            try:
                agency.start()
                for code, works in ((first, False), (again.stdout.split()[0], True), (other.stdout.split()[0], True)):
                    client = Client()
                    form = forms(client.get(agency.officer_face + "/join"))["join"]
                    client.post(agency.officer_face + form.action, form.filled({"code": code}))
                    self.assertEqual(client.status == 200, works)
                running = self.invite(here, ADMIN[0])
                self.assertEqual(running.returncode, 1)
                self.assertIn("another process", running.stderr)
                self.assertEqual(agency.end(), 0)
            finally:
                if agency.process.poll() is None:
                    agency.kill()

    def test_nobody_elses_login_is_taken(self):
        with place() as here:
            here.from_file()
            done = self.invite(here, "somchai")
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("somebody else has this login", done.stderr)


class Refused(unittest.TestCase):
    def refused(self, done, *words):
        self.assertEqual(done.returncode, 1)
        for word in words:
            self.assertIn(word, done.stderr)
        self.assertEqual(done.stdout, "", "secrets of an agency that is not there")

    def test_without_a_terminal_or_a_file_nobody_can_be_asked(self):
        with place() as here:
            done = subprocess.run([PROGRAM, "init", "--dir", here.folder], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                  timeout=PATIENCE)
            self.refused(done, "no terminal", "--answers")
            self.assertEqual(os.listdir(here.home), [])

    def test_every_fault_of_a_file_is_named_at_once_and_nothing_is_made(self):
        with place() as here:
            done = here.from_file(FILE.replace('"arunee"', '"somchai"').replace('"town_municipality"', '"kingdom"'))
            self.refused(done, "agency.kind", "root.2.login")
            self.refused(here.from_file(FILE + "emblem = 1\n"), "admin.emblem is not asked")
            self.refused(here.from_file("[["), "line 1")
            self.assertEqual(os.listdir(here.home), [])

    def test_what_stands_in_its_place_is_not_touched(self):
        with place() as here:
            for path in (here.folder / "letter", here.credential, here.sheet):
                path.parent.mkdir(exist_ok=True)
                path.write_text("somebody's")
                self.refused(here.from_file(), str(path.parent if path.name == "letter" else path))
                self.assertEqual(path.read_text(), "somebody's")
                path.unlink()
            self.assertEqual(here.from_file().returncode, 0, "an empty folder is taken")

    def test_ctrl_c_leaves_nothing_and_a_terminal_that_echoes(self):
        def at_the_first_question(terminal):
            terminal.until("> ")

        def at_a_passphrase(terminal):
            answer_agency(terminal)
            for line in ("นายสมชาย ใจมั่น", "somchai", "", "", "12/2569"):
                terminal.answer("> ", line)
            terminal.until("> ")
            self.assertFalse(terminal.echoes())

        def at_a_code(terminal):
            answer_agency(terminal)
            answer_people(terminal)
            Secrets(terminal, "somchai")

        for there in (at_the_first_question, at_a_passphrase, at_a_code):
            with self.subTest(there.__name__), place() as here, here.terminal() as terminal:
                there(terminal)
                terminal.press_ctrl_c()
                self.assertIn("interrupted", terminal.rest())
                self.assertEqual(terminal.status, -signal.SIGINT)
                self.assertTrue(terminal.echoes())
                self.assertEqual(os.listdir(here.home), [])

    def killed_when(self, here, sign):
        """Kills it as soon as a name of this pattern is there; it may have ended by then."""
        answers = here.home / "answers.toml"
        answers.write_text(FILE, encoding="utf-8")
        making = subprocess.Popen([PROGRAM, "init", "--answers", answers, "--dir", here.folder, *CHEAP], stderr=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while making.poll() is None and not any(here.home.glob(sign)):
            self.assertLess(time.monotonic(), until)
        making.kill()
        making.wait(timeout=PATIENCE)
        answers.unlink()

    def test_after_a_kill_it_is_whole_or_says_what_to_delete_and_then_works(self):
        cut = 0
        for sign in ("agency.making-*", "agency.making-*/sucharit.db", "agency.making-*/tls", "agency.key.pdf", "agency.key"):
            with self.subTest(sign), place() as here:
                self.killed_when(here, sign)
                if here.folder.exists():
                    self.assertTrue(here.credential.exists() and here.sheet.exists(), "a folder that nothing opens")
                    continue
                cut += 1
                said = here.from_file().stderr
                self.assertIn("cut short", said)
                for path in re.search(r"rm -r (.*)", said)[1].split():
                    shutil.rmtree(path) if pathlib.Path(path).is_dir() else os.unlink(path)
                self.assertEqual(os.listdir(here.home), [])
                self.assertEqual(here.from_file().returncode, 0)
        self.assertGreater(cut, 0, "no kill came in time")


class Sheet(unittest.TestCase):
    def make(self, here):
        done = here.from_file()
        self.assertEqual(done.returncode, 0, done.stderr)

    def type_groups(self, terminal, groups):
        for number, group in enumerate(groups, 1):
            terminal.answer(f"Group {number}: ", group)

    def test_it_holds_its_typefaces_and_says_whose_it_is_in_both_languages(self):
        with place() as here:
            self.make(here)
            fonts = subprocess.run(["pdffonts", here.sheet], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
            rows = fonts.splitlines()[2:]
            self.assertTrue(rows)
            for row in rows:
                self.assertRegex(row, r"^[A-Z]{6}\+Laksaman.* yes +yes +yes ", "name, embedded, subset, unicode")
            text = subprocess.run(["pdftotext", here.sheet, "-"], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
            for words in ("Recovery sheet", "Thotsop Town Municipality", "credential --from-sheet"):
                self.assertIn(words, text)
            info = subprocess.run(["pdfinfo", here.sheet], check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
            self.assertRegex(info, r"Pages: +1\n")

    def test_it_brings_the_credential_back(self):
        with place() as here:
            self.make(here)
            groups, prints = here.groups()
            lost = here.credential.read_text()
            here.credential.unlink()
            with here.terminal("credential") as terminal:
                terminal.answer("Group 1: ", groups[1])
                self.assertIn("not group 1", terminal.answer("Group 1: ", groups[0]))
                for number, group in enumerate(groups[1:], 2):
                    terminal.answer(f"Group {number}: ", group.translate(str.maketrans("0123456789 ", "๐๑๒๓๔๕๖๗๘๙-")))
                terminal.answer("root 1: ", prints[0].replace(" ", "").upper())
                terminal.answer("root 2: ", prints[0])
                self.assertIn("No other root", terminal.answer("root 2: ", prints[1]))
                terminal.rest()
                self.assertEqual(terminal.status, 0)
            self.assertEqual(here.credential.read_text(), lost)
            self.assertEqual(oct(stat.S_IMODE(here.credential.stat().st_mode)), oct(0o400))
            with here.terminal("credential") as terminal:
                self.assertIn("there already", terminal.rest())
                self.assertEqual(terminal.status, 1)

    def test_of_another_agency_it_brings_nothing(self):
        with place() as here, place() as other:
            self.make(here)
            self.make(other)
            here.credential.unlink()
            with here.terminal("credential") as terminal:
                self.type_groups(terminal, other.groups()[0])
                self.assertIn("another agency", terminal.rest())
                self.assertEqual(terminal.status, 1)
            self.assertFalse(here.credential.exists())

    def test_ctrl_c_writes_nothing(self):
        with place() as here:
            self.make(here)
            groups, prints = here.groups()
            here.credential.unlink()
            with here.terminal("credential") as terminal:
                self.type_groups(terminal, groups)
                terminal.answer("root 1: ", prints[0])
                terminal.until("root 2: ")
                terminal.press_ctrl_c()
                terminal.rest()
                self.assertEqual(terminal.status, -signal.SIGINT)
            self.assertFalse(here.credential.exists())


if __name__ == "__main__":
    unittest.main()
