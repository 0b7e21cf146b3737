"""What a batch has written so far, while it lasts: a line a document, appended before the document is moved into place.

Each process appends to a file of its own in the batch's folder; a batch that is finished removes them, since its
manifest says the same. One that was killed leaves them, so that the next knows every document as its own. Beside them a
small file says that a batch is unfinished and of which day it is.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checklists.documents.filenames import DIGITS, digits_of
from checklists.files.writing import READ_PLAIN, check_plain, move_whole, unwritable

_JOURNAL = ".checklists-written"
_APPEND = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_APPEND
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_LONGEST_LINE = 10_000
_opened: dict[str, int] = {}
"""Journals this process has open: folder and batch -> handle."""


def batch_digits(roster: str, department: str | None) -> str:
    """Six digits that tell batches of one folder from each other: name of the roster's file, department."""
    return digits_of([roster, department or ""])[:DIGITS]


# ---------------------------------------------------------------- written by each process


def journal_of(out: Path, on: datetime.date, digits: str) -> str:
    """What the names of a batch's journals begin with."""
    return f"{out}/{_JOURNAL}_{on.isoformat()}_{digits}_"


def note_written(journal: str, entries: list[tuple[int, str]]) -> None:
    """Say that files are about to be written: their keys and SHA-256 (hex). Raises OSError."""
    path = f"{journal}{os.getpid()}"
    if path not in _opened:
        _opened[path] = _open(path)
    lines = "".join(f'["{key}", "{digest}"]\n' for key, digest in entries)
    os.write(_opened[path], lines.encode())


def _open(path: str) -> int:
    handle = os.open(path, _APPEND, 0o666)
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:  # another name of somebody's file
        os.close(handle)
        raise FileExistsError
    return handle


def close_journals() -> None:
    """Close what this process has open."""
    while _opened:
        os.close(_opened.popitem()[1])


def written_before(out: Path, on: datetime.date) -> Iterator[tuple[str, str]]:
    """Key and digest of each file that unfinished batches of the day have written; a torn line is passed over."""
    for path in sorted(out.glob(f"{_JOURNAL}_{on.isoformat()}_*")):
        try:
            with open(os.open(path, READ_PLAIN), encoding="utf-8", errors="replace") as opened:  # noqa: PTH123
                while line := opened.readline(_LONGEST_LINE):
                    with contextlib.suppress(ValueError, TypeError, RecursionError):
                        key, digest = json.loads(line)
                        yield str(key), str(digest)
        except OSError:
            continue


def remove_journals(journal: str) -> None:
    """Remove the journals of a batch whose manifest stands."""
    folder, begin = os.path.split(journal)
    for path in Path(folder).glob(f"{begin}*"):
        if re.fullmatch(r"[0-9]+", path.name.removeprefix(begin)):
            with contextlib.suppress(OSError):
                path.unlink()


# ---------------------------------------------------------------- an unfinished batch


def _state(out: Path, digits: str) -> Path:
    return out / f".checklists-unfinished_{digits}.json"


def begin_batch(out: Path, digits: str, on: datetime.date) -> None:
    """Say that a batch is under way. Raises Refused when it cannot be written, or a link stands in its place."""
    path = _state(out, digits)
    check_plain(path)
    try:
        move_whole(str(path), f'{{"on": "{on.isoformat()}"}}\n'.encode())
    except OSError as failure:
        raise unwritable(path, failure) from failure


def end_batch(out: Path, digits: str) -> None:
    """Say that it is finished."""
    with contextlib.suppress(OSError):
        _state(out, digits).unlink()


def unfinished(out: Path, digits: str) -> bool:
    """Whether a batch was begun in the folder and not finished."""
    return os.path.lexists(_state(out, digits))


def unfinished_day(out: Path, roster: str, department: str | None) -> datetime.date | None:
    """Day of the batch of this roster that was begun in the folder and not finished."""
    try:
        with open(os.open(_state(out, batch_digits(roster, department)), READ_PLAIN), "rb") as opened:  # noqa: PTH123
            told: Any = json.loads(opened.read(1000))
        return datetime.date.fromisoformat(told["on"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
