"""How alike two stretches of notices are: which runs of one to three letters they share, rare ones counting more.

Figures, days and white space are left out, so that 「再建成150座」 and 「再建成130座」 are alike; they are compared by
:mod:`checklists.notices.figures`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checklists.text import squeeze

Vector = Mapping[str, float]
"""Run of letters -> how much it says."""

_LENGTHS = (1, 2, 3)
_NO_LETTER = re.compile(r"[\W\d_]")
_COMMON = math.log(50)
"""Weight of a run that one sentence in fifty has: up to it a run says nothing."""
_CONTAINED = 0.7
"""What it counts that the shorter text is within the longer; the rest counts that they are equally long."""
_SHORT = 120.0
"""Weight below which a text says too little to be found whole in another: about eight letters."""


@dataclass(frozen=True)
class Weights:
    """How much each run of letters says: the less, the more sentences have it."""

    of: Mapping[str, float]
    unknown: float

    def vector(self, text: str) -> dict[str, float]:
        """The runs of a text that are not in everybody's mouth, each once."""
        weighed = {run: self.of.get(run, self.unknown) for run in _runs(text)}
        return {run: weight for run, weight in weighed.items() if weight > _COMMON}


def weights_of(texts: Iterable[str]) -> Weights:
    """Weights by how many of the ``texts`` (sentences) a run stands in."""
    seen: Counter[str] = Counter()
    count = 1
    for text in texts:
        seen.update(_runs(text))
        count += 1
    return Weights({run: math.log(count / (many + 1)) for run, many in seen.items()}, math.log(count))


def _runs(text: str) -> set[str]:
    plain = _NO_LETTER.sub("", squeeze(text))
    return {plain[at : at + length] for length in _LENGTHS for at in range(len(plain) - length + 1)}


def likeness(one: Vector, other: Vector) -> float:
    """0 where nothing is shared, 1 for equal texts; a text within a longer one has at least 0.7."""
    few, many = sorted((one, other), key=len)
    return _likeness(
        sum(weight for run, weight in few.items() if run in many), sum(one.values()), sum(other.values())
    )


def _likeness(shared: float, one: float, other: float) -> float:
    if not shared:
        return 0.0
    contained = shared / max(min(one, other), _SHORT)
    return min(_CONTAINED * contained + (1 - _CONTAINED) * 2 * shared / (one + other), 1.0)


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
        shared: dict[int, float] = {}
        for run, weight in vector.items():
            for number in self._having.get(run, ()):
                shared[number] = shared.get(number, 0.0) + weight
        found = {}
        for number, common in shared.items():
            if common >= least * _SHORT and (value := _likeness(common, total, self._sums[number])) >= least:
                found[number] = value
        return found
