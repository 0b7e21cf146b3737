"""Kinds and conditions in ``papers.yaml`` are of facts that there are, and every point is written for a kind there is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from checklists.models import PaperWords
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.rules.checks.conditions import condition_problems
from checklists.rules.facts import nearest_fact
from checklists.rules.library import Library


def check(library: Library) -> list[Problem]:
    """What is wrong with whom the papers speak to; their quotes are looked up with all others."""
    written = library.papers.by_name.items()
    return [
        found
        for name, words in written
        for part in (_kinds, _points, _conditions)
        for found in part(name, words, library)
    ]


def _kinds(name: str, words: PaperWords, library: Library) -> Iterator[Problem]:
    facts = library.vocabulary.facts
    for kind, conditions in words.kinds.items():
        for fact in conditions:
            position = library.papers.position("papers", name, "kinds", kind, fact)
            if fact not in facts:
                yield problem("fact-unknown", position, fact=fact, hint=nearest_fact(fact, facts))
            elif facts[fact].kind != "yes-no":
                yield problem("paper-kind-fact", position, name=name, fact=facts[fact].name)


def _points(name: str, words: PaperWords, library: Library) -> Iterator[Problem]:
    for index, point in enumerate(words.points):
        for kind in point.kinds:
            if kind not in words.kinds:
                position = library.papers.position("papers", name, "points", index, "kinds")
                hint = nearest(kind, words.kinds)
                yield problem("paper-kind", position, name=name, kind=kind, hint=hint)


def _conditions(name: str, words: PaperWords, library: Library) -> Iterator[Problem]:
    position = partial(library.papers.position, "papers", name)
    of_points = ((("points", place), point.basis) for place, point in enumerate(words.points))
    for inside, bases in ((), words.basis), *of_points:
        for index, basis in enumerate(bases):
            at = partial(position, *inside, "basis", index, "applies")
            yield from condition_problems(basis.applies, library.vocabulary.facts, at)
