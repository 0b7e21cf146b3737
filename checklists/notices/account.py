"""Every character of a notice accounted for: how many are in clauses, how many beside them, which lines are set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from checklists.notices.clauses import Reading
from checklists.notices.furniture import AFTER, WHY
from checklists.text import squeeze

_LONGEST = 500
"""Characters of lines set aside that are printed in one piece; the menu of a web page may be long."""


@dataclass(frozen=True)
class Aside:
    """Lines that stand in no clause, one after the other and for one reason: their numbers, text and reason."""

    first: int
    last: int
    text: str
    why: str

    def __str__(self) -> str:
        lines = f"{self.first}" if self.first == self.last else f"{self.first}—{self.last}"
        more = f"……（共 {len(self.text)} 字）" if len(self.text) > _LONGEST else ""
        return f"第 {lines} 行　{self.why}：{self.text[:_LONGEST]}{more}"


@dataclass(frozen=True)
class Account:
    """Characters of a notice without blanks, by where they went."""

    clauses: int
    marks: int
    """Printed numbers."""
    headings: int
    departments: int
    aside: int
    after: int
    """Of those set aside, what stands behind the sign-off and is no imprint."""
    lines: tuple[Aside, ...]

    @property
    def whole(self) -> int:
        """All characters that were read."""
        return self.clauses + self.marks + self.headings + self.departments + self.aside

    def __str__(self) -> str:
        return (
            f"读到 {self.whole} 字：条款 {self.clauses} 字，编号 {self.marks} 字，标题 {self.headings} 字，"
            f"责任单位 {self.departments} 字，不列入条款 {self.aside} 字"
            + (f"（其中落款之后 {self.after} 字）" if self.after else "")
        )


def account_of(reading: Reading) -> Account:
    """The account of a whole notice."""
    counts: dict[str, int] = {}
    for rest in reading.remainder:
        counts[rest.kind] = counts.get(rest.kind, 0) + len(squeeze(rest.text))
    return Account(
        clauses=sum(len(squeeze(one.text)) for one in reading.clauses),
        marks=counts.get("mark", 0),
        headings=counts.get("heading", 0),
        departments=counts.get("departments", 0),
        aside=counts.get("furniture", 0),
        after=sum(len(squeeze(rest.text)) for rest in reading.remainder if rest.why == AFTER),
        lines=tuple(_asides(reading)),
    )


def _asides(reading: Reading) -> Iterator[Aside]:
    rests = (rest for rest in reading.remainder if rest.kind == "furniture")
    for why, group in groupby(rests, key=lambda rest: rest.why):
        found = list(group)
        for lines in [[rest] for rest in found] if why == AFTER else [found]:
            text = "／".join(squeeze(rest.text).lstrip("#") for rest in lines)
            yield Aside(lines[0].line, lines[-1].line, text, WHY[why])
