"""Nothing stands twice in a list of an item."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem
from checklists.rules.facts import Written, twice
from checklists.rules.library import Library


def check(item: Item, library: Library) -> list[Problem]:
    """Words that stand twice in how, departments or replaces."""
    where = library.positions[item.id]
    written = Written(where.file, where.lines)
    lists = (("how", item.how), ("departments", item.departments), ("replaces", item.replaces))
    return [found for field, words in lists for found in twice(field, words, written, (*where.at, field))]
