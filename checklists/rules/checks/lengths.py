"""Length limits: a row of the printed paper is 12 mm high, longer texts cost the inspector pages."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

LIMITS = {"title": 12, "content": 30, "standard": 50, "standard_small": 50, "rectify": 30, "support": 40}


def check(item: Item, library: Library) -> list[Problem]:
    """Texts that are too long."""
    return [
        problem(
            "text-too-long",
            library.positions[item.id].position(name.replace("_", "-")),
            item=item.id,
            field=name.replace("_", "-"),
            count=len(text),
            limit=limit,
        )
        for name, limit in LIMITS.items()
        if len(text := getattr(item, name)) > limit
    ]
