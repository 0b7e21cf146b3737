"""An enterprise as selection sees it: what its types fix, ask and suppose, taken together with what was told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from checklists.models import Enterprise, EnterpriseType, FactValue, Item, Vocabulary
from checklists.places import place_chain
from checklists.problems import Position, Problem, problem
from checklists.rules.conditions import value_words
from checklists.rules.criteria import WrittenStandard
from checklists.rules.words import find_type

COMMAND_LINE = Position("命令行")


@dataclass(frozen=True)
class Profile:
    """An enterprise as selection sees it: all it is and has, its types' facts taken in."""

    enterprise: Enterprise
    places: tuple[str, ...]
    types: tuple[EnterpriseType, ...]
    industries: frozenset[str]
    facts: Mapping[str, FactValue]
    unknown: tuple[str, ...]
    """Facts a type asks and nobody has answered, in the order of the types."""
    differing: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict)
    """Facts that are not the same for all of several types (小微单位 for the canteen, not for the steel plant)."""

    def values(self, name: str) -> tuple[FactValue, ...]:
        """What a known fact is: one value, or the several that it has for different types."""
        return self.differing.get(name) or (self.facts[name],)

    def heading(self, where: str) -> str:
        """What an enterprise of one type calls a 部位."""
        return self.types[0].headings.get(where, where) if len(self.types) == 1 else where

    @property
    def type_names(self) -> tuple[str, ...]:
        """Names of the types as they are printed."""
        return tuple(kind.name for kind in self.types)


def profile_of(vocabulary: Vocabulary, enterprise: Enterprise) -> Profile:
    """Take in what the types fix, ask and suppose, and the industries that facts bring.

    Weight of facts, weakest first: a type's default, the enterprise's answer, what a type fixes. What one type supposes
    does not answer what another type asks, but for what it supposes to be there.
    """
    if not enterprise.place:
        enterprise = enterprise.model_copy(update={"place": vocabulary.province})
    types = tuple(find_type(vocabulary, name, COMMAND_LINE) for name in enterprise.types)
    values = _values(vocabulary, types, enterprise)
    asked = dict.fromkeys(name for kind in types for name in kind.facts.asks)
    settled = {*enterprise.facts, *(name for kind in types for name in kind.facts.fixed)}
    unsettled = [name for name in asked if name not in settled and values.get(name, (None,))[0] is not True]
    known = {name: found for name, found in values.items() if name not in unsettled}
    facts = {name: found[0] for name, found in values.items() if not _parent_is_not(vocabulary, name, known)}
    unknown = [name for name in unsettled if not _parent_is_not(vocabulary, name, known)]
    for name, fact in vocabulary.facts.items():  # a parent stands before its children (checked)
        if name not in values and name not in unknown:
            unknown += [name] if facts.get(fact.parent) is True or fact.parent in unknown else []
    industries = {industry for kind in types for industry in kind.industries}
    brought = {
        industry
        for name, fact in vocabulary.facts.items()
        if facts.get(name) is True or name in unknown
        for industry in fact.brings
    }
    return Profile(
        enterprise=enterprise,
        places=place_chain(vocabulary.places, enterprise.place, COMMAND_LINE),
        types=types,
        industries=frozenset(industries | brought),
        facts=facts,
        unknown=tuple(unknown),
        differing={name: found for name, found in values.items() if len(found) > 1},
    )


def _parent_is_not(vocabulary: Vocabulary, name: str, values: Mapping[str, tuple[FactValue, ...]]) -> bool:
    """Whether a fact means nothing here, because the one that it belongs to does not hold: no lifts, no oldest lift."""
    parent = vocabulary.facts[name].parent
    while parent:
        if values.get(parent, (None,))[0] is False:
            return True
        parent = vocabulary.facts[parent].parent
    return False


def is_small(vocabulary: Vocabulary, profile: Profile) -> bool:
    """Whether the enterprise is a small unit; one of several types is small only if it is so for all of them."""
    fact = vocabulary.fact_of("small")
    return fact is not None and profile.facts.get(fact) is True and fact not in profile.differing


def _values(
    vocabulary: Vocabulary, types: Sequence[EnterpriseType], enterprise: Enterprise
) -> dict[str, tuple[FactValue, ...]]:
    """Every known fact with the values it has for the several types, each once, 是 first, choices in their order.

    A type that knows nothing of a yes-no fact that another supposes is taken for one where it does not hold.
    """
    found: dict[str, tuple[FactValue, ...]] = {}
    names = dict.fromkeys(name for kind in types for name in (*kind.facts.default, *kind.facts.fixed))
    for name in {**names, **dict.fromkeys(enterprise.facts)}:
        told = [_value(vocabulary, kind, name, enterprise) for kind in types]
        known = {value for value in told if value is not None}
        if True in known and None in told and name not in enterprise.facts:
            known.add(False)
        found[name] = tuple(sorted(known, key=lambda value: _rank(vocabulary, name, value)))
    return found


def _value(
    vocabulary: Vocabulary, kind: EnterpriseType, name: str, enterprise: Enterprise
) -> FactValue | None:
    """What a fact is for one type: what the type fixes, else the enterprise's answer, else what the type supposes."""
    fixed = kind.facts.fixed.get(name)
    if fixed is not None:
        return fixed
    supposed = kind.facts.default.get(name)
    if supposed is True and any(excluded(vocabulary, name, told) for told in _true(enterprise.facts)):
        supposed = False
    return enterprise.facts.get(name, supposed)


def _true(facts: Mapping[str, FactValue]) -> list[str]:
    return [name for name, value in facts.items() if value is True]


def excluded(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether two facts are never true together, whichever of them says so."""
    facts = vocabulary.facts
    return other in facts[one].excludes or one in facts[other].excludes


def _rank(vocabulary: Vocabulary, name: str, value: FactValue) -> tuple[float, str]:
    choices = vocabulary.facts[name].choices
    if isinstance(value, str):
        return (choices.index(value) if value in choices else len(choices), value)
    return (-float(value), "")


def contradictions(
    vocabulary: Vocabulary, enterprise: Enterprise, place_of: Callable[[str], Position]
) -> list[Problem]:
    """Answers that a type settles otherwise, or that mean nothing: they are not taken, and that is said where each fact
    was answered; and answers that are never true together, which are errors.
    """
    types = [find_type(vocabulary, name, COMMAND_LINE) for name in enterprise.types]
    answers, facts = enterprise.facts, vocabulary.facts
    settled = [
        problem(
            "fact-settled",
            place_of(name),
            fact=vocabulary.facts[name].name,
            given=value_words(enterprise.facts[name]),
            type=kind.name,
            value=value_words(value),
        )
        for kind in types
        for name, value in kind.facts.fixed.items()
        if name in enterprise.facts and enterprise.facts[name] != value
    ]
    values = {name: (value,) for name, value in answers.items()}
    orphans = [
        problem(
            "fact-childless",
            place_of(name),
            fact=facts[name].name,
            parent=facts[facts[name].parent].name,
        )
        for name in answers
        if _parent_is_not(vocabulary, name, values)
    ]
    together = [
        problem("fact-excluded", place_of(other), fact=facts[other].name, other=facts[one].name)
        for one, other in combinations(_true(answers), 2)
        if excluded(vocabulary, one, other)
    ]
    return [*settled, *orphans, *together]


LookedAt = Mapping[str, frozenset[str]]
"""Industry -> facts that its items, or the criteria of standards that bind it, look at."""


def looked_at(items: Iterable[Item], standards: Iterable[WrittenStandard]) -> LookedAt:
    """For which industries an answer can change something."""
    found: dict[str, set[str]] = {}
    for item in items:
        found.setdefault(item.industry, set()).update(item.conditions)
    for standard in (written.standard for written in standards):
        facts = {*standard.binds.facts, *(name for one in standard.criteria for name in one.applies)}
        for industry in standard.binds.industries:
            found.setdefault(industry, set()).update(facts)
    return {industry: frozenset(facts) for industry, facts in found.items()}


def unused_facts(vocabulary: Vocabulary, looking: LookedAt, enterprise: Enterprise) -> list[str]:
    """Facts the enterprise was asked for nothing: nothing of its types' industries looks at them, none brings one.

    Whether it is a small unit decides what its paper shows, and is never unused; that the child of what is not there means
    nothing is told by :func:`contradictions`.
    """
    if not enterprise.facts:
        return []
    profile = profile_of(vocabulary, enterprise)
    used = {name for industry in profile.industries for name in looking.get(industry, ())}
    own = {
        name for kind in profile.types for name in (*kind.facts.asks, *kind.facts.fixed, *kind.facts.default)
    }
    return [
        name
        for name, value in enterprise.facts.items()
        if name not in used
        and enterprise.facts.get(vocabulary.facts[name].parent) is not False
        and vocabulary.facts[name].role != "small"
        and not (vocabulary.facts[name].brings and (value is True or name in own))
    ]


def fact_unused(vocabulary: Vocabulary, enterprise: Enterprise, name: str, position: Position) -> Problem:
    """That an answer changes nothing for the enterprise."""
    types = "、".join(find_type(vocabulary, kind, COMMAND_LINE).name for kind in enterprise.types)
    return problem("fact-unused", position, fact=vocabulary.facts[name].name, types=types)
