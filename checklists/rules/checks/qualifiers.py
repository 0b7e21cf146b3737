"""A sentence addressed to 高危、规模以上、国有 … enterprises binds only them: the qualifier stands in ``applies``.

Judged on the newest basis: an item may rest on an older, narrower sentence as well.
"""

from __future__ import annotations

import re

from checklists.models import Basis, Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

QUALIFIERS: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "高危": (re.compile("高危(行业|企业|生产经营单位|领域)"), ("high-hazard",)),
    "规模以上": (re.compile("规模以上"), ("above-scale",)),
    "国有": (re.compile("国有(企业|大中型|及国有)"), ("state-owned", "large-medium")),
    "大中型": (re.compile("大中型企业"), ("large-medium",)),
}


def check(item: Item, library: Library) -> list[Problem]:
    """Qualifiers of every quoted sentence that the item drops."""
    position = library.positions[item.id].position("applies")
    return [
        problem("qualifier-dropped", position, item=item.id, word=word, facts="、".join(facts))
        for word, (pattern, facts) in QUALIFIERS.items()
        if all(pattern.search(basis.quote) for basis in item.basis)
        and not any(fact in item.applies for fact in facts)
        and not _of_such_an_industry(item, facts, library)
    ]


def _of_such_an_industry(item: Item, facts: tuple[str, ...], library: Library) -> bool:
    """Whether every type of the item's own industry has the quality anyway (all coal mines are 高危)."""
    if item.industry in ("general", "fire"):
        return False
    kinds = [kind for kind in library.vocabulary.types.values() if item.industry in kind.industries]
    return bool(kinds) and all(any(kind.facts.fixed.get(fact) is True for fact in facts) for kind in kinds)


def quoted(bases: tuple[Basis, ...]) -> str:
    """All quotes of an item in one text."""
    return "\n".join(basis.quote for basis in bases)
