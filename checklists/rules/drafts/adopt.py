"""A finished draft becomes rules: further bases in the items' files, new items in files of their own, dispositions.

All of it is tried on a copy of the folder first; what cannot be read there leaves everything as it was.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

from checklists.data import inside_installation
from checklists.files.text import read_text
from checklists.files.writing import OLD, unwritable, write_file
from checklists.models import Item, Notice
from checklists.problems import Position, Problem, Refused, errors, problem
from checklists.rules.drafts.model import ITEM_FIELDS, Again, DraftedDuty, NewItem
from checklists.rules.drafts.reading import Written, drafts_of, unfinished
from checklists.rules.drafts.write import draft_path, flow
from checklists.rules.folder import DISPOSITIONS
from checklists.rules.items import load_rules
from checklists.rules.library import Library
from checklists.text import squeeze

_MOST_BYTES = 8_000_000


@dataclass(frozen=True)
class Adopted:
    """What a draft became."""

    bases: int
    items: int
    dispositions: int
    files: tuple[Path, ...]
    kept: Path
    """Where the draft is now."""


def adopt(library: Library, notice: str) -> Adopted:
    """Take the draft of ``notice`` into the rules. Raises Refused, and changes nothing, while it is not finished."""
    folder = library.folder
    if inside_installation(folder):
        raise Refused([problem("draft-installed", Position(str(folder)))])
    written = _finished(library, notice)
    duties = written.draft.duties
    texts = {
        **_with_bases(library, library.notices[notice], duties),
        **_with_items(folder, notice, duties),
        **_with_dispositions(folder, notice, duties),
    }
    _try(library, texts)
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        write_file(path, text.encode())
    return Adopted(
        sum(len(_once(duty)) for duty in duties),
        sum(len(duty.new) for duty in duties),
        sum(len(duty.aside) for duty in duties),
        tuple(texts),
        _moved(written.path),
    )


def _finished(library: Library, notice: str) -> Written:
    path = draft_path(library.folder, notice)
    written, problems = drafts_of(library.folder)
    mine = [found for found in problems if found.position.file == str(path)]
    one = next((one for one in written if one.path == path), None)
    if errors(mine):
        raise Refused(errors(mine))
    if one is None:
        raise Refused([problem("draft-none", Position(str(path)), notice=notice)], exit_code=2)
    if wrong := unfinished(one, library):
        raise Refused(wrong)
    return one


# ---------------------------------------------------------------- bases


def _with_bases(library: Library, notice: Notice, duties: tuple[DraftedDuty, ...]) -> dict[Path, str]:
    """The files of items with the further bases, each above the first that is not newer."""
    added: dict[Path, list[_Addition]] = {}
    items = {item.id: item for item in library.items}
    for duty in duties:
        for again in _once(duty):
            where = library.positions[again.item]
            index = _place(library, items[again.item], notice)
            beside = where.position("basis", max(index - 1, 0)).line or 1
            addition = _Addition(beside, index > 0, _basis_line(notice.id, duty.clause, again))
            added.setdefault(where.file, []).append(addition)
    return {path: _inserted(path, lines) for path, lines in added.items()}


def _once(duty: DraftedDuty) -> list[Again]:
    """Without the same words of one item twice."""
    return list({(one.item, squeeze(one.quote)): one for one in duty.again}.values())


def _place(library: Library, item: Item, notice: Notice) -> int:
    """Number of the first basis that is not newer."""
    years = [library.notices[basis.notice].year for basis in item.basis if basis.notice in library.notices]
    return next((number for number, year in enumerate(years) if year <= notice.year), len(years))


def _basis_line(notice: str, clause: str, again: Again) -> str:
    told = {"notice": notice, "clause": clause, "says": again.says, "quote": again.quote}
    if again.applies:
        told["applies"] = again.model_dump(by_alias=True, exclude_none=True)["applies"]
    return f"- {flow(told)}"


@dataclass(frozen=True)
class _Addition:
    """A line to be written beside the basis that begins in line ``beside``."""

    beside: int
    behind: bool
    line: str


def _inserted(path: Path, added: list[_Addition]) -> str:
    text, problems = read_text(path, _MOST_BYTES)
    if problems:
        raise Refused(problems)
    lines = text.splitlines()
    placed = []
    for one in added:
        dash = re.match("( *)- ", lines[one.beside - 1]) if one.beside <= len(lines) else None
        if dash is None:
            raise Refused([problem("draft-basis-form", Position(str(path), one.beside))])
        at = _end(lines, one.beside, len(dash[1])) if one.behind else one.beside - 1
        placed.append((at, f"{dash[1]}{one.line}"))
    for at, line in sorted(placed, key=lambda one: -one[0]):
        lines.insert(at, line)
    return "\n".join(lines) + "\n"


def _end(lines: list[str], number: int, blanks: int) -> int:
    """How many lines stand up to the end of the entry that begins in line ``number`` behind so many blanks."""
    end = number
    for at, line in enumerate(lines[number:], number + 1):
        if line.strip() and len(line) - len(line.lstrip(" ")) <= blanks:
            break
        end = at if line.strip() else end
    return end


# ---------------------------------------------------------------- new files


def _with_items(folder: Path, notice: str, duties: tuple[DraftedDuty, ...]) -> dict[Path, str]:
    by_industry: dict[str, list[str]] = {}
    for duty in duties:
        for new in duty.new:
            by_industry.setdefault(new.industry, []).extend(_item_lines(notice, duty.clause, new))
    texts = {}
    for industry, lines in by_industry.items():
        path = folder / f"{notice}-{industry}.yaml"
        if path.exists():
            raise Refused([problem("draft-file-taken", Position(str(path)))])
        texts[path] = "\n".join([f"industry: {flow(industry)}", "items:", *lines]) + "\n"
    return texts


def _item_lines(notice: str, clause: str, new: NewItem) -> Iterator[str]:
    told = new.model_dump(by_alias=True, exclude_none=True, mode="json")
    fields: list[tuple[str, Any]] = [(name, told[name]) for name in ITEM_FIELDS if told[name]]
    fields.append(("applies", told["applies"]))
    if told["replaces"]:
        fields.append(("replaces", told["replaces"]))
    for number, (name, value) in enumerate(fields):
        yield f"{'  - ' if number == 0 else '    '}{name}: {flow(value)}"
    basis = {"notice": notice, "clause": clause, "says": new.says, "quote": new.quote}
    if new.due:
        basis["due"] = new.due
    yield "    basis:"
    yield f"      - {flow(basis)}"


def _with_dispositions(folder: Path, notice: str, duties: tuple[DraftedDuty, ...]) -> dict[Path, str]:
    """The file of dispositions with the stretches that ask nothing, behind those that stand there."""
    path = folder / DISPOSITIONS / f"{notice}.yaml"
    lines = [
        f"- {flow({'clause': duty.clause, **aside.model_dump()})}" for duty in duties for aside in duty.aside
    ]
    if not lines:
        return {}
    before, problems = read_text(path, _MOST_BYTES) if path.exists() else ("", [])
    if problems:
        raise Refused(problems)
    return {path: before + "\n".join(dict.fromkeys(lines)) + "\n"}


# ---------------------------------------------------------------- all or nothing


def _try(library: Library, texts: dict[Path, str]) -> None:
    """Read the rules as they would be. Raises Refused for what could not be read."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "rules"
        try:
            copytree(library.folder, copy, ignore=ignore_patterns(".*", OLD))
            for path, text in texts.items():
                target = copy / path.relative_to(library.folder)
                target.parent.mkdir(exist_ok=True)
                target.write_text(text, "utf-8")
        except OSError as failure:
            raise unwritable(copy, failure) from failure
        _, problems = load_rules(copy, library.vocabulary)
        if wrong := errors(problems):
            raise Refused([_in_place(found, copy, library.folder) for found in wrong])


def _in_place(found: Problem, copy: Path, folder: Path) -> Problem:
    position = Position(found.position.file.replace(str(copy), str(folder)), found.position.line)
    return Problem(position, found.code, found.level, found.message, found.remedy)


def _moved(path: Path) -> Path:
    """The draft in 旧件 of the rules, under a name that nothing has there."""
    old = path.parent.parent / OLD
    number = 1
    try:
        old.mkdir(exist_ok=True)
        while (target := old / (path.name if number == 1 else f"{path.stem}-{number}.yaml")).exists():
            number += 1
        path.rename(target)
    except OSError as failure:
        raise unwritable(old, failure) from failure
    return target
