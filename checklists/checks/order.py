"""Bases stand newest first, and none twice."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Years that rise, and a clause quoted twice in the same words."""
    place = workshop.rules.places[item.id].place("basis")
    problems: list[Problem] = []
    years = [workshop.notices[basis.notice].year for basis in item.basis if basis.notice in workshop.notices]
    if years != sorted(years, reverse=True):
        problems.append(problem("basis-order", place, item=item.id))
    told = [(basis.notice, basis.clause, basis.quote) for basis in item.basis]
    if len(set(told)) < len(told):
        problems.append(problem("basis-twice", place, item=item.id))
    return problems
