"""A retired id never comes back: papers with it are still about."""

from __future__ import annotations

from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(workshop: Workshop) -> list[Problem]:
    """Ids that are retired and yet an item's."""
    return [
        problem("item-returned", place, item=name)
        for name, place in workshop.rules.retired.items()
        if name in workshop.rules.places
    ]
