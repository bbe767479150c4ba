"""What the memory of a running program holds of its officers: nothing secret before anybody has signed in, nothing while a session
rests, nothing after it has ended. Each search is first shown to find."""
import os
import subprocess
import unittest

from agency import BUILD, stopped_agency
from client import Client
from people import Citizen, Officer
from traces import Canary

SECRET = ("box_secret", "sign_seed", "wrapping", "authentication")


def keys_of(agency, login):
    """{name: bytes} of officer_keys about an agency that is not running."""
    said = subprocess.run([BUILD / "tests/fault/officer_keys", agency.folder, agency.credential], check=True, timeout=60, text=True,
                          input=f"{login}\t{agency.officers()[login]}\n", capture_output=True).stdout
    return {name: bytes.fromhex(value) for name, value in (line.split() for line in said.splitlines())}


class KeysTest(unittest.TestCase):
    @unittest.skipUnless(os.geteuid() == 0, "only root may read the program's memory")
    def test_no_officers_secret_stays_in_memory_between_requests(self):
        canary, control = Canary(), Canary()
        with stopped_agency() as agency:
            keys = keys_of(agency, "legal")
            control.watch_bytes("key that the program always holds", keys["held"])
            control.watch_bytes("public key of the roster", keys["box_public"])
            for name in SECRET:
                canary.watch_key(name, keys[name])
            agency.start()
            pid = agency.process.pid

            def look(when):
                agency.wait_until_released()
                self.assertEqual(canary.found_in_memory(pid), [], when)

            found = " ".join(control.found_in_memory(pid))
            self.assertIn("always holds", found)
            self.assertIn("roster", found)
            look("nobody has signed in")

            client = Client()
            citizen = Citizen(agency.reporters, client.get, client.post)
            citizen.file({"category": "procurement", "facts": canary.text("facts", 60), "subject_name": canary.text("name", 2)})
            look("a report was filed")

            client = Client()
            legal = Officer(agency.officer_face, client.get, client.post)
            passphrase = agency.officers()["legal"]
            canary.watch(passphrase)
            queue = legal.sign_in("legal", passphrase)
            canary.watch(client.cookie("__Host-sucharit"))
            page = legal.get("/cases/" + queue.split('href="/cases/')[1].split('"')[0])
            self.assertIn(canary.thai, page, "the officer does not read the case")
            look("a case was read, the session rests")

            page = legal.act(page, "register", {"category": "procurement"})
            page = legal.act(page, "reply", {"message": canary.text("reply", 20)})
            legal.sign_in("legal", canary.text("wrong", 1))
            look("a case was worked on, a wrong passphrase was typed")

            legal.sign_out(page)
            self.assertIn('id="sign-in"', legal.get("/queue"), "the session goes on")
            look("the session has ended")
            self.assertEqual(agency.end(), 0)


if __name__ == "__main__":
    unittest.main()
