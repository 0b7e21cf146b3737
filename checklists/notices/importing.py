"""Next year's notice: from a file to a seed and its catalogue entry, all or nothing, and sentences to make items of.

Everything that can refuse is asked before anything is written: the options, the file, what of it would be lost, what
the parser makes of it, and the catalogue as it would read with the new entry.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
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
from checklists.notices.doubts import accepted, much_left, no_notice, of_source, same_number, with_proposal
from checklists.notices.entry import with_entry
from checklists.notices.lines import is_wrapped
from checklists.notices.losses import Source
from checklists.notices.proposals import Proposal, proposal
from checklists.notices.registration import Registration, option
from checklists.notices.source import source_of
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.text import squeeze

_PATIENCE = 10.0


@dataclass(frozen=True)
class Imported:
    """The notice as it was added, how it is read, the others of its folder, and the doubts that remain."""

    notice: Notice
    reading: Reading
    others: tuple[Notice, ...]
    problems: tuple[Problem, ...]
    new_folder: bool
    left: tuple[str, ...] = ()
    """What of the file was not carried over, in words."""
    taken: tuple[str, ...] = ()
    """Fields that nobody told and the text did."""


def import_notice(
    seeds: Path,
    source: Path,
    registration: Registration,
    places: Places,
    *,
    nation: str = "",
    accept: bool = False,
) -> Imported:
    """Add the text of ``source`` to the folder ``seeds`` as a file, and its entry to the catalogue there.

    A folder that is not there, or is empty, begins as a copy of the notices that came with the software. With ``accept``
    somebody has compared what would be lost or looks wrong. Raises Refused, and leaves everything as it was, for anything
    else that is wrong with what is told, the file or the folder.
    """
    registration = _checked(registration, places)
    base = _base(seeds)
    read = source_of(source)
    doubts = [accepted(one) for one in read.problems] if accept else list(read.problems)
    if errors(doubts):
        raise Refused(doubts)
    said = proposal(read.text, read.told, places, nation)
    registration, taken, otherwise = with_proposal(registration, said)
    with _held(base):
        known, problems = load_notices(base, places)
        if errors(problems):
            raise Refused(problems)
        notice = _notice(registration, read.text)
        _refuse_taken(seeds / notice.file, notice, known, read.text)
        reading, found = _read_with_doubts(notice, read, said, source, known)
        if reading.clauses:
            doubts += _same_words(base, notice, reading, known, source)
        doubts += [*([accepted(one) for one in found] if accept else found), *otherwise]
        if errors(doubts):
            raise Refused(errors(doubts))
        _add(base, seeds, notice, read.text.encode(), known, places)
    left = tuple(read.losses.account())
    return Imported(notice, reading, tuple(known), tuple(doubts), base != seeds, left, taken)


def _read_with_doubts(
    notice: Notice, read: Source, said: Proposal, source: Path, known: Sequence[Notice]
) -> tuple[Reading, list[Problem]]:
    """How the notice is read, and what looks wrong with it or with what the folder has already."""
    reading, findings = read_notice(notice, read.text)
    return reading, [
        *of_source(findings, reading, source, read.text),
        *no_notice(reading, said, source, read.text),
        *much_left(read, source),
        *same_number(notice, known),
    ]


# ---------------------------------------------------------------- what is told


def _checked(registration: Registration, places: Places) -> Registration:
    """What is told, with its place by the one name it has; raises Refused with everything that is wrong."""
    texts = {"title": registration.title, "issuer": registration.issuer, "number": registration.number}
    problems = [
        *id_problems(registration.id, option("id")),
        *(
            one
            for field, text in texts.items()
            if text is not None
            for one in text_problems(field, text, option(field))
        ),
        *(year_problems(registration.year, option("year")) if registration.year is not None else ()),
    ]
    if registration.date and registration.year and registration.date.year != registration.year:
        problems.append(
            problem("import-date-year", option("date"), date=registration.date, year=registration.year)
        )
    place = registration.place
    try:
        place = place_name(registration.place, places, option("place"))
    except Refused as refused:
        problems += refused.problems
    if problems:
        raise Refused(problems, exit_code=2)
    return replace(registration, place=place)


def _notice(registration: Registration, text: str) -> Notice:
    lines = (1, max(text.count("\n"), 1))
    return Notice(**vars(registration), file=f"{registration.id}.txt", lines=lines, wrapped=is_wrapped(text))


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


# ---------------------------------------------------------------- what the folder has


def _same_words(
    base: Path, notice: Notice, reading: Reading, known: Sequence[Notice], source: Path
) -> list[Problem]:
    """Other notices that say the same in every clause, as a county hands on its city's. Raises Refused for the notice itself.

    What is wrong with the others every command that reads them tells.
    """
    wanted, read = _told_text(reading.clauses), read_clauses(base, known)[0]
    alike = [one for one in known if one.id in read and _told_text(read[one.id]) == wanted]
    for one in alike:
        if (one.issuer, one.number, one.year) == (notice.issuer, notice.number, notice.year):
            raise Refused([problem("import-same-text", Position(str(source)), notice=one.id)])
    return [problem("import-same-words", Position(str(source)), notice=one.id) for one in alike]


def _told_text(clauses: Sequence[Clause]) -> str:
    return "\n".join(squeeze(one.text) for one in clauses)


# ---------------------------------------------------------------- writing


def _add(
    base: Path, seeds: Path, notice: Notice, text: bytes, known: Sequence[Notice], places: Places
) -> None:
    before = read_file(base / CATALOGUE)
    after = _with_notice(before, base, notice, known, places)
    if base == seeds:
        _store(seeds, notice.file, text, before, after)
    else:
        _make_folder(base, seeds, {notice.file: text, CATALOGUE: after})


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
