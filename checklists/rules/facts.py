"""Facts: what a fact of each kind is made of, which values fit it, and what a type may say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from checklists.models import EnterpriseType, Fact, Industry
from checklists.nearest import nearest
from checklists.problems import Position, Problem, problem
from checklists.text import same_form, shown
from checklists.yamlfile.reading import Lines, Location, line_of

LARGEST = 1e12
"""Facts count people, metres, years: a number is not negative and below this."""
_ONLY_OF = (("choices", "choice"), ("unit", "number"), ("brings", "yes-no"))


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


def fact_problems(
    facts: Mapping[str, Fact], industries: Mapping[str, Industry], written: Written
) -> list[Problem]:
    """Facts that lack or have what their kind does not, and industries they bring that are none."""
    found: list[Problem] = []
    for name, fact in facts.items():
        at = ("facts", name)
        found += list(_kind_problems(fact, written, at))[:1]
        found += twice("choices", fact.choices, written, (*at, "choices"))
        found += industry_problems(fact.brings, industries, written, (*at, "brings"))
    return found


def _kind_problems(fact: Fact, written: Written, at: Location) -> Iterator[Problem]:
    for part, kind in _ONLY_OF:
        if getattr(fact, part) and fact.kind != kind:
            told = {"fact": fact.name, "part": part, "kind": kind, "given": fact.kind}
            yield problem("fact-part", written.position(*at, part), **told)
    if fact.kind == "choice" and not fact.choices:
        yield problem("fact-no-choices", written.position(*at), fact=fact.name)


def industry_problems(
    names: Iterable[str], industries: Mapping[str, Industry], written: Written, at: Location
) -> list[Problem]:
    """Names of industries that are none, or stand twice."""
    names = tuple(names)
    found = twice("行业领域", names, written, at)
    for index, name in enumerate(names):
        if name not in industries:
            told = {"field": "行业领域", "word": name, "hint": nearest(name, industries)}
            found.append(problem("word-unknown", written.position(*at, index), **told))
    return found


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


def type_problems(
    types: Mapping[str, EnterpriseType],
    facts: Mapping[str, Fact],
    industries: Mapping[str, Industry],
    written: Written,
) -> list[Problem]:
    """What types say of industries and facts that are none, that do not fit, or that they say in two ways."""
    found: list[Problem] = []
    for kind in types.values():
        found += industry_problems(kind.industries, industries, written, (kind.id, "industries"))
        found += twice("particulars", kind.particulars, written, (kind.id, "particulars"))
        found += twice("asks", kind.facts.asks, written, (kind.id, "facts", "asks"))
        seen: dict[str, str] = {}
        for group, name, position in _facts_of(kind, written):
            if name not in facts:
                found.append(problem("fact-unknown", position, fact=name, hint=_nearest_fact(name, facts)))
            elif seen.setdefault(name, group) != group:
                told = {"fact": facts[name].name, "one": seen[name], "other": group}
                found.append(problem("fact-both", position, **told))
        for group, values in (("fixed", kind.facts.fixed), ("default", kind.facts.default)):
            for name, value in values.items():
                if name in facts and (hint := value_misfit(facts[name], value)):
                    position = written.position(kind.id, "facts", group, name)
                    told = {"fact": facts[name].name, "value": shown(value), "hint": hint}
                    found.append(problem("fact-value", position, **told))
    return found


def _facts_of(kind: EnterpriseType, written: Written) -> Iterator[tuple[str, str, Position]]:
    """Group, name and position of every fact that a type speaks of."""
    facts = kind.facts
    for group, values in (("fixed", facts.fixed), ("default", facts.default)):
        for name in values:
            yield group, name, written.position(kind.id, "facts", group, name)
    for index, name in enumerate(facts.asks):
        yield "asks", name, written.position(kind.id, "facts", "asks", index)


def _nearest_fact(name: str, facts: Mapping[str, Fact]) -> str:
    """The nearest ids; a Chinese name stands for its id."""
    by_name = next((key for key, fact in facts.items() if same_form(fact.name) == same_form(name)), "")
    return f"这里写编号，「{name}」的编号是 {by_name}。" if by_name else nearest(name, facts)
