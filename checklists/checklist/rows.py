"""Rows of a checklist: one asked item each, with what it prints, and the headings they stand under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checklists.checklist.identity import row_digest
from checklists.checklist.numbers import chinese_number, number_ranges
from checklists.models import Basis, Item


@dataclass(frozen=True)
class Row:
    """One asked item as it is printed."""

    number: int
    item: Item
    where: str
    content: str
    standard: str
    code: str
    basis: tuple[Basis, ...]
    old: bool
    progress: str
    on_papers: bool = False
    """Whether it is seen on papers, at the table, and not on the walk."""
    key: bool = False
    """★: core of a type or of a fact of this enterprise."""
    major: bool = False
    """▲: stands in a criterion of a standard that binds this enterprise on this day."""
    advice: bool = False
    """Whether what is cited here only encourages it: nobody fails it, and no figure counts it."""
    named: bool = False
    """Whether what is cited here only names its object among others and asks nothing of it in particular."""
    judged: int = 0
    """Place of its criterion among those of the standards, from 1; 0 without one."""
    question: str = ""
    """The group of an unknown fact: 涉粉作业人数 3人及以上; empty for a row that is asked anyway."""

    @property
    def marks(self) -> str:
        """★ 本次必查, ▲ 疑似重大."""
        return ("★" if self.key else "") + ("▲" if self.major else "")

    @property
    def digest(self) -> str:
        """SHA-256 (hex) over id, content, standard and code as printed."""
        return row_digest(self.item.id, self.content, self.standard, self.code)


@dataclass(frozen=True)
class Section:
    """Rows under one heading: a 部位, or the question of an unknown fact."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Question:
    """One box of 「先问」."""

    text: str
    numbers: tuple[int, ...]

    @property
    def line(self) -> str:
        """涉粉作业人数 3人及以上？ □是 □否，否则划去第31—33项."""
        return f"{self.text}？ □是 □否，否则划去第{number_ranges(self.numbers)}项"


def questions_of(rows: Sequence[Row]) -> tuple[Question, ...]:
    """The unknown facts on which rows hang, each with the numbers of its rows."""
    numbers: dict[str, list[int]] = {}
    for row in rows:
        if row.question:
            numbers.setdefault(row.question, []).append(row.number)
    return tuple(Question(text, tuple(found)) for text, found in numbers.items())


# ---------------------------------------------------------------- sections


def sections_of(rows: Sequence[Row]) -> tuple[Section, ...]:
    """Group consecutive rows: 一 资料（会议室一次看完）, then 部位 by 部位, then what has to be asked first."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_heading(row), []).append(row)
    return tuple(
        Section(f"{chinese_number(index)}　{heading}", tuple(found))
        for index, (heading, found) in enumerate(groups.items(), start=1)
    )


def _heading(row: Row) -> str:
    if row.question:
        return f"先问：{row.question}（否则划去本节）"
    return f"{row.where}（会议室一次看完）" if row.on_papers else row.where


def counts(rows: Sequence[Row]) -> Mapping[str, int]:
    """How many rows, and how many of them carry ★ and ▲."""
    return {
        "rows": len(rows),
        "key": sum(row.key for row in rows),
        "major": sum(row.major for row in rows),
    }
