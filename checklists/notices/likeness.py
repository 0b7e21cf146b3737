"""How alike two stretches of notices are: which runs of one to three letters they share, rare ones counting more.

Figures, days and white space are left out, so that 「再建成150座」 and 「再建成130座」 are alike; they are compared by
:mod:`checklists.notices.figures`.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.text import squeeze

Vector = Mapping[str, float]
"""Run of letters -> how much it says."""

_LENGTHS = (1, 2, 3)
_NO_LETTER = re.compile(r"[\W\d_]")
_COMMON, _FEW = 50, 5
"""One sentence in so many, and so many sentences at least, make a run one that everybody has: it says nothing."""
_CONTAINED = 0.7
"""What it counts that the shorter text is within the longer; the rest counts that they are equally long."""
_SHORT = 16
"""Rare runs below which a text says too little to be found whole in another: about six letters."""


@dataclass(frozen=True)
class Weights:
    """How much each run of letters says: the less, the more sentences have it."""

    of: Mapping[str, float]
    unknown: float

    def vector(self, text: str) -> dict[str, float]:
        """The runs of a text that are not everybody's, each once."""
        known, unknown = self.of.get, self.unknown
        return {run: weight for run in runs(text) if (weight := known(run, unknown))}

    def likeness(self, one: Vector, other: Vector) -> float:
        """0 where nothing is shared, 1 for equal texts; a text within a longer one has at least 0.7."""
        few, many = sorted((one, other), key=len)
        shared = sum(weight for run, weight in few.items() if run in many)
        return self.of_sums(shared, sum(one.values()), sum(other.values()))

    def of_sums(self, shared: float, one: float, other: float) -> float:
        """The likeness of two texts by what they share and what each weighs."""
        if not shared:
            return 0.0
        contained = shared / max(min(one, other), self.least)
        return min(_CONTAINED * contained + (1 - _CONTAINED) * 2 * shared / (one + other), 1.0)

    @property
    def least(self) -> float:
        """What a text has to weigh to say something."""
        return _SHORT * self.unknown


def weights_of(texts: Iterable[str], *, silent: bool = True) -> Weights:
    """Weights by how many of the ``texts`` (sentences) a run stands in; ``silent``: a run that everybody has says nothing."""
    seen: Counter[str] = Counter()
    count = 2
    for text in texts:
        seen.update(runs(text))
        count += 1
    most = max(count / _COMMON, _FEW) if silent else count
    of = {run: math.log(count / (many + 1)) if many <= most else 0.0 for run, many in seen.items()}
    return Weights({run: max(weight, 0.0) for run, weight in of.items()}, math.log(count))


def runs(text: str) -> set[str]:
    """Its runs of one to three letters, each once."""
    plain = letters(text)
    return {plain[at : at + length] for length in _LENGTHS for at in range(len(plain) - length + 1)}


def letters(text: str) -> str:
    """The letters alone, which are compared."""
    return _NO_LETTER.sub("", squeeze(text))


class Index:
    """Texts among which those like another are found quickly."""

    def __init__(self, texts: Sequence[str], weights: Weights) -> None:
        self._weights = weights
        self._sums: list[float] = []
        self._having: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            vector = weights.vector(text)
            self._sums.append(sum(vector.values()))
            for run in vector:
                self._having.setdefault(run, []).append(number)

    def like(self, text: str, least: float) -> dict[int, float]:
        """Numbers of the texts that are at least so much like ``text``, with how much."""
        vector = self._weights.vector(text)
        total = sum(vector.values())
        shared: defaultdict[int, float] = defaultdict(float)
        for run, weight in vector.items():
            for number in self._having.get(run, ()):
                shared[number] += weight
        found, most = {}, min(total, self._weights.least)
        for number, common in shared.items():
            if common < least * min(most, self._sums[number]):
                continue
            if (value := self._weights.of_sums(common, total, self._sums[number])) >= least:
                found[number] = value
        return found
