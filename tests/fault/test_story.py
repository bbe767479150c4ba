"""The whole story with `curl` alone: every step a person can take works without a browser, and every answer carries its
security headers exactly once."""
import subprocess
import unittest
import urllib.parse

from agency import running_agency
from forms import forms, text_of
from people import Citizen, Officer, SCREENING

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; media-src 'self'; "
                               "script-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}
ANSWERS = {"category": "procurement", "subject_name": "นายทดสอบ ไม่มีจริง", "subject_position": "เจ้าหน้าที่พัสดุ",
           "subject_unit": "กองช่าง", "when": "ต้นปี ๒๕๖๙", "where": "ห้องประชุม", "facts": "บรรทัดหนึ่ง\r\n<b>บรรทัดสอง</b> & \"คำพูด\"",
           "witnesses": "สองคน", "elsewhere": "ไม่เคย", "wish": "ขอให้ตรวจสอบ", "anonymous": "no", "name": "นางผู้แจ้ง ใจกล้า",
           "email": "someone@example.com"}
NOWHERE = "/cases/0123456789abcdef0123456789abcdef"


class Curl:
    """One person's curl. `jar`: the file of its cookies, or None for a person who keeps none."""

    def __init__(self, jar=None):
        self.jar = jar

    def run(self, *arguments, body=None):
        """(status, [(name, value)], body as text) of the last answer."""
        command = ["curl", "-sk", "--max-time", "30", "-i", "--http1.1", *arguments]
        if self.jar:
            command += ["-b", self.jar, "-c", self.jar]
        if body is not None:
            command += ["--data-binary", "@-"]
        done = subprocess.run(command, input=body, capture_output=True, timeout=60, check=True)
        return parse(done.stdout)

    def get(self, address):
        return self.run(address)[2]

    def post(self, address, fields):
        status, headers, page = self.run(address, body=urllib.parse.urlencode(fields).encode())
        location = dict(headers).get("location")
        return self.get(urllib.parse.urljoin(address, location)) if status == 303 else page


def parse(answer):
    head, body = answer.split(b"\r\n\r\n", 1)
    if head.startswith(b"HTTP/1.1 100"):
        head, body = body.split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    fields = [tuple(line.split(": ", 1)) for line in lines[1:]]
    return int(lines[0].split(" ")[1]), [(name.lower(), value) for name, value in fields], body.decode(errors="replace")


class Story(unittest.TestCase):
    def officer(self, agency, login):
        curl = Curl(agency.home / f"{login}.cookies")
        officer = Officer(agency.officer_face, curl.get, curl.post)
        return officer, officer.sign_in(login, agency.officers()[login])

    def only_case(self, officer, queue):
        paths = {part.split('"')[0] for part in queue.split('href="')[1:] if part.startswith("/cases/")}
        self.assertEqual(len(paths), 1)
        return officer.get(paths.pop())

    def test_the_whole_story_with_curl_alone(self):
        with running_agency() as agency:
            curl = Curl()
            citizen = Citizen(agency.reporters, curl.get, curl.post)
            self.assertIn("1205", citizen.get("/"))
            check = citizen.check(ANSWERS)
            receipt = citizen.send(check)
            self.assertEqual(citizen.send(check), receipt, "sent twice, another receipt")

            legal, queue = self.officer(agency, "legal")
            page = self.only_case(legal, queue)
            self.assertIn("&lt;b&gt;", page)
            self.assertNotIn("ใจกล้า", page)
            page = legal.act(page, "register", {"category": "procurement"})
            page = legal.act(page, "reply", {"message": "ขอทราบวันที่"})
            page = legal.act(page, "screen", {"no_conflict": "yes"})
            self.assertIn("ขอทราบวันที่", citizen.track(receipt))
            self.assertEqual(citizen.write(receipt, "กลางเดือนมกราคม").count("<li>"), citizen.track(receipt).count("<li>"))
            page = legal.act(page, "propose", {**SCREENING, "allegations": "ข้อหนึ่ง\r\nข้อสอง", "proposed_order": "ยุติเรื่อง"})
            self.assertNotIn("form-close", forms(page))

            clerk, queue = self.officer(agency, "clerk")
            page = self.only_case(clerk, queue)
            self.assertIn("กลางเดือนมกราคม", page)
            clerk.close(page, reason="ไม่พบหลักฐาน", notice="พิจารณาแล้ว")
            self.assertEqual(text_of(clerk.get("/queue"), "finished"), "1")
            told = citizen.track(receipt)
            self.assertIn("พิจารณาแล้ว", told)
            self.assertTrue(text_of(told, "state"))

            head, queue = self.officer(agency, "head")
            self.assertIn("บรรทัดหนึ่ง", self.only_case(head, queue))

    def test_a_receipt_is_understood_in_thai_digits_and_with_hyphens(self):
        with running_agency() as agency:
            curl = Curl()
            citizen = Citizen(agency.reporters, curl.get, curl.post)
            receipt = citizen.file({"facts": "ก", "subject_unknown": "yes"})
            state = text_of(citizen.track(receipt), "state")
            self.assertTrue(state)
            for typed in (receipt.replace(" ", "-"), receipt.translate({ord("0") + i: 0xe50 + i for i in range(10)})):
                self.assertEqual(text_of(citizen.track(typed), "state"), state)

    def answers(self, agency):
        """Every kind of answer there is, by a name: arguments of curl and whether it has a body of a form."""
        reporters, officers = agency.reporters, agency.officer_face
        style = forms_style(Curl().get(reporters + "/"))
        pages = {path: [reporters + path] for path in ("/", "/report", "/track", "/manual", "/privacy", "/keys", "/statistics")}
        return {
            **pages,
            **{f"HEAD {path}": ["-I", *arguments] for path, arguments in pages.items()},
            "English": [reporters + "/?lang=en"],
            "style": [reporters + style],
            "HEAD style": ["-I", reporters + style],
            "not found": [reporters + "/nowhere"],
            "HEAD not found": ["-I", reporters + "/nowhere"],
            "method": ["-X", "POST", "-d", "", reporters + "/"],
            "no length": ["-X", "POST", reporters + "/"],
            "another method": ["-X", "DELETE", reporters + "/"],
            "unknown method": ["-X", "BREW", reporters + "/"],
            "empty form": ["-X", "POST", "-d", "step=check", reporters + "/report"],
            "no form": ["-X", "POST", "-H", "Content-Type: text/plain", "-d", "step=check", reporters + "/report"],
            "too large": ["-X", "POST", "-d", "facts=" + "x" * 90_000, reporters + "/manual"],
            "bad encoding": ["-X", "POST", "-d", "facts=%zz&step=check", reporters + "/report"],
            "wrong receipt": ["-X", "POST", "-d", "receipt=1&action=open", reporters + "/track"],
            "foreign host": ["-H", "Host: example.com", reporters + "/"],
            "long address": [reporters + "/" + "a" * 20_000],
            "transfer encoding": ["-H", "Transfer-Encoding: chunked", "-d", "a=b", reporters + "/report"],
            "login": [officers + "/login"],
            "HEAD login": ["-I", officers + "/login"],
            "wrong login": ["-X", "POST", "-d", "login=a&passphrase=b", officers + "/login"],
            "not signed in": [officers + "/queue"],
            "officer not found": [officers + "/nowhere"],
            "officer case": [officers + NOWHERE],
        }

    def test_every_answer_carries_its_security_headers_once(self):
        statuses = set()
        with running_agency() as agency:
            for name, arguments in self.answers(agency).items():
                with self.subTest(name):
                    status, headers, body = Curl().run(*arguments)
                    statuses.add(status)
                    for header, value in HEADERS.items():
                        self.assertEqual([found for given, found in headers if given == header], [value], header)
                    names = [given for given, _ in headers]
                    self.assertEqual(len(names), len(set(names)), f"a header twice: {names}")
                    if "login" not in name:  # whose form has a cookie of its own
                        self.assertNotIn("set-cookie", names)
                    self.assertNotIn("server", names)
                    self.assertNotIn("date", names)
                    self.assertEqual(dict(headers)["cache-control"],
                                     "public, max-age=31536000, immutable" if "style" in name else "no-store")
                    self.assertEqual(body == "", "-I" in arguments or status == 303)
        self.assertLessEqual({200, 303, 400, 403, 404, 405, 413}, statuses, "a kind of answer was not seen")


def forms_style(page):
    return page.split('rel="stylesheet" href="')[1].split('"')[0]


if __name__ == "__main__":
    unittest.main()
