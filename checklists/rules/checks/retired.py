"""A retired id never comes back, and leads to what asks the same now: papers with it are still about."""

from __future__ import annotations

from collections.abc import Iterator

from checklists.models import RetiredItem
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem
from checklists.rules.items import ITEMS
from checklists.rules.library import Library


def check(library: Library) -> list[Problem]:
    """Ids that are retired and yet an item's, and those that lead nowhere."""
    found: list[Problem] = []
    for name, (entry, position) in library.retired.items():
        if name in library.positions:
            found.append(problem("item-returned", position, item=name))
        else:
            found += _followers(name, entry, position, library)
    return found


def _followers(name: str, entry: RetiredItem, position: Position, library: Library) -> Iterator[Problem]:
    for new in entry.into:
        if new in library.positions or ITEMS in library.lost:
            continue
        if new == name or new in library.retired:
            yield problem("retired-into-retired", position, item=name, into=new)
        else:
            yield problem(
                "retired-into-nothing", position, item=name, into=new, hint=nearest(new, library.positions)
            )
