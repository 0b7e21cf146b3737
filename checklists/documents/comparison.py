"""修订对照表: two notices side by side, duty by duty, as a Word document.

It is made from no checklist; who compared the notices hands in the rows.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checklists.documents.plate import make_plate, stamp
from checklists.documents.word.fill import fill_word
from checklists.text import clean


@dataclass(frozen=True)
class ComparedRow:
    """One change, as it is printed."""

    number: int
    kinds: str
    """加严、移动."""
    before_clause: str
    before: str
    after_clause: str
    after: str
    figures: str
    """150座→130座."""


@dataclass(frozen=True)
class ComparisonView:
    """What the template of a 修订对照表 sees as ``comparison``."""

    title: str
    before: str
    """Title and number of the earlier notice."""
    after: str
    summary: str
    """How many changes of each kind."""
    note: str
    """How the table came about."""
    rows: tuple[ComparedRow, ...]


NOTE = (
    "逐句按文字相近对照：两边互为最相近的算一件事；“移动”是换了条款，数字、期限单列。"
    "“加严”“放宽”按数字、期限和“必须、督促”一类用语判断，未列“不变”的句子。供人核对，以原文为准。"
)


def comparison_view(
    before: str, after: str, summary: str, rows: Sequence[tuple[str, str, str, str, str, str]]
) -> ComparisonView:
    """The view of rows that are texts: kinds, clause and words before, clause and words after, figures."""
    shown = tuple(
        ComparedRow(number, *(clean(text) for text in row)) for number, row in enumerate(rows, start=1)
    )
    return ComparisonView("修订对照表", clean(before), clean(after), summary, NOTE, shown)


def comparison_document(template: Path, view: ComparisonView, on: datetime.date) -> bytes:
    """The finished document. Raises Refused for a template that is missing, damaged or wrong."""
    return stamp(make_plate(fill_word(template, {"comparison": view}, on)), {})
