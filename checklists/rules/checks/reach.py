"""Every item can be asked of at least one type of enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checklists.models import Condition, EnterpriseType, Item, Vocabulary
from checklists.problems import Position, Problem, problem
from checklists.rules.checks.conditions import misfit
from checklists.rules.conditions import holds
from checklists.rules.library import Library


@dataclass(frozen=True)
class Reach:
    """What a type may be asked about, whatever it answers: industries, and facts that are open."""

    kind: EnterpriseType
    industries: frozenset[str]
    open_facts: frozenset[str]


def check(library: Library) -> list[Problem]:
    """Items that no type, whatever its facts, is ever asked."""
    within = [reach_of(kind, library.vocabulary) for kind in library.vocabulary.types.values()]
    reached = frozenset(name for one in within for name in one.industries)
    found: list[Problem] = []
    without: dict[str, list[Item]] = {}
    for item in library.items:
        if item.industry not in reached:
            without.setdefault(item.industry, []).append(item)
        elif not any(reaches(one, item) for one in within) and is_sound(item, library.vocabulary):
            position = library.positions[item.id].position("applies")
            found.append(problem("item-unreachable", position, item=item.id))
    for industry, items in without.items():
        position = Position(str(library.positions[items[0].id].file))
        found.append(problem("industry-unreachable", position, industry=industry, count=len(items)))
    return found


def is_sound(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether the conditions are such as can be judged; those that are not have been told."""
    facts = vocabulary.facts
    written = [item.applies, *(basis.applies for basis in item.basis)]
    return all(
        name in facts and not misfit(facts[name], told)
        for applies in written
        for name, told in applies.items()
    )


def reach_of(kind: EnterpriseType, vocabulary: Vocabulary) -> Reach:
    """How far questions to a type may go."""
    open_facts = frozenset((*kind.facts.asks, *kind.facts.default))
    may_be_true = {*open_facts, *(name for name, value in kind.facts.fixed.items() if value is True)}
    brought = {
        name for fact in may_be_true if fact in vocabulary.facts for name in vocabulary.facts[fact].brings
    }
    return Reach(kind, frozenset((*kind.industries, *brought)), open_facts)


def reaches(reach: Reach, item: Item) -> bool:
    """Whether some answer to the type's open facts asks the item."""
    return (
        item.industry in reach.industries
        and _may_hold(reach, item.applies)
        and any(_may_hold(reach, basis.applies) for basis in item.basis)
    )


def _may_hold(reach: Reach, conditions: Mapping[str, Condition]) -> bool:
    return all(may_hold(reach, name, condition) for name, condition in conditions.items())


def may_hold(reach: Reach, name: str, condition: Condition) -> bool:
    """A fixed fact must fit; a fact the type does not know holds only as 「否」."""
    if name in reach.open_facts:
        return True
    fixed = reach.kind.facts.fixed
    if name in fixed:
        return holds(condition, fixed[name])
    return condition is False


def own_items(kind: EnterpriseType, library: Library) -> list[Item]:
    """Items that single the type out: of its own industries, or asked because of a fact the type fixes."""
    industries = set(kind.industries) - library.vocabulary.shared_industries
    facts = {name for name, value in kind.facts.fixed.items() if value is True}
    facts -= library.vocabulary.shared_facts
    reach = reach_of(kind, library.vocabulary)
    return [
        item
        for item in library.items
        if (item.industry in industries or facts & set(item.conditions)) and reaches(reach, item)
    ]
