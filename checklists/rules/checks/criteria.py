"""The standards by which a hazard is a major one: each in force once a day, every criterion for somebody, tied to items.

▲ rests on nothing else, so that a criterion without its item, or with one that asks something else, misleads.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import combinations

from checklists.models import Comparison, Condition, Criterion, Standard
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.rules.checks.conditions import condition_problems, misfit
from checklists.rules.checks.reach import Reach, may_hold, reach_of
from checklists.rules.conditions import condition_words
from checklists.rules.criteria import WrittenStandard
from checklists.rules.facts import industry_problems, twice
from checklists.rules.items import ITEMS
from checklists.rules.library import Library

LIMITS = {"text": 40, "see": 40}
CRITERIA = "criteria"


def check(library: Library) -> list[Problem]:
    """What is wrong with each standard and its criteria, then with two of them together."""
    within = [reach_of(kind, library.vocabulary) for kind in library.vocabulary.types.values()]
    found = [
        wrong
        for one in library.standards
        for wrong in (
            *_standard_problems(one, library),
            *_criteria_problems(one, library),
            *_unreachable(one, library, within),
        )
    ]
    return [*found, *_twice_on_one_day(library)]


# ---------------------------------------------------------------- one standard


def _standard_problems(written: WrittenStandard, library: Library) -> Iterator[Problem]:
    one, vocabulary = written.standard, library.vocabulary
    yield from industry_problems(
        one.binds.industries, vocabulary.industries, written.written, ("binds", "industries")
    )
    yield from condition_problems(
        one.binds.facts, vocabulary.facts, partial(written.position, "binds", "facts")
    )
    begins = one.since or one.dated
    if begins and one.until and one.until < begins:
        told = {"standard": one.standard, "until": one.until, "begins": begins}
        yield problem("standard-days", written.position("until"), **told)
    if one.held == "none" and one.criteria:
        told = {"standard": one.standard, "count": len(one.criteria)}
        yield problem("standard-not-held", written.position("held"), **told)
    if one.held != "none" and not one.criteria:
        yield problem("standard-no-criteria", written.position("held"), standard=one.standard, held=one.held)


def _criteria_problems(written: WrittenStandard, library: Library) -> Iterator[Problem]:
    vocabulary = library.vocabulary
    seen: dict[tuple[str, str], int] = {}
    for index, criterion in enumerate(written.standard.criteria):
        at = partial(written.position, CRITERIA, index)
        first = seen.setdefault((criterion.article, criterion.text), index)
        if first != index:
            told = {"article": criterion.article, "text": criterion.text}
            line = written.position(CRITERIA, first).line
            yield problem("criterion-twice", at("text"), line=line, **told)
        for field, limit in LIMITS.items():
            if (count := len(getattr(criterion, field))) > limit:
                size = {"field": field, "count": count, "limit": limit}
                yield problem("criterion-long", at(field), article=criterion.article, **size)
        if criterion.where not in vocabulary.where:
            hint = nearest(criterion.where, vocabulary.where)
            yield problem("word-unknown", at("where"), field="部位", word=criterion.where, hint=hint)
        yield from industry_problems(
            criterion.industries, vocabulary.industries, written.written, (CRITERIA, index, "industries")
        )
        yield from condition_problems(criterion.applies, vocabulary.facts, partial(at, "applies"))
        yield from _item_problems(written, index, library)


def _item_problems(written: WrittenStandard, index: int, library: Library) -> Iterator[Problem]:
    criterion, at = written.standard.criteria[index], partial(written.position, CRITERIA, index)
    told = {"article": criterion.article, "text": criterion.text}
    if criterion.items and criterion.no_item:
        yield problem("criterion-both", at("no-item"), **told)
    elif not criterion.items and not criterion.no_item:
        yield problem("criterion-no-item", at(), **told)
    yield from twice("检查项", criterion.items, written.written, (CRITERIA, index, "items"))
    if ITEMS in library.lost:
        return
    for number, item in enumerate(criterion.items):
        if item in library.retired:
            yield problem("criterion-retired", at("items", number), article=criterion.article, item=item)
        elif item not in library.positions:
            hint = nearest(item, library.positions) or "全部检查项见 checklists items。"
            yield problem("item-unknown", at("items", number), item=item, hint=hint)


# ---------------------------------------------------------------- whom it can bind


def _unreachable(written: WrittenStandard, library: Library, within: list[Reach]) -> Iterator[Problem]:
    """A standard that no type can be bound by; else its criteria that none of the types it binds can meet."""
    one = written.standard
    if not _sound(one.binds.industries, one.binds.facts, library):
        return
    bound = [reach for reach in within if _binds(one, reach)]
    if not bound:
        yield problem("standard-unreachable", written.position("binds"), standard=one.standard)
        return
    for index, criterion in enumerate(one.criteria):
        if _sound(criterion.industries, criterion.applies, library):
            at = partial(written.position, CRITERIA, index)
            if excluded := list(_excluded(one, criterion, library)):
                name, told = excluded[0]
                yield problem("criterion-excluded", at("applies", name), article=criterion.article, **told)
            elif not any(_meets(criterion, reach) for reach in bound):
                told = {"article": criterion.article, "text": criterion.text}
                yield problem("criterion-unreachable", at("applies"), **told)


def _sound(industries: Iterable[str], conditions: Mapping[str, Condition], library: Library) -> bool:
    """Whether industries and conditions are such as can be judged; those that are not have been told."""
    facts = library.vocabulary.facts
    fitting = all(name in facts and not misfit(facts[name], told) for name, told in conditions.items())
    return fitting and library.vocabulary.industries.keys() >= set(industries)


def _binds(standard: Standard, reach: Reach) -> bool:
    return not reach.industries.isdisjoint(standard.binds.industries) and all(
        may_hold(reach, name, condition) for name, condition in standard.binds.facts.items()
    )


def _meets(criterion: Criterion, reach: Reach) -> bool:
    of_them = not criterion.industries or not reach.industries.isdisjoint(criterion.industries)
    return of_them and all(may_hold(reach, name, condition) for name, condition in criterion.applies.items())


def _excluded(
    standard: Standard, criterion: Criterion, library: Library
) -> Iterator[tuple[str, dict[str, str]]]:
    """Facts of which the criterion asks another value than those that the standard binds have."""
    for name, condition in criterion.applies.items():
        bound = standard.binds.facts.get(name)
        if bound is not None and not _values(condition) & _values(bound):
            fact = library.vocabulary.facts[name]
            words = {
                "condition": condition_words(condition, fact.unit),
                "bound": condition_words(bound, fact.unit),
            }
            yield name, {"fact": fact.name, **words}


def _values(condition: Condition) -> frozenset[object]:
    """Values that meet a condition on a yes-no fact or a choice; of all numbers alike."""
    if not isinstance(condition, Comparison):
        return frozenset([condition])
    return frozenset(condition.any_of or ["数"])


# ---------------------------------------------------------------- two of them


def _twice_on_one_day(library: Library) -> Iterator[Problem]:
    """Editions of one standard that overlap. A name without a text may stand in several files for several industries."""
    for first, second in combinations(library.standards, 2):
        one, other = first.standard, second.standard
        if one.standard != other.standard or not (day := _common_day(one, other)):
            continue
        apart = set(one.binds.industries).isdisjoint(other.binds.industries)
        if apart and not one.criteria and not other.criteria:
            continue
        told = {"standard": one.standard, "day": day, "other": first.position("standard")}
        yield problem("standard-twice", second.position("standard"), **told)


def _common_day(one: Standard, other: Standard) -> datetime.date | None:
    """The first day on which both are in force; None when there is none."""
    begins = max(each.since or each.dated or datetime.date.min for each in (one, other))
    ends = min(each.until or datetime.date.max for each in (one, other))
    return begins if begins <= ends else None
