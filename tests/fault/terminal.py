"""The program at a terminal of its own (a pty): what it says is waited for, what a person would type is typed."""
import os
import pty
import select
import termios
import time

from agency import PATIENCE, PROGRAM


class Terminal:
    """`screen`: everything that ever stood on it. `status`: at the end the exit status, or minus the signal."""

    def __init__(self, *arguments, language="en"):
        self.screen, self.status = "", None
        self._bytes, self._seen = b"", 0
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            try:
                os.execv(PROGRAM, [str(PROGRAM), *map(str, arguments), "--language", language])
            finally:
                os._exit(127)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            self.kill()
        os.close(self._master)

    def _read(self):
        """False at the end."""
        if not select.select([self._master], [], [], PATIENCE)[0]:
            return False
        try:
            self._bytes += os.read(self._master, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            return False
        self.screen = self._bytes.decode(errors="ignore").replace("\r\n", "\n")
        return True

    def until(self, words):
        """What stood before the words since the last ones that were waited for."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.screen.find(words, self._seen)) < 0:
            if time.monotonic() > deadline or not self._read():
                raise AssertionError(f"it never said {words!r}:\n{self.screen[self._seen:]}")
        before, self._seen = self.screen[self._seen:at], at + len(words)
        return before

    def answer(self, words, line):
        """Types the line when the words were said; what stood before them."""
        before = self.until(words)
        os.write(self._master, line.encode() + b"\n")
        return before

    def press_ctrl_c(self):
        os.write(self._master, b"\x03")

    def echoes(self):
        """Does what is typed show?"""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def rest(self):
        """What it says until it ends."""
        while self._read():
            pass
        said, self._seen = self.screen[self._seen:], len(self.screen)
        self._wait()
        return said

    def kill(self):
        os.kill(self._pid, 9)
        self._wait()

    def _wait(self):
        self.status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
