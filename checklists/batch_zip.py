"""One zip of a batch's folder: same files, same bytes. The documents are zips already and are stored as they are.

Python's zipfile keeps half a kilobyte an entry in memory until the end; a province has a million files, so the
directory is kept in a temporary file here. Format: APPNOTE.TXT 6.3, with zip64 where sizes ask for it.
"""

from __future__ import annotations

import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from checklists.files import read_file, unwritable

_DAY = 0x21  # 1 January 1980, the first day a zip can tell
_UTF8_NAMES = 0x800
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_END64 = struct.Struct("<IQHHIIQQQQ")
_LOCATOR = struct.Struct("<IIQI")


@dataclass
class _Zip:
    """A zip being written, and its directory."""

    file: IO[bytes]
    directory: IO[bytes]
    count: int = 0
    offset: int = 0

    def add(self, name: str, content: bytes) -> None:
        """One file, stored; at most 4 GB."""
        path, size = name.encode(), len(content)
        common = (_UTF8_NAMES, 0, 0, _DAY, zlib.crc32(content), size, size, len(path))
        self.file.write(_LOCAL.pack(0x04034B50, 20, *common, 0) + path + content)
        far = struct.pack("<HHQ", 1, 8, self.offset) if self.offset >= _FULL_32 else b""
        version, offset = (45, _FULL_32) if far else (20, self.offset)
        entry = _CENTRAL.pack(0x02014B50, version, version, *common, len(far), 0, 0, 0, 0, offset)
        self.directory.write(entry + path + far)
        self.count += 1
        self.offset += _LOCAL.size + len(path) + size

    def close(self) -> None:
        """The directory and the ends that point to it."""
        size = self.directory.tell()
        self.directory.seek(0)
        shutil.copyfileobj(self.directory, self.file)
        after = self.offset + size
        if self.count >= _FULL_16 or after >= _FULL_32:
            counts = (self.count, self.count, size, self.offset)
            self.file.write(_END64.pack(0x06064B50, _END64.size - 12, 45, 45, 0, 0, *counts))
            self.file.write(_LOCATOR.pack(0x07064B50, 0, after, 1))
        count, offset = min(self.count, _FULL_16), min(self.offset, _FULL_32)
        self.file.write(_END.pack(0x06054B50, 0, 0, count, count, min(size, _FULL_32), offset, 0))


def zip_files(folder: Path, names: Iterable[str], path: Path) -> None:
    """Write ``path`` with the files ``names`` of ``folder``, under a temporary name first. Raises Refused."""
    temporary = path.with_name(f".{path.name}.part")
    try:
        with temporary.open("wb") as opened, tempfile.TemporaryFile(dir=path.parent) as directory:
            made = _Zip(opened, directory)
            for name in names:
                made.add(name, read_file(folder / name))
            made.close()
        temporary.replace(path)
    except OSError as failure:
        raise unwritable(path, failure) from failure
    finally:
        temporary.unlink(missing_ok=True)
