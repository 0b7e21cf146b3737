"""鼓励、探索、倡导 asks nothing, and what is only named was not written out: nobody fails either."""

from __future__ import annotations

import re

from checklists.models import Item, is_advice, is_only_named
from checklists.problems import Problem, problem
from checklists.rules.library import Library

ENCOURAGING = re.compile("鼓励(?!群众|举报|职工举报)|倡导|探索")
FAILING = "不符合"


def check(item: Item, library: Library) -> list[Problem]:
    """Encouraging words that are cited as an order, and standards that fail what is only encouraged or named."""
    position = library.positions[item.id].position
    found = [
        problem("encouragement-as-order", position("basis", index, "says"), item=item.id, word=word[0])
        for index, basis in enumerate(item.basis)
        if basis.says != "encourages" and (word := ENCOURAGING.search(basis.quote))
    ]
    if FAILING in item.standard:
        code = "advice-fails" if is_advice(item.basis) else "name-fails" if is_only_named(item.basis) else ""
        found += [problem(code, position("standard"), item=item.id, word=FAILING)] if code else []
    return found
