"""No slogan stands alone: 加强、强化、推进 … describe an effort, not a state that can be ticked."""

from __future__ import annotations

import re

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

SLOGAN = re.compile(
    "加强|强化|推进|深化|提高|提升|严格落实|认真落实|牢固树立|压实|狠抓|扎实|切实|大力|着力|持续开展"
)


def check(item: Item, library: Library) -> list[Problem]:
    """Slogan verbs in what the inspector has to tick."""
    position = library.positions[item.id].position("content")
    found = SLOGAN.search(item.content) or SLOGAN.search(item.standard)
    return [problem("slogan", position, item=item.id, word=found[0])] if found else []
