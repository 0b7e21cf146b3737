"""What a visitor sends: files kept under cleaned names in a folder of their job, never under a path of theirs."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import ZipInfo

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from checklists import limits
from checklists.files.package import Damaged, open_package
from checklists.files.writing import safe_name
from checklists.problems import Position, Problem, Refused, problem
from checklists.returns.files import MOST_NAMED, PASSED_OVER

MOST_FIELDS = 1000
FIELD_BYTES = 2 << 20
"""Of one text: short codes of a year's lists."""
ZIP = ".zip"
UNUSUAL = frozenset({".xls", ".doc", ".et", ".wps", ".xlsm", ".docm", ".yml"})
"""Endings that are taken, for a stage to say what is to be done about them, and that nobody is told to send."""
_PARTS = re.compile(r"[/\\]+")
_UTF8_NAME = 0x800
"""Flag of a member of a zip whose name is UTF-8."""


@dataclass
class Kept:
    """What was kept of an upload: names as they lie in the folder, and why others were not."""

    names: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    """The names without regard to capitals, as some systems see them."""


@asynccontextmanager
async def sent_form(request: Request) -> AsyncIterator[FormData]:
    """The form of a request, its files on the disk; they vanish with it. Raises Refused for more parts than are taken."""
    try:
        form = await request.form(
            max_files=limits.SENT_FILES, max_fields=MOST_FIELDS, max_part_size=FIELD_BYTES
        )
    except HTTPException as wrong:
        raise Refused([problem("upload-form", Position("上传"), most=limits.SENT_FILES)]) from wrong
    try:
        yield form
    finally:
        await form.close()


def files_sent(form: FormData, name: str) -> list[UploadFile]:
    """The files of a field; a field that was left empty sends one without a name."""
    return [one for one in form.getlist(name) if isinstance(one, UploadFile) and one.filename]


def keep(files: Iterable[UploadFile], folder: Path, endings: Collection[str]) -> Kept:
    """Put files into a new folder, what is in a zip unpacked where ``endings`` hold it. Raises Refused when none is left.

    ``endings`` in small letters.
    """
    folder.mkdir(parents=True)
    kept = Kept()
    for sent in files:
        shown = _last(sent.filename or "")
        if shown.startswith(PASSED_OVER):
            continue
        ending = Path(shown).suffix.lower()
        if ending not in endings:
            kept.problems.append(_wrong_ending(shown, endings))
        elif not sent.size:
            kept.problems.append(problem("upload-empty", Position(shown)))
        elif ending == ZIP:
            _unpack(sent, shown, folder, endings, kept)
        else:
            _put(sent.file, folder, (shown,), kept)
    if not kept.names:
        raise Refused(kept.problems or [problem("upload-none", Position("上传"))])
    return kept


def _wrong_ending(shown: str, endings: Collection[str]) -> Problem:
    usual = sorted(set(endings) - UNUSUAL) or sorted(endings)
    return problem("upload-ending", Position(shown), endings="、".join(usual))


def _last(name: str) -> str:
    """The last part of a name as a browser sends it: some send whole paths."""
    return _PARTS.split(name)[-1]


def _put(content: IO[bytes], folder: Path, parts: tuple[str, ...], kept: Kept) -> None:
    """Write a file below the folder under cleaned names, whole or not at all."""
    above = "".join(f"{safe_name(part)}/" for part in parts[:-1])
    name = _free(above, parts[-1], kept.taken)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as opened:
            shutil.copyfileobj(content, opened, 1 << 20)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    kept.names.append(name)


def _free(above: str, name: str, taken: set[str]) -> str:
    """A name that is not taken, with a number where it was: 甲.xlsx, 甲（2）.xlsx."""
    stem, ending = safe_name(Path(name).stem), Path(name).suffix.lower()
    number, made = 1, f"{above}{stem}{ending}"
    while made.casefold() in taken:
        number += 1
        made = f"{above}{stem}（{number}）{ending}"
    taken.add(made.casefold())
    return made


# ---------------------------------------------------------------- zips


def _unpack(sent: UploadFile, shown: str, folder: Path, endings: Collection[str], kept: Kept) -> None:
    """Put the files of a zip into the folder, those of no known ending left out; a zip beyond the limits is one problem."""
    packed = folder / ".zip"
    with packed.open("xb") as opened:
        shutil.copyfileobj(sent.file, opened, 1 << 20)
    inside = Kept(taken=kept.taken)
    try:
        with open_package(packed, limits.FILE_BYTES, limits.SENT_BYTES) as archive:
            wanted = list(_wanted(archive.infolist(), shown, endings, inside))
            for entry, parts in wanted:
                with archive.open(entry) as content:
                    _put(content, folder, parts, inside)
        if not inside.problems and not inside.names:
            inside.problems.append(problem("upload-zip-nothing", Position(shown)))
    except Damaged as damage:
        for name in inside.names:
            (folder / name).unlink()
        inside.names = []
        inside.problems.append(damage.problem("upload-zip", Position(shown)))
    finally:
        packed.unlink()
    kept.names += inside.names
    kept.problems += inside.problems


def _wanted(
    entries: Iterable[ZipInfo], shown: str, endings: Collection[str], kept: Kept
) -> Iterator[tuple[ZipInfo, tuple[str, ...]]]:
    """Members to unpack, each with the parts of its name; the others are one problem."""
    others: list[str] = []
    for number, entry in enumerate(one for one in entries if not one.is_dir()):
        parts = tuple(part for part in _PARTS.split(_name_in(entry)) if part not in ("", "."))
        if number >= limits.SENT_FILES or len(parts) > limits.SENT_DEPTH:
            kept.problems.append(problem("upload-zip-many", Position(shown), most=limits.SENT_FILES))
            return
        if not parts or any(part.startswith(PASSED_OVER) for part in parts):
            continue
        ending = Path(parts[-1]).suffix.lower()
        if ending == ZIP or ending not in endings:
            others.append(parts[-1])
        elif not entry.file_size:
            kept.problems.append(problem("upload-empty", Position(f"{shown}/{parts[-1]}")))
        else:
            yield entry, parts
    if others:
        named = "、".join(others[:MOST_NAMED]) + ("等" if len(others) > MOST_NAMED else "")
        told = problem("upload-zip-others", Position(shown), count=len(others), names=named)
        kept.problems.append(told)


def _name_in(entry: ZipInfo) -> str:
    """Name of a member: without the flag of UTF-8 zipfile reads it as cp437, and Windows wrote it in GBK."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
