"""Looks for traces of a text in bytes, files and a live process, in every form in which a program may have kept it."""
import base64
import os
import secrets

SYSTEM_FOLDERS = ["/tmp", "/var/tmp", "/dev/shm"]
CHUNK = 16 << 20  # bytes of memory or of a file looked at in one go
THAI = [chr(code) for code in range(0x0e01, 0x0e2f)]  # consonants: normalisation leaves them alone
ASCII = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ"


def _base64(data):
    """What base64 of the data looks like wherever it stands inside a longer text: three alignments, both alphabets."""
    for lead in range(3):
        whole = base64.b64encode(b"\0" * lead + data)
        first = -(-lead * 8 // 6)  # characters that depend on what stands before
        last = (lead + len(data)) * 8 // 6  # and on what stands behind
        yield whole[first:last]
        yield whole[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def forms_of(text):
    """{name: bytes}"""
    data = text.encode()
    found = {"utf-8": data, "utf-16le": text.encode("utf-16le"), "utf-16be": text.encode("utf-16be"),
             "utf-32le": text.encode("utf-32le"), "hex": data.hex().encode(), "HEX": data.hex().upper().encode()}
    found.update({f"base64 {number}": part for number, part in enumerate(_base64(data))})
    if not text.isascii():
        percent = "".join(f"%{byte:02X}" for byte in data)
        escaped = "".join(f"\\u{ord(letter):04X}" for letter in text)
        found.update({"URL": percent.encode(), "url": percent.lower().encode(),
                      "JSON": escaped.replace("\\U", "\\u").encode(), "json": escaped.lower().encode(),
                      "html": "".join(f"&#{ord(letter)};" for letter in text).encode()})
    return found


class Canary:
    """Two stems, one ASCII and one Thai, that exist nowhere else. Every text made from them holds each several times: a text
    of which only a part was overwritten is found too."""

    def __init__(self):
        self.ascii = "".join(secrets.choice(ASCII) for _ in range(14))
        self.thai = "".join(secrets.choice(THAI) for _ in range(8))
        self._needles = {f"{name} of {stem}": data for stem in (self.ascii, self.thai) for name, data in forms_of(stem).items()}

    def text(self, name, times=3):
        return " ".join(f"{self.ascii}{name}{self.thai}" for _ in range(times))

    def watch(self, text):
        """One more text that must not be found, for example a receipt."""
        self._needles.update({f"{name} of a watched text": data for name, data in forms_of(text).items()})

    def watch_bytes(self, name, data):
        self._needles[name] = data

    def watch_key(self, name, data):
        """A key: as bytes, and written in hex or base64. Halves, for one of which only a part was overwritten."""
        for part, half in (("", data), (" first half", data[:len(data) // 2]), (" second half", data[len(data) // 2:])):
            self._needles[name + part] = half
        self._needles[name + " hex"] = data.hex().encode()
        self._needles.update({f"{name} base64 {number}": form for number, form in enumerate(_base64(data))})

    def found_in(self, data):
        """Names of the forms found in the bytes."""
        return [name for name, needle in self._needles.items() if needle in data]

    def _found_in_chunks(self, chunks):
        longest, tail, found = max(map(len, self._needles.values())), b"", set()
        for chunk in chunks:
            found.update(self.found_in(tail + chunk))
            tail = chunk[-longest:]
        return found

    def found_in_file(self, path):
        with open(path, "rb") as file:
            return self._found_in_chunks(iter(lambda: file.read(CHUNK), b""))

    def found_in_files(self, paths):
        """["path: form"]; a file that went away meanwhile is no trace."""
        found = []
        for path in paths:
            try:
                found += [f"{path}: {name}" for name in self.found_in_file(path)]
            except OSError:
                continue
        return found

    def found_in_memory(self, pid):
        """["region: form"] of all that the process has mapped and can read. Needs root: the program shuts others out."""
        found = []
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
            for line in maps:
                span, rights, *rest = line.split(maxsplit=5)
                name = rest[3].strip() if len(rest) > 3 else "anonymous"
                if rights[0] != "r" or name in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                found += [f"{name} {span}: {form}" for form in self._found_in_chunks(read_span(memory, start, end))]
        return found


def read_span(memory, start, end):
    at = start
    while at < end:
        try:
            memory.seek(at)
            part = memory.read(min(CHUNK, end - at))
        except OSError:
            return  # a guard page, or unmapped meanwhile
        if not part:
            return
        at += len(part)
        yield part


def open_files(pid):
    """Regular files that the process holds open, deleted ones included."""
    folder = f"/proc/{pid}/fd"
    return [path for path in (f"{folder}/{number}" for number in os.listdir(folder)) if os.path.isfile(path)]


def entries(folders):
    """{path: time of its last change} of what stands right inside the folders."""
    found = {}
    for folder in folders:
        for entry in os.scandir(folder) if os.path.isdir(folder) else ():
            try:
                found[entry.path] = entry.stat(follow_symlinks=False).st_mtime_ns
            except OSError:
                continue
    return found


def files_new_since(before, folders, largest=16 << 20):
    """Files right inside the folders, or in folders there, that are not among the entries `before` or have changed. A folder
    that stood there before belongs to somebody else, and so do huge files: other programs work on this machine too."""
    for path, changed in entries(folders).items():
        if os.path.isdir(path) and path not in before:
            inside = (os.path.join(where, name) for where, _, names in os.walk(path) for name in names)
        elif os.path.isfile(path) and before.get(path) != changed:
            inside = [path]
        else:
            continue
        for file in inside:
            if os.path.isfile(file) and not os.path.islink(file) and os.path.getsize(file) <= largest:
                yield file


def own_temporary_folder(agency):
    """Where the program is told to put what is temporary: beside its data, where the search looks."""
    folder = agency.home / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR", "HOME"):
        agency.environment[name] = str(folder)
