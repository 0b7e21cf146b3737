"""A retired id never comes back: papers with it are still about."""

from __future__ import annotations

from checklists.problems import Problem, problem
from checklists.rules.library import Library


def check(library: Library) -> list[Problem]:
    """Ids that are retired and yet an item's."""
    return [
        problem("item-returned", position, item=name)
        for name, position in library.retired.items()
        if name in library.positions
    ]
