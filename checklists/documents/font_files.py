"""Names of the fonts in folders, read from the files: Windows and macOS keep no list that a program can ask for.

Formats: OpenType 1.9, table directory, ``ttcf`` collections and table ``name``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

_ENDINGS = frozenset({".ttf", ".ttc", ".otf", ".otc"})
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_UNICODE, _WINDOWS = 0, 3
_MOST_FONTS, _MOST_TABLES = 256, 1024
"""In one file; more of them are in none."""


def families_in(folders: Iterable[Path]) -> set[str]:
    """Family names, in every language they are told in, of the fonts in folders and all below them.

    What is no font, is damaged or may not be read has none.
    """
    found: set[str] = set()
    for folder in folders:
        for path in folder.rglob("*"):
            if path.suffix.lower() in _ENDINGS and path.is_file():
                with suppress(OSError, struct.error), path.open("rb") as file:
                    found.update(name for start in _fonts(file) for name in _families(file, start))
    return found


def _fonts(file: BinaryIO) -> list[int]:
    """Where the fonts of a file begin: several in a collection."""
    if file.read(4) != b"ttcf":
        return [0]
    (count,) = _read(file, 8, ">I")
    return list(_read(file, 12, f">{min(count, _MOST_FONTS)}I"))


def _families(file: BinaryIO, start: int) -> Iterator[str]:
    (tables,) = _read(file, start + 4, ">H")
    for number in range(min(tables, _MOST_TABLES)):
        tag, _, offset, _ = _read(file, start + 12 + 16 * number, ">4sIII")
        if tag == b"name":
            yield from _names(file, offset)


def _names(file: BinaryIO, table: int) -> Iterator[str]:
    _, count, texts = _read(file, table, ">HHH")
    for number in range(count):
        platform, _, _, kind, length, offset = _read(file, table + 6 + 12 * number, ">6H")
        if platform in (_UNICODE, _WINDOWS) and kind in (_FAMILY, _TYPOGRAPHIC_FAMILY):
            (text,) = _read(file, table + texts + offset, f">{length}s")
            yield text.decode("utf-16-be", "replace")


def _read(file: BinaryIO, at: int, form: str) -> Any:
    file.seek(at)
    return struct.unpack(form, file.read(struct.calcsize(form)))
