"""Returns by enterprise and month: which belong together, and where two files of one month disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checklists.returns.files import Filed
from checklists.returns.returned import Answer, Entry, Firm, Return
from checklists.text import squeeze

_CODE = re.compile("[0-9A-Z]{15,18}")
"""A code by which an enterprise is known: what people write when they have none is shorter."""


class Source(NamedTuple):
    """A return and the file it was read from."""

    path: str
    returned: Return


class Said(NamedTuple):
    """What one file says, and where."""

    path: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two files of one enterprise and month that say different things of one row."""

    firm: str
    month: str
    about: str
    """Id of an item, or key of a hazard with the head of a column."""
    one: Said
    other: Said


@dataclass(frozen=True, slots=True)
class Returned:
    """Everything one enterprise gave back, in order of months."""

    firm: Firm
    key: str
    sources: tuple[Source, ...]
    disagreements: tuple[Disagreement, ...]


def by_firm(files: Sequence[Filed]) -> list[Returned]:
    """Enterprises in the order of their names; a file that says of none stands for one of its own."""
    sources = [Source(filed.path, filed.returned) for filed in files if filed.returned is not None]
    codes = {
        _named(one.returned.firm): one.returned.firm.code
        for one in sources
        if _CODE.fullmatch(one.returned.firm.code)
    }
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(_key(source, codes), []).append(source)
    found = []
    for key, group in groups.items():
        ordered = tuple(sorted(group, key=lambda one: (one.returned.month, one.returned.on, one.path)))
        firm = next(
            (one.returned.firm for one in reversed(ordered) if one.returned.firm.name),
            ordered[-1].returned.firm,
        )
        found.append(Returned(firm, key, ordered, tuple(_disagreements(key, ordered))))
    return sorted(found, key=lambda one: (one.firm.name, one.key))


def _named(firm: Firm) -> str:
    return f"{squeeze(firm.name)}／{squeeze(firm.place)}" if firm.name else ""


def _key(source: Source, codes: Mapping[str, str]) -> str:
    """The code; else that of a file of the same name and place, else these themselves, else the file."""
    firm = source.returned.firm
    named = _named(firm)
    if _CODE.fullmatch(firm.code):
        return firm.code
    return codes.get(named) or named if named else f"文件／{source.path}"


# ---------------------------------------------------------------- two files of one month


def _disagreements(key: str, sources: Sequence[Source]) -> Iterator[Disagreement]:
    months: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        months.setdefault((source.returned.month, source.returned.document), []).append(source)
    for (month, _), group in months.items():
        if len(group) > 1:
            yield from _answers_apart(key, month, group)
            yield from _entries_apart(key, month, group)


def _answers_apart(key: str, month: str, group: Sequence[Source]) -> Iterator[Disagreement]:
    """Each answer that is another than that of the first file which answers the row."""
    first: dict[tuple[str, str, str], tuple[str, Answer]] = {}
    for source in group:
        for name, theirs in _by_row(source.returned).items():
            path, mine = first.setdefault(name, (source.path, theirs))
            if (mine.result, squeeze(mine.fact)) != (theirs.result, squeeze(theirs.fact)):
                about = mine.item or mine.content
                yield Disagreement(key, month, about, _said(path, mine), _said(source.path, theirs))


def _by_row(returned: Return) -> dict[tuple[str, str, str], Answer]:
    """Answers by sheet, item and, of the sheets with many columns, the day or else the column."""
    found: dict[tuple[str, str, str], Answer] = {}
    for answer in returned.answers:
        name = (answer.kind, answer.item or answer.content)
        column = (
            ""
            if answer.kind in ("check", "situations")
            else str(answer.day or answer.cell.rstrip("0123456789"))
        )
        found.setdefault((*name, column), answer)
    return found


def _said(path: str, answer: Answer) -> Said:
    text = f"{answer.given}　{answer.fact}".strip()
    return Said(path, answer.sheet, answer.cell, text)


def _entries_apart(key: str, month: str, group: Sequence[Source]) -> Iterator[Disagreement]:
    first: dict[str, tuple[str, Entry]] = {}
    for source in group:
        for theirs in source.returned.entries:
            path, mine = first.setdefault(theirs.key, (source.path, theirs))
            for head in dict.fromkeys([*mine.told, *theirs.told]) if path != source.path else ():
                said, told = mine.told.get(head, ""), theirs.told.get(head, "")
                if said != told:
                    about = f"{theirs.key} {head}"
                    yield Disagreement(
                        key, month, about, _entry(path, mine, said), _entry(source.path, theirs, told)
                    )


def _entry(path: str, entry: Entry, told: object) -> Said:
    return Said(path, entry.sheet, entry.cell, str(told))
