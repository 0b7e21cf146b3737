"""Words from closed lists: 部位 and departments."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.models import Item
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.workshop import Workshop


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Words that are in no list."""
    vocabulary = workshop.vocabulary
    return [
        *_listed(item, "where", "部位", [item.where], vocabulary.where, workshop),
        *_listed(item, "departments", "部门", item.departments, vocabulary.departments, workshop),
    ]


def _listed(
    item: Item, field: str, name: str, words: Iterable[str], known: tuple[str, ...], workshop: Workshop
) -> list[Problem]:
    place = workshop.rules.places[item.id].place(field)
    return [
        problem("word-unknown", place, field=name, word=word, hint=nearest(word, known))
        for word in words
        if word not in known
    ]
