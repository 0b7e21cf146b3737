"""What is set aside as a government's own duty is not cited as if it bound an enterprise."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.checks.quotes import is_short
from checklists.rules.library import Library
from checklists.text import squeeze


def check(item: Item, library: Library) -> list[Problem]:
    """Quotes that lie wholly inside a passage set aside as government-only."""
    problems: list[Problem] = []
    for index, basis in enumerate(item.basis):
        if is_short(basis.quote):
            continue
        quote = squeeze(basis.quote)
        for one, _ in library.dispositions.get(basis.notice, ()):
            inside = one.clause == basis.clause and one.text and quote in squeeze(one.text)
            if inside and one.status == "government-only":
                position = library.positions[item.id].position("basis", index)
                problems.append(
                    problem("quote-set-aside", position, item=item.id, quote=basis.quote, reason=one.reason)
                )
    return problems
