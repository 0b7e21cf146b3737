"""Every item can be asked of at least one type of enterprise."""

from __future__ import annotations

from checklists.models import Condition, EnterpriseType, Item, Vocabulary
from checklists.problems import Problem, problem
from checklists.selection import holds
from checklists.workshop import Workshop


def check(workshop: Workshop) -> list[Problem]:
    """Items that no type, whatever its facts, is ever asked."""
    kinds = workshop.vocabulary.types.values()
    return [
        problem("item-unreachable", workshop.rules.places[item.id].place("applies"), item=item.id)
        for item in workshop.rules.items
        if not any(reaches(kind, item, workshop.vocabulary) for kind in kinds)
    ]


def reaches(kind: EnterpriseType, item: Item, vocabulary: Vocabulary) -> bool:
    """Whether some answer to the type's open facts asks the item."""
    open_facts = {*kind.facts.asks, *kind.facts.default}
    may_be_true = open_facts | {name for name, value in kind.facts.fixed.items() if value is True}
    brought = {
        name for fact in may_be_true if fact in vocabulary.facts for name in vocabulary.facts[fact].brings
    }
    if item.industry not in {*kind.industries, *brought}:
        return False
    return all(_may_hold(kind, name, condition, open_facts) for name, condition in item.applies.items())


def _may_hold(kind: EnterpriseType, name: str, condition: Condition, open_facts: set[str]) -> bool:
    """A fixed fact must fit; a fact the type does not know holds only as 「否」."""
    if name in open_facts:
        return True
    if name in kind.facts.fixed:
        return holds(condition, kind.facts.fixed[name])
    return condition is False


def own_items(kind: EnterpriseType, workshop: Workshop) -> list[Item]:
    """Items that single the type out: of its own industries, or asked because of a fact the type fixes."""
    industries = set(kind.industries) - {"general", "fire"}
    facts = {name for name, value in kind.facts.fixed.items() if value is True} - {
        "high-hazard",
        "key-industry",
    }
    return [
        item
        for item in workshop.rules.items
        if (item.industry in industries or facts & set(item.applies))
        and reaches(kind, item, workshop.vocabulary)
    ]
