"""A disk that is soon full."""
import contextlib
import os
import subprocess
import tempfile

from agency import PATIENCE


@contextlib.contextmanager
def small_disk(test, size):
    """One of its own in memory, for a data folder. Needs root; without, the test is skipped."""
    with tempfile.TemporaryDirectory(prefix="sucharit-disk-") as place:
        mounted = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", place], capture_output=True).returncode == 0
        if not mounted:
            test.skipTest("needs root and the right to mount a tmpfs")
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", place], check=True, timeout=PATIENCE)
