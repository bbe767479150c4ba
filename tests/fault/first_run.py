"""Everything that `sucharit init` asks, answered as three people would."""
import base64
import contextlib
import hashlib
import hmac
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import time

from agency import PATIENCE, PROGRAM, Agency
from terminal import Terminal

CHEAP = ("--password-operations", "1", "--password-memory-mib", "8")
ROOTS = {"somchai": "นายสมชาย ใจมั่น", "arunee": "นางอรุณี ตั้งตรง"}
ADMIN = ("thana", "นายธนา ระบบดี")
OWN = "แมวสีส้มนั่งดูฝนตกที่ท่าน้ำ"  # of the second root
FILE = """
[agency]
kind = "town_municipality"
name_th = "เทศบาลเมืองทดสอบ"
name_en = "Thotsop Town Municipality"
[[root]]
name = "นายสมชาย ใจมั่น"
login = "somchai"
order = "12/2569"
[[root]]
name = "นางอรุณี ตั้งตรง"
login = "arunee"
order = "13/2569"
[admin]
name = "นายธนา ระบบดี"
login = "thana"
order = "14/2569"
"""


def code_of(secret, step):
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1_000_000:06d}"


def step_now():
    return int(time.time()) // 30


class Place:
    """Where an agency is to be made: data folder, credential and sheet in a folder of their own."""

    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.folder, self.credential, self.sheet = self.home / "agency", self.home / "agency.key", self.home / "agency.key.pdf"

    def from_file(self, text=FILE, *options):
        answers = self.home / "answers.toml"
        answers.write_text(text, encoding="utf-8")
        done = subprocess.run([PROGRAM, "init", "--answers", answers, "--dir", self.folder, "--language", "en", *CHEAP, *options],
                              timeout=PATIENCE, capture_output=True, text=True)
        answers.unlink()
        return done

    def terminal(self, command="init", language="en"):
        return Terminal(command, *(["--from-sheet"] if command == "credential" else CHEAP), "--dir", self.folder, language=language)

    def agency(self):
        """To be started; officers see at once what reporters send."""
        path = self.folder / "sucharit.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("# queue_delay = 1", "queue_delay = 0"), encoding="utf-8")
        agency = Agency(self.home)
        agency.officer_host = "localhost"  # the faces of a real agency have names of their own
        return agency

    def groups(self):
        """The sheet's groups as they are printed, and the two fingerprints."""
        text = subprocess.run(["pdftotext", "-layout", self.sheet, "-"], check=True, timeout=PATIENCE, capture_output=True,
                              text=True).stdout
        numbered = {int(number): group for number, group in re.findall(r"\b(\d{1,2}) +(\d{4} \d{4} \d{4})\b", text)}
        return [numbered[number] for number in range(1, 13)], re.findall(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", text)


@contextlib.contextmanager
def place():
    home = tempfile.mkdtemp(prefix="sucharit-first-run-")
    try:
        yield Place(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def answer_agency(terminal):
    for line in ("2", "เทศบาลเมืองทดสอบ", "Thotsop Town Municipality", "", "", "", "", "", "", "", "", "", ""):
        terminal.answer("> ", line)


def answer_people(terminal):
    for login, name in ROOTS.items():
        for line in (name, login, "", "", "12/2569", OWN if login == "arunee" else ""):  # "": post and capacity that are offered
            terminal.answer("> ", line)
        if login == "arunee":
            terminal.answer("once more: ", OWN)
    for line in (*reversed(ADMIN), "14/2569"):
        terminal.answer("> ", line)


class Secrets:
    """What one root is shown; the code that they type is of the step before, so that the next ones can be used."""

    def __init__(self, terminal, login):
        terminal.answer(f"for {ROOTS[login]} alone", "")
        shown = terminal.answer("press Enter. It", "")
        self.login = re.search(r"Login: (\S+)", shown)[1]
        passphrase = re.search(r"Passphrase \(.*?\):\s+(\S+)", shown)
        self.passphrase = passphrase[1] if passphrase else OWN
        self.recovery = re.search(r"Recovery code \(.*?\):\s+(\S+)", shown)[1]
        shown = terminal.until("The six digits")
        self.qr = re.search(r"(?:\x1b\[30;107m[ █▀▄]+\x1b\[0m\n)+", shown)[0]
        self.secret = re.search(r"^((?:[A-Z2-7]{4} ?){8})$", shown, re.M)[1].replace(" ", "")

    def confirm(self, terminal):
        terminal.answer(": ", code_of(self.secret, step_now() - 1))
