"""Which rows the paper shows, when there are more than it has room for.

All of the core first. Then the trade's own: what is seen on the walk, then what is read at the table. Then what is asked
of enterprises of every kind.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from checklists.checklist.budget import Budget
from checklists.checklist.rows import Row
from checklists.models import Item

SEASON_MONTHS = {"汛期": (6, 7, 8, 9), "冬季": (11, 12, 1, 2, 3)}
_BINDING = frozenset({"requires", "forbids"})
_NONE: Mapping[str, int] = {}


def out_of_season(item: Item, on: datetime.date) -> bool:
    """A seasonal item sorts behind the others outside its months; 节前 and 复工复产 have no months."""
    return item.season in SEASON_MONTHS and on.month not in SEASON_MONTHS[item.season or ""]


def paper_choice(
    rows: Sequence[Row], on: datetime.date, budget: Budget, is_common: Callable[[Row], bool]
) -> set[str]:
    """Ids of those of the rows, which come in the order of the walk, that the paper keeps.

    The core is kept whole, even where the budget has not so many rows.
    """
    if not budget.rows or len(rows) <= budget.rows:
        return {row.item.id for row in rows}
    room = {"common": budget.common, "papers": budget.papers, "open": budget.open}
    chosen: set[str] = set()
    for row in _in_order_of_choice(rows, on, is_common):
        kinds = _kinds(row, is_common)
        if row.key or (len(chosen) < budget.rows and all(room[kind] > 0 for kind in kinds)):
            chosen.add(row.item.id)
            for kind in kinds:
                room[kind] -= 1
    return chosen


def _kinds(row: Row, is_common: Callable[[Row], bool]) -> list[str]:
    """Of which limited kinds a row is."""
    kinds = ["common"] if is_common(row) else ["papers"] if row.on_papers else []
    return [*kinds, "open"] if row.question and not row.key else kinds


def _in_order_of_choice(
    rows: Sequence[Row], on: datetime.date, is_common: Callable[[Row], bool]
) -> Iterator[Row]:
    core = [row for row in rows if row.key]
    rest = [row for row in rows if not row.key]
    own = [row for row in rest if not is_common(row)]
    walk = [row for row in own if not row.on_papers]
    papers = [row for row in own if row.on_papers]
    common = [row for row in rest if is_common(row)]
    seen = Counter(row.where for row in core)
    return chain(core, _weighed(walk, on, seen), _weighed(papers, on), _weighed(common, on))


def _weighed(rows: Sequence[Row], on: datetime.date, seen: Mapping[str, int] = _NONE) -> list[Row]:
    """▲ first, then what is required or forbidden; among equals one of each 部位 in turn, so that none is cut whole.

    Of one 部位, and within a turn, what is of today and what most notices insist on comes first. ``seen`` are the rows
    that a 部位 has already: it waits until the others have as many.
    """

    def weight(row: Row) -> tuple[bool, ...]:
        required = any(basis.says in _BINDING for basis in row.basis)
        return out_of_season(row.item, on), not row.major, not required

    taken, turns = Counter(seen), {}
    insisted = sorted(rows, key=lambda row: (weight(row), row.old, -len(row.basis)))
    for row in insisted:
        turns[row.item.id] = taken[row.where]
        taken[row.where] += 1
    return sorted(insisted, key=lambda row: (weight(row), turns[row.item.id]))
