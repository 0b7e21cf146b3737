"""``types.yaml``: what is usual for all types or for a group stands once at its head, a type says what is its own."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from checklists.models import (
    FEWER_ROWS,
    SMALL_ROWS,
    USUAL_ROWS,
    EnterpriseType,
    Fact,
    FactValue,
    Industry,
    Model,
    Name,
    TypeFacts,
    Word,
)
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem
from checklists.rules.facts import Written, industry_problems, nearest_fact, twice, value_misfit
from checklists.text import shown
from checklists.yamlfile.entries import read_each
from checklists.yamlfile.reading import Lines, Location, line_of, read_yaml, validated

USUAL = "usual"
"""The one name at the head of an entry of ``types.yaml`` that is no type."""


class UsualIndustries(Model):
    """Industries that stand before and behind those a type itself names."""

    first: tuple[Word, ...] = ()
    last: tuple[Word, ...] = ()


class UsualFacts(Model):
    """Facts that types settle or suppose alike. What is to be found out each type says itself."""

    fixed: dict[Word, FactValue] = Field(default_factory=dict)
    default: dict[Word, FactValue] = Field(default_factory=dict)


class Usual(Model):
    """What holds for every type of a group, or for all, unless the type says otherwise."""

    industries: UsualIndustries = UsualIndustries()
    facts: UsualFacts = UsualFacts()


class UsualOfTypes(Model):
    """``usual``: what is usual in a group goes before what is usual for all."""

    all: Usual = Usual()
    groups: dict[Name, Usual] = Field(default_factory=dict)

    def of(self, group: str) -> tuple[Usual, ...]:
        """What is usual for a type of the group, the nearer first."""
        return (*([self.groups[group]] if group in self.groups else []), self.all)


class WrittenFacts(TypeFacts):
    """A type's own facts."""

    without: tuple[Word, ...] = ()
    """Usual facts that the type has nothing to do with."""


class WrittenType(EnterpriseType):
    """A type as it is written, without what is usual."""

    industries: Annotated[tuple[Word, ...], Field(min_length=1)] = ()
    facts: WrittenFacts = WrittenFacts()


@dataclass(frozen=True)
class WrittenTypes:
    """The file as it is written; what each type is after all is told by :func:`types_of`."""

    types: Mapping[str, WrittenType]
    usual: UsualOfTypes
    written: Written


def read_types(path: Path) -> tuple[WrittenTypes | None, list[Problem]]:
    """Read the file; None when any part of it cannot be used."""
    values, lines, problems = read_yaml(path, exact=True)
    if problems:
        return None, problems
    if not isinstance(values, dict) or not set(values) - {USUAL}:
        return None, [problem("file-no-map", Position(str(path), 1), what="一个企业类型")]
    usual, problems = validated(UsualOfTypes, values.pop(USUAL, {}), lines, path, (USUAL,))
    found, wrong = read_each(
        path,
        (((name,), value) for name, value in values.items()),
        lambda value, at: _type(str(at[0]), value, lines, path),
    )
    types, problems = {kind.id: kind for kind, _ in found}, [*problems, *wrong]
    if usual is None or problems:
        return None, problems
    told = WrittenTypes(types, usual, Written(path, lines))
    problems = [
        problem("type-no-industry", told.written.position(name), type=kind.name)
        for name, kind in types.items()
        if not _industries(kind, usual.of(kind.group))
    ]
    return (None if problems else told), problems


def _type(name: str, value: Any, lines: Lines, path: Path) -> tuple[WrittenType | None, list[Problem]]:
    if isinstance(value, dict) and "id" in value:
        position = Position(str(path), line_of(lines, (name, "id")))
        return None, [problem("field-unknown", position, field="id", hint="编号就是这一段开头冒号前的名称。")]
    named = {"id": name, **value} if isinstance(value, dict) else value
    return validated(WrittenType, named, lines, path, (name,))


# ---------------------------------------------------------------- what a type is


def types_of(told: WrittenTypes, facts: Mapping[str, Fact]) -> dict[str, EnterpriseType]:
    """Every type with what is usual filled in, and asked too what belongs to a fact it has or asks."""
    return {name: _filled(kind, told.usual.of(kind.group), facts) for name, kind in told.types.items()}


def _filled(kind: WrittenType, usual: tuple[Usual, ...], facts: Mapping[str, Fact]) -> EnterpriseType:
    """What is nearer goes first: the type's own, then its group's, then what all have."""
    own = kind.facts
    fixed, default = dict(own.fixed), dict(own.default)
    named = {*fixed, *own.asks, *default, *own.without}
    for layer in usual:
        fixed |= {name: value for name, value in layer.facts.fixed.items() if name not in named}
        default |= {name: value for name, value in layer.facts.default.items() if name not in named}
        named |= {*layer.facts.fixed, *layer.facts.default}
    true = [name for name, value in {**default, **fixed}.items() if value is True]
    asks = (*own.asks, *asked_children([*own.asks, *true], named, facts))
    settled = TypeFacts(fixed=fixed, asks=asks, default=default)
    return EnterpriseType(**{**dict(kind), "industries": _industries(kind, usual), "facts": settled})


def asked_children(parents: Sequence[str], named: Container[str], facts: Mapping[str, Fact]) -> list[str]:
    """Facts that the parents, or their children, bring along and that the type itself says nothing of."""
    found: list[str] = []
    for name, fact in facts.items():  # a parent stands before its children (checked)
        if fact.parent in (*parents, *found) and fact.parent and name not in named:
            found.append(name)
    return found


def _industries(kind: WrittenType, usual: tuple[Usual, ...]) -> tuple[str, ...]:
    """The type's own in their order; before and behind them those that are usual and that it does not name itself."""
    found = kind.industries
    for layer in usual:
        first = (name for name in layer.industries.first if name not in kind.industries)
        last = (name for name in layer.industries.last if name not in kind.industries)
        found = (*first, *found, *last)
    return found


# ---------------------------------------------------------------- what is wrong with it


def type_problems(
    told: WrittenTypes, facts: Mapping[str, Fact], industries: Mapping[str, Industry]
) -> list[Problem]:
    """What the file says of industries and facts that are none, that do not fit, or that it says in two ways.

    A usual value is judged where it stands, once, and not at the types that have it.
    """
    found = _group_problems(told)
    for at, usual in _usual_places(told.usual):
        for part, names in (("first", usual.industries.first), ("last", usual.industries.last)):
            found += industry_problems(names, industries, told.written, (*at, "industries", part))
        found += _fact_problems(usual.facts, facts, told.written, (*at, "facts"))
    # where what is usual is wrong, a type seems to be without what is not usual
    if not found:
        found += _without_problems(told, facts)
    for kind in told.types.values():
        at = (kind.id,)
        found += industry_problems(kind.industries, industries, told.written, (*at, "industries"))
        found += twice("particulars", kind.particulars, told.written, (*at, "particulars"))
        found += twice("asks", kind.facts.asks, told.written, (*at, "facts", "asks"))
        found += twice("without", kind.facts.without, told.written, (*at, "facts", "without"))
        found += _fact_problems(kind.facts, facts, told.written, (*at, "facts"))
        found += _paper_problems(kind, told, industries)
    return found or list(_excluded_problems(told, facts))


def _excluded_problems(told: WrittenTypes, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Facts that a type takes for true together though they are never true together."""
    for kind in types_of(told, facts).values():
        true = [name for name, value in {**kind.facts.default, **kind.facts.fixed}.items() if value is True]
        for one, other in combinations(true, 2):
            if other in facts[one].excludes or one in facts[other].excludes:
                names = {"fact": facts[one].name, "other": facts[other].name}
                yield problem(
                    "type-excluded", told.written.position(kind.id, "facts"), type=kind.name, **names
                )


def heading_problems(told: WrittenTypes, where: Sequence[str]) -> list[Problem]:
    """Headings for a 部位 that there is not, and headings that are another 部位: two sections would become one."""
    found: list[Problem] = []
    for kind in told.types.values():
        for name, heading in kind.headings.items():
            position = told.written.position(kind.id, "headings", name)
            if name not in where:
                found.append(
                    problem("word-unknown", position, field="部位", word=name, hint=nearest(name, where))
                )
            elif heading in where or list(kind.headings.values()).count(heading) > 1:
                found.append(problem("heading-taken", position, heading=heading))
    return found


def _paper_problems(
    kind: WrittenType, told: WrittenTypes, industries: Mapping[str, Industry]
) -> Iterator[Problem]:
    """What a type says of its paper: a size that papers do not have, own industries that nobody shares."""
    sizes = [range(rows - FEWER_ROWS, rows + 1) for rows in (SMALL_ROWS, USUAL_ROWS)]
    if kind.most is not None and not any(kind.most in size for size in sizes):
        details = {"most": kind.most, "small": SMALL_ROWS, "usual": USUAL_ROWS, "fewer": FEWER_ROWS}
        yield problem("type-most", told.written.position(kind.id, "most"), type=kind.name, **details)
    shared = {name for name, industry in industries.items() if industry.role}
    has = _industries(kind, told.usual.of(kind.group))
    for index, name in enumerate(kind.own):
        if name not in shared or name not in has:
            position = told.written.position(kind.id, "own", index)
            yield problem("type-own", position, type=kind.name, industry=name)


def _usual_places(usual: UsualOfTypes) -> Iterator[tuple[Location, Usual]]:
    yield (USUAL, "all"), usual.all
    for group, one in usual.groups.items():
        yield (USUAL, "groups", group), one


def _fact_problems(
    told: UsualFacts | WrittenFacts, facts: Mapping[str, Fact], written: Written, at: Location
) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for part, name, place in _facts_of(told, written, at):
        if name not in facts:
            yield problem("fact-unknown", place, fact=name, hint=nearest_fact(name, facts))
        elif seen.setdefault(name, part) != part:
            yield problem("fact-both", place, fact=facts[name].name, one=seen[name], other=part)
    for part, values in (("fixed", told.fixed), ("default", told.default)):
        for name, value in values.items():
            if name in facts and (hint := value_misfit(facts[name], value)):
                place = written.position(*at, part, name)
                yield problem("fact-value", place, fact=facts[name].name, value=shown(value), hint=hint)


def _facts_of(
    told: UsualFacts | WrittenFacts, written: Written, at: Location
) -> Iterator[tuple[str, str, Position]]:
    """Part, name and place of every fact that is spoken of."""
    for part, values in (("fixed", told.fixed), ("default", told.default)):
        for name in values:
            yield part, name, written.position(*at, part, name)
    if isinstance(told, WrittenFacts):
        for part, names in (("asks", told.asks), ("without", told.without)):
            for index, name in enumerate(names):
                yield part, name, written.position(*at, part, index)


def _group_problems(told: WrittenTypes) -> list[Problem]:
    """Groups at the head that no type is of; else groups of types that the head, which lists groups, does not know."""
    groups = dict.fromkeys(kind.group for kind in told.types.values() if kind.group)
    usual = told.usual.groups
    found = [
        problem(
            "usual-group",
            told.written.position(USUAL, "groups", group),
            group=group,
            hint=nearest(group, groups),
        )
        for group in usual
        if group not in groups
    ]
    return found or [
        problem(
            "type-group",
            told.written.position(kind.id, "group"),
            group=kind.group,
            hint=nearest(kind.group, usual),
        )
        for kind in told.types.values()
        if usual and kind.group and kind.group not in usual
    ]


def _without_problems(told: WrittenTypes, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """What a type is without although it is not usual."""
    for kind in told.types.values():
        usual = {name for one in told.usual.of(kind.group) for name in (*one.facts.fixed, *one.facts.default)}
        for index, name in enumerate(kind.facts.without):
            if name in facts and name not in usual:
                position = told.written.position(kind.id, "facts", "without", index)
                yield problem("without-nothing", position, fact=facts[name].name, type=kind.name)
