"""What `serve` refuses to start with: one sentence on stderr for the operator, and no success."""
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import unittest

from agency import PATIENCE, PROGRAM, SHARE, refused_start, running_agency, stopped_agency


class Start(unittest.TestCase):
    def assert_refused(self, agency, *options, words, prefix=()):
        status, said = refused_start(agency.folder, *options, prefix=prefix)
        self.assertNotEqual(status, 0)
        lines = [line for line in said.splitlines() if not line.startswith("info ")]
        self.assertEqual(len(lines), 1, f"not one sentence: {said}")
        self.assertTrue(lines[0].startswith("sucharit: "), said)
        for word in words:
            self.assertIn(word, lines[0])

    def change_settings(self, agency, text):
        with open(agency.folder / "sucharit.toml", "a", encoding="utf-8") as settings:
            settings.write(text)

    def copied_share(self, agency):
        return shutil.copytree(SHARE, agency.home / "share")

    def test_a_port_in_use_is_refused(self):
        with stopped_agency() as agency, socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            self.assert_refused(agency, "--reporter-port", port, words=[port])
            self.assert_refused(agency, "--officer-port", port, words=[port])

    def test_fewer_files_than_the_threads_may_open_are_refused(self):
        with stopped_agency() as agency:
            self.change_settings(agency, "[work]\nreporters = 256\n")
            self.assert_refused(agency, words=["too few files"], prefix=["prlimit", "--nofile=900:900"])

    def test_a_missing_typeface_file_is_refused(self):
        with stopped_agency() as agency:
            share = self.copied_share(agency)
            (share / "static/sarabun-thai-400.woff2").unlink()
            self.assert_refused(agency, "--share", share, words=["sarabun-thai-400.woff2"])

    def test_a_machine_without_the_typeface_of_prints_is_refused(self):
        with stopped_agency() as agency:
            for folders in ("", "<dir>/usr/share/fonts/truetype/dejavu</dir>"):  # none at all, and another that could help out
                fonts = agency.home / "fonts.conf"
                fonts.write_text(f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>{folders}</fontconfig>')
                self.assert_refused(agency, words=["Laksaman", "fonts-thai-tlwg"], prefix=["env", f"FONTCONFIG_FILE={fonts}"])

    def test_a_missing_catalogue_is_refused(self):
        with stopped_agency() as agency:
            share = self.copied_share(agency)
            shutil.rmtree(share / "locale/en")
            self.assert_refused(agency, "--share", share, words=["en"])

    def test_a_damaged_template_is_refused(self):
        with stopped_agency() as agency:
            share = self.copied_share(agency)
            template = share / "templates/report-form.html"
            template.write_text(template.read_text().replace("{{ONCE}}", "{{TWICE}}"))
            self.assert_refused(agency, "--share", share, words=["report-form"])

    def test_a_template_with_an_open_section_is_refused(self):
        with stopped_agency() as agency:
            share = self.copied_share(agency)
            template = share / "templates/track-case.html"
            template.write_text(template.read_text().replace("{{/MESSAGE_ROW}}", ""))
            self.assert_refused(agency, "--share", share, words=["track-case"])

    def test_a_missing_template_is_refused(self):
        with stopped_agency() as agency:
            share = self.copied_share(agency)
            (share / "templates/login.html").unlink()
            self.assert_refused(agency, "--share", share, words=["login"])

    def test_a_bad_value_in_the_settings_is_refused(self):
        with stopped_agency() as agency:
            self.change_settings(agency, "[reporter]\nport = 70000\n")
            self.assert_refused(agency, words=["reporter.port", "65535"])

    def test_an_unknown_setting_is_refused(self):
        with stopped_agency() as agency:
            self.change_settings(agency, "[reporter]\nanalytics = true\n")
            self.assert_refused(agency, words=["analytics"])

    def test_settings_that_are_no_toml_are_refused(self):
        with stopped_agency() as agency:
            self.change_settings(agency, "[[[\n")
            self.assert_refused(agency, words=["settings", "line"])

    def test_a_data_folder_that_another_process_uses_is_refused(self):
        with running_agency() as agency:
            self.assert_refused(agency, words=["another process"])

    def test_a_data_folder_that_others_may_enter_is_refused(self):
        with stopped_agency() as agency:
            agency.folder.chmod(0o755)
            self.assert_refused(agency, words=["0700"])

    def test_an_init_that_is_interrupted_leaves_nothing_behind(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with tempfile.TemporaryDirectory() as home:
                making = subprocess.Popen([PROGRAM, "init", "--demo", "--dir", f"{home}/var", "--password-operations", "8",
                                           "--password-memory-mib", "64"], stderr=subprocess.DEVNULL)
                until = time.monotonic() + PATIENCE
                while not list(pathlib.Path(home).glob("var.making-*/database.key")) and time.monotonic() < until:
                    self.assertIsNone(making.poll())
                making.send_signal(number)
                self.assertEqual(making.wait(timeout=PATIENCE), -number)
                self.assertEqual(os.listdir(home), [])

    def test_a_missing_data_folder_is_refused(self):
        with stopped_agency() as agency:
            agency.folder.rename(agency.home / "elsewhere")
            self.assert_refused(agency, words=["data folder"])

    def test_the_credential_of_another_agency_is_refused(self):
        with stopped_agency() as agency, stopped_agency() as other:
            self.assert_refused(agency, "--credential", f"{other.folder}.key", words=["does not belong"])

    def test_a_credential_that_others_may_read_is_refused(self):
        with stopped_agency() as agency:
            os.chmod(f"{agency.folder}.key", 0o440)
            self.assert_refused(agency, words=["read by others"])

    def test_a_missing_or_damaged_credential_is_refused(self):
        with stopped_agency() as agency:
            self.assert_refused(agency, "--credential", agency.home / "none.key", words=["none.key"])
            damaged = agency.home / "damaged.key"
            damaged.write_text("sucharit-credential 1\nkey 00\n")
            damaged.chmod(0o400)
            self.assert_refused(agency, "--credential", damaged, words=["damaged"])

    def test_a_database_without_encryption_is_refused(self):
        with stopped_agency() as agency:
            path = agency.folder / "sucharit.db"
            path.unlink()
            with sqlite3.connect(path) as plain:
                plain.execute("CREATE TABLE a (b)")
            plain.close()
            self.assert_refused(agency, words=["database"])

    def test_a_database_of_random_bytes_is_refused(self):
        with stopped_agency() as agency:
            path = agency.folder / "sucharit.db"
            path.write_bytes(os.urandom(path.stat().st_size))
            self.assert_refused(agency, words=["database"])

    def test_a_missing_certificate_is_refused(self):
        with stopped_agency() as agency:
            (agency.folder / "tls/certificate.pem").unlink()
            self.assert_refused(agency, words=["certificate"])

    def test_a_certificate_with_another_key_is_refused(self):
        with stopped_agency() as agency, stopped_agency() as other:
            shutil.copy(other.folder / "tls/key.pem", agency.folder / "tls/key.pem")
            self.assert_refused(agency, words=["key"])


if __name__ == "__main__":
    unittest.main()
