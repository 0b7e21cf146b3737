"""Next year's notice: from a file to a seed and its catalogue entry, all or nothing, and sentences to make items of.

Everything that can refuse is asked before anything is written: the options, the file, what of it would be lost, what
the parser makes of it, and the catalogue as it would read with the new entry.
"""

from __future__ import annotations

import datetime
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

import yaml

from checklists.data import data_folder, inside_installation
from checklists.files.writing import read_file, unwritable, write_file
from checklists.models import Clause, Notice, Places
from checklists.notices.catalogue import (
    CATALOGUE,
    id_problems,
    load_notices,
    place_name,
    text_problems,
    year_problems,
)
from checklists.notices.clauses import Reading, read_clauses, read_notice
from checklists.notices.entry import with_entry
from checklists.notices.furniture import is_doubtful
from checklists.notices.source import text_of
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.text import squeeze

_PATIENCE = 10.0


@dataclass(frozen=True)
class Registration:
    """What the person who imports says of the notice."""

    id: str
    title: str
    issuer: str
    place: str
    year: int
    number: str | None = None
    date: datetime.date | None = None


@dataclass(frozen=True)
class Imported:
    """The notice as it was added, how it is read, the others of its folder, and the doubts that remain."""

    notice: Notice
    reading: Reading
    others: tuple[Notice, ...]
    problems: tuple[Problem, ...]
    new_folder: bool


def import_notice(seeds: Path, source: Path, registration: Registration, places: Places) -> Imported:
    """Add the text of ``source`` to the folder ``seeds`` as a file, and its entry to the catalogue there.

    A folder that is not there, or is empty, begins as a copy of the notices that came with the software. Raises
    Refused, and leaves everything as it was, for anything wrong with what is told, the file or the folder.
    """
    registration = _checked(registration, places)
    base = _base(seeds)
    text, doubts = text_of(source)
    if errors(doubts):
        raise Refused(doubts)
    with _held(base):
        known, problems = load_notices(base, places)
        if errors(problems):
            raise Refused(problems)
        notice = _notice(registration, text)
        _refuse_taken(seeds / notice.file, notice, known, text)
        reading, findings = read_notice(notice, text)
        doubts = [*doubts, *_of_source(findings, reading, source, text)]
        if errors(doubts):
            raise Refused(doubts)
        _refuse_same(base, reading, known, source)
        before = read_file(base / CATALOGUE)
        after = _with_notice(before, base, notice, known, places)
        if base == seeds:
            _store(seeds, notice.file, text.encode(), before, after)
        else:
            _make_folder(base, seeds, {notice.file: text.encode(), CATALOGUE: after})
    return Imported(notice, reading, tuple(known), tuple(doubts), new_folder=base != seeds)


# ---------------------------------------------------------------- what is told


def _option(field: str) -> Position:
    return Position(f"命令行 --{field}")


def _checked(registration: Registration, places: Places) -> Registration:
    """What is told, with its place by the one name it has; raises Refused with everything that is wrong."""
    texts = {"title": registration.title, "issuer": registration.issuer, "number": registration.number}
    problems = [
        *id_problems(registration.id, _option("id")),
        *(
            one
            for field, text in texts.items()
            if text is not None
            for one in text_problems(field, text, _option(field))
        ),
        *year_problems(registration.year, _option("year")),
    ]
    if registration.date and registration.date.year != registration.year:
        problems.append(
            problem("import-date-year", _option("date"), date=registration.date, year=registration.year)
        )
    place = registration.place
    try:
        place = place_name(registration.place, places, _option("place"))
    except Refused as refused:
        problems += refused.problems
    if problems:
        raise Refused(problems, exit_code=2)
    return Registration(
        registration.id,
        registration.title,
        registration.issuer,
        place,
        registration.year,
        registration.number,
        registration.date,
    )


def _notice(registration: Registration, text: str) -> Notice:
    lines = (1, max(text.count("\n"), 1))
    return Notice(**vars(registration), file=f"{registration.id}.txt", lines=lines)


# ---------------------------------------------------------------- the folder


def _base(seeds: Path) -> Path:
    """The folder whose notices the new one joins: ``seeds`` itself, or the installation's where ``seeds`` is new."""
    position = Position(str(seeds))
    if inside_installation(seeds):
        raise Refused([problem("import-installed", position)])
    try:
        if not seeds.exists() or (seeds.is_dir() and not any(seeds.iterdir())):
            return data_folder("seeds")
        if not seeds.is_dir() or not (seeds / CATALOGUE).exists():
            raise Refused([problem("import-no-catalogue", position)])
    except OSError as failure:
        raise unwritable(seeds, failure) from failure
    return seeds


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One import at a time: the folder itself is locked, so that no file of a lock is left in it."""
    if (
        sys.platform == "win32"
    ):  # no such lock there; the catalogue is compared once more before it is replaced
        yield
        return
    import fcntl

    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as failure:
        raise unwritable(folder, failure) from failure
    try:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise Refused([problem("import-catalogue-changed", Position(str(folder)))]) from None
                time.sleep(0.05)
            except (
                OSError
            ):  # a disk that cannot lock: the catalogue is compared once more before it is replaced
                break
        yield
    finally:
        os.close(handle)


def _refuse_taken(path: Path, notice: Notice, known: Sequence[Notice], text: str) -> None:
    """A file of the name may stand there only if a killed import left it: the same text, and nobody's in the catalogue."""
    taken = any(one.id == notice.id or one.file.casefold() == notice.file.casefold() for one in known)
    if not taken and path.parent.is_dir():
        alike = [one for one in path.parent.iterdir() if one.name.casefold() == notice.file]
        taken = any(one.name != notice.file or one.is_symlink() or not _holds(one, text) for one in alike)
    if taken:
        raise Refused([problem("import-taken", Position(str(path)), notice=notice.id)])


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and read_file(path) == text.encode()


# ---------------------------------------------------------------- what the parser says


def _of_source(findings: Sequence[Problem], reading: Reading, source: Path, text: str) -> list[Problem]:
    """The parser's findings as those of the file that is imported, where nothing is registered yet.

    What stands behind a sign-off counts anew and brings its numbers twice: then it alone is told.
    """
    codes = {one.code for one in findings}
    line_of = (lambda line: line) if source.suffix.lower() == ".txt" else (lambda line: None)
    kept = []
    for one in findings:
        if one.code not in ("clause-twice", "notice-empty"):
            position = Position(str(source), line_of(one.position.line))
            kept.append(Problem(position, one.code, one.level, one.message, one.remedy))
    twice = [one for one in findings if one.code == "clause-twice"]
    if twice and "text-after-foot" not in codes:
        lines = "、".join(str(one.position.line) for one in twice[:5])
        kept.append(problem("import-numbers-twice", Position(str(source)), count=len(twice), lines=lines))
    if "notice-empty" in codes:
        details = {"count": len(squeeze(text)), "begin": squeeze(text)[:15]}
        kept.append(problem("import-no-clauses", Position(str(source)), **details))
    aside = "".join(squeeze(rest.text) for rest in reading.remainder if is_doubtful(rest.why, rest.text))
    if aside and not errors(kept):
        kept.append(problem("import-text-aside", Position(str(source)), count=len(aside), begin=aside[:15]))
    return kept


def _refuse_same(base: Path, reading: Reading, known: Sequence[Notice], source: Path) -> None:
    """Refuse a text that the folder has; what is wrong with the others every command that reads them tells."""
    wanted = _told_text(reading.clauses)
    for name, clauses in read_clauses(base, known)[0].items():
        if _told_text(clauses) == wanted:
            raise Refused([problem("import-same-text", Position(str(source)), notice=name)])


def _told_text(clauses: Sequence[Clause]) -> str:
    return "\n".join(squeeze(one.text) for one in clauses)


# ---------------------------------------------------------------- writing


def _with_notice(before: bytes, base: Path, notice: Notice, known: Sequence[Notice], places: Places) -> bytes:
    """The catalogue with the notice, read back: the old notices as they were, the new one as it was told."""
    position = Position(str(base / CATALOGUE))
    try:
        after = with_entry(before.decode("utf-8"), notice).encode("utf-8")
    except (yaml.YAMLError, ValueError) as failure:
        raise Refused([problem("import-catalogue-form", position, why="不是一条一条的列表")]) from failure
    try:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / CATALOGUE).write_bytes(after)
            read, problems = load_notices(Path(folder), places)
    except OSError as failure:
        raise unwritable(Path("临时文件夹"), failure) from failure
    if errors(problems) or read != [*known, notice]:
        why = errors(problems)[0].message if errors(problems) else "与原来的或写的不同"
        raise Refused([problem("import-catalogue-form", position, why=why)])
    return after


def _store(seeds: Path, name: str, text: bytes, before: bytes, after: bytes) -> None:
    """The seed first, the catalogue last: until then nobody reads the seed, and a second try finds it as its own."""
    seed, catalogue = seeds / name, seeds / CATALOGUE
    if not os.access(catalogue, os.W_OK):  # moving a file over it would not ask
        raise unwritable(catalogue, PermissionError())
    write_file(seed, text)
    try:
        if read_file(catalogue) != before:
            raise Refused([problem("import-catalogue-changed", Position(str(catalogue)))])
        write_file(catalogue, after)
    except BaseException:
        with suppress(OSError):
            seed.unlink()
        raise


def _make_folder(base: Path, seeds: Path, files: dict[str, bytes]) -> None:
    """A copy of ``base`` with the new files, made beside ``seeds`` and moved into its place whole."""
    beside: Path | None = None
    try:
        seeds.absolute().parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".notices-", dir=seeds.absolute().parent))
        copytree(base, beside / "seeds", ignore=ignore_patterns(".*"))
        for name, content in files.items():
            write_file(beside / "seeds" / name, content)
        if seeds.exists():  # empty: not every system moves a folder onto one
            seeds.rmdir()
        (beside / "seeds").rename(seeds)
    except OSError as failure:
        raise unwritable(seeds, failure) from failure
    finally:
        if beside:
            rmtree(beside, ignore_errors=True)
