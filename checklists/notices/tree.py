"""From the lines of the text to numbered stretches, each at its place in the tree of the printed numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from checklists.models import Notice
from checklists.notices.lines import paragraphs
from checklists.notices.marks import (
    AGAIN,
    ARTICLE,
    BELOW_DOTTED,
    FIRSTLY,
    FREE,
    NONE,
    NUMERAL,
    POINT,
    Stretch,
    over_dotted,
    stretch,
    value,
)
from checklists.notices.parts import Line, is_row
from checklists.notices.rows import table_rows
from checklists.notices.table import is_table, table_stretches

BEHIND_TABLE, TABLE = "表后", "表"
_LONGEST_FREE = 24
_FREE = re.compile(r"[^，。；：、？！,;:.!?｜（(][^，。；：、？！,;:.!?｜]+$")
_ENDED = tuple("。；：！？”）)")
_FIRSTLY = re.compile(rf"(?<=[。；;])(?={NUMERAL}是[^否不])")


@dataclass
class Group:
    """A numbered stretch: its place, itself, and the unnumbered stretches that follow it; no head before the first."""

    path: tuple[str, ...]
    head: Stretch | None = None
    followers: list[Stretch] = field(default_factory=list)
    part: str = ""


# ---------------------------------------------------------------- stretches


def stretches_of(notice: Notice, body: Sequence[Line]) -> tuple[list[Stretch], list[Line]]:
    """The stretches of the text in the order of the print, and the heads and dates of tables, which are set aside."""
    found: list[Stretch] = []
    aside: list[Line] = []
    tables = 0
    for part, group in groupby(body, key=lambda line: line.part):
        lines = list(group)
        if is_table(lines):
            told, heads = table_stretches(lines)
            found += [replace(one, part=part) for one in told]
            aside += heads
            continue
        for rows, block in groupby(lines, key=lambda line: is_row(line.text)):
            if rows:
                tables += 1
                told, heads = table_rows(list(block), tables)
                aside += heads
            else:
                told = _prose(notice, list(block))
            found += [replace(one, part=part) for one in told]
    return found, aside


def _prose(notice: Notice, lines: Sequence[Line]) -> list[Stretch]:
    told = paragraphs(lines, notice.wrapped)
    if notice.wrapped:
        return [stretch(one.text, one.first, one.last) for one in told]
    found = [stretch(text, one.first, one.last) for one in told for text in _firstlies(one.text)]
    texts = [one.mark + one.text for one in found]
    for index, one in enumerate(found[:-1]):
        if one.level == NONE and (over := over_dotted(one.text, texts[index + 1])):
            found[index] = replace(over, first=one.first, last=one.last)
    return list(_with_headings(found))


def _firstlies(text: str) -> list[str]:
    """A paragraph that begins with 一是 cut where 二是, 三是 … begin."""
    if stretch(text, 0, 0).level != FIRSTLY:
        return [text]
    told: list[str] = []
    for piece in _FIRSTLY.split(text):
        if not told or value(stretch(piece, 0, 0).name) == len(told) + 1:
            told.append(piece)
        else:
            told[-1] += piece
    return told


def _with_headings(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """A short line without any point between paragraphs is a heading, where nobody wrapped the lines."""
    ended = True
    for one, after in zip(stretches, [*stretches[1:], None], strict=True):
        if after is not None and one.level == NONE and ended and _is_heading(one, after):
            level = after.level - 1 if after.level and value(after.name) == 1 else FREE
            one = replace(one, level=level, name=one.text.replace("/", "／"))
        yield one
        ended = one.level != NONE or one.text.endswith(_ENDED)


def _is_heading(one: Stretch, after: Stretch) -> bool:
    goes_on = after.level == NONE and not after.text.endswith(_ENDED)
    return len(one.text) <= _LONGEST_FREE and bool(_FREE.match(one.text)) and not goes_on


# ---------------------------------------------------------------- groups


def groups_of(stretches: Iterable[Stretch]) -> list[Group]:
    """Each numbered stretch with the unnumbered ones that follow it; what stands before the first has path ().

    The numbers of a table stand below the number that the table stands below; a number that is printed a second time at one
    place is told apart from the first.
    """
    return _Tree().grown(stretches)


class _Tree:
    """The groups so far, and the numbers that the next stretch stands below."""

    def __init__(self) -> None:
        self.groups: list[Group] = [Group(())]
        self.trail: dict[int, str] = {}
        self.base: tuple[str, ...] = ()
        self.outer: tuple[dict[int, str], tuple[str, ...]] = ({}, ())
        self.table = 0
        self.part = ""
        self.seen: Counter[tuple[str, ...]] = Counter()

    def grown(self, stretches: Iterable[Stretch]) -> list[Group]:
        for one in stretches:
            if one.part != self.part:
                self._enter_part(one.part)
            if one.table != self.table:
                self._change_table(one)
            if one.level == NONE:
                self.groups[-1].followers.append(one)
            else:
                self._open(one)
        return self.groups

    def _enter_part(self, part: str) -> None:
        self.part, self.trail, self.table = part, {}, 0
        self.base = (part,) if part else ()
        self.groups.append(Group(self.base, part=part))

    def _change_table(self, one: Stretch) -> None:
        if self.table:
            self.trail, self.base = self.outer
        if not self.table or one.table:
            self.outer = (self.trail, self.base)
        if one.table:
            self.trail = {level: name for level, name in self.trail.items() if level < POINT}
            self.outer = (self.trail, self.base)
            base = (*self.base, *self.trail.values())
            self.seen[(*base, TABLE)] += 1
            count = self.seen[(*base, TABLE)]
            named = f"{TABLE}{count}" if count > 1 else TABLE
            self.base, self.trail = (
                (base if count == 1 and base in ((), (self.part,)) else (*base, named)),
                {},
            )
            if one.level == NONE:
                self.groups.append(Group(self._once((*self.base, TABLE)), part=self.part))
        elif one.level == NONE:
            path = (*self.base, *self.trail.values(), BEHIND_TABLE)
            self.groups.append(Group(self._once(path), part=self.part))
        self.table = one.table

    def _open(self, one: Stretch) -> None:
        level = self._level(one)
        self.trail = {
            at: name for at, name in self.trail.items() if at < level and (level != ARTICLE or at > ARTICLE)
        }
        path = self._once((*self.base, *self.trail.values(), one.name))
        self.trail[level] = path[-1]
        self.groups.append(Group(path, one, part=self.part))

    def _level(self, one: Stretch) -> int:
        """The level of a number; 1. that begins anew below 1.1, and what follows it, stands below."""
        if one.level != POINT:
            return one.level
        above = self.trail.get(BELOW_DOTTED, "")
        dotted = any(POINT < level < BELOW_DOTTED for level in self.trail)
        goes_on = value(one.name) == (value(above) + 1 if above else 1)
        return BELOW_DOTTED if dotted and goes_on else POINT

    def _once(self, path: tuple[str, ...]) -> tuple[str, ...]:
        self.seen[path] += 1
        count = self.seen[path]
        return path if count == 1 else (*path[:-1], f"{path[-1]}{AGAIN}{count}")
