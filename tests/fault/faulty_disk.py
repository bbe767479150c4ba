"""The disk under an agency that fails when told and forgets what was not synced: the other half of faulty_disk.c."""
import mmap
import os
import pathlib
import shutil
import struct

from agency import BUILD

LIBRARY = BUILD / "tests/fault/libfaulty_disk.so"
FILES = ("sucharit.db", "sucharit.db-wal", "sucharit.db-journal")
FIELDS = ("write_errno", "write_after", "short_writes", "sync_errno", "truncate_errno", "read_errno", "read_after",
          "sync_delay_us", "writes", "syncs", "reads", "failed")
MOST_RANGES = 65536
SIZE = 8 * (len(FIELDS) + len(FILES) + 1 + 3 * MOST_RANGES)
SECTOR = 512  # bytes that a disk writes whole or not at all


class FaultyDisk:
    """Attributes named in FIELDS are read from and written to the running server's library."""

    def __init__(self, agency, power_cuts=False):
        self.__dict__["_folder"] = agency.folder
        self.__dict__["_image"] = agency.home / "image" if power_cuts else None
        path = agency.home / "faulty-disk"
        with open(path, "wb") as file:
            file.truncate(SIZE)
        with open(path, "r+b") as file:
            self.__dict__["_shared"] = mmap.mmap(file.fileno(), SIZE)
        agency.environment = {**os.environ, "LD_PRELOAD": str(LIBRARY), "FAULTY_DISK_CONTROL": str(path),
                              "FAULTY_DISK_FOLDER": str(agency.folder)}
        if power_cuts:
            agency.environment["FAULTY_DISK_IMAGE"] = str(self._image)
            self.take_image()

    def _number(self, at):
        return struct.unpack_from("q", self._shared, 8 * at)[0]

    def _set(self, at, value):
        struct.pack_into("q", self._shared, 8 * at, value)

    def __getattr__(self, name):
        return self._number(FIELDS.index(name))

    def __setattr__(self, name, value):
        self._set(FIELDS.index(name), value)

    def heal(self):
        for name in FIELDS[:8]:
            setattr(self, name, 0)

    def take_image(self):
        """What stands on the disk now is what a power cut leaves."""
        shutil.rmtree(self._image, ignore_errors=True)
        shutil.copytree(self._folder, self._image)
        for number, name in enumerate(FILES):
            self._set(len(FIELDS) + number, int((self._image / name).exists()))
        self._set(len(FIELDS) + len(FILES), 0)

    def _ranges(self):
        first = len(FIELDS) + len(FILES) + 1
        for number in range(self._number(first - 1)):
            yield tuple(self._number(first + 3 * number + part) for part in range(3))

    def cut_power(self, chance):
        """After the kill: of what was not synced any part is gone, as `chance` (a random.Random) says. Returns how many bytes
        had not been synced, so that a test can tell that the cut took something."""
        unsynced, keep = 0, chance.choice((0.0, 0.5, 1.0))
        for kind, offset, size in self._ranges():
            unsynced += size
            real, image = pathlib.Path(self._folder / FILES[kind]), self._image / FILES[kind]
            if not real.exists() or not image.exists():
                continue
            with open(real, "rb") as now, open(image, "r+b") as kept:
                for at in range(offset - offset % SECTOR, offset + size, SECTOR):
                    if chance.random() < keep:
                        now.seek(at)
                        kept.seek(at)
                        kept.write(now.read(SECTOR))
        for number, name in enumerate(FILES):
            image = self._image / name
            if not self._number(len(FIELDS) + number) and chance.random() >= keep:
                image.unlink(missing_ok=True)
        for name in (*FILES, "sucharit.db-shm"):
            (self._folder / name).unlink(missing_ok=True)
            if (self._image / name).exists() and name in FILES:
                shutil.copy(self._image / name, self._folder / name)
        self.take_image()
        return unsynced
