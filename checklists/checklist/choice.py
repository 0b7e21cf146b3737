"""Which rows the paper shows, when there are more than it has room for, and in which order they are walked."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from checklists.checklist.rows import Row
from checklists.models import Item, Vocabulary

MOST_ROWS = 40
GENERAL_SHARE = 5
"""One row in five of the paper at most is general (8 of 40), two in five at most hang on an unanswered question."""

SEASON_MONTHS = {"汛期": (6, 7, 8, 9), "冬季": (11, 12, 1, 2, 3)}


def out_of_season(item: Item, on: datetime.date) -> bool:
    """A seasonal item sorts behind the others outside its months; 节前 and 复工复产 have no months."""
    return item.season in SEASON_MONTHS and on.month not in SEASON_MONTHS[item.season or ""]


def paper_choice(rows: Sequence[Row], on: datetime.date, most: int, vocabulary: Vocabulary) -> set[str]:
    """Ids of the rows the paper keeps: ★ first, 历年 last; general and questionable rows have limited room."""
    if not most or len(rows) <= most:
        return {row.item.id for row in rows}
    room = {"everyone": max(most // GENERAL_SHARE, 1), "question": max(most * 2 // GENERAL_SHARE, 1)}
    chosen: set[str] = set()
    shared = vocabulary.shared_industries
    for row in sorted(rows, key=lambda row: _leaves(row, on, shared)):
        general = vocabulary.is_general(row.item.industry)
        kind = "everyone" if general else "question" if row.question else "own"
        if len(chosen) == most or not room.get(kind, most):
            continue
        if kind in room:
            room[kind] -= 1
        chosen.add(row.item.id)
    return chosen


def _leaves(row: Row, on: datetime.date, shared: frozenset[str]) -> tuple[bool, ...]:
    """Sort key: what stays longest comes first; among equals the type's own part, and what is seen on the walk."""
    return (
        row.item.weight != "key",
        row.old,
        out_of_season(row.item, on),
        not row.item.major,
        row.item.industry in shared,
        row.on_papers,
    )
