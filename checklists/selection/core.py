"""The core (★) of an enterprise: what any professional of its trade looks at first, among the items asked here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from checklists.models import SMALL_ROWS, CoreRow, Vocabulary
from checklists.selection.profile import Profile
from checklists.selection.select import Selection

MOST_OF_A_FACT_ON_A_SMALL_PAPER = 2


@dataclass(frozen=True)
class CoreReason:
    """Why an item is core."""

    of: str
    """Name of the type or the fact whose core it is."""
    why: str
    """Who dies of what where it is not so."""


def core_of(vocabulary: Vocabulary, selection: Selection) -> dict[str, CoreReason]:
    """Ids of the asked core items, the most dangerous first, each with its reason.

    The cores of several types are merged rank by rank; those of facts that the enterprise told, or that are still to be
    asked, come after them, on a small paper MOST_OF_A_FACT_ON_A_SMALL_PAPER of each. What a type itself supposes is weighed
    in its own list. Where a newer item has taken the place of a core item, it is core.
    """
    asked = {decision.item.id for decision in selection.asked}
    replaced = {
        decision.item.id: decision.replaced_by for decision in selection.decisions if decision.replaced_by
    }
    found: dict[str, CoreReason] = {}
    for name, row in _written(vocabulary, selection.profile):
        item = _standing(row.id, replaced)
        if item in asked:
            found.setdefault(item, CoreReason(name, row.why))
    return found


def _standing(item: str, replaced: dict[str, str]) -> str:
    """The item itself, or the one that has taken its place in the end."""
    while item in replaced:
        item = replaced[item]
    return item


def _written(vocabulary: Vocabulary, profile: Profile) -> Iterator[tuple[str, CoreRow]]:
    for rank in zip_longest(*(kind.core for kind in profile.types)):
        for kind, row in zip(profile.types, rank, strict=True):
            if row is not None:
                yield kind.name, row
    small = all(kind.most and kind.most <= SMALL_ROWS for kind in profile.types)
    for name, fact in vocabulary.facts.items():
        told = name in profile.enterprise.facts and profile.facts.get(name) is True
        if told or name in profile.unknown:
            for row in fact.core[: MOST_OF_A_FACT_ON_A_SMALL_PAPER if small else None]:
                yield fact.name, row
