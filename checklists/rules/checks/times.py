"""One quote has one time: words that end on a day in one item do not stand for ever in another."""

from __future__ import annotations

import datetime

from checklists.models import Basis
from checklists.problems import Position, Problem, problem
from checklists.rules.library import Library
from checklists.text import squeeze

Days = tuple[datetime.date | None, datetime.date | None, datetime.date | None]


def check(library: Library) -> list[Problem]:
    """Bases with the words of an earlier one and other days."""
    first: dict[tuple[str, str, str], tuple[Days, Position]] = {}
    found: list[Problem] = []
    for item in library.items:
        for index, basis in enumerate(item.basis):
            position = library.positions[item.id].position("basis", index)
            key = basis.notice, basis.clause, squeeze(basis.quote)
            days, other = first.setdefault(key, (_days(basis), position))
            if days != _days(basis):
                found.append(problem("quote-two-times", position, item=item.id, other=other))
    return found


def _days(basis: Basis) -> Days:
    return basis.since, basis.until, basis.due
