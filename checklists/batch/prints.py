"""From folder to hands: for every township, or county, a register and one file to be printed, in the roster's order."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from checklists.batch.finish import Ending, files_of, put_parts, standing_files
from checklists.batch.manifest import KEPT, MADE
from checklists.batch.pdfs import Sheet, make_pdfs_of, pdf_of
from checklists.batch.press import Done, Press
from checklists.checklist.build import checklist_for
from checklists.documents.catalogue import PAPERS, WORD
from checklists.documents.faces import chinese_faces
from checklists.documents.filenames import DIGITS, digits_of
from checklists.documents.make import fill_register
from checklists.documents.paper_views import RegisterEntry
from checklists.documents.papers import REGISTER
from checklists.documents.pdf import find_office
from checklists.documents.plate import make_plate, stamp
from checklists.documents.printfile import write_print_file
from checklists.files.guard import Placed, digest_of
from checklists.files.writing import (
    clear_part,
    clear_parts,
    make_folder,
    safe_name,
    unwritable,
    write_part,
)
from checklists.models import Enterprise
from checklists.problems import Position, Problem, Refused, problem

FOLDER, PRINT = "打印", "打印件"
"""The folder beside those of the places, and what a file to be printed is called."""
_MOST_NAMES = 5


class Firm(NamedTuple):
    """An enterprise as it stands in the register, its documents that stand as made, and those that do not."""

    entry: RegisterEntry
    sheets: tuple[Sheet, ...]
    lacking: tuple[str, ...]


@dataclass
class Group:
    """The enterprises of a township; of a county where no township is told."""

    place: str
    town: str
    example: Enterprise
    """One of them: which notices bind here."""
    firms: list[Firm] = field(default_factory=list)

    def name(self, title: str, ending: Ending, ending_of: str) -> str:
        """Name below the batch's folder: 打印/晋城市阳城县凤城镇_打印件_2026-11-22_3f9a2c.pdf."""
        who = safe_name(f"{self.place}{self.town}", room=100)
        _, day, *_ = ending.stem.split("_")
        digits = digits_of([ending.stem.rpartition("_")[2], self.place, self.town])[:DIGITS]
        return f"{FOLDER}/{who}_{title}_{day}_{digits}{ending_of}"


@dataclass
class Prints:
    """Groups as they are met, and in the end what was made of them."""

    out: Path
    groups: dict[tuple[str, str], Group] = field(default_factory=dict)

    def take(self, told: Enterprise | None, done: Done) -> None:
        """Take one row in, if something was made for it."""
        if told is None or not done.identity:
            return
        line = json.loads(done.line.entry)
        if line["result"] not in (MADE, KEPT):
            return
        group = self.groups.setdefault(
            (told.place, told.office.town), Group(told.place, told.office.town, told)
        )
        texts = (told.name, "、".join(line["types"]), str(line["items"]), line["serial"], contact_of(told))
        standing = {name: digest for name, digest in standing_files(self.out, line) if name.endswith(WORD)}
        lacking = tuple(
            Path(name).name for name, _ in files_of(line) if name.endswith(WORD) and name not in standing
        )
        sheets = tuple(Sheet(name, digest) for name, digest in standing.items())
        group.firms.append(Firm(RegisterEntry(*texts), sheets, lacking))


def contact_of(told: Enterprise) -> str:
    """Who is to be asked for: 联系人, or the head of the enterprise; telephone; e-mail."""
    return "　".join(part for part in (told.contact or told.person, told.phone, told.email) if part)


@dataclass
class Printed:
    """What became of it."""

    placed: list[Placed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faces: dict[str, str | None] = field(default_factory=dict)
    registers: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """To be printed."""
    names: list[str] = field(default_factory=list)
    """Of all that stands, below the batch's folder."""


def print_all(
    press: Press, ending: Ending, prints: Prints, pdf: bool, progress: Callable[[int, int], None]
) -> Printed:
    """Write the registers, and with ``pdf`` the PDFs of all Word documents and a file to be printed a group."""
    printed = Printed()
    registers: dict[tuple[str, str], Sheet] = {}
    try:
        make_folder(str(ending.out / FOLDER))
        clear_parts(str(ending.out / FOLDER))
        for key, group in prints.groups.items():
            if sheet := _register(press, ending, group, printed):
                registers[key] = sheet
        if pdf:
            office = find_office()
            printed.faces = chinese_faces() if office else {}
            _make_pdfs(ending, [*registers.values(), *_sheets(prints)], office, printed, progress)
            for key, group in prints.groups.items():
                _print_file(ending, group, registers.get(key), printed)
    except OSError as failure:
        printed.problems += unwritable(ending.out / FOLDER, failure).problems
    except Refused as refused:
        printed.problems += refused.problems
    return printed


def _sheets(prints: Prints) -> Iterator[Sheet]:
    return (sheet for group in prints.groups.values() for firm in group.firms for sheet in firm.sheets)


# ---------------------------------------------------------------- the register


def _register(press: Press, ending: Ending, group: Group, printed: Printed) -> Sheet | None:
    """自查表发放回收登记 of a group, as it stands; None where somebody's file is in its place."""
    document = PAPERS[REGISTER]
    template = press.own.get(REGISTER) or press.folders.templates / document.file
    checklist = checklist_for(press.library, group.example, press.order)
    entries = [firm.entry for firm in group.firms]
    content = stamp(make_plate(fill_register(template, [(group.town, entries)], checklist)), {})
    name = group.name(REGISTER, ending, document.ending)
    part = _part(ending)
    write_part(str(part), content)
    (placed,) = _put(ending, name, part, printed)
    if not placed.stands:
        return None
    printed.registers.append(placed.path)
    return Sheet(name, hashlib.sha256(content).hexdigest())


def _part(ending: Ending) -> Path:
    part = ending.out / f".checklists-{os.getpid()}-print.part"
    clear_part(str(part))
    return part


def _put(ending: Ending, name: str, part: Path, printed: Printed, whose: str = "") -> list[Placed]:
    try:
        placed = put_parts(ending, [(name, part)], whose)
    finally:
        clear_part(str(part))
    printed.placed += placed
    printed.names += [name for one in placed if one.stands]
    return placed


# ---------------------------------------------------------------- PDFs and print files


def _make_pdfs(
    ending: Ending,
    sheets: Sequence[Sheet],
    office: str | None,
    printed: Printed,
    progress: Callable[[int, int], None],
) -> None:
    placed, problems = make_pdfs_of(ending, sheets, office, progress)
    printed.placed += placed
    printed.problems += problems
    printed.names += [sheet.pdf for sheet in sheets if pdf_of(ending, sheet)]


def _print_file(ending: Ending, group: Group, register: Sheet | None, printed: Printed) -> None:
    """One file of a group: the register, then every enterprise's documents. What it lacks is told."""
    name = group.name(PRINT, ending, ".pdf")
    chapters, made_of, lacking = [], [], []
    cover = Firm(RegisterEntry(REGISTER), (register,) if register else (), () if register else (REGISTER,))
    for firm in (cover, *group.firms):
        digests = {sheet: pdf_of(ending, sheet) for sheet in firm.sheets}
        lacking += [*firm.lacking, *(Path(sheet.name).name for sheet in firm.sheets if not digests[sheet])]
        made_of += [firm.entry.name, *digests.values()]
        paths = [ending.out / sheet.pdf for sheet in firm.sheets if digests[sheet]]
        chapters.append((firm.entry.name, paths))
    if not any(paths for _, paths in chapters[1:]):
        return
    if lacking:
        told = {"count": len(lacking), "names": "、".join(lacking[:_MOST_NAMES])}
        printed.problems.append(problem("print-lacks", Position(str(ending.out / name)), **told))
    _merge(ending, name, chapters, digits_of(made_of), printed)


def _merge(
    ending: Ending, name: str, chapters: list[tuple[str, list[Path]]], made_of: str, printed: Printed
) -> None:
    """``made_of``: digits over all that goes in; a file that was made of the same and still stands is left."""
    path, known = str(ending.out / name), ending.record.known(name, made_of)
    if Path(path).is_file() and digest_of(path) in known:
        placed = [Placed(path, "same")]
        printed.placed += placed
        printed.names.append(name)
    else:
        part = _part(ending)
        try:
            write_print_file(part, Path(name).stem, chapters)
        except Refused as refused:
            clear_part(str(part))
            printed.problems += refused.problems
            return
        placed = _put(ending, name, part, printed, made_of)
    printed.files += [one.path for one in placed if one.stands]
