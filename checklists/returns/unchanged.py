"""Whether anything has changed since the ledger was made last: then it still is what the files say, and nothing is read.

A file is taken for unchanged while its place on the disk, its size and its times are the same, the time of its last
change of whatever kind among them, which no program sets at will. What was changed only just now is read again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from checklists.problems import Position, Problem
from checklists.returns.files import files_of
from checklists.returns.remembered import READING

SETTLED = 2_000_000_000
"""Nanoseconds after which two changes of a file have different times on every file system in use."""


def state_of(paths: Sequence[Path], standing: Sequence[Path], on: datetime.date) -> str:
    """What a ledger as of a day depends on, as one digest: returned files, and rules and template; empty when too new.

    Raises Refused for a path that is not there.
    """
    files, beside = files_of(paths)
    told: list[Any] = [READING, on.isoformat(), [found.as_json() for found in beside]]
    newest = 0
    try:
        for path in (*files, *_all_of(standing)):
            status = os.stat(path)  # noqa: PTH116 -- a Path more for each of ten thousand files
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
            told.append([str(path), status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns])
    except OSError:
        return ""
    if newest > time.time_ns() - SETTLED:
        return ""
    return hashlib.sha256(json.dumps(told).encode(errors="surrogatepass")).hexdigest()


def _all_of(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else (path,)


def problem_from(told: Mapping[str, Any]) -> Problem:
    """The problem that :meth:`Problem.as_json` wrote. Raises KeyError or TypeError for anything else."""
    position = Position(told["file"], told["line"], told["sheet"], told["cell"])
    return Problem(position, told["code"], told["level"], told["message"], told["remedy"])
