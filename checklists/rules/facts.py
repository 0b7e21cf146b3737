"""Facts and industries: what a fact of each kind is made of, which values fit it, and which roles they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.models import Fact, Industry
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem
from checklists.text import same_form, shown
from checklists.yamlfile.reading import Lines, Location, line_of

LARGEST = 1e12
"""Facts count people, metres, years: a number is not negative and below this."""
_ONLY_OF = (
    ("choices", "choice"),
    ("unit", "number"),
    ("brings", "yes-no"),
    ("role", "yes-no"),
    ("qualifier", "yes-no"),
    ("core", "yes-no"),
    ("excludes", "yes-no"),
)
_ONE_ALONE = frozenset({"everyone", "small", "group"})
"""Roles that one industry or one fact has at most."""


@dataclass(frozen=True)
class Written:
    """A file with the lines of its values."""

    file: Path
    lines: Lines

    def position(self, *at: str | int) -> Position:
        """Position of the value at a location, or of the nearest around it."""
        return Position(str(self.file), line_of(self.lines, at))


def value_misfit(fact: Fact, value: object) -> str:
    """What a value of this fact must look like, or nothing when it fits."""
    if fact.kind == "yes-no":
        return "" if isinstance(value, bool) else "请写 true 或 false，不加引号。"
    if fact.kind == "number":
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < LARGEST
        return "" if fits else "请写数，不加引号，不写单位，不得为负。"
    return "" if value in fact.choices else f"只能写：{'、'.join(fact.choices)}。"


def value_problems(
    values: Mapping[str, object], facts: Mapping[str, Fact], written: Written, at: Location
) -> Iterator[Problem]:
    """Facts that there are not, and values that do not fit theirs."""
    for name, value in values.items():
        position = written.position(*at, name)
        if name not in facts:
            yield problem("fact-unknown", position, fact=name, hint=nearest_fact(name, facts))
        elif hint := value_misfit(facts[name], value):
            yield problem("fact-value", position, fact=facts[name].name, value=shown(value), hint=hint)


def fact_problems(
    facts: Mapping[str, Fact], industries: Mapping[str, Industry], written: Written
) -> list[Problem]:
    """Facts that lack or have what their kind does not, and industries they bring that are none."""
    found: list[Problem] = []
    for name, fact in facts.items():
        at = ("facts", name)
        found += list(_kind_problems(fact, written, at))[:1]
        found += twice("choices", fact.choices, written, (*at, "choices"))
        found += twice("qualifier", fact.qualifier, written, (*at, "qualifier"))
        found += industry_problems(fact.brings, industries, written, (*at, "brings"))
        found += _kin_problems(name, facts, written)
    return found


def _kin_problems(name: str, facts: Mapping[str, Fact], written: Written) -> Iterator[Problem]:
    """A parent that stands not before the fact, and facts it excludes that can be neither true nor false."""
    fact, names = facts[name], list(facts)
    before = names[: names.index(name)]
    if fact.parent and not (fact.parent in before and facts[fact.parent].kind == "yes-no"):
        told = {
            "parent": fact.parent,
            "hint": "" if fact.parent in facts else nearest_fact(fact.parent, facts),
        }
        yield problem("fact-parent", written.position("facts", name, "parent"), fact=fact.name, **told)
    for index, other in enumerate(fact.excludes):
        if other == name or other not in facts or facts[other].kind != "yes-no":
            told = {"other": other, "hint": "" if other in facts else nearest_fact(other, facts)}
            position = written.position("facts", name, "excludes", index)
            yield problem("fact-excludes", position, fact=fact.name, **told)


def _kind_problems(fact: Fact, written: Written, at: Location) -> Iterator[Problem]:
    if fact.kind == "choice" and not fact.choices:
        yield problem("fact-no-choices", written.position(*at), fact=fact.name)
    for part, kind in _ONLY_OF:
        if getattr(fact, part) and fact.kind != kind:
            told = {"fact": fact.name, "part": part, "kind": kind, "given": fact.kind}
            yield problem("fact-part", written.position(*at, part), **told)


def role_problems(
    industries: Mapping[str, Industry], facts: Mapping[str, Fact], written: Written
) -> list[Problem]:
    """Roles that a second one has, and the role that the program cannot do without."""
    found: list[Problem] = []
    for group, named in (("industries", industries), ("facts", facts)):
        first: dict[str, str] = {}
        for name, one in named.items():
            if one.role in _ONE_ALONE and (other := first.setdefault(one.role, name)) != name:
                position = written.position(group, name, "role")
                found.append(problem("role-twice", position, role=one.role, name=name, other=other))
    if not any(industry.role == "everyone" for industry in industries.values()):
        found.append(problem("role-missing", written.position("industries"), role="everyone"))
    return found


def industry_problems(
    names: Iterable[str], industries: Mapping[str, Industry], written: Written, at: Location
) -> list[Problem]:
    """Names of industries that are none, or stand twice."""
    names = tuple(names)
    problems = twice("行业领域", names, written, at)
    for index, name in enumerate(names):
        if name not in industries:
            details = {"field": "行业领域", "word": name, "hint": nearest(name, industries)}
            problems.append(problem("word-unknown", written.position(*at, index), **details))
    return problems


def twice(field: str, words: Iterable[str], written: Written, at: Location) -> list[Problem]:
    """Words that stand twice in one list, however they are written."""
    seen: set[str] = set()
    found: list[Problem] = []
    for index, word in enumerate(words):
        form = same_form(word)
        if form in seen:
            found.append(problem("word-twice", written.position(*at, index), field=field, word=word))
        seen.add(form)
    return found


def nearest_fact(name: str, facts: Mapping[str, Fact]) -> str:
    """The nearest ids; a Chinese name stands for its id."""
    by_name = next((key for key, fact in facts.items() if same_form(fact.name) == same_form(name)), "")
    return f"这里写编号，「{name}」的编号是 {by_name}。" if by_name else nearest(name, facts)
