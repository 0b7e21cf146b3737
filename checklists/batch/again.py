"""The same batch run again, with nothing changed: known by what went in and by what stands there, it is not made anew.

What went in: roster, rules, notices, templates, options and the program itself. What stands there: every file with the
size and the time that it had when the batch ended; where only the time differs, with its content. A small hidden file
in the batch's folder tells both. After a batch of which there is anything to tell but what the roster itself has wrong,
or where that file is gone or makes no sense, the batch is simply run.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from checklists.batch.finish import standing_files
from checklists.batch.journal import unfinished
from checklists.batch.manifest import lines_of
from checklists.files.digests import contents_of, sources_of
from checklists.files.guard import digest_of
from checklists.files.writing import READ_PLAIN, check_plain, move_whole
from checklists.problems import Refused

MOST_BYTES = 200_000_000


def _told(out: Path, digits: str) -> Path:
    return out / f".checklists-done_{digits}.json"


def batch_key(roster: Path, out: Path, templates: Path, told: Mapping[str, Any]) -> str:
    """What goes into a batch, as a name; empty where not all of it can be told. ``told``: beside the files."""
    digest = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
    try:
        for name, content in (*contents_of(templates), ("roster", roster.read_bytes()), *sources_of()):
            digest.update(f"{len(name)}:{name}:{len(content)}\n".encode("utf-8", "surrogateescape"))
            digest.update(content)
        digest.update(os.fsencode(f"{out.resolve()}\n{roster.name}"))
    except (OSError, ValueError):
        return ""
    return digest.hexdigest()


def remember(key: str, out: Path, digits: str, others: list[str], about: Mapping[str, Any]) -> None:
    """Note what a finished batch left behind; ``others``: files beside the documents, the day's manifest first."""
    known = {name: digest for line in lines_of(out / others[0]) for name, digest in standing_files(out, line)}
    path = _told(out, digits)
    with suppress(OSError, Refused):  # without the note the next batch is run
        files = [(name, *_state(f"{out}/{name}"), digest) for name, digest in known.items()]
        files += [(name, *_state(f"{out}/{name}"), digest_of(f"{out}/{name}")) for name in others]
        check_plain(path)
        move_whole(str(path), json.dumps({"key": key, "about": about, "files": files}).encode())


def remembered(key: str, out: Path, digits: str) -> dict[str, Any] | None:
    """What was noted of the same batch, if everything it left behind still stands as it was."""
    if unfinished(out, digits):
        return None
    try:
        with open(os.open(_told(out, digits), READ_PLAIN), "rb") as opened:  # noqa: PTH123 -- an open handle
            told: Any = json.loads(opened.read(MOST_BYTES))
        files = told["files"] if told["key"] == key else ()
        whole = files and all(_stands(out / name, size, time, digest) for name, size, time, digest in files)
        return dict(told["about"]) if whole else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _state(path: str) -> tuple[int, int]:
    """Size and time of a plain file. Raises OSError, also for anything else."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise FileNotFoundError(path)
    return found.st_size, found.st_mtime_ns


def _stands(path: Path, size: int, time: int, digest: str) -> bool:
    try:
        now = _state(str(path))
        return now == (size, time) or (now[0] == size and bool(digest) and digest_of(str(path)) == digest)
    except OSError:
        return False
