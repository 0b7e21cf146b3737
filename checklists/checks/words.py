"""Words from closed lists: 部位, departments, facts and their values, replaced ids."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.models import Comparison, Condition, Fact, Item
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Words that are in no list."""
    vocabulary = workshop.vocabulary
    problems = _listed(item, "where", "部位", [item.where], vocabulary.where, workshop)
    problems += _listed(item, "departments", "部门", item.departments, vocabulary.departments, workshop)
    problems += _facts(item, workshop)
    for old in item.replaces:
        if old not in workshop.rules.places:
            place = workshop.rules.places[item.id].place("replaces")
            hint = nearest(old, workshop.rules.places)
            problems.append(problem("item-unknown", place, item=old, hint=hint))
    return problems


def _listed(
    item: Item, field: str, name: str, words: Iterable[str], known: Iterable[str], workshop: Workshop
) -> list[Problem]:
    place = workshop.rules.places[item.id].place(field)
    return [
        problem("word-unknown", place, field=name, word=word, hint=nearest(word, known))
        for word in words
        if word not in tuple(known)
    ]


def _facts(item: Item, workshop: Workshop) -> list[Problem]:
    problems: list[Problem] = []
    facts = workshop.vocabulary.facts
    for name, condition in item.applies.items():
        place = workshop.rules.places[item.id].place("applies", name)
        if name not in facts:
            problems.append(problem("fact-unknown", place, fact=name, hint=nearest(name, facts)))
        elif wrong := _misfit(facts[name], condition):
            problems.append(problem("fact-value", place, fact=name, value=condition, hint=wrong))
    return problems


def _misfit(fact: Fact, condition: Condition) -> str:
    """What a condition on this kind of fact must look like, or nothing when it fits."""
    if fact.kind == "yes-no":
        return "" if isinstance(condition, bool) else "请写 true 或 false。"
    if fact.kind == "number":
        fits = isinstance(condition, Comparison) and condition.any_of is None
        return "" if fits else "请写 {at-least: 数} 或 {more-than: 数}。"
    chosen = (condition.any_of or ()) if isinstance(condition, Comparison) else (condition,)
    fits = bool(chosen) and set(chosen) <= set(fact.choices)
    return "" if fits else f"只能写：{'、'.join(fact.choices)}，或 {{any-of: […]}}。"
