"""Nobody's file is overwritten: what stands where a file is to go is looked at first, while the folder is held.

A file that still is byte for byte as the program wrote it is replaced; one that has the new bytes is left; every other
is left alone and told, and the new one is not written. On demand what stands there is moved to 旧件 first.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from checklists.files.record import read_record, write_record
from checklists.files.writing import (
    READ_PLAIN,
    clear_part,
    clear_parts,
    held_folder,
    moved_aside,
    no_plain_file,
    part_beside,
    unwritable,
    why,
    write_part,
)
from checklists.problems import Position, Problem, Refused, problem

Outcome = Literal["written", "same", "kept", "failed"]
Standing = Literal["nothing", "same", "ours", "kept"]
Occupant = tuple[Standing, Problem | None]
"""What stands where a file is to go, and why it is kept."""
_PIECE = 1 << 20
MOST_BYTES = 100_000_000
"""A document is never larger: a larger file in its place is not ours and is not read."""


@dataclass(frozen=True)
class Placed:
    """What became of a file: written, the same bytes stood there already, somebody's file was kept, or it failed."""

    path: str
    outcome: Outcome
    moved: str = ""
    """Where what stood there was moved, with ``--overwrite``."""
    problems: tuple[Problem, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the new bytes stand in their place."""
        return self.outcome in ("written", "same")


def digest_of(path: str) -> str:
    """SHA-256 (hex) of a file. Raises OSError; a link is not followed."""
    with open(os.open(path, READ_PLAIN), "rb") as opened:  # noqa: PTH123 -- an open handle
        return hashlib.file_digest(opened, "sha256").hexdigest()


def look(path: str, content: bytes | Path, known: Collection[str]) -> Occupant:
    """What stands at ``path``, and why it is kept.

    ``content`` is what is to be written, or a file with it; ``known`` are SHA-256 digests (hex) of what the program
    wrote there before. Nothing is read through a link, nor from what is no plain file.
    """
    position = Position(path)
    try:
        status = os.lstat(path)
        if code := no_plain_file(status):
            return "kept", problem(code, position)
        if _same(path, status.st_size, content):
            return "same", None
        if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            return "kept", problem("file-read-only", position)
        small = isinstance(content, Path) or status.st_size <= MOST_BYTES
        ours = bool(known) and small and digest_of(path) in known
    except FileNotFoundError:
        return "nothing", None
    except OSError as failure:
        return "kept", problem("file-kept-unread", position, why=why(failure))
    return ("ours", None) if ours else ("kept", problem("file-kept", position))


def _same(path: str, size: int, content: bytes | Path) -> bool:
    if isinstance(content, bytes):
        if size != len(content):
            return False
        with open(os.open(path, READ_PLAIN), "rb", buffering=0) as opened:  # noqa: PTH123 -- an open handle
            return opened.read() == content
    if size != content.stat().st_size:
        return False
    with (
        open(os.open(path, READ_PLAIN), "rb") as one,  # noqa: PTH123 -- an open handle
        content.open("rb") as other,
    ):
        while piece := one.read(_PIECE):
            if piece != other.read(_PIECE):
                return False
    return True


MOVABLE = ("file-kept", "file-kept-unread", "file-read-only")
"""What ``--overwrite`` moves aside; links and folders stay where they are."""


def will_stand(standing: Occupant, overwrite: bool) -> bool:
    """Whether :func:`put` is going to write the new bytes, or they stand there already."""
    _, why_kept = standing
    return why_kept is None or (overwrite and why_kept.code in MOVABLE)


def put(path: str, content: bytes | Path, standing: Occupant, *, overwrite: bool = False) -> Placed:
    """Write a file where :func:`look` has found ``standing``; a ``content`` that is a file is moved there.

    A failure is a problem of this file only. The new file is whole before anything is moved aside.
    """
    state, why_kept = standing
    if state == "same":
        return Placed(path, "same")
    if why_kept is not None and not will_stand(standing, overwrite):
        return Placed(path, "kept", problems=(why_kept,))
    moved = ""
    try:
        part = str(content) if isinstance(content, Path) else part_beside(path)
        if isinstance(content, bytes):
            write_part(part, content)
        try:
            moved = _aside(path) if why_kept is not None else ""
            os.replace(part, path)  # noqa: PTH105 -- making Paths would take a fifth of the time of a batch
        except BaseException:
            if isinstance(content, bytes):
                clear_part(part)
            raise
    except OSError as failure:
        return Placed(path, "failed", moved, unwritable(Path(path), failure).problems)
    except Refused as refused:
        return Placed(path, "failed", moved, refused.problems)
    return Placed(path, "written", moved)


def _aside(path: str) -> str:
    try:
        return moved_aside(path)
    except FileNotFoundError:  # gone in the meantime
        return ""


def write_guarded(
    folder: Path, contents: Mapping[str, bytes], *, whose: str = "", overwrite: bool = False
) -> tuple[list[Placed], tuple[Problem, ...]]:
    """Write files into a folder by name; what became of each, and what is wrong with the folder's record.

    ``whose`` tells for whom they are: a file of the same name that was written for another is not ours to replace.
    Raises Refused when the folder is held by another run, or it or its record cannot be written.
    """
    with held_folder(folder):
        clear_parts(str(folder))
        record = read_record(folder)
        occupants = {}
        for name, content in contents.items():
            occupants[name] = look(str(folder / name), content, record.known(name, whose))
            if will_stand(occupants[name], overwrite):
                record.add(name, hashlib.sha256(content).hexdigest(), whose)
        write_record(folder, record)
        placed = [
            put(str(folder / name), content, occupants[name], overwrite=overwrite)
            for name, content in contents.items()
        ]
    return placed, record.problems


def write_new(path: Path, content: bytes) -> Placed:
    """Write a file that a person is going to fill in; whatever else stands there is kept, whosever it is.

    No record and no lock is left in a folder of the user's: the system itself refuses a name that is taken.
    """
    taken = problem("file-exists", Position(str(path)))
    state, why_kept = look(str(path), content, ())
    if state != "nothing":
        if why_kept is not None and why_kept.code in MOVABLE:
            why_kept = taken
        return put(str(path), content, (state, why_kept))
    part = part_beside(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_part(part, content)
        try:
            _move_new(part, str(path))
        finally:
            clear_part(part)
    except FileExistsError:
        return Placed(str(path), "kept", problems=(taken,))
    except OSError as failure:
        return Placed(str(path), "failed", problems=unwritable(path, failure).problems)
    return Placed(str(path), "written")


def _move_new(part: str, path: str) -> None:
    """Move a file to a name that nothing has. Raises FileExistsError when something has it, OSError."""
    if os.name == "nt":
        os.rename(part, path)  # noqa: PTH104 -- refuses a name that is taken, where a replacement would not
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        os.replace(part, path)  # noqa: PTH105
