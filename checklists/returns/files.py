"""The files that came back: those of the folders named, each read once however often it lies there."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from checklists import limits
from checklists.files.writing import OLD, is_link, read_file
from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.book import read_book
from checklists.returns.paper import read_paper
from checklists.returns.remembered import Memory
from checklists.returns.returned import Return

READ = frozenset({".xlsx", ".xlsm", ".docx", ".docm", ".xls", ".doc", ".et", ".wps"})
"""Endings that are looked into; what is inside decides. The last four are told apart by their first bytes."""
PASSED_OVER = ("~$", ".", "__MACOSX", "Thumbs.db", "desktop.ini")
"""How files begin that programs and systems leave beside others."""
MARKED = "待核"
"""How the folder of marked copies ends, which stands beside a ledger."""
DRAFTS = "文书草稿"
"""How the folder of papers filled with hazards ends, which stands beside a ledger."""
OWN_FOLDERS = (MARKED, DRAFTS, OLD)
MOST_NAMED = 5
_WORD = b"word/document.xml"


@dataclass(frozen=True)
class Filed:
    """One file: what it says, or why it says nothing."""

    path: str
    digest: str = ""
    returned: Return | None = None
    problems: tuple[Problem, ...] = ()
    same_as: str = ""
    """Path of the file before it with the very same bytes."""


def files_of(paths: Sequence[Path]) -> tuple[list[Path], list[Problem]]:
    """Files to read in the order of their names, and what lies there and is not read.

    Raises Refused for a path that is not there.
    """
    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        if path.is_dir():
            files += _below(path, problems)
        elif path.exists():
            files.append(path)
        else:
            raise Refused([problem("file-missing", Position(str(path)))])
    return list(dict.fromkeys(files)), problems


def _below(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Links are not followed below the folder that is named."""
    others: list[str] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda one: one.name)
    except OSError:
        problems.append(problem("returns-folder-unread", Position(str(folder))))
        return
    for entry in entries:
        if entry.name.startswith(PASSED_OVER):
            continue
        status = entry.stat(follow_symlinks=False)
        if is_link(status):
            problems.append(problem("returns-link", Position(entry.path)))
        elif stat.S_ISDIR(status.st_mode) and entry.name.endswith(OWN_FOLDERS):
            problems.append(problem("returns-own-folder", Position(entry.path)))
        elif stat.S_ISDIR(status.st_mode):
            yield from _below(Path(entry.path), problems)
        elif stat.S_ISREG(status.st_mode) and Path(entry.name).suffix.lower() in READ:
            yield Path(entry.path)
        else:
            others.append(entry.name)
    if others:
        named = "、".join(others[:MOST_NAMED]) + ("等" if len(others) > MOST_NAMED else "")
        problems.append(problem("returns-others", Position(str(folder)), count=len(others), names=named))


def read_files(files: Sequence[Path], memory: Memory, tell: Callable[[Filed], None]) -> list[Filed]:
    """Every file, read or refused; ``tell`` is called with each as it is done."""
    found: list[Filed] = []
    first: dict[str, str] = {}
    for path in files:
        filed = _filed(path, memory, first)
        tell(filed)
        found.append(filed)
    return found


def _filed(path: Path, memory: Memory, first: dict[str, str]) -> Filed:
    position = Position(str(path))
    try:
        content = read_file(path, limits.FILE_BYTES)
    except Refused as refused:
        return Filed(str(path), problems=refused.problems)
    digest = hashlib.sha256(content).hexdigest()
    before = first.setdefault(digest, str(path))
    if before != str(path):
        told = problem("returns-same", position, other=before)
        return Filed(str(path), digest, problems=(told,), same_as=before)
    try:
        returned = memory.get(digest)
        if returned is None:
            returned = _read(content, digest, position)
            memory.added.append(returned)
    except Refused as refused:
        return Filed(str(path), digest, problems=refused.problems)
    return with_notices(Filed(str(path), digest, returned))


def _read(content: bytes, digest: str, position: Position) -> Return:
    if Path(position.file).suffix.lower() not in READ:
        raise Refused([problem("returns-ending", position)])
    is_word = content[:2] == b"PK" and _WORD in content
    return read_paper(content, digest, position) if is_word else read_book(content, digest, position)


def with_notices(filed: Filed) -> Filed:
    """The file with the problems that its reader noted."""
    if filed.returned is None:
        return filed
    problems = [
        problem(
            one.code,
            Position(filed.path, sheet=one.sheet or None, cell=one.cell or None),
            **one.details,
        )
        for one in filed.returned.notices
    ]
    return replace(filed, problems=(*filed.problems, *problems))
