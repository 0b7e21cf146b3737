"""No double negation: with 「不得未…」 nobody knows what 不符合 means."""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

NEGATED_TWICE = re.compile(
    "(不得|严禁|禁止|不准|无)[^，；。、]{0,8}(未(?!经)|不(?!锈|间断|合格|符合|达标|规范|足|明|良|稳))|未[^，；。、]{0,4}未"
)


def check(item: Item, library: Library) -> list[Problem]:
    """Content that denies twice."""
    found = NEGATED_TWICE.search(item.content)
    position = library.positions[item.id].position("content")
    return [problem("double-negation", position, item=item.id, words=found[0])] if found else []
