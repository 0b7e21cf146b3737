"""Conditions of ``applies`` fit their facts and can hold: a condition that always or never holds is a slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from checklists.models import Comparison, Condition, Fact, Item
from checklists.problems import Position, Problem, problem
from checklists.rules.conditions import condition_words
from checklists.rules.facts import LARGEST, nearest_fact
from checklists.rules.library import Library
from checklists.text import shown


def check(item: Item, library: Library) -> list[Problem]:
    """What is wrong with the conditions of an item and of its bases."""
    facts, position = library.vocabulary.facts, library.positions[item.id].position
    found = list(condition_problems(item.applies, facts, partial(position, "applies")))
    for index, basis in enumerate(item.basis):
        at = partial(position, "basis", index, "applies")
        found += condition_problems(basis.applies, facts, at)
        found += [
            problem("basis-condition-twice", at(name), item=item.id, fact=name)
            for name in basis.applies
            if name in item.applies
        ]
    return found


def condition_problems(
    conditions: Mapping[str, Condition], facts: Mapping[str, Fact], position_of: Callable[[str], Position]
) -> Iterator[Problem]:
    """Unknown facts, the one that only the paper looks at, and values that are none of the fact's or exclude each other."""
    for name, condition in conditions.items():
        if name not in facts:
            yield problem("fact-unknown", position_of(name), fact=name, hint=nearest_fact(name, facts))
        elif facts[name].role == "small":
            yield problem("fact-small", position_of(name), fact=facts[name].name)
        elif wrong := misfit(facts[name], condition):
            details = {"fact": name, "value": _written(condition), "hint": wrong}
            yield problem("fact-value", position_of(name), **details)


def _written(condition: Condition) -> str:
    if not isinstance(condition, Comparison):
        return shown(condition)
    return condition_words(condition) or "{}"


def misfit(fact: Fact, condition: Condition) -> str:
    """What a condition on this kind of fact must look like, or nothing when it fits."""
    if fact.kind == "yes-no":
        return "" if isinstance(condition, bool) else "请写 true 或 false，不加引号。"
    if fact.kind == "number":
        if not isinstance(condition, Comparison) or condition.any_of is not None:
            return "请写 {at-least: 数} 或 {more-than: 数}。"
        return _bounds_misfit(condition)
    if isinstance(condition, Comparison) and (condition.any_of is None or _bounds(condition)):
        return f"只能写：{'、'.join(fact.choices)}，或 {{any-of: […]}}。"
    chosen = condition.any_of or () if isinstance(condition, Comparison) else (condition,)
    if len(set(chosen)) < len(chosen):
        return "any-of 里写了两个同样的值：请删去一个。"
    fits = bool(chosen) and set(chosen) <= set(fact.choices)
    return "" if fits else f"只能写：{'、'.join(fact.choices)}，或 {{any-of: […]}}。"


def _bounds(condition: Comparison) -> list[float]:
    told = (condition.at_least, condition.more_than, condition.at_most, condition.less_than)
    return [bound for bound in told if bound is not None]


def _bounds_misfit(condition: Comparison) -> str:
    """Numbers of facts are at least 0; what no number can be, or every number is, is no condition."""
    bounds = _bounds(condition)
    if not bounds:
        return "花括号里要有一个比较，如 {at-least: 3}；对谁都问的，把这个属性删去。"
    if any(not 0 <= bound < LARGEST for bound in bounds):
        return "比较的数不得为负，也不会这么大：请改正。"
    twice = None not in (condition.at_least, condition.more_than)
    if twice or None not in (condition.at_most, condition.less_than):
        return "同一边只写一个：at-least 以上（含），more-than 超过；at-most 以下（含），less-than 不足。"
    return "" if _can_hold(condition) else "没有一个数能同时满足：请改正大小。"


def _can_hold(condition: Comparison) -> bool:
    """Whether some number from 0 on lies between the bounds, of which more-than and less-than are not included."""
    low = next((bound for bound in (condition.at_least, condition.more_than) if bound is not None), 0.0)
    high = next((bound for bound in (condition.at_most, condition.less_than) if bound is not None), LARGEST)
    open_end = condition.more_than is not None or condition.less_than is not None
    return low < high or (low == high and not open_end)
