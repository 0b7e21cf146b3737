"""No two items ask one fact of different height: 二级 beside 三级 of the same enterprise on the same day."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from itertools import combinations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.checks.reach import Reach, reach_of, reaches
from checklists.rules.library import Library
from checklists.text import squeeze

HEIGHT = re.compile(
    r"[0-9]+(?:\.[0-9]+)?|[零〇一二三四五六七八九十百两]+(?=级|等|米|年|次|人|%|天|日|小时|个)"
)


def check(library: Library) -> list[Problem]:
    """Items of one wording but for a figure, both asked of some type on some day, of which none replaces the other."""
    alike: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in library.items:
        alike[item.industry, HEIGHT.sub("#", squeeze(item.content))].append(item)
    within: list[Reach] = []
    found: list[Problem] = []
    for items in alike.values():
        for one, other in combinations(items, 2):
            within = within or [
                reach_of(kind, library.vocabulary) for kind in library.vocabulary.types.values()
            ]
            if _contradict(one, other, within, library):
                position = library.positions[other.id].position("content")
                found.append(problem("items-contradict", position, item=other.id, other=one.id))
    return found


def _contradict(one: Item, other: Item, within: list[Reach], library: Library) -> bool:
    if squeeze(one.content) == squeeze(other.content):
        return False
    if other.id in one.replaces or one.id in other.replaces:
        return False
    exclusive = any(
        name in other.applies and other.applies[name] != condition for name, condition in one.applies.items()
    )
    together = any(reaches(reach, one) and reaches(reach, other) for reach in within)
    return together and not exclusive and _days_meet(one, other, library)


def _days_meet(one: Item, other: Item, library: Library) -> bool:
    """Whether a basis of each stands on some same day."""
    return any(
        first[0] <= last[1] and last[0] <= first[1]
        for first in _stands(one, library)
        for last in _stands(other, library)
    )


def _stands(item: Item, library: Library) -> list[tuple[datetime.date, datetime.date]]:
    """First and last day of each basis."""
    return [
        (basis.since or library.notices[basis.notice].since, basis.until or datetime.date.max)
        for basis in item.basis
        if basis.notice in library.notices
    ]
