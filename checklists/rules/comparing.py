"""Two notices of the library compared, words weighed by how rare they are in all its notices."""

from __future__ import annotations

from checklists.notices.comparing import Change, compared
from checklists.notices.duties import duties_of
from checklists.notices.likeness import Weights, weights_of
from checklists.rules.library import Library


def library_weights(library: Library) -> Weights:
    """How much the words of the library's notices tell."""
    return weights_of(
        duty.text for clauses in library.clauses.values() for duty in duties_of(clauses.values())
    )


def notices_compared(library: Library, before: str, after: str, weights: Weights) -> tuple[Change, ...]:
    """Every duty of two notices, given by their ids, once. Raises KeyError for an id that is none."""
    return compared(library.clauses[before].values(), library.clauses[after].values(), weights)
