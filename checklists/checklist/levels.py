"""Who looks at which rows how often: 班组 every shift, 车间 every week, 厂矿 every month, 集团 every quarter."""

from __future__ import annotations

from collections.abc import Sequence

from checklists.checklist.budget import budget_of
from checklists.checklist.build import Checklist, whose_matter
from checklists.checklist.choice import paper_choice
from checklists.checklist.rows import Row
from checklists.models import USUAL_ROWS, Every
from checklists.selection.profile import is_small

EVERY_SHIFT: tuple[Every, ...] = ("shift",)
EVERY_WEEK: tuple[Every, ...] = ("shift", "week")
"""What is looked at every shift is looked at every week too."""
MOST_A_PLACE = 12
"""Items of one 部位 on the daily sheet; what goes beyond is on the weekly one, which holds them all."""


def ordered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows without what is only encouraged."""
    return tuple(row for row in rows if not row.advice)


def of_level(rows: Sequence[Row], level: Sequence[Every]) -> tuple[Row, ...]:
    """Rows that are looked at as often."""
    return tuple(row for row in ordered(rows) if row.item.every in level)


def daily(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of every shift, at most MOST_A_PLACE of one 部位: ★ stay before others, the order is kept."""
    kept: set[int] = set()
    taken: dict[str, int] = {}
    for row in sorted(of_level(rows, EVERY_SHIFT), key=lambda row: not row.key):
        if taken.get(row.where, 0) < MOST_A_PLACE:
            taken[row.where] = taken.get(row.where, 0) + 1
            kept.add(row.number)
    return tuple(row for row in rows if row.number in kept)


def monthly(checklist: Checklist) -> tuple[Row, ...]:
    """Rows of every month: all but advice; of a small unit no more than a usual paper has, chosen as the paper chooses."""
    vocabulary, profile = checklist.library.vocabulary, checklist.profile
    if not is_small(vocabulary, profile):
        return ordered(checklist.rows)
    budget = budget_of(vocabulary, profile, USUAL_ROWS)
    kept = paper_choice(checklist.rows, checklist.on, budget, whose_matter(profile, vocabulary))
    return tuple(row for row in checklist.rows if row.item.id in kept)


def quarterly(checklist: Checklist) -> tuple[Row, ...]:
    """★ and ▲ rows, for a 主体企业 only."""
    group = checklist.library.vocabulary.fact_of("group")
    if group is None or checklist.profile.facts.get(group) is not True:
        return ()
    return tuple(row for row in checklist.rows if row.marks)
