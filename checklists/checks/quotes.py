"""A quote says something: a single word stands in every clause and proves nothing."""

from __future__ import annotations

from checklists.models import Item
from checklists.problems import Problem, problem
from checklists.workshop import Workshop

SHORTEST = 3
"""Letters, marks aside (进企业)."""


def check(item: Item, workshop: Workshop) -> list[Problem]:
    """Quotes of less than three letters."""
    where = workshop.rules.places[item.id]
    return [
        problem(
            "quote-short",
            where.place("basis", index, "quote"),
            item=item.id,
            quote=basis.quote,
            least=SHORTEST,
        )
        for index, basis in enumerate(item.basis)
        if sum(letter.isalnum() for letter in basis.quote) < SHORTEST
    ]
