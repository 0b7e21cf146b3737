"""Which rows the paper shows, when there are more than it has room for.

All of the core first. Then the trade's own: what is seen on the walk, then what is read at the table. Then what is asked
of enterprises of every kind.
"""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Literal

from checklists.checklist.budget import Budget
from checklists.checklist.rows import Row
from checklists.models import Item, Says

Whose = Literal["own", "brought", "supposed", "common"]
"""Whose matter a row is: the trade's own, of something that the enterprise has or may have beside it, of something that its
type supposes it to have (weighed in the type's own core), of enterprises of every kind."""
SEASON_MONTHS = {"汛期": (6, 7, 8, 9), "冬季": (11, 12, 1, 2, 3)}
_FORCE: dict[Says, int] = {"requires": 0, "forbids": 0, "targets": 1, "urges": 2, "encourages": 3, "names": 3}
"""How strongly a basis asks; of several the strongest counts."""
_LEAST_SHARE = 4


def out_of_season(item: Item, on: datetime.date) -> bool:
    """A seasonal item sorts behind the others outside its months; 节前 and 复工复产 have no months."""
    return item.season in SEASON_MONTHS and on.month not in SEASON_MONTHS[item.season or ""]


def paper_choice(
    rows: Sequence[Row], on: datetime.date, budget: Budget, whose: Callable[[Row], Whose]
) -> set[str]:
    """Ids of those of the rows, which come in the order of the walk, that the paper keeps.

    The core is kept whole, even where the budget has not so many rows; what is only encouraged stands on no paper that
    does not show all.
    """
    if not budget.rows:
        return {row.item.id for row in rows}
    rows = [row for row in rows if not row.advice]
    if len(rows) <= budget.rows:
        return {row.item.id for row in rows}
    room = {
        "common": budget.common,
        "judged": budget.judged,
        "papers": budget.papers,
        "brought": budget.brought,
        "open": budget.open,
    }
    taken: Counter[str] = Counter()
    chosen: set[str] = set()
    for row in _in_order_of_choice(rows, on, whose):
        kinds = _kinds(row, whose)
        if "common" in kinds and row.judged and not row.key and taken["judged"] < room["judged"]:
            kinds = ["judged"]
        fits = all(taken[kind] < min(room[kind], _share(kind, taken[""])) for kind in kinds)
        if row.key or (len(chosen) < budget.rows and fits):
            chosen.add(row.item.id)
            taken.update(kinds)
            taken[""] += row.key or not set(kinds) - {"open"}
    return chosen


def _share(kind: str, seen: int) -> float:
    """Rows of a limited kind beside so many of the core and of the trade's own walk: where these are few, so are they.

    A paper is not filled up with what is read at the table, and a thin trade not with what everybody is asked.
    """
    return math.inf if kind in ("open", "judged") else max(math.ceil(seen / 3), _LEAST_SHARE)


def _kinds(row: Row, whose: Callable[[Row], Whose]) -> list[str]:
    """Of which limited kinds a row is."""
    kinds = ["common"] if whose(row) == "common" else ["papers"] if row.on_papers else []
    if not row.key:
        kinds += ["brought"] if whose(row) in ("brought", "supposed") else []
        kinds += ["open"] if row.question else []
    return kinds


def _in_order_of_choice(
    rows: Sequence[Row], on: datetime.date, whose: Callable[[Row], Whose]
) -> Iterator[Row]:
    core = [row for row in rows if row.key]
    rest = [row for row in rows if not row.key and (row.major or whose(row) != "supposed")]
    own = [row for row in rest if whose(row) != "common"]
    walk = [row for row in own if not row.on_papers]
    papers = [row for row in own if row.on_papers]
    common = [row for row in rest if whose(row) == "common"]
    return chain(core, *(_weighed(some, on, whose) for some in (walk, papers, common)))


def _weighed(rows: Sequence[Row], on: datetime.date, whose: Callable[[Row], Whose]) -> list[Row]:
    """▲ first (of what everybody is asked in the order of the standard), then the trade's own, of that what is required or
    forbidden before what is targeted or urged.

    Among equals one of each 部位 in turn, so that none is cut whole; of one 部位, and within a turn, what is of today and
    what most notices insist on comes first.
    """

    def weight(row: Row) -> tuple[bool, bool, int, bool, int]:
        force = min(_FORCE[basis.says] for basis in row.basis)
        beside = whose(row) in ("brought", "supposed")
        judged = row.judged if whose(row) == "common" else 0
        return out_of_season(row.item, on), not row.major, judged, beside, force

    insisted = sorted(rows, key=lambda row: (weight(row), row.old, -len(row.basis)))
    taken: Counter[tuple[object, str]] = Counter()
    turns: dict[str, int] = {}
    for row in insisted:
        turns[row.item.id] = taken[weight(row), row.where]
        taken[weight(row), row.where] += 1
    return sorted(insisted, key=lambda row: (weight(row), turns[row.item.id]))
