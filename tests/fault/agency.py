"""An agency of its own for one test: a fresh folder, the program on free ports, ended and removed afterwards. Only what was
started here is ended; nothing waits without a limit."""
import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time

BUILD = pathlib.Path(os.environ["SUCHARIT_BUILD"])
PROGRAM = BUILD / "sucharit"
SHARE = BUILD / "share"
PATIENCE = 60  # seconds for the program to be made, to be ready, to answer a question and to end


def init(folder):
    """Without second factors: nobody waits for the next code."""
    subprocess.run([PROGRAM, "init", "--demo", "--no-second-factor", "--dir", folder, "--password-operations", "1",
                    "--password-memory-mib", "8"], check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL)


def serve_command(folder, *options):
    ports = [word for port in ("--reporter-port", "--officer-port") if port not in options for word in (port, "0")]
    return [PROGRAM, "serve", "--dir", folder, *ports, *options]


def refused_start(folder, *options, prefix=()):
    """What `serve` says when it refuses to start: (exit status, stderr). `prefix`: a command that limits it."""
    done = subprocess.run([*prefix, *serve_command(folder, *options)], timeout=PATIENCE, text=True, capture_output=True)
    return done.returncode, done.stderr


class Agency:
    """`home` holds the data folder, the credential, and stdout.log and stderr.log of every run."""

    def __init__(self, home):
        self.home = pathlib.Path(home)
        self.folder = self.home / "agency"
        self.process = None
        self.environment = dict(os.environ)
        self.prefix = []  # a command that runs the program, for limits
        self.officer_host = "127.0.0.1"

    def begin(self, *options):
        """Starts the program and does not wait until it is ready."""
        self._lines, self._news = [], threading.Condition()
        with open(self.home / "stderr.log", "ab") as errors:
            self.process = subprocess.Popen([*self.prefix, *serve_command(self.folder, *options)], stdin=subprocess.DEVNULL,
                                            stdout=subprocess.PIPE, stderr=errors, cwd=self.home, env=self.environment)
        # The process's own lines: the reader of one that was killed may still be telling its end.
        threading.Thread(target=self._read, args=(self.process.stdout, self._lines), daemon=True).start()

    def start(self):
        self.begin()
        self.wait_for_line(lambda line: line == "ready")
        text = "\n".join(self._lines)
        self.reporter_port = int(re.search(r"^reporters: https://127\.0\.0\.1:(\d+)/$", text, re.M)[1])
        self.officer_port = int(re.search(rf"^officers: +https://{re.escape(self.officer_host)}:(\d+)/login$", text, re.M)[1])
        return self

    def _read(self, stream, lines):
        with open(self.home / "stdout.log", "ab") as log, stream:
            for line in stream:
                log.write(line)
                log.flush()
                self._tell(lines, line.decode().rstrip("\n"))
        self._tell(lines, None)

    def _tell(self, lines, line):
        with self._news:
            lines.append(line)
            self._news.notify_all()

    def wait_for_line(self, wanted, after=0):
        """The first line of stdout from the given number on that is wanted; fails when the program ends before it."""
        def found():
            return next((line for line in self._lines[after:] if line is None or wanted(line)), "")
        with self._news:
            if not self._news.wait_for(lambda: found() != "", timeout=PATIENCE):
                raise AssertionError("the program did not say what was waited for")
            if found() is None:
                raise AssertionError("the program ended:\n" + (self.home / "stderr.log").read_text())
            return found()

    def ask(self):
        """What it answers to SIGUSR1, when it has looked at its disk."""
        told = len(self._lines)
        self.process.send_signal(signal.SIGUSR1)
        return self.wait_for_line(lambda line: line in ("released", "working"), told)

    def wait_until_released(self):
        """Asks the program (SIGUSR1) until no request is in its memory any more."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.ask() == "released":
                return
        raise AssertionError("requests stay in memory")

    def wait_for_log(self, words):
        """Until stderr holds them: batches run beside the serving, and each answer to the signal lets them go on."""
        for _ in range(10_000):
            if words in (self.home / "stderr.log").read_text():
                return
            self.ask()
        raise AssertionError(f"the log does not say: {words}")

    def end(self):
        """The exit status after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE)

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def officers(self):
        """{login: passphrase}"""
        lines = (self.folder / "demo-officers.tsv").read_text().splitlines()[1:]
        return dict(line.split("\t")[:2] for line in lines)

    @property
    def credential(self):
        return f"{self.folder}.key"

    @property
    def reporters(self):
        return f"https://127.0.0.1:{self.reporter_port}"

    @property
    def officer_face(self):
        return f"https://{self.officer_host}:{self.officer_port}"


@contextlib.contextmanager
def stopped_agency(prefix="sucharit-fault-", parent=None):
    home = tempfile.mkdtemp(prefix=prefix, dir=parent)
    agency = Agency(home)
    try:
        init(agency.folder)
        yield agency
    finally:
        if agency.process and agency.process.poll() is None:
            agency.kill()
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def running_agency(**options):
    """Ends with the check that SIGTERM ends it well, unless the test has ended it itself."""
    with stopped_agency(**options) as agency:
        yield agency.start()
        if agency.process.poll() is None:
            status = agency.end()
            assert status == 0, f"the program ended with {status} on SIGTERM"
