"""The record of a folder: which bytes the program itself has written there, so that it knows them again.

A hidden file of SHA-256 digests by file name. It is only ever read and written while the folder is held. A record that
is damaged, too large or not ours says nothing: the files it spoke of are then somebody's, and left alone.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checklists.files.writing import READ_PLAIN, check_plain, move_whole, moved_aside, unwritable
from checklists.problems import Position, Problem, problem

RECORD = ".checklists-record.json"
MOST_NAMES = 20_000
"""Beyond, the names written longest ago are forgotten."""
MOST_DIGESTS = 8
"""Digests kept of one name: those before were of files that have been replaced."""
MOST_BYTES = 32_000_000
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Known:
    """What was written under one name: for whom (see :func:`checklists.documents.filenames.asked_of`), and the digests."""

    whose: str
    digests: tuple[str, ...]


@dataclass
class Record:
    """Known files by name, as systems that fold case and accents see it; the last written last."""

    files: dict[str, Known] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def known(self, name: str, whose: str = "") -> tuple[str, ...]:
        """Digests by which a file of this name is known to be ours, written for the same."""
        known = self.files.get(_folded(name))
        return known.digests if known and known.whose == whose else ()

    def ours(self, name: str) -> tuple[str, ...]:
        """Digests of what was last written under the name, for whomever."""
        known = self.files.get(_folded(name))
        return known.digests if known else ()

    def add(self, name: str, digest: str, whose: str = "") -> None:
        """Say that bytes of this digest (SHA-256, hex) are about to be written under the name."""
        before = self.known(name, whose)
        self.files.pop(_folded(name), None)
        digests = (*(one for one in before if one != digest), digest)[-MOST_DIGESTS:]
        self.files[_folded(name)] = Known(whose, digests)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def read_record(folder: Path) -> Record:
    """The record of a folder that is held; empty where there is none.

    One that is not ours is moved to 旧件, and told. Raises Refused when a link or a folder stands in its place.
    """
    path = folder / RECORD
    check_plain(path)
    try:
        content = _content(path)
    except FileNotFoundError:
        return Record()
    except OSError as failure:
        raise unwritable(path, failure) from failure
    try:
        if len(content) > MOST_BYTES:
            raise ValueError
        return Record(dict(_entries(json.loads(content))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Record(problems=(_set_aside(path),))


def _set_aside(path: Path) -> Problem:
    try:
        aside = moved_aside(str(path))
    except OSError as failure:
        raise unwritable(path, failure) from failure
    return problem("record-damaged", Position(str(path)), aside=aside)


def _content(path: Path) -> bytes:
    with open(os.open(path, READ_PLAIN), "rb") as opened:  # noqa: PTH123 -- an open handle
        return opened.read(MOST_BYTES + 1)


def _entries(written: Any) -> Iterator[tuple[str, Known]]:
    for name, entry in written["files"].items():
        whose, digests = entry["for"], tuple(entry["sha256"])
        if not isinstance(whose, str) or not all(_DIGEST.fullmatch(digest) for digest in digests):
            raise ValueError
        yield name, Known(whose, digests[-MOST_DIGESTS:])


def write_record(folder: Path, record: Record) -> None:
    """Write the record of a folder that is held, whole or not at all. Raises Refused when it cannot be written."""
    names = list(record.files)[-MOST_NAMES:]
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps({'for': known.whose, 'sha256': known.digests})}"
        for name, known in ((name, record.files[name]) for name in names)
    )
    try:
        move_whole(str(folder / RECORD), f'{{"files": {{\n{lines}\n}}}}\n'.encode())
    except OSError as failure:
        raise unwritable(folder / RECORD, failure) from failure
