"""Offer the names that look like a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

LONGEST = 100
"""Letters that are compared; no name is longer, and comparing takes the square of the time."""


def nearest_names(wrong: str, known: Iterable[str], most: int = 3) -> list[str]:
    """At most ``most`` of ``known`` that resemble ``wrong``, the most alike first."""
    wrong = wrong[:LONGEST]
    scored = [(_likeness(wrong, name), name) for name in dict.fromkeys(known)]
    alike = sorted((pair for pair in scored if pair[0] >= 0.4), key=lambda pair: -pair[0])
    return [name for _, name in alike[:most]]


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A sentence 「最接近的：…。」 or nothing."""
    names = nearest_names(wrong, known)
    return f"最接近的：{'、'.join(f'「{name}」' for name in names)}。" if names else ""


def _likeness(wrong: str, name: str) -> float:
    """1 when equal; a name that contains the other counts as near however long it is."""
    contained = 0.7 if len(wrong) > 1 and (wrong in name or name in wrong) else 0.0
    return max(contained, SequenceMatcher(None, wrong, name).ratio())
