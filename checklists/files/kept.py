"""A place where the program keeps what it can make again: in the user's own cache folder, or nowhere at all.

Nothing here is ever told. A folder that is not the user's, that cannot be written or that others may write to, and a
file that is broken, is as good as none.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from checklists.files.writing import PART, READ_PLAIN, move_whole
from checklists.problems import Refused

MOST_KEPT = 8
"""Files of one kind; the ones used longest ago go first."""
MOST_BYTES = 50_000_000
_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DIGEST = hashlib.sha256().digest_size * 2


def _folder(*, make: bool = False) -> Path | None:
    """The folder, if it is there and the user's alone."""
    try:
        folder = user_cache_path("checklists", appauthor=False)
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _is_own(os.lstat(folder)) and stat.S_ISDIR(os.lstat(folder).st_mode) else None
    except (OSError, RuntimeError):  # no home
        return None


def _is_own(found: os.stat_result) -> bool:
    """Whether nobody but the user may write there; Windows keeps a profile to its user."""
    own = getattr(os, "geteuid", lambda: found.st_uid)()
    return found.st_uid == own and not (os.name == "posix" and found.st_mode & _OTHERS)


def kept(name: str) -> bytes | None:
    """What was kept under a name, whole; None for nothing."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.open(folder / name, READ_PLAIN), "rb") as opened:  # noqa: PTH123 -- an open handle
            found = os.fstat(opened.fileno())
            if not stat.S_ISREG(found.st_mode) or not _is_own(found) or found.st_size > MOST_BYTES:
                return None
            told = opened.read(MOST_BYTES)
        os.utime(folder / name)
    except OSError:
        return None
    digest, content = told[:_DIGEST], told[_DIGEST:]
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def keep(name: str, content: bytes, *, kind: str) -> None:
    """Keep it, written whole; of one ``kind``, which the name begins with, only the newest few stay."""
    folder = _folder(make=True)
    if folder is None or len(content) > MOST_BYTES:
        return
    with suppress(OSError, Refused):
        move_whole(str(folder / name), hashlib.sha256(content).hexdigest().encode() + content)
    with suppress(OSError):
        found = sorted(
            (path for path in folder.iterdir() if path.name.startswith(kind)),
            key=lambda path: path.lstat().st_mtime,
        )
        old = [path for path in folder.iterdir() if PART.fullmatch(path.name) and path not in found]
        for path in (*found[:-MOST_KEPT], *(path for path in old if _is_old(path))):
            path.unlink(missing_ok=True)


def _is_old(path: Path) -> bool:
    """Whether a file half written was left behind: nobody writes for an hour."""
    return path.lstat().st_mtime < path.parent.stat().st_mtime - 3600
