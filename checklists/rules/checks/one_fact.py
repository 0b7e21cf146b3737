"""One fact an item: a cross must tell the rectification notice what is wrong."""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

JOINED = re.compile("；|。.|，并|并且|同时|以及|且(?!不)")


def check(item: Item, library: Library) -> list[Problem]:
    """Content that joins two statements."""
    found = JOINED.search(item.content)
    position = library.positions[item.id].position("content")
    return [problem("two-facts", position, item=item.id, word=found[0])] if found else []
