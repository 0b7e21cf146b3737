"""What an office prints of itself and of the occasion: in ``office.yaml``, in a row of the roster, in options.

Each says only what it knows; a row stands over the file, an option over both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from checklists.heads import (
    AGENCY,
    CARDS,
    COLUMNS,
    INSPECTORS,
    NUMBER,
    PURPOSES,
    TOWN,
    bare_text,
    head_of,
)
from checklists.models import MOST_INSPECTORS, Inspector, Office, OfficeFile, parted
from checklists.models import PURPOSES as ALL_PURPOSES
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem
from checklists.roster.header import OFFICE
from checklists.text import clean
from checklists.yamlfile.events import Limits
from checklists.yamlfile.reading import line_of, read_yaml, validated

FILE = "office.yaml"
_LIMITS = Limits(100_000, 1_000)
"""The file has ten lines."""
COMMAND_LINE = Position("命令行")
_EQUALS = re.compile("[=＝]")

Fields = Mapping[str, Any]
"""Fields of :class:`Office` that somebody told, and no others."""


@dataclass(frozen=True)
class OfficeTold:
    """What holds for every enterprise: the file's fields, the options', and where the file is."""

    file: Fields = field(default_factory=dict)
    options: Fields = field(default_factory=dict)
    path: Path | None = None

    @cached_property
    def usual(self) -> Office:
        """For an enterprise of which nothing is told by itself."""
        return Office(**{**self.file, **self.options})

    def office(self, row: Fields) -> Office:
        """For an enterprise whose row tells ``row``."""
        return Office(**{**self.file, **row, **self.options}) if row else self.usual

    @property
    def columns(self) -> tuple[str, ...]:
        """What the file tells, as a user calls it."""
        return tuple(COLUMNS[name][0] for name in OFFICE if name in self.file)


NOTHING_TOLD = OfficeTold()


# ---------------------------------------------------------------- the file


def find_office(*folders: Path) -> Path | None:
    """The ``office.yaml`` in the first of the folders that has one."""
    return next((folder / FILE for folder in folders if (folder / FILE).exists()), None)


def read_office(path: Path) -> Fields:
    """What ``office.yaml`` tells. Raises Refused with every problem of the file."""
    value, lines, problems = read_yaml(path, exact=True, any_encoding=True, limits=_LIMITS)
    if problems:
        raise Refused(problems)
    if not isinstance(value, dict):
        raise Refused([problem("office-form", Position(str(path), 1))])
    number = COLUMNS[NUMBER][0]
    if number in value:
        raise Refused([problem("office-number", Position(str(path), line_of(lines, (number,))))])
    read, problems = validated(OfficeFile, value, lines, path)
    if read is None:
        raise Refused(problems)
    inspectors = tuple(Inspector(name=one.name, card=one.card) for one in read.inspectors)
    told = {AGENCY: read.agency, INSPECTORS: inspectors, PURPOSES: read.purposes, TOWN: read.town}
    return {name: told[name] for name in told if name in read.model_fields_set}


# ---------------------------------------------------------------- a row, or options


def fields_of(texts: Mapping[str, str], position: Callable[[str], Position]) -> tuple[Fields, list[Problem]]:
    """What texts by column tell, and what is wrong with them: that is left open, whatever the file says of it.

    ``position`` of a column's text.
    """
    fields: dict[str, Any] = {name: texts[name] for name in (TOWN, AGENCY, NUMBER) if texts.get(name)}
    problems: list[Problem] = []
    if told := texts.get(PURPOSES):
        words = parted(bare_text(told))
        problems += _unknown(words, position)
        fields[PURPOSES] = () if problems else words
    names, cards = parted(texts.get(INSPECTORS, "")), parted(texts.get(CARDS, ""))
    if names:
        fields[INSPECTORS], wrong = _inspectors(names, cards, position)
        problems += wrong
    elif cards:
        problems.append(problem("cards-alone", position(CARDS)))
    return fields, problems


def _unknown(words: Iterable[str], position: Callable[[str], Position]) -> Iterator[Problem]:
    for word in words:
        if word not in ALL_PURPOSES:
            told = {"hint": nearest(word, ALL_PURPOSES), "choices": "、".join(ALL_PURPOSES)}
            yield problem("purpose-unknown", position(PURPOSES), given=word, **told)


def _inspectors(
    names: Sequence[str], cards: Sequence[str], position: Callable[[str], Position]
) -> tuple[tuple[Inspector, ...], list[Problem]]:
    """Names with their cards; none of more than there is room for, and no cards that fit no names."""
    if len(names) > MOST_INSPECTORS:
        return (), [problem("inspectors-many", position(INSPECTORS), count=len(names), most=MOST_INSPECTORS)]
    if len(cards) == len(names):
        return tuple(Inspector(name=name, card=card) for name, card in zip(names, cards, strict=True)), []
    found = [problem("cards-uneven", position(CARDS), names=len(names), cards=len(cards))] if cards else []
    return tuple(Inspector(name=name) for name in names), found


def read_options(pairs: Iterable[str], *, of_many: bool) -> Fields:
    """What --office tells (文书编号=…, 用途=…); ``of_many``: for every enterprise of a roster.

    Raises Refused for a column that there is not or that stands twice, and for what no column may hold.
    """
    texts: dict[str, str] = {}
    for pair in pairs:
        name, text = _option(pair, of_many)
        if name in texts:
            raise _refused("office-option-twice", column=COLUMNS[name][0])
        texts[name] = text
    fields, problems = fields_of(texts, lambda name: COMMAND_LINE)
    if problems:
        raise Refused(problems, exit_code=2)
    return fields


def _option(pair: str, of_many: bool) -> tuple[str, str]:
    """Column and text of 「用途=执法检查」."""
    heads = [COLUMNS[name][0] for name in OFFICE]
    head, *text = _EQUALS.split(pair, maxsplit=1)
    if not text or not clean(text[0]):
        raise _refused("office-option", given=pair, columns="、".join(heads))
    name = head_of(head)
    if name not in OFFICE:
        hint = nearest(bare_text(head), heads)
        raise _refused("office-option-unknown", column=head, hint=hint, columns="、".join(heads))
    if of_many and name == NUMBER:
        raise _refused("office-number-many")
    return name, clean(text[0])


def _refused(code: str, **told: str) -> Refused:
    return Refused([problem(code, COMMAND_LINE, **told)], exit_code=2)
