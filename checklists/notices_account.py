"""Every character of a notice accounted for: how many are in clauses, how many beside them, which lines are set aside."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.clauses import Reading
from checklists.furniture import AFTER, WHY
from checklists.layout import squeeze

_HEADING = "heading"


@dataclass(frozen=True)
class Aside:
    """Lines that stand in no clause, one after the other and for one reason: their numbers, text and reason."""

    first: int
    last: int
    text: str
    why: str

    def __str__(self) -> str:
        lines = f"{self.first}" if self.first == self.last else f"{self.first}—{self.last}"
        return f"第 {lines} 行　{self.why}：{self.text}"


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
        headings=counts.get(_HEADING, 0),
        departments=counts.get("departments", 0),
        aside=counts.get("furniture", 0),
        after=sum(len(squeeze(rest.text)) for rest in reading.remainder if rest.why == AFTER),
        lines=tuple(_asides(reading)),
    )


def _asides(reading: Reading) -> list[Aside]:
    found: list[Aside] = []
    for rest in reading.remainder:
        if rest.kind != "furniture":
            continue
        why = WHY[rest.why]
        text = squeeze(rest.text)
        if found and found[-1].why == why and rest.why != AFTER:
            before = found.pop()
            found.append(Aside(before.first, rest.line, f"{before.text}／{text}", why))
        else:
            found.append(Aside(rest.line, rest.line, text, why))
    return found
