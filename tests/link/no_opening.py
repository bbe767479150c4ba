#!/usr/bin/env python3
"""None of the functions that open what reporters sealed is in the program, neither defined nor asked for.

usage: no_opening.py PROGRAM
"""
import re
import subprocess
import sys

OPENING = re.compile(r"\bcrypto::(open_slot|open_older|begin_epoch|open_identity_slot|open_complaint|open_identity|open_follow_up|open_move"
                     r"|open_keys|open_session_keys|grant_slot|OpenedFile::open|OpenedFile::chunk)\b")
SEALING = "crypto::seal_filing"  # is there in any case: a program without symbols must not pass

if __name__ == "__main__":
    symbols = subprocess.run(["nm", "--demangle", sys.argv[1]], check=True, capture_output=True, text=True).stdout
    if SEALING not in symbols:
        sys.exit(f"{sys.argv[1]}: {SEALING} is missing, so this says nothing")
    found = sorted({match.group(0) for match in OPENING.finditer(symbols)})
    if found:
        sys.exit(f"{sys.argv[1]}: " + ", ".join(found))
