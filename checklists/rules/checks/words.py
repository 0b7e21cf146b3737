"""Words from closed lists: 部位 and departments."""

from __future__ import annotations

from collections.abc import Iterable

from checklists.models import Item
from checklists.nearest import nearest
from checklists.problems import Problem, problem
from checklists.rules.library import Library


def check(item: Item, library: Library) -> list[Problem]:
    """Words that are in no list."""
    vocabulary = library.vocabulary
    return [
        *_listed(item, "where", "部位", [item.where], vocabulary.where, library),
        *_listed(item, "departments", "部门", item.departments, vocabulary.departments, library),
    ]


def _listed(
    item: Item, field: str, name: str, words: Iterable[str], known: tuple[str, ...], library: Library
) -> list[Problem]:
    position = library.positions[item.id].position(field)
    return [
        problem("word-unknown", position, field=name, word=word, hint=nearest(word, known))
        for word in words
        if word not in known
    ]
