"""No two items ask the same."""

from __future__ import annotations

from checklists.problems import Problem, problem
from checklists.rules.library import Library


def check(library: Library) -> list[Problem]:
    """Items of one industry with the same content, under conditions that can hold together."""
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], str] = {}
    for item in library.items:
        key = (item.industry, item.content, str(item.conditions))
        other = seen.setdefault(key, item.id)
        if other != item.id:
            position = library.positions[item.id].position("content")
            problems.append(problem("items-alike", position, item=item.id, other=other))
    return problems
