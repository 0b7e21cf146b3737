"""Rows of a workbook's sheets as they are read: each ends once, as accepted, unclear or rejected."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from checklists.returns.returned import Answer, Aside, Count, Entry, Verdict


class Taken(NamedTuple):
    """A row that was taken: what it said."""

    said: tuple[tuple[str, str, datetime.date | None], ...]
    first: Answer
    row: str
    accepted: bool


@dataclass
class Rows:
    """What is collected while the sheets of one file are read."""

    answers: list[Answer] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    accepted: int = 0
    blank: int = 0
    taken: dict[tuple[str, str], Taken] = field(default_factory=dict)
    """By kind of sheet and item."""

    def take_blank(self, count: int = 1) -> None:
        """Rows in which nothing is written."""
        self.accepted += count
        self.blank += count

    def take(self, answers: Sequence[Answer], reason: str, row: str, kind: str) -> None:
        """A row with its answers; unclear where there is a ``reason``, or another row of its item says otherwise."""
        first = answers[0]
        said = tuple((answer.result, answer.fact, answer.day) for answer in answers)
        name = (kind, first.item or first.content)
        before = self.taken.setdefault(name, Taken(said, first, row, not reason)) if name[1] else None
        if before is not None and before.first is not first:
            where = f"「{before.first.sheet}」{before.first.cell}"
            if before.said == said:
                self.set_aside("rejected", first.sheet, first.cell, row, first.given, f"与{where}重复")
                return
            reason = "；".join([*([reason] if reason else []), f"与{where}同一项，填得不一样"])
            self._doubt(name, before, f"与「{first.sheet}」{first.cell}同一项，填得不一样")
        self.answers += answers
        if reason:
            self.set_aside("unclear", first.sheet, first.cell, row, first.given, reason)
        else:
            self.accepted += 1

    def _doubt(self, name: tuple[str, str], before: Taken, reason: str) -> None:
        """A row that was accepted until another contradicted it."""
        if before.accepted:
            self.accepted -= 1
            self.taken[name] = before._replace(accepted=False)
            first = before.first
            self.set_aside("unclear", first.sheet, first.cell, before.row, first.given, reason)

    def take_entry(self, entry: Entry, reasons: Sequence[tuple[str, str, str]]) -> None:
        """A row of a ledger; ``reasons``: cell, what stands there and why it is unclear."""
        self.entries.append(entry)
        if reasons:
            cell, given, _ = reasons[0]
            why = "；".join(reason for _, _, reason in reasons)
            self.asides.append(Aside("unclear", entry.sheet, cell, row_of(entry), given, why))
        else:
            self.accepted += 1

    def set_aside(self, verdict: Verdict, sheet: str, cell: str, row: str, given: str, reason: str) -> None:
        """A row that gives nothing."""
        self.asides.append(Aside(verdict, sheet, cell, row, given, reason))

    @property
    def count(self) -> Count:
        """Rows by what became of them."""
        unclear = sum(1 for one in self.asides if one.verdict == "unclear")
        return Count(self.accepted, unclear, len(self.asides) - unclear, self.blank)


def row_of(entry: Entry) -> str:
    """A ledger's row in words: its key and what was found."""
    return f"{entry.key} {entry.told.get('隐患描述', '')}".strip()[:80]
