"""One fact an item: a cross must tell the rectification notice what is wrong."""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.workshop import Workshop

JOINED = re.compile("；|。.|，并|并且|同时|以及|且(?!不)")


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Content that joins two statements."""
    found = JOINED.search(item.content)
    place = workshop.rules.places[item.id].place("content")
    return [problem("two-facts", place, item=item.id, word=found[0])] if found else []
