"""Full-width punctuation in Chinese texts; document numbers in 〔〕."""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

HALF_WIDTH = re.compile(
    r"[一-鿿] +[一-鿿]|[一-鿿][,;:!?()]|[,;:!?()][一-鿿]|\[[12][0-9]{3}\]|[（(【][12][0-9]{3}[】)）][0-9]+号"
)
FIELDS = ("title", "content", "standard", "standard_small", "evidence", "rectify", "support")


def check(item: Item, library: Library) -> list[Problem]:
    """Half-width marks beside Chinese characters, and a final full stop where none belongs."""
    problems: list[Problem] = []
    for field in FIELDS:
        text = getattr(item, field)
        found = HALF_WIDTH.search(text)
        mark = found[0] if found else "。" if text.endswith("。") else ""
        if mark:
            name = field.replace("_", "-")
            position = library.positions[item.id].position(name)
            problems.append(problem("punctuation", position, item=item.id, field=name, mark=mark))
    return problems
