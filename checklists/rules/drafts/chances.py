"""Clues weighed together: how likely it is that an item is meant, and that a sentence binds the state alone.

The weights are those of a logistic regression over the sentences of four notices (``benchmarks/fit_chances.py``).
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class ItemClues:
    """What speaks for a stretch of a sentence meaning an item, each from 0 to 1 but the last."""

    alike: float
    """Likeness of the stretch to words that the item rests on, or to its own."""
    whole: float
    """Share of those words that stands in the stretch."""
    focused: float
    """Share of what those words and the item's own have in common that stands in the sentence."""
    told: float
    """Share of the stretch that all words of the item together hold, against the best of other items there."""
    own: float
    """Likeness to the item's own words, against the best of other items there."""
    rarest: float
    """How few items have the rarest letters that the stretch shares with this one: 1 for it alone."""
    shared: float
    """Logarithm of the number of items that rest on the same words: of many, each is likely meant again."""


@dataclass(frozen=True)
class StateClues:
    """What speaks for a sentence binding the state alone."""

    words: float
    """How much oftener its runs of letters stand in what was set aside than in what was asked."""
    neighbours: float
    """Share of what was set aside among the sentences most like it, 0 to 1."""
    enterprises: float
    """How often words for enterprises stand in it, 4 at most."""
    item: float
    """Logarithm of the chance of the item that is likeliest meant."""


_ITEM = (-13.4, (2.6, 3.5, 2.6, 2.5, 1.1, 3.8, 1.5))
_STATE = (-1.7, (0.3, 3.0, -0.8, -0.9))


def chance_of_item(clues: ItemClues) -> float:
    """0 to 1."""
    return _chance(_ITEM, astuple(clues))


def chance_of_state(clues: StateClues) -> float:
    """0 to 1."""
    return _chance(_STATE, astuple(clues))


def _chance(weights: tuple[float, tuple[float, ...]], clues: tuple[float, ...]) -> float:
    bias, each = weights
    return 1 / (1 + math.exp(-bias - sum(weight * clue for weight, clue in zip(each, clues, strict=True))))
