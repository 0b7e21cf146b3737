"""A quote says something: a single word stands in every clause and proves nothing."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.rules.library import Library

SHORTEST = 3
"""Letters, marks aside (进企业)."""


def is_short(quote: str) -> bool:
    """Whether a quote has too few letters to mean one place of the text."""
    return sum(letter.isalnum() for letter in quote) < SHORTEST


def check(item: Item, library: Library) -> list[Problem]:
    """Quotes of less than three letters."""
    where = library.positions[item.id]
    return [
        problem(
            "quote-short",
            where.position("basis", index, "quote"),
            item=item.id,
            quote=basis.quote,
            least=SHORTEST,
        )
        for index, basis in enumerate(item.basis)
        if is_short(basis.quote)
    ]
