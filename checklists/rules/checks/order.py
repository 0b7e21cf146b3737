"""Bases stand newest first, and none twice."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import NOTICES, Library
from checklists.text import squeeze


def check(item: Item, library: Library) -> list[Problem]:
    """Years that rise, and the same words of a notice quoted twice."""
    where = library.positions[item.id]
    problems: list[Problem] = []
    years = [library.notices[basis.notice].year for basis in item.basis if basis.notice in library.notices]
    if NOTICES not in library.lost and years != sorted(years, reverse=True):
        problems.append(problem("basis-order", where.position("basis"), item=item.id))
    seen: set[tuple[str, str]] = set()
    for index, basis in enumerate(item.basis):
        citation = (basis.notice, squeeze(basis.quote))
        if citation in seen:
            problems.append(problem("basis-twice", where.position("basis", index), item=item.id))
        seen.add(citation)
    return problems
