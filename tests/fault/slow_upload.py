"""A file over a line of 20 kB/s: 30 MiB take 26 minutes.

SUCHARIT_BUILD=build python3 tests/fault/slow_upload.py [--mib 30] [--bytes-per-second 20000]
"""
import argparse
import os
import time

from agency import running_agency
from client import Client
from files import Upload, on_disk
from people import Citizen


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mib", type=int, default=30)
    parser.add_argument("--bytes-per-second", type=int, default=20_000)
    given = parser.parse_args()
    with running_agency() as agency:
        client = Client()
        receipt = Citizen(agency.reporters, client.get, client.post).file({"facts": "ก" * 90, "subject_unknown": "yes"})
        begun = time.monotonic()
        upload = Upload(agency.reporters, receipt, [("evidence.bin", os.urandom(given.mib << 20))])
        status, stored, _ = upload.send_at(given.bytes_per_second).answer()
        seconds = time.monotonic() - begun
        complete, parts = on_disk(agency)
        assert (status, stored, len(complete), len(parts)) == (200, {"evidence.bin": True}, 1, 0), (status, stored)
        print(f"{given.mib} MiB stored after {seconds:.0f} s, {len(upload.body) / seconds / 1000:.1f} kB/s")


if __name__ == "__main__":
    main()
