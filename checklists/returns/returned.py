"""What one returned file says, row by row: plain values, each with the sheet and cell it was read from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Verdict = Literal["accepted", "unclear", "rejected"]
"""What becomes of a row: taken as it stands; taken as far as it is understood, and shown; left out, and shown."""
Told = str | float | datetime.date


class Answer(NamedTuple):
    """One answer in a check sheet, a judging sheet or a list."""

    item: str
    """Id of the item; ``own-3`` of a row of the enterprise's own; a situation's text on a judging sheet."""
    result: str
    """符合, 不符合, 不涉及, 已做, 未做; 未发现, 疑似 of a situation; empty where it is not understood."""
    given: str
    """As it was written."""
    fact: str
    day: datetime.date | None
    by: str
    sheet: str
    cell: str
    kind: str = "check"
    """Which sheet it stands on: check, day, week, quarter, situations; a list's answers are ``check``."""
    content: str = ""
    """What the row asks, where no id tells it; the article of a situation."""


class Aside(NamedTuple):
    """A row that is unclear or rejected."""

    verdict: Verdict
    sheet: str
    cell: str
    row: str
    """Which row it is, in words: its number and what it asks."""
    given: str
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a ledger, or of the table of problems of a list."""

    key: str
    item: str
    told: Mapping[str, Told]
    """What was written by head of the column; dates that are understood are dates."""
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Firm:
    """Whose file it is; empty where the file does not say."""

    name: str = ""
    code: str = ""
    place: str = ""
    address: str = ""
    person: str = ""
    phone: str = ""
    types: tuple[str, ...] = ()
    """Ids of its types."""


@dataclass(frozen=True, slots=True)
class Count:
    """Rows seen by what became of them; ``blank``: those of the accepted in which nothing is written."""

    accepted: int = 0
    unclear: int = 0
    rejected: int = 0
    blank: int = 0

    @property
    def seen(self) -> int:
        """All rows."""
        return self.accepted + self.unclear + self.rejected


class Notice(NamedTuple):
    """What is odd about a file: code of the message, and its details."""

    code: str
    sheet: str
    cell: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Return:
    """One file as it came back."""

    digest: str
    """SHA-256 of the file."""
    document: str
    """企业自查工作簿 or 现场检查表."""
    firm: Firm
    month: str
    """2026-11; empty where neither a period nor a day is told."""
    by: str
    """Who filled it in."""
    format: str
    edition: str
    on: str
    """Day the list was made for."""
    serial: str
    source: str
    """What its findings come from: 企业自查, 部门检查."""
    answers: tuple[Answer, ...] = ()
    entries: tuple[Entry, ...] = ()
    asides: tuple[Aside, ...] = ()
    count: Count = field(default_factory=Count)
    notices: tuple[Notice, ...] = ()
    checked: datetime.date | None = None
    """Day of the check, of a list."""
