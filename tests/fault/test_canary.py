"""Canaries in every field: after a whole story nothing of them is on any disk, and nothing in memory once the program says that
no request is in memory any more. Both searches are first shown to find."""
import base64
import json
import os
import pathlib
import re
import socket
import struct
import unittest
import urllib.parse

from agency import running_agency, stopped_agency
from client import TRUSTING, TIMEOUT, Client
from people import CASE, FIELDS, SCREENING, Citizen, Officer
from traces import SYSTEM_FOLDERS, Canary, entries, files_new_since, forms_of, open_files, own_temporary_folder


def answers(canary):
    """Every field of the form, the long ones long enough for buffers of other sizes."""
    filled = {field: canary.text(field, 2) for field in FIELDS}
    filled.update(facts=canary.text("facts", 90), witnesses=canary.text("witnesses", 40), elsewhere=canary.text("elsewhere", 9))
    return {**filled, "category": "procurement", "anonymous": "no", "name": canary.text("name", 2), "address": canary.text("address", 4),
            "phone": canary.text("phone", 1), "email": canary.ascii + "@example.com"}


def refused_acts(citizen, canary):
    """Requests that end in a page of faults, in an error page, or in the middle."""
    citizen.post(citizen.form(), {**answers(canary), "step": "check"})  # the statement is not ticked
    citizen.post(citizen.form(), {**answers(canary), "facts": canary.text("long", 900), "acknowledge": "yes", "step": "file"})
    citizen._post(citizen.origin + "/report", [("step", canary.text("step"))])
    citizen._post(citizen.origin + "/nowhere", [("a", canary.text("nowhere", 2))])
    citizen._post(citizen.origin + "/manual", [("a", canary.text("large", 3000))])
    citizen.track(canary.text("receipt"))
    citizen.get("/" + urllib.parse.quote(canary.text("path", 1)))
    citizen.get("/track?" + urllib.parse.urlencode({canary.ascii: canary.thai}))


def cut_off(agency, canary):
    """A connection that has sent a head and a part of its body."""
    body = urllib.parse.urlencode({"facts": canary.text("half", 200)}).encode()
    raw = socket.create_connection(("127.0.0.1", agency.reporter_port), timeout=TIMEOUT)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection = TRUSTING.wrap_socket(raw, server_hostname="127.0.0.1")
    head = f"POST /report HTTP/1.1\r\nHost: 127.0.0.1:{agency.reporter_port}\r\nContent-Length: {len(body) * 2}\r\n"
    connection.sendall(head.encode() + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + body)
    return connection


class Story:
    """A citizen and two officers from the filing to the closing, with canaries in all that is typed."""

    def __init__(self, agency, canary):
        self.agency, self.canary = agency, canary
        client = Client()
        self.citizen = Citizen(agency.reporters, client.get, client.post)

    def officer(self, login):
        client = Client()
        officer = Officer(self.agency.officer_face, client.get, client.post)
        queue = officer.sign_in(login, self.agency.officers()[login])
        return officer, officer.get("/cases/" + queue.split('href="/cases/')[1].split('"')[0])

    def tell(self):
        text = self.canary.text
        receipt = self.citizen.file(answers(self.canary))
        self.canary.watch(receipt)
        self.canary.watch(receipt.replace(" ", ""))
        self.citizen.write(receipt, text("message", 60))
        legal, page = self.officer("legal")
        assert self.canary.thai in page, "the story does not reach the officer"
        page = legal.act(page, "register", {"category": "procurement"})
        page = legal.act(page, "reply", {"message": text("reply", 20)})
        page = legal.act(page, "screen", {"no_conflict": "yes"})
        page = legal.act(page, "propose", {**SCREENING, "allegations": text("allegation", 2), "proposed_order": text("order", 9)})
        case = re.search(CASE, legal.get("/queue"))[1]
        for format, beginning in (("pdf", b"%PDF-"), ("odt", b"PK")):
            assert legal.paper(case, "whole", {"format": format}).startswith(beginning), "the whole case is not printed"
            legal.paper(case, "proposal", {"format": format, "addressee": text("addressee", 1)})
        legal.sign_in("legal", text("passphrase", 1))
        clerk, page = self.officer("clerk")
        page = clerk.close(page, order_number=text("number", 1), reason=text("reason", 9))  # refused: no notice
        clerk.close(page, order_number=text("number", 1), reason=text("reason", 9), notice=text("notice", 9))
        told = self.citizen.track(receipt)
        assert self.canary.thai in told and "notice" in told, "the story does not come back to the citizen"
        refused_acts(self.citizen, self.canary)


class CanaryTest(unittest.TestCase):
    def test_the_search_finds_every_form_of_a_text_wherever_it_stands(self):
        canary = Canary()
        for stem in (canary.ascii, canary.thai):
            for name, form in forms_of(stem).items():
                self.assertTrue(canary.found_in(b"before" + form + b"behind"), name)
        for before in ("", "x", "xy", "xyz"):
            text = before + canary.text("a", 1)
            for data in (base64.b64encode(text.encode()), base64.urlsafe_b64encode(text.encode()), json.dumps(text).encode(),
                         urllib.parse.quote(text).encode(), text.encode("utf-16le"), text.encode().hex().encode()):
                self.assertTrue(canary.found_in(data), data[:40])
        self.assertEqual(canary.found_in(os.urandom(1 << 20)), [])

    def test_nothing_that_was_typed_reaches_a_disk(self):
        canary, control = Canary(), Canary()
        with stopped_agency() as agency:
            own_temporary_folder(agency)
            before = entries(SYSTEM_FOLDERS)
            agency.start()
            story = Story(agency, canary)
            story.tell()
            held = cut_off(agency, canary)
            self.assertEqual(canary.found_in_files(open_files(agency.process.pid)) if os.geteuid() == 0 else [], [])
            agency.kill()
            held.close()
            (agency.folder / "control").write_text(control.text("control"))
            everything = [path for path in pathlib.Path(agency.home).rglob("*") if path.is_file()]
            self.assertIn(agency.folder / "sucharit.db", everything)
            self.assertIn(agency.home / "stdout.log", everything)
            self.assertIn(agency.home / "stderr.log", everything)
            self.assertTrue(control.found_in_files(everything), "the search does not find what is there")
            self.assertEqual(canary.found_in_files(everything), [])
            self.assertEqual(canary.found_in_files(files_new_since(before, SYSTEM_FOLDERS)), [])

    @unittest.skipUnless(os.geteuid() == 0, "only root may read the program's memory")
    def test_nothing_stays_in_memory_once_the_program_says_so(self):
        canary, control = Canary(), Canary()
        with stopped_agency() as agency:
            agency.environment["SUCHARIT_CONTROL"] = control.text("control")
            agency.start()
            self.assertTrue(control.found_in_memory(agency.process.pid), "the search does not find what is there")
            held = cut_off(agency, canary)
            Client().get(agency.reporters + "/")  # answered later, so the half request has been read
            self.assertTrue(canary.found_in_memory(agency.process.pid), "a request that is being read is not found")
            held.close()
            Story(agency, canary).tell()
            agency.wait_until_released()
            self.assertEqual(canary.found_in_memory(agency.process.pid), [])
            self.assertEqual(agency.end(), 0)

    @unittest.skipUnless(os.geteuid() == 0, "only root may read the program's memory")
    def test_no_callers_address_stays_in_memory_once_the_program_says_so(self):
        canary = Canary()
        with running_agency() as agency:
            host = ".".join(["127", *(str(1 + byte % 250) for byte in os.urandom(3))])
            canary.watch(host)
            for _ in range(20):
                raw = socket.create_connection(("127.0.0.1", agency.reporter_port), TIMEOUT, (host, 0))
                port = raw.getsockname()[1]  # together with it, the four bytes of the address are not there by chance
                address = struct.pack("!H", port) + socket.inet_aton(host)
                canary.watch_bytes(f"socket address {port}", struct.pack("=H", socket.AF_INET) + address)
                with TRUSTING.wrap_socket(raw, server_hostname="127.0.0.1") as connection:
                    connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    self.assertTrue(connection.recv(4096).startswith(b"HTTP/1.1 200"))
            agency.wait_until_released()
            self.assertEqual(canary.found_in_memory(agency.process.pid), [])


if __name__ == "__main__":
    unittest.main()
