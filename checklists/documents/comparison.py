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
    before_clauses: tuple[str, ...]
    """①三、（六）, a clause a line; without ① where there is one."""
    before: tuple[str, ...]
    """The words of these clauses, so numbered too."""
    after_clauses: tuple[str, ...]
    after: tuple[str, ...]
    figures: tuple[str, ...]
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


Told = Sequence[tuple[str, str]]
"""Clause and words of each sentence on one side."""


def comparison_view(
    before: str, after: str, summary: str, rows: Sequence[tuple[str, Told, Told, Sequence[str]]]
) -> ComparisonView:
    """The view of rows: kinds, what stood before, what stands after, figures."""
    shown = tuple(
        ComparedRow(number, clean(kinds), *_side(old), *_side(new), _lines(figures))
        for number, (kinds, old, new, figures) in enumerate(rows, start=1)
    )
    return ComparisonView("修订对照表", clean(before), clean(after), summary, NOTE, shown)


def _side(told: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Clauses and words, numbered where there are several."""
    signs = [chr(ord("①") + at % 20) for at in range(len(told))] if len(told) > 1 else [""]
    clauses = [f"{sign}{clause}" for sign, (clause, _) in zip(signs, told, strict=False)]
    words = [f"{sign}{text}" for sign, (_, text) in zip(signs, told, strict=False)]
    return _lines(clauses), _lines(words)


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    """Each text a line; a cell has one at least."""
    return tuple(map(clean, texts)) or ("",)


def comparison_document(template: Path, view: ComparisonView, on: datetime.date) -> bytes:
    """The finished document. Raises Refused for a template that is missing, damaged or wrong."""
    return stamp(make_plate(fill_word(template, {"comparison": view}, on)), {})
