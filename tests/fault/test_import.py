"""`sucharit import`: an old register is taken in whole or not at all, also when the program is killed in the middle of it."""
import contextlib
import json
import os
import pathlib
import subprocess
import time
import unittest

from agency import PATIENCE, PROGRAM, running_agency, stopped_agency

SAMPLE = pathlib.Path(os.environ["SUCHARIT_SOURCE"]) / "tests/data/register-sample.csv"
HEADER = "register_no,channel,received,category,state,outcome,closed\n"
ROWS = 20_000
KILLS = 8


def run(folder, *words, timeout=PATIENCE):
    return subprocess.run([PROGRAM, *words, "--dir", folder], timeout=timeout, text=True, capture_output=True)


def imported(folder, file, *options):
    done = run(folder, "import", file, "--json", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def rows(count, category):
    return HEADER + "".join(f"{i},phone,2024-10-{i % 31 + 1:02},{category},screening,,\n" for i in range(1, count + 1))


class Import(unittest.TestCase):
    def test_the_sample_comes_in_clean_and_a_second_time_changes_nothing(self):
        with stopped_agency() as agency:
            self.assertEqual(imported(agency.folder, SAMPLE, "--dry-run"),
                             {"imported": False, "rows": 180, "added": 180, "updated": 0, "unchanged": 0})
            self.assertEqual(imported(agency.folder, SAMPLE)["added"], 180)
            self.assertEqual(imported(agency.folder, SAMPLE),
                             {"imported": True, "rows": 180, "added": 0, "updated": 0, "unchanged": 180})
            self.assertEqual(run(agency.folder, "audit", "verify").returncode, 0)

    def test_every_fault_is_named_and_nothing_is_taken_in(self):
        with stopped_agency() as agency:
            file = agency.home / "register.csv"
            file.write_text(rows(3, "bribery") + "4,fax,31/2/2567,SECRETMARK,gone,,\n5,phone\n", encoding="cp874")
            done = run(agency.folder, "import", file, "--language", "en")
            self.assertEqual(done.returncode, 1)
            said = done.stderr.splitlines()
            self.assertEqual([line.split(":")[:2] for line in said[:5]],
                             [["line 5", " channel"], ["line 5", " category"], ["line 5", " received"], ["line 5", " state"],
                              ["line 6", " The line does not have 7 cells like the header."]])
            self.assertNotIn("SECRETMARK", done.stdout + done.stderr)
            file.write_text(rows(3, "bribery"))
            self.assertEqual(imported(agency.folder, file, "--dry-run")["added"], 3)

    def test_a_long_list_of_faults_ends_with_how_many_more(self):
        with stopped_agency() as agency:
            file = agency.home / "register.csv"
            file.write_text(rows(250, "gossip"))
            done = run(agency.folder, "import", file, "--language", "en")
            self.assertEqual(len(done.stderr.splitlines()), 202)
            self.assertIn("and 50 more", done.stderr)

    def test_beside_a_server_only_the_dry_run(self):
        with running_agency() as agency:
            self.assertEqual(imported(agency.folder, SAMPLE, "--dry-run")["added"], 180)
            done = run(agency.folder, "import", SAMPLE)
            self.assertEqual(done.returncode, 1)
            self.assertIn("data folder", done.stderr)

    def test_killed_in_the_middle_all_or_nothing_stands(self):
        with stopped_agency() as agency:
            old, new = agency.home / "old.csv", agency.home / "new.csv"
            old.write_text(rows(ROWS, "bribery"))
            new.write_text(rows(ROWS, "ethics"))
            began = time.monotonic()
            self.assertEqual(imported(agency.folder, old)["added"], ROWS)
            lasts = time.monotonic() - began
            other = new
            for kill in range(1, KILLS + 1):
                with self.assertRaises(subprocess.TimeoutExpired) if kill == 1 else contextlib.suppress(subprocess.TimeoutExpired):
                    run(agency.folder, "import", other, timeout=lasts * kill / (KILLS + 1))  # killed when it is over
                now = imported(agency.folder, other, "--dry-run")
                self.assertIn((now["updated"], now["unchanged"]), {(ROWS, 0), (0, ROWS)})
                if now["unchanged"]:
                    other = old if other == new else new
                self.assertEqual(run(agency.folder, "audit", "verify").returncode, 0)


if __name__ == "__main__":
    unittest.main()
